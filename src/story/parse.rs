//! Entries into raw structs, one by one; what `ron` refuses becomes a diagnostic in the writer's terms.

mod plain;

use std::ops::Range;

use rayon::prelude::*;
use ron::error::{Error, Position, SpannedError};
use ron::extensions::Extensions;
use serde::Deserialize;

use super::desk::Desk;
use super::diagnostic::{Diagnostic, Note, Spot};
use super::fault::Fault;
use super::outline::token::{Kind, Token, tokens};
use super::outline::{Entry, Outline};
use super::section::Section;
use super::source::Sources;
use super::suggest::{closest, field};

/// From so many entries on, they are read on all cores.
const MANY: usize = 1_000;

/// So many fields that there are not are told of one entry.
const MOST_FIELDS: usize = 20;

/// An entry that was read.
#[derive(Debug)]
pub(super) struct One<'s, T> {
    /// Its id.
    pub(super) id: &'s str,
    /// Where the id stands.
    pub(super) key: Spot,
    /// Where the value stands.
    pub(super) body: Spot,
    /// The value.
    pub(super) raw: T,
}

/// The entries of a section over all its files, in their order.
#[derive(Debug)]
pub(super) struct Read<'s, T> {
    pub(super) all: Vec<One<'s, T>>,
    /// Ids of entries that could not be read: they are known all the same.
    pub(super) unread: Vec<&'s str>,
}

impl<T> Read<'_, T> {
    /// The same, sorted by id.
    pub(super) fn sorted(mut self) -> Self {
        self.all.sort_by(|a, b| a.id.cmp(b.id));
        self
    }
}

/// The entries of a section over all its files, sorted by id, still to be read one by one.
#[derive(Debug)]
pub(super) struct Listed<'s> {
    pub(super) all: Vec<&'s Entry>,
    /// Ids of entries that cannot be read: they are known all the same.
    pub(super) unread: Vec<&'s str>,
}

/// Lists a section from some files.
pub(super) fn listed<'s>(outlines: &'s [Outline], files: &[usize], section: Section) -> Listed<'s> {
    let parts = files.iter().flat_map(|file| &outlines[*file].parts).filter(|part| part.section == section);
    let (unread, mut all): (Vec<&Entry>, Vec<&Entry>) =
        parts.flat_map(|part| &part.entries).partition(|entry| entry.unread);
    all.sort_by(|a, b| a.id.cmp(&b.id));
    Listed { all, unread: unread.into_iter().map(|entry| entry.id.as_str()).collect() }
}

/// Reads a section from some files.
pub(super) fn section<'s, T: Deserialize<'s> + Send>(
    desk: &Desk<'s>,
    outlines: &'s [Outline],
    files: &[usize],
    section: Section,
) -> Read<'s, T> {
    let parts = files.iter().flat_map(|file| &outlines[*file].parts).filter(|part| part.section == section);
    let entries: Vec<&Entry> = parts.flat_map(|part| &part.entries).collect();
    let sources = desk.sources;
    let one = |entry: &&Entry| if entry.unread { Err(Vec::new()) } else { value(sources, entry) };
    let values: Vec<Result<T, _>> =
        if entries.len() < MANY { entries.iter().map(one).collect() } else { entries.par_iter().map(one).collect() };
    let mut read = Read { all: Vec::with_capacity(entries.len()), unread: Vec::new() };
    for (entry, value) in entries.into_iter().zip(values) {
        match value {
            Ok(raw) => read.all.push(One { id: &entry.id, key: entry.key, body: entry.body, raw }),
            Err(faults) => {
                read.unread.push(&entry.id);
                faults.into_iter().for_each(|fault| desk.add(fault));
            }
        }
    }
    read
}

/// Reads one entry; or what is wrong with it, as far as that is seen.
pub(super) fn value<'s, T: Deserialize<'s>>(sources: &'s Sources, entry: &Entry) -> Result<T, Vec<Diagnostic>> {
    let text = sources.text(entry.body);
    if let Some(value) = plain::value(text) {
        return Ok(value);
    }
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_NEWTYPES)
        .from_str(text)
        .map_err(|error| Refused { text, entry, tokens: tokens(entry.body.file, text).0 }.explain(error))
}

/// An entry that `ron` refused.
struct Refused<'a> {
    text: &'a str,
    entry: &'a Entry,
    tokens: Vec<Token>,
}

