//! A relaxation looked at whole, or as far as plays below a limit go: the least that any of them still has to pay from each
//! of its nodes on.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::rc::Rc;
use std::time::Instant;

use rustc_hash::FxHashMap;

use super::super::prove::live::Live;
use super::super::prove::machine::{Label, Machine, Place, Places, Region, Runner};
use super::super::prove::nodes::Nodes;
use super::super::prove::slots::Slot;
use super::super::prove::span::Span;
use super::region::{self, Hop};
use super::terrain::{NEVER, Terrain, Toll, asked};

/// What is left to pay when only some slots are tracked.
pub(crate) struct Pattern<'c> {
    machine: Machine<'c>,
    nodes: Nodes,
    places: Places,
    /// For each node the least that is left to pay; [`NEVER`] where no way leads to the goal.
    ahead: Vec<Toll>,
    /// For each node the next on the cheapest way to the goal; itself at the goal.
    next: Vec<u32>,
    /// For each place, what is known of the tracked slots in its nodes: as bits of a node.
    outlines: FxHashMap<u32, Vec<Vec<u64>>>,
    /// Nodes that no play below this comes through are left out.
    limit: Toll,
    /// For each node the number of the region in which plays below the limit go on from it.
    onward: Vec<u32>,
    regions: Vec<Region>,
    /// The least that a whole play costs, or the limit if that is less.
    pub(crate) least: Toll,
}

impl<'c> Pattern<'c> {
    /// Looks at every node that plays below `limit` come through, if there are no more than `budget` of them and it takes
    /// no longer. Coarser patterns, of the same limit or none, say what a node still has to pay at least.
    pub(crate) fn build(
        terrain: &Terrain<'c>,
        tracked: &BTreeSet<Slot>,
        coarser: &[Rc<Self>],
        limit: Toll,
        (budget, time): (usize, Instant),
    ) -> Option<Self> {
        let machine = terrain.machine(tracked);
        let goal = terrain.aim();
        let mut runner = Runner::new(&machine);
        let mut guide = Guide::new(&machine, coarser);
        let mut nodes = Nodes::new(machine.words);
        let mut spent: Vec<Toll> = Vec::new();
        let mut arcs: Vec<(u32, u32, Toll)> = Vec::new();
        let mut hops: Vec<Hop> = Vec::new();
        let mut goals: Vec<(u32, Toll)> = Vec::new();
        let mut waiting: BinaryHeap<Reverse<(Toll, u32)>> = BinaryHeap::new();
        terrain.enter(&machine, &mut runner, &mut |_, node, toll| {
            let (id, new) = nodes.put(node);
            if new {
                spent.push(toll);
            }
            spent[id as usize] = spent[id as usize].min(toll);
            waiting.push(Reverse((toll, id)));
        });
        let mut done = 0_usize;
        while let Some(Reverse((toll, id))) = waiting.pop() {
            if toll > spent[id as usize] {
                continue;
            }
            if nodes.len() > budget || done.is_multiple_of(256) && Instant::now() >= time {
                return None;
            }
            done += 1;
            let node = nodes.get(id).to_vec();
            runner.expand(&node);
            if goal.met(&mut runner, &node) {
                goals.push((id, terrain.due(&machine, &node)));
            }
            let out = &runner.out;
            out.each(machine.words, |label, leaf, next| {
                let more = terrain.toll(out, label, leaf);
                let paid = toll.saturating_add(more);
                let known = nodes.find(next);
                if known.is_none() {
                    let total = paid.saturating_add(guide.ahead(&machine, &runner.places, next));
                    if asked(total) >= asked(limit) {
                        return;
                    }
                    spent.push(NEVER);
                }
                let to = known.unwrap_or_else(|| nodes.put(next).0);
                if paid < spent[to as usize] {
                    spent[to as usize] = paid;
                    waiting.push(Reverse((paid, to)));
                }
                arcs.push((to, id, more));
                let choice = match label {
                    Label::Choice(choice, _) => Some(choice),
                    Label::Flow(_) => None,
                };
                hops.push(Hop { from: id, to, choice });
            });
        }
        let (ahead, next) = backwards(nodes.len(), arcs, goals);
        let places = std::mem::take(&mut runner.places);
        hops.retain(|hop| asked(spent[hop.from as usize].saturating_add(ahead[hop.to as usize])) < asked(limit));
        let scene = |id: u32| places.get(Machine::place_of(nodes.get(id))).scene;
        let (onward, regions) = region::onward(terrain.chapter(), nodes.len(), &scene, hops);
        let mut outlines: FxHashMap<u32, Vec<Vec<u64>>> = FxHashMap::default();
        for id in (0..).take(nodes.len()) {
            let node = nodes.get(id);
            let known = outlines.entry(Machine::place_of(node)).or_default();
            let outline = machine.outline(node);
            if !known.contains(&outline) {
                known.push(outline);
            }
        }
        drop(runner);
        drop(guide);
        let mut pattern = Self { machine, nodes, places, ahead, next, outlines, limit, onward, regions, least: NEVER };
        pattern.least = pattern.whole_play(terrain).min(limit);
        Some(pattern)
    }

