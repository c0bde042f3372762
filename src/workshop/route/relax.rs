//! Relaxations, each finer than the one before: the cheapest play of one is followed in earnest until something shows that
//! it is none, and what shows it is tracked in the next.

use std::collections::BTreeSet;
use std::time::Instant;

use super::super::prove::machine::{Machine, Runner};
use super::super::prove::slots::Slot;
use super::lesson::{Lesson, follow, granted};
use super::pattern::Pattern;
use super::terrain::Terrain;

/// The relaxation that tracks only what the goal reads, and nothing else.
pub(crate) fn least<'c>(terrain: &Terrain<'c>, room: usize, time: Instant) -> Option<Pattern<'c>> {
    Pattern::build(terrain, &terrain.least(), &[], room, time)
}

/// The most nodes of the first relaxations.
const ROOM: usize = 200_000;

/// How much more room there is once nothing more fits.
const GROWTH: usize = 6;

/// Puts finer relaxations behind the first, as far as they come within this time and with no more than `budget` nodes.
pub(crate) fn refine<'c>(
    terrain: &Terrain<'c>,
    exact: &Machine<'c>,
    patterns: &mut Vec<Pattern<'c>>,
    budget: usize,
    time: Instant,
) {
    let mut refused: BTreeSet<Slot> = BTreeSet::new();
    let mut real = Runner::new(exact);
    let mut room = ROOM.min(budget);
    while Instant::now() < time {
        let Some(last) = patterns.last() else { return };
        let lesson: Vec<Slot> = lesson(terrain, (exact, &mut real), last, &refused);
        let tracked: BTreeSet<Slot> = last.tracked().iter().copied().collect();
        if lesson.is_empty() {
            if refused.is_empty() || room == budget {
                return;
            }
            refused.clear();
            room = (room * GROWTH).min(budget);
            continue;
        }
        let finer = finer(terrain, &tracked, &lesson, patterns, room, time).or_else(|| {
            // Too much at once: the first of it for which there is room.
            lesson.iter().find_map(|slot| {
                let found = finer(terrain, &tracked, &[*slot], patterns, room, time);
                if found.is_none() {
                    refused.insert(*slot);
                }
                found
            })
        });
        if let Some(finer) = finer {
            keep(patterns, finer);
        }
    }
}

/// What is to be tracked next, the cheapest first: a cause of the goal that is taken for granted, or else what shows that
/// the cheapest play is none.
fn lesson<'c>(
    terrain: &Terrain<'c>,
    (exact, real): (&Machine<'c>, &mut Runner<'_, 'c>),
    last: &Pattern<'c>,
    refused: &BTreeSet<Slot>,
) -> Vec<Slot> {
    let mut runner = last.runner();
    let Some(way) = last.way(terrain, &mut runner) else { return Vec::new() };
    let new = |read: BTreeSet<Slot>| {
        let mut new: Vec<Slot> = read.difference(refused).copied().collect();
        new.sort_by_key(|slot| (terrain.slots.cost(*slot), *slot));
        Some(new).filter(|new| !new.is_empty())
    };
    let causes = granted(terrain, (exact, real), (last.machine(), &mut runner), &way);
    causes.into_iter().find_map(new).unwrap_or_else(|| {
        match follow(terrain, (exact, real), (last.machine(), &mut runner), &way) {
            Lesson::Track(lesson) => new(lesson).unwrap_or_default(),
            Lesson::Play(_) | Lesson::Nothing => Vec::new(),
        }
    })
}

/// The relaxation that tracks more, with the luck that falls on it if there is room for that.
fn finer<'c>(
    terrain: &Terrain<'c>,
    tracked: &BTreeSet<Slot>,
    more: &[Slot],
    coarser: &[Pattern<'c>],
    room: usize,
    time: Instant,
) -> Option<Pattern<'c>> {
    let more: BTreeSet<Slot> = tracked.iter().chain(more).copied().collect();
    let lucky = more.union(&terrain.luck(&more)).copied().collect();
    Pattern::build(terrain, &lucky, coarser, room, time).or_else(|| {
        let less = (more != lucky).then_some(&more)?;
        Pattern::build(terrain, less, coarser, room, time)
    })
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
