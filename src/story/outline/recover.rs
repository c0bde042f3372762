//! Where an entry ends: by its brackets, or, when they do not match, by how its lines are indented.

use super::token::{Kind, Token};
use super::{Entry, Part, Reader, grammar};
use crate::story::diagnostic::{Diagnostic, Note, Spot};
use crate::story::fault::Fault;
use crate::story::section::Section;

/// The most brackets that may stand in one another.
pub(in crate::story) const DEEPEST: usize = 60;

/// How brackets fail to match.
struct Mismatch {
    /// The bracket that is open.
    open: usize,
    /// The bracket that closes another kind, unless the file ends first.
    close: Option<usize>,
}

fn partner(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

impl Reader<'_> {
    /// Reads one value, whatever it is.
    pub(super) fn value(&mut self, id: String, key: Option<(Spot, Token)>) -> Option<Entry> {
        let from = self.at;
        let Some(first) = self.peek().filter(|t| matches!(t.kind, Kind::Open(_) | Kind::Text { .. } | Kind::Word))
        else {
            let found = self.found_here();
            self.fault(Fault::Expected { wanted: "a value".to_owned(), found }, self.here());
            if !matches!(self.kind(), None | Some(Kind::Comma | Kind::Close(_))) {
                self.at += 1;
            }
            return key.map(|(at, _)| Entry { id, key: at, body: at, unread: true });
        };
        let at = key.map_or_else(|| Spot::new(self.file, first.start()..first.start() + 1), |(at, _)| at);
        if key.is_some() && first.kind == Kind::Word && self.tokens.get(from + 1).is_some_and(|t| t.kind == Kind::Colon)
        {
            let found = format!("`{}`", self.word(first));
            self.fault(Fault::WrongBracket { found, wanted: '(' }, self.spot(first));
            self.skip_fields();
            return Some(Entry { id, key: at, body: at, unread: true });
        }
        let mut unread = false;
        match self.match_from(from) {
            Ok(end) => {
                self.at = end;
                let faults = grammar::lint(self.file, self.text, &self.tokens[from..end]);
                unread |= !faults.is_empty();
                self.out.faults.extend(faults);
            }
            Err(mismatch) => {
                unread = true;
                let anchor = key.map_or_else(|| self.anchor(from), |(_, token)| token);
                self.recover(from, anchor, &mismatch);
            }
        }
        let end = self.tokens[self.at.max(from + 1) - 1].end();
        Some(Entry { id, key: at, body: Spot::new(self.file, first.start()..end), unread })
    }

    /// What the indentation of a value without an id is measured by: the section's name, or the value in a list.
    fn anchor(&self, from: usize) -> Token {
        let before = |n: usize| from.checked_sub(n).and_then(|at| self.tokens.get(at)).copied();
        match (before(2), before(1)) {
            (Some(name), Some(colon)) if name.kind == Kind::Word && colon.kind == Kind::Colon => name,
            _ => self.tokens[from],
        }
    }

    /// Skips a value whose brackets match; otherwise moves nowhere useful and says so.
    pub(super) fn balanced(&mut self) -> bool {
        match self.match_from(self.at) {
            Ok(end) => {
                self.at = end;
                true
            }
            Err(_) => false,
        }
    }

    /// The token after the value that starts at a token.
    fn match_from(&self, from: usize) -> Result<usize, Mismatch> {
        let mut at = from;
        if self.tokens.get(at).is_some_and(|t| t.kind == Kind::Word)
            && self.tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Open(b'('))
        {
            at += 1;
        }
        let mut open: Vec<usize> = Vec::new();
        while let Some(token) = self.tokens.get(at) {
            match token.kind {
                Kind::Open(_) => open.push(at),
                Kind::Close(close) => match open.pop() {
                    Some(opener) => {
                        let Kind::Open(kind) = self.tokens[opener].kind else { break };
                        if partner(kind) != close {
                            return Err(Mismatch { open: opener, close: Some(at) });
                        }
                    }
                    None => return Ok(at),
                },
                _ => {}
            }
            at += 1;
            if open.is_empty() {
                return Ok(at);
            }
        }
        match open.last() {
            Some(&opener) => Err(Mismatch { open: opener, close: None }),
            None => Ok(at),
        }
    }

    fn recover(&mut self, from: usize, anchor: Token, mismatch: &Mismatch) {
        let next = self.next_by_indent(from, anchor);
        let stop = next.unwrap_or(self.tokens.len());
        let seen = mismatch.close.filter(|close| *close < stop);
        let open = match seen {
            Some(_) => mismatch.open,
            None => self.innermost(from, stop).unwrap_or(mismatch.open),
        };
        let at = seen.or(next).or(mismatch.close).map_or_else(|| self.end(), |i| self.spot(self.tokens[i]));
        let opener = self.tokens[open];
        let bracket = char::from(self.text.as_bytes()[opener.start()]);
        self.out
            .faults
            .push(Diagnostic::error(Fault::Unclosed { open: bracket }, at).with(Note::Opened, self.spot(opener)));
        match next {
            Some(next) => self.at = next,
            None => {
                self.out.partial = true;
                self.at = from + 1;
                self.resume_at_section();
                self.lost = true;
            }
        }
    }

    /// The innermost bracket that is open between two tokens.
    fn innermost(&self, from: usize, to: usize) -> Option<usize> {
        let mut open = Vec::new();
        for (at, token) in self.tokens.iter().enumerate().take(to).skip(from) {
            match token.kind {
                Kind::Open(_) => open.push(at),
                Kind::Close(_) => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.pop()
    }

    /// The first token behind a value that stands where a new entry, section or closing bracket would.
    fn next_by_indent(&self, from: usize, anchor: Token) -> Option<usize> {
        let base = self.indent(anchor)?;
        (from + 1..self.tokens.len()).find(|&at| {
            let token = self.tokens[at];
            let Some(column) = self.indent(token) else { return false };
            let colon = self.tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Colon);
            match token.kind {
                Kind::Close(_) => column < base,
                Kind::Text { .. } => column <= base && colon && matches!(anchor.kind, Kind::Text { .. }),
                Kind::Open(_) => column <= base && token.kind == anchor.kind,
                Kind::Word => column <= base && colon && Section::named(self.word(token)).is_some(),
                _ => false,
            }
        })
    }

    /// How far a token is indented, if it is the first of its line.
    fn indent(&self, token: Token) -> Option<usize> {
        let line = self.text[..token.start()].rfind('\n').map_or(0, |at| at + 1);
        let before = &self.text[line..token.start()];
        before.chars().all(char::is_whitespace).then(|| before.chars().count())
    }

    /// Skips to the next section that starts a line.
    pub(super) fn resume_at_section(&mut self) {
        while let Some(token) = self.peek() {
            let named = token.kind == Kind::Word && Section::named(self.word(token)).is_some();
            let opens = matches!(self.tokens.get(self.at + 2).map(|t| t.kind), Some(Kind::Open(_)));
            if named && self.followed_by_colon() && opens && self.indent(token).is_some_and(|i| i <= 8) {
                return;
            }
            if token.kind == Kind::Close(b')') && self.at + 1 == self.tokens.len() {
                return;
            }
            self.at += 1;
        }
    }

    /// Skips to the next entry of a section; whether there is one.
    pub(super) fn resume_at_entry(&mut self, part: &Part) -> bool {
        let base = part.entries.first().map(|entry| {
            let line = self.text[..entry.key.start].rfind('\n').map_or(0, |at| at + 1);
            self.text[line..entry.key.start].chars().take_while(|c| c.is_whitespace()).count()
        });
        while let Some(token) = self.peek() {
            let indent = self.indent(token);
            let at_base = indent.is_some() && (base.is_none() || indent <= base);
            let starts = matches!(token.kind, Kind::Text { .. }) && self.followed_by_colon() && at_base;
            let ends = token.kind == Kind::Close(b'}') && indent.is_some_and(|i| base.is_none_or(|b| i < b));
            if starts || ends {
                return true;
            }
            if token.kind == Kind::Word
                && Section::named(self.word(token)).is_some()
                && self.followed_by_colon()
                && at_base
            {
                return false;
            }
            self.at += 1;
        }
        false
    }
}
