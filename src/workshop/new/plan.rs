//! What will be written: every file whole, in memory, until the story with it is known to be sound.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::Refusal;
use super::insert::{Insertion, insert};
use crate::story::syntax::{File, Group};
use crate::story::{Book, Sources};
use crate::workshop::disk;

/// What will be written, and what to do then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The files, in the order they are told.
    pub files: Vec<Planned>,
    /// Commands that show what was written, without the story's folder.
    pub next: Vec<String>,
}

/// One file of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// Its path in the story.
    pub path: String,
    /// Whether there is none of that name yet.
    pub new: bool,
    /// What is written into it, each with its line.
    pub holds: Vec<(usize, String)>,
    /// All of it.
    #[serde(skip)]
    text: String,
}

impl Plan {
    /// Writes it. Files that must be new are made first, and the first that is there already stops everything.
    ///
    /// # Errors
    /// [`Refusal`] with the file that could not be written.
    pub fn write(&self, folder: &Path) -> Result<(), Refusal> {
        let at = |planned: &Planned| -> PathBuf { folder.join(&planned.path) };
        let unwritten = |path: PathBuf| move |error| Refusal::Unwritten { path, error };
        for planned in self.files.iter().filter(|planned| planned.new) {
            disk::create(&at(planned), &planned.text).map_err(unwritten(at(planned)))?;
        }
        for planned in self.files.iter().filter(|planned| !planned.new) {
            disk::replace(&at(planned), &planned.text).map_err(unwritten(at(planned)))?;
        }
        Ok(())
    }
}

impl Planned {
    pub(super) fn new(path: &str, text: String, holds: &str) -> Self {
        Self { path: path.to_owned(), new: true, holds: vec![(1, holds.to_owned())], text }
    }

    /// Says that it holds something which begins with these words.
    pub(super) fn holding(mut self, what: String, words: &str) -> Self {
        let line = self.text.find(words).map_or(1, |at| line_of(&self.text, at));
        self.holds.push((line, what));
        self
    }
}

/// The words with which some rows begin.
pub(super) fn first_words(rows: &str) -> &str {
    rows.lines().next().unwrap_or_default()
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// A file with something written into it.
pub(super) fn edit(
    sources: &Sources,
    path: &str,
    insertions: impl Fn(&str, &Group<'_>) -> Option<Vec<Insertion>>,
) -> Result<Planned, Refusal> {
    let strange = || Refusal::Strange(path.to_owned());
    let source = sources.files().iter().find(|file| file.path == path).ok_or_else(strange)?;
    let file = File::read(0, &source.text).map_err(|_| strange())?;
    let all = insertions(&source.text, &file.body).ok_or_else(strange)?;
    Ok(Planned { path: path.to_owned(), new: false, holds: Vec::new(), text: insert(&source.text, all) })
}

/// The plan, if the story with it has no fault.
pub(super) fn sound(sources: &Sources, plan: Plan) -> Result<Plan, Refusal> {
    let mut texts: Vec<(String, String)> =
        sources.files().iter().map(|file| (file.path.clone(), file.text.to_string())).collect();
    for planned in &plan.files {
        texts.retain(|(path, _)| *path != planned.path);
        texts.push((planned.path.clone(), planned.text.clone()));
    }
    let report = Book::check(Sources::from_texts(texts));
    if report.is_empty() { Ok(plan) } else { Err(Refusal::Faults(Box::new(report))) }
}
