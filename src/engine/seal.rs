//! A hash of a chapter, computed when it is first asked for: most plays never ask.

use std::sync::OnceLock;

use super::chapter::Chapter;

/// A hash, or how to come by it.
#[derive(Clone, Debug)]
pub struct Seal {
    hash: fn(&Chapter) -> [u8; 32],
    known: OnceLock<[u8; 32]>,
}

impl Seal {
    /// What this makes of the chapter.
    #[must_use]
    pub const fn new(hash: fn(&Chapter) -> [u8; 32]) -> Self {
        Self { hash, known: OnceLock::new() }
    }

    /// A hash that is known.
    #[must_use]
    pub fn known(hash: [u8; 32]) -> Self {
        Self { hash: |_| [0; 32], known: OnceLock::from(hash) }
    }

    /// The hash of the chapter that it belongs to.
    pub(super) fn of(&self, chapter: &Chapter) -> [u8; 32] {
        *self.known.get_or_init(|| (self.hash)(chapter))
    }
}
