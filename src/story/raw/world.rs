//! Items, people, places, codex and maps.

use serde::Deserialize;

use super::Str;

/// A thing that can be carried.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Item<'s> {
    #[serde(borrow)]
    pub(in crate::story) name: Str<'s>,
    pub(in crate::story) text: Option<Str<'s>>,
    pub(in crate::story) max: Option<i32>,
    pub(in crate::story) art: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) allow: Vec<Str<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// Someone the story knows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Person<'s> {
    #[serde(borrow)]
    pub(in crate::story) name: Str<'s>,
    pub(in crate::story) zh: Option<Str<'s>>,
    pub(in crate::story) text: Option<Str<'s>>,
    pub(in crate::story) codex: Option<Str<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// Somewhere on a map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Place<'s> {
    #[serde(borrow)]
    pub(in crate::story) name: Str<'s>,
    pub(in crate::story) zh: Option<Str<'s>>,
    pub(in crate::story) map: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) at: (i32, i32),
    #[serde(default)]
    pub(in crate::story) kind: PlaceKind,
    pub(in crate::story) codex: Option<Str<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// What sort of place.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(in crate::story) enum PlaceKind {
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
pub(in crate::story) struct Codex<'s> {
    #[serde(borrow)]
    pub(in crate::story) title: Str<'s>,
    pub(in crate::story) text: Str<'s>,
    pub(in crate::story) basis: Basis,
    #[serde(default)]
    pub(in crate::story) see: Vec<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) allow: Vec<Str<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// On whose word an entry stands.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(in crate::story) enum Basis {
    Seed,
    Record,
    Ours,
}

/// A map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Map<'s> {
    #[serde(borrow)]
    pub(in crate::story) title: Str<'s>,
    pub(in crate::story) bounds: (i32, i32, i32, i32),
    #[serde(default)]
    pub(in crate::story) lines: Vec<Line<'s>>,
    #[serde(default)]
    pub(in crate::story) armies: Vec<Army<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// A line of a map.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Line<'s> {
    pub(in crate::story) kind: LineKind,
    #[serde(borrow)]
    pub(in crate::story) name: Option<Str<'s>>,
    pub(in crate::story) points: Vec<(i32, i32)>,
    #[serde(rename = "if")]
    pub(in crate::story) when: Option<Str<'s>>,
}

/// What a line stands for.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(in crate::story) enum LineKind {
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
pub(in crate::story) struct Army<'s> {
    #[serde(borrow)]
    pub(in crate::story) name: Str<'s>,
    pub(in crate::story) side: Str<'s>,
    pub(in crate::story) at: Vec<Stand<'s>>,
    #[serde(rename = "if")]
    pub(in crate::story) when: Option<Str<'s>>,
}

/// Where an army stands.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Stand<'s> {
    #[serde(borrow, rename = "if")]
    pub(in crate::story) when: Option<Str<'s>>,
    pub(in crate::story) place: Str<'s>,
}
