//! Conditions and effects as they are written: a small language, read into trees that know where every part stands.
//!
//! Nothing is looked up here; `link` gives the names their meaning.

mod effect;
mod lexer;
mod parser;

use std::ops::Range;

pub(super) use effect::{Assign, Deed, Kind as EffectKind, effect};
pub(super) use parser::expression;

use super::fault::Fault;

/// The most characters a condition or an effect may have.
pub(super) const LONGEST: usize = 1000;
/// How deep brackets and operators may be nested.
pub(super) const DEEPEST: usize = 60;

/// A part of an expression, with its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ast<'t> {
    pub(super) node: Node<'t>,
    pub(super) span: Range<usize>,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node<'t> {
    Number(i32),
    Flag(bool),
    Name(&'t str),
    Neg(Box<Ast<'t>>),
    Not(Box<Ast<'t>>),
    Both(Binary, Box<[Ast<'t>; 2]>),
    Call(Function, Vec<Ast<'t>>),
    Ask(Question, Reference<'t>),
    Turns,
}

/// An id in brackets: `seen(yard)`, `taken(yard#ask/salt)`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reference<'t> {
    pub(super) id: &'t str,
    pub(super) span: Range<usize>,
}

/// An operator between two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    And,
    Or,
    Add,
    Sub,
    Mul,
    Compare(crate::engine::expr::Compare),
}

/// A function of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Min,
    Max,
    If,
    Band,
}

/// A question about the play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    Has,
    Count,
    Seen,
    Visits,
    Taken,
    Since,
}

/// What is wrong in a text, and where in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Misread {
    pub(super) fault: Fault,
    pub(super) span: Range<usize>,
}

impl Misread {
    pub(super) fn new(fault: Fault, span: Range<usize>) -> Box<Self> {
        Box::new(Self { fault, span })
    }
}

/// The result of reading a part.
pub(super) type Read<T> = Result<T, Box<Misread>>;

/// Every function and question, for suggestions.
pub(super) const FUNCTIONS: [&str; 11] =
    ["min", "max", "if", "band", "has", "count", "seen", "visits", "taken", "since", "turns"];
