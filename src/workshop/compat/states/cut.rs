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
            let numbers = Numbers::new(chapter);
            parts(chapter, &mut |_, part| match part {
                Part::Asks(cond) => cut.cond(&numbers, cond),
                Part::Counts(expr) => cut.expr(&numbers, expr),
                // A count that lands in a variable is told apart for good.
                Part::Does(effect) => match &effect.act {
                    Act::Set(_, expr) | Act::Give(_, expr) | Act::Take(_, expr) => {
                        cut.time |= numbers.made(expr).counts;
                    }
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

    fn cond(&mut self, numbers: &Numbers, cond: &Cond) {
        match cond {
            Cond::Const(_) | Cond::Flag(_) | Cond::Derived(_) | Cond::Has(_) | Cond::Seen(_) => {}
            Cond::Not(of) => self.cond(numbers, of),
            Cond::All(of) | Cond::Any(of) => of.iter().for_each(|cond| self.cond(numbers, cond)),
            Cond::Compare(_, a, b) => {
                self.expr(numbers, a);
                self.expr(numbers, b);
                let (a, b) = (numbers.made(a), numbers.made(b));
                if a.counts || b.counts {
                    self.largest = self.largest.max(a.greatest).max(b.greatest);
                }
            }
        }
    }

    fn expr(&mut self, numbers: &Numbers, expr: &Expr) {
        match expr {
            Expr::Turns | Expr::Since(_) => self.time = true,
            Expr::Band(..) => {
                let made = numbers.made(expr);
                if made.counts {
                    self.largest = self.largest.max(made.greatest);
                }
            }
            _ => {}
        }
        inner(expr, &mut |part| match part {
            Ok(expr) => self.expr(numbers, expr),
            Err(cond) => self.cond(numbers, cond),
        });
    }
}

/// What the numbers of a chapter are made of.
struct Numbers {
    /// Of each derived variable.
    derived: Vec<Made>,
}

/// What a number is made of.
#[derive(Clone, Copy, Default)]
struct Made {
    /// Whether a count of visits or takings is in it.
    counts: bool,
    /// The largest number in it.
    greatest: u32,
}

impl Numbers {
    fn new(chapter: &Chapter) -> Self {
        let mut numbers = Self { derived: vec![Made::default(); chapter.derived.len()] };
        let mut done = vec![false; chapter.derived.len()];
        for at in 0..chapter.derived.len() {
            for ix in chapter.derived[at].before.iter().map(|ix| ix.at()).chain([at]) {
                if let (false, Meaning::Number(expr)) = (done[ix], &chapter.derived[ix].is) {
                    numbers.derived[ix] = numbers.made(expr);
                }
                done[ix] = true;
            }
        }
        numbers
    }

    fn made(&self, expr: &Expr) -> Made {
        let mut made = match expr {
            Expr::Const(n) => Made { counts: false, greatest: n.unsigned_abs() },
            Expr::Band(_, marks) => {
                Made { counts: false, greatest: marks.iter().map(|n| n.unsigned_abs()).max().unwrap_or(0) }
            }
            Expr::Visits(_) | Expr::Taken(_) => Made { counts: true, greatest: 0 },
            Expr::Derived(ix) => self.derived[ix.at()],
            _ => Made::default(),
        };
        inner(expr, &mut |part| {
            let part = part.map_or_else(|_| Made::default(), |expr| self.made(expr));
            made.counts |= part.counts;
            made.greatest = made.greatest.max(part.greatest);
        });
        made
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
