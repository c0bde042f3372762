//! A file whose shape is in order: its outline, without making a token of anything.
//!
//! Of any other file nothing is said here: it is read again with care, by [`super::Reader`], which tells what is wrong.
//! Whatever is accepted here has the same outline there, and no faults.

use super::recover::DEEPEST;
use super::{Entry, Outline, Part};
use crate::engine::text::is_hidden;
use crate::story::cursor::Cursor;
use crate::story::diagnostic::Spot;
use crate::story::scan;
use crate::story::section::{Section, Shape};

/// The outline of a file, if nothing is wrong with its shape.
pub(in crate::story) fn outline(file: usize, text: &str) -> Option<Outline> {
    let mut reader = Reader { file, cursor: Cursor::new(text), parts: Vec::new() };
    if text.starts_with('\u{feff}') {
        reader.cursor.at = '\u{feff}'.len_utf8();
    }
    reader.eat(b'(')?;
    reader.list(b')', Reader::section)?;
    reader.cursor.blanks();
    let parts = reader.parts;
    (reader.cursor.at == text.len()).then_some(Outline { parts, faults: Vec::new(), partial: false })
}

struct Reader<'a> {
    file: usize,
    cursor: Cursor<'a>,
    parts: Vec<Part>,
}

impl<'a> Reader<'a> {
    fn eat(&mut self, byte: u8) -> Option<()> {
        self.cursor.eat(byte).then_some(())
    }

    fn spot(&self, from: usize) -> Spot {
        Spot::new(self.file, from..self.cursor.at)
    }

    /// What stands before a closing bracket, with commas between, and that bracket.
    fn list(&mut self, close: u8, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        while self.cursor.next() != close {
            one(self)?;
            if !self.cursor.comma(close) {
                return None;
            }
        }
        self.eat(close)
    }

    fn section(&mut self) -> Option<()> {
        let from = self.cursor.at;
        let section = Section::named(self.word()?)?;
        let mut part = Part { section, name: self.spot(from), entries: Vec::new() };
        self.eat(b':')?;
        match section.shape() {
            Shape::Record => part.entries.push(self.entry(None)?),
            Shape::Map => {
                self.eat(b'{')?;
                self.list(b'}', |reader| {
                    let id = reader.key()?;
                    reader.eat(b':')?;
                    part.entries.push(reader.entry(Some(id))?);
                    Some(())
                })?;
            }
            Shape::List => {
                self.eat(b'[')?;
                self.list(b']', |reader| {
                    part.entries.push(reader.entry(None)?);
                    Some(())
                })?;
            }
        }
        self.parts.push(part);
        Some(())
    }

    /// An id in quotes: where it stands without these.
    fn key(&mut self) -> Option<Spot> {
        let from = self.cursor.at + 1;
        self.quoted()?;
        Some(Spot::new(self.file, from..self.cursor.at - 1))
    }

    fn entry(&mut self, key: Option<Spot>) -> Option<Entry> {
        self.cursor.blanks();
        let from = self.cursor.at;
        self.value(0)?;
        let id = key.and_then(|key| self.cursor.text.get(key.start..key.end)).unwrap_or_default().to_owned();
        let key = key.unwrap_or_else(|| Spot::new(self.file, from..from + 1));
        Some(Entry { id, key, body: self.spot(from), unread: false })
    }

    /// A value, so many brackets deep.
    fn value(&mut self, depth: usize) -> Option<()> {
        match self.cursor.next() {
            b'"' => self.quoted(),
            b'(' => self.fields(depth),
            b'[' => {
                self.open(depth)?;
                self.list(b']', |reader| reader.value(depth + 1))
            }
            b'{' => {
                self.open(depth)?;
                self.list(b'}', |reader| {
                    reader.quoted()?;
                    reader.eat(b':')?;
                    reader.value(depth + 1)
                })
            }
            b'0'..=b'9' | b'-' => self.number(),
            b'r' if matches!(self.cursor.rest(), [_, b'"' | b'#', ..]) => self.raw(),
            _ => {
                let word = self.word()?;
                let known = matches!(word, "true" | "false") || word.starts_with(|c: char| c.is_ascii_uppercase());
                let end = self.cursor.at;
                if self.cursor.next() == b'(' {
                    return self.fields(depth);
                }
                self.cursor.at = end;
                known.then_some(())
            }
        }
    }

