//! Canonical bytes: what hashes are made over. They speak ids, never numbers of tables and never RON text.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::chapter::Chapter;
use super::id::{ChoiceIx, EndingIx, SceneIx, VarIx};
use super::state::{Cell, Delta, State};

/// The check value of a step: chained over the one before, the choice and what it changed.
#[must_use]
pub fn chain(before: u64, key: &str, chapter: &Chapter, delta: &Delta, after: &State) -> u64 {
    let mut cells: BTreeMap<String, String> = BTreeMap::new();
    for change in delta {
        cells.insert(name(chapter, change.cell), value(chapter, after, change.cell));
    }
    let mut hash = Sha256::new();
    hash.update(before.to_le_bytes());
    write(&mut hash, key);
    for (name, value) in &cells {
        write(&mut hash, name);
        write(&mut hash, value);
    }
    short(hash)
}

/// The hash of a whole state. Cells that hold what a new play holds are left out, so an added variable changes nothing.
#[must_use]
pub fn state(chapter: &Chapter, state: &State) -> u64 {
    let mut cells: BTreeMap<String, String> = BTreeMap::new();
    let mut put = |cell: Cell| {
        cells.insert(name(chapter, cell), value(chapter, state, cell));
    };
    for cell in [Cell::Scene, Cell::Open, Cell::Depth, Cell::Turn, Cell::Ended] {
        put(cell);
    }
    for at in 0..state.stack.len() {
        put(Cell::Stack(narrow(at)));
    }
    for (at, var) in chapter.vars.iter().enumerate() {
        if state.vars[at] != var.start {
            put(Cell::Var(narrow(at)));
        }
    }
    let mut some = |counts: &[u32], cell: fn(u32) -> Cell| {
        for (at, _) in counts.iter().enumerate().filter(|(_, n)| **n != 0) {
            put(cell(narrow(at)));
        }
    };
    some(&state.visits, Cell::Visits);
    some(&state.last, Cell::Last);
    some(&state.taken, Cell::Taken);
    some(&state.drawn, Cell::Drawn);
    some(&state.achieved, Cell::Achieved);
    for (at, _) in state.items.iter().enumerate().filter(|(_, n)| **n != 0) {
        put(Cell::Item(narrow(at)));
    }
    let mut hash = Sha256::new();
    hash.update(state.seed.to_le_bytes());
    for (name, value) in &cells {
        write(&mut hash, name);
        write(&mut hash, value);
    }
    short(hash)
}

/// A cell by the writer's ids: `v:grain`, `n:north_gate`.
#[must_use]
pub fn name(chapter: &Chapter, cell: Cell) -> String {
    let scene = |at: u32| &chapter.scenes[at as usize].id;
    match cell {
        Cell::Scene => "scene".to_owned(),
        Cell::Open => "open".to_owned(),
        Cell::Depth => "depth".to_owned(),
        Cell::Stack(at) => format!("stack:{at}"),
        Cell::Turn => "turn".to_owned(),
        Cell::Ended => "ended".to_owned(),
        Cell::Var(at) => format!("v:{}", chapter.vars[at as usize].id),
        Cell::Item(at) => format!("i:{}", chapter.world.items[at as usize].id),
        Cell::Visits(at) => format!("n:{}", scene(at)),
        Cell::Last(at) => format!("t:{}", scene(at)),
        Cell::Taken(at) => format!("c:{}", chapter.choices[at as usize].path),
        Cell::Drawn(at) => format!("d:{}", chapter.sites[at as usize]),
        Cell::Achieved(at) => format!("a:{}", chapter.achievements[at as usize].id),
    }
}

/// What a cell holds, by the writer's ids.
#[must_use]
pub fn value(chapter: &Chapter, state: &State, cell: Cell) -> String {
    let scene = |ix: SceneIx| chapter.scene(ix).id.clone();
    match cell {
        Cell::Scene => scene(state.scene),
        Cell::Stack(at) => state.stack.get(at as usize).copied().map_or_else(String::new, scene),
        Cell::Open => state.open.map_or_else(String::new, |ChoiceIx(c)| chapter.choices[c as usize].path.clone()),
        Cell::Ended => state.ended.map_or_else(String::new, |EndingIx(e)| chapter.endings[e as usize].id.clone()),
        Cell::Var(at) => chapter.var(VarIx(at)).written(state.vars[at as usize]),
        other => state.get(other).to_string(),
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn write(hash: &mut Sha256, text: &str) {
    hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
    hash.update(text.as_bytes());
}

fn short(hash: Sha256) -> u64 {
    let bytes: [u8; 32] = hash.finalize().into();
    u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}
