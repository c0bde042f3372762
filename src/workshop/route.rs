//! The cheapest way to a goal, with its proof: every cheaper state was looked at, or a bound and the best play found.

mod aim;
mod beam;
mod climb;
mod lesson;
mod pattern;
mod play;
mod polish;
mod region;
mod relax;
pub mod report;
mod search;
mod terrain;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde::{Serialize, Serializer};

pub use aim::{Aim, Beginning, NoAim};

use super::prove::slots::{Slot, Slots};
use crate::engine::Route;
use crate::engine::chapter::Chapter;
use crate::engine::expr::Cond;
use crate::engine::id::VarIx;
use climb::Height;
use pattern::Pattern;
use play::Played;
use relax::Ladder;
use search::{Outcome, Search, Until};
use terrain::{NEVER, Price, Terrain, Toll, asked};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// How a play begins.
    pub beginning: Beginning,
    /// What holds at its end, for the first time.
    pub goal: Cond,
    /// What is to be least at the goal; the choices made if absent.
    pub least: Option<VarIx>,
    /// The seed whose luck falls; any luck, as good as can be, if absent.
    pub seed: Option<u64>,
    /// What the first relaxation keeps that is searched, by name; a good choice is made if empty.
    pub track: Vec<String>,
    /// A play to begin from, if one is known that comes to the goal with the luck of the seed.
    pub known: Option<Route>,
}

/// How far a search may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most states that are kept at a time.
    pub states: usize,
    /// How long it may take.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { states: 4_000_000, time: Duration::from_secs(60) }
    }
}

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    /// What is known of the cheapest play.
    pub verdict: Verdict,
    /// The cheapest play found. It was played again.
    #[serde(serialize_with = "written")]
    pub route: Option<Route>,
    /// What it costs.
    pub cost: Option<i64>,
    /// No play costs less; absent if no play comes to the goal.
    pub bound: Option<i64>,
    /// The best relaxation.
    pub relaxation: Relaxation,
    /// States of plays that were gone on from.
    pub closed: usize,
}

/// What is known of the cheapest play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The play found is the cheapest there is.
    Optimal,
    /// No play comes to the goal.
    Never,
    /// Only bounds are known.
    Bounds,
}

/// A chapter of which all but some things is forgotten: everything a play can do can be done in it as well. Or the chapter
/// itself, as far as plays below the bound go.
#[derive(Clone, Debug, Serialize)]
pub struct Relaxation {
    /// What is not forgotten; empty if nothing is.
    pub tracked: Vec<String>,
    /// How many states it has.
    pub states: usize,
    /// What no play costs less than, by it alone; absent if no play comes to the goal.
    pub bound: Option<i64>,
}

/// The most states of a relaxation.
const NODES: usize = 400_000;

/// What is to be tracked does not matter to any play, or is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` cannot be tracked: no play that matters reads it")]
pub struct NotTracked(pub String);

/// Finds the cheapest play.
///
/// # Errors
/// [`NotTracked`] if something is to be tracked that is not there.
pub fn find(chapter: &Chapter, asked: &Asked, limits: &Limits) -> Result<Found, NotTracked> {
    let slots = Slots::new(chapter, std::slice::from_ref(&asked.goal));
    let (entry, base, filled) = terrain::lay(&slots, &asked.beginning);
    let terrain = Terrain::new(&slots, (entry, base, &filled), &asked.goal, asked.least, asked.seed);
    let all = terrain.everything();
    let find = |name: &String| all.iter().copied().find(|slot| slots.name(*slot) == *name);
    let track = asked.track.iter().map(|name| find(name).ok_or_else(|| NotTracked(name.clone())));
    let track = track.collect::<Result<_, _>>()?;
    Ok(Hunt::new(&terrain, *limits).run(&all, &track, asked.known.as_ref()))
}

/// One search with all its parts.
struct Hunt<'s, 'c> {
    terrain: &'s Terrain<'c>,
    limits: Limits,
    began: Instant,
    best: Option<(Toll, Played)>,
    closed: usize,
    /// What came of searching ever finer relaxations.
    height: Option<Height>,
}

impl<'s, 'c> Hunt<'s, 'c> {
    fn new(terrain: &'s Terrain<'c>, limits: Limits) -> Self {
        Self { terrain, limits, began: Instant::now(), best: None, closed: 0, height: None }
    }

    /// The moment at which this part of the time is over.
    fn by(&self, hundredths: u32) -> Instant {
        self.began + self.limits.time * hundredths / 100
    }

    /// The moment at which a part that begins now has had this share of the time.
    fn share(&self, hundredths: u32) -> Instant {
        Instant::now() + self.limits.time * hundredths / 100
    }

