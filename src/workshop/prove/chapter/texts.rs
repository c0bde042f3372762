//! Which alternatives of texts can be read.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::super::breed::{Wanted, breed};
use super::super::entry::Entry;
use super::super::goal::Goal;
use super::super::hunt::{Hunt, Met};
use super::super::refine::{Found, Ground};
use super::super::slots::{Slot, Slots};
use super::super::sweep::Swept;
use super::super::{Basis, Claim, Verdict};
use super::Work;
use crate::engine::expr::{Compare, Cond, Expr};
use crate::engine::text::GroupKind;
use crate::workshop::telling::{Ask, Told};

/// How many litters of plays are bred for an alternative: at first, and when nothing refutes it.
const LITTERS: u64 = 10;
const LAST_LITTERS: u64 = 400;

impl<'c> Work<'_, 'c> {
    /// Decides which alternatives can be read: what plays told is shown, and the others are looked for all at once.
    pub(super) fn texts(&mut self, mut met: Met, hints: &BTreeSet<Slot>) {
        let asks = self.telling.asks();
        let conds: Vec<Vec<Cond>> = asks.iter().map(|texts| texts.iter().map(shown_when).collect()).collect();
        // Such conditions count further than the chapter's own rules do.
        let slots = Slots::new(self.chapter, &conds.concat());
        let ground = Ground { slots: &slots, ..self.ground.with(self.ground.filled) };
        let starts = self.hunt_starts();
        let hunt = Hunt { chapter: self.chapter, telling: self.telling, starts: &starts, carries: &[] };
        let mut wanted: Vec<Wanted<'_>> = Vec::new();
        for (number, (texts, conds)) in (0..).zip(asks.iter().zip(&conds)) {
            if met.told[number as usize].is_some() {
                continue;
            }
            for ((told, forks), cond) in texts.iter().zip(conds) {
                let shuffled = forks.iter().any(|f| matches!(f, Ask::Turn(g, _) if g.kind == GroupKind::Shuffle));
                wanted.push(Wanted { number, told: *told, goal: Goal::Told(*told, number, cond), shuffled });
            }
        }
        let mut rest = self.on(&ground).decide_told(&hunt, wanted, &mut met, hints);
        for (number, one) in (0..).zip(self.telling.alternatives()) {
            let verdict = match &met.told[number as usize] {
                Some(spot) => Verdict::Proved(self.play(hunt.route(spot))),
                None => match rest.remove(&number) {
                    Some(verdict) => verdict,
                    None => continue,
                },
            };
            let (text, when, words) = (one.text.clone(), one.when.clone(), one.words.clone());
            self.claims.push((Claim::Alternative { text, number, when, words }, verdict));
        }
    }

    /// Decides alternatives that no play has told so far: those that no graph shows are refuted, to the others plays are
    /// bred. `hints` are slots that were enough to show that every play can end.
    fn decide_told(
        &self,
        hunt: &Hunt<'_>,
        wanted: Vec<Wanted<'c>>,
        met: &mut Met,
        hints: &BTreeSet<Slot>,
    ) -> BTreeMap<u32, Verdict> {
        let entries = if self.arrived.partial { self.declared.clone() } else { self.real_entries() };
        let mut refuted: Vec<(u32, String)> = Vec::new();
        let slots = self.ground.slots;
        let (mut left, mut states) = self.sweep(wanted, &entries, &mut refuted, &|one| self.about(&one.goal));
        breed(hunt, slots, &left, met, 0..LITTERS);
        left.retain(|one| met.told[one.number as usize].is_none());
        let (rest, more) = self.sweep(left, &entries, &mut refuted, &|one| &self.about(&one.goal) | hints);
        (left, states) = (rest, states + more);
        // What is enough to refute one alternative often is for others.
        let mut looked: Vec<(u32, Told)> = Vec::new();
        loop {
            let mut numbers = BTreeSet::new();
            let fresh = |one: &&Wanted<'c>| !looked.contains(&(one.number, one.told)) && numbers.insert(one.number);
            let first: Vec<Wanted<'c>> = left.iter().filter(fresh).cloned().collect();
            let (lessons, more) = self.lessons(&first, &entries);
            states += more;
            let before = left.len();
            for lesson in lessons {
                let (rest, more) = self.sweep(left, &entries, &mut refuted, &|one| &self.about(&one.goal) | &lesson);
                (left, states) = (rest, states + more);
            }
            if left.len() == before {
                break;
            }
            looked.extend(first.iter().map(|one| (one.number, one.told)));
        }
        breed(hunt, slots, &left, met, LITTERS..LAST_LITTERS);
        left.retain(|one| met.told[one.number as usize].is_none());
        let mut verdicts: BTreeMap<u32, Verdict> = BTreeMap::new();
        for (number, why) in refuted {
            match verdicts.entry(number).or_insert_with(|| Verdict::Refuted(Basis::Argument(String::new()))) {
                Verdict::Refuted(Basis::Argument(known)) if known.is_empty() => *known = why,
                Verdict::Refuted(Basis::Argument(known)) if !known.contains(&why) => *known = format!("{known}; {why}"),
                _ => {}
            }
        }
        // What is refuted of one text only is still open.
        verdicts.extend(left.iter().map(|one| (one.number, Verdict::Open { states })));
        verdicts
    }

    /// Sets of slots that are each enough to refute one of these. Answers how many nodes were looked at.
    fn lessons(&self, wanted: &[Wanted<'c>], entries: &[Entry]) -> (BTreeSet<BTreeSet<Slot>>, usize) {
        let few = self.budget.states / 8;
        let found: Vec<Found> = wanted
            .par_iter()
            .map(|one| self.ground.decide_from(self.about(&one.goal), &one.goal, entries, few))
            .collect();
        let (mut lessons, mut states) = (BTreeSet::new(), 0);
        for found in found {
            match found {
                Found::Never { tracked, states: more } => {
                    states += more;
                    lessons.insert(tracked.into_iter().collect());
                }
                Found::Open { states: more } => states += more,
                Found::Way(_) => {}
            }
        }
        (lessons, states)
    }

    /// Refutes every alternative that is not met in a graph that tracks what is `about` it, and answers the others, and how
    /// many nodes were looked at.
    fn sweep(
        &self,
        wanted: Vec<Wanted<'c>>,
        entries: &[Entry],
        refuted: &mut Vec<(u32, String)>,
        about: &(dyn Fn(&Wanted<'c>) -> BTreeSet<Slot> + Sync),
    ) -> (Vec<Wanted<'c>>, usize) {
        let mut groups: BTreeMap<BTreeSet<Slot>, Vec<Wanted<'c>>> = BTreeMap::new();
        for one in wanted {
            groups.entry(about(&one)).or_default().push(one);
        }
        let swept: Vec<(BTreeSet<Slot>, Vec<Wanted<'c>>, Swept)> = groups
            .into_par_iter()
            .map(|(tracked, members)| {
                let goals: Vec<&Goal<'c>> = members.iter().map(|one| &one.goal).collect();
                let swept = self.ground.sweep(&goals, &tracked, entries, self.budget.states);
                (tracked, members, swept)
            })
            .collect();
        let (mut left, mut states) = (Vec::new(), 0);
        for (tracked, members, swept) in swept {
            states += swept.states;
            let tracked: Vec<Slot> = tracked.into_iter().collect();
            for (one, met) in members.into_iter().zip(swept.met) {
                if met || !swept.closed {
                    left.push(one);
                } else {
                    refuted.push((one.number, self.argument(&tracked, swept.states)));
                }
            }
        }
        left.sort_by_key(|one| one.number);
        (left, states)
    }

    /// The same work on other ground.
    fn on<'g>(&'g self, ground: &'g Ground<'g>) -> Work<'g, 'g> {
        Work {
            chapter: self.chapter,
            telling: self.telling,
            ground,
            declared: self.declared.clone(),
            starts: self.starts.clone(),
            arrived: self.arrived,
            budget: self.budget,
            claims: Vec::new(),
        }
    }

    /// What an alternative is shown by.
    fn about(&self, goal: &Goal<'c>) -> BTreeSet<Slot> {
        let mut about = BTreeSet::new();
        goal.asked().iter().for_each(|one| self.ground.slots.of_test(one.cond, &mut about));
        about
    }
}

/// When an alternative is shown, apart from the order of a shuffle: the conditions around it, and how often its text was
/// told before.
fn shown_when((told, asks): &(Told, Vec<Ask<'_>>)) -> Cond {
    let round = |how: Compare, round: usize| {
        let round = i32::try_from(round).unwrap_or(i32::MAX);
        let (counted, mark) = match told {
            // A visit is counted before its text is told.
            Told::Scene(scene) => (Expr::Visits(*scene), round.saturating_add(1)),
            Told::Say(choice) | Told::Said(choice) | Told::Locked(choice) => (Expr::Taken(*choice), round),
        };
        Cond::Compare(how, Box::new(counted), Box::new(Expr::Const(mark)))
    };
    let parts = asks.iter().filter_map(|ask| match ask {
        Ask::If(cond, true) => Some((*cond).clone()),
        Ask::If(cond, false) => Some(Cond::Not(Box::new((*cond).clone()))),
        Ask::Turn(group, at) => match group.kind {
            GroupKind::Shuffle => None,
            GroupKind::Sequence | GroupKind::First if at + 1 == group.alternatives.len() => {
                Some(round(Compare::Ge, *at))
            }
            GroupKind::Sequence | GroupKind::Once | GroupKind::First => Some(round(Compare::Eq, *at)),
            GroupKind::Cycle => Some(round(Compare::Ge, *at)),
        },
    });
    Cond::All(parts.collect())
}
