//! Follows the cheapest play of a relaxation in earnest, and says what shows that it is none.

use std::collections::BTreeSet;

use super::super::prove::blame::Blame;
use super::super::prove::machine::{Label, Machine, Runner, Why};
use super::super::prove::slots::Slot;
use super::terrain::{Terrain, Toll, thrown};
use crate::engine::effect::Effect;
use crate::engine::id::SceneIx;

/// The most real states followed side by side.
const BEAM: usize = 96;

/// What came of following.
pub(crate) enum Lesson {
    /// These slots show that the relaxed play is none.
    Track(BTreeSet<Slot>),
    /// It is a play: its nodes in earnest.
    Play(Vec<Vec<u64>>),
    /// Nothing more can be learned from it.
    Nothing,
}

/// One step of a relaxed play: by what, and the node it leads to.
struct Hop<'c> {
    label: Label,
    node: Vec<u64>,
    whys: Vec<Why<'c>>,
}

/// Follows a play of a relaxation as far as it goes in earnest. `way` are its nodes, from the first page on.
pub(crate) fn follow<'c>(
    terrain: &Terrain<'c>,
    (exact, real): (&Machine<'c>, &mut Runner<'_, 'c>),
    (machine, runner): (&Machine<'c>, &mut Runner<'_, 'c>),
    way: &[Vec<u64>],
) -> Lesson {
    let (Some(first), Some(hops)) = (way.first(), hops(terrain, machine, runner, way)) else { return Lesson::Nothing };
    let mut here: Vec<(Vec<u64>, usize)> = Vec::new();
    terrain.enter(exact, real, &mut |_, node, _| here.push((node.to_vec(), 0)));
    here.retain(|(node, _)| agrees((machine, &mut *runner, first), (exact, real, node)));
    if here.is_empty() {
        let drawn = draws(terrain, Label::Flow(true), terrain.entry.scene);
        return track(drawn.filter(|slot| machine.cell(*slot).is_none()).collect());
    }
    // Each node with its number among those before it.
    let mut layers = vec![here];
    for hop in &hops {
        let mut there: Vec<(Vec<u64>, usize)> = Vec::new();
        let here = layers.last().map_or(&[][..], Vec::as_slice);
        for (from, (node, _)) in here.iter().enumerate() {
            real.expand(node);
            let out = std::mem::take(&mut real.out);
            out.each(exact.words, |label, _, next| {
                let new = label.same(hop.label) && there.len() < BEAM && !there.iter().any(|(n, _)| n == next);
                if new && agrees((machine, &mut *runner, &hop.node), (exact, real, next)) {
                    there.push((next.to_vec(), from));
                }
            });
            real.out = out;
        }
        if there.is_empty() {
            let node = here.first().map(|(node, _)| node);
            return blame(terrain, (machine, runner), (exact, real), node, hop);
        }
        layers.push(there);
    }
    let here = layers.last().map_or(&[][..], Vec::as_slice);
    let aim = terrain.aim();
    let last = here.iter().position(|(node, _)| {
        real.expand(node);
        aim.met(real, node)
    });
    match (last, here.first()) {
        (Some(mut at), _) => {
            let mut play = Vec::with_capacity(layers.len());
            while let Some(layer) = layers.pop() {
                let Some((node, from)) = layer.into_iter().nth(at) else { return Lesson::Nothing };
                play.push(node);
                at = from;
            }
            play.reverse();
            Lesson::Play(play)
        }
        (None, Some((node, _))) => {
            let whys = [Why::Rule(terrain.goal, true)];
            let mut blame = Blame::new(terrain.slots, machine, exact, Some(node));
            blame.contradicted(&whys, real);
            track(blame.finish())
        }
        (None, None) => Lesson::Nothing,
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
        let drawn: BTreeSet<Slot> =
            draws(terrain, hop.label, scene).filter(|slot| machine.cell(*slot).is_none()).collect();
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

/// The counters of draws on a hop into a scene.
fn draws<'t>(terrain: &'t Terrain<'_>, label: Label, scene: SceneIx) -> impl Iterator<Item = Slot> + use<'t> {
    let chapter = terrain.chapter();
    let one = chapter.scene(scene);
    let chosen: &[Effect] = match label {
        Label::Choice(choice, _) => &chapter.choice(choice).effects,
        Label::Flow(_) => &[],
    };
    let dealt = one.card.as_ref().map(|card| chapter.decks[card.deck.at()].site);
    let sites = chosen.iter().chain(&one.enter).filter_map(thrown).chain(dealt);
    sites.map(|site| terrain.slots.drawn(site))
}

/// What each step of a relaxed play takes for granted although it does not hold where plays begin, the last step first:
/// slots that are not tracked. The causes of the goal come first by this, and what merely goes well not at all.
pub(crate) fn granted<'c>(
    terrain: &Terrain<'c>,
    (exact, real): (&Machine<'c>, &mut Runner<'_, 'c>),
    (machine, runner): (&Machine<'c>, &mut Runner<'_, 'c>),
    way: &[Vec<u64>],
) -> Vec<BTreeSet<Slot>> {
    let hops = hops(terrain, machine, runner, way).unwrap_or_default();
    let mut begun: Option<Vec<u64>> = None;
    terrain.enter(exact, real, &mut |_, node, _| begun = begun.take().or_else(|| Some(node.to_vec())));
    let untracked = |hop: &Hop<'c>| {
        let mut blame = Blame::new(terrain.slots, machine, exact, begun.as_deref());
        blame.doubted(&hop.whys, real);
        blame.finish()
    };
    hops.iter().rev().map(untracked).filter(|read| !read.is_empty()).collect()
}

/// The steps between the nodes of a relaxed play, each the cheapest there is.
fn hops<'c>(
    terrain: &Terrain<'c>,
    machine: &Machine<'c>,
    runner: &mut Runner<'_, 'c>,
    way: &[Vec<u64>],
) -> Option<Vec<Hop<'c>>> {
    let mut hops = Vec::with_capacity(way.len());
    runner.record(true);
    for pair in way.windows(2) {
        runner.expand(&pair[0]);
        let mut next: Option<(Toll, Hop<'c>)> = None;
        let out = &runner.out;
        out.each(machine.words, |label, leaf, reached| {
            let toll = terrain.toll(out, label, leaf);
            if reached == pair[1] && next.as_ref().is_none_or(|(least, _)| toll < *least) {
                next = Some((toll, Hop { label, node: pair[1].clone(), whys: out.trails[leaf as usize].1.clone() }));
            }
        });
        hops.push(next?.1);
    }
    runner.record(false);
    Some(hops)
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
