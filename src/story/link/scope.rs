//! What names mean where they are written: the tables of the story and of one chapter.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::known::Known;
use crate::engine::chapter::{Var, VarKind};
use crate::story::desk::{Desk, Written};
use crate::story::expression::Reference;
use crate::story::fault::{Fault, Other};
use crate::story::names::{Found, Kind, Names};
use crate::story::raw::Str;
use crate::story::words::Words;

/// What a derived variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Sort {
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// One of a list of words.
    Word,
}

/// Everything that is needed to give a text or a condition its meaning.
pub(in crate::story) struct Scope<'a, 's> {
    pub(in crate::story) desk: &'a Desk<'s>,
    pub(in crate::story) names: Names<'a>,
    /// Variables by number; none where a text belongs to all chapters.
    pub(in crate::story) vars: Vec<Var>,
    /// What each derived variable is, as far as that is known.
    pub(in crate::story) derived: RefCell<Vec<Option<Sort>>>,
    pub(in crate::story) snippets: BTreeMap<&'s str, Written<'a, 's>>,
    /// Whether this belongs to all chapters, so that no variable may be read.
    pub(in crate::story) shared: bool,
    pub(in crate::story) words: &'a Words<'s>,
    /// Keys of the texts that were met, if the story has translations.
    pub(in crate::story) keys: Option<RefCell<Vec<String>>>,
    /// What was linked before.
    pub(in crate::story) known: Known<'s>,
    /// Keys of the places where dice fall.
    pub(in crate::story) sites: RefCell<Vec<String>>,
}

impl Sort {
    pub(in crate::story) fn of(var: &Var) -> Self {
        match var.kind {
            VarKind::Int(..) => Self::Number,
            VarKind::Flag => Self::Flag,
            VarKind::Word(_) => Self::Word,
        }
    }
}

impl<'s> Scope<'_, 's> {
    /// The number of an id that is written as a text of its own.
    pub(in crate::story) fn id(&self, kind: Kind, written: Written<'_, 's>) -> Option<usize> {
        self.named(kind, written.text, 0..written.text.len(), written)
    }

    /// The number of an id inside of a text.
    pub(in crate::story) fn reference(
        &self,
        kind: Kind,
        reference: &Reference,
        written: Written<'_, 's>,
    ) -> Option<usize> {
        self.named(kind, reference.id, reference.span.clone(), written)
    }

    fn named(&self, kind: Kind, id: &str, span: Range<usize>, written: Written<'_, 's>) -> Option<usize> {
        match self.names.find(kind, id) {
            Found::At(at) => Some(at),
            Found::Unread => None,
            Found::None => {
                let (meant, other) = (self.names.meant(kind, id), self.names.elsewhere(kind, id).map(Other::Kind));
                self.desk.inside(Fault::Unknown { kind, name: id.to_owned(), meant, other }, written, span);
                None
            }
        }
    }

    /// The number of an id that may be absent.
    pub(in crate::story) fn optional<I: From<usize>>(
        &self,
        kind: Kind,
        text: Option<&Str<'s>>,
        entry: crate::story::diagnostic::Spot,
    ) -> Option<I> {
        text.and_then(|text| self.id(kind, Written { text, entry })).map(I::from)
    }
}
