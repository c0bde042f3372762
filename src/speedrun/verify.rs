//! Judges replays: each is played again, and everything it claims is found out anew.
//!
//! What is proved is that the choices are legal and lead where the replay says. Who made them, and whether the times are
//! true, no file can prove.

mod parting;
mod wrong;

pub use parting::{Difference, Differs, Parting};
pub use wrong::Wrong;

use std::fmt;
use std::sync::Arc;
use std::thread;

use crate::engine::Chapter;
use crate::engine::log::Leg;

use super::category::Category;
use super::flags::Flag;
use super::follow::{claim, follow, times};
use super::replay::{End, Replay};
use super::timing::{self, Oddity};

/// What a replay is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything it claims is so.
    Valid,
    /// It was changed, or claims what is not so.
    Invalid(Wrong),
    /// The story does something else now than when it was played.
    Desync(Parting),
    /// Everything it claims is so, and it is not ranked.
    Unranked(Vec<Flag>),
    /// Everything it claims is so, and its times do not look like a person's.
    Suspicious(Vec<Oddity>),
}

/// A replay and what it is.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What it is.
    pub verdict: Verdict,
    /// The replay, if it could be read.
    pub replay: Option<Replay>,
    /// Its category, if the story has it.
    pub category: Option<Category>,
}

impl Verdict {
    /// The verdict in one word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Valid => "VALID",
            Self::Invalid(_) => "INVALID",
            Self::Desync(_) => "DESYNC",
            Self::Unranked(_) => "UNRANKED",
            Self::Suspicious(_) => "SUSPICIOUS",
        }
    }
}

impl fmt::Display for Verdict {
    /// The reasons, without the word.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, parts: Vec<String>| f.write_str(&parts.join("; "));
        match self {
            Self::Valid => Ok(()),
            Self::Invalid(wrong) => wrong.fmt(f),
            Self::Desync(parting) => parting.fmt(f),
            Self::Unranked(flags) => list(f, flags.iter().map(|flag| flag.words().to_owned()).collect()),
            Self::Suspicious(odd) => list(f, odd.iter().map(Oddity::to_string).collect()),
        }
    }
}

/// Judges a file's bytes by a story.
#[must_use]
pub fn judge(bytes: &[u8], chapters: &[Arc<Chapter>]) -> Judged {
    let replay = match Replay::read(bytes) {
        Ok(replay) => replay,
        Err(fault) => {
            return Judged { verdict: Verdict::Invalid(fault.into()), replay: None, category: None };
        }
    };
    let category = Category::find(chapters, &replay.header.category).ok();
    let verdict = match examine(&replay, category.as_ref(), chapters) {
        Ok(()) => weigh(&replay),
        Err(verdict) => verdict,
    };
    Judged { verdict, replay: Some(replay), category }
}

/// Judges many files at once, on every processor there is. The answers are in the order of the files.
#[must_use]
pub fn many(files: &[Vec<u8>], chapters: &[Arc<Chapter>]) -> Vec<Judged> {
    let lanes = thread::available_parallelism().map_or(1, usize::from).min(files.len()).max(1);
    let lane = |lane: usize| files.iter().skip(lane).step_by(lanes).map(|bytes| judge(bytes, chapters)).collect();
    let mut lanes: Vec<std::vec::IntoIter<Judged>> = thread::scope(|scope| {
        let running: Vec<_> = (0..lanes).map(|at| scope.spawn(move || -> Vec<Judged> { lane(at) })).collect();
        let done = running.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        done.map(Vec::into_iter).collect()
    });
    let count = lanes.len();
    (0..files.len()).filter_map(|at| lanes[at % count].next()).collect()
}

/// Finds out everything a replay claims, in order: its seals, its head, its times, its choices, its end.
fn examine(replay: &Replay, category: Option<&Category>, chapters: &[Arc<Chapter>]) -> Result<(), Verdict> {
    let wrong = Verdict::Invalid;
    let story = chapters.first().map(|c| c.world.id.as_str());
    if story.is_some_and(|id| id != replay.header.story) {
        return Err(wrong(Wrong::OtherStory(replay.header.story.clone())));
    }
    sealed(replay).map_err(wrong)?;
    let category = category.ok_or_else(|| wrong(Wrong::NoCategory(replay.header.category.clone())))?;
    let end = replay.end.as_ref().ok_or_else(|| wrong(Wrong::Unfinished(replay.leg().steps.len())))?;
    begins(replay, category).map_err(wrong)?;
    timed(replay, end).map_err(wrong)?;
    let same_rules = replay.leg().same_rules(category.chapter());
    let followed = follow(category, replay).map_err(|desync| Verdict::Desync(Parting::at(category, replay, desync)))?;
    match followed.won {
        None => return Err(wrong(Wrong::NoGoal)),
        Some(step) if step < replay.leg().steps.len() => return Err(wrong(Wrong::PastGoal(step))),
        Some(_) => {}
    }
    let last = times(replay, replay.leg().steps.len());
    let found = claim(category, &followed.state, &followed.splits, last, end.wall);
    claimed(end, &found, category).map_err(wrong)?;
    if same_rules { Ok(()) } else { Err(Verdict::Desync(Parting::by_rules())) }
}

