//! Effects: what entering a scene or taking a choice does.

use super::expr::{Cond, Expr};
use super::id::{CodexIx, ItemIx, SiteIx, VarIx};

/// One effect, done only if its condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// When it is done; always, if absent.
    pub when: Option<Cond>,
    /// What is done.
    pub act: Act,
}

/// What an effect does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Sets a variable to a number, a flag (0 or 1) or a word (its position). Stops at the edge of its range.
    Set(VarIx, Expr),
    /// Sets a flag to whether a condition holds.
    Test(VarIx, Cond),
    /// Throws a die from the first number to the second into a variable.
    Roll(VarIx, i32, i32, SiteIx),
    /// Sets a flag with this many chances in a hundred.
    Chance(VarIx, u32, SiteIx),
    /// Sets a word variable to one of these positions, each as likely.
    OneOf(VarIx, Vec<i32>, SiteIx),
    /// Adds to an item, up to its most.
    Give(ItemIx, Expr),
    /// Takes of an item, down to none.
    Take(ItemIx, Expr),
    /// Opens a codex entry.
    Learn(CodexIx),
}

/// What an effect comes to in one state: its numbers are worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Set(VarIx, i32),
    Roll(VarIx, i32, i32, SiteIx),
    Chance(VarIx, u32, SiteIx),
    OneOf(VarIx, Vec<i32>, SiteIx),
    Give(ItemIx, i32),
    Take(ItemIx, i32),
    Learn(CodexIx),
}
