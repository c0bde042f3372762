//! Searches of ever finer relaxations, none of them looked at whole: the cheapest play of one is followed in earnest, and
//! what shows that it is none is tracked in the next.

use std::collections::BTreeSet;

use super::super::prove::machine::{Machine, Runner};
use super::super::prove::slots::Slot;
use super::lesson::{Lesson, follow, granted};
use super::pattern::Pattern;
use super::search::{Search, Until};
use super::terrain::{Terrain, Toll, asked};

/// What came of climbing.
pub(crate) struct Height {
    /// No play costs less than this.
    pub(crate) bound: Toll,
    /// What was tracked where this was seen.
    pub(crate) tracked: Vec<Slot>,
    /// States gone on from, there.
    pub(crate) states: usize,
    /// States gone on from, everywhere.
    pub(crate) closed: usize,
    /// The nodes of a play in earnest, and what it costs.
    pub(crate) play: Option<(Vec<Vec<u64>>, Toll)>,
}

/// Climbs from what is tracked first, for as long as anything is learned and each search comes to its end.
pub(crate) fn climb<'c>(
    terrain: &Terrain<'c>,
    (exact, real): (&Machine<'c>, &mut Runner<'_, 'c>),
    patterns: &[Pattern<'c>],
    first: &BTreeSet<Slot>,
    best: Toll,
    until: Until,
) -> Height {
    let mut height = Height { bound: 0, tracked: Vec::new(), states: 0, closed: 0, play: None };
    let mut tracked: BTreeSet<Slot> = terrain.least().union(first).copied().collect();
    loop {
        let machine = terrain.machine(&tracked);
        let mut search = Search::new(terrain, &machine, patterns);
        let outcome = search.run(best, until);
        height.closed += outcome.closed;
        if asked(outcome.bound) > asked(height.bound) || height.tracked.is_empty() {
            height.bound = outcome.bound;
            height.tracked.clone_from(&machine.tracked);
            height.states = outcome.closed;
        }
        let Some(trail) = outcome.trail else { return height };
        let causes = granted(terrain, (exact, real), (&machine, &mut search.runner), &trail).into_iter().next();
        let lesson = causes
            .map_or_else(|| follow(terrain, (exact, real), (&machine, &mut search.runner), &trail), Lesson::Track);
        match lesson {
            Lesson::Play(play) => {
                height.play = Some((play, outcome.toll));
                return height;
            }
            Lesson::Track(more) => {
                let before = tracked.len();
                tracked.extend(more);
                tracked.extend(terrain.luck(&tracked));
                let cut = asked(outcome.bound) < asked(outcome.toll);
                if cut || tracked.len() == before {
                    return height;
                }
            }
            Lesson::Nothing => return height,
        }
    }
}
