//! A seed board of a category: the attempts that can be compared, and what follows from them, as LiveSplit reckons it.

use std::collections::BTreeMap;

use super::category::Category;
use super::history::{Attempt, History, same_rules};
use super::seeds::Source;
use super::splits::{Mark, Splits};

/// The attempts at a category on one seed, or on random ones.
#[derive(Clone, Debug)]
pub struct Board {
    /// Attempts, finished or not, ranked or not.
    pub attempts: usize,
    /// Those that reached the goal and are ranked.
    pub finished: usize,
    best: Option<Attempt>,
    legs: Legs,
}

/// The best times from one split to another that were run without passing one between. 0 is the start.
#[derive(Clone, Debug)]
struct Legs {
    splits: usize,
    best: BTreeMap<(usize, usize), u64>,
}

impl Board {
    /// The board a run with this seed stands on. Attempts by other rules are not compared.
    #[must_use]
    pub fn of(history: &History, category: &Category, seed: u64, source: &Source) -> Self {
        let here = |a: &&Attempt| on_board(a, category, seed, source);
        let mut legs = Legs { splits: category.splits().len(), best: BTreeMap::new() };
        let mut board = Self { attempts: 0, finished: 0, best: None, legs: legs.clone() };
        for attempt in history.attempts.iter().filter(here) {
            board.attempts += 1;
            if !attempt.flags.is_empty() {
                continue;
            }
            legs.add(&attempt.splits);
            let Some(finish) = &attempt.finish else { continue };
            board.finished += 1;
            let beaten = board.best.as_ref().and_then(|b| b.finish.as_ref()).is_some_and(|b| b.rank() <= finish.rank());
            if !beaten {
                board.best = Some(attempt.clone());
            }
        }
        board.legs = legs;
        board
    }

    /// The personal best; of equals the earlier.
    #[must_use]
    pub const fn best(&self) -> Option<&Attempt> {
        self.best.as_ref()
    }

    /// When the personal best passed a split.
    #[must_use]
    pub fn best_mark(&self, split: usize) -> Option<Mark> {
        self.best.as_ref()?.splits.get(split).copied().flatten()
    }

    /// The shortest time in which a split was run from the one before it.
    #[must_use]
    pub fn gold(&self, split: usize) -> Option<u64> {
        self.legs.best.get(&(split, split + 1)).copied()
    }

    /// The sum of the best: the shortest way from the start to the end over splits as they were run.
    #[must_use]
    pub fn sum_of_best(&self) -> Option<u64> {
        self.legs.rest(0)
    }

    /// The best time a run can still come to that passed these splits and has taken so long.
    #[must_use]
    pub fn best_possible(&self, splits: &Splits, now: u64) -> Option<u64> {
        let at = splits.current();
        let since = splits.last().map_or(0, |mark| mark.real);
        let ways = self.legs.best.range((at, 0)..=(at, usize::MAX));
        ways.filter_map(|(&(_, to), &leg)| Some((since + leg).max(now) + self.legs.rest(to)?)).min()
    }

    /// What could be saved on a split against the personal best.
    #[must_use]
    pub fn possible_save(&self, split: usize) -> Option<u64> {
        let before = split.checked_sub(1).map_or(Some(0), |before| self.best_mark(before).map(|m| m.real))?;
        let segment = self.best_mark(split)?.real.checked_sub(before)?;
        Some(segment.saturating_sub(self.gold(split)?))
    }

    /// How a split just passed compares.
    #[must_use]
    pub fn compare(&self, splits: &Splits, split: usize) -> Compared {
        let marks = splits.marks();
        let real = |at: usize| marks.get(at).copied().flatten().map(|m| m.real);
        let now = real(split);
        let before = split.checked_sub(1).map_or(Some(0), real);
        let segment = now.zip(before).and_then(|(now, before)| now.checked_sub(before));
        let gold = segment.zip(self.gold(split)).is_some_and(|(segment, gold)| segment < gold);
        let signed = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
        let delta = now.zip(self.best_mark(split)).map(|(now, best)| signed(now) - signed(best.real));
        Compared { delta, gold }
    }
}

/// Whether an attempt is compared on the board of this seed.
#[must_use]
pub fn on_board(attempt: &Attempt, category: &Category, seed: u64, source: &Source) -> bool {
    same_rules(attempt, category) && source.same_board(seed, &attempt.source, attempt.seed)
}

/// How a split compares with those before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Milliseconds behind the personal best; ahead if negative.
    pub delta: Option<i64>,
    /// Whether it is the shortest ever run from the split before it.
    pub gold: bool,
}

impl Compared {
    /// The comparison in a word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match (self.gold, self.delta) {
            (true, _) => "gold",
            (false, Some(delta)) if delta < 0 => "ahead",
            (false, Some(0)) => "level",
            (false, Some(_)) => "behind",
            (false, None) => "",
        }
    }
}

impl Legs {
    fn add(&mut self, marks: &[Option<Mark>]) {
        let (mut from, mut since) = (0, 0);
        for (at, mark) in marks.iter().enumerate().take(self.splits) {
            let Some(mark) = mark else { continue };
            let leg = mark.real.saturating_sub(since);
            self.best.entry((from, at + 1)).and_modify(|best| *best = leg.min(*best)).or_insert(leg);
            (from, since) = (at + 1, mark.real);
        }
    }

    /// The shortest way from a split to the end.
    fn rest(&self, from: usize) -> Option<u64> {
        let mut rest = vec![None; self.splits + 1];
        rest[self.splits] = Some(0);
        for (&(at, to), &leg) in self.best.iter().rev() {
            let way = rest[to].map(|rest: u64| rest + leg);
            rest[at] = [rest[at], way].into_iter().flatten().min();
        }
        rest.get(from).copied().flatten()
    }
}
