//! What all chapters share: the manifest, things, people, places, codex and maps.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::known::Known;
use super::scope::Scope;
use super::table;
use crate::engine::id::CodexIx;
use crate::engine::world::{Basis, Entry, Item, Person, Place, PlaceKind, World};
use crate::story::desk::{Desk, Written};
use crate::story::fault::Fault;
use crate::story::names::{Kind, Names, Table, Tables};
use crate::story::outline::Outline;
use crate::story::parse::{One, Read, section};
use crate::story::raw;
use crate::story::section::Section;
use crate::story::words::Words;

/// The shared tables of names.
#[derive(Clone, Debug, Default)]
pub(in crate::story) struct Shared {
    pub(in crate::story) names: Tables,
    /// Whether a shared file could not be read whole.
    pub(in crate::story) partial: bool,
}

/// Where the shared entries are written.
pub(in crate::story) struct Files<'a> {
    /// Every file but translations.
    pub(in crate::story) all: &'a [usize],
    /// Those outside chapters.
    pub(in crate::story) shared: &'a [usize],
    /// The chapters that exist.
    pub(in crate::story) chapters: &'a [String],
    /// Whether the story has translations.
    pub(in crate::story) translated: bool,
    /// Every map of the story.
    pub(in crate::story) maps: Vec<&'a str>,
}

/// Links what all chapters share; what is wrong is put on the desk. The keys of all its texts come with it.
pub(in crate::story) fn world<'s>(
    desk: &Desk<'s>,
    outlines: &'s [Outline],
    files: &Files<'_>,
    words: &Words<'s>,
    manifest: Option<&One<'s, raw::Story<'s>>>,
) -> (World, Shared, Vec<String>) {
    let items: Read<'s, raw::Item<'s>> = section(desk, outlines, files.all, Section::Items).sorted();
    let people: Read<'s, raw::Person<'s>> = section(desk, outlines, files.all, Section::People).sorted();
    let places: Read<'s, raw::Place<'s>> = section(desk, outlines, files.all, Section::Places).sorted();
    let codex: Read<'s, raw::Codex<'s>> = section(desk, outlines, files.all, Section::Codex).sorted();
    let maps: Read<'s, raw::Map<'s>> = section(desk, outlines, files.shared, Section::Maps).sorted();
    let snippets: Read<'s, raw::Str<'s>> = section(desk, outlines, files.shared, Section::Snippets);

    let broken = files.all.iter().any(|file| outlines[*file].partial);
    let mut names = Tables::new();
    names.insert(Kind::Item, table(&items, broken));
    names.insert(Kind::Person, table(&people, broken));
    names.insert(Kind::Place, table(&places, broken));
    names.insert(Kind::Codex, table(&codex, broken));
    names.insert(Kind::Snippet, table(&snippets, broken));
    names.insert(Kind::Map, Table::new(files.maps.iter().copied(), [], broken));
    names.insert(Kind::Chapter, Table::new(files.chapters.iter().map(String::as_str), [], false));

    let mut bodies = BTreeMap::new();
    for one in &snippets.all {
        bodies.insert(one.id, Written { text: &one.raw, entry: one.body });
    }
    let scope = Scope {
        desk,
        names: Names::new(names, Table::default),
        vars: Vec::new(),
        derived: RefCell::new(Vec::new()),
        snippets: bodies,
        shared: true,
        words,
        keys: files.translated.then(RefCell::default),
        known: Known::default(),
        sites: RefCell::new(Vec::new()),
    };
    let mut world = World {
        items: items.all.iter().map(|one| scope.item(one)).collect(),
        people: people.all.iter().map(|one| scope.person(one)).collect(),
        places: places.all.iter().map(|one| scope.place(one)).collect(),
        codex: codex.all.iter().map(|one| scope.entry(one)).collect(),
        maps: scope.maps(&maps).into(),
        ..World::default()
    };
    if let Some(one) = manifest {
        let (raw, entry) = (&one.raw, one.body);
        world.id = raw.id.to_string();
        world.title = scope.label(format_args!("title"), &raw.title, entry);
        world.version = raw.version.to_string();
        world.note = scope.text_or_none(format_args!("note"), raw.note.as_ref(), entry);
        world.credits = scope.text_or_none(format_args!("credits"), raw.credits.as_ref(), entry);
        world.order = raw.chapters.iter().map(|id| id.to_string()).collect();
    }
    let keys = scope.keys.as_ref().map(RefCell::take).unwrap_or_default();
    let partial = files.shared.iter().any(|file| outlines[*file].partial);
    (world, Shared { names: scope.names.into_tables(), partial }, keys)
}

