//! A page for every code: what it means, a story that earns it, and the same story mended.

mod errors;
pub mod example;

use std::io::{self, Write};

use serde::Serialize;

use super::check::{LINTS, Lint, examine};
use crate::story::Severity;

/// The page of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it stands for, in one sentence.
    pub about: String,
    /// Why it is told and what to do.
    pub text: &'static str,
    /// A story that earns it.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
}

impl From<&Lint> for Page {
    fn from(lint: &Lint) -> Self {
        let Lint { code, severity, about, page, bad, good, .. } = *lint;
        Self { code, severity, about: about.to_owned(), text: page, bad, good }
    }
}

/// Every page, in the order of the codes.
#[must_use]
pub fn pages() -> Vec<Page> {
    errors::pages().into_iter().chain(LINTS.iter().map(Page::from)).collect()
}

/// The page of a code, in capitals or not.
#[must_use]
pub fn find(code: &str) -> Option<Page> {
    pages().into_iter().find(|page| page.code.eq_ignore_ascii_case(code.trim()))
}

/// Writes a page for a screen this wide.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(page: &Page, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let wide = width.clamp(40, 80);
    writeln!(out, "{}: {}\n", page.code, page.about)?;
    for line in textwrap::wrap(page.text, wide) {
        writeln!(out, "{line}")?;
    }
    if page.bad.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nNot so:\n")?;
    indented(page.bad, out)?;
    let mut report = examine(example::sources(page.bad));
    report.diagnostics.retain(|d| d.code() == page.code);
    report.diagnostics.truncate(1);
    writeln!(out, "\n`check` says:\n")?;
    let told = report.render(width.saturating_sub(4), false);
    indented(told.trim_end().trim_end_matches(&report.summary()), out)?;
    writeln!(out, "\nBut so:\n")?;
    indented(page.good, out)
}

/// Writes a line for every code.
///
/// # Errors
/// When `out` cannot be written.
pub fn list(out: &mut dyn Write) -> io::Result<()> {
    for page in pages() {
        writeln!(out, "{}  {}", page.code, page.about)?;
    }
    writeln!(out, "\n`taiyuan explain CODE` says more of one")
}

fn indented(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for line in text.trim_matches('\n').trim_end().lines() {
        let line = line.trim_end();
        if line.is_empty() { writeln!(out)? } else { writeln!(out, "    {line}")? }
    }
    Ok(())
}
