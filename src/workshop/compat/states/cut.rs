//! What need not be told apart of a state to know how its save loads: what no condition of either story asks for.

use crate::engine::Chapter;
use crate::engine::chapter::Meaning;
use crate::engine::effect::Act;
use crate::engine::expr::{Cond, Expr};
use crate::engine::state::State;
use crate::workshop::parts::{Part, parts};

/// What is asked for in some chapters.
pub(super) struct Cut {
    /// Whether turns are, or counts without a limit.
    time: bool,
    /// The largest number that may be compared with a count of visits or takings.
    largest: u32,
}

impl Cut {
    pub(super) fn of<'c>(chapters: impl Iterator<Item = &'c Chapter>) -> Self {
        let mut cut = Self { time: false, largest: 0 };
        for chapter in chapters {
            parts(chapter, &mut |_, part| match part {
                Part::Asks(cond) => cut.cond(chapter, cond),
                Part::Counts(expr) => cut.expr(chapter, expr),
                // A count that lands in a variable is told apart for good.
                Part::Does(effect) => match &effect.act {
                    Act::Set(_, expr) | Act::Give(_, expr) | Act::Take(_, expr) => cut.time |= counts(chapter, expr),
                    _ => {}
                },
                Part::Names(_) => {}
            });
        }
        cut
    }

    /// Where counts are no longer told apart; nothing if there is no such number.
    pub(super) fn cap(&self) -> Option<u32> {
        (!self.time).then_some(self.largest.saturating_add(1))
    }

    /// The state without what is not told apart.
    pub(super) fn of_state(&self, state: &State) -> State {
        let mut state = state.clone();
        state.drawn.fill(0);
        if let Some(cap) = self.cap() {
            state.turn = 0;
            state.last.fill(0);
            state.visits.iter_mut().chain(&mut state.taken).for_each(|n| *n = (*n).min(cap));
        }
        state
    }

    fn cond(&mut self, chapter: &Chapter, cond: &Cond) {
        match cond {
            Cond::Const(_) | Cond::Flag(_) | Cond::Derived(_) | Cond::Has(_) | Cond::Seen(_) => {}
            Cond::Not(of) => self.cond(chapter, of),
            Cond::All(of) | Cond::Any(of) => of.iter().for_each(|cond| self.cond(chapter, cond)),
            Cond::Compare(_, a, b) => {
                self.expr(chapter, a);
                self.expr(chapter, b);
                if counts(chapter, a) || counts(chapter, b) {
                    self.largest = self.largest.max(greatest(chapter, a)).max(greatest(chapter, b));
                }
            }
        }
    }

    fn expr(&mut self, chapter: &Chapter, expr: &Expr) {
        match expr {
            Expr::Turns | Expr::Since(_) => self.time = true,
            Expr::Band(of, _) if counts(chapter, of) => self.largest = self.largest.max(greatest(chapter, expr)),
            _ => {}
        }
        inner(expr, &mut |part| match part {
            Ok(expr) => self.expr(chapter, expr),
            Err(cond) => self.cond(chapter, cond),
        });
    }
}

/// Whether a number is made of a count of visits or takings.
fn counts(chapter: &Chapter, expr: &Expr) -> bool {
    let mut found = matches!(expr, Expr::Visits(_) | Expr::Taken(_))
        || derived(chapter, expr).is_some_and(|expr| counts(chapter, expr));
    inner(expr, &mut |part| found |= part.is_ok_and(|expr| counts(chapter, expr)));
    found
}

/// The largest number in an expression.
fn greatest(chapter: &Chapter, expr: &Expr) -> u32 {
    let mut most = match expr {
        Expr::Const(n) => n.unsigned_abs(),
        Expr::Band(_, marks) => marks.iter().map(|n| n.unsigned_abs()).max().unwrap_or(0),
        _ => derived(chapter, expr).map_or(0, |expr| greatest(chapter, expr)),
    };
    inner(expr, &mut |part| most = most.max(part.map_or(0, |expr| greatest(chapter, expr))));
    most
}

/// The number a derived variable stands for.
fn derived<'c>(chapter: &'c Chapter, expr: &Expr) -> Option<&'c Expr> {
    let Expr::Derived(ix) = expr else { return None };
    match &chapter.derived[ix.at()].is {
        Meaning::Number(expr) => Some(expr),
        Meaning::Flag(_) => None,
    }
}

/// What an expression is made of.
fn inner<'e>(expr: &'e Expr, see: &mut dyn FnMut(Result<&'e Expr, &'e Cond>)) {
    match expr {
        Expr::Const(_) | Expr::Var(_) | Expr::Derived(_) | Expr::Count(_) | Expr::Visits(_) => {}
        Expr::Taken(_) | Expr::Since(_) | Expr::Turns => {}
        Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Min(a, b) | Expr::Max(a, b) => {
            see(Ok(a));
            see(Ok(b));
        }
        Expr::Neg(a) | Expr::Band(a, _) => see(Ok(a)),
        Expr::If(cond, a, b) => {
            see(Err(cond));
            see(Ok(a));
            see(Ok(b));
        }
    }
}
