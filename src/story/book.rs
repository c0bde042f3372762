//! A story that is open: its world, and its chapters as they are needed.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::desk::Desk;
use super::diagnostic::{Diagnostic, Note, Spot};
use super::expression::Reference;
use super::fault::Fault;
use super::link::world::{Files, Shared, world};
use super::link::{Around, chapter};
use super::markup::{Block, Piece, prose};
use super::names::{Found, Kind, Table};
use super::outline::{Outline, outline};
use super::parse::{One, Read, section};
use super::raw;
use super::report::Report;
use super::section::Section;
use super::shape::{self, Layout};
use super::source::Sources;
use super::words::Words;
use crate::engine::chapter::Chapter;
use crate::engine::world::World;

/// A story whose manifest and world have been read.
#[derive(Debug)]
pub struct Book {
    sources: Arc<Sources>,
    outlines: Vec<Outline>,
    layout: Layout,
    language: Option<String>,
    world: Arc<World>,
    shared: Shared,
    /// The chapters of the manifest.
    chapters: BTreeMap<String, OnceLock<Linked>>,
    /// Faults of shape, by the chapter they belong to; those of no chapter under nothing.
    faults: BTreeMap<Option<String>, Vec<Diagnostic>>,
    /// Keys of the world's own texts.
    keys: Vec<String>,
}

/// A chapter that has been linked, and the keys of its texts.
type Linked = Result<(Arc<Chapter>, Vec<String>), Report>;

/// A chapter on the title screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The chapter's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A line or two.
    pub about: String,
    /// The name of its accent colour.
    pub accent: String,
}

