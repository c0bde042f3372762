//! Variables.

use serde::Deserialize;

use super::Str;

/// A variable.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::story) enum Var<'s> {
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
        #[serde(default)]
        allow: Vec<Str<'s>>,
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
        #[serde(default)]
        allow: Vec<Str<'s>>,
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
        #[serde(default)]
        allow: Vec<Str<'s>>,
        #[serde(rename = "note")]
        _note: Option<Str<'s>>,
    },
}

/// What a number does at the edge of its range.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub(in crate::story) enum Edge {
    /// It stops.
    #[default]
    Clamp,
    /// It may not be left.
    Strict,
}

/// Which end of a range is good.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub(in crate::story) enum Good {
    /// More is better.
    #[default]
    High,
    /// Less is better.
    Low,
}

impl<'s> Var<'s> {
    /// The codes that are allowed here.
    pub(in crate::story) const fn allowed(&self) -> &Vec<Str<'s>> {
        let (Self::Int { allow, .. } | Self::Flag { allow, .. } | Self::Word { allow, .. }) = self;
        allow
    }
}
