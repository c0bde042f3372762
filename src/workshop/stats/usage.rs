//! Which variables are asked for and changed, and how often in the story as it is written.

use serde::Serialize;

use crate::engine::Chapter;
use crate::engine::effect::Act;
use crate::engine::expr::Expr;
use crate::workshop::leaves::{Leaf, of_cond, of_expr};
use crate::workshop::parts::{Holder, Part, parts};

/// How a variable is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// The variable's id.
    pub variable: String,
    /// In how many conditions, numbers and texts it is asked for.
    pub read: usize,
    /// How many effects change it.
    pub written: usize,
    /// Whether it comes in from outside the chapter.
    pub carried: bool,
}

/// The chapter's own variables and those that come in, the most used first. Tests do not count.
#[must_use]
pub fn usage(chapter: &Chapter) -> Vec<Usage> {
    let mut all: Vec<Usage> = chapter
        .vars
        .iter()
        .map(|var| Usage { variable: var.id.clone(), read: 0, written: 0, carried: var.shared })
        .collect();
    // A variable that is only counted up or down by an effect is not asked for by it.
    let mut counted: Option<&Expr> = None;
    parts(chapter, &mut |holder, part| {
        if matches!(holder, Holder::Test(_)) {
            return;
        }
        let mut asked = Vec::new();
        let mut see = |leaf| {
            if let Leaf::Var(ix) = leaf
                && !asked.contains(&ix)
            {
                asked.push(ix);
            }
        };
        match part {
            Part::Asks(cond) => of_cond(chapter, cond, &mut see),
            Part::Counts(expr) => of_expr(chapter, counted.take().unwrap_or(expr), &mut see),
            Part::Names(ix) => see(Leaf::Var(ix)),
            Part::Does(effect) => match &effect.act {
                Act::Set(var, _)
                | Act::Test(var, _)
                | Act::Roll(var, ..)
                | Act::Chance(var, ..)
                | Act::OneOf(var, ..) => {
                    all[var.at()].written += 1;
                    counted = match &effect.act {
                        Act::Set(_, Expr::Add(now, by) | Expr::Sub(now, by)) if **now == Expr::Var(*var) => Some(by),
                        _ => None,
                    };
                }
                Act::Give(..) | Act::Take(..) | Act::Learn(_) => counted = None,
            },
        }
        asked.iter().for_each(|ix| all[ix.at()].read += 1);
    });
    all.retain(|usage| !usage.carried || usage.read + usage.written > 0);
    all.sort_by_key(|usage| std::cmp::Reverse(usage.read + usage.written));
    all
}