    fn whole_play(&mut self, terrain: &Terrain<'c>) -> Toll {
        let mut runner = Runner::new(&self.machine);
        let places = &mut self.places;
        let (nodes, ahead) = (&self.nodes, &self.ahead);
        std::mem::swap(&mut runner.places, places);
        let mut least = NEVER;
        terrain.enter(&self.machine, &mut runner, &mut |_, node, toll| {
            let left = nodes.find(node).map_or(0, |id| ahead[id as usize]);
            least = least.min(left.saturating_add(toll));
        });
        std::mem::swap(&mut runner.places, places);
        least
    }

    pub(crate) const fn machine(&self) -> &Machine<'c> {
        &self.machine
    }

    /// What runs its nodes.
    pub(crate) fn runner(&self) -> Runner<'_, 'c> {
        let mut runner = Runner::new(&self.machine);
        runner.places.clone_from(&self.places);
        runner
    }

    /// The nodes of the cheapest play below the limit, from its first page to the goal.
    pub(crate) fn way(&self, terrain: &Terrain<'c>, runner: &mut Runner<'_, 'c>) -> Option<Vec<Vec<u64>>> {
        let mut first: Option<(Toll, u32)> = None;
        terrain.enter(&self.machine, runner, &mut |_, node, toll| {
            let id = self.nodes.find(node);
            let total = id.map_or(NEVER, |id| self.ahead[id as usize].saturating_add(toll));
            let below = asked(total) < asked(self.limit);
            if let Some(id) = id.filter(|_| below && first.is_none_or(|(least, _)| total < least)) {
                first = Some((total, id));
            }
        });
        let (_, mut id) = first?;
        let mut way = vec![self.nodes.get(id).to_vec()];
        while self.next[id as usize] != id {
            id = self.next[id as usize];
            way.push(self.nodes.get(id).to_vec());
        }
        Some(way)
    }

    /// The tracked slots.
    pub(crate) fn tracked(&self) -> &[Slot] {
        &self.machine.tracked
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// The least toll from each node to a goal, over arcs turned round, and the next node on the way.
fn backwards(count: usize, mut arcs: Vec<(u32, u32, Toll)>, goals: Vec<(u32, Toll)>) -> (Vec<Toll>, Vec<u32>) {
    arcs.sort_unstable();
    arcs.dedup_by_key(|(to, from, _)| (*to, *from));
    let mut starts = vec![0; count + 1];
    for (to, ..) in &arcs {
        starts[*to as usize + 1] += 1;
    }
    for at in 0..count {
        starts[at + 1] += starts[at];
    }
    let mut ahead = vec![NEVER; count];
    let mut next: Vec<u32> = (0..).take(count).collect();
    let mut waiting: BinaryHeap<Reverse<(Toll, u32)>> = BinaryHeap::new();
    for (id, due) in goals {
        if due < ahead[id as usize] {
            ahead[id as usize] = due;
            waiting.push(Reverse((due, id)));
        }
    }
    while let Some(Reverse((toll, id))) = waiting.pop() {
        if toll > ahead[id as usize] {
            continue;
        }
        for (_, from, more) in &arcs[starts[id as usize]..starts[id as usize + 1]] {
            let toll = toll.saturating_add(*more);
            if toll < ahead[*from as usize] {
                ahead[*from as usize] = toll;
                next[*from as usize] = id;
                waiting.push(Reverse((toll, *from)));
            }
        }
    }
    (ahead, next)
}

/// Patterns read from nodes of a finer machine: the greatest of what they say is left to pay.
pub(crate) struct Guide<'p, 'c> {
    views: Vec<View<'p, 'c>>,
    values: Vec<Span>,
    packed: Vec<u64>,
    masked: Vec<u64>,
    /// The nodes of the last pattern that stand for the node that was looked at.
    met: Vec<u32>,
    /// What matters in each region of the last pattern, to the finer machine.
    lives: FxHashMap<u32, Live>,
    /// The bits of nodes that matter, for each place and region.
    masks: FxHashMap<(u32, u32), Vec<u64>>,
}

/// One pattern, seen from a finer machine.
struct View<'p, 'c> {
    pattern: &'p Pattern<'c>,
    /// The finer machine's cell of each cell of the pattern.
    cells: Vec<Option<u32>>,
    /// What the pattern says of each of the finer machine's places, as they are met.
    places: FxHashMap<u32, Told>,
}

/// What a pattern can say of the nodes at a place.
#[derive(Clone, Copy)]
enum Told {
    /// Nothing: the finer machine forgets there what the pattern remembers.
    Nothing,
    /// No play below its limit comes there.
    Closed,
    /// What its nodes say at this place of its own.
    At(u32),
}

impl<'p, 'c> View<'p, 'c> {
    fn told(&self, finer: &Machine<'c>, at: &Place) -> Told {
        let machine = &self.pattern.machine;
        let remembers =
            |(cell, own): (u32, &Option<u32>)| !machine.keeps(at, cell) || own.is_some_and(|own| finer.keeps(at, own));
        if !(0..).zip(&self.cells).all(remembers) {
            return Told::Nothing;
        }
        self.pattern.places.find(at).map_or(Told::Closed, Told::At)
    }
}

impl<'p, 'c> Guide<'p, 'c> {
    pub(crate) fn new(finer: &Machine<'c>, patterns: &'p [Rc<Pattern<'c>>]) -> Self {
        let view = |pattern: &'p Rc<Pattern<'c>>| View {
            pattern,
            cells: pattern.machine.tracked.iter().map(|slot| finer.cell(*slot)).collect(),
            places: FxHashMap::default(),
        };
        Self {
            views: patterns.iter().map(view).collect(),
            values: Vec::new(),
            packed: Vec::new(),
            masked: Vec::new(),
            met: Vec::new(),
            lives: FxHashMap::default(),
            masks: FxHashMap::default(),
        }
    }

    /// The least that is left to pay from a node that the finer machine comes to; [`NEVER`] if no play below the limit of
    /// a pattern goes on from there.
    pub(crate) fn ahead(&mut self, finer: &Machine<'c>, places: &Places, node: &[u64]) -> Toll {
        let place = Machine::place_of(node);
        let mut most = 0;
        for view in &mut self.views {
            self.met.clear();
            let machine = &view.pattern.machine;
            let at = places.get(place);
            let told = match view.places.get(&place) {
                Some(told) => *told,
                None => {
                    let told = view.told(finer, at);
                    view.places.insert(place, told);
                    told
                }
            };
            let mine = match told {
                Told::Nothing => continue,
                Told::Closed => return NEVER,
                Told::At(mine) => mine,
            };
            self.values.clear();
            let widest = machine.widest();
            self.values.extend(view.cells.iter().zip(widest).map(|(own, widest)| match own {
                Some(own) => finer.held(node, *own),
                None => *widest,
            }));
            self.packed.clear();
            machine.pack(mine, at, &self.values, &mut self.packed);
            // What the finer machine comes to, the pattern comes to as well, with no more known of it.
            let mut least = NEVER;
            for outline in view.pattern.outlines.get(&mine).into_iter().flatten() {
                self.masked.clear();
                self.masked.extend(self.packed.iter().zip(outline).map(|(word, mask)| word & mask));
                if let Some(id) = view.pattern.nodes.find(&self.masked) {
                    least = least.min(view.pattern.ahead[id as usize]);
                    self.met.push(id);
                }
            }
            if least == NEVER {
                return NEVER;
            }
            most = most.max(least);
        }
        most
    }

    /// Forgets of the node that was just looked at what does not matter wherever plays below the limit go on from it.
    pub(crate) fn forget(&mut self, finer: &Machine<'c>, places: &Places, node: &mut [u64]) {
        let Some(last) = self.views.last().filter(|_| !self.met.is_empty()) else { return };
        let place = Machine::place_of(node);
        let at = places.get(place);
        self.masked.clear();
        self.masked.resize(node.len(), 0);
        for id in &self.met {
            let region = last.pattern.onward[*id as usize];
            let mask = self.masks.entry((place, region)).or_insert_with(|| {
                let region = self.lives.entry(region);
                let live = region.or_insert_with_key(|r| finer.live_within(&last.pattern.regions[*r as usize]));
                let live = live.at(at.scene, at.open);
                let known = |cell: u32| {
                    self.views.iter().any(|view| {
                        let its = (0..).zip(&view.cells).find(|(_, own)| **own == Some(cell));
                        its.is_some_and(|(its, _)| view.pattern.machine.keeps(at, its))
                    })
                };
                finer.mask(|cell| live.has(cell as usize) || known(cell))
            });
            self.masked.iter_mut().zip(mask).for_each(|(word, mask)| *word |= *mask);
        }
        node.iter_mut().zip(&self.masked).for_each(|(word, mask)| *word &= mask);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::prove::machine::Label;
    use super::super::aim::{Aim, Beginning};
    use super::super::relax::{self, Ladder};
    use super::super::terrain::{self, UNIT};
    use super::*;
    use crate::engine::dice::Keyed;
    use crate::engine::look::open_choices;
    use crate::engine::step::{begin, step};
    use crate::engine::{Chapter, id::ChoiceIx};
    use crate::story::{Book, Sources};

    const SEED: u64 = 1126;

    /// The choices of a play with an arbitrary hand, up to where a condition holds for the first time.
    fn play(chapter: &Chapter, goal: &crate::engine::expr::Cond, mut hand: usize) -> Option<Vec<ChoiceIx>> {
        let mut state = begin(chapter, chapter.find_scene("council_start")?, SEED, &[], &mut Keyed, &mut ());
        let mut made = Vec::new();
        while !goal.holds(chapter, &state) {
            let open: Vec<ChoiceIx> = open_choices(chapter, &state).collect();
            hand = hand.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let choice = *open.get((hand >> 33) % open.len().max(1))?;
            step(chapter, &mut state, choice).ok()?;
            made.push(choice);
        }
        Some(made)
    }

    /// The nodes of the exact machine that a choice leads to from a node, and what it costs.
    fn after<'c>(
        terrain: &Terrain<'c>,
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        (node, toll): (Vec<u64>, Toll),
        choice: ChoiceIx,
    ) -> Vec<(Vec<u64>, Toll)> {
        runner.expand(&node);
        let mut next = Vec::new();
        let out = std::mem::take(&mut runner.out);
        out.each(machine.words, |label, leaf, to| {
            let more = toll + terrain.toll(&out, label, leaf);
            match label {
                Label::Choice(of, _) if of == choice => next.push((true, to.to_vec(), more)),
                Label::Flow(_) => next.push((false, to.to_vec(), more)),
                Label::Choice(..) => {}
            }
        });
        let after = |(done, to, more)| {
            if done { vec![(to, more)] } else { after(terrain, machine, runner, (to, more), choice) }
        };
        next.into_iter().flat_map(after).collect()
    }

    #[test]
    fn what_is_left_to_pay_is_never_more_than_a_play_pays() {
        let book = Book::open(Sources::embedded()).unwrap();
        let chapter = book.chapter("siege").unwrap();
        let goal = Aim::read(&chapter, "acts == 1").unwrap().goal;
        let slots = crate::workshop::prove::slots::Slots::new(&chapter, std::slice::from_ref(&goal));
        let (beginning, _) = Beginning::read(&chapter, "river").unwrap();
        let (entry, base, filled) = terrain::lay(&slots, &beginning);
        let orders = chapter.find_var("orders");
        let terrain = Terrain::new(&slots, (entry, base, &filled), &goal, orders, Some(SEED));
        let exact = terrain.machine(&terrain.everything());
        let time = Instant::now() + std::time::Duration::from_secs(600);
        let least = relax::least(&terrain, 8_000, time).unwrap();
        let mut whole = Ladder::new(vec![Rc::new(least)], NEVER);
        whole.refine(&terrain, &exact, 8_000, time);
        let mut narrow = Ladder::new(whole.patterns.clone(), 4 * UNIT);
        narrow.refine(&terrain, &exact, 8_000, time);
        let mut checked = 0;
        for hand in 0..200 {
            let Some(choices) = play(&chapter, &goal, hand) else { continue };
            let mut runner = Runner::new(&exact);
            let mut at = Vec::new();
            terrain.enter(&exact, &mut runner, &mut |_, node, toll| at.push((node.to_vec(), toll)));
            let mut way = vec![at.clone()];
            for choice in choices {
                at = at.into_iter().flat_map(|one| after(&terrain, &exact, &mut runner, one, choice)).collect();
                way.push(at.clone());
            }
            let paid = at.iter().map(|(_, toll)| *toll).min().unwrap();
            for ladder in [&whole, &narrow] {
                let limit = if std::ptr::eq(ladder, &whole) { NEVER } else { 4 * UNIT };
                if asked(paid) >= asked(limit) {
                    continue;
                }
                let mut guide = Guide::new(&exact, &ladder.patterns);
                for (node, toll) in way.iter().filter(|nodes| nodes.len() == 1).flatten() {
                    let ahead = guide.ahead(&exact, &runner.places, node);
                    assert!(
                        asked(toll.saturating_add(ahead)) <= asked(paid),
                        "hand {hand}: {toll} and {ahead} of {paid}"
                    );
                    checked += 1;
                }
            }
        }
        assert!(checked > 500, "{checked}");
    }
}
