//! `{…}`: alternatives, values and the words that may stand at a group's head.

use std::ops::Range;

use super::{Context, DEEPEST, Head, Parser, Piece, Stop, trim_end, trim_start};
use crate::engine::text::GroupKind;
use crate::story::expression::{Binary, Node, Reference, expression};
use crate::story::fault::Fault;
use crate::story::suggest::closest;

/// Every word that may stand before the colon of a group.
const HEADS: [&str; 9] = ["if", "cycle", "once", "shuffle", "first", "spell", "level", "use", "gentle"];

/// Where a group ends, and whether it has alternatives.
pub(super) enum Extent {
    /// It ends at a byte; whether alternatives and whether empty lines are in it.
    Closed { end: usize, bars: bool, paragraphs: bool },
    /// It never ends; the paragraph does.
    Open { end: usize },
}

/// What stands at the head of a group.
pub(super) enum Opening<'t> {
    /// Alternatives that begin at a byte; whether words stood before them.
    Alternatives { head: Option<Head<'t>>, name: &'static str, from: usize, worded: bool },
    /// A word that takes a value, and the byte behind its colon.
    Word { head: Range<usize>, from: usize },
    /// A value.
    Value,
    /// Nothing that can be read; it has been said.
    Bad,
}

impl<'a> Parser<'a> {
    pub(super) fn group(&mut self, pieces: &mut Vec<Piece<'a>>) {
        let start = self.at;
        let (end, bars) = match self.extent() {
            Extent::Closed { end, bars, paragraphs: false } => (end, bars),
            Extent::Closed { end, .. } => {
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
        match self.opening(inner.clone(), bars) {
            Opening::Alternatives { head, name, from, worded } => {
                self.at = from;
                let found = self.list(worded);
                if self.right_number(name, found.len(), start..end) {
                    pieces.extend(head.map(|head| alternatives(head, found)));
                }
            }
            Opening::Word { head, from } => self.keyword(head, from, inner, pieces),
            Opening::Value => self.value(inner, pieces),
            Opening::Bad => {}
        }
        self.at = end;
    }

    /// Reads the head of a group.
    pub(super) fn opening(&mut self, inner: Range<usize>, bars: bool) -> Opening<'a> {
        let body = &self.text[inner.clone()];
        let blank = body.len() - body.trim_start().len();
        let head = &body[blank..];
        let at = inner.start + blank;
        let len = head.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(head.len());
        let word = &head[..len];
        let behind = head[len..].trim_start();
        let from = inner.end - behind.len() + 1;
        let turns =
            |kind, name, from, worded| Opening::Alternatives { head: Some(Head::Turns(kind)), name, from, worded };
        if head.trim().is_empty() {
            self.fault(Fault::EmptyGroup, inner.start - 1..inner.end + 1);
            return Opening::Bad;
        }
        if word == "if" && head[len..].starts_with([' ', '(', '\n', '\r']) {
            return self.condition(at + 2, inner);
        }
        match head.as_bytes().first() {
            Some(b'&') => return turns(GroupKind::Cycle, "cycle", at + 1, false),
            Some(b'!') => return turns(GroupKind::Once, "once", at + 1, false),
            Some(b'~') => return turns(GroupKind::Shuffle, "shuffle", at + 1, false),
            _ => {}
        }
        if len > 0 && behind.starts_with(':') {
            return match word {
                "cycle" => turns(GroupKind::Cycle, "cycle", from, true),
                "once" => turns(GroupKind::Once, "once", from, true),
                "shuffle" => turns(GroupKind::Shuffle, "shuffle", from, true),
                "first" => turns(GroupKind::First, "first", from, true),
                "gentle" => Opening::Alternatives { head: Some(Head::Gentle), name: "gentle", from, worded: true },
                _ => Opening::Word { head: at..at + len, from },
            };
        }
        if let Some((wrong, meant)) = misheaded(head).filter(|_| bars) {
            self.fault(Fault::UnknownHead { head: wrong.to_owned(), meant: Some(meant) }, at..at + wrong.len());
            return Opening::Bad;
        }
        if bars { turns(GroupKind::Sequence, "sequence", inner.start, false) } else { Opening::Value }
    }

    /// Whether a group of this name may have so many alternatives.
    pub(super) fn right_number(&mut self, name: &str, found: usize, whole: Range<usize>) -> bool {
        let (least, most) = match name {
            "gentle" => (2, 2),
            "if" | "first" => (1, 2),
            "once" => (1, 0),
            _ => (2, 0),
        };
        let right = found >= least && (most == 0 || found <= most);
        if !right {
            self.fault(Fault::Alternatives { head: name.to_owned(), most, found }, whole);
        }
        right
    }

    /// Finds the brace that closes the group that opens here.
    pub(super) fn extent(&self) -> Extent {
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
                        return Extent::Closed { end, bars, paragraphs: paragraph.is_some() };
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
    fn condition(&mut self, from: usize, inner: Range<usize>) -> Opening<'a> {
        let body = &self.text[from..inner.end];
        let Some(colon) = body.find([':', '|', '{', '}']).filter(|i| body[*i..].starts_with(':')) else {
            self.fault(Fault::IfWithoutColon, from - 2..from);
            return Opening::Bad;
        };
        let head = match expression(self.text, from..from + colon) {
            Ok(ast) => Some(Head::If(ast)),
            Err(misread) => {
                self.faults.push(*misread);
                None
            }
        };
        Opening::Alternatives { head, name: "if", from: from + colon + 1, worded: true }
    }

    fn keyword(&mut self, head: Range<usize>, from: usize, inner: Range<usize>, pieces: &mut Vec<Piece<'a>>) {
        let word = &self.text[head.clone()];
        match word {
            "spell" | "Spell" => match expression(self.text, from..inner.end) {
                Ok(ast) => pieces.push(Piece::Spell(ast, word == "Spell")),
                Err(misread) => self.faults.push(*misread),
            },
            "level" | "use" => {
                let body = &self.text[from..inner.end];
                let start = from + (body.len() - body.trim_start().len());
                let id = body.trim();
                let reference = Reference { span: start..start + id.len(), id };
                pieces.push(if word == "use" { Piece::Use(reference) } else { Piece::Level(reference) });
            }
            _ => {
                let meant = match word {
                    "random" | "any" => Some("shuffle".to_owned()),
                    _ => closest(word, HEADS),
                };
                self.fault(Fault::UnknownHead { head: word.to_owned(), meant }, head);
            }
        }
    }

    /// Reads alternatives up to the brace that closes the group.
    fn list(&mut self, mut head: bool) -> Vec<Vec<Piece<'a>>> {
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
    fn value(&mut self, inner: Range<usize>, pieces: &mut Vec<Piece<'a>>) {
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

/// A head and its alternatives as a piece.
fn alternatives<'t>(head: Head<'t>, mut found: Vec<Vec<Piece<'t>>>) -> Piece<'t> {
    match head {
        Head::Turns(GroupKind::First) if found.len() == 1 => {
            found.push(Vec::new());
            Piece::Group(GroupKind::First, found)
        }
        Head::Turns(kind) => Piece::Group(kind, found),
        Head::If(cond) => {
            let mut found = found.into_iter();
            let then = found.next().unwrap_or_default();
            Piece::If(cond, then, found.next().unwrap_or_default())
        }
        Head::Gentle => {
            let mut found = found.into_iter();
            let mild = found.next().unwrap_or_default();
            Piece::Gentle(mild, found.next().unwrap_or_default())
        }
    }
}

/// A condition before the first alternative that lacks its `if`, or has another word for it: `day > 3:`, `when day > 3:`.
/// What stands there, and what was meant.
fn misheaded(head: &str) -> Option<(&str, String)> {
    let first = head.split(['|', '{', '}']).next()?;
    let (said, _) = first.split_once(':').filter(|(said, _)| !said.ends_with('\\'))?;
    let said = said.trim_end();
    if asks(said) {
        return Some((said, format!("if {said}")));
    }
    let (word, of) = said.split_once(' ')?;
    let of = of.trim_start();
    match word.to_lowercase().as_str() {
        "unless" if asks(of) => Some((said, format!("if not ({of})"))),
        "when" | "while" if asks(of) => Some((said, format!("if {of}"))),
        "if" | "iff" | "elif" | "elseif" if expression(of, 0..of.len()).is_ok() => Some((said, format!("if {of}"))),
        _ => None,
    }
}

/// Whether words are a question about the play, and could hardly be prose.
fn asks(words: &str) -> bool {
    fn question(node: &Node<'_>) -> bool {
        match node {
            Node::Ask(..) | Node::Both(Binary::Compare(_), ..) => true,
            Node::Both(Binary::And | Binary::Or, sides) => sides.iter().any(|side| question(&side.node)),
            Node::Not(of) => question(&of.node),
            _ => false,
        }
    }
    expression(words, 0..words.len()).is_ok_and(|ast| question(&ast.node))
}
