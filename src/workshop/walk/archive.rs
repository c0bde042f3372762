//! Pages that plays came by, kept so that others can go on from them.

use std::collections::BTreeMap;

use super::super::lots::Lots;
use super::play::Position;
use super::tally::Tally;
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::state::State;

/// What makes two pages alike: the scene, and the nested menu that is open.
pub(super) type Cell = (SceneIx, Option<ChoiceIx>);

/// Pages to go on from, one of each kind.
#[derive(Default)]
pub(super) struct Archive {
    pages: BTreeMap<Cell, Kept>,
    cells: Vec<Cell>,
}

struct Kept {
    position: Position,
    /// How many plays went on from it.
    used: u64,
}

/// What a player adds to the archive.
#[derive(Default)]
pub(super) struct Found {
    /// Pages it came by, the latest of each kind.
    pub(super) pages: BTreeMap<Cell, Position>,
    /// Pages it went on from.
    pub(super) used: Vec<Cell>,
}

pub(super) fn cell(state: &State) -> Cell {
    (state.scene, state.open)
}

impl Archive {
    pub(super) fn has(&self, cell: &Cell) -> bool {
        self.pages.contains_key(cell)
    }

    /// The least worn of some pages drawn by lot.
    pub(super) fn draw(&self, lots: &mut Lots, tally: &Tally) -> Option<(Cell, &Position)> {
        const DRAWN: usize = 8;
        let worn = |cell: &Cell| {
            let used = self.pages.get(cell).map_or(0, |kept| kept.used);
            used * 3 + u64::from(tally.visits[cell.0.at()].max(1).ilog2())
        };
        let drawn = (0..DRAWN).filter_map(|_| lots.pick(&self.cells));
        let cell = drawn.min_by_key(worn)?;
        self.pages.get(&cell).map(|kept| (cell, &kept.position))
    }

    pub(super) fn add(&mut self, found: Found) {
        for cell in found.used {
            if let Some(kept) = self.pages.get_mut(&cell) {
                kept.used += 1;
            }
        }
        for (cell, position) in found.pages {
            let used = self.pages.get(&cell).map_or(0, |kept| kept.used);
            self.pages.insert(cell, Kept { position, used });
        }
        self.cells = self.pages.keys().copied().collect();
    }
}
