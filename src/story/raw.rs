//! The story as it is written: a mirror of the format for serde, which refuses every field it does not know.
//!
//! Texts are borrowed from the file, so that a place in them is a place in the file.

mod forms;

use serde::Deserialize;

pub(super) use forms::{Flow, Pairs, Str, Value};

/// The manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story<'s> {
    #[serde(borrow)]
    pub(super) id: Str<'s>,
    pub(super) title: Str<'s>,
    pub(super) version: Str<'s>,
    pub(super) chapters: Vec<Str<'s>>,
    pub(super) note: Option<Str<'s>>,
    pub(super) credits: Option<Str<'s>>,
}

/// What a chapter says of itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chapter<'s> {
    #[serde(borrow)]
    pub(super) title: Str<'s>,
    pub(super) about: Option<Str<'s>>,
    pub(super) start: Str<'s>,
    pub(super) date: Option<Str<'s>>,
    pub(super) accent: Option<Str<'s>>,
    #[serde(default)]
    pub(super) stats: Vec<Str<'s>>,
    pub(super) map: Option<Str<'s>>,
    #[serde(default)]
    pub(super) carries: Pairs<'s, Value<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
    #[serde(rename = "todo")]
    pub(super) _todo: Option<Str<'s>>,
}

/// A scene.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scene<'s> {
    #[serde(borrow)]
    pub(super) at: Option<Str<'s>>,
    pub(super) date: Option<Str<'s>>,
    pub(super) title: Option<Str<'s>>,
    #[serde(default)]
    pub(super) enter: Vec<Str<'s>>,
    pub(super) text: Option<Str<'s>>,
    #[serde(default)]
    pub(super) choices: Vec<Choice<'s>>,
    #[serde(default, rename = "use")]
    pub(super) menus: Vec<Str<'s>>,
    pub(super) otherwise: Option<Flow<'s>>,
    pub(super) then: Option<Flow<'s>>,
    pub(super) ending: Option<Str<'s>>,
    #[serde(default)]
    pub(super) back: bool,
    pub(super) milestone: Option<Str<'s>>,
    pub(super) card: Option<Card<'s>>,
    #[serde(default)]
    pub(super) meets: Vec<Str<'s>>,
    #[serde(default)]
    pub(super) tags: Vec<Str<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
    #[serde(rename = "todo")]
    pub(super) _todo: Option<Str<'s>>,
}

/// A scene's place in a deck.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Card<'s> {
    #[serde(borrow)]
    pub(super) deck: Str<'s>,
    pub(super) weight: Option<i32>,
    #[serde(rename = "if")]
    pub(super) when: Option<Str<'s>>,
    #[serde(default)]
    pub(super) again: bool,
}

/// A choice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice<'s> {
    #[serde(borrow)]
    pub(super) id: Str<'s>,
    pub(super) say: Str<'s>,
    pub(super) said: Option<Str<'s>>,
    #[serde(rename = "if")]
    pub(super) when: Option<Str<'s>>,
    pub(super) locked: Option<Str<'s>>,
    #[serde(default)]
    pub(super) again: bool,
    #[serde(default, rename = "do")]
    pub(super) effects: Vec<Str<'s>>,
    pub(super) to: Option<Flow<'s>>,
    pub(super) visit: Option<Str<'s>>,
    pub(super) draw: Option<Str<'s>>,
    #[serde(default)]
    pub(super) back: bool,
    pub(super) choices: Option<Vec<Choice<'s>>>,
    pub(super) then: Option<Flow<'s>>,
    #[serde(default, rename = "tags")]
    pub(super) _tags: Vec<Str<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
    #[serde(rename = "todo")]
    pub(super) _todo: Option<Str<'s>>,
}

/// A target with a condition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Arrow<'s> {
    #[serde(borrow, rename = "if")]
    pub(super) when: Option<Str<'s>>,
    pub(super) to: Option<Str<'s>>,
    pub(super) draw: Option<Str<'s>>,
    #[serde(default)]
    pub(super) back: bool,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// A variable.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Var<'s> {
    /// A whole number.
    Int {
        range: (i32, i32),
        start: Option<i32>,
        #[serde(default)]
        edge: Edge,
        #[serde(borrow)]
        label: Option<Str<'s>>,
        show: Option<Str<'s>>,
        #[serde(default)]
        gauge: bool,
        #[serde(default)]
        levels: Vec<(i32, Str<'s>)>,
        #[serde(default)]
        good: Good,
        #[serde(default)]
        quiet: bool,
        when: Option<Str<'s>>,
        #[serde(rename = "note")]
        _note: Option<Str<'s>>,
    },
    /// Yes or no.
    Flag {
        #[serde(default)]
        start: bool,
        label: Option<Str<'s>>,
        show: Option<Str<'s>>,
        #[serde(default)]
        good: Good,
        #[serde(default)]
        quiet: bool,
        when: Option<Str<'s>>,
        #[serde(rename = "note")]
        _note: Option<Str<'s>>,
    },
    /// One of some words.
    Word {
        of: Vec<Str<'s>>,
        start: Option<Str<'s>>,
        label: Option<Str<'s>>,
        show: Option<Str<'s>>,
        #[serde(default)]
        quiet: bool,
        when: Option<Str<'s>>,
        #[serde(rename = "note")]
        _note: Option<Str<'s>>,
    },
}

