//! Bounds of numbers, where there are too many combinations to try.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Atom, Decision, Fact};
use crate::engine::chapter::{Chapter, Meaning};
use crate::engine::expr::{Compare, Cond, Expr};
use crate::engine::id::DerivedIx;

/// From a number to another, wide enough that arithmetic on `i32` cannot leave it.
type Span = (i64, i64);

/// Whether conditions can hold together, each or its contrary, by bounding each of them by itself.
pub(super) fn decide(all: &[(&Cond, bool)], chapter: &Chapter, facts: &[Fact]) -> Decision {
    let bounds = Bounds { chapter, facts, known: RefCell::default() };
    let mut holds = Some(true);
    for (cond, want) in all {
        match bounds.cond(cond).map(|sure| sure == *want) {
            Some(false) => return Decision::Never,
            Some(true) => {}
            None => holds = None,
        }
    }
    if holds.is_some() { Decision::Always } else { Decision::Unknown }
}

struct Bounds<'a> {
    chapter: &'a Chapter,
    facts: &'a [Fact],
    known: RefCell<BTreeMap<DerivedIx, Span>>,
}

impl Bounds<'_> {
    /// Whether a condition surely holds or surely does not.
    fn cond(&self, cond: &Cond) -> Option<bool> {
        match cond {
            Cond::Const(sure) => Some(*sure),
            Cond::Flag(ix) => nonzero(self.atom(Atom::Var(*ix))),
            Cond::Derived(ix) => nonzero(self.derived(*ix)),
            Cond::Not(cond) => self.cond(cond).map(|sure| !sure),
            Cond::All(all) => self.any(all, false),
            Cond::Any(any) => self.any(any, true),
            Cond::Compare(how, a, b) => compare(*how, self.expr(a), self.expr(b)),
            Cond::Has(ix) => nonzero(self.atom(Atom::Item(*ix))),
            Cond::Seen(ix) => nonzero(self.atom(Atom::Visits(*ix))),
        }
    }

    /// Whether one of them surely is as wanted; if none can be, the contrary.
    fn any(&self, conds: &[Cond], wanted: bool) -> Option<bool> {
        let mut sure = Some(!wanted);
        for cond in conds {
            match self.cond(cond) {
                Some(one) if one == wanted => return Some(wanted),
                Some(_) => {}
                None => sure = None,
            }
        }
        sure
    }

    fn atom(&self, atom: Atom) -> Span {
        let (low, high) = atom.bounds(self.chapter, self.facts);
        (i64::from(low), i64::from(high))
    }

    /// The bounds of a derived variable; those that it is made of are bounded first, and each once.
    fn derived(&self, ix: DerivedIx) -> Span {
        for other in &self.chapter.derived[ix.at()].before {
            self.once(*other);
        }
        self.once(ix)
    }

    fn once(&self, ix: DerivedIx) -> Span {
        if let Some(known) = self.known.borrow().get(&ix) {
            return *known;
        }
        let span = match &self.chapter.derived[ix.at()].is {
            Meaning::Number(expr) => self.expr(expr),
            Meaning::Flag(cond) => self.cond(cond).map_or((0, 1), |sure| (i64::from(sure), i64::from(sure))),
        };
        self.known.borrow_mut().insert(ix, span);
        span
    }

    fn expr(&self, expr: &Expr) -> Span {
        match expr {
            Expr::Const(n) => (i64::from(*n), i64::from(*n)),
            Expr::Var(ix) => self.atom(Atom::Var(*ix)),
            Expr::Derived(ix) => self.derived(*ix),
            Expr::Add(a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                saturated((a.0 + b.0, a.1 + b.1))
            }
            Expr::Sub(a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                saturated((a.0 - b.1, a.1 - b.0))
            }
            Expr::Mul(a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                let corners = [a.0 * b.0, a.0 * b.1, a.1 * b.0, a.1 * b.1];
                let low = corners.iter().copied().fold(i64::MAX, i64::min);
                saturated((low, corners.iter().copied().fold(i64::MIN, i64::max)))
            }
            Expr::Neg(a) => {
                let a = self.expr(a);
                saturated((-a.1, -a.0))
            }
            Expr::Min(a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                (a.0.min(b.0), a.1.min(b.1))
            }
            Expr::Max(a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                (a.0.max(b.0), a.1.max(b.1))
            }
            Expr::If(cond, a, b) => match self.cond(cond) {
                Some(true) => self.expr(a),
                Some(false) => self.expr(b),
                None => {
                    let (a, b) = (self.expr(a), self.expr(b));
                    (a.0.min(b.0), a.1.max(b.1))
                }
            },
            Expr::Band(x, marks) => {
                let x = self.expr(x);
                let reached = |n: i64| marks.iter().filter(|mark| n >= i64::from(**mark)).count() as i64;
                (reached(x.0), reached(x.1))
            }
            Expr::Count(ix) => self.atom(Atom::Item(*ix)),
            Expr::Visits(ix) => self.atom(Atom::Visits(*ix)),
            Expr::Taken(ix) => self.atom(Atom::Taken(*ix)),
            Expr::Since(ix) => self.atom(Atom::Since(*ix)),
            Expr::Turns => self.atom(Atom::Turns),
        }
    }
}

fn saturated(span: Span) -> Span {
    let within = |n: i64| n.clamp(i64::from(i32::MIN), i64::from(i32::MAX));
    (within(span.0), within(span.1))
}

const fn nonzero((low, high): Span) -> Option<bool> {
    if low > 0 || high < 0 {
        Some(true)
    } else if low == 0 && high == 0 {
        Some(false)
    } else {
        None
    }
}

fn compare(how: Compare, a: Span, b: Span) -> Option<bool> {
    match how {
        Compare::Lt if a.1 < b.0 => Some(true),
        Compare::Lt if a.0 >= b.1 => Some(false),
        Compare::Eq if a.0 == a.1 && a == b => Some(true),
        Compare::Eq if a.1 < b.0 || b.1 < a.0 => Some(false),
        Compare::Le => compare(Compare::Lt, b, a).map(|sure| !sure),
        Compare::Gt => compare(Compare::Lt, b, a),
        Compare::Ge => compare(Compare::Lt, a, b).map(|sure| !sure),
        Compare::Ne => compare(Compare::Eq, a, b).map(|sure| !sure),
        Compare::Lt | Compare::Eq => None,
    }
}
