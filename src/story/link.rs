//! Raw entries into a checked chapter: names to numbers, types, ranges, and flows that end.

mod ceilings;
mod choices;
mod effects;
mod flow;
mod given;
mod graph;
mod index;
pub(in crate::story) mod known;
mod maps;
mod others;
mod scenes;
pub(in crate::story) mod scope;
mod texts;
mod value;
mod vars;
pub(super) mod world;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::desk::{Desk, Written};
use super::diagnostic::{Diagnostic, Note, Spot};
use super::fault::Fault;
use super::names::{Kind, Names, Table, Tables};
use super::outline::Outline;
use super::parse::{Listed, One, Read, listed, section, value};
use super::raw;
use super::section::Section;
use super::source::Sources;
use super::words::Words;
use crate::engine::chapter::{Chapter, Was};
use crate::engine::id::SceneIx;
use crate::engine::late::LateVec;
use crate::engine::seal::Seal;
use crate::engine::text::Text;
use crate::engine::world::World;
use index::{Index, Paths};
use known::Known;
use scope::Scope;
use world::Shared;

/// The most scenes a chapter may have.
const MOST_SCENES: usize = 10_000;

/// Every entry of a chapter as it is written.
struct Parts<'s> {
    head: Option<One<'s, raw::Chapter<'s>>>,
    scenes: Listed<'s>,
    menus: Read<'s, Vec<raw::Choice<'s>>>,
    decks: Read<'s, raw::Deck<'s>>,
    snippets: Read<'s, raw::Str<'s>>,
    derived: Read<'s, raw::Str<'s>>,
    milestones: Read<'s, raw::Milestone<'s>>,
    achievements: Read<'s, raw::Achievement<'s>>,
    endings: Read<'s, raw::Ending<'s>>,
    runs: Read<'s, raw::Run<'s>>,
    tests: Read<'s, raw::Test<'s>>,
    was: Read<'s, raw::Was<'s>>,
    vars: Read<'s, raw::Var<'s>>,
    maps: Read<'s, raw::Map<'s>>,
}

/// What linking needs beside the chapter's own files.
pub(super) struct Around<'a, 's> {
    pub(super) desk: &'a Desk<'s>,
    pub(super) outlines: &'s [Outline],
    /// The chapter's id.
    pub(super) id: &'a str,
    /// Its files.
    pub(super) files: &'a [usize],
    /// Files outside chapters.
    pub(super) shared_files: &'a [usize],
    pub(super) world: &'a Arc<World>,
    pub(super) shared: &'a Shared,
    pub(super) words: &'a Words<'s>,
    /// Whether the story has translations, so that the keys of its texts are wanted.
    pub(super) translated: bool,
}

/// A chapter while it is being linked.
struct Linker<'a, 's> {
    around: &'a Around<'a, 's>,
    parts: &'a Parts<'s>,
    scope: Scope<'a, 's>,
}

/// Links a chapter; what is wrong is put on the desk. The keys of all its texts come with it.
pub(super) fn chapter<'s>(around: &Around<'_, 's>) -> Option<(Chapter, Vec<String>)> {
    let desk = around.desk;
    let parts = read(around);
    let shared_vars = section(desk, around.outlines, around.shared_files, Section::Vars).sorted();
    let shared_snippets: Read<'s, raw::Str<'s>> =
        section(desk, around.outlines, around.shared_files, Section::Snippets);
    if parts.scenes.all.len() > MOST_SCENES {
        let at = parts.scenes.all[MOST_SCENES].key;
        desk.error(Fault::TooMany { what: "scenes in a chapter".to_owned(), most: MOST_SCENES }, at);
        return None;
    }
    let partial = around.files.iter().any(|file| around.outlines[*file].partial);
    let tables = tables(around, &parts, &shared_vars, &shared_snippets, partial);
    let names = Names::new(tables, || choice_table(desk.sources, &parts, partial));
    let mut snippets = BTreeMap::new();
    for one in shared_snippets.all.iter().chain(&parts.snippets.all) {
        snippets.insert(one.id, Written { text: &one.raw, entry: one.body });
    }
    let scope = Scope {
        desk,
        names,
        vars: vars::kinds(desk, &shared_vars, &parts.vars),
        derived: RefCell::new(vec![None; parts.derived.all.len()]),
        snippets,
        shared: false,
        words: around.words,
        keys: around.translated.then(RefCell::default),
        known: Known::default(),
        sites: RefCell::new(Vec::new()),
    };
    let mut linker = Linker { around, parts: &parts, scope };
    let derived = linker.derived();
    linker.shown(&shared_vars);
    let chapter = linker.chapter(derived);
    let keys = linker.scope.keys.as_ref().map(RefCell::take).unwrap_or_default();
    chapter.map(|chapter| (chapter, keys))
}

