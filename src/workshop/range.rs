//! Whether a condition can hold at all, from the ranges that variables declare.
//!
//! What it mentions is tried out in every combination that can matter, if there are not too many of them; otherwise
//! numbers are bounded. *Always* and *never* hold in every play; *sometimes* speaks of declared ranges only.

mod bounds;
mod mentions;

use crate::engine::chapter::Chapter;
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Cond, Expr, NEVER};
use crate::engine::state::{Cell, State};

pub use mentions::{Atom, Mention, mentions, mentions_of};

/// The most combinations that are tried.
const MOST: u64 = 100_000;
/// The turn that a trial stands in, so that any scene may be long past.
const NOW: i32 = 1_000_000;

/// When a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// In every state.
    Always,
    /// In none.
    Never,
    /// In some that the declared ranges allow.
    Sometimes,
    /// It was not found out.
    Unknown,
}

/// Something known beside the declared ranges: this is from the first number to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact(pub Atom, pub i32, pub i32);

/// Whether a condition can hold, from declared ranges alone.
#[must_use]
pub fn decide(cond: &Cond, chapter: &Chapter) -> Decision {
    Ranges::new(chapter).decide(cond, &[])
}

/// Decides conditions of one chapter.
#[derive(Clone, Debug)]
pub struct Ranges<'c> {
    chapter: &'c Chapter,
    state: State,
}

impl<'c> Ranges<'c> {
    /// Ready to decide.
    #[must_use]
    pub fn new(chapter: &'c Chapter) -> Self {
        Self { chapter, state: State::fresh(chapter, 0, &[]) }
    }

    /// Whether a condition can hold, given some facts.
    pub fn decide(&mut self, cond: &Cond, facts: &[Fact]) -> Decision {
        self.decide_all(&[(cond, true)], facts)
    }

    /// Whether conditions can hold together, each or its contrary.
    pub fn decide_all(&mut self, all: &[(&Cond, bool)], facts: &[Fact]) -> Decision {
        let chapter = self.chapter;
        let mut wanted = Vec::new();
        for (cond, _) in all {
            mentions(cond, chapter, &mut |mention| mention.into(&mut wanted));
        }
        let holds = |state: &State| all.iter().all(|(cond, want)| cond.holds(chapter, state) == *want);
        let (mut yes, mut no) = (false, false);
        let tried = self.each(&wanted, facts, |state| {
            if holds(state) {
                yes = true
            } else {
                no = true
            }
            !(yes && no)
        });
        if !tried {
            return bounds::decide(all, chapter, facts);
        }
        match (yes, no) {
            (true, true) => Decision::Sometimes,
            (true, false) => Decision::Always,
            (false, _) => Decision::Never,
        }
    }

    /// Whether an effect, whenever it is done, would leave the range of what it changes and is stopped at its edge.
    pub fn always_stopped(&mut self, effect: &Effect, facts: &[Fact]) -> bool {
        let chapter = self.chapter;
        let mut wanted = Vec::new();
        let (expr, item) = match &effect.act {
            Act::Set(_, expr) => (expr, None),
            Act::Give(item, expr) | Act::Take(item, expr) => (expr, Some(*item)),
            _ => return false,
        };
        let mut add = |mention: Mention<'_>| mention.into(&mut wanted);
        mentions_of(expr, chapter, &mut add);
        if let Some(when) = &effect.when {
            mentions(when, chapter, &mut add);
        }
        if let Some(item) = item {
            add(Mention::Whole(Atom::Item(item)));
        }
        let (mut some, mut all) = (false, true);
        let tried = self.each(&wanted, facts, |state| {
            if effect.when.as_ref().is_none_or(|when| when.holds(chapter, state)) {
                some = true;
                all = stopped(effect, expr, chapter, state);
            }
            all
        });
        tried && some && all
    }

    /// Puts every combination that can matter into the state, until the visitor has seen enough. Answers whether that
    /// could be done.
    fn each(&mut self, wanted: &[mentions::Wanted], facts: &[Fact], mut visit: impl FnMut(&State) -> bool) -> bool {
        let turns = wanted.iter().any(|w| w.atom == Atom::Turns);
        if turns && wanted.iter().any(|w| matches!(w.atom, Atom::Since(_))) {
            return false;
        }
        let mut product = 1u64;
        let mut domains = Vec::with_capacity(wanted.len());
        for one in wanted {
            let Some(values) = one.values(self.chapter, facts) else { return false };
            product = product.saturating_mul(values.len() as u64);
            if product > MOST {
                return false;
            }
            domains.push(values);
        }
        self.state.put(Cell::Turn, NOW);
        let mut odometer = vec![0usize; domains.len()];
        for (one, values) in wanted.iter().zip(&domains) {
            let Some(first) = values.get(0) else { return true };
            self.put(one.atom, first);
        }
        loop {
            if !visit(&self.state) {
                return true;
            }
            let mut wheel = 0;
            loop {
                let (Some(at), Some(values), Some(one)) =
                    (odometer.get_mut(wheel), domains.get(wheel), wanted.get(wheel))
                else {
                    return true;
                };
                *at = (*at + 1) % values.len();
                let turned = *at == 0;
                if let Some(value) = values.get(*at) {
                    self.put(one.atom, value);
                }
                if !turned {
                    break;
                }
                wheel += 1;
            }
        }
    }

    fn put(&mut self, atom: Atom, value: i32) {
        match atom {
            Atom::Var(ix) => self.state.put(Cell::Var(ix.0), value),
            Atom::Item(ix) => self.state.put(Cell::Item(ix.0), value),
            Atom::Visits(ix) => self.state.put(Cell::Visits(ix.0), value),
            Atom::Taken(ix) => self.state.put(Cell::Taken(ix.0), value),
            Atom::Since(ix) => self.state.put(Cell::Last(ix.0), if value == NEVER { 0 } else { NOW - value + 1 }),
            Atom::Turns => self.state.put(Cell::Turn, value),
        }
    }
}

/// Whether the effect would go past an edge in this state.
fn stopped(effect: &Effect, expr: &Expr, chapter: &Chapter, state: &State) -> bool {
    let value = expr.eval(chapter, state);
    match &effect.act {
        Act::Set(var, _) => {
            let (low, high) = chapter.var(*var).bounds();
            !(low..=high).contains(&value)
        }
        Act::Give(item, _) => state.items[item.at()].saturating_add(value) > chapter.world.item(*item).max,
        Act::Take(item, _) => state.items[item.at()] < value,
        _ => false,
    }
}