impl<'s> Scope<'_, 's> {
    fn item(&self, one: &One<'s, raw::Item<'s>>) -> Item {
        let (raw, entry) = (&one.raw, one.body);
        let max = raw.max.unwrap_or(1);
        if !(1..=9999).contains(&max) {
            let fault =
                Fault::Bounds { what: "the most of an item".to_owned(), least: 1, most: 9999, found: i64::from(max) };
            self.desk.error(fault, one.key);
        }
        Item {
            id: one.id.to_owned(),
            name: self.label(format_args!("items/{}.name", one.id), &raw.name, entry),
            text: self.text_or_none(format_args!("items/{}", one.id), raw.text.as_ref(), entry).unwrap_or_default(),
            max,
            art: raw.art.as_ref().map(|art| drawing(art)).unwrap_or_default(),
        }
    }

    fn person(&self, one: &One<'s, raw::Person<'s>>) -> Person {
        let (raw, entry) = (&one.raw, one.body);
        Person {
            id: one.id.to_owned(),
            name: self.label(format_args!("people/{}.name", one.id), &raw.name, entry),
            zh: raw.zh.as_ref().map(|zh| zh.to_string()),
            text: self.text_or_none(format_args!("people/{}", one.id), raw.text.as_ref(), entry).unwrap_or_default(),
            codex: self.optional::<CodexIx>(Kind::Codex, raw.codex.as_ref(), entry),
        }
    }

    fn place(&self, one: &One<'s, raw::Place<'s>>) -> Place {
        let (raw, entry) = (&one.raw, one.body);
        if let Some(text) = &raw.map {
            self.id(Kind::Map, Written { text, entry });
        }
        Place {
            id: one.id.to_owned(),
            name: self.label(format_args!("places/{}.name", one.id), &raw.name, entry),
            zh: raw.zh.as_ref().map(|zh| zh.to_string()),
            map: raw.map.as_ref().map(|map| map.to_string()),
            at: raw.at,
            kind: place_kind(raw.kind),
            codex: self.optional::<CodexIx>(Kind::Codex, raw.codex.as_ref(), entry),
        }
    }

    fn entry(&self, one: &One<'s, raw::Codex<'s>>) -> Entry {
        let (raw, entry) = (&one.raw, one.body);
        let see = raw.see.iter().filter_map(|text| self.id(Kind::Codex, Written { text, entry }));
        Entry {
            id: one.id.to_owned(),
            title: self.label(format_args!("codex/{}.title", one.id), &raw.title, entry),
            text: self.text(format_args!("codex/{}", one.id), &raw.text, entry),
            basis: match raw.basis {
                raw::Basis::Seed => Basis::Seed,
                raw::Basis::Record => Basis::Record,
                raw::Basis::Ours => Basis::Ours,
            },
            see: see.map(CodexIx::from).collect(),
        }
    }
}

/// The lines of a drawing, without the indentation they have in common.
fn drawing(art: &str) -> Vec<String> {
    let lines: Vec<&str> = art.lines().map(str::trim_end).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |at| at + 1);
    let lines = &lines[first..last.max(first)];
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let common = lines.iter().filter(|line| !line.is_empty()).map(indent).min().unwrap_or(0);
    lines.iter().map(|line| line.get(common..).unwrap_or("").to_owned()).collect()
}

fn place_kind(kind: raw::PlaceKind) -> PlaceKind {
    match kind {
        raw::PlaceKind::City => PlaceKind::City,
        raw::PlaceKind::Town => PlaceKind::Town,
        raw::PlaceKind::Fort => PlaceKind::Fort,
        raw::PlaceKind::Pass => PlaceKind::Pass,
        raw::PlaceKind::Camp => PlaceKind::Camp,
        raw::PlaceKind::Gate => PlaceKind::Gate,
        raw::PlaceKind::Site => PlaceKind::Site,
    }
}
