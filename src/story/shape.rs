//! Where sections stand, how ids are written, and that no id is declared twice.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::diagnostic::{Diagnostic, Note, Spot};
use super::fault::Fault;
use super::names::Kind;
use super::outline::{Entry, Outline};
use super::section::{Home, Section, Shape};
use super::source::{Refusal, Sources};
use super::suggest::as_id;

/// The folder of translations.
pub(super) const WORDS: &str = "words";

/// So many chapters are named where one is wanted.
const MOST_NAMED: usize = 6;

/// The files of a story by what they belong to.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Every file but translations.
    pub(super) all: Vec<usize>,
    /// Files outside chapters and translations.
    pub(super) shared: Vec<usize>,
    /// The files of each chapter.
    pub(super) chapters: BTreeMap<String, Vec<usize>>,
    /// The files of each language.
    pub(super) words: BTreeMap<String, Vec<usize>>,
}

impl Layout {
    /// Sorts files by their folders: one with a `chapter` section is a chapter.
    pub(super) fn new(sources: &Sources, outlines: &[Outline]) -> Self {
        let mut layout = Self::default();
        let folder = |file: usize| sources.files()[file].folder();
        for (file, outline) in outlines.iter().enumerate() {
            if let Some(folder) = folder(file).filter(|f| *f != WORDS)
                && outline.parts.iter().any(|part| part.section == Section::Chapter)
            {
                layout.chapters.insert(folder.to_owned(), Vec::new());
            }
        }
        for file in 0..outlines.len() {
            let folder = folder(file).unwrap_or_default();
            if folder == WORDS {
                let language = sources.files()[file].path.split('/').nth(1).unwrap_or_default();
                layout.words.entry(language.trim_end_matches(".ron").to_owned()).or_default().push(file);
                continue;
            }
            layout.all.push(file);
            match layout.chapters.get_mut(folder) {
                Some(files) => files.push(file),
                None => layout.shared.push(file),
            }
        }
        layout
    }

    /// The chapter a file belongs to.
    pub(super) fn chapter_of(&self, file: usize) -> Option<&str> {
        self.chapters.iter().find(|(_, files)| files.contains(&file)).map(|(id, _)| id.as_str())
    }
}

/// Faults of files and sections as wholes.
pub(super) fn check(sources: &Sources, outlines: &[Outline], layout: &Layout) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (file, source) in sources.files().iter().enumerate() {
        if let Some(why) = &source.refused {
            faults.push(Diagnostic::error(Fault::Unreadable { why: why.clone() }, Spot::new(file, 0..0)));
        }
    }
    for (file, outline) in outlines.iter().enumerate() {
        astray(sources, layout, file, outline, &mut faults);
        for part in &outline.parts {
            if part.section.shape() == Shape::Map && part.section != Section::Words {
                let dots = part.section == Section::Places;
                for entry in &part.entries {
                    faults.extend(id_fault(&entry.id, dots).map(|fault| Diagnostic::error(fault, entry.key)));
                }
            }
        }
    }
    duplicates(outlines, layout, &mut faults);
    faults
}

fn at_home(sources: &Sources, layout: &Layout, file: usize, section: Section) -> bool {
    let path = &sources.files()[file].path;
    let words = sources.files()[file].folder() == Some(WORDS);
    match section.home() {
        Home::Manifest => path == "story.ron",
        Home::Words => words,
        Home::Chapter => layout.chapter_of(file).is_some(),
        Home::Anywhere => !words,
    }
}

/// The sections of a file that may not stand in it, those of one home told together.
fn astray(sources: &Sources, layout: &Layout, file: usize, outline: &Outline, faults: &mut Vec<Diagnostic>) {
    let mut homes: Vec<(Home, Spot, Vec<String>)> = Vec::new();
    for part in outline.parts.iter().filter(|part| !at_home(sources, layout, file, part.section)) {
        let name = part.section.name().to_owned();
        match homes.iter_mut().find(|(home, ..)| *home == part.section.home()) {
            Some((.., names)) => names.push(name),
            None => homes.push((part.section.home(), part.name, vec![name])),
        }
    }
    let told = homes
        .into_iter()
        .map(|(home, at, names)| Diagnostic::error(Fault::SectionElsewhere { names, home: said(home, layout) }, at));
    faults.extend(told);
}

