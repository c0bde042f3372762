//! The words and signs of a condition.

use std::borrow::Cow;
use std::ops::Range;

use super::{Misread, Read, Reference};
use crate::engine::expr::Compare;
use crate::story::fault::Fault;
use crate::story::scan;

/// A word, a number or a sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Lexeme<'a> {
    Number(i32),
    Word(&'a str),
    Sign(Sign),
    End,
}

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sign {
    Compare(Compare),
    Plus,
    Minus,
    Times,
    Open,
    Close,
    Comma,
    Assign,
    Increase,
    Decrease,
    Dots,
    /// A sign of another language, and what is written here instead.
    Foreign(&'static str),
    Unknown,
}

/// Reads one lexeme ahead.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    current: Lexeme<'a>,
    span: Range<usize>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, within: Range<usize>) -> Read<Self> {
        let mut lexer = Self { text, at: within.start, end: within.end, current: Lexeme::End, span: within };
        lexer.next()?;
        Ok(lexer)
    }

    pub(super) fn peek(&self) -> &Lexeme<'a> {
        &self.current
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The current lexeme as a message shows it.
    pub(super) fn shown(&self) -> String {
        match self.current {
            Lexeme::End => "the end".to_owned(),
            _ => format!("`{}`", &self.text[self.span.clone()]),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or("")
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().bytes().take_while(|byte| matches!(byte, b' ' | b'\n')).count();
        let rest = self.rest();
        if rest.starts_with(char::is_whitespace) {
            self.at += rest.len() - rest.trim_start().len();
        }
    }

    pub(super) fn next(&mut self) -> Read<()> {
        self.skip_blanks();
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            self.current = Lexeme::End;
            self.span = self.end..self.end;
            return Ok(());
        };
        let start = self.at;
        let (lexeme, len) = if first.is_ascii_digit() {
            let len = scan::word(rest.as_bytes());
            let written = &rest[..len];
            let digits = if written.contains('_') { written.replace('_', "").into() } else { Cow::Borrowed(written) };
            let Ok(number) = digits.parse() else {
                let span = start..start + len;
                let fault = if digits.bytes().all(|b| b.is_ascii_digit()) {
                    Fault::NumberTooLarge { written: digits.into_owned() }
                } else {
                    Fault::Expected { wanted: "a number or a name".to_owned(), found: format!("`{written}`") }
                };
                return Err(Misread::new(fault, span));
            };
            (Lexeme::Number(number), len)
        } else if first.is_alphabetic() || first == '_' {
            let len = match scan::word(rest.as_bytes()) {
                len if rest.as_bytes().get(len).is_none_or(u8::is_ascii) => len,
                _ => rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len()),
            };
            (Lexeme::Word(&rest[..len]), len)
        } else {
            let (sign, len) = sign(rest, first);
            (Lexeme::Sign(sign), len)
        };
        self.at = start + len;
        self.current = lexeme;
        self.span = start..self.at;
        Ok(())
    }

    /// The id behind the bracket that is the current lexeme; then the closing bracket is current.
    pub(super) fn reference(&mut self) -> Read<Reference<'a>> {
        self.skip_blanks();
        let rest = self.rest();
        let len = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '#' | '/' | '@' | '-')))
            .unwrap_or(rest.len());
        let span = self.at..self.at + len;
        if len == 0 {
            let found = rest.chars().next().map_or_else(|| "the end".to_owned(), |c| format!("`{c}`"));
            let fault = Fault::Expected { wanted: "an id".to_owned(), found };
            let next = rest.chars().next().map_or(0, char::len_utf8);
            return Err(Misread::new(fault, self.at..self.at + next));
        }
        let id = &rest[..len];
        self.at += len;
        self.next()?;
        Ok(Reference { id, span })
    }
}

fn sign(rest: &str, first: char) -> (Sign, usize) {
    let byte = |at: usize| rest.as_bytes().get(at).copied().unwrap_or(0);
    match (byte(0), byte(1), byte(2)) {
        (b'=', b'=', b'=') => (Sign::Foreign("=="), 3),
        (b'=', b'=', _) => (Sign::Compare(Compare::Eq), 2),
        (b'!', b'=', _) => (Sign::Compare(Compare::Ne), 2),
        (b'<', b'>', _) => (Sign::Foreign("!="), 2),
        (b'=', b'<', _) => (Sign::Foreign("<="), 2),
        (b'=', b'>', _) => (Sign::Foreign(">="), 2),
        (b'=', b'-', b' ') => (Sign::Foreign("-="), 2),
        (b'=', b'+', b' ') => (Sign::Foreign("+="), 2),
        (b'<', b'=', _) => (Sign::Compare(Compare::Le), 2),
        (b'>', b'=', _) => (Sign::Compare(Compare::Ge), 2),
        (b'&', b'&', _) => (Sign::Foreign("and"), 2),
        (b'|', b'|', _) => (Sign::Foreign("or"), 2),
        (b'+', b'=', _) => (Sign::Increase, 2),
        (b'-', b'=', _) => (Sign::Decrease, 2),
        (b'*' | b'/', b'=', _) => (Sign::Foreign("="), 2),
        (b'+', b'+', _) => (Sign::Foreign("+= 1"), 2),
        (b'-', b'-', _) => (Sign::Foreign("-= 1"), 2),
        (b'.', b'.', _) => (Sign::Dots, 2),
        (b'<', ..) => (Sign::Compare(Compare::Lt), 1),
        (b'>', ..) => (Sign::Compare(Compare::Gt), 1),
        (b'=', ..) => (Sign::Assign, 1),
        (b'!', ..) => (Sign::Foreign("not"), 1),
        (b'&', ..) => (Sign::Foreign("and"), 1),
        (b'|', ..) => (Sign::Foreign("or"), 1),
        (b'+', ..) => (Sign::Plus, 1),
        (b'-', ..) => (Sign::Minus, 1),
        (b'*', ..) => (Sign::Times, 1),
        (b'(', ..) => (Sign::Open, 1),
        (b')', ..) => (Sign::Close, 1),
        (b',', ..) => (Sign::Comma, 1),
        _ => (Sign::Unknown, first.len_utf8()),
    }
}