    fn run(mut self, all: &BTreeSet<Slot>, track: &BTreeSet<Slot>, known: Option<&Route>) -> Found {
        let terrain = self.terrain;
        let machine = terrain.machine(all);
        let least = relax::least(terrain, NODES, self.by(5));
        let patterns: Vec<Rc<Pattern<'c>>> = least.into_iter().map(Rc::new).collect();
        let quick = Until { states: (self.limits.states / 16).min(50_000), time: self.by(5) };
        let mut bound = 0;
        {
            let mut search = Search::new(terrain, &machine, &patterns);
            let outcome = search.run(NEVER, quick);
            if self.learn(&mut search, &outcome, &mut bound) {
                return self.found(&patterns, bound);
            }
        }
        let mut whole = Ladder::new(patterns, NEVER);
        whole.refine(terrain, &machine, NODES.min(self.limits.states), self.by(10));
        let patterns = whole.patterns;
        let mut search = Search::new(terrain, &machine, &patterns);
        if let Some(known) = known {
            self.polish(known, self.share(10));
        }
        let (mut width, until) = (64, self.share(8));
        while Instant::now() < until && width < self.limits.states {
            let outcome = search.beam(width, self.dearest(), until);
            self.take(&mut search, &outcome);
            width *= 4;
        }
        if let Some(known) = self.best.as_ref().map(|(_, played)| played.route.clone()) {
            self.polish(&known, self.share(5));
        }
        let finest: BTreeSet<Slot> = match patterns.last() {
            Some(last) if track.is_empty() => last.tracked().iter().copied().collect(),
            _ => track.clone(),
        };
        let until = Until { states: self.limits.states, time: self.by(90) };
        let mut height = climb::climb(terrain, &machine, &patterns, &finest, self.dearest(), until);
        self.closed += height.closed;
        bound = bound.max(height.bound);
        if let Some(played) = height.play.take() {
            self.best = Some(played);
        }
        self.height = Some(height);
        if asked(bound) < asked(self.dearest()) {
            search.clear();
            let outcome = search.run(self.dearest(), Until { states: self.limits.states, time: self.by(100) });
            self.learn(&mut search, &outcome, &mut bound);
        }
        self.found(&patterns, bound)
    }

    /// Keeps a play that was found, if it is a real one.
    fn take(&mut self, search: &mut Search<'_, '_, 'c>, outcome: &Outcome) {
        self.closed += outcome.closed;
        if let Some(trail) = &outcome.trail
            && let Some(played) = search.route(trail)
        {
            self.best = Some((outcome.toll, played));
        }
    }

    /// Makes a play that is known cheaper.
    fn polish(&mut self, known: &Route, until: Instant) {
        let Some((toll, choices)) = polish::polish(self.terrain, known, until) else { return };
        let played =
            self.terrain.seed.and_then(|seed| self.terrain.played(self.terrain.line(seed, choices.into_iter())));
        if let Some(played) = played.filter(|_| toll < self.dearest()) {
            self.best = Some((toll, played));
        }
    }

    /// Takes what an exact search found. Answers whether it is decided.
    fn learn(&mut self, search: &mut Search<'_, '_, 'c>, outcome: &Outcome, bound: &mut Toll) -> bool {
        self.take(search, outcome);
        *bound = (*bound).max(outcome.bound);
        asked(*bound) >= asked(self.dearest())
    }

    /// What a play must not cost to be of any use.
    fn dearest(&self) -> Toll {
        self.best.as_ref().map_or(NEVER, |(toll, _)| *toll)
    }

    fn found(self, patterns: &[Rc<Pattern<'c>>], bound: Toll) -> Found {
        let terrain = self.terrain;
        let relaxed = patterns.iter().max_by_key(|p| p.least);
        let bound = bound.max(relaxed.map_or(0, |p| p.least));
        let shown = |toll: Toll| (toll != NEVER).then(|| i64::try_from(asked(toll)).unwrap_or(0) + self.offset());
        let verdict = match &self.best {
            Some((toll, _)) if asked(bound) >= asked(*toll) => Verdict::Optimal,
            None if bound == NEVER => Verdict::Never,
            _ => Verdict::Bounds,
        };
        let least = relaxed.map_or(0, |p| p.least);
        let higher = self.height.as_ref().filter(|height| asked(height.bound) > asked(least));
        let (tracked, states, floor) = match higher {
            Some(height) => (&height.tracked[..], height.states, height.bound),
            None => (relaxed.map_or(&[][..], |p| p.tracked()), relaxed.map_or(0, |p| p.len()), least),
        };
        Found {
            verdict,
            bound: shown(bound),
            relaxation: Relaxation {
                tracked: tracked.iter().map(|slot| terrain.slots.name(*slot)).collect(),
                states,
                bound: shown(floor),
            },
            closed: self.closed,
            cost: self.best.as_ref().map(|(_, played)| played.cost),
            route: self.best.map(|(_, played)| played.route),
        }
    }

    fn offset(&self) -> i64 {
        match self.terrain.price {
            Price::Ends(_, low) => i64::from(low),
            Price::Choices | Price::Rises(_) => 0,
        }
    }
}

fn written<S: Serializer>(route: &Option<Route>, to: S) -> Result<S::Ok, S::Error> {
    match route {
        Some(route) => to.collect_str(route),
        None => to.serialize_none(),
    }
}
