//! What stands in a paragraph: words, line ends, escapes, emphasis, links.

use std::ops::Range;

use super::{Context, DEEPEST, Parser, Piece, Stop, is_special, push, trim_end};
use crate::story::expression::{Misread, Reference};
use crate::story::fault::Fault;

/// Each byte's [`is_special`].
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < table.len() {
        table[at] = is_special(at as u8);
        at += 1;
    }
    table
};

impl<'a> Parser<'a> {
    pub(super) fn fault(&mut self, fault: Fault, span: Range<usize>) {
        self.faults.push(Misread { fault, span });
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    pub(super) fn inside(&self, context: Context) -> bool {
        self.context.contains(&context)
    }

    pub(super) fn speaker(&mut self) -> Option<Reference<'a>> {
        let rest = self.rest().strip_prefix('@')?;
        let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
        let span = self.at + 1..self.at + 1 + len;
        if len == 0 || !rest[len..].starts_with(':') {
            self.fault(Fault::SpeakerSyntax, self.at..span.end);
            self.at = span.end;
            return None;
        }
        self.at = span.end + 1;
        self.skip_inline_blanks();
        Some(Reference { id: &rest[..len], span })
    }

    pub(super) fn skip_inline_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// Reads pieces until the innermost thing that is open ends. `first` is whether a paragraph starts here.
    pub(super) fn run(&mut self, first: bool) -> (Vec<Piece<'a>>, Stop) {
        let mut pieces = Vec::new();
        let mut fresh = first;
        loop {
            let rest = self.rest();
            let special = rest.bytes().position(|b| SPECIAL[usize::from(b)]);
            let plain = &rest[..special.unwrap_or(rest.len())];
            if !plain.is_empty() {
                let plain = if fresh { plain.trim_start() } else { plain };
                push(&mut pieces, plain);
                fresh &= plain.is_empty();
            }
            let Some(len) = special else {
                self.at = self.text.len();
                return (pieces, Stop::End);
            };
            self.at += len;
            let at = self.at;
            match self.text.as_bytes()[at] {
                b'\n' | b'\r' => {
                    if self.new_line() {
                        return (pieces, if self.at >= self.text.len() { Stop::End } else { Stop::Paragraph });
                    }
                    if self.at >= self.text.len() {
                        return (pieces, Stop::End);
                    }
                    if !fresh {
                        trim_end(&mut pieces);
                        push(&mut pieces, " ");
                    }
                    continue;
                }
                b'\\' => {
                    if self.escape(&mut pieces) {
                        fresh = true;
                        continue;
                    }
                }
                b'|' if self.inside(Context::Group) => {
                    self.at += 1;
                    return (pieces, Stop::Bar);
                }
                b'|' => {
                    self.at += 1;
                    self.fault(Fault::LoneBar, at..at + 1);
                }
                b'}' if self.inside(Context::Group) => {
                    self.at += 1;
                    return (pieces, Stop::CloseGroup);
                }
                b'}' => {
                    self.at += 1;
                    self.fault(Fault::LoneBrace, at..at + 1);
                }
                b']' if self.inside(Context::Link) => {
                    self.at += 1;
                    return (pieces, Stop::CloseLink);
                }
                b']' => {
                    self.at += 1;
                    self.fault(Fault::LoneBracket, at..at + 1);
                }
                b'*' => {
                    if let Some(stop) = self.star(&mut pieces) {
                        return (pieces, stop);
                    }
                }
                b'[' => {
                    if let Some(stop) = self.link(&mut pieces) {
                        return (pieces, stop);
                    }
                }
                _ => self.group(&mut pieces),
            }
            fresh = false;
        }
    }

    /// Goes over a line end and the blanks behind it; whether an empty line followed.
    pub(super) fn new_line(&mut self) -> bool {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        let lines = rest[..blank].matches('\n').count();
        self.at += blank;
        lines > 1
    }

