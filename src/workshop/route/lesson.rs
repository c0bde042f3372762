//! Follows the cheapest play of a relaxation in earnest, and says what shows that it is none.

use std::collections::BTreeSet;

use super::super::prove::blame::Blame;
use super::super::prove::machine::{Expansion, Label, Machine, Runner, Token, Why};
use super::super::prove::slots::Slot;
use super::pattern::Pattern;
use super::terrain::{NEVER, Terrain};
use crate::engine::effect::{Act, Effect};
use crate::engine::id::SiteIx;

/// The most real states followed side by side.
const BEAM: usize = 96;

/// What came of following.
pub(crate) enum Lesson {
    /// These slots show that the relaxed play is none.
    Track(BTreeSet<Slot>),
    /// Nothing more can be learned from it.
    Nothing,
}

/// Where the cheapest relaxed play goes: by what, and the node it leads to.
struct Hop<'c> {
    label: Label,
    node: Vec<u64>,
    whys: Vec<Why<'c>>,
}

/// Follows the cheapest play of a relaxation as far as it goes.
pub(crate) fn follow<'c>(terrain: &Terrain<'c>, exact: &Machine<'c>, pattern: &Pattern<'c>) -> Lesson {
    let machine = pattern.machine();
    let mut runner = Runner::new(machine);
    runner.places = pattern.places().clone();
    let Some(hops) = cheapest(terrain, pattern, &mut runner) else { return Lesson::Nothing };
    let mut real = Runner::new(exact);
    let mut here: Vec<Vec<u64>> = Vec::new();
    terrain.enter(exact, &mut real, &mut |_, node, _| here.push(node.to_vec()));
    for hop in &hops {
        let mut there: Vec<Vec<u64>> = Vec::new();
        for node in &here {
            real.expand(node);
            let out = std::mem::take(&mut real.out);
            each(&out, exact.words, |label, leaf, next| {
                let _ = leaf;
                let new = label.same(hop.label) && there.len() < BEAM && !there.iter().any(|n| n == next);
                if new && agrees((machine, &mut runner, &hop.node), (exact, &real, next)) {
                    there.push(next.to_vec());
                }
            });
            real.out = out;
        }
        if there.is_empty() {
            return blame(terrain, (machine, &mut runner), (exact, &mut real), here.first(), hop);
        }
        here = there;
    }
    let aim = terrain.aim();
    let last = here.iter().find(|node| {
        real.expand(node);
        aim.met(&mut real, node)
    });
    match (last, here.first()) {
        (None, Some(node)) => {
            let whys = [Why::Rule(terrain.goal, true)];
            let mut blame = Blame::new(terrain.slots, machine, exact, Some(node));
            blame.contradicted(&whys, &mut real);
            track(blame.finish())
        }
        _ => Lesson::Nothing,
    }
}

fn track(slots: BTreeSet<Slot>) -> Lesson {
    if slots.is_empty() { Lesson::Nothing } else { Lesson::Track(slots) }
}

/// What shows that a hop is not possible from this real state.
fn blame<'c>(
    terrain: &Terrain<'c>,
    (machine, runner): (&Machine<'c>, &mut Runner<'_, 'c>),
    (exact, real): (&Machine<'c>, &mut Runner<'_, 'c>),
    here: Option<&Vec<u64>>,
    hop: &Hop<'c>,
) -> Lesson {
    let mut blame = Blame::new(terrain.slots, machine, exact, here.map(Vec::as_slice));
    blame.contradicted(&hop.whys, real);
    if blame.is_empty() && terrain.seed.is_some() {
        let scene = runner.places.get(Machine::place_of(&hop.node)).scene;
        let drawn = draws(terrain, hop.label, scene).into_iter().map(|site| terrain.slots.drawn(site));
        let drawn: BTreeSet<Slot> = drawn.filter(|slot| machine.cell(*slot).is_none()).collect();
        if !drawn.is_empty() {
            return Lesson::Track(drawn);
        }
    }
    if blame.is_empty() {
        blame.all(&hop.whys);
    }
    if blame.is_empty() {
        blame.behind(&hop.whys);
    }
    track(blame.finish())
}

/// Where dice fall on a hop into a scene.
fn draws(terrain: &Terrain<'_>, label: Label, scene: crate::engine::id::SceneIx) -> BTreeSet<SiteIx> {
    let chapter = terrain.chapter();
    let one = chapter.scene(scene);
    let chosen: &[Effect] = match label {
        Label::Choice(choice, _) => &chapter.choice(choice).effects,
        Label::Flow(_) => &[],
    };
    let thrown = chosen.iter().chain(&one.enter).filter_map(|effect| match &effect.act {
        Act::Roll(.., site) | Act::Chance(_, _, site) | Act::OneOf(_, _, site) => Some(*site),
        _ => None,
    });
    thrown.chain(one.card.as_ref().map(|card| chapter.decks[card.deck.at()].site)).collect()
}

/// The hops of the cheapest relaxed play, the first into its first page.
fn cheapest<'c>(terrain: &Terrain<'c>, pattern: &Pattern<'c>, runner: &mut Runner<'_, 'c>) -> Option<Vec<Hop<'c>>> {
    let machine = pattern.machine();
    let mut first: Option<(u64, Vec<u64>)> = None;
    terrain.enter(machine, runner, &mut |_, node, toll| {
        let total = pattern.left(node).saturating_add(toll);
        if total != NEVER && first.as_ref().is_none_or(|(best, _)| total < *best) {
            first = Some((total, node.to_vec()));
        }
    });
    let (_, mut node) = first?;
    let mut hops = Vec::new();
    let aim = terrain.aim();
    runner.record(true);
    loop {
        runner.expand(&node);
        let left = pattern.left(&node);
        if aim.met(runner, &node) && terrain.due(machine, &node) <= left {
            runner.record(false);
            return Some(hops);
        }
        let mut next: Option<Hop<'c>> = None;
        let out = &runner.out;
        each(out, machine.words, |label, leaf, to| {
            let total = pattern.left(to).saturating_add(terrain.toll(out, label, leaf));
            if next.is_none() && total <= left && hops.len() < LONGEST {
                next = Some(Hop { label, node: to.to_vec(), whys: out.trails[leaf as usize].1.clone() });
            }
        });
        let hop = next?;
        node.clone_from(&hop.node);
        hops.push(hop);
    }
}

/// No relaxed play is followed further.
const LONGEST: usize = 5_000;

/// Every way on of an expansion: its label, its number and the node it leads to.
fn each(out: &Expansion<'_>, words: usize, mut see: impl FnMut(Label, u32, &[u64])) {
    for edge in &out.edges {
        for token in &out.tokens[edge.first..edge.last] {
            if let Token::Leaf(leaf) = token {
                let from = *leaf as usize * words;
                see(edge.label, *leaf, &out.nodes[from..from + words]);
            }
        }
    }
}

/// Whether a real node is one of those that a relaxed one stands for.
fn agrees<'c>(
    (machine, runner, node): (&Machine<'c>, &mut Runner<'_, 'c>, &[u64]),
    (exact, real, stood): (&Machine<'c>, &Runner<'_, 'c>, &[u64]),
) -> bool {
    let place = real.places.get(Machine::place_of(stood));
    runner.places.get(Machine::place_of(node)) == place
        && (0..).zip(&machine.tracked).all(|(cell, slot)| {
            let known = machine.held(node, cell);
            exact.cell(*slot).is_none_or(|own| {
                let value = exact.held(stood, own);
                value.low <= known.high && known.low <= value.high
            })
        })
}
