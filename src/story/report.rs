//! Diagnostics as a reader sees them: the line, the caret, what to do.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::diagnostic::{Diagnostic, Severity, Spot};
use super::prose;
use super::source::{Sources, floor};

/// Lines of the file that may stand around a mark.
const AROUND: usize = 1;

/// So many are shown to people: nobody reads a thousand, and most go with the first.
const MOST_SHOWN: usize = 100;

/// Everything that is wrong with a story, in the order of its files.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    sources: Arc<Sources>,
}

/// A diagnostic in words and lines, for programs.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Finding {
    /// The stable code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
    /// Other places that belong to it.
    pub related: Vec<Place>,
}

/// Another place, for programs.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Place {
    /// What is there.
    pub message: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Report {
    /// A report of these diagnostics: sorted, each once.
    #[must_use]
    pub fn new(sources: Arc<Sources>, mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.code().cmp(b.code())));
        let mut kept: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
        for diagnostic in diagnostics {
            if !kept.iter().rev().take_while(|k| k.at == diagnostic.at).any(|k| *k == diagnostic) {
                kept.push(diagnostic);
            }
        }
        Self { diagnostics: kept, sources }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Whether the story cannot be played.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many are as bad as this.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// The files it speaks of.
    #[must_use]
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// Both reports as one.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let sources = if self.sources.files().is_empty() { other.sources } else { self.sources };
        Self::new(sources, self.diagnostics.into_iter().chain(other.diagnostics).collect())
    }

    /// The report in words and lines, for programs.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.diagnostics.iter().map(|d| self.finding(d)).collect()
    }

    fn finding(&self, diagnostic: &Diagnostic) -> Finding {
        let at = diagnostic.at;
        let (line, column) = self.sources.place(at.file, at.start);
        let (end_line, end_column) = self.sources.place(at.file, at.end);
        let related = diagnostic.related.iter().map(|related| {
            let (line, column) = self.sources.place(related.at.file, related.at.start);
            let message = prose::note(related.note).to_owned();
            Place { message, file: self.sources.shown(related.at.file), line, column }
        });
        Finding {
            code: diagnostic.code(),
            severity: diagnostic.severity,
            message: diagnostic.title(),
            help: diagnostic.help().or_else(|| diagnostic.label().filter(|l| l.starts_with("did"))),
            file: self.sources.shown(at.file),
            line,
            column,
            end_line,
            end_column,
            related: related.collect(),
        }
    }

    /// The report as text for a screen this wide.
    #[must_use]
    pub fn render(&self, width: usize, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.term_width(width.max(40)).decor_style(DecorStyle::Ascii);
        let mut out = String::new();
        for diagnostic in self.diagnostics.iter().take(MOST_SHOWN) {
            out.push_str(&self.one(diagnostic, &renderer));
            out.push_str("\n\n");
        }
        match self.diagnostics.len().saturating_sub(MOST_SHOWN) {
            0 => {}
            more => out.push_str(&format!("and {more} more, which are shown when some of these are mended\n")),
        }
        if !self.is_empty() {
            out.push_str(&self.summary());
            out.push('\n');
        }
        out
    }

    /// One line: how much is wrong.
    #[must_use]
    pub fn summary(&self) -> String {
        let kinds = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
        let counted = kinds.map(|(severity, one)| (self.count(severity), one)).into_iter().filter(|(n, _)| *n > 0);
        let said: Vec<_> =
            counted.map(|(n, one)| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }).collect();
        if said.is_empty() { "nothing found".to_owned() } else { said.join(", ") }
    }

    fn one(&self, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(diagnostic.title()).id(diagnostic.code());
        let excerpts = self.excerpts(diagnostic);
        let nowhere = excerpts.is_empty();
        let mut group = Group::with_title(title).elements(excerpts);
        if let Some(help) = diagnostic.help().or_else(|| diagnostic.label().filter(|_| nowhere)) {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }

    /// The marked lines: those of the fault's own file first.
    fn excerpts(&self, diagnostic: &Diagnostic) -> Vec<Element<'_>> {
        let text = self.sources.files().get(diagnostic.at.file).map_or("", |f| &*f.text);
        if diagnostic.at.file >= self.sources.files().len() {
            return Vec::new();
        }
        if text.is_empty() {
            return vec![Origin::path(self.sources.shown(diagnostic.at.file)).into()];
        }
        let mut marks: Vec<(Spot, bool, String)> = vec![(diagnostic.at, true, diagnostic.label().unwrap_or_default())];
        for related in &diagnostic.related {
            marks.push((related.at, false, prose::note(related.note).to_owned()));
        }
        let mut elements = Vec::new();
        while let Some((first, ..)) = marks.first() {
            let file = first.file;
            let (here, others): (Vec<_>, Vec<_>) = marks.into_iter().partition(|(at, ..)| at.file == file);
            marks = others;
            elements.push(self.excerpt(file, here).into());
        }
        elements
    }

    fn excerpt(&self, file: usize, marks: Vec<(Spot, bool, String)>) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
        let text = self.sources.files().get(file).map_or("", |f| &*f.text);
        let from = marks.iter().map(|(at, ..)| at.start).min().unwrap_or(0);
        let to = marks.iter().map(|(at, ..)| at.end).max().unwrap_or(0);
        let window = lines_around(text, from..to);
        let (first_line, _) = self.sources.place(file, window.start);
        let annotations: Vec<_> = marks
            .into_iter()
            .map(|(at, primary, label)| {
                let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                let range = within(text, at.start..at.end, &window);
                let annotation = kind.span(range);
                if label.is_empty() { annotation } else { annotation.label(label) }
            })
            .collect();
        Snippet::source(&text[window]).path(self.sources.shown(file)).line_start(first_line).annotations(annotations)
    }
}

/// Whole lines around a range.
fn lines_around(text: &str, range: Range<usize>) -> Range<usize> {
    let mut start = floor(text, range.start);
    let mut end = floor(text, range.end);
    for _ in 0..=AROUND {
        start = text[..start].rfind('\n').unwrap_or(0);
    }
    for _ in 0..=AROUND {
        end = text[end..].find('\n').map_or(text.len(), |at| (end + at + 1).min(text.len()));
    }
    let start = if start == 0 { 0 } else { start + 1 };
    start..end.max(start)
}

/// A range as part of a window; the first line of it only, so that a mark stays a mark.
fn within(text: &str, range: Range<usize>, window: &Range<usize>) -> Range<usize> {
    let start = floor(text, range.start).clamp(window.start, window.end);
    let line = text[start..window.end].find('\n').map_or(window.end, |at| start + at);
    let end = floor(text, range.end).clamp(start, line.max(start));
    start - window.start..end - window.start
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(100, false))
    }
}

impl std::error::Error for Report {}