fn read<'s>(around: &Around<'_, 's>) -> Parts<'s> {
    let (desk, outlines, files) = (around.desk, around.outlines, around.files);
    let mut heads = section(desk, outlines, files, Section::Chapter).all.into_iter();
    let head: Option<One<'s, raw::Chapter<'s>>> = heads.next();
    if let (Some(first), Some(second)) = (&head, heads.next()) {
        let fault = Fault::SectionTwice { name: "chapter".to_owned() };
        desk.add(Diagnostic::error(fault, second.key).with(Note::First, first.key));
    }
    Parts {
        head,
        scenes: listed(outlines, files, Section::Scenes),
        menus: section(desk, outlines, files, Section::Menus).sorted(),
        decks: section(desk, outlines, files, Section::Decks).sorted(),
        snippets: section(desk, outlines, files, Section::Snippets).sorted(),
        derived: section(desk, outlines, files, Section::Derived).sorted(),
        milestones: section(desk, outlines, files, Section::Milestones),
        achievements: section(desk, outlines, files, Section::Achievements).sorted(),
        endings: section(desk, outlines, files, Section::Endings).sorted(),
        runs: section(desk, outlines, files, Section::Runs),
        tests: section(desk, outlines, files, Section::Tests),
        was: section(desk, outlines, files, Section::Was),
        vars: section(desk, outlines, files, Section::Vars).sorted(),
        maps: section(desk, outlines, files, Section::Maps).sorted(),
    }
}

/// What may be named, but for choices.
fn tables<'s>(
    around: &Around<'_, 's>,
    parts: &Parts<'s>,
    shared_vars: &Read<'s, raw::Var<'s>>,
    shared_snippets: &Read<'s, raw::Str<'s>>,
    partial: bool,
) -> Tables {
    let mut tables = around.shared.names.clone();
    let mut set = |kind, table| tables.insert(kind, table);
    let scenes = parts.scenes.all.iter().map(|entry| entry.id.as_str());
    set(Kind::Scene, Table::new(scenes, parts.scenes.unread.iter().copied(), partial));
    set(Kind::Menu, table(&parts.menus, partial));
    set(Kind::Deck, table(&parts.decks, partial));
    set(Kind::Derived, table(&parts.derived, partial));
    set(Kind::Milestone, table(&parts.milestones, partial));
    set(Kind::Achievement, table(&parts.achievements, partial));
    set(Kind::Ending, table(&parts.endings, partial));
    let mut vars: Vec<_> = shared_vars.all.iter().chain(&parts.vars.all).map(|one| one.id).collect();
    vars.sort_unstable();
    vars.dedup();
    let unread = shared_vars.unread.iter().chain(&parts.vars.unread).copied();
    set(Kind::Variable, Table::new(vars, unread, partial || around.shared.partial));
    let snippets: Vec<_> = shared_snippets.all.iter().chain(&parts.snippets.all).map(|one| one.id).collect();
    let unread = shared_snippets.unread.iter().chain(&parts.snippets.unread).copied();
    set(Kind::Snippet, Table::new(snippets, unread, partial || around.shared.partial));
    tables
}

/// The paths of all choices. Every scene is read for it, and told of when it is linked.
fn choice_table<'s>(sources: &'s Sources, parts: &Parts<'s>, partial: bool) -> Table {
    let silent = Desk::new(sources);
    let mut broken = partial || !parts.scenes.unread.is_empty() || !parts.menus.unread.is_empty();
    let mut paths = Paths::default();
    for menu in &parts.menus.all {
        Index::behind(&mut paths).menu(&silent, menu);
    }
    for entry in &parts.scenes.all {
        let Ok(scene) = value::<raw::Scene<'s>>(sources, entry) else {
            broken = true;
            continue;
        };
        Index::behind(&mut paths).scene(&silent, &entry.id, &scene.choices, entry.body);
    }
    Table::new(paths.all(), [], broken)
}

