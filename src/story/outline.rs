//! The shape of a file: its sections and their entries, found by brackets alone.
//!
//! Every entry is then read on its own, so that one broken scene hides no other.

mod grammar;
mod recover;
pub(super) mod token;

use super::diagnostic::{Diagnostic, Note, Spot};
use super::fault::Fault;
use super::section::{Section, Shape};
use super::suggest::closest;
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
    let (tokens, faults) = token::tokens(file, text);
    let broken = !faults.is_empty();
    let mut reader =
        Reader { file, text, tokens: &tokens, at: 0, lost: false, out: Outline { faults, ..Outline::default() } };
    if !(tokens.is_empty() && broken) {
        reader.file();
    }
    reader.out.settle();
    reader.out
}

impl Outline {
    /// A text whose end is in doubt puts its whole entry in doubt: what else seems wrong there is only its echo.
    fn settle(&mut self) {
        let entries = || self.parts.iter().flat_map(|part| &part.entries);
        let mut doubts: Vec<(usize, usize)> = Vec::new();
        for fault in &self.faults {
            if in_doubt(&fault.fault) {
                let next = entries().map(|entry| entry.key.start).filter(|start| *start > fault.at.start).min();
                doubts.push((fault.at.start, next.unwrap_or(usize::MAX)));
            }
        }
        if doubts.is_empty() {
            return;
        }
        self.faults.retain(|fault| {
            let within = |(from, to): &(usize, usize)| fault.at.start > *from && fault.at.start <= *to;
            !(is_shape(&fault.fault) && doubts.iter().any(within))
        });
        for entry in self.parts.iter_mut().flat_map(|part| &mut part.entries) {
            entry.unread |= doubts.iter().any(|(at, _)| (entry.body.start..entry.body.end).contains(at));
        }
    }
}

