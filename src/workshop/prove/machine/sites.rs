//! Where draws are counted: the luck of a seed depends on how often a site has drawn.

use super::super::code::Cell;
use super::super::slots::Slots;
use crate::engine::Chapter;
use crate::engine::effect::{Act, Effect};
use crate::engine::id::{DeckIx, SiteIx};

/// The cells in which draws are counted, by site.
#[derive(Debug)]
pub(crate) struct Sites(Vec<Option<Cell>>);

impl Sites {
    pub(super) fn new(slots: &Slots<'_>, cells: &[Option<Cell>]) -> Self {
        let sites = 0..slots.chapter().sites.len();
        Self(sites.map(|at| cells[slots.drawn(SiteIx::from(at)) as usize]).collect())
    }

    /// Where the throws of an effect are counted.
    pub(crate) fn of_effect(&self, effect: &Effect) -> Option<Cell> {
        match &effect.act {
            Act::Roll(.., site) | Act::Chance(_, _, site) | Act::OneOf(_, _, site) => self.0[site.at()],
            _ => None,
        }
    }

    /// Where the deals of a deck are counted.
    pub(crate) fn of_deck(&self, chapter: &Chapter, deck: DeckIx) -> Option<Cell> {
        self.0[chapter.decks[deck.at()].site.at()]
    }
}
