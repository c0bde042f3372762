//! The bound, raised by one at a time: relaxations of plays that cost less than the next bound, ever finer, until there is
//! no such play in one of them. Where relaxations come to their end, the real chapter is searched with what they know.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::prove::machine::Machine;
use super::super::prove::slots::Slot;
use super::pattern::Pattern;
use super::relax::{Ladder, Play};
use super::search::Until;
use super::terrain::{Terrain, Toll, UNIT, asked};

/// What came of climbing.
pub(crate) struct Height<'c> {
    /// No play costs less than this.
    pub(crate) bound: Toll,
    /// What was tracked where this was seen.
    pub(crate) tracked: Vec<Slot>,
    /// The nodes there were, there.
    pub(crate) states: usize,
    /// The nodes of all relaxations.
    pub(crate) closed: usize,
    /// A play in earnest that costs no more than the bound.
    pub(crate) play: Option<Play>,
    /// What is known of plays that cost no more than the bound.
    pub(crate) patterns: Vec<Rc<Pattern<'c>>>,
}

/// Climbs from what is tracked first to what the best play costs, for as long as anything is learned.
pub(crate) fn climb<'c>(
    terrain: &Terrain<'c>,
    exact: &Machine<'c>,
    whole: &[Rc<Pattern<'c>>],
    first: &BTreeSet<Slot>,
    best: Toll,
    until: Until,
) -> Height<'c> {
    let bound = whole.iter().map(|pattern| pattern.least).max().unwrap_or(0);
    let mut height = Height { bound, tracked: Vec::new(), states: 0, closed: 0, play: None, patterns: whole.to_vec() };
    let mut rungs = vec![terrain.least().union(first).copied().collect()];
    while asked(height.bound) < asked(best) {
        let limit = next(height.bound);
        let mut ladder = Ladder::new(whole.to_vec(), limit);
        // What was of use below.
        for tracked in &rungs {
            if !ladder.is_over() {
                ladder.put(terrain, tracked, &[], (until.states, until.time));
            }
        }
        height.play = ladder.refine(terrain, exact, until.states, until.time);
        height.closed += ladder.nodes;
        if !ladder.is_over() {
            height.patterns = ladder.patterns;
            break;
        }
        height.bound = limit;
        if let Some(last) = ladder.patterns.last() {
            height.tracked = last.tracked().to_vec();
            height.states = last.len();
        }
        rungs = ladder.rungs;
    }
    height
}

/// What plays cost at least that cost more than this.
pub(crate) const fn next(bound: Toll) -> Toll {
    (asked(bound) + 1) * UNIT
}
