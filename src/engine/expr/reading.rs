//! What numbers and conditions come to in one state. A derived variable that is made of others is computed once, however
//! often it is named.

use std::cell::RefCell;

use super::{Cond, Expr, NEVER};
use crate::engine::chapter::{Chapter, Meaning};
use crate::engine::id::{ChoiceIx, DerivedIx, ItemIx, SceneIx, VarIx};
use crate::engine::state::{State, signed};

/// A state that is asked something.
pub(in crate::engine) struct Reading<'a> {
    chapter: &'a Chapter,
    state: &'a State,
    /// What derived variables come to, as far as it was computed; empty until the first is.
    known: RefCell<Vec<Option<i32>>>,
}

impl<'a> Reading<'a> {
    pub(in crate::engine) const fn new(chapter: &'a Chapter, state: &'a State) -> Self {
        Self { chapter, state, known: RefCell::new(Vec::new()) }
    }

    pub(super) fn number(&self, expr: &Expr) -> i32 {
        let of = |e: &Expr| self.number(e);
        match expr {
            Expr::Const(n) => *n,
            Expr::Var(ix) => self.var(*ix),
            Expr::Derived(ix) => self.derived(*ix),
            Expr::Add(a, b) => of(a).saturating_add(of(b)),
            Expr::Sub(a, b) => of(a).saturating_sub(of(b)),
            Expr::Mul(a, b) => of(a).saturating_mul(of(b)),
            Expr::Neg(a) => of(a).saturating_neg(),
            Expr::Min(a, b) => of(a).min(of(b)),
            Expr::Max(a, b) => of(a).max(of(b)),
            Expr::If(c, a, b) => of(if self.holds(c) { a } else { b }),
            Expr::Band(x, marks) => {
                let x = of(x);
                marks.iter().map(|mark| i32::from(x >= *mark)).sum()
            }
            Expr::Count(ix) => self.count(*ix),
            Expr::Visits(ix) => self.visits(*ix),
            Expr::Taken(ix) => self.taken(*ix),
            Expr::Since(ix) => self.since(*ix),
            Expr::Turns => self.turns(),
        }
    }

    pub(in crate::engine) fn var(&self, ix: VarIx) -> i32 {
        self.state.vars[ix.at()]
    }

    pub(in crate::engine) fn count(&self, ix: ItemIx) -> i32 {
        self.state.items[ix.at()]
    }

    pub(in crate::engine) fn visits(&self, ix: SceneIx) -> i32 {
        signed(self.state.visits[ix.at()])
    }

    pub(in crate::engine) fn taken(&self, ix: ChoiceIx) -> i32 {
        signed(self.state.taken[ix.at()])
    }

    pub(in crate::engine) fn since(&self, ix: SceneIx) -> i32 {
        match self.state.last[ix.at()] {
            0 => NEVER,
            turn => signed(self.state.turn.saturating_sub(turn - 1)).min(NEVER),
        }
    }

    pub(in crate::engine) fn turns(&self) -> i32 {
        signed(self.state.turn)
    }

    pub(super) fn holds(&self, cond: &Cond) -> bool {
        match cond {
            Cond::Const(b) => *b,
            Cond::Flag(ix) => self.var(*ix) != 0,
            Cond::Derived(ix) => self.derived(*ix) != 0,
            Cond::Not(c) => !self.holds(c),
            Cond::All(all) => all.iter().all(|c| self.holds(c)),
            Cond::Any(any) => any.iter().any(|c| self.holds(c)),
            Cond::Compare(how, a, b) => how.holds(self.number(a), self.number(b)),
            Cond::Has(ix) => self.count(*ix) > 0,
            Cond::Seen(ix) => self.visits(*ix) > 0,
        }
    }

    pub(in crate::engine) fn derived(&self, ix: DerivedIx) -> i32 {
        let before = &self.chapter.derived[ix.at()].before;
        if before.is_empty() {
            return self.meaning(ix);
        }
        // In their order, so that a long chain goes no deeper than a short one.
        before.iter().filter(|other| !self.chapter.derived[other.at()].before.is_empty()).for_each(|other| {
            self.once(*other);
        });
        self.once(ix)
    }

    fn once(&self, ix: DerivedIx) -> i32 {
        if let Some(known) = self.known.borrow().get(ix.at()).copied().flatten() {
            return known;
        }
        let value = self.meaning(ix);
        let mut known = self.known.borrow_mut();
        known.resize(self.chapter.derived.len(), None);
        known[ix.at()] = Some(value);
        value
    }

    fn meaning(&self, ix: DerivedIx) -> i32 {
        match &self.chapter.derived[ix.at()].is {
            Meaning::Number(expr) => self.number(expr),
            Meaning::Flag(cond) => i32::from(self.holds(cond)),
        }
    }
}
