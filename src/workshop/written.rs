//! Conditions, numbers and effects as the writer would write them: words by name, no bracket that is not needed.
//!
//! What is written here reads back as what it was.

use super::leaves::{self, Leaf};
use crate::engine::chapter::{Arrow, Meaning, Target, VarKind};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Compare, Cond, Expr};
use crate::engine::id::VarIx;
use crate::engine::{Chapter, State};

/// How strongly an operator binds; what binds weaker than its surroundings needs brackets.
const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARE: u8 = 4;
const SUM: u8 = 5;
const PRODUCT: u8 = 6;
const MINUS: u8 = 7;

/// A condition: `grain >= 5 and has(seal)`.
#[must_use]
pub fn cond(chapter: &Chapter, cond: &Cond) -> String {
    Pen { chapter }.cond(cond, 0)
}

/// A number: `min(grain, 5) * 2`.
#[must_use]
pub fn number(chapter: &Chapter, expr: &Expr) -> String {
    Pen { chapter }.expr(expr, 0)
}

/// An effect: `grain -= 5 if day > 3`.
#[must_use]
pub fn effect(chapter: &Chapter, effect: &Effect) -> String {
    let pen = Pen { chapter };
    let act = pen.act(&effect.act);
    match &effect.when {
        Some(when) => format!("{act} if {}", pen.cond(when, 0)),
        None => act,
    }
}

/// Where an arrow leads: a scene's id, `draw DECK` or `back`.
#[must_use]
pub fn target(chapter: &Chapter, arrow: &Arrow) -> String {
    match arrow.target {
        Target::Scene(scene) => chapter.scene(scene).id.to_string(),
        Target::Draw(deck) => format!("draw {}", chapter.decks[deck.at()].id),
        Target::Back => "back".to_owned(),
    }
}

/// What a condition asks for, with the values it has: `grain 3, ration half`.
#[must_use]
pub fn values(chapter: &Chapter, state: &State, cond: &Cond) -> String {
    let mut leaves = Vec::new();
    leaves::of_cond(chapter, cond, &mut |leaf| {
        if !leaves.contains(&leaf) {
            leaves.push(leaf);
        }
    });
    let pen = Pen { chapter };
    let value = |leaf: &Leaf| {
        let value = leaf.value(chapter, state);
        match leaf {
            Leaf::Var(ix) => format!("{} {}", pen.var(*ix), chapter.var(*ix).written(value)),
            Leaf::Seen(ix) => format!("{} {}", pen.cond(&Cond::Seen(*ix), 0), value != 0),
            Leaf::Item(ix) => format!("{} {value}", pen.expr(&Expr::Count(*ix), 0)),
            Leaf::Visits(ix) => format!("{} {value}", pen.expr(&Expr::Visits(*ix), 0)),
            Leaf::Since(ix) => format!("{} {value}", pen.expr(&Expr::Since(*ix), 0)),
            Leaf::Taken(ix) => format!("{} {value}", pen.expr(&Expr::Taken(*ix), 0)),
            Leaf::Turns => format!("{} {value}", pen.expr(&Expr::Turns, 0)),
        }
    };
    leaves.iter().map(value).collect::<Vec<_>>().join(", ")
}

struct Pen<'c> {
    chapter: &'c Chapter,
}

