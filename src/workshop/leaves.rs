//! What conditions and numbers ask of the state, whatever they make of it.

use std::collections::BTreeSet;

use crate::engine::chapter::Meaning;
use crate::engine::expr::{Cond, Expr};
use crate::engine::id::{ChoiceIx, DerivedIx, ItemIx, SceneIx, VarIx};
use crate::engine::{Chapter, State};

/// Something of the state that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leaf {
    /// A variable.
    Var(VarIx),
    /// How many of an item are carried.
    Item(ItemIx),
    /// Whether a scene was entered.
    Seen(SceneIx),
    /// How often a scene was entered.
    Visits(SceneIx),
    /// How long ago a scene was entered.
    Since(SceneIx),
    /// How often a choice was taken.
    Taken(ChoiceIx),
    /// How many choices were made.
    Turns,
}

impl Leaf {
    /// What it is in a state; a flag is 0 or 1.
    #[must_use]
    pub fn value(self, chapter: &Chapter, state: &State) -> i32 {
        match self {
            Self::Seen(ix) => i32::from(state.visits[ix.at()] > 0),
            Self::Var(ix) => Expr::Var(ix).eval(chapter, state),
            Self::Item(ix) => Expr::Count(ix).eval(chapter, state),
            Self::Visits(ix) => Expr::Visits(ix).eval(chapter, state),
            Self::Since(ix) => Expr::Since(ix).eval(chapter, state),
            Self::Taken(ix) => Expr::Taken(ix).eval(chapter, state),
            Self::Turns => Expr::Turns.eval(chapter, state),
        }
    }
}

/// Tells `see` of everything a condition asks for, through derived variables as well.
pub fn of_cond(chapter: &Chapter, cond: &Cond, see: &mut dyn FnMut(Leaf)) {
    Tour { chapter, see, seen: BTreeSet::new() }.cond(cond);
}

/// Tells `see` of everything a number asks for, through derived variables as well.
pub fn of_expr(chapter: &Chapter, expr: &Expr, see: &mut dyn FnMut(Leaf)) {
    Tour { chapter, see, seen: BTreeSet::new() }.expr(expr);
}

struct Tour<'a> {
    chapter: &'a Chapter,
    see: &'a mut dyn FnMut(Leaf),
    /// Derived variables that need not be gone through again.
    seen: BTreeSet<DerivedIx>,
}

impl Tour<'_> {
    fn cond(&mut self, cond: &Cond) {
        match cond {
            Cond::Const(_) => {}
            Cond::Flag(var) => (self.see)(Leaf::Var(*var)),
            Cond::Derived(ix) => self.derived(*ix),
            Cond::Not(of) => self.cond(of),
            Cond::All(all) | Cond::Any(all) => all.iter().for_each(|one| self.cond(one)),
            Cond::Compare(_, a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Cond::Has(item) => (self.see)(Leaf::Item(*item)),
            Cond::Seen(scene) => (self.see)(Leaf::Seen(*scene)),
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Const(_) => {}
            Expr::Var(var) => (self.see)(Leaf::Var(*var)),
            Expr::Derived(ix) => self.derived(*ix),
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Min(a, b) | Expr::Max(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::Neg(a) | Expr::Band(a, _) => self.expr(a),
            Expr::If(cond, a, b) => {
                self.cond(cond);
                self.expr(a);
                self.expr(b);
            }
            Expr::Count(item) => (self.see)(Leaf::Item(*item)),
            Expr::Visits(scene) => (self.see)(Leaf::Visits(*scene)),
            Expr::Since(scene) => (self.see)(Leaf::Since(*scene)),
            Expr::Taken(choice) => (self.see)(Leaf::Taken(*choice)),
            Expr::Turns => (self.see)(Leaf::Turns),
        }
    }

    fn derived(&mut self, ix: DerivedIx) {
        let chapter = self.chapter;
        for ix in chapter.derived[ix.at()].before.iter().chain([&ix]) {
            if self.seen.insert(*ix) {
                match &chapter.derived[ix.at()].is {
                    Meaning::Number(expr) => self.expr(expr),
                    Meaning::Flag(cond) => self.cond(cond),
                }
            }
        }
    }
}
