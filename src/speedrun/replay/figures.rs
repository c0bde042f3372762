//! What a step changed, by name: variables, items and the place. No verdict rests on it but one: where a story does
//! something else than it did, it says what.

use crate::engine::canon;
use crate::engine::state::Cell;
use crate::engine::{Chapter, State};

/// Names and values, as [`canon`] writes them: `("v:grain", "31")`, `("scene", "gate")`.
pub type Figures = Vec<(String, String)>;

/// Every figure that is noted: where a play stands, its variables, what it carries.
fn cells(chapter: &Chapter) -> impl Iterator<Item = Cell> {
    let count = |length: usize| 0..u32::try_from(length).unwrap_or(u32::MAX);
    let place = [Cell::Scene, Cell::Open, Cell::Ended];
    let vars = count(chapter.vars.len()).map(Cell::Var);
    place.into_iter().chain(vars).chain(count(chapter.world.items.len()).map(Cell::Item))
}

fn figure(chapter: &Chapter, state: &State, cell: Cell) -> (String, String) {
    (canon::name(chapter, cell), canon::value(chapter, state, cell))
}

/// The figures of a state; items that are not carried are left out.
#[must_use]
pub fn all(chapter: &Chapter, state: &State) -> Figures {
    let told = |cell: &Cell| match cell {
        Cell::Item(_) | Cell::Open | Cell::Ended => state.get(*cell) != 0,
        _ => true,
    };
    cells(chapter).filter(told).map(|cell| figure(chapter, state, cell)).collect()
}

/// The figures that are not what they were.
#[must_use]
pub fn changed(chapter: &Chapter, before: &State, after: &State) -> Figures {
    let changes = |cell: &Cell| before.get(*cell) != after.get(*cell);
    cells(chapter).filter(changes).map(|cell| figure(chapter, after, cell)).collect()
}

/// A name as a runner knows it: `grain`, or what the thing is.
#[must_use]
pub fn shown(name: &str) -> &str {
    match name {
        "scene" => "the place",
        "open" => "the open menu",
        "ended" => "the ending",
        _ => name.split_once(':').map_or(name, |(_, id)| id),
    }
}
