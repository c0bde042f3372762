//! Seeded random plays: what they reach, how long they are, how they end. A play that gets stuck is handed back as a
//! route.
//!
//! Plays are made in rounds of chunks. What a hand knows of other plays is what was known when its round began, so the
//! outcome is the same however many threads there are.

mod archive;
mod hand;
mod play;
mod report;
mod tally;

use rayon::prelude::*;
use serde::Serialize;

use super::figures::spread;
use super::telling::{Alternative, Telling};
use crate::engine::chapter::Given;
use crate::engine::id::SceneIx;
use crate::engine::{Chapter, Route};
use archive::Archive;
use play::Player;
use tally::Tally;

pub use report::report;

/// A play longer than this many choices is handed back as one that does not end.
pub const LONGEST: usize = 5_000;

/// How many chunks a round has.
const CHUNKS: usize = 8;
/// How many plays a chunk has at most.
const MOST_IN_A_CHUNK: usize = 32;

/// How a walk picks among open choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// Each as likely.
    Uniform,
    /// The one taken least often in all plays so far; among equals, each as likely.
    Least,
    /// The one that leads to most that is new; plays also go on from pages of earlier ones that were seldom seen.
    Greedy,
}

/// With what a chapter is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// What the record says.
    Record,
    /// Whatever may be carried in, drawn anew for every play.
    Any,
}

/// What is to be played.
#[derive(Clone, Debug)]
pub struct Orders {
    /// Where a play begins.
    pub start: SceneIx,
    /// What is set first, over what is carried.
    pub given: Vec<Given>,
    /// With what the chapter is entered.
    pub entry: Entry,
    /// How many plays.
    pub plays: usize,
    /// The seed of the first; the next has the next.
    pub seed: u64,
    /// How choices are picked.
    pub hand: Hand,
}

/// How much of something was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// What was reached.
    pub reached: usize,
    /// What there is.
    pub of: usize,
}

/// What many plays of a chapter came to.
#[derive(Clone, Debug, Serialize)]
pub struct Walked {
    /// The chapter's id.
    pub chapter: String,
    /// How choices were picked.
    pub hand: Hand,
    /// With what the chapter was entered.
    pub entry: Entry,
    /// How many values the chapter carries in.
    pub carries: usize,
    /// The seed of the first play.
    pub seed: u64,
    /// How many plays.
    pub plays: usize,
    /// How many choices in all.
    pub steps: u64,
    /// Choices made in a play: least, median, most.
    pub lengths: [usize; 3],
    /// Words told in a play, those of the choices taken among them: least, median, most.
    pub words: [usize; 3],
    /// The words told in each play, in the order of their seeds.
    #[serde(skip)]
    pub told: Vec<usize>,
    /// Choices open on a page, on average.
    pub open: f64,
    /// The power of ten of how many plays one seed has: what each play would come to if all were as wide as it, averaged.
    /// Fair for a hand that picks each choice as likely, and for no other.
    pub ways: f64,
    /// Scenes entered.
    pub scenes: Reach,
    /// Choices taken.
    pub choices: Reach,
    /// Reasons of locked choices shown.
    pub reasons: Reach,
    /// Alternatives of texts shown.
    pub alternatives: Reach,
    /// Every ending and how many plays came to it, the most frequent first.
    pub endings: Vec<(String, usize)>,
    /// Scenes no play entered.
    pub unseen: Vec<String>,
    /// Choices no play took, by path.
    pub untaken: Vec<String>,
    /// Choices no play saw locked, though they have a reason for it.
    pub unlocked: Vec<String>,
    /// Alternatives no play was shown.
    pub unshown: Vec<Alternative>,
    /// Plays that got stuck or did not end, the shortest first.
    pub lost: Vec<Lost>,
}

/// A play that came to no ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Why it stopped.
    pub why: Why,
    /// The scene it stands in.
    pub scene: String,
    /// How many choices it made.
    pub choices: usize,
    /// The way there, as `play --route` takes it.
    #[serde(serialize_with = "written")]
    pub route: Route,
}

/// Why a play stopped before an ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nothing was open.
    Stuck,
    /// It had made [`LONGEST`] choices.
    Endless,
}

