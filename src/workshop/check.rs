//! Reads a story and reports every fault in it.

use std::io::{self, Write};

use serde::Serialize;

use crate::story::{Book, Report, Sources, report::Finding};

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
    /// One JSON document: `{"clean": bool, "findings": [...]}`.
    Json,
}

#[derive(Serialize)]
struct Document {
    clean: bool,
    findings: Vec<Finding>,
}

/// Reads everything of a story and writes the report. Answers whether anything was found.
///
/// # Errors
/// When `out` cannot be written.
pub fn check(sources: Sources, form: Form, out: &mut dyn Write) -> io::Result<bool> {
    let report = Book::check(sources);
    write(&report, form, out)?;
    Ok(!report.is_empty())
}

fn write(report: &Report, form: Form, out: &mut dyn Write) -> io::Result<()> {
    match form {
        Form::Json => {
            let document = Document { clean: report.is_empty(), findings: report.findings() };
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)
        }
        Form::Human { .. } if report.is_empty() => writeln!(out, "no faults"),
        Form::Human { width, colour } => write!(out, "{}", report.render(width, colour)),
    }
}
