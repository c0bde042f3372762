//! Of all faults those that others follow from: a report begins with what there is to mend.

use std::collections::{BTreeMap, BTreeSet};

use super::Book;
use crate::story::diagnostic::{Diagnostic, Spot, What};
use crate::story::fault::{Fault, Other};
use crate::story::names::Kind;
use crate::story::section::{Home, Section};
use crate::story::shape::kind;
use crate::story::suggest::as_id;

/// With so many ids declared a second time a file is probably a copy of another.
const A_COPY: usize = 5;

impl Book {
    /// The faults without those that go when others are mended, and with what the whole story knows of the rest.
    pub(super) fn causes(&self, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if let Some(no_story) = self.no_story(&faults) {
            return vec![no_story];
        }
        let misspelt = misspelt(&faults);
        let doubled = doubled(&faults);
        let quotes = quotes(&faults);
        let follows = |fault: &Fault, at: Spot| match fault {
            Fault::BadId { .. } => (0..2).any(|back| quotes.contains(&(at.file, at.start.wrapping_sub(back)))),
            Fault::Unknown { name, .. } => misspelt.contains(name),
            Fault::NotAWord { word, .. } => misspelt.contains(word),
            Fault::OutOfRange { variable, .. } | Fault::StartOutside { variable, .. } => doubled.contains(variable),
            _ => false,
        };
        let kept = faults.into_iter().filter(|d| d.fault().is_none_or(|fault| !follows(fault, d.at)));
        self.copies(kept.map(|fault| self.placed(fault)).collect())
    }

    /// That this folder is no story, where the only manifests lie in folders below it.
    fn no_story(&self, faults: &[Diagnostic]) -> Option<Diagnostic> {
        let paths = || self.sources.files().iter().map(|file| file.path.as_str());
        if faults.is_empty() || paths().any(|path| path == "story.ron") {
            return None;
        }
        let below: Vec<_> = paths().filter_map(|path| path.strip_suffix("/story.ron")).map(str::to_owned).collect();
        let folder = self.sources.root().to_owned();
        (!below.is_empty()).then(|| Diagnostic::error(Fault::NoManifest { folder, below }, Spot::NOWHERE))
    }

    /// An unknown id with where it is declared after all, if it is.
    fn placed(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if let What::Fault(Fault::Unknown { kind, name, meant, other }) = &mut diagnostic.what
            && let Some(home) = self.declared(*kind, name)
        {
            (*meant, *other) = (None, Some(home));
        }
        diagnostic
    }

    /// Where an id is declared that a chapter does not know.
    fn declared(&self, wanted: Kind, id: &str) -> Option<Other> {
        self.outlines.iter().enumerate().find_map(|(file, outline)| {
            let of_a_chapter = |section: Section| matches!(section.home(), Home::Chapter | Home::Anywhere);
            let mut parts = outline.parts.iter().filter(|p| kind(p.section) == Some(wanted) && of_a_chapter(p.section));
            parts.any(|part| part.entries.iter().any(|entry| entry.id == id)).then(|| {
                match self.layout.chapter_of(file) {
                    Some(chapter) => Other::Chapter(chapter.to_owned()),
                    None => Other::Astray(self.sources.shown(file)),
                }
            })
        })
    }

    /// Ids that one file declares again after another told once for both, if they are many.
    fn copies(&self, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut pairs: BTreeMap<(usize, usize), Vec<Diagnostic>> = BTreeMap::new();
        let mut told = Vec::with_capacity(faults.len());
        for fault in faults {
            match (fault.fault(), fault.related.first()) {
                (Some(Fault::Duplicate { .. }), Some(first)) if first.at.file != fault.at.file => {
                    pairs.entry((fault.at.file, first.at.file)).or_default().push(fault);
                }
                _ => told.push(fault),
            }
        }
        for ((_, other), mut doubles) in pairs {
            if doubles.len() >= A_COPY {
                let ids = doubles.len();
                doubles.truncate(1);
                for double in &mut doubles {
                    let fault = Fault::FileTwice { other: self.sources.shown(other), ids };
                    double.what = What::Fault(fault);
                }
            }
            told.extend(doubles);
        }
        told
    }
}

/// Ids as they should be spelled where they are declared: whoever uses them so is right.
fn misspelt(faults: &[Diagnostic]) -> BTreeSet<String> {
    let meant = faults.iter().filter_map(|d| match d.fault()? {
        Fault::BadId { meant, .. } => meant.clone(),
        Fault::BadWord { word } => as_id(word),
        _ => None,
    });
    meant.collect()
}

/// Where quotes are wrong: an id behind one is not what was meant to be it.
fn quotes(faults: &[Diagnostic]) -> BTreeSet<(usize, usize)> {
    let wrong = faults.iter().filter(|d| matches!(d.fault(), Some(Fault::UnclosedText | Fault::CurlyQuote { .. })));
    wrong.map(|d| (d.at.file, d.at.start)).collect()
}

/// Variables that are declared twice: which range is meant is not known.
fn doubled(faults: &[Diagnostic]) -> BTreeSet<String> {
    let ids = faults.iter().filter_map(|d| match d.fault()? {
        Fault::Duplicate { kind: Kind::Variable, id } | Fault::NameTaken { id } => Some(id.clone()),
        _ => None,
    });
    ids.collect()
}
