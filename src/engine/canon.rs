//! Canonical bytes: what hashes are made over. They speak ids, never numbers of tables and never RON text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::chapter::Chapter;
use super::id::{ChoiceIx, EndingIx, SceneIx, VarIx, narrow};
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
    let mut out = Bytes { chapter, state, bytes: state.seed.to_le_bytes().to_vec(), digits: String::new() };
    // In the order of their names. Tables are sorted by id, but for choices and sites.
    out.some(&state.achieved, Cell::Achieved);
    out.sorted(&state.taken, Cell::Taken, &|at| &chapter.choices[at].path);
    out.sorted(&state.drawn, Cell::Drawn, &|at| &chapter.sites[at]);
    out.put(Cell::Depth);
    out.put(Cell::Ended);
    let items = state.items.iter().enumerate().filter(|(_, n)| **n != 0);
    items.for_each(|(at, _)| out.put(Cell::Item(narrow(at))));
    out.some(&state.visits, Cell::Visits);
    out.put(Cell::Open);
    out.put(Cell::Scene);
    (0..state.stack.len()).for_each(|at| out.put(Cell::Stack(narrow(at))));
    out.some(&state.last, Cell::Last);
    out.put(Cell::Turn);
    for (at, var) in chapter.vars.iter().enumerate() {
        if state.vars[at] != var.start {
            out.put(Cell::Var(narrow(at)));
        }
    }
    let mut hash = Sha256::new();
    hash.update(&out.bytes);
    short(hash)
}

/// The canonical bytes of a state, while they are written.
struct Bytes<'a> {
    chapter: &'a Chapter,
    state: &'a State,
    bytes: Vec<u8>,
    digits: String,
}

impl Bytes<'_> {
    /// A cell: its name and what it holds, each behind its length.
    fn put(&mut self, cell: Cell) {
        let (kind, id) = parts(self.chapter, cell);
        self.length(kind.len() + id.as_ref().map_or(0, |id| 1 + id.len()));
        self.bytes.extend_from_slice(kind.as_bytes());
        if let Some(id) = id {
            self.bytes.push(b':');
            self.bytes.extend_from_slice(id.as_bytes());
        }
        match word(self.chapter, self.state, cell) {
            Some(word) => {
                self.length(word.len());
                self.bytes.extend_from_slice(word.as_bytes());
            }
            None => self.number(self.state.get(cell)),
        }
    }

    /// The digits of a number.
    fn number(&mut self, number: i32) {
        self.digits.clear();
        // Memory always takes what is written to it.
        let _ = write!(self.digits, "{number}");
        self.length(self.digits.len());
        self.bytes.extend_from_slice(self.digits.as_bytes());
    }

    fn length(&mut self, length: usize) {
        self.bytes.extend_from_slice(&u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes());
    }

    /// What was counted in a table that is sorted by id.
    fn some(&mut self, counts: &[u32], cell: fn(u32) -> Cell) {
        let counted = counts.iter().enumerate().filter(|(_, n)| **n != 0);
        counted.for_each(|(at, _)| self.put(cell(narrow(at))));
    }

    /// What was counted in a table that is not.
    fn sorted<'i>(&mut self, counts: &[u32], cell: fn(u32) -> Cell, id: &dyn Fn(usize) -> &'i str) {
        let counted = (0..counts.len()).filter(|at| counts[*at] != 0);
        let mut counted: Vec<_> = counted.map(|at| (letters(id(at)), id(at), at)).collect();
        counted.sort_unstable();
        counted.into_iter().for_each(|(_, _, at)| self.put(cell(narrow(at))));
    }
}

/// A cell by the writer's ids: `v:grain`, `n:north_gate`.
#[must_use]
pub fn name(chapter: &Chapter, cell: Cell) -> String {
    match parts(chapter, cell) {
        (kind, Some(id)) => format!("{kind}:{id}"),
        (kind, None) => kind.to_owned(),
    }
}

/// What sort of cell it is, and which of them.
fn parts(chapter: &Chapter, cell: Cell) -> (&'static str, Option<Cow<'_, str>>) {
    let scene = |at: u32| chapter.scenes[at as usize].id.as_str();
    let (kind, id) = match cell {
        Cell::Scene => return ("scene", None),
        Cell::Open => return ("open", None),
        Cell::Depth => return ("depth", None),
        Cell::Turn => return ("turn", None),
        Cell::Ended => return ("ended", None),
        Cell::Stack(at) => return ("stack", Some(Cow::Owned(at.to_string()))),
        Cell::Var(at) => ("v", chapter.vars[at as usize].id.as_str()),
        Cell::Item(at) => ("i", chapter.world.items[at as usize].id.as_str()),
        Cell::Visits(at) => ("n", scene(at)),
        Cell::Last(at) => ("t", scene(at)),
        Cell::Taken(at) => ("c", chapter.choices[at as usize].path.as_str()),
        Cell::Drawn(at) => ("d", chapter.sites[at as usize].as_str()),
        Cell::Achieved(at) => ("a", chapter.achievements[at as usize].id.as_str()),
    };
    (kind, Some(Cow::Borrowed(id)))
}

/// What a cell holds, by the writer's ids.
#[must_use]
pub fn value(chapter: &Chapter, state: &State, cell: Cell) -> String {
    word(chapter, state, cell).map_or_else(|| state.get(cell).to_string(), Cow::into_owned)
}

/// What a cell holds, unless that is a number.
fn word<'c>(chapter: &'c Chapter, state: &State, cell: Cell) -> Option<Cow<'c, str>> {
    let scene = |ix: SceneIx| chapter.scene(ix).id.as_str();
    let id = match cell {
        Cell::Scene => Some(scene(state.scene)),
        Cell::Stack(at) => state.stack.get(at as usize).copied().map(scene),
        Cell::Open => state.open.map(|ChoiceIx(c)| chapter.choices[c as usize].path.as_str()),
        Cell::Ended => state.ended.map(|EndingIx(e)| chapter.endings[e as usize].id.as_str()),
        Cell::Var(at) => return Some(Cow::Owned(chapter.var(VarIx(at)).written(state.vars[at as usize]))),
        _ => return None,
    };
    Some(Cow::Borrowed(id.unwrap_or_default()))
}

/// The first letters of a text as a number: most texts are in order by these alone.
fn letters(text: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
    u64::from_be_bytes(first)
}

fn write(hash: &mut Sha256, text: &str) {
    hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
    hash.update(text.as_bytes());
}

fn short(hash: Sha256) -> u64 {
    let bytes: [u8; 32] = hash.finalize().into();
    u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}
