//! Relaxations, each finer than the one before: the cheapest play of one is followed in earnest until something shows that
//! it is none, and what shows it is tracked in the next.

use std::collections::BTreeSet;
use std::time::Instant;

use super::super::prove::machine::Machine;
use super::super::prove::slots::Slot;
use super::lesson::{Lesson, follow};
use super::pattern::Pattern;
use super::terrain::Terrain;

/// The relaxation that tracks only what the goal reads, and these slots.
pub(crate) fn with<'c>(
    terrain: &Terrain<'c>,
    wanted: &BTreeSet<Slot>,
    coarser: &[Pattern<'c>],
    budget: usize,
    time: Instant,
) -> Option<Pattern<'c>> {
    let tracked = terrain.least().union(wanted).copied().collect();
    Pattern::build(terrain, &tracked, coarser, budget, time)
}

/// Puts finer relaxations behind the first, as far as they come within this time and with no more than `budget` nodes.
/// Answers a play, if the cheapest of a relaxation is a real one: then nothing is cheaper.
pub(crate) fn refine<'c>(
    terrain: &Terrain<'c>,
    exact: &Machine<'c>,
    patterns: &mut Vec<Pattern<'c>>,
    budget: usize,
    time: Instant,
) {
    let mut refused: BTreeSet<Slot> = BTreeSet::new();
    while Instant::now() < time {
        let Some(last) = patterns.last() else { return };
        let Lesson::Track(lesson) = follow(terrain, exact, last) else { return };
        let lesson: BTreeSet<Slot> = lesson.difference(&refused).copied().collect();
        let tracked: BTreeSet<Slot> = last.tracked().iter().copied().collect();
        let whole: BTreeSet<Slot> = tracked.union(&lesson).copied().collect();
        if whole.len() == tracked.len() {
            return;
        }
        if let Some(finer) = with(terrain, &whole, patterns, budget, time) {
            keep(patterns, finer);
            continue;
        }
        // Too much at once: as much of it as there is room for.
        let mut single: Vec<Slot> = lesson.into_iter().collect();
        single.sort_by_key(|slot| (terrain.slots.cost(*slot), *slot));
        let mut tracked = tracked;
        for slot in single {
            let more: BTreeSet<Slot> = tracked.iter().copied().chain([slot]).collect();
            match with(terrain, &more, patterns, budget, time) {
                Some(finer) => {
                    keep(patterns, finer);
                    tracked = more;
                }
                None => {
                    refused.insert(slot);
                }
            }
        }
    }
}

/// The most relaxations that are asked at every state.
const ASKED: usize = 3;

/// Keeps the first, which is quick to ask, and the last few.
fn keep<'c>(patterns: &mut Vec<Pattern<'c>>, pattern: Pattern<'c>) {
    if patterns.len() >= ASKED {
        patterns.remove(1);
    }
    patterns.push(pattern);
}
