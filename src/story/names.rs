//! The ids of a story by kind, with those that an unread entry may define.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::suggest::closest;
use crate::engine::id::narrow;

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

/// The ids of one kind, close together: a long story asks for one after the other, and none is near the one before.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// All of them, one behind the other: the unread ones first.
    letters: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// How many are unread.
    unread: usize,
    /// Each by its hash. Never gone through in its order, which means nothing.
    places: HashTable<u32>,
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
        let mut table = Self { partial, ..Self::default() };
        unread.into_iter().for_each(|id| table.add(id));
        table.unread = table.ends.len();
        ids.into_iter().for_each(|id| table.add(id));
        table
    }

    /// Adds an id; of two that are the same the later counts.
    fn add(&mut self, id: &str) {
        let place = narrow(self.ends.len());
        self.letters.push_str(id);
        self.ends.push(narrow(self.letters.len()));
        let Self { letters, ends, places, .. } = self;
        let hash = |place: &u32| hash(written(letters, ends, *place));
        match places.find_mut(hash(&place), |other| written(letters, ends, *other) == id) {
            Some(same) => *same = place,
            None => drop(places.insert_unique(hash(&place), place, hash)),
        }
    }

    fn place(&self, id: &str) -> Option<usize> {
        let found = self.places.find(hash(id), |place| written(&self.letters, &self.ends, *place) == id);
        found.map(|place| *place as usize)
    }

    pub(super) fn find(&self, id: &str) -> Found {
        match self.place(id) {
            Some(place) => place.checked_sub(self.unread).map_or(Found::Unread, Found::At),
            None if self.partial => Found::Unread,
            None => Found::None,
        }
    }

    /// The id that may have been meant by one that there is not.
    pub(super) fn meant(&self, id: &str) -> Option<String> {
        closest(id, self.ids())
    }

    pub(super) fn at(&self, id: &str) -> Option<usize> {
        self.place(id)?.checked_sub(self.unread)
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.place(id).is_some()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|place| written(&self.letters, &self.ends, *place))
    }
}

/// Whether a key is that of a choice nested in others, and of this one.
pub(super) fn ends(key: &str, last: &str) -> bool {
    key.strip_suffix(last).is_some_and(|before| before.ends_with('/'))
}

/// The id at a place of a table.
fn written<'t>(letters: &'t str, ends: &[u32], place: u32) -> &'t str {
    let end = |place: usize| ends.get(place).map_or(0, |end| *end as usize);
    let place = place as usize;
    letters.get(place.checked_sub(1).map_or(0, end)..end(place)).unwrap_or_default()
}

fn hash(id: &str) -> u64 {
    FxBuildHasher.hash_one(id)
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
        let table = self.table(kind)?;
        // A nested choice is often named without the choice it is in.
        let nested = id.split_once('#').filter(|_| kind == Kind::Choice).and_then(|(scene, key)| {
            let inside = |path: &&str| path.split_once('#').is_some_and(|(s, k)| s == scene && ends(k, key));
            table.ids().filter(inside).min().map(str::to_owned)
        });
        nested.or_else(|| table.meant(id))
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
