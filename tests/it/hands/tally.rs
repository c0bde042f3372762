//! What the plays of one hand came to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use taiyuan::engine::chapter::{Chapter, Given};
use taiyuan::engine::dice::Keyed;
use taiyuan::engine::state::State;
use taiyuan::engine::step::{begin, step};

use super::eyes::Eyes;
use super::rows::Row;

/// A play longer than this does not end.
pub(super) const LONGEST: usize = 400;

/// How a play came out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Outcome {
    Relief,
    Out,
    LastDay,
    Fall,
    Opened,
    Bolt,
    Reeds,
}

impl Outcome {
    fn of(page: &Eyes<'_>) -> Self {
        let ending = page.state.ended.map(|e| page.chapter.endings[e.at()].id.as_str());
        match ending.unwrap_or_else(|| panic!("stuck in `{}`, seed {}", page.scene(), page.state.seed)) {
            "open_gate" | "treaty" => Self::Bolt,
            "opened" => Self::Opened,
            "fall" => Self::Fall,
            relief if relief.starts_with("relief_") => Self::Relief,
            _ if page.n("day") == 252 => Self::LastDay,
            "break_out" => Self::Out,
            _ => Self::Reeds,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Relief => "relief",
            Self::Out => "out",
            Self::LastDay => "day 252",
            Self::Fall => "fall",
            Self::Opened => "opened",
            Self::Bolt => "gate",
            Self::Reeds => "reeds",
        }
    }
}

struct Played {
    outcome: Outcome,
    decisions: usize,
    /// Decisions of the kinds the design counts.
    designed: usize,
    day: i32,
    orders: i32,
    clean: bool,
}

/// All plays of one hand.
pub(super) struct Tally {
    plays: Vec<Played>,
    /// Scenes that some play entered.
    seen: Vec<bool>,
    /// Categories that some play won.
    won: Vec<bool>,
}

impl Tally {
    pub(super) fn of(chapter: &Chapter, row: &Row, given: &[Given], seeds: u64) -> Self {
        let mut seen = vec![false; chapter.scenes.len()];
        let mut won = vec![false; chapter.runs.len()];
        let plays = (1..=seeds).map(|seed| {
            let (played, state) = play(chapter, row, seed, given);
            for (seen, visits) in seen.iter_mut().zip(&state.visits) {
                *seen |= *visits > 0;
            }
            for (won, run) in won.iter_mut().zip(&chapter.runs) {
                *won |= chapter.scene(run.start).id == row.start && run.goal.holds(chapter, &state);
            }
            played
        });
        Self { plays: plays.collect(), seen, won }
    }

    /// How often the row came off, and the means of its orders and of its decisions then.
    pub(super) fn means(&self, row: &Row) -> (usize, f64, f64) {
        let came_off: Vec<&Played> = self.plays.iter().filter(|p| p.outcome == row.goal).collect();
        let all = f64::from(u32::try_from(came_off.len().max(1)).unwrap());
        let orders: i32 = came_off.iter().map(|p| p.orders).sum();
        let decisions: usize = came_off.iter().map(|p| p.decisions).sum();
        let decisions = f64::from(u32::try_from(decisions).unwrap());
        (self.share(|p| p.outcome == row.goal), f64::from(orders) / all, decisions / all)
    }

    fn median(&self, of: impl Fn(&&Played) -> bool, number: impl Fn(&Played) -> usize) -> Option<usize> {
        let mut all: Vec<usize> = self.plays.iter().filter(of).map(number).collect();
        all.sort_unstable();
        all.get(all.len() / 2).copied()
    }

    fn share(&self, of: impl Fn(&&Played) -> bool) -> usize {
        (self.plays.iter().filter(of).count() * 100 + self.plays.len() / 2) / self.plays.len().max(1)
    }

    /// Every outcome with its share and its decisions, the likeliest first.
    pub(super) fn outcomes(&self) -> String {
        let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
        for one in &self.plays {
            *counts.entry(one.outcome).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(outcome, n)| (std::cmp::Reverse(*n), *outcome));
        let told = counts.iter().map(|(outcome, _)| {
            let such = |p: &&Played| p.outcome == *outcome;
            let decisions = self.median(such, |p| p.decisions).unwrap_or(0);
            format!("{} {}% ({decisions})", outcome.name(), self.share(such))
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// The row's line in the table that is kept.
    pub(super) fn line(&self, row: &Row) -> String {
        let came_off = |p: &&Played| p.outcome == row.goal && (p.clean || !row.clean);
        let number = |n: Option<usize>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
        let decisions = number(self.median(came_off, |p| p.decisions));
        let designed = number(self.median(came_off, |p| p.designed));
        let lost = |p: &&Played| p.outcome == Outcome::Fall;
        let fall = number(self.median(lost, |p| usize::try_from(p.day).unwrap_or(0)));
        let mut line = String::new();
        let goal = if row.clean { "clean 252" } else { row.goal.name() };
        let _ = writeln!(
            line,
            "{:<40} {goal:<12} {:>4}% {:>10} {fall:>5}   {}\n{:>40} {}",
            row.name,
            self.share(came_off),
            format!("{decisions} ({designed})"),
            row.designed,
            "",
            self.outcomes(),
        );
        line
    }
}

/// Plays one seed to its end.
fn play(chapter: &Chapter, row: &Row, seed: u64, given: &[Given]) -> (Played, State) {
    let start = chapter.find_scene(row.start).unwrap();
    let mut state = begin(chapter, start, seed, given, &mut Keyed, &mut ());
    let (mut decisions, mut designed) = (0, 0);
    while state.ended.is_none() {
        assert!(decisions < LONGEST, "{}: seed {seed} does not end", row.name);
        let page = Eyes::on(chapter, &state);
        assert!(!page.open.is_empty(), "{}: stuck in `{}`, seed {seed}", row.name, page.scene());
        if page.open.len() > 1 {
            decisions += 1;
            let scene = page.chapter.scene(state.scene);
            let closing = scene.id.starts_with("relief_");
            designed += usize::from(scene.card.is_none() && !scene.id.starts_with("act") && !closing);
        }
        let choice = row.hand.choose(&page);
        step(chapter, &mut state, choice).unwrap();
    }
    let page = Eyes::on(chapter, &state);
    let played = Played {
        outcome: Outcome::of(&page),
        decisions,
        designed,
        day: page.n("day"),
        orders: page.n("orders"),
        clean: page.n("stains") == 0,
    };
    (played, state)
}

/// The scenes that no hand entered and the categories that no hand won.
pub(super) fn unreached<'a>(chapter: &Chapter, tallies: impl Iterator<Item = &'a Tally>) -> Vec<String> {
    let mut scenes: Vec<&str> = chapter.scenes.iter().map(|s| s.id.as_str()).collect();
    let mut runs: Vec<&str> = chapter.runs.iter().map(|r| r.id.as_str()).collect();
    for tally in tallies {
        scenes.retain(|id| chapter.find_scene(id).is_some_and(|at| !tally.seen[at.at()]));
        runs.retain(|id| chapter.runs.iter().zip(&tally.won).any(|(run, won)| run.id == *id && !won));
    }
    scenes.into_iter().chain(runs).map(str::to_owned).collect()
}
