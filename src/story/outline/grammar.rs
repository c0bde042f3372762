//! What writers most often get wrong between the brackets of an entry, said in their own terms.

use super::recover::DEEPEST;
use super::token::{Kind, Token};
use crate::story::diagnostic::{Diagnostic, Spot};
use crate::story::fault::Fault;

/// The faults of one entry's tokens.
pub(super) fn lint(file: usize, text: &str, tokens: &[Token]) -> Vec<Diagnostic> {
    let mut lint = Lint { file, text, tokens, at: 0, open: Vec::new(), faults: Vec::new() };
    while lint.at < tokens.len() {
        lint.token();
        lint.at += 1;
    }
    lint.faults
}

/// Fields that are tables of ids and values.
const TABLES: [&str; 6] = ["carries", "given", "scenes", "choices", "vars", "items"];

struct Lint<'a> {
    file: usize,
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    open: Vec<u8>,
    faults: Vec<Diagnostic>,
}

fn starts_value(kind: Kind) -> bool {
    matches!(kind, Kind::Text { .. } | Kind::Word | Kind::Open(_))
}

fn ends_value(kind: Kind) -> bool {
    matches!(kind, Kind::Text { .. } | Kind::Word | Kind::Close(_))
}

impl Lint<'_> {
    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    fn before(&self, steps: usize) -> Option<Kind> {
        self.at.checked_sub(steps).and_then(|at| self.kind(at))
    }

    fn word(&self, token: Token) -> &str {
        &self.text[token.start()..token.end()]
    }

    fn fault(&mut self, fault: Fault, start: usize, end: usize) {
        self.faults.push(Diagnostic::error(fault, Spot::new(self.file, start..end)));
    }

    fn token(&mut self) {
        let token = self.tokens[self.at];
        if let Some(before) = self.before(1)
            && starts_value(token.kind)
            && ends_value(before)
            && !(before == Kind::Word && token.kind == Kind::Open(b'('))
        {
            self.two_values();
        }
        match token.kind {
            Kind::Open(open) => {
                self.open.push(open);
                if self.open.len() == DEEPEST + 1 {
                    self.fault(Fault::TooDeep { most: DEEPEST }, token.start(), token.end());
                }
                self.bracket(token, open);
            }
            Kind::Close(_) => {
                self.open.pop();
                self.needs_value(token);
            }
            Kind::Comma => {
                if matches!(self.before(1), Some(Kind::Comma | Kind::Open(_))) {
                    self.fault(Fault::StrayCharacter { found: ',' }, token.start(), token.end());
                }
                self.needs_value(token);
            }
            Kind::Colon => {
                if !matches!(self.before(1), Some(Kind::Word | Kind::Text { .. } | Kind::Stray)) {
                    self.fault(Fault::StrayCharacter { found: ':' }, token.start(), token.end());
                }
            }
            Kind::Word => self.bare_word(token),
            Kind::Stray => self.stray(token),
            Kind::Text { .. } => {}
        }
    }

    /// A value follows a value.
    fn two_values(&mut self) {
        let before = self.tokens[self.at - 1];
        let names_field = before.kind == Kind::Word
            && self.open.last() == Some(&b'(')
            && matches!(self.before(2), Some(Kind::Comma | Kind::Open(_)));
        if names_field {
            let after = self.word(before).to_owned();
            self.fault(Fault::MissingColon { after }, before.start(), before.end());
        } else {
            let fault = Fault::missing_comma(self.text, before.end());
            self.fault(fault, before.end(), before.end());
        }
    }

    /// A colon must have a value behind it.
    fn needs_value(&mut self, token: Token) {
        if self.before(1) == Some(Kind::Colon) {
            let found = format!("`{}`", self.word(token));
            self.fault(Fault::Expected { wanted: "a value".to_owned(), found }, token.start(), token.end());
        }
    }

    fn bracket(&mut self, token: Token, open: u8) {
        let field = self.kind(self.at + 1) == Some(Kind::Word) && self.kind(self.at + 2) == Some(Kind::Colon);
        let entry =
            matches!(self.kind(self.at + 1), Some(Kind::Text { .. })) && self.kind(self.at + 2) == Some(Kind::Colon);
        let wrong = match open {
            b'{' if field => Some('('),
            b'(' if entry && self.is_table() => Some('{'),
            b'(' if entry => return self.quoted_field(),
            _ => None,
        };
        if let Some(wanted) = wrong {
            let found = format!("`{}`", self.word(token));
            self.fault(Fault::WrongBracket { found, wanted }, token.start(), token.end());
        }
    }

    /// Whether the bracket is the value of a field that is a table of entries.
    fn is_table(&self) -> bool {
        let field = self.at.checked_sub(2).map(|at| self.word(self.tokens[at]));
        self.before(1) == Some(Kind::Colon) && field.is_some_and(|field| TABLES.contains(&field))
    }

    fn quoted_field(&mut self) {
        let name = self.tokens[self.at + 1];
        let found = format!("`{}`", self.word(name));
        self.fault(Fault::Expected { wanted: "the name of a field".to_owned(), found }, name.start(), name.end());
    }

    /// A word where a value must stand: prose or an id without its quotes.
    fn bare_word(&mut self, token: Token) {
        let word = self.word(token);
        let in_value = match self.before(1) {
            Some(Kind::Colon) => true,
            Some(Kind::Open(b'[')) => true,
            Some(Kind::Comma) => self.open.last() == Some(&b'['),
            None => true,
            _ => false,
        };
        let more = self.kind(self.at + 1);
        let same_line = self.tokens.get(self.at + 1).is_some_and(|t| !self.text[token.end()..t.start()].contains('\n'));
        let prose = matches!(more, Some(Kind::Word | Kind::Stray)) && same_line;
        let first = word.chars().next().unwrap_or('0');
        let is_value = matches!(word, "true" | "false") || !first.is_alphabetic() || (first.is_uppercase() && !prose);
        if !in_value || is_value || more == Some(Kind::Open(b'(')) {
            return;
        }
        let mut end = token.end();
        let mut at = self.at;
        while let Some(next) = self.tokens.get(at + 1).copied() {
            let stops = matches!(next.kind, Kind::Comma | Kind::Close(_) | Kind::Colon);
            if stops || self.text[end..next.start()].contains('\n') {
                break;
            }
            if next.kind == (Kind::Text { raw: true, escapes: false }) {
                break;
            }
            end = next.end();
            at += 1;
        }
        let words = self.text[token.start()..end].to_owned();
        self.fault(Fault::Unquoted { words }, token.start(), end);
        self.at = at;
    }

    fn stray(&mut self, token: Token) {
        let found = self.word(token).chars().next().unwrap_or(' ');
        let after_name = matches!(self.before(1), Some(Kind::Word | Kind::Text { .. }));
        if found == '=' && after_name {
            return self.fault(Fault::EqualsForColon, token.start(), token.end());
        }
        self.fault(Fault::StrayCharacter { found }, token.start(), token.end());
        // What follows on the line would only be misread.
        let line_end = self.text[token.end()..].find('\n').map_or(self.text.len(), |i| token.end() + i);
        while self
            .tokens
            .get(self.at + 1)
            .is_some_and(|t| t.start() < line_end && !matches!(t.kind, Kind::Open(_) | Kind::Close(_) | Kind::Comma))
        {
            self.at += 1;
        }
    }
}
