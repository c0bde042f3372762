//! How a replay parts from the story: at which step, and in what.

use std::collections::BTreeMap;
use std::fmt;

use crate::engine::dice::Forced;
use crate::engine::log::Desync;
use crate::engine::step::{find, step_with};
use crate::engine::{Chapter, State};
use crate::speedrun::category::Category;
use crate::speedrun::replay::{Figures, Replay, figures};

/// The most differences that are told.
const TOLD: usize = 6;

/// How a replay parts from the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    /// Whether the chapter's rules are those it was played with.
    pub same_rules: bool,
    /// Where; `None` if every choice still does what it did.
    pub at: Option<Desync>,
    /// In what, as far as that can be known.
    pub differs: Differs,
}

/// In what a replay parts from the story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Differs {
    /// Nothing can be said: a choice was refused, or none differs.
    #[default]
    Unsaid,
    /// These figures, on the first page already.
    Entry(Vec<Difference>),
    /// These figures, after the step; if none, something that is not noted, such as how often a scene was seen.
    Step(Vec<Difference>),
    /// The replay does not note what its steps did; this is what the step does now.
    Unnoted(Figures),
}

/// A figure that was one thing and is another.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// Which.
    pub name: String,
    /// What it was; `None` if the step did not change it.
    pub was: Option<String>,
    /// What it is; `None` if the step does not change it, or the story no longer has it.
    pub is: Option<String>,
}

impl Parting {
    /// A replay that still does what it did, by other rules.
    pub(super) const fn by_rules() -> Self {
        Self { same_rules: false, at: None, differs: Differs::Unsaid }
    }

    /// A replay that does something else from a step on.
    pub(super) fn at(category: &Category, replay: &Replay, desync: Desync) -> Self {
        let chapter = category.chapter();
        let differs = match &desync {
            Desync::Differs { step, .. } => differs(chapter, replay, *step).unwrap_or_default(),
            _ => Differs::Unsaid,
        };
        Self { same_rules: replay.leg().same_rules(chapter), at: Some(desync), differs }
    }
}

/// In what a step, from 1, differs; `None` if it cannot be played up to there.
fn differs(chapter: &Chapter, replay: &Replay, step: usize) -> Option<Differs> {
    let mut playback = replay.leg().playback(chapter, replay.log.seed, &mut ()).ok()?;
    if let Some(first) = replay.figures(0) {
        let now = figures::all(chapter, playback.state());
        let differences = compare_entries(first, &now);
        if !differences.is_empty() {
            return Some(Differs::Entry(differences));
        }
    }
    for _ in 1..step {
        playback.step(&mut ())?.ok()?;
    }
    let before = playback.state();
    let after = taken(chapter, before, replay, step)?;
    let now = figures::changed(chapter, before, &after);
    Some(match replay.figures(step) {
        Some(then) => Differs::Step(compare(then, &now)),
        None => Differs::Unnoted(now),
    })
}

/// Where a step leads now.
fn taken(chapter: &Chapter, before: &State, replay: &Replay, step: usize) -> Option<State> {
    let step = replay.leg().steps.get(step.checked_sub(1)?)?;
    let mut state = before.clone();
    let choice = find(chapter, &state, &step.choice).ok()?;
    step_with(chapter, &mut state, choice, &mut Forced::new(&step.forced), &mut ()).ok()?;
    Some(state)
}

/// First pages note everything but items that are not carried; a variable that one of them lacks makes no difference.
fn compare_entries(then: &Figures, now: &Figures) -> Vec<Difference> {
    let whole = |figures: &Figures, other: &Figures| -> Figures {
        let lacks = |name: &String| figures.iter().all(|(have, _)| have != name);
        let missing = other.iter().filter(|(name, _)| name.starts_with("i:") && lacks(name));
        figures.iter().cloned().chain(missing.map(|(name, _)| (name.clone(), "0".to_owned()))).collect()
    };
    let mut differences = compare(&whole(then, now), &whole(now, then));
    differences.retain(|one| one.was.is_some() && one.is.is_some());
    differences
}

fn compare(then: &Figures, now: &Figures) -> Vec<Difference> {
    let mut both: BTreeMap<&str, (Option<&String>, Option<&String>)> = BTreeMap::new();
    then.iter().for_each(|(name, value)| both.entry(name).or_default().0 = Some(value));
    now.iter().for_each(|(name, value)| both.entry(name).or_default().1 = Some(value));
    let differences = both.into_iter().filter(|(_, (was, is))| was != is);
    differences
        .map(|(name, (was, is))| Difference {
            name: figures::shown(name).to_owned(),
            was: was.cloned(),
            is: is.cloned(),
        })
        .collect()
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.was, &self.is) {
            (Some(was), Some(is)) => write!(f, "{} was {was} and is {is}", self.name),
            (Some(was), None) => write!(f, "{} was {was} and is not changed", self.name),
            (None, Some(is)) => write!(f, "{} was not changed and is {is}", self.name),
            (None, None) => f.write_str(&self.name),
        }
    }
}

impl fmt::Display for Parting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            Some(desync) => desync.fmt(f)?,
            None => f.write_str("every choice still does what it did")?,
        }
        match &self.differs {
            Differs::Unsaid => {}
            Differs::Entry(what) => write!(f, "; on the first page already {}", list(what))?,
            Differs::Step(what) if what.is_empty() => {
                f.write_str("; no variable, item or place differs, but what is counted: visits, draws, choices taken")?;
            }
            Differs::Step(what) => write!(f, "; {}", list(what))?,
            Differs::Unnoted(now) => {
                let now: Vec<String> =
                    now.iter().take(TOLD).map(|(name, value)| format!("{} {value}", figures::shown(name))).collect();
                let now = if now.is_empty() { "nothing".to_owned() } else { now.join(", ") };
                write!(f, "; what it did is not noted; now it makes {now}")?;
            }
        }
        let rules = if self.same_rules { "" } else { "; the rules of the chapter have changed since it was played" };
        f.write_str(rules)
    }
}

fn list(what: &[Difference]) -> String {
    let mut told: Vec<String> = what.iter().take(TOLD).map(Difference::to_string).collect();
    match what.len().saturating_sub(TOLD) {
        0 => {}
        more => told.push(format!("and {more} more")),
    }
    told.join(", ")
}
