//! Words numbered in the order in which they are first met.

use rustc_hash::FxHashMap;

/// So many words are kept at hand: in most plays a few come again and again.
const AT_HAND: usize = 16;

/// Words and their numbers.
#[derive(Default)]
pub(super) struct Numbered<'w> {
    at_hand: [(&'w str, u32); AT_HAND],
    all: FxHashMap<&'w str, u32>,
}

impl<'w> Numbered<'w> {
    /// The number of a word, and whether it is a new one.
    pub(super) fn number(&mut self, word: &'w str) -> (u32, bool) {
        let last = word.as_bytes().last().copied().unwrap_or_default();
        let place = usize::from(last) % AT_HAND;
        let (kept, number) = self.at_hand[place];
        // Most are a few letters, for which a loop is quicker than a call.
        if kept.len() == word.len() && !kept.is_empty() && kept.bytes().eq(word.bytes()) {
            return (number, false);
        }
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let number = *self.all.entry(word).or_insert(next);
        self.at_hand[place] = (word, number);
        (number, number == next)
    }
}
