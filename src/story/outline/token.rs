//! The tokens of RON, with what writers get wrong at this level: quotes that do not close and characters nobody sees.

use crate::engine::id::narrow;
use crate::engine::text::is_hidden;
use crate::story::diagnostic::{Diagnostic, Note, Spot};
use crate::story::fault::Fault;
use crate::story::scan;

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::story) struct Token {
    pub(in crate::story) kind: Kind,
    from: u32,
    to: u32,
}

impl Token {
    /// From a byte up to another.
    fn new(kind: Kind, start: usize, end: usize) -> Self {
        Self { kind, from: narrow(start), to: narrow(end) }
    }

    /// Its first byte.
    pub(in crate::story) const fn start(self) -> usize {
        self.from as usize
    }

    /// The byte behind its last.
    pub(in crate::story) const fn end(self) -> usize {
        self.to as usize
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::story) enum Kind {
    /// An opening bracket.
    Open(u8),
    /// A closing bracket.
    Close(u8),
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A text; whether it is a raw one, and whether it holds an escape.
    Text { raw: bool, escapes: bool },
    /// A name or a number.
    Word,
    /// Anything else.
    Stray,
}

/// All tokens of a text, without blanks and comments.
pub(in crate::story) fn tokens(file: usize, text: &str) -> (Vec<Token>, Vec<Diagnostic>) {
    // A little more than there are of them where prose is short.
    let tokens = Vec::with_capacity(text.len() / 10);
    let mut scan = Scan { file, text, at: 0, tokens, faults: Vec::new() };
    scan.at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while scan.at < text.len() {
        scan.next();
    }
    (scan.tokens, scan.faults)
}

struct Scan<'a> {
    file: usize,
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    faults: Vec<Diagnostic>,
}