/// Whether a fault leaves it open where a text ends.
fn in_doubt(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::UnclosedText | Fault::UnclosedRaw { .. } | Fault::RawEndsEarly { .. } | Fault::CurlyQuote { .. }
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
        Spot::new(self.file, token.start..token.end)
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

    fn file(&mut self) {
        let Some(open) = self.eat(Kind::Open(b'(')) else {
            self.out.partial = true;
            return self.fault(Fault::NotAStoryFile, self.here());
        };
        loop {
            match self.peek() {
                None => {
                    let fault = Fault::Unclosed { open: '(' };
                    let at = self.end();
                    self.out.faults.push(Diagnostic::error(fault, at).with(Note::Opened, self.spot(open)));
                    return;
                }
                Some(token) => match token.kind {
                    Kind::Close(b')') => {
                        self.at += 1;
                        break;
                    }
                    Kind::Word => self.section(token),
                    Kind::Comma => self.at += 1,
                    _ => {
                        self.out.partial = true;
                        self.fault(Fault::NotASection { found: self.found(token) }, self.spot(token));
                        self.resume_at_section();
                    }
                },
            }
        }
        if let Some(token) = self.peek() {
            self.out.partial = true;
            self.fault(Fault::AfterTheEnd, self.spot(token));
        }
    }

    fn section(&mut self, name: Token) {
        self.at += 1;
        let word = &self.text[name.start..name.end];
        let at = self.spot(name);
        let section = Section::named(word);
        if section.is_none() {
            self.out.partial = true;
            self.fault(Fault::UnknownSection { name: word.to_owned(), meant: closest(word, Section::names()) }, at);
        }
        if self.eat(Kind::Colon).is_none() {
            if self.kind() == Some(Kind::Stray) && self.peek().is_some_and(|t| self.text[t.start..].starts_with('=')) {
                self.fault(Fault::EqualsForColon, self.here());
                self.at += 1;
            } else {
                self.fault(Fault::MissingColon { after: word.to_owned() }, at);
            }
        }
        let Some(section) = section else {
            let value = self.at;
            if !self.balanced() {
                self.at = value;
                self.out.partial = true;
                self.resume_at_section();
            }
            return self.separator();
        };
        let mut part = Part { section, name: at, entries: Vec::new() };
        match section.shape() {
            Shape::Record => {
                let entry = self.value(String::new(), None);
                part.entries.extend(entry);
            }
            Shape::Map => self.map(&mut part),
            Shape::List => self.list(&mut part),
        }
        self.out.parts.push(part);
        self.separator();
    }

    /// The comma after a section.
    fn separator(&mut self) {
        if self.eat(Kind::Comma).is_none()
            && let Some(Kind::Word) = self.kind()
        {
            self.missing_comma();
        }
    }

    fn missing_comma(&mut self) {
        let before = self.tokens[self.at.saturating_sub(1)];
        if before.kind == Kind::Comma {
            return;
        }
        let end = Spot::new(self.file, before.end..before.end);
        self.fault(Fault::MissingComma { line: self.line(before.end) }, end);
    }

    fn line(&self, byte: usize) -> usize {
        self.text[..byte].matches('\n').count() + 1
    }

    fn map(&mut self, part: &mut Part) {
        let Some(open) = self.eat(Kind::Open(b'{')) else {
            let fault = match self.kind() {
                Some(Kind::Open(_)) => Fault::WrongBracket { found: self.found_here(), wanted: '{' },
                _ => Fault::Expected {
                    wanted: "`{` and the entries of the section".to_owned(),
                    found: self.found_here(),
                },
            };
            self.fault(fault, self.here());
            self.out.partial = true;
            if matches!(self.kind(), Some(Kind::Open(_))) && !self.balanced() {
                self.resume_at_section();
            }
            return;
        };
        loop {
            match self.peek() {
                None => return self.unclosed(open, self.end()),
                Some(token) => match token.kind {
                    Kind::Close(b'}') => {
                        self.at += 1;
                        return;
                    }
                    Kind::Text { .. } => {
                        let entry = self.entry(token);
                        part.entries.extend(entry);
                    }
                    Kind::Word if self.followed_by_colon() && Section::named(self.word(token)).is_some() => {
                        if self.lost {
                            self.lost = false;
                            return;
                        }
                        return self.unclosed(open, self.spot(token));
                    }
                    Kind::Word if self.followed_by_colon() => {
                        self.fault(Fault::IdWithoutQuotes { id: self.word(token).to_owned() }, self.spot(token));
                        let entry = self.entry(token);
                        part.entries.extend(entry);
                    }
                    Kind::Comma => {
                        self.fault(Fault::StrayCharacter { found: ',' }, self.spot(token));
                        self.at += 1;
                    }
                    Kind::Close(_) => {
                        // One bracket too many after an entry, or the section itself was not closed.
                        if self.closes_the_file() {
                            return self.unclosed(open, self.spot(token));
                        }
                        self.fault(Fault::ExtraBracket { found: self.found(token) }, self.spot(token));
                        self.at += 1;
                        self.eat(Kind::Comma);
                    }
                    _ => {
                        self.out.partial = true;
                        let fault = match self.word(token).chars().next() {
                            Some(found) if token.kind == Kind::Stray => Fault::StrayCharacter { found },
                            _ => Fault::Expected { wanted: "an id in quotes".to_owned(), found: self.found(token) },
                        };
                        self.fault(fault, self.spot(token));
                        if !self.resume_at_entry(part) {
                            return;
                        }
                    }
                },
            }
        }
    }

    fn entry(&mut self, key: Token) -> Option<Entry> {
        self.at += 1;
        let quotes = if matches!(key.kind, Kind::Text { .. }) { 1 } else { 0 };
        let inner = key.start + quotes..key.end - quotes.min(key.end - key.start - quotes);
        let id = self.text[inner.clone()].to_owned();
        let at = Spot::new(self.file, inner);
        if self.eat(Kind::Colon).is_none() {
            if self.peek().is_some_and(|t| t.kind == Kind::Stray && self.text[t.start..].starts_with('=')) {
                self.fault(Fault::EqualsForColon, self.here());
                self.at += 1;
            } else {
                self.fault(Fault::MissingColon { after: id.clone() }, at);
            }
        }
        let entry = self.value(id, Some((at, key)));
        if self.eat(Kind::Comma).is_none() && matches!(self.kind(), Some(Kind::Text { .. })) {
            self.missing_comma();
        }
        entry
    }

    fn list(&mut self, part: &mut Part) {
        let Some(open) = self.eat(Kind::Open(b'[')) else {
            let found = self.found_here();
            let fault = Fault::Expected { wanted: "`[` and a list".to_owned(), found };
            self.fault(fault, self.here());
            self.out.partial = true;
            if matches!(self.kind(), Some(Kind::Open(_))) && !self.balanced() {
                self.resume_at_section();
            }
            return;
        };
        loop {
            match self.kind() {
                None => return self.unclosed(open, self.end()),
                Some(Kind::Close(b']')) => {
                    self.at += 1;
                    return;
                }
                Some(Kind::Close(_)) => return self.unclosed(open, self.here()),
                Some(Kind::Comma) => {
                    self.fault(Fault::StrayCharacter { found: ',' }, self.here());
                    self.at += 1;
                }
                Some(_) => {
                    let entry = self.value(String::new(), None);
                    part.entries.extend(entry);
                    if self.eat(Kind::Comma).is_none() && matches!(self.kind(), Some(Kind::Open(_))) {
                        self.missing_comma();
                    }
                }
            }
        }
    }

    fn unclosed(&mut self, open: Token, at: Spot) {
        let bracket = self.text[open.start..].chars().next().unwrap_or('(');
        self.out
            .faults
            .push(Diagnostic::error(Fault::Unclosed { open: bracket }, at).with(Note::Opened, self.spot(open)));
    }

    fn word(&self, token: Token) -> &str {
        &self.text[token.start..token.end]
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
