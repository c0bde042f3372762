//! A story that is open: its world, and its chapters as they are needed.

mod asides;
mod causes;
mod finder;
mod opening;
mod snippets;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::desk::Desk;
use super::diagnostic::{Diagnostic, Spot};
use super::fault::Fault;
use super::link::world::Shared;
use super::link::{Around, chapter};
use super::names::{Found, Kind, Table};
use super::outline::{Outline, outline};
use super::parse::{Read, section};
use super::raw;
use super::report::Report;
use super::section::Section;
use super::shape::{self, Layout};
use super::source::{Source, Sources};
use super::words::Words;
use crate::engine::chapter::Chapter;
use crate::engine::world::World;
pub use asides::{Aside, Noted};
pub use finder::{Finder, Located};
use opening::{open_world, plain};

/// From so many bytes on, files are outlined on all cores.
const MANY_BYTES: usize = 2 << 20;

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
        let report = book.report(book.faults.get(&None).cloned().unwrap_or_default());
        if report.has_errors() { Err(report) } else { Ok(book) }
    }

    /// Everything that is wrong with a story: every file, chapter and translation.
    #[must_use]
    pub fn check(sources: Sources) -> Report {
        Self::in_every_language(sources).iter().map(Self::load_all).reduce(Report::joined).unwrap_or_default()
    }

    /// A story as it is written and in each of its translations, whatever is wrong with it: [`Self::load_all`] tells.
    #[must_use]
    pub fn in_every_language(sources: Sources) -> Vec<Self> {
        let sources = Arc::new(sources);
        let written = Self::lenient(Arc::clone(&sources), None);
        let languages: Vec<String> = written.layout.words.keys().cloned().collect();
        let translated = languages.iter().map(|language| Self::lenient(Arc::clone(&sources), Some(language)));
        std::iter::once(written).chain(translated.collect::<Vec<_>>()).collect()
    }

    /// Opens what can be opened and keeps the faults.
    fn lenient(sources: Arc<Sources>, language: Option<&str>) -> Self {
        let outlines = outlines(&sources);
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

    /// The language it is opened in, if it is not the one it is written in.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Every key of the translation it is opened in, and where it is written.
    #[must_use]
    pub fn translations(&self) -> Vec<(String, Spot)> {
        let files = self.language.as_ref().and_then(|language| self.layout.words.get(language));
        let parts = files.into_iter().flatten().flat_map(|file| &self.outlines[*file].parts);
        let entries = parts.filter(|part| part.section == Section::Words).flat_map(|part| &part.entries);
        entries.map(|entry| (entry.id.clone(), entry.key)).collect()
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
            let meant = table.meant(id);
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
            translated: !self.layout.words.is_empty(),
        };
        let linked = chapter(&around);
        if let Some((_, keys)) = &linked {
            self.unknown_words(&desk, &words, id, keys);
        }
        drop(words);
        let mut faults = desk.into_faults();
        faults.extend(self.faults.get(&Some(id.to_owned())).into_iter().flatten().cloned());
        match linked {
            Some((chapter, keys)) if faults.is_empty() => Ok((Arc::new(chapter), keys)),
            _ => Err(self.report(faults)),
        }
    }

    fn words<'s>(&'s self, desk: &Desk<'s>) -> Words<'s> {
        words(desk, &self.outlines, &self.layout, self.language.as_deref())
    }

    /// Translations of texts that a chapter does not have.
    fn unknown_words<'s>(&self, desk: &Desk<'s>, words: &Words<'s>, id: &str, keys: &[String]) {
        let mine = |key: &str| key.strip_prefix(id).is_some_and(|rest| rest.starts_with(['/', '.']));
        let mut table = None;
        for (key, at) in words.keys().filter(|(key, _)| mine(key)) {
            let table = table.get_or_insert_with(|| Table::new(keys.iter().map(String::as_str), [], false));
            if table.find(key) == Found::None {
                let meant = table.meant(key);
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
        Report::new(Arc::clone(&self.sources), self.causes(faults))
    }

    /// Keys of every text of the story that has been linked: what a translation may name. None unless the story has
    /// translations.
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

/// The outlines of all files; of many bytes, on all cores.
fn outlines(sources: &Sources) -> Vec<Outline> {
    let files = sources.files();
    let one = |(file, source): (usize, &Source)| match source.refused {
        Some(_) => Outline { partial: true, ..Outline::default() },
        None => outline(file, &source.text),
    };
    if files.iter().map(|file| file.text.len()).sum::<usize>() < MANY_BYTES {
        files.iter().enumerate().map(one).collect()
    } else {
        files.par_iter().enumerate().map(one).collect()
    }
}

fn words<'s>(desk: &Desk<'s>, outlines: &'s [Outline], layout: &Layout, language: Option<&str>) -> Words<'s> {
    let files = language.and_then(|language| layout.words.get(language));
    match files {
        Some(files) => Words::new(section(desk, outlines, files, Section::Words)),
        None => Words::default(),
    }
}