/// What a replay that holds true is worth.
fn weigh(replay: &Replay) -> Verdict {
    let Some(end) = &replay.end else { return Verdict::Valid };
    let forced = replay.leg().steps.iter().any(|step| !step.forced.is_empty());
    let mut flags = end.flags.clone();
    flags.extend(forced.then_some(Flag::Forced));
    flags.sort_unstable();
    flags.dedup();
    if !flags.is_empty() {
        return Verdict::Unranked(flags);
    }
    let odd = timing::of(replay);
    if odd.is_empty() { Verdict::Valid } else { Verdict::Suspicious(odd) }
}

/// Holds every seal against what stands before it, in order.
///
/// # Errors
/// [`Wrong`] at the first that does not fit.
pub fn sealed(replay: &Replay) -> Result<(), Wrong> {
    let leg = replay.leg();
    let mut seal = replay.header.seal(replay.log.seed, leg);
    if seal.short() != replay.began {
        return Err(Wrong::HeadSeal);
    }
    let mut noted = replay.noted.iter().peekable();
    let mut pauses = replay.pauses.iter().peekable();
    for at in 0..=leg.steps.len() {
        while let Some(noted) = noted.next_if(|n| n.after <= at) {
            seal = seal.then(&noted.figures);
            if seal.short() != noted.seal {
                return Err(Wrong::ThenSeal(at));
            }
        }
        while let Some(paused) = pauses.next_if(|p| p.after <= at) {
            seal = seal.pause(paused.pause);
            if seal.short() != paused.seal {
                return Err(Wrong::PauseSeal(at));
            }
        }
        if let (Some(step), Some(written)) = (leg.steps.get(at), replay.seals.get(at)) {
            seal = seal.step(step);
            if seal.short() != *written {
                return Err(Wrong::Seal { step: at + 1, choice: step.choice.clone() });
            }
        }
    }
    match &replay.end {
        Some(end) if seal.end(&end.bytes()).whole() != end.seal => Err(Wrong::EndSeal),
        _ => Ok(()),
    }
}

/// Whether it begins as its category does, with a seed from where it says.
fn begins(replay: &Replay, category: &Category) -> Result<(), Wrong> {
    let (leg, run) = (replay.leg(), category.run());
    let fresh = Leg::new(category.chapter(), run.start, &run.given);
    if (&leg.chapter, &leg.start, &leg.given) != (&fresh.chapter, &fresh.start, &fresh.given) {
        return Err(Wrong::Start(category.path()));
    }
    let (source, seed) = (&replay.header.source, replay.log.seed);
    if source.gives(seed, run.seed) { Ok(()) } else { Err(Wrong::Seed { from: source.clone(), seed }) }
}

/// Whether time goes forward, through pauses as well.
fn timed(replay: &Replay, end: &End) -> Result<(), Wrong> {
    let mut pauses = replay.pauses.iter().peekable();
    let mut now = 0;
    for (at, step) in replay.leg().steps.iter().enumerate() {
        while let Some(paused) = pauses.next_if(|p| p.after <= at) {
            now = paused
                .pause
                .at
                .checked_add(paused.pause.length)
                .filter(|_| paused.pause.at >= now)
                .ok_or(Wrong::Pause(at))?;
        }
        let moment = step.at.ok_or(Wrong::NoTime(at + 1))?;
        if moment < now {
            return Err(Wrong::Time { step: at + 1, at: moment, before: now });
        }
        now = moment;
    }
    let after = pauses.next().map(|paused| Wrong::Pause(paused.after));
    let end = (end.real != now).then(|| Wrong::claim("the time", end.real, now));
    after.or(end).map_or(Ok(()), Err)
}

/// Whether what it claims was found.
fn claimed(end: &End, found: &End, category: &Category) -> Result<(), Wrong> {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let number = |n: Option<i32>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
    if end.turns != found.turns {
        return Err(Wrong::claim("the number of choices", end.turns, found.turns));
    }
    if end.ending != found.ending {
        return Err(Wrong::claim("the ending", or_none(&end.ending), or_none(&found.ending)));
    }
    if end.score != found.score {
        return Err(Wrong::claim(category.counts().unwrap_or("the score"), number(end.score), number(found.score)));
    }
    if end.game != found.game {
        return Err(Wrong::claim("the game time", end.game, found.game));
    }
    let differs =
        category.splits().iter().zip(found.splits.iter().zip(end.splits.iter().chain(std::iter::repeat(&None))));
    for (split, (found, claimed)) in differs {
        if found != claimed {
            return Err(Wrong::Split(split.title.clone()));
        }
    }
    if end.splits.len() == found.splits.len() {
        Ok(())
    } else {
        Err(Wrong::Split("a split that is not there".to_owned()))
    }
}