/// A table of the ids of a section.
pub(super) fn table<T>(read: &Read<'_, T>, partial: bool) -> Table {
    Table::new(read.all.iter().map(|one| one.id), read.unread.iter().copied(), partial)
}

impl<'s> Linker<'_, 's> {
    fn desk(&self) -> &Desk<'s> {
        self.around.desk
    }

    fn chapter(&self, derived: Vec<crate::engine::chapter::Derived>) -> Option<Chapter> {
        let id = self.around.id;
        let scope = &self.scope;
        let mut decks = self.decks();
        let (scenes, choices) = self.scenes(&mut decks);
        let endings = self.endings();
        let milestones = self.milestones();
        let achievements = self.achievements();
        let maps = self.maps();
        let runs = self.runs();
        let tests = self.tests(&choices);
        let was = self.was();
        let head = self.parts.head.as_ref()?;
        let raw = &head.raw;
        let entry = head.body;
        let title = scope.label(format_args!("{id}.title"), &raw.title, entry);
        let about = scope.text_or_none(format_args!("{id}.about"), raw.about.as_ref(), entry).unwrap_or_default();
        let date = scope.text_or_none(format_args!("{id}.date"), raw.date.as_ref(), entry);
        let start = scope.id(Kind::Scene, Written { text: &raw.start, entry });
        let mut chapter = Chapter {
            world: Arc::clone(self.around.world),
            id: id.to_owned(),
            title,
            about,
            date,
            accent: self.accent(raw.accent.as_ref(), entry),
            stats: self.stats(&raw.stats, entry),
            map: self.map_id(raw.map.as_ref(), entry),
            maps: maps.into(),
            start: SceneIx::from(start.unwrap_or(0)),
            carries: self.carries(&raw.carries, entry),
            vars: scope.vars.clone(),
            derived: derived.into(),
            scenes: scenes.into(),
            choices: choices.into(),
            decks,
            endings: endings.into(),
            milestones,
            achievements,
            runs: runs.into(),
            tests: tests.into(),
            was: was.into(),
            sites: LateVec::default(),
            rules: Seal::new(super::hash::rules),
            prose: Seal::new(super::hash::prose),
        };
        chapter.sites = scope.sites.borrow().clone().into();
        graph::check(self, &chapter, start.map(SceneIx::from));
        Some(chapter)
    }

    fn accent(&self, accent: Option<&raw::Str<'s>>, entry: Spot) -> String {
        const ACCENTS: [&str; 3] = ["blood", "celadon", "soot"];
        let Some(text) = accent else { return "soot".to_owned() };
        if !ACCENTS.contains(&&**text) {
            let known = ACCENTS.map(str::to_owned).to_vec();
            let meant = super::suggest::closest(text, ACCENTS);
            let fault = Fault::UnknownVariant { name: text.to_string(), meant, known };
            self.desk().about(fault, Written { text, entry });
        }
        text.to_string()
    }

    fn was(&self) -> Was {
        let mut was = Was::default();
        for one in &self.parts.was.all {
            let raw = &one.raw;
            for (kind, pairs, list) in [
                (Kind::Scene, &raw.scenes, &mut was.scenes),
                (Kind::Choice, &raw.choices, &mut was.choices),
                (Kind::Variable, &raw.vars, &mut was.vars),
                (Kind::Item, &raw.items, &mut was.items),
            ] {
                for (old, new) in &pairs.0 {
                    let is_new = |id: &str| self.scope.names.table(kind).is_some_and(|t| t.has(id));
                    if is_new(old) {
                        let fault = Fault::OldIdInUse { kind, name: old.to_string() };
                        self.desk().about(fault, Written { text: old, entry: one.body });
                    }
                    self.scope.id(kind, Written { text: new, entry: one.body });
                    list.push((old.to_string(), new.to_string()));
                }
                list.sort();
            }
        }
        was
    }

    /// The key of a text of this chapter.
    fn key(&self, rest: &str) -> String {
        format!("{}/{rest}", self.around.id)
    }

    fn plain_text(&self, key: &str, text: Option<&raw::Str<'s>>, entry: Spot) -> Text {
        self.scope.text_or_none(format_args!("{}/{key}", self.around.id), text, entry).unwrap_or_default()
    }
}
