//! What plays came by.

use super::Lost;
use crate::engine::Chapter;
use crate::workshop::telling::Telling;

/// Counts over plays.
#[derive(Clone, Default)]
pub(super) struct Tally {
    /// How often each scene was entered.
    pub(super) visits: Vec<u64>,
    /// How often each choice was taken.
    pub(super) taken: Vec<u64>,
    /// How often each choice was shown locked.
    pub(super) reasons: Vec<u64>,
    /// How often each alternative was shown.
    pub(super) shown: Vec<u64>,
    /// How many pages there were, and how many choices were open on them.
    pub(super) pages: u64,
    pub(super) open: u64,
    /// How many plays came to each ending.
    pub(super) endings: Vec<usize>,
    /// How many choices each play made.
    pub(super) lengths: Vec<usize>,
    /// How many words each play was told.
    pub(super) words: Vec<usize>,
    /// The power of ten of how many ways each play had.
    pub(super) ways: Vec<f64>,
    /// Plays that came to none.
    pub(super) lost: Vec<Lost>,
}

impl Tally {
    pub(super) fn new(chapter: &Chapter, telling: &Telling<'_>) -> Self {
        Self {
            visits: vec![0; chapter.scenes.len()],
            taken: vec![0; chapter.choices.len()],
            reasons: vec![0; chapter.choices.len()],
            shown: vec![0; telling.alternatives().len()],
            endings: vec![0; chapter.endings.len()],
            ..Self::default()
        }
    }

    /// Adds what later plays came by.
    pub(super) fn add(&mut self, later: Self) {
        let sum = |all: &mut Vec<u64>, more: Vec<u64>| all.iter_mut().zip(more).for_each(|(n, more)| *n += more);
        sum(&mut self.visits, later.visits);
        sum(&mut self.taken, later.taken);
        sum(&mut self.reasons, later.reasons);
        sum(&mut self.shown, later.shown);
        self.endings.iter_mut().zip(later.endings).for_each(|(n, more)| *n += more);
        self.pages += later.pages;
        self.open += later.open;
        self.lengths.extend(later.lengths);
        self.words.extend(later.words);
        self.ways.extend(later.ways);
        self.lost.extend(later.lost);
    }
}