/// What a number does at the edge of its range.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub(super) enum Edge {
    /// It stops.
    #[default]
    Clamp,
    /// It may not be left.
    Strict,
}

/// Which end of a range is good.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub(super) enum Good {
    /// More is better.
    #[default]
    High,
    /// Less is better.
    Low,
}

/// A deck.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deck<'s> {
    #[serde(borrow)]
    pub(super) none: Flow<'s>,
    pub(super) then: Option<Flow<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// An ending.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ending<'s> {
    #[serde(borrow)]
    pub(super) title: Str<'s>,
    pub(super) rank: i32,
    pub(super) text: Option<Str<'s>>,
    pub(super) next: Option<Str<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// A milestone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Milestone<'s> {
    #[serde(borrow)]
    pub(super) title: Str<'s>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// An achievement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Achievement<'s> {
    #[serde(borrow)]
    pub(super) title: Str<'s>,
    pub(super) text: Option<Str<'s>>,
    #[serde(rename = "if")]
    pub(super) when: Str<'s>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// A category of speedrun.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Run<'s> {
    #[serde(borrow)]
    pub(super) title: Str<'s>,
    pub(super) about: Option<Str<'s>>,
    pub(super) start: Str<'s>,
    #[serde(default)]
    pub(super) given: Pairs<'s, Value<'s>>,
    pub(super) goal: Str<'s>,
    #[serde(default)]
    pub(super) milestones: Vec<Str<'s>>,
    #[serde(default)]
    pub(super) seed: u64,
    pub(super) rank: Rank<'s>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// What a run is ranked by.
#[derive(Debug, Deserialize)]
pub(super) enum Rank<'s> {
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
pub(super) struct Test<'s> {
    #[serde(borrow)]
    pub(super) name: Str<'s>,
    pub(super) start: Option<Str<'s>>,
    #[serde(default)]
    pub(super) seed: u64,
    #[serde(default)]
    pub(super) given: Pairs<'s, Value<'s>>,
    #[serde(default)]
    pub(super) rolls: Vec<i32>,
    #[serde(default)]
    pub(super) play: Vec<Str<'s>>,
    #[serde(default)]
    pub(super) expect: Vec<Expect<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// What a test expects.
#[derive(Debug, Deserialize)]
pub(super) enum Expect<'s> {
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
pub(super) struct Was<'s> {
    #[serde(borrow, default)]
    pub(super) scenes: Pairs<'s, Str<'s>>,
    #[serde(default)]
    pub(super) choices: Pairs<'s, Str<'s>>,
    #[serde(default)]
    pub(super) vars: Pairs<'s, Str<'s>>,
    #[serde(default)]
    pub(super) items: Pairs<'s, Str<'s>>,
}

/// A thing that can be carried.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item<'s> {
    #[serde(borrow)]
    pub(super) name: Str<'s>,
    pub(super) text: Option<Str<'s>>,
    pub(super) max: Option<i32>,
    pub(super) art: Option<Str<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// Someone the story knows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person<'s> {
    #[serde(borrow)]
    pub(super) name: Str<'s>,
    pub(super) zh: Option<Str<'s>>,
    pub(super) text: Option<Str<'s>>,
    pub(super) codex: Option<Str<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// Somewhere on a map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place<'s> {
    #[serde(borrow)]
    pub(super) name: Str<'s>,
    pub(super) zh: Option<Str<'s>>,
    pub(super) map: Option<Str<'s>>,
    #[serde(default)]
    pub(super) at: (i32, i32),
    #[serde(default)]
    pub(super) kind: PlaceKind,
    pub(super) codex: Option<Str<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// What sort of place.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) enum PlaceKind {
    City,
    Town,
    Fort,
    Pass,
    Camp,
    Gate,
    #[default]
    Site,
}

/// A codex entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Codex<'s> {
    #[serde(borrow)]
    pub(super) title: Str<'s>,
    pub(super) text: Str<'s>,
    pub(super) basis: Basis,
    #[serde(default)]
    pub(super) see: Vec<Str<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// On whose word an entry stands.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) enum Basis {
    Seed,
    Record,
    Ours,
}

/// A map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Map<'s> {
    #[serde(borrow)]
    pub(super) title: Str<'s>,
    pub(super) bounds: (i32, i32, i32, i32),
    #[serde(default)]
    pub(super) lines: Vec<Line<'s>>,
    #[serde(default)]
    pub(super) armies: Vec<Army<'s>>,
    #[serde(rename = "note")]
    pub(super) _note: Option<Str<'s>>,
}

/// A line of a map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'s> {
    pub(super) kind: LineKind,
    #[serde(borrow)]
    pub(super) name: Option<Str<'s>>,
    pub(super) points: Vec<(i32, i32)>,
    #[serde(rename = "if")]
    pub(super) when: Option<Str<'s>>,
}

/// What a line stands for.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) enum LineKind {
    Coast,
    River,
    Road,
    Wall,
    Border,
    Works,
    Route,
}

/// An army on a map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Army<'s> {
    #[serde(borrow)]
    pub(super) name: Str<'s>,
    pub(super) side: Str<'s>,
    pub(super) at: Vec<Stand<'s>>,
    #[serde(rename = "if")]
    pub(super) when: Option<Str<'s>>,
}

/// Where an army stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stand<'s> {
    #[serde(borrow, rename = "if")]
    pub(super) when: Option<Str<'s>>,
    pub(super) place: Str<'s>,
}
