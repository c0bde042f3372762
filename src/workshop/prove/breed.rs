//! Looks for alternatives that random plays did not tell: changes plays that came to the text a little, keeps those that
//! come nearer to what has to hold there, and changes them again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::goal::Goal;
use super::hunt::{Hunt, Met, Play, Played, Player, Spot};
use super::slots::{Slot, Slots};
use crate::engine::Chapter;
use crate::engine::chapter::{Goes, Meaning, Target};
use crate::engine::expr::{Compare, Cond};
use crate::engine::id::{ChoiceIx, DerivedIx, SceneIx};
use crate::engine::look::{Standing, menu, open_choices, standing};
use crate::engine::state::State;
use crate::workshop::telling::Told;

/// Plays bred for one alternative between two looks at what they told.
const LITTER: usize = 24;
/// Plays kept for one alternative.
const KEPT: usize = 12;
/// So many litters in a row may bring nothing nearer.
const IDLE: u32 = 150;

/// An alternative to be told.
#[derive(Clone, Debug)]
pub(crate) struct Wanted<'c> {
    /// Its number.
    pub(crate) number: u32,
    /// The text that it is in.
    pub(crate) told: Told,
    /// That it is told.
    pub(crate) goal: Goal<'c>,
    /// Whether it also takes a seed that shuffles so.
    pub(crate) shuffled: bool,
}

/// What has been bred for one of them.
struct Line<'g, 'c> {
    wanted: &'g Wanted<'c>,
    /// Choices that change what its condition reads.
    levers: BTreeSet<ChoiceIx>,
    kept: Vec<Bred>,
    idle: u32,
}

/// A play that came to the text.
#[derive(Clone)]
struct Bred {
    played: Arc<Played>,
    /// The faces that fell after each choice.
    faces: Vec<Vec<u32>>,
    /// How far from it what had to hold was.
    miss: i64,
    /// Levers that were not pulled, and after how many choices they could have been.
    offers: Vec<(usize, ChoiceIx)>,
}

/// Breeds plays until all that can be told is, or nothing comes nearer any more. Everything told on the way is noted.
/// Other `rounds` bring other plays.
pub(crate) fn breed<'c>(hunt: &Hunt<'_>, slots: &Slots<'c>, wanted: &[Wanted<'c>], met: &mut Met, rounds: Range<u64>) {
    let mut lines: Vec<Line<'_, 'c>> = wanted
        .iter()
        .map(|wanted| Line { wanted, levers: levers(slots, &wanted.goal), kept: Vec::new(), idle: 0 })
        .collect();
    for round in rounds {
        lines.retain(|line| met.told[line.wanted.number as usize].is_none() && line.idle < IDLE);
        if lines.is_empty() {
            return;
        }
        let known = &*met;
        let litters: Vec<(Vec<Bred>, Vec<Play>)> = lines.par_iter().map(|one| one.litter(hunt, known, round)).collect();
        for (one, (more, plays)) in lines.iter_mut().zip(litters) {
            one.keep(more);
            for play in plays {
                met.join(play);
            }
        }
    }
}

impl Line<'_, '_> {
    /// The next plays for it, and those of them that told something new.
    fn litter(&self, hunt: &Hunt<'_>, met: &Met, round: u64) -> (Vec<Bred>, Vec<Play>) {
        let mut bred = Vec::new();
        let mut plays = Vec::new();
        let mut take = |(one, play): (Bred, Play)| {
            let new = play.told.iter().zip(&met.told).any(|(mine, known)| mine.is_some() && known.is_none());
            if new {
                plays.push(play);
            }
            bred.push(one);
        };
        if self.kept.is_empty() {
            for spot in self.spots(hunt.chapter, met) {
                take(Child::new(self, hunt, &spot.play, None, Dice(0)).play(hunt));
            }
        }
        let mut dice = Dice(round << 32 | u64::from(self.wanted.number) | 1 << 63);
        for _ in 0..LITTER {
            let Some(parent) = self.kept.get(dice.below(self.kept.len()).min(dice.below(KEPT))) else { break };
            let child = Child::new(self, hunt, &parent.played, Some(parent), Dice(dice.next()));
            take(child.play(hunt));
        }
        (bred, plays)
    }