impl Pen<'_> {
    fn cond(&self, cond: &Cond, within: u8) -> String {
        let list = |parts: &[Cond], power: u8, word: &str, nothing: &str| match parts {
            [] => nothing.to_owned(),
            [one] => self.cond(one, within),
            many => {
                let many: Vec<String> = many.iter().map(|part| self.cond(part, power + 1)).collect();
                bracketed(many.join(word), power, within)
            }
        };
        match cond {
            Cond::Const(holds) => holds.to_string(),
            Cond::Flag(var) => self.var(*var).to_owned(),
            Cond::Derived(ix) => self.chapter.derived[ix.at()].id.clone(),
            Cond::Not(of) => bracketed(format!("not {}", self.cond(of, NOT)), NOT, within),
            Cond::All(parts) => list(parts, AND, " and ", "true"),
            Cond::Any(parts) => list(parts, OR, " or ", "false"),
            Cond::Compare(how, a, b) => bracketed(self.compare(*how, a, b), COMPARE, within),
            Cond::Has(item) => format!("has({})", self.chapter.world.item(*item).id),
            Cond::Seen(scene) => format!("seen({})", self.chapter.scene(*scene).id),
        }
    }

    fn compare(&self, how: Compare, a: &Expr, b: &Expr) -> String {
        let equal = matches!(how, Compare::Eq | Compare::Ne);
        let flags = self.is_flag(a) || self.is_flag(b) || equal && is_counted(a) && is_counted(b);
        let side = |expr: &Expr| match expr {
            Expr::If(cond, ..) if flags => self.cond(cond, SUM),
            other => self.expr(other, SUM),
        };
        let right = match (a, b) {
            (Expr::Var(var), Expr::Const(at)) if self.is_word(*var) => self.chapter.var(*var).written(*at),
            _ => side(b),
        };
        format!("{} {} {right}", side(a), how.sign())
    }

    fn expr(&self, expr: &Expr, within: u8) -> String {
        let both = |a: &Expr, sign: &str, b: &Expr, power: u8| {
            bracketed(format!("{} {sign} {}", self.expr(a, power), self.expr(b, power + 1)), power, within)
        };
        let scene = |ix: &crate::engine::id::SceneIx| &self.chapter.scene(*ix).id;
        match expr {
            Expr::Const(n) => n.to_string(),
            Expr::Var(var) => self.var(*var).to_owned(),
            Expr::Derived(ix) => self.chapter.derived[ix.at()].id.clone(),
            Expr::Add(a, b) => both(a, "+", b, SUM),
            Expr::Sub(a, b) => both(a, "-", b, SUM),
            Expr::Mul(a, b) => both(a, "*", b, PRODUCT),
            Expr::Neg(a) => format!("-{}", self.expr(a, MINUS)),
            Expr::Min(a, b) => format!("min({}, {})", self.expr(a, 0), self.expr(b, 0)),
            Expr::Max(a, b) => format!("max({}, {})", self.expr(a, 0), self.expr(b, 0)),
            Expr::If(c, a, b) => format!("if({}, {}, {})", self.cond(c, 0), self.expr(a, 0), self.expr(b, 0)),
            Expr::Band(x, marks) => {
                let marks: Vec<String> = marks.iter().map(i32::to_string).collect();
                format!("band({}, {})", self.expr(x, 0), marks.join(", "))
            }
            Expr::Count(item) => format!("count({})", self.chapter.world.item(*item).id),
            Expr::Visits(ix) => format!("visits({})", scene(ix)),
            Expr::Taken(ix) => format!("taken({})", self.chapter.choice(*ix).path),
            Expr::Since(ix) => format!("since({})", scene(ix)),
            Expr::Turns => "turns()".to_owned(),
        }
    }

    fn act(&self, act: &Act) -> String {
        let item = |ix: &crate::engine::id::ItemIx| &self.chapter.world.item(*ix).id;
        let many = |expr: &Expr| match expr {
            Expr::Const(1) => String::new(),
            other => format!(", {}", self.expr(other, 0)),
        };
        match act {
            Act::Set(var, expr) => self.set(*var, expr),
            Act::Test(var, cond) => format!("{} = {}", self.var(*var), self.cond(cond, 0)),
            Act::Roll(var, low, high, _) => format!("{} = roll({low}..{high})", self.var(*var)),
            Act::Chance(var, percent, _) => format!("{} = chance({percent})", self.var(*var)),
            Act::OneOf(var, options, _) => {
                let words: Vec<String> = options.iter().map(|at| self.chapter.var(*var).written(*at)).collect();
                format!("{} = one_of({})", self.var(*var), words.join(", "))
            }
            Act::Give(ix, n) => format!("give({}{})", item(ix), many(n)),
            Act::Take(ix, n) => format!("take({}{})", item(ix), many(n)),
            Act::Learn(ix) => format!("learn({})", self.chapter.world.entry(*ix).id),
        }
    }

    fn set(&self, var: VarIx, expr: &Expr) -> String {
        let id = self.var(var);
        let number = matches!(self.chapter.var(var).kind, VarKind::Int(..));
        match expr {
            Expr::Add(now, by) if **now == Expr::Var(var) => format!("{id} += {}", self.expr(by, 0)),
            Expr::Sub(now, by) if **now == Expr::Var(var) => format!("{id} -= {}", self.expr(by, 0)),
            Expr::Const(value) if !number => format!("{id} = {}", self.chapter.var(var).written(*value)),
            other => format!("{id} = {}", self.expr(other, 0)),
        }
    }

    fn var(&self, ix: VarIx) -> &str {
        &self.chapter.var(ix).id
    }

    fn is_word(&self, ix: VarIx) -> bool {
        matches!(self.chapter.var(ix).kind, VarKind::Word(_))
    }

    /// Whether an expression is a flag that is counted: two flags are compared by it.
    fn is_flag(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Var(ix) => self.chapter.var(*ix).kind == VarKind::Flag,
            Expr::Derived(ix) => matches!(self.chapter.derived[ix.at()].is, Meaning::Flag(_)),
            _ => false,
        }
    }
}

/// Whether a number is a condition that is counted, as those of two flags that are compared.
fn is_counted(expr: &Expr) -> bool {
    matches!(expr, Expr::If(_, yes, no) if **yes == Expr::Const(1) && **no == Expr::Const(0))
}

fn bracketed(text: String, power: u8, within: u8) -> String {
    if power < within { format!("({text})") } else { text }
}