impl Scan<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: Kind, end: usize) {
        self.tokens.push(Token::new(kind, self.at, end));
        self.at = end;
    }

    fn fault(&mut self, fault: Fault, start: usize, end: usize) {
        self.faults.push(Diagnostic::error(fault, Spot::new(self.file, start..end)));
    }

    fn next(&mut self) {
        let at = self.at;
        match self.byte(at) {
            b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
            b'/' if self.byte(at + 1) == b'/' => self.at = self.line_end(at),
            b'/' if self.byte(at + 1) == b'*' => self.comment(),
            open @ (b'(' | b'[' | b'{') => self.push(Kind::Open(open), at + 1),
            close @ (b')' | b']' | b'}') => self.push(Kind::Close(close), at + 1),
            b',' => self.push(Kind::Comma, at + 1),
            b':' => self.push(Kind::Colon, at + 1),
            b'"' => self.quoted(),
            b'r' if self.raw_hashes().is_some() => self.raw(),
            b if b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+' | b'.') => {
                let end = self.text[at..]
                    .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.')))
                    .map_or(self.text.len(), |len| at + len);
                self.push(Kind::Word, end);
            }
            _ => self.other(),
        }
    }

    fn other(&mut self) {
        let Some(c) = self.text[self.at..].chars().next() else { return };
        let end = self.at + c.len_utf8();
        if matches!(c, '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2018}' | '\u{2019}') {
            self.fault(Fault::CurlyQuote { found: c }, self.at, end);
            // The rest of the line is a text in the wrong quotes; nothing in it can be trusted.
            let line_end = self.line_end(self.at);
            let stop = self.text[end..line_end]
                .rfind(['\u{201c}', '\u{201d}'])
                .map_or(end, |i| end + i + '\u{201d}'.len_utf8());
            self.push(Kind::Text { raw: true, escapes: false }, stop);
        } else if is_hidden(c) {
            self.fault(Fault::HiddenCharacter { found: c }, self.at, end);
            self.at = end;
        } else if c.is_alphabetic() {
            let end = self.text[self.at..]
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .map_or(self.text.len(), |len| self.at + len);
            self.push(Kind::Word, end);
        } else {
            self.push(Kind::Stray, end);
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let mut depth = 0usize;
        while self.at < self.text.len() {
            match (self.byte(self.at), self.byte(self.at + 1)) {
                (b'/', b'*') => {
                    depth += 1;
                    self.at += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.at += 1,
            }
        }
        self.at = self.text.len();
        self.fault(Fault::UnclosedComment, start, start + 2);
    }

    /// How many `#` stand before the quote of a raw text that starts here.
    fn raw_hashes(&self) -> Option<usize> {
        let hashes = self.text[self.at + 1..].bytes().take_while(|b| *b == b'#').count();
        (self.byte(self.at + 1 + hashes) == b'"').then_some(hashes)
    }

    /// The quote that closes a raw text with so many `#`, and where another such text seems to open before that.
    fn raw_ends(&self, body: usize, hashes: usize) -> (Option<usize>, Option<usize>) {
        let bytes = self.text.as_bytes();
        let marks = |from: usize| bytes.get(from..from + hashes).is_some_and(|marks| marks.iter().all(|b| *b == b'#'));
        let mut second = None;
        let mut at = body;
        while let Some(len) = self.text[at..].find('"') {
            let quote = at + len;
            if marks(quote + 1) {
                return (Some(quote), second);
            }
            if let (None, Some(start)) = (second, quote.checked_sub(hashes + 1))
                && hashes > 0
                && start >= body
                && bytes[start] == b'r'
                && marks(start + 1)
            {
                second = Some(start);
            }
            at = quote + 1;
        }
        (None, second)
    }

    fn raw(&mut self) {
        let start = self.at;
        let hashes = self.raw_hashes().unwrap_or(0);
        let body = start + hashes + 2;
        let (close, second) = self.raw_ends(body, hashes);
        match (close, second) {
            (Some(close), None) => {
                self.check(body, close);
                let end = close + 1 + hashes;
                self.push(Kind::Text { raw: true, escapes: false }, end);
                if self.runs_on() {
                    self.fault(Fault::RawEndsEarly { hashes }, close, end);
                    self.at = self.line_end(self.at);
                }
            }
            (_, next) => {
                let at = Spot::new(self.file, start..body);
                let mut diagnostic = Diagnostic::error(Fault::UnclosedRaw { hashes }, at);
                if let Some(next) = next {
                    diagnostic = diagnostic.with(Note::Opened, Spot::new(self.file, next..next + hashes + 2));
                }
                self.faults.push(diagnostic);
                let limit = next.unwrap_or(self.text.len());
                let end = self.syntax_line(body, limit);
                self.push(Kind::Text { raw: true, escapes: false }, end);
            }
        }
    }

    fn quoted(&mut self) {
        let start = self.at;
        let mut escapes = false;
        let mut at = start + 1;
        let close = loop {
            match self.byte(at) {
                0 if at >= self.text.len() => break None,
                b'"' => break Some(at),
                b'\\' => {
                    escapes = true;
                    at += 2;
                }
                _ => {
                    let rest = &self.text.as_bytes()[at..];
                    at += scan::first(rest, |b| (b == b'"') | (b == b'\\')).unwrap_or(rest.len());
                }
            }
        };
        let mut early = None;
        if let Some(close) = close {
            self.check(start + 1, close);
            if escapes {
                self.check_escapes(start + 1, close);
            }
            self.push(Kind::Text { raw: false, escapes }, close + 1);
            if !self.runs_on() {
                return;
            }
            self.tokens.pop();
            early = Some(close).filter(|close| is_inner(&self.text[start + 1..*close]));
        }
        self.at = start;
        let line_end = self.line_end(start);
        match (curly_close(&self.text[start..line_end]), early) {
            (Some(at), _) => {
                self.fault(Fault::CurlyQuote { found: '\u{201d}' }, start + at, start + at + '\u{201d}'.len_utf8())
            }
            (None, Some(close)) => {
                let at = Spot::new(self.file, close..close + 1);
                let opened = Spot::new(self.file, start..start + 1);
                self.faults.push(Diagnostic::error(Fault::TextEndsEarly, at).with(Note::Opened, opened));
            }
            (None, None) => self.fault(Fault::UnclosedText, start, start + 1),
        }
        let line = self.text[start..line_end].trim_end().trim_end_matches(',').len();
        self.push(Kind::Text { raw: true, escapes: false }, (start + line).max(start + 1));
        self.at = line_end;
        // The line's comma was taken for prose.
        self.tokens.push(Token::new(Kind::Comma, line_end, line_end));
    }

    /// Characters that no reader sees and that are spelt out: `\u{202e}`, `\x1b`.
    fn check_escapes(&mut self, start: usize, end: usize) {
        let mut at = start;
        while let Some(found) = self.text.get(at..end).and_then(|rest| rest.find('\\')) {
            let slash = at + found;
            at = slash + 1 + self.text[slash + 1..].chars().next().map_or(1, char::len_utf8);
            let rest = self.text.get(at..end).unwrap_or_default();
            let (digits, length) = match self.byte(slash + 1) {
                b'x' => (rest.get(..2), 2),
                b'u' => match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
                    Some((digits, _)) => (Some(digits), digits.len() + 2),
                    None => continue,
                },
                _ => continue,
            };
            let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
            if let Some(c) = number.and_then(char::from_u32).filter(|c| is_hidden(*c)) {
                self.fault(Fault::HiddenCharacter { found: c }, slash, at + length);
            }
        }
    }

    /// Whether something stands behind a text that cannot: then its quotes are not where the writer meant them.
    fn runs_on(&self) -> bool {
        let next = self.text[self.at..].chars().next();
        next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '\'' | '.' | '!' | '?' | '-'))
            || self.multi_line() && {
                let rest = self.text[self.at..].trim_start();
                next.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | ':' | ')' | ']' | '}' | '/'))
                    || rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '!' | '?'))
            }
    }

    fn multi_line(&self) -> bool {
        self.tokens.last().is_some_and(|t| {
            matches!(t.kind, Kind::Text { raw: false, .. }) && self.text[t.start()..t.end()].contains('\n')
        })
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |i| at + i)
    }

    /// The start of the first line that looks like RON again: `choices: [`, `"id": (`, `),`.
    fn syntax_line(&self, from: usize, limit: usize) -> usize {
        let mut at = from;
        while at < limit {
            let end = self.line_end(at).min(limit);
            let line = self.text[at..end].trim_start();
            let name = line.trim_start_matches('"');
            let word = name.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')).unwrap_or(0);
            let after = name[word..].trim_start_matches('"').trim_start();
            let field = word > 0
                && after.strip_prefix(':').is_some_and(|v| v.trim_start().starts_with(['"', '[', '(', '{', 'r', 't']));
            if field || line.starts_with([')', '}', ']']) {
                return at;
            }
            at = end + 1;
        }
        limit.min(self.text.len())
    }

    /// Characters that no reader sees, and tabs, in a text.
    fn check(&mut self, start: usize, end: usize) {
        let bytes = &self.text.as_bytes()[start..end];
        // Nearly all texts have none of these: that is seen many bytes at a time.
        if !scan::any(bytes, scan::may_hide) {
            return;
        }
        let mut from = start;
        let mut tab = false;
        while let Some(found) = bytes[from - start..].iter().position(|byte| scan::may_hide(*byte)) {
            let at = from + found;
            let Some(c) = self.text.get(at..).and_then(|t| t.chars().next()) else { return };
            let next = at + c.len_utf8();
            if c == '\t' {
                if !tab {
                    self.fault(Fault::Tab, at, next);
                }
                tab = true;
            } else if is_hidden(c) {
                self.fault(Fault::HiddenCharacter { found: c }, at, next);
            }
            from = next;
        }
    }
}

/// Whether the quote behind these words, with more words behind it, is one of what somebody says, and does not open the
/// text of a next field.
fn is_inner(words: &str) -> bool {
    !words.contains('\n') && !words.trim_end().ends_with([':', '[', '('])
}

/// Where a curly quote stands that closes a text in its line, and no quote of what somebody says.
fn curly_close(line: &str) -> Option<usize> {
    let mut said = 0usize;
    for (at, c) in line.char_indices() {
        match c {
            '\u{201c}' | '\u{201e}' => said += 1,
            '\u{201d}' if said > 0 => said -= 1,
            '\u{201d}' => {
                let behind = line[at + c.len_utf8()..].trim_start();
                if behind.is_empty() || behind.starts_with([',', ')', ']', '}']) {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}
