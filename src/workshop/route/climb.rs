//! The bound, raised by one at a time: relaxations of plays that cost less than the next bound, ever finer, until there is
//! no such play in one of them, or in the chapter itself, searched with what they know.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::prove::machine::Machine;
use super::super::prove::slots::Slot;
use super::pattern::Pattern;
use super::play::Played;
use super::relax::Ladder;
use super::search::{Search, Until};
use super::terrain::{Terrain, Toll, UNIT, asked};

/// What came of climbing.
pub(crate) struct Height {
    /// No play costs less than this.
    pub(crate) bound: Toll,
    /// What was tracked where this was seen; nothing if it was in the chapter itself.
    pub(crate) tracked: Vec<Slot>,
    /// The nodes there were, there.
    pub(crate) states: usize,
    /// The nodes of all relaxations.
    pub(crate) closed: usize,
    /// A play that costs no more than the bound, and its toll.
    pub(crate) play: Option<(Toll, Played)>,
}

/// Climbs from what is tracked first to what the best play costs, for as long as anything is learned.
pub(crate) fn climb<'c>(
    terrain: &Terrain<'c>,
    exact: &Machine<'c>,
    whole: &[Rc<Pattern<'c>>],
    first: &BTreeSet<Slot>,
    best: Toll,
    until: Until,
) -> Height {
    let bound = whole.iter().map(|pattern| pattern.least).max().unwrap_or(0);
    let mut height = Height { bound, tracked: Vec::new(), states: 0, closed: 0, play: None };
    let mut rooms = [NEAR, 4 * NEAR, until.states].map(|room| room.min(until.states)).to_vec();
    rooms.dedup();
    let mut rungs = vec![terrain.least().union(first).copied().collect()];
    while asked(height.bound) < asked(best) {
        let limit = (asked(height.bound) + 1) * UNIT;
        let mut ladder = Ladder::new(whole.to_vec(), limit);
        // What was of use below.
        for tracked in &rungs {
            if !ladder.is_over() {
                ladder.put(terrain, tracked, &[], (NEAR, until.time));
            }
        }
        let mut over = false;
        for room in &rooms {
            let play = ladder.refine(terrain, exact, *room, until.time);
            height.play = play.and_then(|(trail, toll)| Some((toll, Search::new(terrain, exact, &[]).route(&trail)?)));
            if let Some(last) = ladder.patterns.last().filter(|_| ladder.is_over()) {
                height.tracked = last.tracked().to_vec();
                height.states = last.len();
                over = true;
            } else if height.play.is_none() {
                let mut search = Search::new(terrain, exact, &ladder.patterns).forgetting();
                let outcome =
                    search.run(limit, Until { states: until.states.min(room.saturating_mul(FINER)), ..until });
                height.closed += outcome.closed;
                if asked(outcome.bound) >= asked(limit) {
                    height.tracked.clear();
                    height.states = outcome.closed;
                    over = true;
                }
                height.play = outcome.trail.and_then(|trail| Some((outcome.toll, search.route(&trail)?)));
            }
            if over || height.play.is_some() {
                break;
            }
        }
        height.closed += ladder.nodes;
        if !over {
            break;
        }
        height.bound = limit;
        rungs = ladder.rungs;
    }
    height
}

/// The most nodes of relaxations before the chapter itself is searched for the first time.
const NEAR: usize = 300_000;

/// So many states of the chapter itself are looked at for each node that the relaxations may have.
const FINER: usize = 16;
