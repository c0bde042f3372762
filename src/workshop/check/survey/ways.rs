//! Where scenes lead, conditions ignored, and which scenes a play can come to.

use crate::engine::chapter::{Chapter, Flow, Goes, Scene, Target};
use crate::engine::id::{ChoiceIx, DeckIx, SceneIx};

/// The ways between the scenes of a chapter.
#[derive(Debug)]
pub(in crate::workshop::check) struct Ways {
    /// Of each scene.
    pub(in crate::workshop::check) of: Vec<Exits>,
    /// Whether a play can come to it.
    pub(in crate::workshop::check) reached: Vec<bool>,
    /// Whether a deck is drawn from where a play can come to.
    pub(in crate::workshop::check) dealt: Vec<bool>,
}

/// Where a scene leads.
#[derive(Debug, Default)]
pub(in crate::workshop::check) struct Exits {
    /// By arrows and cards.
    pub(in crate::workshop::check) on: Vec<SceneIx>,
    /// By visits.
    pub(in crate::workshop::check) visits: Vec<SceneIx>,
    /// Whether it may go back to where it was visited from.
    pub(in crate::workshop::check) back: bool,
    decks: Vec<DeckIx>,
}

impl Exits {
    /// Everywhere it leads.
    pub(in crate::workshop::check) fn all(&self) -> impl Iterator<Item = SceneIx> {
        self.on.iter().chain(&self.visits).copied()
    }
}

impl Ways {
    pub(super) fn new(chapter: &Chapter) -> Self {
        let exits = |scene: &Scene| {
            let mut pen = Pen { chapter, exits: Exits { back: scene.back, ..Exits::default() } };
            scene.otherwise.iter().chain(&scene.then).for_each(|flow| pen.flow(flow));
            scene.menu.iter().for_each(|choice| pen.choice(*choice));
            pen.exits
        };
        let of: Vec<Exits> = chapter.scenes.iter().map(exits).collect();
        let mut ways = Self { of, reached: vec![false; chapter.scenes.len()], dealt: vec![false; chapter.decks.len()] };
        let mut open: Vec<SceneIx> = chapter.runs.iter().map(|run| run.start).chain([chapter.start]).collect();
        while let Some(scene) = open.pop() {
            if !std::mem::replace(&mut ways.reached[scene.at()], true) {
                let exits = &ways.of[scene.at()];
                open.extend(exits.all());
                exits.decks.iter().for_each(|deck| ways.dealt[deck.at()] = true);
            }
        }
        ways
    }

    /// From which scenes some way leads back to where a visit began, visits on that way left out.
    pub(in crate::workshop::check) fn returning(&self) -> Vec<bool> {
        let mut from: Vec<Vec<usize>> = vec![Vec::new(); self.of.len()];
        for (at, exits) in self.of.iter().enumerate() {
            exits.on.iter().for_each(|to| from[to.at()].push(at));
        }
        let mut returning = vec![false; self.of.len()];
        let mut open: Vec<usize> = (0..self.of.len()).filter(|at| self.of[*at].back).collect();
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut returning[at], true) {
                open.extend(&from[at]);
            }
        }
        returning
    }
}

/// Notes where one scene leads.
struct Pen<'c> {
    chapter: &'c Chapter,
    exits: Exits,
}

impl Pen<'_> {
    fn flow(&mut self, flow: &Flow) {
        for arrow in flow.iter() {
            match arrow.target {
                Target::Scene(scene) => self.exits.on.push(scene),
                Target::Back => self.exits.back = true,
                Target::Draw(deck) if self.exits.decks.contains(&deck) => {}
                Target::Draw(deck) => {
                    self.exits.decks.push(deck);
                    let chapter = self.chapter;
                    let one = &chapter.decks[deck.at()];
                    self.exits.on.extend(&one.cards);
                    self.flow(&one.none);
                }
            }
        }
    }

    fn choice(&mut self, choice: ChoiceIx) {
        let chapter = self.chapter;
        match &chapter.choice(choice).goes {
            Goes::To(flow) => self.flow(flow),
            Goes::Visit(scene) => self.exits.visits.push(*scene),
            Goes::Nested(menu, then) => {
                then.iter().for_each(|flow| self.flow(flow));
                menu.iter().for_each(|nested| self.choice(*nested));
            }
            Goes::Rejoin => {}
        }
    }
}
