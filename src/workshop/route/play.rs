//! The nodes of a play as a route, played again before it is believed.

use super::super::prove::entry;
use super::super::prove::machine::{Fall, Label};
use super::super::prove::refine::Way;
use super::super::prove::witness;
use super::search::Search;
use super::terrain::{Price, Terrain, Toll};
use crate::engine::Route;
use crate::engine::id::ChoiceIx;
use crate::engine::log::written;
use crate::engine::route::Leap;

/// What a play costs, as it was seen when it was played again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Played {
    pub(crate) route: Route,
    /// What was asked for.
    pub(crate) cost: i64,
}

impl Terrain<'_> {
    /// A route of these choices, with the luck of a seed.
    pub(crate) fn line(&self, seed: u64, choices: impl Iterator<Item = ChoiceIx>) -> Route {
        let chapter = self.chapter();
        let begun = self.entry.scene;
        Route {
            chapter: chapter.id.clone(),
            start: (begun != chapter.start).then(|| chapter.scene(begun).id.to_string()),
            given: self.entry.exactly().map(|given| written(chapter, given)).collect(),
            seed,
            steps: choices
                .map(|choice| Leap { choice: chapter.choice(choice).key().to_owned(), forced: Vec::new() })
                .collect(),
        }
    }

    /// What a route costs, if it can be played and comes to the goal with its last choice.
    pub(crate) fn played(&self, route: Route) -> Option<Played> {
        let state = route.play(self.chapter(), &mut ()).ok()?;
        if !self.goal.holds(self.chapter(), &state) {
            return None;
        }
        let cost = match self.price {
            Price::Choices => i64::try_from(route.steps.len()).ok()?,
            Price::Rises(slot) | Price::Ends(slot, _) => i64::from(self.slots.value(&state, slot)),
        };
        Some(Played { route, cost })
    }
}

impl Search<'_, '_, '_> {
    /// The route along these nodes, if a play of the chapter can take it and comes to the goal with its last choice.
    pub(crate) fn route(&mut self, trail: &[Vec<u64>]) -> Option<Played> {
        let way = self.way(trail)?;
        let terrain = self.terrain;
        let chapter = terrain.chapter();
        let route = match terrain.seed {
            None => witness::route(chapter, &way, &terrain.aim(), None)?,
            Some(seed) => terrain.line(seed, way.steps.iter().map(|(choice, _)| *choice)),
        };
        terrain.played(route)
    }

    fn way(&mut self, trail: &[Vec<u64>]) -> Option<Way> {
        self.runner.record(true);
        let way = self.recorded(trail);
        self.runner.record(false);
        way
    }

    fn recorded(&mut self, trail: &[Vec<u64>]) -> Option<Way> {
        let (terrain, machine) = (self.terrain, self.machine);
        let first = trail.first()?;
        let mut openings: Vec<(Vec<u64>, Vec<Fall>)> = Vec::new();
        entry::enter(machine, &mut self.runner, std::slice::from_ref(&terrain.entry), &mut |runner, _| {
            let nodes = runner.out.nodes.chunks(machine.words).map(<[u64]>::to_vec);
            openings.extend(nodes.zip(runner.out.trails.iter().map(|(falls, _)| falls.clone())));
        });
        let opening = openings.into_iter().find(|(node, _)| self.is(node, first)).map(|(_, falls)| falls)?;
        let mut way = Way { entry: terrain.entry.clone(), opening, steps: Vec::new() };
        for pair in trail.windows(2) {
            self.runner.expand(&pair[0]);
            let out = std::mem::take(&mut self.runner.out);
            let mut cheapest: Option<(Toll, Label, u32)> = None;
            out.each(machine.words, |label, leaf, node| {
                let toll = terrain.toll(&out, label, leaf);
                if cheapest.is_none_or(|(least, ..)| toll < least) && self.is(node, &pair[1]) {
                    cheapest = Some((toll, label, leaf));
                }
            });
            let (_, label, leaf) = cheapest?;
            let falls = out.trails[leaf as usize].0.clone();
            match label {
                Label::Choice(choice, _) => way.steps.push((choice, falls)),
                Label::Flow(_) => way.steps.last_mut().map_or(&mut way.opening, |(_, all)| all).extend(falls),
            }
        }
        Some(way)
    }

    /// Whether a node is kept as this one.
    fn is(&mut self, node: &[u64], kept: &[u64]) -> bool {
        self.look(node);
        self.node == kept
    }
}
