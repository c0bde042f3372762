//! `{…}`: alternatives, values and the words that may stand at a group's head.

use std::ops::Range;

use super::{Context, DEEPEST, Parser, Piece, Stop, trim_end, trim_start};
use crate::engine::text::GroupKind;
use crate::story::expression::{Reference, expression};
use crate::story::fault::Fault;
use crate::story::suggest::closest;

/// Every word that may stand before the colon of a group.
const HEADS: [&str; 9] = ["if", "cycle", "once", "shuffle", "first", "spell", "level", "use", "gentle"];

/// Where a group ends, and whether it has alternatives.
enum Extent {
    Closed {
        end: usize,
        bars: bool,
    },
    /// It ends behind an empty line.
    Paragraphs {
        end: usize,
    },
    /// It never ends; the paragraph does.
    Open {
        end: usize,
    },
}

impl Parser<'_> {
    pub(super) fn group(&mut self, pieces: &mut Vec<Piece>) {
        let start = self.at;
        let (end, bars) = match self.extent() {
            Extent::Closed { end, bars } => (end, bars),
            Extent::Paragraphs { end } => {
                self.fault(Fault::ParagraphInGroup, start..start + 1);
                self.at = end;
                return;
            }
            Extent::Open { end } => {
                self.fault(Fault::UnclosedGroup, start..start + 1);
                self.at = end;
                return;
            }
        };
        if self.context.len() >= DEEPEST {
            self.fault(Fault::TooDeep { most: DEEPEST }, start..start + 1);
            self.at = end;
            return;
        }
        let inner = start + 1..end - 1;
        let body = &self.text[inner.clone()];
        let blank = body.len() - body.trim_start().len();
        let head = &body[blank..];
        let word = head.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(head.len());
        let behind = head[word..].trim_start();
        let head_at = inner.start + blank;
        if body.trim().is_empty() {
            self.fault(Fault::EmptyGroup, start..end);
        } else if &head[..word] == "if" && head[word..].starts_with([' ', '(', '\n', '\r']) {
            self.condition(head_at + 2, inner.clone(), pieces);
        } else if let Some(kind) = ink(head) {
            self.at = head_at + 1;
            self.alternatives(kind, start..end, pieces, false);
        } else if word > 0 && behind.starts_with(':') {
            let colon = inner.end - behind.len();
            self.keyword(head_at..head_at + word, colon, inner.clone(), pieces);
        } else if bars {
            self.at = inner.start;
            self.alternatives(GroupKind::Sequence, start..end, pieces, false);
        } else {
            self.value(inner, pieces);
        }
        self.at = end;
    }

    /// Finds the brace that closes the group that opens here.
    fn extent(&self) -> Extent {
        let bytes = self.text.as_bytes();
        let mut depth = 0usize;
        let mut bars = false;
        let mut paragraph = None;
        let mut at = self.at;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 1,
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        let end = at + 1;
                        return match paragraph {
                            None => Extent::Closed { end, bars },
                            Some(_) => Extent::Paragraphs { end },
                        };
                    }
                }
                b'|' => bars |= depth == 1,
                b'\n' if paragraph.is_none() => {
                    let rest = &self.text[at + 1..];
                    let line = rest.find('\n').map_or(rest, |i| &rest[..i]);
                    if line.trim().is_empty() {
                        paragraph = Some(at);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        Extent::Open { end: paragraph.unwrap_or(bytes.len()) }
    }

    /// `{if cond: then|else}`
    fn condition(&mut self, from: usize, inner: Range<usize>, pieces: &mut Vec<Piece>) {
        let body = &self.text[from..inner.end];
        let Some(colon) = body.find([':', '|', '{', '}']).filter(|i| body[*i..].starts_with(':')) else {
            self.fault(Fault::IfWithoutColon, from - 2..from);
            return;
        };
        let condition = match expression(self.text, from..from + colon) {
            Ok(ast) => Some(ast),
            Err(misread) => {
                self.faults.push(*misread);
                None
            }
        };
        self.at = from + colon + 1;
        let mut found = self.list(true);
        if found.len() > 2 {
            self.fault(
                Fault::Alternatives { head: "if".to_owned(), most: 2, found: found.len() },
                inner.start - 1..inner.end + 1,
            );
        }
        let otherwise = if found.len() > 1 { found.swap_remove(1) } else { Vec::new() };
        if let (Some(condition), Some(then)) = (condition, found.into_iter().next()) {
            pieces.push(Piece::If(condition, then, otherwise));
        }
    }

    fn keyword(&mut self, head: Range<usize>, colon: usize, inner: Range<usize>, pieces: &mut Vec<Piece>) {
        let whole = inner.start - 1..inner.end + 1;
        let word = &self.text[head.clone()];
        self.at = colon + 1;
        match word {
            "cycle" => self.alternatives(GroupKind::Cycle, whole, pieces, true),
            "once" => self.alternatives(GroupKind::Once, whole, pieces, true),
            "shuffle" => self.alternatives(GroupKind::Shuffle, whole, pieces, true),
            "first" => self.alternatives(GroupKind::First, whole, pieces, true),
            "gentle" => {
                let mut found = self.list(true);
                if found.len() == 2 {
                    let full = found.pop().unwrap_or_default();
                    let mild = found.pop().unwrap_or_default();
                    pieces.push(Piece::Gentle(mild, full));
                } else {
                    self.fault(Fault::Alternatives { head: "gentle".to_owned(), most: 2, found: found.len() }, whole);
                }
            }
            "spell" | "Spell" => match expression(self.text, colon + 1..inner.end) {
                Ok(ast) => pieces.push(Piece::Spell(ast, word == "Spell")),
                Err(misread) => self.faults.push(*misread),
            },
            "level" | "use" => {
                let body = &self.text[colon + 1..inner.end];
                let start = colon + 1 + (body.len() - body.trim_start().len());
                let id = body.trim().to_owned();
                let reference = Reference { span: start..start + id.len(), id };
                pieces.push(if word == "use" { Piece::Use(reference) } else { Piece::Level(reference) });
            }
            _ => {
                let meant = closest(word, HEADS);
                self.fault(Fault::UnknownHead { head: word.to_owned(), meant }, head);
            }
        }
    }

    fn alternatives(&mut self, kind: GroupKind, whole: Range<usize>, pieces: &mut Vec<Piece>, head: bool) {
        let mut found = self.list(head);
        let (name, least, most) = match kind {
            GroupKind::Sequence => ("sequence", 2, usize::MAX),
            GroupKind::Cycle => ("cycle", 2, usize::MAX),
            GroupKind::Shuffle => ("shuffle", 2, usize::MAX),
            GroupKind::Once => ("once", 1, usize::MAX),
            GroupKind::First => ("first", 1, 2),
        };
        if found.len() < least || found.len() > most {
            let most = if most == usize::MAX { 0 } else { most };
            return self.fault(Fault::Alternatives { head: name.to_owned(), most, found: found.len() }, whole);
        }
        if kind == GroupKind::First && found.len() == 1 {
            found.push(Vec::new());
        }
        pieces.push(Piece::Group(kind, found));
    }

    /// Reads alternatives up to the brace that closes the group.
    fn list(&mut self, mut head: bool) -> Vec<Vec<Piece>> {
        let mut found = Vec::new();
        loop {
            let start = self.at;
            self.context.push(Context::Group);
            let (mut pieces, stop) = self.run(false);
            self.context.pop();
            let source = &self.text[start..self.at.max(start)];
            let source = source.strip_suffix(['|', '}']).unwrap_or(source);
            let lead = &source[..source.len() - source.trim_start().len()];
            let tail = &source[source.trim_end().len()..];
            if head || lead.contains('\n') {
                trim_start(&mut pieces);
            }
            if tail.contains('\n') {
                trim_end(&mut pieces);
            }
            head = false;
            found.push(pieces);
            if stop != Stop::Bar {
                return found;
            }
        }
    }

    /// `{grain}`, `{grain * 50}`
    fn value(&mut self, inner: Range<usize>, pieces: &mut Vec<Piece>) {
        match expression(self.text, inner.clone()) {
            Ok(ast) => pieces.push(Piece::Value(ast)),
            Err(misread) => {
                let body = self.text[inner.clone()].trim();
                let prose = body.contains(char::is_whitespace) && !body.contains(['+', '*', '(', '=', '<', '>']);
                if prose {
                    self.fault(Fault::GroupWithoutBar, inner.start - 1..inner.end + 1);
                } else {
                    self.faults.push(*misread);
                }
            }
        }
    }
}

fn ink(head: &str) -> Option<GroupKind> {
    match head.as_bytes().first() {
        Some(b'&') => Some(GroupKind::Cycle),
        Some(b'!') => Some(GroupKind::Once),
        Some(b'~') => Some(GroupKind::Shuffle),
        _ => None,
    }
}