    /// Goes into a bracket, unless it is too deep.
    fn open(&mut self, depth: usize) -> Option<()> {
        (depth < DEEPEST).then(|| self.cursor.at += 1)
    }

    /// What stands in round brackets: values, or names and values.
    fn fields(&mut self, depth: usize) -> Option<()> {
        self.open(depth)?;
        self.list(b')', |reader| {
            let from = reader.cursor.at;
            if reader.cursor.byte().is_ascii_lowercase() && reader.word().is_some() && reader.cursor.next() == b':' {
                reader.cursor.at += 1;
            } else {
                reader.cursor.at = from;
            }
            reader.value(depth + 1)
        })
    }

    /// A name that is followed by nothing that would be of it or change what it is.
    fn word(&mut self) -> Option<&'a str> {
        let from = self.cursor.at;
        self.cursor.at += scan::word(self.cursor.rest());
        let ends = matches!(self.cursor.byte(), b':' | b',' | b'(' | b')' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t');
        let word = self.cursor.text.get(from..self.cursor.at)?;
        (ends && word.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(word)
    }

    fn number(&mut self) -> Option<()> {
        self.cursor.at += 1;
        let rest = self.cursor.rest();
        self.cursor.at += rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        matches!(self.cursor.byte(), b',' | b')' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t').then_some(())
    }

    /// A text in quotes, whose escapes spell out no characters by their number.
    fn quoted(&mut self) -> Option<()> {
        self.eat(b'"')?;
        loop {
            self.plain(|byte| (byte == b'"') | (byte == b'\\'))?;
            match self.cursor.rest() {
                [b'"', ..] => break,
                [b'\\', b'"' | b'\\' | b'\'' | b'n', ..] => self.cursor.at += 2,
                _ => return None,
            }
        }
        self.cursor.at += 1;
        Some(())
    }

    /// A raw text.
    fn raw(&mut self) -> Option<()> {
        let hashes = self.cursor.rest().iter().skip(1).take_while(|byte| **byte == b'#').count();
        let open = self.cursor.at..self.cursor.at + 1 + hashes + 1;
        let marks = self.cursor.text.get(open.start + 1..open.end - 1)?.as_bytes();
        let opens = self.cursor.text.get(open.clone()).filter(|open| open.ends_with('"'))?.as_bytes().to_vec();
        self.cursor.at = open.end;
        loop {
            self.plain(|byte| byte == b'"')?;
            // Another that seems to open before this one ends: a quote was forgotten.
            let before = self.cursor.text.as_bytes().get(open.end..=self.cursor.at)?;
            let closes = self.cursor.text.as_bytes().get(self.cursor.at + 1..)?.starts_with(marks);
            self.cursor.at += 1;
            if closes {
                self.cursor.at += hashes;
                return Some(());
            }
            if hashes > 0 && before.ends_with(&opens) {
                return None;
            }
        }
    }

    /// Goes to the next such byte, over characters of a text that everybody sees.
    fn plain(&mut self, such: impl Fn(u8) -> bool + Copy) -> Option<()> {
        loop {
            self.cursor.at += scan::first(self.cursor.rest(), |byte| such(byte) | scan::may_hide(byte))?;
            if such(self.cursor.byte()) {
                return Some(());
            }
            let c = self.cursor.text.get(self.cursor.at..)?.chars().next()?;
            if c == '\t' || is_hidden(c) {
                return None;
            }
            self.cursor.at += c.len_utf8();
        }
    }
}
