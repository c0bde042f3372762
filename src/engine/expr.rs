//! Conditions and numbers: a total language, with no loops, no recursion and no dice.

mod reading;

use super::chapter::Chapter;
use super::id::{ChoiceIx, DerivedIx, ItemIx, SceneIx, VarIx};
use super::state::State;
pub(super) use reading::Reading;

/// What `since` answers for a scene never visited.
pub const NEVER: i32 = 9999;

/// A whole number computed from the state. Arithmetic saturates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// The number itself.
    Const(i32),
    /// A variable; a flag counts 0 or 1, a word its position.
    Var(VarIx),
    /// A derived number.
    Derived(DerivedIx),
    /// `a + b`
    Add(Box<Expr>, Box<Expr>),
    /// `a - b`
    Sub(Box<Expr>, Box<Expr>),
    /// `a * b`
    Mul(Box<Expr>, Box<Expr>),
    /// `-a`
    Neg(Box<Expr>),
    /// `min(a, b)`
    Min(Box<Expr>, Box<Expr>),
    /// `max(a, b)`
    Max(Box<Expr>, Box<Expr>),
    /// `if(cond, a, b)`
    If(Box<Cond>, Box<Expr>, Box<Expr>),
    /// `band(x, marks…)`: how many marks x has reached.
    Band(Box<Expr>, Vec<i32>),
    /// `count(item)`
    Count(ItemIx),
    /// `visits(scene)`
    Visits(SceneIx),
    /// `taken(choice)`
    Taken(ChoiceIx),
    /// `since(scene)`
    Since(SceneIx),
    /// `turns()`
    Turns,
}

/// Something that holds or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cond {
    /// Always or never.
    Const(bool),
    /// A flag.
    Flag(VarIx),
    /// A derived condition.
    Derived(DerivedIx),
    /// `not a`
    Not(Box<Cond>),
    /// All of them.
    All(Vec<Cond>),
    /// Any of them.
    Any(Vec<Cond>),
    /// A comparison. Words are compared by position, with `Eq` and `Ne` only.
    Compare(Compare, Box<Expr>, Box<Expr>),
    /// `has(item)`
    Has(ItemIx),
    /// `seen(scene)`
    Seen(SceneIx),
}

/// How two numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Compare {
    /// Whether the comparison holds.
    #[must_use]
    pub const fn holds(self, a: i32, b: i32) -> bool {
        match self {
            Self::Eq => a == b,
            Self::Ne => a != b,
            Self::Lt => a < b,
            Self::Le => a <= b,
            Self::Gt => a > b,
            Self::Ge => a >= b,
        }
    }

    /// What holds when it does not.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Eq => Self::Ne,
            Self::Ne => Self::Eq,
            Self::Lt => Self::Ge,
            Self::Le => Self::Gt,
            Self::Gt => Self::Le,
            Self::Ge => Self::Lt,
        }
    }

    /// The same with its sides changed.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Eq => Self::Eq,
            Self::Ne => Self::Ne,
            Self::Lt => Self::Gt,
            Self::Le => Self::Ge,
            Self::Gt => Self::Lt,
            Self::Ge => Self::Le,
        }
    }

    /// As it is written.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }
}

impl Expr {
    /// The number in this state.
    #[must_use]
    pub fn eval(&self, chapter: &Chapter, state: &State) -> i32 {
        Reading::new(chapter, state).number(self)
    }
}

impl Cond {
    /// Something of what it compares.
    pub(super) fn near(&self) -> u8 {
        match self {
            Self::Compare(_, a, b) => u8::from(matches!(**a, Expr::Turns)) ^ u8::from(matches!(**b, Expr::Turns)),
            _ => 0,
        }
    }

    /// Whether it holds in this state.
    #[must_use]
    pub fn holds(&self, chapter: &Chapter, state: &State) -> bool {
        Reading::new(chapter, state).holds(self)
    }
}

/// Whether a condition that may be absent holds; an absent one does.
#[must_use]
pub fn holds(when: Option<&Cond>, chapter: &Chapter, state: &State) -> bool {
    when.is_none_or(|c| c.holds(chapter, state))
}