    /// Plays that came to where it is told.
    fn spots<'m>(&self, chapter: &Chapter, met: &'m Met) -> impl Iterator<Item = &'m Spot> {
        let (scene, choice) = match self.wanted.told {
            Told::Scene(scene) => (Some(scene), None),
            Told::Say(choice) | Told::Said(choice) | Told::Locked(choice) => {
                let scene = chapter.scenes.iter().position(|scene| scene.menu.contains(&choice));
                (scene.map(SceneIx::from), Some(choice))
            }
        };
        let scenes = scene.into_iter().flat_map(|scene| &met.came[scene.at()]);
        let locked = matches!(self.wanted.told, Told::Locked(_));
        let choices = choice.into_iter().filter_map(move |choice| {
            if locked { met.locked[choice.at()].as_ref() } else { met.open[choice.at()].as_ref() }
        });
        scenes.chain(choices)
    }

    fn keep(&mut self, more: Vec<Bred>) {
        let best = self.kept.first().map_or(i64::MAX, |k| k.miss);
        let more = more.into_iter().filter(|one| one.miss < i64::MAX);
        self.kept.splice(0..0, more);
        self.kept.sort_by_key(|one| one.miss);
        // Of those that are as near, the newer ones are kept: they are of another kind.
        self.kept.truncate(KEPT);
        let now = self.kept.first().map_or(i64::MAX, |k| k.miss);
        self.idle = if now < best { 0 } else { self.idle + 1 };
    }
}

/// A change to a play.
#[derive(Clone, Copy)]
enum Change {
    /// Another choice here: this one, or any. Whether the play goes on with what it was instead of, or after it.
    Choice { at: usize, take: Option<ChoiceIx>, instead: bool },
    /// Other luck here.
    Luck { at: usize },
}

/// A play like another.
struct Child<'a, 'c> {
    line: &'a Line<'a, 'c>,
    chapter: &'a Chapter,
    parent: &'a Played,
    /// What the play begins with.
    start: usize,
    /// The faces of the parent that are to fall again, where another seed would bring others.
    again: Option<&'a [Vec<u32>]>,
    changes: Vec<Change>,
    dice: Dice,
    seed: u64,
    /// Whether it is the parent itself.
    plain: bool,
    /// How many of the parent's choices were followed.
    at: usize,
    made: usize,
    faces: Vec<Vec<u32>>,
    miss: i64,
    offers: Vec<(usize, ChoiceIx)>,
}

/// Choices beyond the parent's after which a play is given up.
const BEYOND: usize = 80;
/// How far ahead the parent's next choice that is open is looked for.
const AHEAD: usize = 8;

impl<'a, 'c> Child<'a, 'c> {
    fn new(
        line: &'a Line<'a, 'c>,
        hunt: &Hunt<'a>,
        parent: &'a Played,
        bred: Option<&'a Bred>,
        mut dice: Dice,
    ) -> Self {
        let mut changes = Vec::new();
        let (mut seed, mut start, mut again) = (parent.seed, parent.start, None);
        if let Some(bred) = bred {
            // Something else brought from the chapters before, now and then.
            let other = dice.below(hunt.starts.len() * 8);
            if other < hunt.starts.len() {
                start = other;
            }
            if line.wanted.shuffled && dice.below(2) == 0 {
                (seed, again) = (dice.next() >> 40, Some(&*bred.faces));
            }
            let whole = parent.steps.len().max(1);
            while changes.len() < 4 && (changes.is_empty() && again.is_none() || dice.below(3) == 0) {
                changes.push(match dice.below(8) {
                    0 => Change::Luck { at: dice.below(whole) },
                    1..=4 if !bred.offers.is_empty() => {
                        let (at, choice) = bred.offers[dice.below(bred.offers.len())];
                        Change::Choice { at, take: Some(choice), instead: dice.below(2) == 0 }
                    }
                    _ => Change::Choice { at: dice.below(whole), take: None, instead: dice.below(2) == 0 },
                });
            }
        }
        let (faces, offers) = (Vec::new(), Vec::new());
        Self {
            line,
            chapter: hunt.chapter,
            parent,
            start,
            again,
            changes,
            dice,
            seed,
            plain: bred.is_none(),
            at: 0,
            made: 0,
            faces,
            miss: i64::MAX,
            offers,
        }
    }

