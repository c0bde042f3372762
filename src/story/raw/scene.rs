//! Scenes, choices, the arrows between them and the decks that deal them.

use serde::Deserialize;

use super::{Flow, Str};

/// A scene.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Scene<'s> {
    #[serde(borrow)]
    pub(in crate::story) at: Option<Str<'s>>,
    pub(in crate::story) date: Option<Str<'s>>,
    pub(in crate::story) title: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) enter: Vec<Str<'s>>,
    pub(in crate::story) text: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) choices: Vec<Choice<'s>>,
    #[serde(default, rename = "use")]
    pub(in crate::story) menus: Vec<Str<'s>>,
    pub(in crate::story) otherwise: Option<Flow<'s>>,
    pub(in crate::story) then: Option<Flow<'s>>,
    pub(in crate::story) ending: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) back: bool,
    pub(in crate::story) milestone: Option<Str<'s>>,
    pub(in crate::story) card: Option<Card<'s>>,
    #[serde(default)]
    pub(in crate::story) meets: Vec<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) tags: Vec<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) allow: Vec<Str<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
    pub(in crate::story) todo: Option<Str<'s>>,
}

/// A scene's place in a deck.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Card<'s> {
    #[serde(borrow)]
    pub(in crate::story) deck: Str<'s>,
    pub(in crate::story) weight: Option<i32>,
    #[serde(rename = "if")]
    pub(in crate::story) when: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) again: bool,
}

/// A choice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Choice<'s> {
    #[serde(borrow)]
    pub(in crate::story) id: Str<'s>,
    pub(in crate::story) say: Str<'s>,
    pub(in crate::story) said: Option<Str<'s>>,
    #[serde(rename = "if")]
    pub(in crate::story) when: Option<Str<'s>>,
    pub(in crate::story) locked: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) again: bool,
    #[serde(default, rename = "do")]
    pub(in crate::story) effects: Vec<Str<'s>>,
    pub(in crate::story) to: Option<Flow<'s>>,
    pub(in crate::story) visit: Option<Str<'s>>,
    pub(in crate::story) draw: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) back: bool,
    pub(in crate::story) choices: Option<Vec<Choice<'s>>>,
    pub(in crate::story) then: Option<Flow<'s>>,
    #[serde(default, rename = "tags")]
    pub(in crate::story) _tags: Vec<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) allow: Vec<Str<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
    pub(in crate::story) todo: Option<Str<'s>>,
}

/// A target with a condition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Arrow<'s> {
    #[serde(borrow, rename = "if")]
    pub(in crate::story) when: Option<Str<'s>>,
    pub(in crate::story) to: Option<Str<'s>>,
    pub(in crate::story) draw: Option<Str<'s>>,
    #[serde(default)]
    pub(in crate::story) back: bool,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}

/// A deck.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) struct Deck<'s> {
    #[serde(borrow)]
    pub(in crate::story) none: Flow<'s>,
    pub(in crate::story) then: Option<Flow<'s>>,
    #[serde(rename = "note")]
    pub(in crate::story) _note: Option<Str<'s>>,
}
