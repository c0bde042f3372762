//! The ids of a story by kind, with those that an unread entry may define.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::suggest::closest;

/// What an id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum Kind {
    /// A scene.
    Scene,
    /// An item.
    Item,
    /// A variable.
    Variable,
    /// A derived variable.
    Derived,
    /// A person.
    Person,
    /// A place.
    Place,
    /// A codex entry.
    Codex,
    /// A deck.
    Deck,
    /// A shared menu.
    Menu,
    /// A snippet.
    Snippet,
    /// An ending.
    Ending,
    /// A milestone.
    Milestone,
    /// An achievement.
    Achievement,
    /// A run.
    Run,
    /// A choice.
    Choice,
    /// A chapter.
    Chapter,
    /// A map.
    Map,
    /// A text that can be translated.
    Text,
}

/// The ids of one kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Never gone through in its order, which means nothing.
    ids: FxHashMap<String, Option<usize>>,
    /// Whether a part of the files could not be read, so that more ids may exist.
    pub(super) partial: bool,
}

/// What came of looking up an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It has this number.
    At(usize),
    /// It exists or may exist, but its entry could not be read.
    Unread,
    /// There is none.
    None,
}

impl Table {
    /// A table of ids in the order of their numbers, and of unread ones.
    pub(super) fn new<'a>(
        ids: impl IntoIterator<Item = &'a str>,
        unread: impl IntoIterator<Item = &'a str>,
        partial: bool,
    ) -> Self {
        let ids = ids.into_iter();
        let mut table = Self { ids: FxHashMap::default(), partial };
        table.ids.reserve(ids.size_hint().0);
        for id in unread {
            table.ids.insert(id.to_owned(), None);
        }
        for (at, id) in ids.enumerate() {
            table.ids.insert(id.to_owned(), Some(at));
        }
        table
    }

    pub(super) fn find(&self, id: &str) -> Found {
        match self.ids.get(id) {
            Some(Some(at)) => Found::At(*at),
            Some(None) => Found::Unread,
            None if self.partial => Found::Unread,
            None => Found::None,
        }
    }

    /// The id that may have been meant by one that there is not.
    pub(super) fn meant(&self, id: &str) -> Option<String> {
        closest(id, self.ids())
    }

    pub(super) fn at(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied().flatten()
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }
}

/// Tables by kind.
pub(super) type Tables = BTreeMap<Kind, Table>;

/// Every table that a text or a condition may name.
pub(super) struct Names<'n> {
    /// All but that of the choices.
    tables: Tables,
    /// Made when it is first asked for: few stories speak of a choice, and there are many.
    choices: LazyCell<Table, Box<dyn FnOnce() -> Table + 'n>>,
}

impl<'n> Names<'n> {
    pub(super) fn new(tables: Tables, choices: impl FnOnce() -> Table + 'n) -> Self {
        Self { tables, choices: LazyCell::new(Box::new(choices)) }
    }

    /// The tables, without that of the choices.
    pub(super) fn into_tables(self) -> Tables {
        self.tables
    }

    pub(super) fn find(&self, kind: Kind, id: &str) -> Found {
        self.table(kind).map_or(Found::None, |table| table.find(id))
    }

    /// The id of this kind that may have been meant by one that there is not.
    pub(super) fn meant(&self, kind: Kind, id: &str) -> Option<String> {
        self.table(kind).and_then(|table| table.meant(id))
    }

    pub(super) fn table(&self, kind: Kind) -> Option<&Table> {
        if kind == Kind::Choice { Some(&self.choices) } else { self.tables.get(&kind) }
    }

    /// Another kind that has this id.
    pub(super) fn elsewhere(&self, kind: Kind, id: &str) -> Option<Kind> {
        let before = self.tables.range(..Kind::Choice);
        let choices = std::iter::once_with(|| (&Kind::Choice, &*self.choices));
        let mut all = before.chain(choices).chain(self.tables.range(Kind::Choice..));
        all.find(|(other, table)| **other != kind && table.has(id)).map(|(other, _)| *other)
    }

    /// Whether ids of this kind may be missing because a file was broken.
    pub(super) fn partial(&self, kind: Kind) -> bool {
        self.table(kind).is_some_and(|t| t.partial)
    }
}
