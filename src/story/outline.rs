//! The shape of a file: its sections and their entries, found by brackets alone.
//!
//! Every entry is then read on its own, so that one broken scene hides no other.

mod grammar;
pub(super) mod orderly;
mod recover;
mod sections;
pub(super) mod token;

use super::diagnostic::{Diagnostic, Spot};
use super::fault::Fault;
use super::section::Section;
use token::{Kind, Token};

/// What was found in one file.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    /// Sections in the order of the file.
    pub(super) parts: Vec<Part>,
    /// What is wrong with the shape.
    pub(super) faults: Vec<Diagnostic>,
    /// Whether some of the file could not be read at all.
    pub(super) partial: bool,
}

/// One section of a file.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) section: Section,
    /// Where its name stands.
    pub(super) name: Spot,
    pub(super) entries: Vec<Entry>,
}

/// One entry of a section: a scene, an item, a test.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its id; empty in a section that is a list or a single record.
    pub(super) id: String,
    /// Where the id stands, without its quotes; the value's start where there is none.
    pub(super) key: Spot,
    /// The value.
    pub(super) body: Spot,
    /// Whether its shape is already known to be broken.
    pub(super) unread: bool,
}

/// Finds the sections of a file.
pub(super) fn outline(file: usize, text: &str) -> Outline {
    orderly::outline(file, text).unwrap_or_else(|| careful(file, text))
}

/// The same, from tokens: what is wrong is told, and what is not is found beside it.
pub(super) fn careful(file: usize, text: &str) -> Outline {
    let (tokens, faults) = token::tokens(file, text);
    let broken = !faults.is_empty();
    let mut reader =
        Reader { file, text, tokens: &tokens, at: 0, lost: false, out: Outline { faults, ..Outline::default() } };
    if !(tokens.is_empty() && broken) {
        reader.file();
    }
    let mut out = reader.out;
    out.settle();
    out
}

impl Outline {
    /// A text whose end is in doubt puts its whole entry in doubt: what else seems wrong there is only its echo.
    fn settle(&mut self) {
        let entries = || self.parts.iter().flat_map(|part| &part.entries);
        let mut doubts: Vec<(usize, usize)> = Vec::new();
        for fault in &self.faults {
            if fault.fault().is_some_and(in_doubt) {
                // From where the text opens, if it is its end that is told.
                let from = fault.related.iter().map(|related| related.at.start).fold(fault.at.start, usize::min);
                // Not its own key, which begins behind this quote.
                let next = entries().map(|entry| entry.key.start).filter(|start| *start > fault.at.start + 1).min();
                doubts.push((from, next.unwrap_or(usize::MAX)));
            }
        }
        if doubts.is_empty() {
            return;
        }
        self.faults.retain(|fault| {
            let within = |(from, to): &(usize, usize)| fault.at.start >= *from && fault.at.start <= *to;
            !(fault.fault().is_some_and(is_shape) && doubts.iter().any(within))
        });
        for entry in self.parts.iter_mut().flat_map(|part| &mut part.entries) {
            entry.unread |= doubts.iter().any(|(at, _)| (entry.body.start..entry.body.end).contains(at));
        }
    }
}

/// Whether a fault leaves it open where a text or a comment ends.
fn in_doubt(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::UnclosedText
            | Fault::UnclosedRaw { .. }
            | Fault::RawEndsEarly { .. }
            | Fault::TextEndsEarly
            | Fault::CurlyQuote { .. }
            | Fault::UnclosedComment
    )
}

/// Whether a fault is one of brackets, commas and the like.
fn is_shape(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Unclosed { .. }
            | Fault::MissingComma { .. }
            | Fault::MissingColon { .. }
            | Fault::ExtraBracket { .. }
            | Fault::Expected { .. }
            | Fault::StrayCharacter { .. }
            | Fault::Unquoted { .. }
    )
}

struct Reader<'a> {
    file: usize,
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    /// Whether the last thing done was to skip to the next section.
    lost: bool,
    out: Outline,
}

impl Reader<'_> {
    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    fn kind(&self) -> Option<Kind> {
        self.peek().map(|t| t.kind)
    }

    fn eat(&mut self, kind: Kind) -> Option<Token> {
        let token = self.peek().filter(|t| t.kind == kind)?;
        self.at += 1;
        Some(token)
    }

    fn spot(&self, token: Token) -> Spot {
        Spot::new(self.file, token.start()..token.end())
    }

    fn end(&self) -> Spot {
        let end = self.text.trim_end().len();
        Spot::new(self.file, end..end)
    }

    fn here(&self) -> Spot {
        self.peek().map_or_else(|| self.end(), |t| self.spot(t))
    }

    fn fault(&mut self, fault: Fault, at: Spot) {
        self.out.faults.push(Diagnostic::error(fault, at));
    }

    fn word(&self, token: Token) -> &str {
        &self.text[token.start()..token.end()]
    }

    fn found(&self, token: Token) -> String {
        match token.kind {
            Kind::Text { .. } => "a text".to_owned(),
            _ => format!("`{}`", self.word(token)),
        }
    }

    fn found_here(&self) -> String {
        self.peek().map_or_else(|| "the end of the file".to_owned(), |t| self.found(t))
    }

    fn followed_by_colon(&self) -> bool {
        self.tokens.get(self.at + 1).is_some_and(|t| t.kind == Kind::Colon)
    }

    fn closes_the_file(&self) -> bool {
        let rest = &self.tokens[self.at + 1..];
        rest.iter().all(|t| matches!(t.kind, Kind::Comma))
            || rest.first().is_some_and(|t| t.kind == Kind::Comma)
                && rest.get(1).is_some_and(|t| t.kind == Kind::Word && Section::named(self.word(*t)).is_some())
    }
}
