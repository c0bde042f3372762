//! Numbers and conditions over what is known of each slot.

use super::slots::{Slot, Slots};
use super::span::{Span, Tri};
use crate::engine::chapter::Meaning;
use crate::engine::expr::{Cond, Expr, NEVER};

/// What is known of every slot.
pub(crate) trait Known {
    /// What the slots stand for.
    fn slots(&self) -> &Slots<'_>;
    /// What is known of one of them.
    fn get(&self, slot: Slot) -> Span;
}

/// What is known of a number.
pub(crate) fn number(expr: &Expr, known: &dyn Known) -> Span {
    let of = |e: &Expr| number(e, known);
    let slots = known.slots();
    match expr {
        Expr::Const(n) => Span::only(*n),
        Expr::Var(ix) => known.get(slots.var(*ix)),
        Expr::Derived(ix) => match &slots.chapter().derived[ix.at()].is {
            Meaning::Number(e) => of(e),
            Meaning::Flag(c) => test(c, known).number(),
        },
        Expr::Add(a, b) => of(a).add(of(b)),
        Expr::Sub(a, b) => of(a).sub(of(b)),
        Expr::Mul(a, b) => of(a).mul(of(b)),
        Expr::Neg(a) => of(a).neg(),
        Expr::Min(a, b) => of(a).min(of(b)),
        Expr::Max(a, b) => of(a).max(of(b)),
        Expr::If(c, a, b) => match test(c, known) {
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

/// What is known of a condition.
pub(crate) fn test(cond: &Cond, known: &dyn Known) -> Tri {
    let slots = known.slots();
    match cond {
        Cond::Const(b) => Tri::from(*b),
        Cond::Flag(ix) => known.get(slots.var(*ix)).truth(),
        Cond::Derived(ix) => match &slots.chapter().derived[ix.at()].is {
            Meaning::Number(e) => number(e, known).truth(),
            Meaning::Flag(c) => test(c, known),
        },
        Cond::Not(c) => test(c, known).not(),
        Cond::All(all) => all.iter().fold(Tri::Yes, |so_far, c| match so_far {
            Tri::No => Tri::No,
            _ => so_far.and(test(c, known)),
        }),
        Cond::Any(any) => any.iter().fold(Tri::No, |so_far, c| match so_far {
            Tri::Yes => Tri::Yes,
            _ => so_far.or(test(c, known)),
        }),
        Cond::Compare(how, a, b) => number(a, known).compare(*how, number(b, known)),
        Cond::Has(ix) => known.get(slots.item(*ix)).truth(),
        Cond::Seen(ix) => known.get(slots.visits(*ix)).truth(),
    }
}