/// Plays a chapter.
#[must_use]
pub fn walk(chapter: &Chapter, orders: &Orders) -> Walked {
    let telling = Telling::new(chapter);
    let mut tally = Tally::new(chapter, &telling);
    let mut archive = Archive::default();
    let mut first = 0;
    let mut in_a_chunk = 1;
    while first < orders.plays {
        let here = (orders.plays - first).min(in_a_chunk * CHUNKS);
        let chunks: Vec<_> = (first..first + here).collect();
        let played: Vec<_> = chunks
            .par_chunks(in_a_chunk)
            .map(|plays| {
                let mut player = Player::new(chapter, &telling, orders, &tally, &archive);
                plays.iter().for_each(|number| player.play(*number));
                player.done()
            })
            .collect();
        for (own, found) in played {
            tally.add(own);
            archive.add(found);
        }
        first += here;
        in_a_chunk = (in_a_chunk * 2).min(MOST_IN_A_CHUNK);
    }
    came_to(chapter, &telling, orders, tally)
}

fn came_to(chapter: &Chapter, telling: &Telling<'_>, orders: &Orders, tally: Tally) -> Walked {
    let reach = |counts: &[u64]| Reach { reached: counts.iter().filter(|n| **n > 0).count(), of: counts.len() };
    let missing = |counts: &[u64]| counts.iter().enumerate().filter(|(_, n)| **n == 0).map(|(at, _)| at).collect();
    let unseen: Vec<usize> = missing(&tally.visits);
    let untaken: Vec<usize> = missing(&tally.taken);
    let unshown: Vec<usize> = missing(&tally.shown);
    let reasons = chapter.choices.iter().enumerate().filter(|(_, choice)| choice.locked.is_some());
    let (locked, unlocked): (Vec<_>, Vec<_>) = reasons.partition(|(at, _)| tally.reasons[*at] > 0);
    let mut endings: Vec<(String, usize)> =
        chapter.endings.iter().zip(&tally.endings).map(|(ending, n)| (ending.id.clone(), *n)).collect();
    endings.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let mut lost = tally.lost;
    lost.sort_by_key(|lost| (lost.why, lost.choices));
    Walked {
        chapter: chapter.id.clone(),
        hand: orders.hand,
        entry: orders.entry,
        carries: chapter.carries.len(),
        seed: orders.seed,
        plays: orders.plays,
        steps: tally.lengths.iter().map(|n| *n as u64).sum(),
        lengths: spread(tally.lengths),
        told: tally.words.clone(),
        words: spread(tally.words),
        open: mean(tally.open, tally.pages),
        ways: mean_power(&tally.ways),
        scenes: reach(&tally.visits),
        choices: reach(&tally.taken),
        reasons: Reach { reached: locked.len(), of: locked.len() + unlocked.len() },
        alternatives: reach(&tally.shown),
        endings,
        unseen: unseen.into_iter().map(|at| chapter.scenes[at].id.to_string()).collect(),
        untaken: untaken.into_iter().map(|at| chapter.choices[at].path.to_string()).collect(),
        unlocked: unlocked.into_iter().map(|(_, choice)| choice.path.to_string()).collect(),
        unshown: unshown.into_iter().map(|at| telling.alternatives()[at].clone()).collect(),
        lost,
    }
}

#[expect(clippy::cast_precision_loss, reason = "an average for people")]
fn mean(sum: u64, of: u64) -> f64 {
    (sum as f64 / of.max(1) as f64 * 100.0).round() / 100.0
}

/// The power of ten of the mean of some powers of ten.
#[expect(clippy::cast_precision_loss, reason = "an estimate")]
fn mean_power(powers: &[f64]) -> f64 {
    let most = powers.iter().copied().fold(0.0, f64::max);
    let sum: f64 = powers.iter().map(|power| libm::pow(10.0, power - most)).sum();
    let mean = most + libm::log10((sum / powers.len().max(1) as f64).max(f64::MIN_POSITIVE));
    (mean.max(0.0) * 10.0).round() / 10.0
}

fn written<S: serde::Serializer>(route: &Route, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(route)
}
