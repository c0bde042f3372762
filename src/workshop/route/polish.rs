//! Plays made cheaper a little at a time: one is changed somewhere, played on as before as far as that goes, and kept if it
//! still comes to the goal and costs no more. Fast, and never sure.

use std::time::Instant;

use rayon::prelude::*;

use super::terrain::{NEVER, Price, Terrain, Toll, UNIT, asked};
use crate::engine::dice::Keyed;
use crate::engine::id::ChoiceIx;
use crate::engine::look::open_choices;
use crate::engine::step::{begin, step};
use crate::engine::{Route, State};
use crate::workshop::lots::Lots;

/// How many of the choices that were to come may be left out to go on with one that is open.
const AHEAD: usize = 6;

/// A play with no choice of the old one open ends after so many choices of its own.
const LOST: usize = 40;

/// Changes in a row that were no better; then it is begun again from the best.
const PATIENCE: usize = 3_000;

/// A play: its choices, the states before each of them and after the last, and what it costs.
#[derive(Clone)]
struct Line {
    choices: Vec<ChoiceIx>,
    states: Vec<State>,
    toll: Toll,
}

/// One who changes plays.
struct Polisher<'t, 'c> {
    terrain: &'t Terrain<'c>,
    lots: Lots,
}

/// The cheapest play found until then from one that comes to the goal with the luck of the seed. Both cores look.
pub(crate) fn polish(terrain: &Terrain<'_>, known: &Route, until: Instant) -> Option<(Toll, Vec<ChoiceIx>)> {
    let seed = terrain.seed?;
    let found = (0..2_u64).into_par_iter().filter_map(|hand| {
        let mut polisher = Polisher { terrain, lots: Lots::of(seed ^ hand) };
        let first = polisher.known(known, seed)?;
        Some(polisher.run(first, until))
    });
    found.min_by_key(|line| line.toll).map(|line| (line.toll, line.choices))
}

impl Polisher<'_, '_> {
    /// The play that is known.
    fn known(&mut self, route: &Route, seed: u64) -> Option<Line> {
        let chapter = self.terrain.chapter();
        let entry = &self.terrain.entry;
        let given: Vec<_> = entry.exactly().collect();
        let mut state = begin(chapter, entry.scene, seed, &given, &mut Keyed, &mut ());
        let mut line = Line { choices: Vec::new(), states: vec![state.clone()], toll: NEVER };
        for leap in &route.steps {
            let open = open_choices(chapter, &state).find(|c| chapter.choice(*c).key() == leap.choice)?;
            step(chapter, &mut state, open).ok()?;
            line.choices.push(open);
            line.states.push(state.clone());
            if self.terrain.goal.holds(chapter, &state) {
                line.toll = self.toll(&state, line.choices.len());
                return Some(line);
            }
        }
        None
    }

    fn toll(&self, state: &State, choices: usize) -> Toll {
        let choices = choices as Toll;
        match self.terrain.price {
            Price::Choices => choices * UNIT,
            Price::Rises(slot) => u64::try_from(self.terrain.slots.value(state, slot)).unwrap_or(0) * UNIT + choices,
            Price::Ends(slot, low) => {
                let over = i64::from(self.terrain.slots.value(state, slot)) - i64::from(low);
                u64::try_from(over).unwrap_or(0) * UNIT + choices
            }
        }
    }

    fn run(&mut self, first: Line, until: Instant) -> Line {
        let mut best = first.clone();
        let mut line = first;
        let mut stale = 0;
        while Instant::now() < until {
            // Now and then one that costs one more is gone on from.
            let slack = if self.lots.below(50) == 0 { UNIT } else { 0 };
            let Some(next) = self.changed(&line, (line.toll + slack).min(best.toll + UNIT)) else {
                stale += 1;
                continue;
            };
            line = next;
            stale += 1;
            if line.toll < best.toll {
                best = line.clone();
                stale = 0;
            } else if stale > PATIENCE {
                line = best.clone();
                stale = 0;
            }
        }
        best
    }

    /// The play changed somewhere, if it comes to the goal for no more than this.
    fn changed(&mut self, line: &Line, most: Toll) -> Option<Line> {
        let chapter = self.terrain.chapter();
        let from = self.lots.below(line.choices.len());
        let mut state = line.states[from].clone();
        let mut rest = line.choices[from..].to_vec();
        let mut new = Vec::new();
        match self.lots.below(4) {
            // Some are left out.
            0 => drop(rest.drain(..(1 + self.lots.below(3)).min(rest.len()))),
            // One is put in, or stands for another.
            way @ 1..3 => {
                if way == 1 {
                    rest.remove(0);
                }
                let open: Vec<ChoiceIx> = open_choices(chapter, &state).collect();
                new.extend(self.lots.pick(&open));
            }
            // One comes at another time.
            _ => {
                let at = self.lots.below(rest.len());
                let moved = rest.remove(at);
                let to = self.lots.below(rest.len() + 1);
                rest.insert(to, moved);
            }
        }
        new.extend(rest);
        let mut next =
            Line { choices: line.choices[..from].to_vec(), states: line.states[..=from].to_vec(), toll: NEVER };
        let mut at = 0;
        let mut own = 0;
        while self.least(&state, next.choices.len()) <= most {
            let open: Vec<ChoiceIx> = open_choices(chapter, &state).collect();
            let ahead = new[at..].iter().take(AHEAD).position(|choice| open.contains(choice));
            let choice = match ahead {
                Some(ahead) => {
                    at += ahead + 1;
                    new[at - 1]
                }
                None => {
                    own += 1;
                    self.lots.pick(&open).filter(|_| own < LOST)?
                }
            };
            step(chapter, &mut state, choice).ok()?;
            next.choices.push(choice);
            next.states.push(state.clone());
            if self.terrain.goal.holds(chapter, &state) {
                next.toll = self.toll(&state, next.choices.len());
                let same = next.toll == line.toll && next.choices == line.choices;
                return (next.toll <= most && !same).then_some(next);
            }
        }
        None
    }

    /// What a play through this state costs at least.
    fn least(&self, state: &State, choices: usize) -> Toll {
        match self.terrain.price {
            Price::Choices | Price::Rises(_) => asked(self.toll(state, choices)) * UNIT,
            Price::Ends(..) => 0,
        }
    }
}
