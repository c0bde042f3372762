//! What stands on the boards of a category: the figures, and the facts in words as screens and reports show them.

use std::collections::{BTreeMap, BTreeSet};

use super::board::on_board;
use super::category::Category;
use super::clock::written;
use super::history::{History, same_rules};
use super::medal::{self, Medal};
use super::seeds::Source;
use super::{Attempt, Board};
use crate::engine::chapter::Ceiling;
use crate::engine::id::VarIx;

/// A board of a category, and what stands on it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The seed; none where everyone's is another.
    pub seed: Option<u64>,
    /// Where seeds come from.
    pub source: Source,
    /// Attempts, the personal best, golds.
    pub board: Board,
    /// The fewest choices of a ranked run that was finished.
    pub turns: Option<u32>,
    /// The least of what the category counts.
    pub score: Option<i32>,
    /// The least of what else its routes are of, by variable.
    pub least: BTreeMap<String, i32>,
    /// The best medal earned.
    pub medal: Option<Medal>,
}

impl Record {
    /// What stands on the board of this seed.
    #[must_use]
    pub fn of(history: &History, category: &Category, seed: u64, source: Source) -> Self {
        let board = Board::of(history, category, seed, &source);
        let ranked = |one: &&Attempt| one.flags.is_empty() && on_board(one, category, seed, &source);
        let finished = history.attempts.iter().filter(ranked).filter_map(|one| one.finish.as_ref());
        let (mut turns, mut score, mut best) = (None, None, None);
        let mut least: BTreeMap<String, i32> = BTreeMap::new();
        let named = source.named(seed);
        for finish in finished {
            turns = turns.into_iter().chain([finish.turns]).min();
            score = score.into_iter().chain(finish.score).min();
            for (var, figure) in &finish.figures {
                least.entry(var.clone()).and_modify(|least| *least = (*figure).min(*least)).or_insert(*figure);
            }
            best = best.max(medal::earned(category, named, finish));
        }
        Self { seed: named, source, board, turns, score, least, medal: best }
    }

    /// Every board of a category something was attempted on, and that of its own seed.
    #[must_use]
    pub fn all(history: &History, category: &Category) -> Vec<Self> {
        let own = (Source::Set, category.run().seed);
        let played = history.attempts.iter().filter(|one| same_rules(one, category)).map(|one| {
            let seed = if one.source == Source::Random { 0 } else { one.seed };
            (one.source.clone(), seed)
        });
        let boards: BTreeSet<(Source, u64)> = std::iter::once(own).chain(played).collect();
        boards.into_iter().map(|(source, seed)| Self::of(history, category, seed, source)).collect()
    }

    /// The board's name.
    #[must_use]
    pub fn name(&self) -> String {
        match (&self.source, self.seed) {
            (Source::Set | Source::Typed, Some(seed)) => format!("seed {seed} ({})", self.source),
            (source, _) => source.to_string(),
        }
    }

    /// The best figure of what medals count.
    #[must_use]
    pub fn figure(&self, category: &Category) -> Option<i32> {
        match medal::counted(category) {
            Some(_) => self.score,
            None => self.turns.and_then(|turns| i32::try_from(turns).ok()),
        }
    }

    /// What is known of the best that is possible here, what the category counts first.
    #[must_use]
    pub fn ceilings(&self, category: &Category) -> Vec<Ceiling> {
        let counted = medal::counted(category);
        let others = category.run().ceilings.iter().map(|row| row.least).filter(|least| *least != counted);
        let measures: BTreeSet<Option<VarIx>> = others.collect();
        let measures = std::iter::once(counted).chain(measures);
        measures.filter_map(|least| medal::ceiling(category, self.seed, least)).collect()
    }

