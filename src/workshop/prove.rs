//! Proofs about a chapter: what can be reached, that no play gets stuck, that every play can end.
//!
//! A verdict is *proved*, *refuted* or *open*. What can be reached is proved by a route that is played again before it is
//! reported; what cannot is refuted by an argument that covers every play.

mod archive;
pub(super) mod blame;
mod breed;
mod cause;
mod chapter;
mod closure;
mod code;
mod endless;
pub(super) mod entry;
mod eval;
pub(super) mod goal;
mod graph;
mod hunt;
pub(super) mod live;
pub(super) mod local;
pub(super) mod machine;
pub(super) mod nodes;
pub(super) mod refine;
pub mod report;
pub(super) mod slots;
pub(super) mod span;
mod sweep;
pub(super) mod witness;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

pub use cause::Cause;
use chapter::Arrivals;

use crate::engine::{Chapter, Route};

/// How far a proof may go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The most states that one proof may look at at a time.
    pub states: usize,
    /// The most states of a chapter that is looked at whole; a larger one is proved by forgetting.
    pub whole: usize,
    /// The most random plays.
    pub plays: u64,
    /// The most choices made in search of one thing.
    pub moves: usize,
    /// Whether every alternative of every text is claimed as well.
    pub texts: bool,
    /// Only what is claimed of the thing with this id.
    pub about: Option<String>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { states: 400_000, whole: 150_000, plays: 40_000, moves: 400_000, texts: false, about: None }
    }
}

impl Budget {
    /// Whether a claim is to be decided.
    fn covers(&self, claim: &Claim) -> bool {
        self.about.as_ref().is_none_or(|id| claim.is_about(id))
    }
}

/// What is claimed of a chapter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "what", content = "id")]
pub enum Claim {
    /// A scene can be entered.
    Scene(String),
    /// A choice, by its path, can be taken.
    Choice(String),
    /// A choice with a reason can be seen locked.
    Locked(String),
    /// An alternative of a text can be read.
    Alternative {
        /// The text: a scene's id or a choice's path, with `.title`, `.said` or `.locked` behind it.
        text: String,
        /// Its number among all alternatives of the chapter.
        number: u32,
        /// When it is shown, in short.
        when: String,
        /// How its words begin.
        words: String,
    },
    /// An ending can be reached.
    Ending(String),
    /// An achievement can be reached.
    Achievement(String),
    /// A milestone can be reached.
    Milestone(String),
    /// No play comes to a page without a way on.
    WayOn,
    /// A scene always has a way on.
    WayOnFrom(String),
    /// Every play can still come to an ending, whatever was chosen so far.
    CanEnd,
    /// Every play that is in a scene can still come to an ending.
    CanEndFrom(String),
    /// A strict variable never meets its limit unseen: a choice it withholds says why.
    Strict(String),
    /// Visits never nest deeper than the engine allows.
    Depth,
}

/// What came of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds.
    Proved(Basis),
    /// It does not hold.
    Refuted(Basis),
    /// It was not decided.
    Open {
        /// How many states were looked at.
        states: usize,
    },
}

/// On what a verdict stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A play that shows it.
    Play {
        /// The play of this chapter.
        #[serde(serialize_with = "written")]
        route: Route,
        /// The plays of the chapters before, if it needs something that they leave.
        #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "all_written")]
        before: Vec<Route>,
        /// The scenes between which it can go on for ever, if it can no longer end.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        round: Vec<String>,
    },
    /// An argument over every play, in words.
    Argument(String),
}

/// Everything claimed of one chapter and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// The chapter's id.
    pub chapter: String,
    /// How many abstract states were looked at.
    pub states: usize,
    /// The claims, sorted, with their verdicts.
    pub claims: Vec<(Claim, Verdict)>,
    /// Why what is refuted cannot be reached.
    pub causes: Vec<Cause>,
}

impl Claim {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Scene(id) => format!("scene `{id}` can be entered"),
            Self::Choice(path) => format!("choice `{path}` can be taken"),
            Self::Locked(path) => format!("the reason of `{path}` can be seen"),
            Self::Alternative { text, when, words, .. } => format!("`{text}`, {when}, can be read: {words}"),
            Self::Ending(id) => format!("ending `{id}` can be reached"),
            Self::Achievement(id) => format!("achievement `{id}` can be reached"),
            Self::Milestone(id) => format!("milestone `{id}` can be reached"),
            Self::WayOn => "no play comes to a page without a way on".to_owned(),
            Self::WayOnFrom(id) => format!("there is always a way on from `{id}`"),
            Self::CanEnd => "every play can still come to an ending".to_owned(),
            Self::CanEndFrom(id) => format!("from `{id}` every play can still come to an ending"),
            Self::Strict(id) => format!("`{id}` never meets its limit unseen"),
            Self::Depth => "visits nest only as deep as they may".to_owned(),
        }
    }

    /// What is claimed, in a word for many.
    #[must_use]
    pub const fn kind(&self) -> Option<&'static str> {
        match self {
            Self::Scene(_) => Some("scenes"),
            Self::Choice(_) => Some("choices"),
            Self::Locked(_) => Some("reasons of locked choices"),
            Self::Alternative { .. } => Some("alternatives of texts"),
            Self::Ending(_) => Some("endings"),
            Self::Achievement(_) => Some("achievements"),
            Self::Milestone(_) => Some("milestones"),
            Self::WayOn | Self::WayOnFrom(_) | Self::CanEnd | Self::CanEndFrom(_) | Self::Strict(_) | Self::Depth => {
                None
            }
        }
    }

    /// Whether it is about the thing with this id: a scene also stands for its choices and texts.
    #[must_use]
    pub fn is_about(&self, wanted: &str) -> bool {
        match self {
            Self::Scene(id)
            | Self::WayOnFrom(id)
            | Self::CanEndFrom(id)
            | Self::Ending(id)
            | Self::Achievement(id)
            | Self::Milestone(id)
            | Self::Strict(id) => id == wanted,
            Self::Choice(path) | Self::Locked(path) | Self::Alternative { text: path, .. } => {
                path == wanted || path.split_once('#').is_some_and(|(_, key)| key == wanted)
            }
            Self::WayOn | Self::CanEnd | Self::Depth => false,
        }
    }
}

