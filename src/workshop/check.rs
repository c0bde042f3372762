//! `check`: everything that is wrong with a story, for a reader or for a program.

use std::io::{self, Write};

use serde::Serialize;

use crate::story::report::{Finding, Report};
use crate::story::{Book, Sources};

/// What a command found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is wrong.
    Ok,
    /// Something is wrong, and has been said.
    Found,
}

/// How the outcome is written.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// For a reader, on a screen this wide, with colour or without.
    Human {
        /// The width of the screen.
        width: usize,
        /// Whether to colour.
        colour: bool,
    },
    /// One JSON document.
    Json,
}

/// The JSON document.
#[derive(Serialize)]
struct Document<'r> {
    verdict: &'r str,
    summary: String,
    findings: Vec<Finding>,
}

/// Checks a story and writes what is wrong with it.
///
/// # Errors
/// When `out` cannot be written.
pub fn check(sources: Sources, look: Look, out: &mut dyn Write) -> io::Result<Outcome> {
    let report = Book::check(sources);
    write(&report, look, out)?;
    Ok(if report.is_empty() { Outcome::Ok } else { Outcome::Found })
}

/// Writes a report.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(report: &Report, look: Look, out: &mut dyn Write) -> io::Result<()> {
    match look {
        Look::Human { .. } if report.is_empty() => writeln!(out, "sound: nothing found"),
        Look::Human { width, colour } => out.write_all(report.render(width, colour).as_bytes()),
        Look::Json => {
            let verdict = if report.is_empty() { "sound" } else { "faulty" };
            let document = Document { verdict, summary: report.summary(), findings: report.findings() };
            serde_json::to_writer_pretty(&mut *out, &document)?;
            writeln!(out)
        }
    }
}
