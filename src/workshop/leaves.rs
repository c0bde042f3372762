//! What conditions and numbers ask of the state, whatever they make of it.

use crate::engine::chapter::Meaning;
use crate::engine::expr::{Cond, Expr};
use crate::engine::id::{ChoiceIx, ItemIx, SceneIx, VarIx};
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
    match cond {
        Cond::Const(_) => {}
        Cond::Flag(var) => see(Leaf::Var(*var)),
        Cond::Derived(ix) => of_meaning(chapter, &chapter.derived[ix.at()].is, see),
        Cond::Not(of) => of_cond(chapter, of, see),
        Cond::All(all) | Cond::Any(all) => all.iter().for_each(|one| of_cond(chapter, one, see)),
        Cond::Compare(_, a, b) => {
            of_expr(chapter, a, see);
            of_expr(chapter, b, see);
        }
        Cond::Has(item) => see(Leaf::Item(*item)),
        Cond::Seen(scene) => see(Leaf::Seen(*scene)),
    }
}

/// Tells `see` of everything a number asks for, through derived variables as well.
pub fn of_expr(chapter: &Chapter, expr: &Expr, see: &mut dyn FnMut(Leaf)) {
    match expr {
        Expr::Const(_) => {}
        Expr::Var(var) => see(Leaf::Var(*var)),
        Expr::Derived(ix) => of_meaning(chapter, &chapter.derived[ix.at()].is, see),
        Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Min(a, b) | Expr::Max(a, b) => {
            of_expr(chapter, a, see);
            of_expr(chapter, b, see);
        }
        Expr::Neg(a) | Expr::Band(a, _) => of_expr(chapter, a, see),
        Expr::If(cond, a, b) => {
            of_cond(chapter, cond, see);
            of_expr(chapter, a, see);
            of_expr(chapter, b, see);
        }
        Expr::Count(item) => see(Leaf::Item(*item)),
        Expr::Visits(scene) => see(Leaf::Visits(*scene)),
        Expr::Since(scene) => see(Leaf::Since(*scene)),
        Expr::Taken(choice) => see(Leaf::Taken(*choice)),
        Expr::Turns => see(Leaf::Turns),
    }
}

fn of_meaning(chapter: &Chapter, meaning: &Meaning, see: &mut dyn FnMut(Leaf)) {
    match meaning {
        Meaning::Number(expr) => of_expr(chapter, expr, see),
        Meaning::Flag(cond) => of_cond(chapter, cond, see),
    }
}