fn said(home: Home, layout: &Layout) -> String {
    match home {
        Home::Manifest => "`story.ron`".to_owned(),
        Home::Words => "`words/LANG/*.ron`".to_owned(),
        Home::Chapter => {
            let folders: Vec<_> = layout.chapters.keys().take(MOST_NAMED).map(|id| format!("`{id}/`")).collect();
            let named = if folders.is_empty() { String::new() } else { format!(": {}", folders.join(", ")) };
            format!("the folder of a chapter, one with a `chapter` section{named}")
        }
        Home::Anywhere => "any file that is no translation".to_owned(),
    }
}

/// What is wrong with the spelling of an id.
pub(crate) fn id_fault(id: &str, dots: bool) -> Option<Fault> {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let good = id.len() <= 48 && if dots { id.split('.').all(part) } else { part(id) };
    (!good).then(|| Fault::BadId {
        id: id.to_owned(),
        meant: as_id(id).map(|s| if dots { s } else { s.replace('.', "_") }),
    })
}

/// The kind of id a section declares.
pub(super) fn kind(section: Section) -> Option<Kind> {
    Some(match section {
        Section::Scenes => Kind::Scene,
        Section::Menus => Kind::Menu,
        Section::Decks => Kind::Deck,
        Section::Snippets => Kind::Snippet,
        Section::Derived => Kind::Derived,
        Section::Milestones => Kind::Milestone,
        Section::Achievements => Kind::Achievement,
        Section::Endings => Kind::Ending,
        Section::Runs => Kind::Run,
        Section::Vars => Kind::Variable,
        Section::Items => Kind::Item,
        Section::People => Kind::Person,
        Section::Places => Kind::Place,
        Section::Codex => Kind::Codex,
        Section::Maps => Kind::Map,
        Section::Words => Kind::Text,
        Section::Story | Section::Chapter | Section::Tests | Section::Was => return None,
    })
}

fn duplicates(outlines: &[Outline], layout: &Layout, faults: &mut Vec<Diagnostic>) {
    // Sections that are known to the whole story are one table; others are one for each chapter.
    let all = outlines.iter().flat_map(|outline| &outline.parts).map(|part| part.entries.len()).sum();
    let mut seen: FxHashMap<(Kind, &str, &str), &Entry> = FxHashMap::default();
    seen.reserve(all);
    // Shared files first: a chapter's variable must not take the name of a shared one.
    let chapters = layout.chapters.values().flatten();
    for &file in layout.shared.iter().chain(chapters).chain(layout.words.values().flatten()) {
        let outline = &outlines[file];
        let chapter = layout.chapter_of(file).unwrap_or("");
        let language = layout.words.iter().find(|(_, files)| files.contains(&file)).map_or("", |(id, _)| id.as_str());
        for part in &outline.parts {
            let Some(kind) = kind(part.section) else { continue };
            let own = match kind {
                Kind::Item | Kind::Person | Kind::Place | Kind::Codex | Kind::Map => "",
                Kind::Text => language,
                _ => chapter,
            };
            for entry in &part.entries {
                let shared =
                    matches!(kind, Kind::Variable | Kind::Snippet).then(|| seen.get(&(kind, "", entry.id.as_str())));
                let first = seen.get(&(kind, own, entry.id.as_str())).or(shared.flatten()).copied();
                match first {
                    Some(first) => {
                        let fault = Fault::Duplicate { kind, id: entry.id.clone() };
                        faults.push(Diagnostic::error(fault, entry.key).with(Note::First, first.key));
                    }
                    None => {
                        seen.insert((kind, own, &entry.id), entry);
                    }
                }
            }
        }
    }
}

impl Refusal {
    /// The refusal in words, to follow "the file".
    pub(super) fn said(&self) -> String {
        match self {
            Self::TooLarge(bytes) => format!("has {bytes} bytes; a story file may have 4 MiB"),
            Self::NotUtf8(byte) => format!("is not UTF-8 text: the first bad byte is number {byte}"),
            Self::LinkOutside => "is a link that leads out of the story's folder".to_owned(),
            Self::TooDeep => "is nested too deep; folders may be nested 8 deep".to_owned(),
            Self::TooMuch => "is too much; all files of a story may have 64 MiB together".to_owned(),
            Self::TooMany => "is one too many; a story may have 4096 files".to_owned(),
            Self::Name(_) => "is not read: the name of a story file ends in `.ron`".to_owned(),
            Self::Failed(said) => format!("cannot be read: {said}"),
        }
    }
}
