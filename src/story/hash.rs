//! Two hashes of a chapter: its rules and its prose, over canonical bytes that speak ids.

mod rules;
mod texts;
mod values;

use sha2::{Digest, Sha256};

use crate::engine::chapter::{Chapter, Choice};

pub(super) use rules::rules;
pub(super) use texts::prose;

/// The choices of a chapter, sorted by path.
fn by_path(chapter: &Chapter) -> Vec<&Choice> {
    let mut choices: Vec<&Choice> = chapter.choices.iter().collect();
    choices.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    choices
}

/// Canonical bytes: every piece with its length or in a fixed width, so that no two stories write the same.
struct Ink {
    hash: Sha256,
    /// What is not hashed yet: many small pieces at once are faster.
    wet: Vec<u8>,
}

/// So many bytes are hashed at once.
const BLOT: usize = 1 << 14;

impl Ink {
    fn new(of: &str) -> Self {
        let mut ink = Self { hash: Sha256::new(), wet: Vec::with_capacity(2 * BLOT) };
        ink.text(of);
        ink
    }

    /// Every piece but a text is of a few bytes.
    fn few<const N: usize>(&mut self, bytes: [u8; N]) {
        self.wet.extend_from_slice(&bytes);
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.wet.extend_from_slice(text.as_bytes());
        if self.wet.len() >= BLOT {
            self.hash.update(&self.wet);
            self.wet.clear();
        }
    }

    fn number(&mut self, n: impl Into<i64>) {
        self.few(n.into().to_le_bytes());
    }

    fn seed(&mut self, seed: u64) {
        self.few(seed.to_le_bytes());
    }

    fn count(&mut self, n: usize) {
        self.few(u64::try_from(n).unwrap_or(u64::MAX).to_le_bytes());
    }

    fn flag(&mut self, b: bool) {
        self.few([u8::from(b)]);
    }

    fn tag(&mut self, tag: u8) {
        self.few([tag]);
    }

    fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn dry(mut self) -> [u8; 32] {
        self.hash.update(&self.wet);
        self.hash.finalize().into()
    }
}