    /// Reads what stands behind a backslash; whether it kept a line end.
    pub(super) fn escape(&mut self, pieces: &mut Vec<Piece<'a>>) -> bool {
        let at = self.at;
        let behind = &self.text[at + 1..];
        let line = behind.trim_start_matches([' ', '\t', '\r']);
        if line.starts_with('\n') || line.is_empty() {
            self.at = self.text.len() - line.len();
            if line.is_empty() {
                return false;
            }
            let blank = line.len() - line.trim_start().len();
            let lines = line[..blank].matches('\n').count();
            if lines > 1 {
                // An empty line ends the paragraph; there is nothing to keep.
                return false;
            }
            trim_end(pieces);
            self.at += blank;
            pieces.push(Piece::Break);
            return true;
        }
        let c = behind.chars().next().unwrap_or('\\');
        self.at = at + 1 + c.len_utf8();
        if !matches!(c, '{' | '}' | '|' | '*' | '[' | ']' | '@' | '\\' | ':') {
            self.fault(Fault::UnknownEscape { found: c }, at..self.at);
        }
        push(pieces, c.encode_utf8(&mut [0; 4]));
        false
    }

    pub(super) fn star(&mut self, pieces: &mut Vec<Piece<'a>>) -> Option<Stop> {
        let at = self.at;
        let double = self.text[at..].starts_with("**");
        // Only what opened in this alternative or link can be closed in it.
        let innermost = self.context.last().copied();
        match innermost {
            Some(Context::Emph) => {
                self.at += 1;
                return Some(Stop::CloseEmph);
            }
            Some(Context::Strong) if double => {
                self.at += 2;
                return Some(Stop::CloseStrong);
            }
            _ => {}
        }
        let (context, wanted, len) =
            if double { (Context::Strong, Stop::CloseStrong, 2) } else { (Context::Emph, Stop::CloseEmph, 1) };
        self.at += len;
        let (inner, stop) = self.nested(context, at..at + len);
        let stop = stop?;
        if stop == wanted {
            pieces.push(if double { Piece::Strong(inner) } else { Piece::Emph(inner) });
            return None;
        }
        self.fault(Fault::UnclosedEmphasis { double }, at..at + len);
        pieces.extend(inner);
        Some(stop)
    }

    pub(super) fn link(&mut self, pieces: &mut Vec<Piece<'a>>) -> Option<Stop> {
        let at = self.at;
        self.at += 1;
        let (inner, stop) = self.nested(Context::Link, at..at + 1);
        let stop = stop?;
        if stop != Stop::CloseLink {
            self.fault(Fault::LinkSyntax, at..at + 1);
            pieces.extend(inner);
            return Some(stop);
        }
        let rest = self.rest();
        let target = rest.strip_prefix('(').and_then(|r| r.find(')').map(|end| &r[..end]));
        match target.filter(|t| !t.contains('\n')) {
            Some(target) => {
                let start = self.at + 1 + (target.len() - target.trim_start().len());
                let id = target.trim();
                let span = start..start + id.len();
                self.at += target.len() + 2;
                if inner.is_empty() || id.is_empty() {
                    self.fault(Fault::LinkSyntax, at..self.at);
                } else {
                    pieces.push(Piece::Link(Reference { id, span }, inner));
                }
            }
            None => self.fault(Fault::LinkSyntax, at..self.at),
        }
        None
    }

    /// Reads a run inside of something; no stop if it was nested too deep and has been skipped.
    pub(super) fn nested(&mut self, context: Context, opener: Range<usize>) -> (Vec<Piece<'a>>, Option<Stop>) {
        if self.context.len() >= DEEPEST {
            self.fault(Fault::TooDeep { most: DEEPEST }, opener);
            self.at = self.text.len();
            return (Vec::new(), None);
        }
        self.context.push(context);
        let (pieces, stop) = self.run(false);
        self.context.pop();
        (pieces, Some(stop))
    }
}
