//! Conditions that nodes are asked, besides those that the chapter itself asks.

use rustc_hash::FxHashMap;

use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx};

/// A condition, and when it is asked: before and after, what it reads may be forgotten.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'c> {
    pub(crate) cond: &'c Cond,
    pub(crate) moment: Moment,
}

/// When a condition is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Moment {
    /// At any node.
    Ever,
    /// Where this scene was entered.
    Entered(SceneIx),
    /// Where this choice is in the open menu.
    Offered(ChoiceIx),
    /// As this choice is taken: its effects are done, its target is not yet entered.
    Taken(ChoiceIx),
}

impl<'c> Asked<'c> {
    /// A condition that is asked of every node.
    pub(crate) const fn ever(cond: &'c Cond) -> Self {
        Self { cond, moment: Moment::Ever }
    }
}

/// The numbers of the conditions that are asked as choices are taken.
pub(super) fn spoken(asked: &[Asked<'_>]) -> FxHashMap<ChoiceIx, Vec<usize>> {
    let mut spoken: FxHashMap<ChoiceIx, Vec<usize>> = FxHashMap::default();
    for (at, one) in asked.iter().enumerate() {
        if let Moment::Taken(choice) = one.moment {
            spoken.entry(choice).or_default().push(at);
        }
    }
    spoken
}
