//! Reads a story and reports every fault in it, and what is probably not as meant.
//!
//! Each check is one file in `check/` with its code, its words and its page for `explain`, and one line in [`LINTS`].

mod finding;
mod lint;
mod survey;

mod allow_idle;
mod always_stopped;
mod arrow_shadowed;
mod blank_emphasis;
mod changes_nothing;
mod choice_never;
mod choice_too_long;
mod codex_never_opened;
mod condition_always;
mod condition_never;
mod double_space;
mod doubled_word;
mod head_as_prose;
mod item_never_given;
mod item_never_used;
mod markup_as_prose;
mod menu_may_be_empty;
mod mixed_quotes;
mod never_met;
mod never_used;
mod no_words;
mod place_off_map;
mod same_words;
mod space_before_sign;
mod text_never;
mod text_too_long;
mod todo;
mod translation_unreached;
mod unreachable_scene;
mod untranslated;
mod var_never_read;
mod var_never_written;
mod visit_never_back;

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use crate::story::report::Finding;
use crate::story::{Book, Report, Severity, Sources};
pub use lint::Lint;
use lint::{Look, Remarked, Remarks};
use survey::{Story, Survey, Text, prose};

/// Every check, in the order of the codes.
pub const LINTS: &[Lint] = &[
    unreachable_scene::LINT,
    condition_never::LINT,
    condition_always::LINT,
    choice_never::LINT,
    text_never::LINT,
    var_never_read::LINT,
    var_never_written::LINT,
    item_never_given::LINT,
    item_never_used::LINT,
    codex_never_opened::LINT,
    menu_may_be_empty::LINT,
    same_words::LINT,
    changes_nothing::LINT,
    always_stopped::LINT,
    text_too_long::LINT,
    choice_too_long::LINT,
    double_space::LINT,
    mixed_quotes::LINT,
    markup_as_prose::LINT,
    doubled_word::LINT,
    space_before_sign::LINT,
    todo::LINT,
    untranslated::LINT,
    translation_unreached::LINT,
    arrow_shadowed::LINT,
    allow_idle::LINT,
    no_words::LINT,
    place_off_map::LINT,
    head_as_prose::LINT,
    visit_never_back::LINT,
    never_met::LINT,
    blank_emphasis::LINT,
    never_used::LINT,
];

/// How a report is written.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// For people: so many columns, with or without colours.
    Human {
        /// Columns.
        width: usize,
        /// Whether colours are wanted.
        colour: bool,
    },
    /// One JSON document: `{"clean": bool, "errors": n, "warnings": n, "notes": n, "findings": [...]}`.
    Json,
}

#[derive(Serialize)]
struct Document {
    clean: bool,
    errors: usize,
    warnings: usize,
    notes: usize,
    findings: Vec<Finding>,
}

/// Everything that is wrong with a story; if it can be played, also what is probably not as meant.
#[must_use]
pub fn examine(sources: Sources) -> Report {
    examine_books(&Book::in_every_language(sources))
}

/// The same of a story that was read as it is written and in each of its translations.
#[must_use]
pub fn examine_books(books: &[Book]) -> Report {
    let wanted: Vec<(&Book, &String)> =
        books.iter().flat_map(|book| book.world().order.iter().map(move |id| (book, id))).collect();
    // Linked side by side; what is wrong is told afterwards, in order.
    wanted.par_iter().for_each(|(book, id)| drop(book.chapter(id)));
    let faults = books.iter().map(Book::load_all).reduce(Report::joined).unwrap_or_default();
    match books.first() {
        Some(written) if faults.is_empty() => remarks(written, books),
        _ => faults,
    }
}

/// What the checks remark on a story that can be played.
fn remarks(written: &Book, books: &[Book]) -> Report {
    let chapters: Vec<_> = written.world().order.iter().filter_map(|id| written.chapter(id).ok()).collect();
    let surveys: Vec<Survey<'_>> = chapters.par_iter().map(|chapter| Survey::new(chapter)).collect();
    let story = Story { written, books, chapters: &surveys };
    let (words, others): (Vec<&Lint>, Vec<&Lint>) = LINTS.iter().partition(|lint| matches!(lint.look, Look::Words(_)));
    let texts = story.texts();
    let (mut found, read) = rayon::join(
        || others.par_iter().flat_map_iter(|lint| looked(lint, &story, &texts)).collect::<Vec<_>>(),
        || texts.par_chunks(512).flat_map_iter(|texts| read(&words, texts)).collect::<Vec<_>>(),
    );
    found.extend(read);
    let told = finding::locate(&story, found);
    Report::new(std::sync::Arc::clone(written.sources()), told)
}

/// What one check remarks.
fn looked(lint: &Lint, story: &Story<'_>, texts: &[Text<'_>]) -> Vec<Remarked> {
    let mut remarks = Remarks::new(lint);
    match lint.look {
        Look::Chapter(look) => story.chapters.iter().enumerate().for_each(|(at, chapter)| {
            remarks.chapter = at;
            look(chapter, &mut remarks);
        }),
        Look::Text(look) => texts.iter().for_each(|(at, chapter, told)| {
            remarks.chapter = *at;
            look(told, chapter, &mut remarks);
        }),
        Look::Story(look) => look(story, &mut remarks),
        Look::Words(_) => {}
    }
    remarks.all
}

/// What the checks of plain words remark: they go over the prose together, once.
fn read(lints: &[&Lint], texts: &[Text<'_>]) -> Vec<Remarked> {
    let mut all: Vec<Remarks> = lints.iter().map(|lint| Remarks::new(lint)).collect();
    for (at, _, told) in texts {
        prose::each_plain(told.text, &mut |plain| {
            for (lint, remarks) in lints.iter().zip(&mut all) {
                if let Look::Words(look) = lint.look {
                    remarks.chapter = *at;
                    look(told, plain, remarks);
                }
            }
        });
    }
    all.into_iter().flat_map(|remarks| remarks.all).collect()
}

/// Writes a report.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(report: &Report, form: Form, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form::Json => {
            let document = Document {
                clean: report.is_empty(),
                errors: report.count(Severity::Error),
                warnings: report.count(Severity::Warning),
                notes: report.count(Severity::Note),
                findings: report.findings(),
            };
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)
        }
        Form::Human { .. } if report.is_empty() => writeln!(out, "no faults"),
        Form::Human { width, colour } => write!(out, "{}", report.render(width, colour)),
    }
}
