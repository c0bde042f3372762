//! What a condition asks about, and which values of that can matter to it.

use std::collections::BTreeSet;

use crate::engine::chapter::{Chapter, Meaning};
use crate::engine::expr::{Cond, Expr, NEVER};
use crate::engine::id::{ChoiceIx, DerivedIx, ItemIx, SceneIx, VarIx};

use super::Fact;

/// A part of the state that a condition can ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    /// A variable.
    Var(VarIx),
    /// How many of an item are carried.
    Item(ItemIx),
    /// How often a scene was entered.
    Visits(SceneIx),
    /// How often a choice was taken.
    Taken(ChoiceIx),
    /// Choices made since a scene was last entered.
    Since(SceneIx),
    /// Choices made.
    Turns,
}

/// How something is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention<'e> {
    /// Compared with a number: only the values around it matter.
    Mark(Atom, i32),
    /// Compared with several.
    Marks(Atom, &'e [i32]),
    /// Counted with: any value may matter.
    Whole(Atom),
    /// By its name, beside all that it stands for.
    Derived(DerivedIx),
}

/// Something asked about, with the numbers it is compared with; without them, every value matters.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) atom: Atom,
    marks: Option<Vec<i32>>,
}

/// The values to try.
#[derive(Clone, Debug)]
pub(super) enum Values {
    Span(i32, i32),
    List(Vec<i32>),
}

impl Values {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Span(low, high) => usize::try_from(i64::from(*high) - i64::from(*low) + 1).unwrap_or(0),
            Self::List(list) => list.len(),
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<i32> {
        match self {
            Self::Span(low, high) => {
                let value = i32::try_from(i64::from(*low) + i64::try_from(at).ok()?).ok()?;
                (value <= *high).then_some(value)
            }
            Self::List(list) => list.get(at).copied(),
        }
    }
}

impl Mention<'_> {
    pub(super) fn into(self, wanted: &mut Vec<Wanted>) {
        let (atom, marks) = match &self {
            Self::Mark(atom, mark) => (*atom, Some(std::slice::from_ref(mark))),
            Self::Marks(atom, marks) => (*atom, Some(*marks)),
            Self::Whole(atom) => (*atom, None),
            Self::Derived(_) => return,
        };
        let at = wanted.iter().position(|w| w.atom == atom).unwrap_or_else(|| {
            wanted.push(Wanted { atom, marks: Some(Vec::new()) });
            wanted.len() - 1
        });
        match (marks, &mut wanted[at].marks) {
            (Some(more), Some(all)) => all.extend_from_slice(more),
            (None, all) => *all = None,
            (Some(_), None) => {}
        }
    }
}

impl Atom {
    /// The least and the greatest value it can have.
    #[must_use]
    pub fn bounds(self, chapter: &Chapter, facts: &[Fact]) -> (i32, i32) {
        let (low, high) = match self {
            Self::Var(ix) => chapter.var(ix).bounds(),
            Self::Item(ix) => (0, chapter.world.item(ix).max),
            Self::Taken(ix) if !chapter.choice(ix).again => (0, 1),
            Self::Since(_) => (0, NEVER),
            Self::Visits(_) | Self::Taken(_) | Self::Turns => (0, i32::MAX),
        };
        let known = facts.iter().filter(|Fact(atom, ..)| *atom == self);
        known.fold((low, high), |(low, high), Fact(_, least, most)| (low.max(*least), high.min(*most)))
    }
}

impl Wanted {
    /// The values that can matter, or `None` if there are too many.
    pub(super) fn values(&self, chapter: &Chapter, facts: &[Fact]) -> Option<Values> {
        let (low, high) = self.atom.bounds(chapter, facts);
        if low > high {
            return Some(Values::List(Vec::new()));
        }
        let Some(marks) = &self.marks else {
            return (i64::from(high) - i64::from(low) < super::MOST as i64).then_some(Values::Span(low, high));
        };
        let mut list = vec![low, high];
        for mark in marks {
            let around = [mark.saturating_sub(1), *mark, mark.saturating_add(1)];
            list.extend(around.into_iter().filter(|n| (low..=high).contains(n)));
        }
        list.sort_unstable();
        list.dedup();
        Some(Values::List(list))
    }
}

/// Tells everything a condition asks about, derived variables by what they stand for, each once.
pub fn mentions<'e>(cond: &'e Cond, chapter: &'e Chapter, tell: &mut dyn FnMut(Mention<'e>)) {
    Teller { chapter, tell, told: BTreeSet::new() }.cond(cond);
}

/// Tells everything a number is made of.
pub fn mentions_of<'e>(expr: &'e Expr, chapter: &'e Chapter, tell: &mut dyn FnMut(Mention<'e>)) {
    Teller { chapter, tell, told: BTreeSet::new() }.expr(expr);
}

struct Teller<'t, 'e> {
    chapter: &'e Chapter,
    tell: &'t mut dyn FnMut(Mention<'e>),
    /// Derived variables that need not be told of again.
    told: BTreeSet<DerivedIx>,
}

impl<'e> Teller<'_, 'e> {
    fn cond(&mut self, cond: &'e Cond) {
        match cond {
            Cond::Const(_) => {}
            Cond::Flag(ix) => (self.tell)(Mention::Mark(Atom::Var(*ix), 0)),
            Cond::Derived(ix) => self.derived(*ix),
            Cond::Not(cond) => self.cond(cond),
            Cond::All(all) | Cond::Any(all) => all.iter().for_each(|cond| self.cond(cond)),
            Cond::Compare(_, a, b) => match (single(a), single(b), &**a, &**b) {
                (Some(atom), _, _, Expr::Const(n)) | (_, Some(atom), Expr::Const(n), _) => {
                    (self.tell)(Mention::Mark(atom, *n));
                }
                _ => {
                    self.expr(a);
                    self.expr(b);
                }
            },
            Cond::Has(ix) => (self.tell)(Mention::Mark(Atom::Item(*ix), 0)),
            Cond::Seen(ix) => (self.tell)(Mention::Mark(Atom::Visits(*ix), 0)),
        }
    }

    fn expr(&mut self, expr: &'e Expr) {
        if let Some(atom) = single(expr) {
            return (self.tell)(Mention::Whole(atom));
        }
        match expr {
            Expr::Derived(ix) => self.derived(*ix),
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Min(a, b) | Expr::Max(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::Neg(a) => self.expr(a),
            Expr::If(cond, a, b) => {
                self.cond(cond);
                self.expr(a);
                self.expr(b);
            }
            Expr::Band(x, marks) => match single(x) {
                Some(atom) => (self.tell)(Mention::Marks(atom, marks)),
                None => self.expr(x),
            },
            _ => {}
        }
    }

    fn derived(&mut self, ix: DerivedIx) {
        let chapter = self.chapter;
        for ix in chapter.derived[ix.at()].before.iter().chain([&ix]) {
            if self.told.insert(*ix) {
                (self.tell)(Mention::Derived(*ix));
                match &chapter.derived[ix.at()].is {
                    Meaning::Number(expr) => self.expr(expr),
                    Meaning::Flag(cond) => self.cond(cond),
                }
            }
        }
    }
}

const fn single(expr: &Expr) -> Option<Atom> {
    Some(match expr {
        Expr::Var(ix) => Atom::Var(*ix),
        Expr::Count(ix) => Atom::Item(*ix),
        Expr::Visits(ix) => Atom::Visits(*ix),
        Expr::Taken(ix) => Atom::Taken(*ix),
        Expr::Since(ix) => Atom::Since(*ix),
        Expr::Turns => Atom::Turns,
        _ => return None,
    })
}
