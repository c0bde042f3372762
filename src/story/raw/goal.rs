//! What a play is for: endings, milestones, achievements, runs, tests; and what was renamed.

use serde::Deserialize;

use super::{Pairs, Str, Value};

/// An ending.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Ending<'s> {
    #[serde(borrow)]
    pub(in crate::story) title: Str<'s>,
    pub(in crate::story) rank: i32,
    pub(in crate::story) text: Option<Str<'s>>,
    pub(in crate::story) next: Option<Str<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// A milestone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Milestone<'s> {
    #[serde(borrow)]
    pub(in crate::story) title: Str<'s>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// An achievement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Achievement<'s> {
    #[serde(borrow)]
    pub(in crate::story) title: Str<'s>,
    pub(in crate::story) text: Option<Str<'s>>,
    #[serde(rename = "if")]
    pub(in crate::story) when: Str<'s>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// A category of speedrun.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Run<'s> {
    #[serde(borrow)]
    pub(in crate::story) title: Str<'s>,
    pub(in crate::story) about: Option<Str<'s>>,
    pub(in crate::story) start: Str<'s>,
    #[serde(default)]
    pub(in crate::story) given: Pairs<'s, Value<'s>>,
    pub(in crate::story) goal: Str<'s>,
    #[serde(default)]
    pub(in crate::story) milestones: Vec<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) seed: u64,
    pub(in crate::story) rank: Rank<'s>,
    #[serde(default)]
    pub(in crate::story) routes: Vec<Route<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// What is known of the cheapest play of a run.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Route<'s> {
    pub(in crate::story) seed: Option<u64>,
    #[serde(borrow)]
    pub(in crate::story) least: Option<Str<'s>>,
    pub(in crate::story) proved: i32,
    pub(in crate::story) found: Option<i32>,
    #[serde(default)]
    pub(in crate::story) tracked: Vec<Str<'s>>,
}

/// What a run is ranked by.
#[derive(Debug, Deserialize)]
pub(in crate::story) enum Rank<'s> {
    /// Real time.
    Time,
    /// Choices made.
    Turns,
    /// A variable at the end.
    Least(#[serde(borrow)] Str<'s>),
}

/// A test.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Test<'s> {
    #[serde(borrow)]
    pub(in crate::story) name: Str<'s>,
    pub(in crate::story) start: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) seed: u64,
    #[serde(default)]
    pub(in crate::story) given: Pairs<'s, Value<'s>>,
    #[serde(default)]
    pub(in crate::story) rolls: Vec<i32>,
    #[serde(default)]
    pub(in crate::story) play: Vec<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) expect: Vec<Expect<'s>>,
    pub(in crate::story) transcript: Option<Str<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// What a test expects.
#[derive(Debug, Deserialize)]
pub(in crate::story) enum Expect<'s> {
    /// The play stands in this scene.
    At(#[serde(borrow)] Str<'s>),
    /// A page held these words.
    Sees(Str<'s>),
    /// No page held these words.
    Misses(Str<'s>),
    /// The condition holds.
    Holds(Str<'s>),
    /// The choice is open.
    Offers(Str<'s>),
    /// The choice is locked.
    Locks(Str<'s>),
    /// The choice is not shown.
    Hides(Str<'s>),
    /// The scene was entered.
    Visits(Str<'s>),
    /// The scene was not entered.
    Never(Str<'s>),
    /// The play ended so.
    Ends(Str<'s>),
    /// The milestone was reached.
    Reaches(Str<'s>),
    /// The item is carried.
    Has(Str<'s>),
}

/// Old ids and new ones.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Was<'s> {
    #[serde(borrow, default)]
    pub(in crate::story) scenes: Pairs<'s, Str<'s>>,
    #[serde(default)]
    pub(in crate::story) choices: Pairs<'s, Str<'s>>,
    #[serde(default)]
    pub(in crate::story) vars: Pairs<'s, Str<'s>>,
    #[serde(default)]
    pub(in crate::story) items: Pairs<'s, Str<'s>>,
}
