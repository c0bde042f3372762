//! A place in a text of RON, and going over what stands between its values.

/// A text and a byte of it.
pub(super) struct Cursor<'s> {
    pub(super) text: &'s str,
    pub(super) at: usize,
}

impl<'s> Cursor<'s> {
    /// Before the first byte.
    pub(super) const fn new(text: &'s str) -> Self {
        Self { text, at: 0 }
    }

    /// What is still ahead.
    pub(super) fn rest(&self) -> &'s [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The byte here; 0 at the end.
    pub(super) fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// Goes over blanks and comments that end with their line.
    pub(super) fn blanks(&mut self) {
        loop {
            match self.byte() {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'/' if self.rest().starts_with(b"//") => {
                    let rest = self.rest();
                    self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                }
                _ => return,
            }
        }
    }

    /// The next byte that is not blank.
    pub(super) fn next(&mut self) -> u8 {
        self.blanks();
        self.byte()
    }

    /// Goes over this byte, if it is the next that is not blank.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let here = self.next() == byte;
        self.at += usize::from(here);
        here
    }

    /// Goes over a comma, if there is one; whether there is, or else this closing bracket.
    pub(super) fn comma(&mut self, close: u8) -> bool {
        self.eat(b',') || self.byte() == close
    }
}