    fn play(mut self, hunt: &Hunt<'_>) -> (Bred, Play) {
        let play = hunt.play(self.seed, self.start, &mut self);
        let steps = play.played.steps.clone();
        let played = Arc::new(Played { seed: play.played.seed, start: play.played.start, steps });
        (Bred { played, faces: self.faces, miss: self.miss, offers: self.offers }, play)
    }

    fn near(&mut self, state: &State) {
        if let Goal::Told(_, _, cond) = &self.line.wanted.goal {
            self.miss = self.miss.min(miss(cond, true, self.chapter, state));
        }
    }

    fn luck(&mut self, at: usize) -> Vec<u32> {
        let other = self.changes.iter().any(|c| matches!(c, Change::Luck { at: here } if *here == at));
        if other {
            return (0..4).map(|_| u32::try_from(self.dice.next() >> 33).unwrap_or(0) % 100).collect();
        }
        match self.again {
            Some(faces) => faces.get(at).cloned().unwrap_or_default(),
            None => self.parent.steps.get(at).map(|(_, forced)| forced.clone()).unwrap_or_default(),
        }
    }
}

impl Player for Child<'_, '_> {
    fn pick(&mut self, chapter: &Chapter, state: &State, _: &[u32]) -> Option<(ChoiceIx, Vec<u32>)> {
        if let Goal::Told(Told::Say(choice) | Told::Locked(choice), ..) = &self.line.wanted.goal
            && menu(chapter, state).contains(choice)
        {
            let shows = match &self.line.wanted.goal {
                Goal::Told(Told::Locked(_), ..) => standing(chapter, state, *choice) == Standing::Locked,
                _ => standing(chapter, state, *choice) != Standing::Hidden,
            };
            if shows {
                self.near(state);
            }
        }
        self.made += 1;
        if self.made > self.parent.steps.len() + BEYOND {
            return None;
        }
        let open: Vec<ChoiceIx> = open_choices(chapter, state).collect();
        if open.is_empty() {
            return None;
        }
        let made = self.made - 1;
        let levers = open.iter().filter(|c| self.line.levers.contains(c));
        self.offers.extend(levers.map(|c| (made, *c)));
        let at = self.at;
        let change = self.changes.iter().position(|c| matches!(c, Change::Choice { at: here, .. } if *here == at));
        if let Some(Change::Choice { take, instead, .. }) = change.map(|one| self.changes.swap_remove(one)) {
            self.at += usize::from(instead);
            let any = open[self.dice.below(open.len())];
            return Some((take.filter(|c| open.contains(c)).unwrap_or(any), Vec::new()));
        }
        let ahead = self.parent.steps.iter().skip(at).take(AHEAD).position(|(c, _)| open.contains(c));
        if let Some(skipped) = ahead {
            let at = at + skipped;
            self.at = at + 1;
            return Some((self.parent.steps[at].0, self.luck(at)));
        }
        if self.plain {
            return None;
        }
        Some((open[self.dice.below(open.len())], Vec::new()))
    }

    fn fell(&mut self, faces: &[u32]) {
        self.faces.push(faces.to_vec());
    }

    fn entered(&mut self, state: &State, scene: SceneIx) {
        if self.line.wanted.told == Told::Scene(scene) {
            self.near(state);
        }
    }

    fn chose(&mut self, state: &State, choice: ChoiceIx) {
        if self.line.wanted.told == Told::Said(choice) {
            self.near(state);
        }
    }
}

