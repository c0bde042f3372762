//! Where faults are put down while a story is read, and where a place in a text is found again.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use super::diagnostic::{Diagnostic, Spot};
use super::expression::Misread;
use super::fault::Fault;
use super::outline::token::{Kind, tokens};
use super::raw::Str;
use super::source::Sources;

/// Collects the faults of one reading.
pub(super) struct Desk<'s> {
    pub(super) sources: &'s Sources,
    faults: RefCell<Vec<Diagnostic>>,
}

/// A text and the entry it is written in.
#[derive(Clone, Copy)]
pub(super) struct Written<'a, 's> {
    pub(super) text: &'a Str<'s>,
    pub(super) entry: Spot,
}

impl<'s> Desk<'s> {
    pub(super) fn new(sources: &'s Sources) -> Self {
        Self { sources, faults: RefCell::new(Vec::new()) }
    }

    pub(super) fn into_faults(self) -> Vec<Diagnostic> {
        self.faults.into_inner()
    }

    pub(super) fn add(&self, diagnostic: Diagnostic) {
        self.faults.borrow_mut().push(diagnostic);
    }

    /// How many faults there are.
    pub(super) fn count(&self) -> usize {
        self.faults.borrow().len()
    }

    /// Forgets all faults behind a number of them.
    pub(super) fn forget_after(&self, count: usize) {
        self.faults.borrow_mut().truncate(count);
    }

    pub(super) fn error(&self, fault: Fault, at: Spot) {
        self.add(Diagnostic::error(fault, at));
    }

    /// An error in a part of a text.
    pub(super) fn inside(&self, fault: Fault, written: Written<'_, '_>, part: Range<usize>) {
        self.error(fault, self.part(written, part));
    }

    /// An error about a whole text.
    pub(super) fn about(&self, fault: Fault, written: Written<'_, '_>) {
        self.error(fault, self.whole(written));
    }

    pub(super) fn misread(&self, misread: Misread, written: Written<'_, '_>) {
        self.inside(misread.fault, written, misread.span);
    }

    /// Where a whole text stands.
    pub(super) fn whole(&self, written: Written<'_, '_>) -> Spot {
        self.part(written, 0..written.text.len())
    }

    /// Where a part of a text stands: exactly, if the text was borrowed; else by looking for it in its entry.
    pub(super) fn part(&self, written: Written<'_, '_>, part: Range<usize>) -> Spot {
        match &written.text.0 {
            Cow::Borrowed(text) => match self.sources.find(written.entry.file, text) {
                Some(spot) => spot.part(part),
                None => head(written.entry),
            },
            Cow::Owned(text) => self.escaped(text, &part, written.entry).unwrap_or_else(|| head(written.entry)),
        }
    }

    fn escaped(&self, wanted: &str, part: &Range<usize>, entry: Spot) -> Option<Spot> {
        let text = self.sources.text(entry);
        let (found, _) = tokens(entry.file, text);
        found.iter().find_map(|token| {
            if !matches!(token.kind, Kind::Text { raw: false, escapes: true }) {
                return None;
            }
            let (decoded, places) = decode(&text[token.start() + 1..token.end().checked_sub(1)?])?;
            if decoded != wanted {
                return None;
            }
            let place = |at: usize| places.get(at).copied().or_else(|| places.last().copied()).unwrap_or(0);
            let base = token.start() + 1;
            Some(entry.part(base + place(part.start)..base + place(part.end)))
        })
    }
}

/// The first character of a range.
fn head(spot: Spot) -> Spot {
    Spot { end: (spot.start + 1).min(spot.end), ..spot }
}

/// A text without its escapes, and for every byte of it where that came from; one place more for its end.
fn decode(escaped: &str) -> Option<(String, Vec<usize>)> {
    let mut out = String::new();
    let mut places = Vec::new();
    let mut rest = escaped.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let mut decoded = Some(c);
        if c == '\\' {
            let (_, kind) = rest.next()?;
            decoded = match kind {
                'n' => Some('\n'),
                't' => Some('\t'),
                'r' => Some('\r'),
                '0' => Some('\0'),
                'x' => {
                    let digits: String = [rest.next()?.1, rest.next()?.1].iter().collect();
                    Some(char::from(u8::from_str_radix(&digits, 16).ok()?))
                }
                'u' => {
                    rest.next()?;
                    let mut digits = String::new();
                    loop {
                        match rest.next()?.1 {
                            '}' => break,
                            digit => digits.push(digit),
                        }
                    }
                    Some(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?)
                }
                '\n' | '\r' => {
                    while rest.peek().is_some_and(|(_, c)| c.is_whitespace()) {
                        rest.next();
                    }
                    None
                }
                other => Some(other),
            };
        }
        if let Some(c) = decoded {
            out.push(c);
            places.resize(out.len(), at);
        }
    }
    places.push(escaped.len());
    Some((out, places))
}
