//! The last gate before a terminal: names of files, saves of others and stories that are refused are told as well, and
//! none of them may move a cursor, turn a line around or set a title.

use std::io::{self, Write};

use crate::engine::text::is_hidden;

/// The most bytes of a style: `ESC [ 1 ; 38 ; 2 ; 255 ; 255 ; 255 m`.
const STYLE: usize = 32;

/// Writes text, with `\u{fffd}` for what a terminal would obey. Styles pass where they are wanted.
pub(super) struct Harmless<W> {
    to: W,
    styled: bool,
    /// A character or a style that has begun and not ended.
    begun: Vec<u8>,
}

impl<W: Write> Harmless<W> {
    pub(super) const fn new(to: W, styled: bool) -> Self {
        Self { to, styled, begun: Vec::new() }
    }

    /// What may be written of this text, and how much of it is the beginning of a style.
    fn sift(&self, text: &str, clean: &mut String) -> usize {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c == '\u{1b}' && self.styled {
                match style(rest) {
                    Style::Whole(length) => {
                        clean.push_str(&rest[..length]);
                        rest = &rest[length..];
                        continue;
                    }
                    Style::Begun => return rest.len(),
                    Style::No => {}
                }
            }
            clean.push(if is_hidden(c) || c == '\r' { char::REPLACEMENT_CHARACTER } else { c });
            rest = &rest[c.len_utf8()..];
        }
        0
    }
}

enum Style {
    Whole(usize),
    Begun,
    No,
}

/// Whether a text begins with a style.
fn style(text: &str) -> Style {
    let bytes = text.as_bytes();
    let digits = bytes.iter().skip(2).take_while(|b| b.is_ascii_digit() || **b == b';').count();
    match (bytes.get(1), bytes.get(2 + digits)) {
        (None, _) | (Some(b'['), None) if digits < STYLE => Style::Begun,
        (Some(b'['), Some(b'm')) => Style::Whole(3 + digits),
        _ => Style::No,
    }
}

impl<W: Write> Write for Harmless<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.begun.is_empty() && bytes.iter().all(|b| matches!(b, b' '..=b'~' | b'\n')) {
            return self.to.write(bytes);
        }
        let mut whole = std::mem::take(&mut self.begun);
        whole.extend_from_slice(bytes);
        let mut clean = String::with_capacity(whole.len());
        let mut chunks = whole.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            let last = chunks.peek().is_none();
            let style = self.sift(chunk.valid(), &mut clean);
            let cut = last
                && !chunk.invalid().is_empty()
                && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none());
            if last && (style > 0 || cut) {
                let from = whole.len() - chunk.invalid().len() - style;
                self.begun = whole[from..].to_vec();
            } else if !chunk.invalid().is_empty() {
                clean.push(char::REPLACEMENT_CHARACTER);
            }
        }
        self.to.write_all(clean.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::Harmless;

    fn sifted(text: &[u8], styled: bool, at_once: usize) -> String {
        let mut out = Vec::new();
        let mut gate = Harmless::new(&mut out, styled);
        text.chunks(at_once).for_each(|piece| gate.write_all(piece).unwrap_or_default());
        drop(gate);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn words_pass_and_what_a_terminal_obeys_does_not_however_it_is_cut() {
        let text = "\u{592a}\u{539f}\tgate\n\u{1b}]0;title\u{7}\u{9b}2J\u{202e}\u{1b}[1;31mred\u{1b}[0m\u{1b}[2J";
        for at_once in 1..text.len() {
            let plain = sifted(text.as_bytes(), false, at_once);
            assert_eq!(plain, "\u{592a}\u{539f}\tgate\n?]0;title??2J??[1;31mred?[0m?[2J".replace('?', "\u{fffd}"));
            let styled = sifted(text.as_bytes(), true, at_once);
            assert!(styled.ends_with("\u{1b}[1;31mred\u{1b}[0m\u{fffd}[2J"), "{at_once}: {styled:?}");
            assert!(styled.starts_with(&plain[..20]), "{at_once}: {styled:?}");
        }
        assert_eq!(sifted(b"a\xffb\xe5", false, 2), "a\u{fffd}b");
    }
}
