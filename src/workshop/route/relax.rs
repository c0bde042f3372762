//! Relaxations, each finer than the one before: the cheapest play of one is followed in earnest until something shows that
//! it is none, and what shows it is tracked in the next.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Instant;

use super::super::prove::machine::{Machine, Runner};
use super::super::prove::slots::Slot;
use super::lesson::{Lesson, follow, granted};
use super::pattern::Pattern;
use super::terrain::{NEVER, Terrain, Toll, asked};

/// The most nodes of the first relaxations.
const ROOM: usize = 200_000;

/// How much more room there is once nothing more fits.
const GROWTH: usize = 6;

/// The most relaxations that are asked at every state.
const ASKED: usize = 3;

/// The relaxation that tracks only what the goal reads, and nothing else.
pub(crate) fn least<'c>(terrain: &Terrain<'c>, room: usize, time: Instant) -> Option<Pattern<'c>> {
    Pattern::build(terrain, &terrain.least(), &[], NEVER, (room, time))
}

/// Relaxations of plays below a limit.
pub(crate) struct Ladder<'c> {
    /// The first, which is quick to ask, and the last few.
    pub(crate) patterns: Vec<Rc<Pattern<'c>>>,
    /// What each tracked that was ever put here, in order.
    pub(crate) rungs: Vec<BTreeSet<Slot>>,
    /// Plays that cost this are of no interest.
    limit: Toll,
    /// How many nodes all relaxations have had.
    pub(crate) nodes: usize,
}

/// The nodes of a play in earnest, and what it costs.
pub(crate) type Play = (Vec<Vec<u64>>, Toll);

impl<'c> Ladder<'c> {
    /// A ladder that stands on relaxations of the same limit, or of none.
    pub(crate) const fn new(patterns: Vec<Rc<Pattern<'c>>>, limit: Toll) -> Self {
        Self { patterns, rungs: Vec::new(), limit, nodes: 0 }
    }

    /// Whether no play is below the limit.
    pub(crate) fn is_over(&self) -> bool {
        self.patterns.last().is_some_and(|last| asked(last.least) >= asked(self.limit))
    }

    /// Puts finer relaxations behind the first, as far as they come within this time and with no more than `budget`
    /// nodes each. Answers with a play in earnest if the cheapest of the last one is such.
    pub(crate) fn refine(
        &mut self,
        terrain: &Terrain<'c>,
        exact: &Machine<'c>,
        budget: usize,
        time: Instant,
    ) -> Option<Play> {
        let mut refused: BTreeSet<Slot> = BTreeSet::new();
        let mut real = Runner::new(exact);
        let mut room = ROOM.min(budget);
        while Instant::now() < time && !self.is_over() {
            let last = Rc::clone(self.patterns.last()?);
            let lesson = match lesson(terrain, (exact, &mut real), &last, &refused) {
                Lesson::Track(slots) => by_cost(terrain, slots),
                Lesson::Play(play) => return Some((play, last.least)),
                Lesson::Nothing => Vec::new(),
            };
            let tracked: BTreeSet<Slot> = last.tracked().iter().copied().collect();
            if lesson.is_empty() {
                if refused.is_empty() || room == budget {
                    return None;
                }
                refused.clear();
                room = (room * GROWTH).min(budget);
                continue;
            }
            let all = self.put(terrain, &tracked, &lesson, (room, time));
            if !all {
                // Too much at once: the first of it for which there is room.
                for slot in lesson {
                    if self.put(terrain, &tracked, &[slot], (room, time)) {
                        break;
                    }
                    refused.insert(slot);
                }
            }
        }
        None
    }

    /// Puts the relaxation behind the others that tracks more, with the luck that falls on it if there is room for that.
    /// Answers whether there was room.
    pub(crate) fn put(
        &mut self,
        terrain: &Terrain<'c>,
        tracked: &BTreeSet<Slot>,
        more: &[Slot],
        within: (usize, Instant),
    ) -> bool {
        let more: BTreeSet<Slot> = tracked.iter().chain(more).copied().collect();
        let lucky: BTreeSet<Slot> = more.union(&terrain.luck(&more)).copied().collect();
        let build = |tracked: &BTreeSet<Slot>| Pattern::build(terrain, tracked, &self.patterns, self.limit, within);
        let built = build(&lucky).or_else(|| (more != lucky).then(|| build(&more))?);
        let Some(pattern) = built else { return false };
        self.rungs.push(pattern.tracked().iter().copied().collect());
        self.nodes += pattern.len();
        if self.patterns.len() >= ASKED {
            self.patterns.remove(1);
        }
        self.patterns.push(Rc::new(pattern));
        true
    }
}

/// What is to be tracked next: a cause of the goal that is taken for granted, or else what shows that the cheapest play is
/// none.
fn lesson<'c>(
    terrain: &Terrain<'c>,
    (exact, real): (&Machine<'c>, &mut Runner<'_, 'c>),
    last: &Pattern<'c>,
    refused: &BTreeSet<Slot>,
) -> Lesson {
    let mut runner = last.runner();
    let Some(way) = last.way(terrain, &mut runner) else { return Lesson::Nothing };
    let new = |read: BTreeSet<Slot>| {
        let new: BTreeSet<Slot> = read.difference(refused).copied().collect();
        (!new.is_empty()).then_some(new)
    };
    let causes = granted(terrain, (exact, real), (last.machine(), &mut runner), &way);
    if let Some(cause) = causes.into_iter().find_map(new) {
        return Lesson::Track(cause);
    }
    match follow(terrain, (exact, real), (last.machine(), &mut runner), &way) {
        Lesson::Track(lesson) => new(lesson).map_or(Lesson::Nothing, Lesson::Track),
        other => other,
    }
}

/// The cheapest first.
fn by_cost(terrain: &Terrain<'_>, slots: BTreeSet<Slot>) -> Vec<Slot> {
    let mut list: Vec<Slot> = slots.into_iter().collect();
    list.sort_by_key(|slot| (terrain.slots.cost(*slot), *slot));
    list
}