impl Book {
    /// The story inside the program.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn shipped() -> Result<Self, Report> {
        Self::open(Sources::embedded())
    }

    /// Opens a story: reads its manifest and what all chapters share.
    ///
    /// # Errors
    /// What is wrong with these.
    pub fn open(sources: Sources) -> Result<Self, Report> {
        Self::open_in(sources, None)
    }

    /// Opens a story in a language of its `words` folder.
    ///
    /// # Errors
    /// What is wrong with the manifest, the world or the translation.
    pub fn open_in(sources: Sources, language: Option<&str>) -> Result<Self, Report> {
        let book = Self::lenient(Arc::new(sources), language);
        let report = Report::new(Arc::clone(&book.sources), book.faults.get(&None).cloned().unwrap_or_default());
        if report.has_errors() { Err(report) } else { Ok(book) }
    }

    /// Everything that is wrong with a story: every file, chapter and translation.
    #[must_use]
    pub fn check(sources: Sources) -> Report {
        let sources = Arc::new(sources);
        let book = Self::lenient(Arc::clone(&sources), None);
        let mut report = book.load_all();
        let languages: Vec<String> = book.layout.words.keys().cloned().collect();
        for language in languages {
            let translated = Self::lenient(Arc::clone(&sources), Some(&language));
            report = report.joined(translated.load_all());
        }
        report
    }

    /// Opens what can be opened and keeps the faults.
    fn lenient(sources: Arc<Sources>, language: Option<&str>) -> Self {
        let outlines: Vec<Outline> =
            sources.files().iter().enumerate().map(|(file, source)| outline_of(file, source)).collect();
        let layout = Layout::new(&sources, &outlines);
        let mut faults: BTreeMap<Option<String>, Vec<Diagnostic>> = BTreeMap::new();
        let shape = shape::check(&sources, &outlines, &layout);
        for fault in outlines.iter().flat_map(|o| o.faults.iter().cloned()).chain(shape) {
            faults.entry(layout.chapter_of(fault.at.file).map(str::to_owned)).or_default().push(fault);
        }
        let (opened, more) = open_world(&sources, &outlines, &layout, language);
        faults.entry(None).or_default().extend(more);
        let (world, shared, keys) = opened;
        let chapters = world.order.iter().filter(|id| layout.chapters.contains_key(*id));
        let chapters = chapters.map(|id| (id.clone(), OnceLock::new())).collect();
        let language = language.map(str::to_owned);
        Self { sources, outlines, layout, language, world: Arc::new(world), shared, chapters, faults, keys }
    }

    /// What all chapters share.
    #[must_use]
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// The files.
    #[must_use]
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// The languages that the story has been translated into.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.layout.words.keys().map(String::as_str)
    }

    /// Where an entry is written: file and line, such as `story/siege/ring.ron:12`.
    #[must_use]
    pub fn origin(&self, chapter: &str, section: &str, id: &str) -> Option<String> {
        let wanted = Section::named(section)?;
        let files = self.layout.chapters.get(chapter).into_iter().flatten().chain(&self.layout.shared);
        let mut parts = files.flat_map(|file| &self.outlines[*file].parts).filter(|part| part.section == wanted);
        let entry = parts.find_map(|part| part.entries.iter().find(|entry| entry.id == id))?;
        let (line, _) = self.sources.place(entry.key.file, entry.key.start);
        Some(format!("{}:{line}", self.sources.shown(entry.key.file)))
    }

    /// A chapter, read and linked when it is first asked for.
    ///
    /// # Errors
    /// What is wrong with it, or that there is no such chapter.
    pub fn chapter(&self, id: &str) -> Result<Arc<Chapter>, Report> {
        match self.linked(id) {
            Ok((chapter, _)) => Ok(Arc::clone(chapter)),
            Err(report) => Err(report),
        }
    }

    fn linked(&self, id: &str) -> Result<&(Arc<Chapter>, Vec<String>), Report> {
        let Some(cell) = self.chapters.get(id) else {
            let table = Table::new(self.chapters.keys().map(String::as_str), [], false);
            let meant = match table.find(id) {
                Found::None(meant) => meant,
                _ => None,
            };
            let fault = Fault::Unknown { kind: Kind::Chapter, name: id.to_owned(), meant, other: None };
            return Err(self.report(vec![Diagnostic::error(fault, Spot::NOWHERE)]));
        };
        cell.get_or_init(|| self.link(id)).as_ref().map_err(Clone::clone)
    }

    fn link(&self, id: &str) -> Linked {
        let desk = Desk::new(&self.sources);
        let words = self.words(&desk);
        let files = self.layout.chapters.get(id).map_or(&[][..], Vec::as_slice);
        let around = Around {
            desk: &desk,
            outlines: &self.outlines,
            id,
            files,
            shared_files: &self.layout.shared,
            world: &self.world,
            shared: &self.shared,
            words: &words,
        };
        let linked = chapter(&around);
        if let Some((_, keys)) = &linked {
            self.unknown_words(&desk, &words, id, keys);
        }
        drop(words);
        let mut faults = desk.into_faults();
        faults.extend(self.faults.get(&Some(id.to_owned())).into_iter().flatten().cloned());
        match linked {
            Some((mut chapter, keys)) if faults.is_empty() => {
                super::hash::seal(&mut chapter);
                Ok((Arc::new(chapter), keys))
            }
            _ => Err(self.report(faults)),
        }
    }

    fn words<'s>(&'s self, desk: &Desk<'s>) -> Words<'s> {
        words(desk, &self.outlines, &self.layout, self.language.as_deref())
    }

    /// Translations of texts that a chapter does not have.
    fn unknown_words<'s>(&self, desk: &Desk<'s>, words: &Words<'s>, id: &str, keys: &[String]) {
        let table = Table::new(keys.iter().map(String::as_str), [], false);
        for (key, at) in words.keys() {
            let mine = key.strip_prefix(id).is_some_and(|rest| rest.starts_with(['/', '.']));
            if let (true, Found::None(meant)) = (mine, table.find(key)) {
                desk.error(Fault::Unknown { kind: Kind::Text, name: key.to_owned(), meant, other: None }, at);
            }
        }
    }

    /// The chapters in playing order, without reading more than their heads.
    #[must_use]
    pub fn titles(&self) -> Vec<Title> {
        let desk = Desk::new(&self.sources);
        let words = self.words(&desk);
        let ids = self.world.order.iter().filter(|id| self.chapters.contains_key(*id));
        let titles = ids.filter_map(|id| {
            let files = self.layout.chapters.get(id)?;
            let heads: Read<'_, raw::Chapter<'_>> = section(&desk, &self.outlines, files, Section::Chapter);
            let head = heads.all.into_iter().next()?.raw;
            let title =
                words.find(&format!("{id}.title")).map_or_else(|| head.title.to_string(), |w| w.text.to_string());
            let about = words.find(&format!("{id}.about")).map(|w| w.text.to_string());
            let about = about.or_else(|| head.about.map(|a| a.to_string())).unwrap_or_default();
            let accent = head.accent.map_or_else(|| "soot".to_owned(), |a| a.to_string());
            Some(Title { id: id.clone(), title, about: plain(&about), accent })
        });
        titles.collect()
    }

    /// Links every chapter; everything that is wrong with the story in this language.
    #[must_use]
    pub fn load_all(&self) -> Report {
        let mut all: Vec<Diagnostic> = self.faults.values().flatten().cloned().collect();
        for id in self.chapters.keys() {
            if let Err(report) = self.linked(id) {
                all.extend(report.diagnostics);
            }
        }
        self.report(all)
    }

    fn report(&self, faults: Vec<Diagnostic>) -> Report {
        Report::new(Arc::clone(&self.sources), faults)
    }

    /// Keys of every text of the story that has been linked: what a translation may name.
    #[must_use]
    pub fn text_keys(&self) -> Vec<String> {
        let mut keys = self.keys.clone();
        for id in self.chapters.keys() {
            if let Ok((_, own)) = self.linked(id) {
                keys.extend(own.iter().cloned());
            }
        }
        keys.sort();
        keys.dedup();
        keys
    }
}

