//! What a play has come to so far: stats, things, people, places, words.

use std::collections::BTreeSet;

use super::Sitting;
use crate::engine::id::{CodexIx, ItemIx, PersonIx, PlaceIx};
use crate::engine::look::{Stat, stat};

/// What the player has met in this play.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Codex entries.
    pub codex: BTreeSet<CodexIx>,
    /// People.
    pub people: BTreeSet<PersonIx>,
}

impl Sitting {
    /// The panel's variables, those that are shown now.
    #[must_use]
    pub fn stats(&self) -> Vec<Stat> {
        let leg = self.current();
        leg.chapter.stats.iter().filter_map(|v| stat(&leg.chapter, &leg.state, *v, self.reader)).collect()
    }

    /// What is carried, and how many.
    #[must_use]
    pub fn things(&self) -> Vec<(ItemIx, i32)> {
        let counts = self.state().items.iter().enumerate();
        counts.filter(|(_, n)| **n > 0).map(|(at, n)| (ItemIx::from(at), *n)).collect()
    }

    /// What this play has made known.
    #[must_use]
    pub fn known(&self) -> Known {
        let mut known = Known::default();
        for told in &self.told {
            known.codex.extend(&told.codex);
            known.people.extend(&told.people);
        }
        known
    }

    /// The places this play has been, in order, without repeats in a row.
    #[must_use]
    pub fn journey(&self) -> Vec<PlaceIx> {
        let mut places: Vec<PlaceIx> = self.told.iter().flat_map(|t| t.places.iter().copied()).collect();
        places.dedup();
        places
    }

    /// The last place this play has been.
    #[must_use]
    pub fn place(&self) -> Option<PlaceIx> {
        self.told.last().and_then(|told| told.place)
    }

    /// The words of the last choices, oldest first; at most so many.
    #[must_use]
    pub fn last_choices(&self, most: usize) -> Vec<String> {
        let from = self.told.len().saturating_sub(most).max(1);
        self.told.iter().skip(from).map(|t| t.words.clone()).collect()
    }
}
