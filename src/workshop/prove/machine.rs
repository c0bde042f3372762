//! A chapter run over some of its slots, with nothing known of the others: every play is among its runs.
//!
//! A node is a place (scene, open menu, scenes that wait) and a value, or nothing known, for each tracked slot. Values that
//! can no longer be read are forgotten.

mod asked;
mod run;
mod sites;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use rustc_hash::FxHashMap;

use super::code::{Cell, Code, Folder, Guard};
use super::live::Live;
pub(crate) use super::live::Region;
use super::local::Menu;
use super::slots::{Kind, Slot, Slots};
use super::span::Span;
use crate::engine::expr::NEVER;
use crate::engine::id::{ChoiceIx, SceneIx};

pub(crate) use asked::{Asked, Moment};
pub(crate) use run::{Expansion, Fall, Label, Once, Runner, Token, Why};
pub(crate) use sites::Sites;

/// Where a node stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) scene: SceneIx,
    pub(crate) open: Option<ChoiceIx>,
    pub(crate) stack: Vec<SceneIx>,
}

/// Places, numbered as they are met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    all: Vec<Place>,
    found: FxHashMap<Place, u32>,
}

impl Places {
    pub(crate) fn number(&mut self, place: &Place) -> u32 {
        if let Some(&n) = self.found.get(place) {
            return n;
        }
        let n = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(place.clone());
        self.found.insert(place.clone(), n);
        n
    }

    pub(crate) fn find(&self, place: &Place) -> Option<u32> {
        self.found.get(place).copied()
    }

    pub(crate) fn get(&self, n: u32) -> &Place {
        &self.all[n as usize]
    }
}

/// How a cell is packed into a node.
#[derive(Clone, Copy, Debug)]
struct Pack {
    kind: Kind,
    word: usize,
    shift: u32,
    bits: u32,
}

impl Pack {
    /// Its bits, moved to the lowest.
    const fn field(&self) -> u64 {
        (1 << self.bits) - 1
    }

    /// What a node holds in it.
    const fn code(&self, node: &[u64]) -> u64 {
        (node[self.word] >> self.shift) & self.field()
    }
}

/// A chapter that runs over tracked slots only.
#[derive(Debug)]
pub(crate) struct Machine<'c> {
    pub(crate) slots: &'c Slots<'c>,
    /// The tracked slots, ascending.
    pub(crate) tracked: Vec<Slot>,
    /// The slots of all cells: the tracked, then the passing ones.
    pub(crate) all: Vec<Slot>,
    pub(crate) code: Code<'c>,
    packs: Vec<Pack>,
    /// Words a node takes; the first holds the place.
    pub(crate) words: usize,
    live: Live,
    /// Cells that are never forgotten.
    kept: Vec<Cell>,
    /// When each of the asked conditions is asked.
    moments: Vec<Moment>,
    /// What is known of a tracked slot, and then of a passing one, when nothing is.
    widest: Vec<Span>,
    pub(crate) turn: Option<Cell>,
    pub(crate) ages: Vec<Cell>,
    /// Conditions asked of nodes, folded.
    pub(crate) asked: Vec<Guard<'c>>,
    /// Those that are asked as a choice is taken.
    spoken: FxHashMap<ChoiceIx, Vec<usize>>,
    /// How many nodes were looked at in all, by this machine and others on the same ground.
    pub(crate) looked: Arc<AtomicUsize>,
    /// Menus in which some choice is always open.
    pub(crate) filled: &'c BTreeSet<Menu>,
    /// Where the draws of each site are counted.
    pub(crate) sites: Sites,
    /// The seed whose luck falls where it is known how often was drawn; any luck without one.
    pub(crate) seed: Option<u64>,
    /// A cell whose value is shown with every node led to, whether or not it is tracked.
    pub(crate) shown: Option<Cell>,
}