fn outline_of(file: usize, source: &super::source::Source) -> Outline {
    match source.refused {
        Some(_) => Outline { partial: true, ..Outline::default() },
        None => outline(file, &source.text),
    }
}

fn words<'s>(desk: &Desk<'s>, outlines: &'s [Outline], layout: &Layout, language: Option<&str>) -> Words<'s> {
    let files = language.and_then(|language| layout.words.get(language));
    match files {
        Some(files) => Words::new(section(desk, outlines, files, Section::Words)),
        None => Words::default(),
    }
}

type Opened = (World, Shared, Vec<String>);

fn open_world(
    sources: &Sources,
    outlines: &[Outline],
    layout: &Layout,
    language: Option<&str>,
) -> (Opened, Vec<Diagnostic>) {
    let desk = Desk::new(sources);
    let words = words(&desk, outlines, layout, language);
    let manifest = manifest(&desk, outlines, layout);
    if let Some(one) = &manifest {
        listed(&desk, outlines, layout, one);
    }
    let chapters: Vec<String> = layout.chapters.keys().cloned().collect();
    let parts = layout.all.iter().flat_map(|file| &outlines[*file].parts).filter(|p| p.section == Section::Maps);
    let maps = parts.flat_map(|part| part.entries.iter().map(|entry| entry.id.as_str())).collect();
    let files = Files { all: &layout.all, shared: &layout.shared, chapters: &chapters, maps };
    let opened = world(&desk, outlines, &files, &words, manifest.as_ref());
    let table = Table::new(opened.2.iter().map(String::as_str), [], false);
    for (key, at) in words.keys() {
        let owner = key.split(['/', '.']).next().unwrap_or_default();
        // A chapter looks after its own.
        if let (false, Found::None(meant)) = (layout.chapters.contains_key(owner), table.find(key)) {
            desk.error(Fault::Unknown { kind: Kind::Text, name: key.to_owned(), meant, other: None }, at);
        }
    }
    drop(words);
    drop(manifest);
    (opened, desk.into_faults())
}

fn manifest<'s>(desk: &Desk<'s>, outlines: &'s [Outline], layout: &Layout) -> Option<One<'s, raw::Story<'s>>> {
    let at_home: Vec<usize> =
        layout.shared.iter().copied().filter(|file| desk.sources.files()[*file].path == "story.ron").collect();
    let read: Read<'s, raw::Story<'s>> = section(desk, outlines, &at_home, Section::Story);
    let elsewhere = layout.all.iter().flat_map(|file| &outlines[*file].parts).any(|p| p.section == Section::Story);
    let mut all = read.all.into_iter();
    let first = all.next();
    if let (Some(first), Some(second)) = (&first, all.next()) {
        let fault = Fault::SectionTwice { name: "story".to_owned() };
        desk.add(Diagnostic::error(fault, second.key).with(Note::First, first.key));
    }
    let broken = layout.shared.iter().any(|file| outlines[*file].partial);
    if first.is_none() && !elsewhere && !broken {
        desk.error(Fault::NoManifest, Spot::NOWHERE);
    }
    first
}

/// Compares the manifest's list with the chapters that exist.
fn listed<'s>(desk: &Desk<'s>, outlines: &'s [Outline], layout: &Layout, one: &One<'s, raw::Story<'s>>) {
    for text in &one.raw.chapters {
        let written = super::desk::Written { text, entry: one.body };
        let reference = Reference { id: text.to_string(), span: 0..text.len() };
        if !layout.chapters.contains_key(&reference.id) {
            desk.about(Fault::ChapterMissing { id: reference.id }, written);
        }
    }
    for (id, files) in &layout.chapters {
        if one.raw.chapters.iter().all(|listed| **listed != **id) {
            let parts = files.iter().flat_map(|file| &outlines[*file].parts);
            let at = parts.filter(|part| part.section == Section::Chapter).map(|part| part.name).next();
            desk.error(Fault::ChapterUnlisted { id: id.clone() }, at.unwrap_or(Spot::NOWHERE));
        }
    }
}

/// The words of a text as they stand, without anything that needs a state.
fn plain(text: &str) -> String {
    fn add(pieces: &[Piece], out: &mut String) {
        for piece in pieces {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Break => out.push('\n'),
                Piece::Emph(inner) | Piece::Strong(inner) | Piece::Link(_, inner) => add(inner, out),
                Piece::Group(_, alternatives) => add(alternatives.first().map_or(&[], Vec::as_slice), out),
                Piece::Gentle(mild, _) => add(mild, out),
                Piece::Value(_) | Piece::Spell(..) | Piece::Level(_) | Piece::Use(_) | Piece::If(..) => {}
            }
        }
    }
    let (prose, _) = prose(text);
    let paragraphs = prose.blocks.iter().filter_map(|block| {
        let Block::Para(para) = block else { return None };
        let mut out = String::new();
        add(&para.pieces, &mut out);
        Some(out)
    });
    paragraphs.collect::<Vec<_>>().join("\n")
}
