//! Two hashes of a chapter: its rules and its prose, over canonical bytes that speak ids.

mod rules;
mod texts;
mod values;

use sha2::{Digest, Sha256};

use crate::engine::chapter::Chapter;

/// Fills in both hashes.
pub(super) fn seal(chapter: &mut Chapter) {
    let rules = rules::rules(chapter);
    let prose = texts::prose(chapter);
    chapter.rules = rules;
    chapter.prose = prose;
}

/// Canonical bytes: every piece with its length or in a fixed width, so that no two stories write the same.
struct Ink(Sha256);

impl Ink {
    fn new(of: &str) -> Self {
        let mut ink = Self(Sha256::new());
        ink.text(of);
        ink
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.update(text.as_bytes());
    }

    fn number(&mut self, n: impl Into<i64>) {
        self.0.update(n.into().to_le_bytes());
    }

    fn seed(&mut self, seed: u64) {
        self.0.update(seed.to_le_bytes());
    }

    fn count(&mut self, n: usize) {
        self.0.update(u64::try_from(n).unwrap_or(u64::MAX).to_le_bytes());
    }

    fn flag(&mut self, b: bool) {
        self.0.update([u8::from(b)]);
    }

    fn tag(&mut self, tag: u8) {
        self.0.update([tag]);
    }

    fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn dry(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}