impl Refused<'_> {
    fn explain(&self, error: SpannedError) -> Vec<Diagnostic> {
        if let Error::NoSuchStructField { expected, found, outer } = &error.code {
            let (start, end) = (self.byte(error.span.start), self.byte(error.span.end));
            let unknown = self.unknown_fields(found, expected, outer.as_deref(), start..end.max(start));
            if !unknown.is_empty() {
                return unknown;
            }
        }
        vec![self.first(error)]
    }

    /// Fields that the struct does not have in which such a one was met, and its like in the same list.
    fn unknown_fields(
        &self,
        found: &str,
        expected: &[&str],
        outer: Option<&str>,
        read: Range<usize>,
    ) -> Vec<Diagnostic> {
        let written = |at: usize| self.tokens.get(at).map_or("", |token| &self.text[token.start()..token.end()]);
        let met = (0..self.tokens.len()).rev().find(|at| self.tokens[*at].start() <= read.end && written(*at) == found);
        let brackets = self.brackets();
        let Some(around) = met.and_then(|at| brackets[at]) else { return Vec::new() };
        let list = brackets[around].filter(|at| written(*at) == "[");
        let known: Vec<_> = expected.iter().filter(|f| !f.starts_with('_')).map(|f| (*f).to_owned()).collect();
        let is_field = |at: &usize| {
            let stands = brackets[*at]
                .is_some_and(|open| open == around || list.is_some() && written(open) == "(" && brackets[open] == list);
            let named = self.tokens[*at].kind == Kind::Word && written(*at + 1) == ":";
            named && stands && !expected.contains(&written(*at))
        };
        let unknown = (0..self.tokens.len()).filter(is_field).take(MOST_FIELDS).map(|at| {
            let (token, name) = (&self.tokens[at], written(at).to_owned());
            let meant = field(&name, &known);
            let fault = Fault::UnknownField { name, owner: owner(outer), meant, known: known.clone() };
            Diagnostic::error(fault, self.spot(token.start(), token.end()))
        });
        unknown.collect()
    }

    /// The bracket that each token stands in.
    fn brackets(&self) -> Vec<Option<usize>> {
        let mut open = Vec::new();
        let stands = self.tokens.iter().enumerate().map(|(at, token)| {
            if let Kind::Close(_) = token.kind {
                open.pop();
            }
            let around = open.last().copied();
            if let Kind::Open(_) = token.kind {
                open.push(at);
            }
            around
        });
        stands.collect()
    }

    /// The first thing that is wrong: where reading stopped.
    fn first(&self, error: SpannedError) -> Diagnostic {
        let start = self.byte(error.span.start);
        let end = self.byte(error.span.end);
        let token = self.token_at(start, end);
        let at = token.map_or_else(|| self.head(), |t| self.spot(t.start(), t.end()));
        let found = token.map_or_else(|| "the end".to_owned(), |t| self.shown(t));
        let wrong = |wanted: &str| Fault::Expected { wanted: wanted.to_owned(), found: found.clone() };
        match error.code {
            Error::NoSuchStructField { expected, found, outer } => {
                let at = self.word(&found, start, end).unwrap_or(at);
                let known: Vec<_> = expected.iter().filter(|f| !f.starts_with('_')).map(|f| (*f).to_owned()).collect();
                let meant = field(&found, &known);
                Diagnostic::error(Fault::UnknownField { name: found, owner: owner(outer.as_deref()), meant, known }, at)
            }
            Error::DuplicateStructField { field, .. } => {
                let at = self.word(field, start, end).unwrap_or(at);
                Diagnostic::error(Fault::FieldTwice { name: field.to_owned() }, at)
            }
            Error::MissingStructField { field, outer } => {
                let close =
                    self.tokens.iter().position(|t| t.start() >= end.max(start) && matches!(t.kind, Kind::Close(_)));
                let open = close.and_then(|close| self.opener(close));
                let at = open.map_or_else(|| self.head(), |t| self.spot(t.start(), t.end()));
                Diagnostic::error(Fault::MissingField { name: field.to_owned(), owner: owner(outer.as_deref()) }, at)
            }
            Error::NoSuchEnumVariant { expected, found, .. } => {
                let at = self.word(&found, start, end).unwrap_or(at);
                let known: Vec<_> = expected.iter().map(|f| (*f).to_owned()).collect();
                let meant = closest(&found, expected.iter().copied());
                Diagnostic::error(Fault::UnknownVariant { name: found, meant, known }, at)
            }
            Error::InvalidEscape(_) => Diagnostic::error(Fault::BadEscape, self.escape(start, end)),
            Error::IntegerOutOfBounds => Diagnostic::error(Fault::NumberTooLarge { written: found }, at),
            Error::ExceededRecursionLimit => Diagnostic::error(Fault::TooDeep { most: 60 }, at),
            Error::ExpectedString => Diagnostic::error(wrong("a text in quotes"), at),
            Error::ExpectedArray => Diagnostic::error(wrong("a list in `[` and `]`"), at),
            Error::ExpectedMap => Diagnostic::error(wrong("a map in `{` and `}`"), at),
            Error::ExpectedBoolean => Diagnostic::error(wrong("`true` or `false`"), at),
            Error::ExpectedInteger => Diagnostic::error(wrong("a whole number"), at),
            Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
                Diagnostic::error(wrong("`(` and fields"), at)
            }
            Error::ExpectedIdentifier => Diagnostic::error(wrong("a name"), at),
            Error::TrailingCharacters => Diagnostic::error(wrong("the end of the value"), at),
            Error::InvalidValueForType { expected, .. } => Diagnostic::error(wrong(&expected), at),
            Error::ExpectedStructLikeEnd => Diagnostic::error(wrong("`)`"), at),
            Error::ExpectedComma | Error::ExpectedArrayEnd | Error::ExpectedMapEnd => {
                Diagnostic::error(wrong("a comma or the end of the list"), at)
            }
            other => {
                let said = other.to_string();
                let mut letters = said.chars();
                let lower = letters.next().map(|c| c.to_lowercase().chain(letters).collect()).unwrap_or_default();
                Diagnostic::error(Fault::Refused { said: lower }, at).with(Note::Opened, self.head())
            }
        }
    }

    /// A byte of the entry from a line and a column of it.
    fn byte(&self, position: Position) -> usize {
        let mut start = 0;
        for _ in 1..position.line {
            match self.text[start..].find('\n') {
                Some(end) => start += end + 1,
                None => return self.text.len(),
            }
        }
        let line = &self.text[start..];
        line.char_indices().nth(position.col.saturating_sub(1)).map_or(self.text.len(), |(at, _)| start + at)
    }

    fn spot(&self, start: usize, end: usize) -> Spot {
        self.entry.body.part(start..end)
    }

    fn head(&self) -> Spot {
        self.entry.key
    }

    fn shown(&self, token: &Token) -> String {
        match token.kind {
            Kind::Text { .. } => "a text".to_owned(),
            _ => format!("`{}`", &self.text[token.start()..token.end()]),
        }
    }

    /// The token the parser stood at.
    fn token_at(&self, start: usize, end: usize) -> Option<&Token> {
        self.tokens
            .iter()
            .find(|t| t.end() > start && t.start() < end.max(start + 1))
            .or_else(|| self.tokens.iter().find(|t| t.start() >= start))
    }

    /// The last place of a word before the end of what was read.
    fn word(&self, word: &str, start: usize, end: usize) -> Option<Spot> {
        let end = end.max(start);
        let found = self.tokens.iter().rev().find(|t| t.start() <= end && &self.text[t.start()..t.end()] == word);
        found.map(|t| self.spot(t.start(), t.end()))
    }

    fn escape(&self, start: usize, end: usize) -> Spot {
        let from = super::source::floor(self.text, start.saturating_sub(3));
        let to = super::source::floor(self.text, end.max(start) + 1);
        match self.text[from..to].rfind('\\') {
            Some(at) => self.spot(from + at, from + at + 1),
            None => self.head(),
        }
    }

    fn opener(&self, close: usize) -> Option<&Token> {
        let mut depth = 0usize;
        self.tokens[..=close].iter().rev().find(|t| {
            match t.kind {
                Kind::Close(_) => depth += 1,
                Kind::Open(_) => depth -= 1,
                _ => {}
            }
            depth == 0
        })
    }
}

/// A Rust name as a writer would say it.
fn owner(outer: Option<&str>) -> String {
    match outer {
        Some("Arrow") => "an arrow".to_owned(),
        Some("Item") => "an item".to_owned(),
        Some("Ending") => "an ending".to_owned(),
        Some("Achievement") => "an achievement".to_owned(),
        Some("Army" | "Stand") => "an army".to_owned(),
        Some("Story") => "the manifest".to_owned(),
        Some("Codex") => "a codex entry".to_owned(),
        Some("Was") => "`was`".to_owned(),
        Some(name @ ("Int" | "Flag" | "Word")) => format!("`{name}`"),
        Some(name) => format!("a {}", name.to_lowercase()),
        None => "this".to_owned(),
    }
}