    /// The facts of the board, by name.
    #[must_use]
    pub fn facts(&self, category: &Category) -> Vec<(&'static str, String)> {
        let time = |ms: Option<u64>| ms.map_or_else(|| "-".to_owned(), written);
        let board = &self.board;
        let mut facts = vec![("attempts", format!("{}, {} finished", board.attempts, board.finished))];
        if let Some(finish) = board.best().and_then(|best| best.finish.as_ref()) {
            let score = category.counts().zip(finish.score).filter(|(what, _)| *what != "choices");
            let score = score.map(|(what, score)| format!(", {} {score}", what.to_lowercase())).unwrap_or_default();
            let turns = finish.turns;
            let odd = if finish.suspicious { " (suspicious)" } else { "" };
            facts.push(("personal best", format!("{}, {}{score}{odd}", written(finish.real), choices(turns))));
            let fewest = self.turns.filter(|fewest| *fewest < turns);
            facts.extend(fewest.map(|fewest| ("fewest choices", fewest.to_string())));
            let chapter = category.chapter();
            let least = self.least.iter().filter_map(|(id, figure)| Some((chapter.find_var(id)?, *figure)));
            let least: Vec<String> = least.map(|(var, figure)| amount(category, Some(var), figure)).collect();
            facts.extend((!least.is_empty()).then(|| ("least", least.join(", "))));
        } else {
            facts.push(("personal best", "-".to_owned()));
        }
        let splits = category.splits();
        let golds = (0..splits.len()).filter_map(|at| Some((&splits[at].title, board.gold(at)?)));
        let golds: Vec<String> = golds.map(|(title, ms)| format!("{title} {}", written(ms))).collect();
        if !golds.is_empty() {
            facts.push(("golds", golds.join(" · ")));
        }
        facts.push(("sum of best", time(board.sum_of_best())));
        facts.extend(self.medals(category).map(|words| ("medal", words)));
        facts.extend(self.ceilings(category).iter().map(|one| ("ceiling", told(category, self.seed, one))));
        facts
    }

    /// The medal that was earned, and the next to earn; none where the best possible is not known.
    fn medals(&self, category: &Category) -> Option<String> {
        let best = medal::ceiling(category, self.seed, medal::counted(category))?.found?;
        let earned = self.medal.map_or("none yet", Medal::name);
        let next = Medal::next(self.medal).map(|next| {
            format!("; {} is {}", next.name(), amount(category, medal::counted(category), next.most(best)))
        });
        Some(format!("{earned}{}", next.unwrap_or_default()))
    }
}

/// So many choices, in words.
#[must_use]
pub fn choices(count: u32) -> String {
    format!("{count} choice{}", if count == 1 { "" } else { "s" })
}

/// So much of what is least: `98 choices`, `orders 6`.
fn amount(category: &Category, least: Option<VarIx>, figure: i32) -> String {
    match least {
        None => choices(figure.unsigned_abs()),
        Some(var) => {
            let var = category.chapter().var(var);
            let name = var.shown.as_ref().map_or(&var.id, |shown| &shown.label);
            format!("{} {figure}", name.to_lowercase())
        }
    }
}

/// A ceiling in a few words: one figure where it is proved, else both ends of what is not known.
#[must_use]
pub fn short(one: &Ceiling) -> String {
    match one.found {
        Some(found) if found == one.proved => found.to_string(),
        Some(found) => format!("{}-{found}", one.proved),
        None => format!("{} or more", one.proved),
    }
}

/// A ceiling in full, as it is told of the board of this seed.
#[must_use]
pub fn told(category: &Category, seed: Option<u64>, one: &Ceiling) -> String {
    let amount = |figure| amount(category, one.least, figure);
    let mut words = match one.found {
        Some(found) if found == one.proved => format!("{}, proved to be the least", amount(found)),
        Some(found) => format!("{} at best so far, and never less than {}", amount(found), one.proved),
        None => format!("never less than {}", amount(one.proved)),
    };
    if one.seed.is_none() && seed.is_some() {
        words += ", with the best luck of any seed";
    } else if one.seed.is_none() {
        words += ", with the best luck";
    }
    if !one.tracked.is_empty() {
        words += " (by a relaxation)";
    }
    words
}