/// The choices that change what a goal asks about.
fn levers(slots: &Slots<'_>, goal: &Goal<'_>) -> BTreeSet<ChoiceIx> {
    let chapter = slots.chapter();
    let mut about: BTreeSet<Slot> = BTreeSet::new();
    goal.asked().iter().for_each(|one| slots.of_test(one.cond, &mut about));
    let leads = |goes: &Goes, scene: SceneIx| match goes {
        Goes::To(flow) => flow.iter().any(|a| matches!(a.target, Target::Scene(s) if s == scene)),
        Goes::Visit(to) => *to == scene,
        Goes::Nested(..) | Goes::Rejoin => false,
    };
    let mut levers = BTreeSet::new();
    if let Goal::Told(Told::Said(choice), ..) = goal {
        levers.insert(*choice);
    }
    for (at, choice) in chapter.choices.iter().enumerate() {
        let ix = ChoiceIx::from(at);
        let sets = choice
            .effects
            .iter()
            .any(|effect| slots.of_effect(effect, &mut BTreeSet::new()).is_some_and(|slot| about.contains(&slot)));
        let enters = (0..chapter.scenes.len()).map(SceneIx::from).any(|scene| {
            let one = chapter.scene(scene);
            let matters = about.contains(&slots.visits(scene))
                || one.enter.iter().any(|effect| {
                    slots.of_effect(effect, &mut BTreeSet::new()).is_some_and(|slot| about.contains(&slot))
                });
            matters && leads(&choice.goes, scene)
        });
        if sets || enters || about.contains(&slots.taken(ix)) {
            levers.insert(ix);
        }
    }
    levers
}

/// How far a condition is from holding, or from not holding: nothing if it does as wanted.
fn miss(cond: &Cond, wanted: bool, chapter: &Chapter, state: &State) -> i64 {
    Distance { chapter, state, derived: BTreeMap::new() }.of(cond, wanted)
}

/// Measures how far conditions are from what is wanted.
struct Distance<'a> {
    chapter: &'a Chapter,
    state: &'a State,
    /// What was measured of derived conditions.
    derived: BTreeMap<(DerivedIx, bool), i64>,
}

impl Distance<'_> {
    fn of(&mut self, cond: &Cond, wanted: bool) -> i64 {
        let (chapter, state) = (self.chapter, self.state);
        match cond {
            Cond::Not(c) => self.of(c, !wanted),
            Cond::All(all) if wanted => self.sum(all, wanted),
            Cond::Any(any) if !wanted => self.sum(any, wanted),
            Cond::All(some) | Cond::Any(some) => some.iter().map(|c| self.of(c, wanted)).min().unwrap_or(1),
            Cond::Compare(how, a, b) => {
                let apart = i64::from(a.eval(chapter, state)) - i64::from(b.eval(chapter, state));
                match if wanted { *how } else { how.opposite() } {
                    Compare::Eq => apart.abs(),
                    Compare::Ne => i64::from(apart == 0),
                    Compare::Lt => (apart + 1).max(0),
                    Compare::Le => apart.max(0),
                    Compare::Gt => (1 - apart).max(0),
                    Compare::Ge => (-apart).max(0),
                }
            }
            Cond::Derived(ix) if matches!(chapter.derived[ix.at()].is, Meaning::Flag(_)) => self.derived(*ix, wanted),
            Cond::Const(_) | Cond::Flag(_) | Cond::Derived(_) | Cond::Has(_) | Cond::Seen(_) => {
                i64::from(cond.holds(chapter, state) != wanted)
            }
        }
    }

    fn sum(&mut self, conds: &[Cond], wanted: bool) -> i64 {
        conds.iter().fold(0, |sum: i64, c| sum.saturating_add(self.of(c, wanted)))
    }

    fn derived(&mut self, ix: DerivedIx, wanted: bool) -> i64 {
        if let Some(known) = self.derived.get(&(ix, wanted)) {
            return *known;
        }
        let miss = match &self.chapter.derived[ix.at()].is {
            Meaning::Flag(cond) => self.of(cond, wanted),
            Meaning::Number(_) => 0,
        };
        self.derived.insert((ix, wanted), miss);
        miss
    }
}

/// Numbers at random.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ word >> 31
    }

    fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count.max(1)).unwrap_or(1);
        usize::try_from(self.next() % count).unwrap_or(0)
    }
}