impl Proof {
    /// Whether everything is proved.
    #[must_use]
    pub fn clean(&self) -> bool {
        self.claims.iter().all(|(_, verdict)| matches!(verdict, Verdict::Proved(_)))
    }

    /// Whether nothing is open.
    #[must_use]
    pub fn decided(&self) -> bool {
        self.claims.iter().all(|(_, verdict)| !matches!(verdict, Verdict::Open { .. }))
    }

    /// For each kind of thing that can be reached: how many were, and how many there are.
    #[must_use]
    pub fn reached(&self) -> Vec<(&'static str, usize, usize)> {
        let mut kinds: Vec<(&'static str, usize, usize)> = Vec::new();
        for (claim, verdict) in &self.claims {
            let Some(kind) = claim.kind() else { continue };
            let reached = usize::from(matches!(verdict, Verdict::Proved(_)));
            match kinds.iter_mut().find(|(k, ..)| *k == kind) {
                Some((_, some, all)) => {
                    *some += reached;
                    *all += 1;
                }
                None => kinds.push((kind, reached, 1)),
            }
        }
        kinds
    }
}

/// Proves what can be proved of a story's chapters, in playing order. What one part can leave to the next is where the next
/// may begin.
#[must_use]
pub fn prove(chapters: &[Arc<Chapter>], only: Option<&str>, budget: &Budget) -> Vec<Proof> {
    let mut arrivals: BTreeMap<String, Arrivals> = BTreeMap::new();
    let mut proofs = Vec::new();
    for chapter in chapters {
        let arrived = arrivals.remove(&chapter.id).unwrap_or_default();
        let wanted = only.is_none_or(|id| id == chapter.id);
        let (proof, onward) = chapter::prove(chapter, chapters, &arrived, budget, wanted);
        proofs.extend(proof);
        for (id, more) in onward {
            arrivals.entry(id).or_default().join(more);
        }
    }
    proofs
}

/// Proves only what is claimed of the scene, choice, ending, achievement, milestone or strict variable with this id, and of
/// a scene also that there is a way on from it and to an ending. Looks no further than that takes.
#[must_use]
pub fn explain(chapters: &[Arc<Chapter>], only: Option<&str>, id: &str, budget: &Budget) -> Vec<Proof> {
    let wanted = |chapter: &&Arc<Chapter>| only.is_none_or(|only| only == chapter.id) && chapter::knows(chapter, id);
    let known: Vec<&Arc<Chapter>> = chapters.iter().filter(wanted).collect();
    let alone: Vec<Proof> = known.iter().filter_map(|chapter| chapter::explain(chapter, id, budget)).collect();
    if alone.iter().all(Proof::decided) {
        return alone;
    }
    // What is brought from the chapters before may decide it.
    let budget = Budget { about: Some(id.to_owned()), ..budget.clone() };
    known.iter().flat_map(|chapter| prove(chapters, Some(&chapter.id), &budget)).collect()
}

/// Proves only what must never be, whatever may be carried in: a page without a way on, a play that can no longer end,
/// visits that go too deep, a strict variable that meets its limit unseen.
#[must_use]
pub fn safety(chapter: &Arc<Chapter>, budget: &Budget) -> Vec<(Claim, Verdict)> {
    chapter::safety(chapter, budget)
}

/// What came of [`explore`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explored {
    /// How many states there were.
    pub states: usize,
    /// Whether they are all there are.
    pub whole: bool,
}

/// Looks at the states of a chapter that differ in these variables, items and other things that rules ask about, on one
/// core and for nothing else: what a proof does most of its time. Stops at about `most` states.
#[must_use]
pub fn explore(chapter: &Arc<Chapter>, tracked: &[&str], most: usize) -> Explored {
    chapter::explore(chapter, tracked, most)
}

fn written<S: serde::Serializer>(route: &Route, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(route)
}

fn all_written<S: serde::Serializer>(routes: &[Route], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(routes.iter().map(ToString::to_string))
}
