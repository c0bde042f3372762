//! Numbers and conditions over what is known of each slot.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::slots::{Slot, Slots};
use super::span::{Span, Tri};
use crate::engine::chapter::Meaning;
use crate::engine::expr::{Cond, Expr, NEVER};
use crate::engine::id::DerivedIx;

/// What is known of every slot.
pub(crate) trait Known {
    /// What the slots stand for.
    fn slots(&self) -> &Slots<'_>;
    /// What is known of one of them.
    fn get(&self, slot: Slot) -> Span;
}

/// What is known of a number.
pub(crate) fn number(expr: &Expr, known: &dyn Known) -> Span {
    Reading::new(known).number(expr)
}

/// What is known of a condition.
pub(crate) fn test(cond: &Cond, known: &dyn Known) -> Tri {
    Reading::new(known).test(cond)
}

struct Reading<'k> {
    known: &'k dyn Known,
    /// What is known of derived variables that are made of others, as far as it was computed.
    derived: RefCell<BTreeMap<DerivedIx, Span>>,
}

impl<'k> Reading<'k> {
    const fn new(known: &'k dyn Known) -> Self {
        Self { known, derived: RefCell::new(BTreeMap::new()) }
    }

    fn number(&self, expr: &Expr) -> Span {
        let of = |e: &Expr| self.number(e);
        let (known, slots) = (self.known, self.known.slots());
        match expr {
            Expr::Const(n) => Span::only(*n),
            Expr::Var(ix) => known.get(slots.var(*ix)),
            Expr::Derived(ix) => self.derived(*ix),
            Expr::Add(a, b) => of(a).add(of(b)),
            Expr::Sub(a, b) => of(a).sub(of(b)),
            Expr::Mul(a, b) => of(a).mul(of(b)),
            Expr::Neg(a) => of(a).neg(),
            Expr::Min(a, b) => of(a).min(of(b)),
            Expr::Max(a, b) => of(a).max(of(b)),
            Expr::If(c, a, b) => match self.test(c) {
                Tri::Yes => of(a),
                Tri::No => of(b),
                Tri::Either => of(a).hull(of(b)),
            },
            Expr::Band(x, marks) => of(x).band(marks),
            Expr::Count(ix) => known.get(slots.item(*ix)),
            Expr::Visits(ix) => known.get(slots.visits(*ix)),
            Expr::Taken(ix) => known.get(slots.taken(*ix)),
            Expr::Since(ix) => known.get(slots.age(*ix)).min(Span::only(NEVER)),
            Expr::Turns => known.get(slots.turn()),
        }
    }

    fn test(&self, cond: &Cond) -> Tri {
        let (known, slots) = (self.known, self.known.slots());
        match cond {
            Cond::Const(b) => Tri::from(*b),
            Cond::Flag(ix) => known.get(slots.var(*ix)).truth(),
            Cond::Derived(ix) => self.derived(*ix).truth(),
            Cond::Not(c) => self.test(c).not(),
            Cond::All(all) => all.iter().fold(Tri::Yes, |so_far, c| match so_far {
                Tri::No => Tri::No,
                _ => so_far.and(self.test(c)),
            }),
            Cond::Any(any) => any.iter().fold(Tri::No, |so_far, c| match so_far {
                Tri::Yes => Tri::Yes,
                _ => so_far.or(self.test(c)),
            }),
            Cond::Compare(how, a, b) => self.number(a).compare(*how, self.number(b)),
            Cond::Has(ix) => known.get(slots.item(*ix)).truth(),
            Cond::Seen(ix) => known.get(slots.visits(*ix)).truth(),
        }
    }

    fn derived(&self, ix: DerivedIx) -> Span {
        let derived = &self.known.slots().chapter().derived;
        let before = &derived[ix.at()].before;
        if before.is_empty() {
            return self.meaning(ix);
        }
        before.iter().filter(|other| !derived[other.at()].before.is_empty()).for_each(|other| {
            self.once(*other);
        });
        self.once(ix)
    }

    fn once(&self, ix: DerivedIx) -> Span {
        if let Some(span) = self.derived.borrow().get(&ix) {
            return *span;
        }
        let span = self.meaning(ix);
        self.derived.borrow_mut().insert(ix, span);
        span
    }

    fn meaning(&self, ix: DerivedIx) -> Span {
        match &self.known.slots().chapter().derived[ix.at()].is {
            Meaning::Number(e) => self.number(e),
            Meaning::Flag(c) => self.test(c).number(),
        }
    }
}
