//! Sections and their entries: a map of ids, a list, or a single record.

use super::token::{Kind, Token};
use super::{Entry, Part, Reader};
use crate::story::diagnostic::{Diagnostic, Note, Spot};
use crate::story::fault::Fault;
use crate::story::section::{SCENE_FIELDS, Section, Shape};
use crate::story::suggest::closest;

impl Reader<'_> {
    pub(super) fn file(&mut self) {
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
        let word = &self.text[name.start()..name.end()];
        let at = self.spot(name);
        let section = Section::named(word);
        if section.is_none() {
            self.out.partial = true;
            self.fault(Fault::UnknownSection { name: word.to_owned(), meant: closest(word, Section::names()) }, at);
        }
        if self.eat(Kind::Colon).is_none() {
            if self.kind() == Some(Kind::Stray) && self.peek().is_some_and(|t| self.text[t.start()..].starts_with('='))
            {
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
        let end = Spot::new(self.file, before.end()..before.end());
        self.fault(Fault::missing_comma(self.text, before.end()), end);
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
            return self.give_up_section(fault);
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
                    Kind::Word if self.followed_by_colon() && self.closed_early(part, token) => self.skip_fields(),
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

    /// Whether a field of a scene stands behind the bracket that should hold it. That is told, and the scene not read.
    fn closed_early(&mut self, part: &mut Part, field: Token) -> bool {
        let name = self.word(field);
        let close = self.tokens[..self.at].iter().rev().find(|token| token.kind != Kind::Comma).copied();
        let (Some(close), Some(entry)) = (close.filter(|t| t.kind == Kind::Close(b')')), part.entries.last_mut())
        else {
            return false;
        };
        if part.section != Section::Scenes || !SCENE_FIELDS.contains(&name) {
            return false;
        }
        entry.unread = true;
        let fault = Fault::ClosedEarly { field: name.to_owned() };
        let outside = self.spot(field);
        self.out.faults.push(Diagnostic::error(fault, self.spot(close)).with(Note::Outside, outside));
        true
    }

    /// Goes over fields without their bracket, up to the next entry.
    pub(super) fn skip_fields(&mut self) {
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Text { .. } if self.tokens.get(self.at + 1).is_some_and(|next| next.kind == Kind::Colon) => {
                    return;
                }
                Kind::Close(b')') => {
                    // The bracket that was meant.
                    self.at += 1;
                    self.eat(Kind::Comma);
                    return;
                }
                Kind::Close(_) => return,
                Kind::Open(_) if self.balanced() => {}
                _ => self.at += 1,
            }
        }
    }

    fn entry(&mut self, key: Token) -> Option<Entry> {
        self.at += 1;
        // One of two quotes may be missing, or curly.
        let word = self.word(key);
        let (behind, within) = word.strip_prefix('"').map_or((0, word), |rest| (1, rest));
        let within = within.strip_suffix('"').unwrap_or(within);
        let inner = key.start() + behind..key.start() + behind + within.len();
        let id = self.text[inner.clone()].to_owned();
        let at = Spot::new(self.file, inner);
        if self.eat(Kind::Colon).is_none() {
            if self.peek().is_some_and(|t| t.kind == Kind::Stray && self.text[t.start()..].starts_with('=')) {
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

    /// Tells of a section that does not open as it should, and goes on at the next.
    fn give_up_section(&mut self, fault: Fault) {
        self.fault(fault, self.here());
        self.out.partial = true;
        if matches!(self.kind(), Some(Kind::Open(_))) && !self.balanced() {
            self.resume_at_section();
        }
    }

    fn list(&mut self, part: &mut Part) {
        let Some(open) = self.eat(Kind::Open(b'[')) else {
            let found = self.found_here();
            let fault = Fault::Expected { wanted: "`[` and a list".to_owned(), found };
            return self.give_up_section(fault);
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
        let bracket = self.text[open.start()..].chars().next().unwrap_or('(');
        self.out
            .faults
            .push(Diagnostic::error(Fault::Unclosed { open: bracket }, at).with(Note::Opened, self.spot(open)));
    }
}