impl<'c> Machine<'c> {
    /// A machine over these slots. `base` is what is always known of each slot; `asked` conditions are those that
    /// nodes will be asked about; `kept` slots are never forgotten; `filled` menus are never empty;
    /// `passing` slots are known about only on the way from one node to the next.
    pub(crate) fn new(
        slots: &'c Slots<'c>,
        base: &[Span],
        tracked: &BTreeSet<Slot>,
        asked: &[Asked<'c>],
        kept: &[Slot],
        filled: &'c BTreeSet<Menu>,
        passing: &BTreeSet<Slot>,
    ) -> Self {
        let passing = passing.difference(tracked);
        let all: Vec<Slot> = tracked.iter().chain(passing).copied().collect();
        let tracked: Vec<Slot> = tracked.iter().copied().collect();
        let mut cells = vec![None; slots.len()];
        for (at, slot) in (0..).zip(&all) {
            cells[*slot as usize] = Some(at);
        }
        let derived = RefCell::new(vec![None; slots.chapter().derived.len()]);
        let folder = Folder { slots, base, cells: &cells, derived };
        let code = folder.fold();
        let spoken = asked::spoken(asked);
        let (moments, asked): (Vec<Moment>, Vec<Guard<'c>>) =
            asked.iter().map(|one| (one.moment, folder.guard(Some(one.cond)))).unzip();
        let mut packs = Vec::with_capacity(tracked.len());
        let (mut word, mut shift) = (0, 32);
        for &slot in &tracked {
            let kind = slots.kind(slot);
            let bits = u64::BITS - (codes(kind) - 1).leading_zeros();
            if shift + bits > u64::BITS {
                (word, shift) = (word + 1, 0);
            }
            packs.push(Pack { kind, word, shift, bits });
            shift += bits;
        }
        let kept: Vec<Cell> = kept.iter().filter_map(|slot| cells[*slot as usize]).collect();
        let sites = Sites::new(slots, &cells);
        let questions: Vec<(Moment, &Guard<'c>)> = moments.iter().copied().zip(&asked).collect();
        let live = Live::new(slots.chapter(), &code, &sites, &questions, (&kept, None), all.len());
        let widest = all.iter().map(|s| base[*s as usize]).collect();
        let turn = cells[slots.turn() as usize];
        let ages = (0..).zip(&tracked).filter(|(_, s)| slots.is_age(**s)).map(|(at, _)| at).collect();
        let (seed, shown) = (None, None);
        let words = word + 1;
        Self {
            slots,
            tracked,
            all,
            code,
            packs,
            words,
            live,
            kept,
            moments,
            widest,
            turn,
            ages,
            asked,
            spoken,
            looked: Arc::default(),
            filled,
            sites,
            seed,
            shown,
        }
    }

    /// The cell that a slot is known in, if only in passing.
    pub(crate) fn known_cell(&self, slot: Slot) -> Option<Cell> {
        self.all.iter().position(|s| *s == slot).and_then(|at| Cell::try_from(at).ok())
    }

    /// The cell a slot is tracked in.
    pub(crate) fn cell(&self, slot: Slot) -> Option<Cell> {
        self.tracked.binary_search(&slot).ok().and_then(|at| Cell::try_from(at).ok())
    }

    /// The tracked slots that are not forgotten everywhere.
    pub(crate) fn needed(&self) -> impl Iterator<Item = Slot> + '_ {
        self.tracked.iter().enumerate().filter(|(cell, _)| self.live.ever(*cell)).map(|(_, slot)| *slot)
    }

    /// What can still be read by plays that stay in a region.
    pub(crate) fn live_within(&self, region: &Region) -> Live {
        let questions: Vec<(Moment, &Guard<'c>)> = self.moments.iter().copied().zip(&self.asked).collect();
        let kept = (&self.kept[..], Some(region));
        Live::new(self.slots.chapter(), &self.code, &self.sites, &questions, kept, self.all.len())
    }

    /// The bits of a node that tell where it stands and what it holds in the cells that are wanted.
    pub(crate) fn mask(&self, wanted: impl Fn(Cell) -> bool) -> Vec<u64> {
        let mut mask = vec![0; self.words];
        mask[0] = u64::from(u32::MAX);
        for (_, pack) in (0..).zip(&self.packs).filter(|(cell, _)| wanted(*cell)) {
            mask[pack.word] |= pack.field() << pack.shift;
        }
        mask
    }

    /// Whether a cell is kept at a place.
    pub(crate) fn keeps(&self, at: &Place, cell: Cell) -> bool {
        self.live.at(at.scene, at.open).has(cell as usize)
    }

    /// What a packed node holds in one cell.
    pub(crate) fn held(&self, node: &[u64], cell: Cell) -> Span {
        let pack = &self.packs[cell as usize];
        decode(pack.kind, pack.code(node), self.widest[cell as usize])
    }

    /// What is known in a node: cells and codes of their values.
    pub(crate) fn codes<'n>(&'n self, node: &'n [u64]) -> impl Iterator<Item = (Cell, u64)> + 'n {
        (0..).zip(&self.packs).map(move |(cell, pack)| (cell, pack.code(node))).filter(|(_, code)| *code != 0)
    }

    /// The bits of a node that say where it stands and what is known there.
    pub(crate) fn outline(&self, node: &[u64]) -> Vec<u64> {
        self.mask(|cell| self.packs[cell as usize].code(node) != 0)
    }

    /// Whether a cell holds yes or no.
    pub(crate) fn is_flag(&self, cell: Cell) -> bool {
        self.packs.get(cell as usize).is_none_or(|pack| pack.kind == Kind::Ranged(Span::new(0, 1)))
    }

    /// What a cell can hold at most.
    pub(crate) fn widest(&self) -> &[Span] {
        &self.widest
    }

    /// Packs a node. Nothing is kept of a cell that can no longer be read, or of which more than one value is left.
    pub(crate) fn pack(&self, place: u32, at: &Place, values: &[Span], into: &mut Vec<u64>) {
        let start = into.len();
        into.resize(start + self.words, 0);
        into[start] = u64::from(place);
        let live = self.live.at(at.scene, at.open);
        for (cell, (pack, &span)) in self.packs.iter().zip(values).enumerate() {
            if live.has(cell) {
                into[start + pack.word] |= encode(pack.kind, span) << pack.shift;
            }
        }
    }

    /// The place of a packed node.
    pub(crate) fn place_of(node: &[u64]) -> u32 {
        u32::try_from(node[0] & u64::from(u32::MAX)).unwrap_or(0)
    }

    /// The values of a packed node.
    pub(crate) fn unpack(&self, node: &[u64], into: &mut Vec<Span>) {
        into.clear();
        into.extend((0..).zip(&self.packs).map(|(cell, _)| self.held(node, cell)));
        into.extend_from_slice(&self.widest[self.packs.len()..]);
    }
}

/// How many codes a kind needs: one for nothing known, and one for each value told apart.
fn codes(kind: Kind) -> u64 {
    let values = |low: i32, high: i32| u64::try_from(i64::from(high) - i64::from(low) + 1).unwrap_or(1);
    1 + match kind {
        Kind::Ranged(span) => values(span.low, span.high),
        Kind::Capped(cap) | Kind::Counted(cap) => values(0, cap),
        Kind::Age { cap, .. } => values(0, cap) + 1,
    }
}

fn encode(kind: Kind, span: Span) -> u64 {
    let code = |value: i32, low: i32| u64::try_from(i64::from(value) - i64::from(low) + 1).unwrap_or(0);
    match (kind, span.exact()) {
        (Kind::Ranged(range), Some(value)) => code(value, range.low),
        (Kind::Capped(cap), _) if span.low >= cap => code(cap, 0),
        (Kind::Age { cap, .. }, Some(NEVER)) => code(cap + 1, 0),
        // Whatever it is compared with is less: long ago is as good as never.
        (Kind::Age { cap, compared: true }, _) if span.low >= cap => code(cap, 0),
        (Kind::Capped(cap) | Kind::Counted(cap), Some(value)) if value <= cap => code(value, 0),
        (Kind::Age { cap, .. }, Some(value)) if value < cap => code(value, 0),
        _ => 0,
    }
}

fn decode(kind: Kind, code: u64, widest: Span) -> Span {
    let Some(value) = code.checked_sub(1).and_then(|c| i32::try_from(c).ok()) else { return widest };
    match kind {
        Kind::Ranged(range) => Span::only(range.low.saturating_add(value)),
        Kind::Capped(cap) if value == cap => Span::new(cap, i32::MAX),
        Kind::Age { cap, .. } if value > cap => Span::only(NEVER),
        Kind::Age { cap, .. } if value == cap => Span::new(cap, NEVER - 1),
        _ => Span::only(value),
    }
}
