//! The story as it is written: a mirror of the format for serde, which refuses every field it does not know.
//!
//! Texts are borrowed from the file, so that a place in them is a place in the file.

mod forms;
mod goal;
mod scene;
mod var;
mod world;

use serde::Deserialize;

pub(super) use forms::{Flow, Pairs, Str, Value};
pub(super) use goal::{Achievement, Ending, Expect, Milestone, Rank, Route, Run, Test, Was};
pub(super) use scene::{Arrow, Card, Choice, Deck, Scene};
pub(super) use var::{Edge, Good, Var};
pub(super) use world::{Basis, Codex, Item, LineKind, Map, Person, Place, PlaceKind};

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
    pub(super) todo: Option<Str<'s>>,
}
