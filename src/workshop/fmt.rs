//! One layout for story files. What a text says, what a comment says and what stands before what is never touched.

mod layout;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::disk;
use crate::story::diagnostic::Spot;
use crate::story::report::Finding;
use crate::story::syntax::File;
use crate::story::{Diagnostic, Fault, Report, Sources};

pub use layout::WIDTH;

/// A file in the one layout. The number is for the places of its faults.
///
/// # Errors
/// What is wrong with the shape of the file.
pub fn formatted(file: usize, text: &str) -> Result<String, Vec<Diagnostic>> {
    let eol = if text.split('\n').next().is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" };
    File::read(file, text).map(|file| layout::lay_out(&file, eol))
}

/// Why nothing was laid out.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A folder that is no story: it may hold files of something else.
    #[error("`{}` is no story: there is no `story.ron` in it", .0.display())]
    NoStory(PathBuf),
    /// A file of another kind.
    #[error("`{}` is no story file: its name does not end in `.ron`", .0.display())]
    NoRon(PathBuf),
    /// A file or a folder that cannot be read.
    #[error("cannot read `{}`: {error}", path.display())]
    Unread {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file that cannot be written.
    #[error("cannot write `{}`: {error}", path.display())]
    Unwritten {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// What came of laying out some files.
#[derive(Debug, Default, Serialize)]
pub struct Done {
    /// How many files were looked at.
    pub files: usize,
    /// Those that were not laid out as they should be.
    pub changed: Vec<Changed>,
    /// What is wrong with those that could not be laid out: they were left alone.
    #[serde(serialize_with = "findings")]
    pub faults: Vec<Report>,
}

/// A file that was not laid out as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The file.
    pub file: String,
    /// The first line that changes, from 1.
    pub line: usize,
    /// How many of its lines change.
    pub lines: usize,
}

fn findings<S: serde::Serializer>(reports: &[Report], to: S) -> Result<S::Ok, S::Error> {
    let all: Vec<Finding> = reports.iter().flat_map(Report::findings).collect();
    all.serialize(to)
}

/// Lays out files, and all files of folders that are stories; with `check` nothing is written.
///
/// # Errors
/// [`Refusal`] if something given is no story, or cannot be read or written.
pub fn lay_out(given: &[PathBuf], check: bool) -> Result<Done, Refusal> {
    let mut done = Done::default();
    let stories: Vec<(&Path, Sources)> =
        given.iter().map(|path| Ok((path.as_path(), read(path)?))).collect::<Result<_, _>>()?;
    for (path, sources) in stories {
        let sources = Arc::new(sources);
        let mut faults = Vec::new();
        for (at, source) in sources.files().iter().enumerate() {
            done.files += 1;
            if let Some(why) = &source.refused {
                faults.push(Diagnostic::error(Fault::Unreadable { why: why.clone() }, Spot::new(at, 0..0)));
                continue;
            }
            match formatted(at, &source.text) {
                Err(found) => faults.extend(found),
                Ok(text) if text == *source.text => {}
                Ok(text) => {
                    done.changed.push(changed(sources.shown(at), &source.text, &text));
                    if !check {
                        let path = if path.is_dir() { path.join(&source.path) } else { path.to_owned() };
                        disk::replace(&path, &text).map_err(|error| Refusal::Unwritten { path, error })?;
                    }
                }
            }
        }
        if !faults.is_empty() {
            done.faults.push(Report::new(sources, faults));
        }
    }
    Ok(done)
}

fn read(path: &Path) -> Result<Sources, Refusal> {
    let unread = |error| Refusal::Unread { path: path.to_owned(), error };
    if fs::metadata(path).map_err(unread)?.is_dir() {
        let sources = Sources::folder(path).map_err(unread)?;
        let is_story = sources.files().iter().any(|file| file.path == "story.ron");
        return if is_story { Ok(sources) } else { Err(Refusal::NoStory(path.to_owned())) };
    }
    if path.extension().is_none_or(|end| end != "ron") {
        return Err(Refusal::NoRon(path.to_owned()));
    }
    let text = fs::read_to_string(path).map_err(unread)?;
    Ok(Sources::from_texts(vec![(path.display().to_string(), text)]))
}

fn changed(file: String, before: &str, after: &str) -> Changed {
    let diff = TextDiff::from_lines(before, after);
    let mut cut = diff.iter_all_changes().filter(|change| change.tag() == ChangeTag::Delete).peekable();
    let first_added = || diff.iter_all_changes().find(|change| change.tag() == ChangeTag::Insert);
    let line = match cut.peek() {
        Some(change) => change.old_index(),
        None => first_added().and_then(|change| change.new_index()),
    };
    Changed { file, line: line.map_or(1, |at| at + 1), lines: cut.count() }
}

/// Writes what was done, or with `check` what there is to do. Faults are not told.
///
/// # Errors
/// When `out` cannot be written.
pub fn report(done: &Done, check: bool, out: &mut dyn Write) -> io::Result<()> {
    let verb = if check { "would lay out" } else { "laid out" };
    for Changed { file, line, lines } in &done.changed {
        let lines = if *lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        writeln!(out, "{verb} {file}:{line}  {lines}")?;
    }
    let files = if done.files == 1 { "1 file".to_owned() } else { format!("{} files", done.files) };
    match done.changed.len() {
        0 => writeln!(out, "{files}, nothing to lay out"),
        n => writeln!(out, "{files}, {n} {}", if check { "to lay out" } else { "laid out" }),
    }
}
