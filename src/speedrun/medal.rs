//! How near a run came to the best that is known to be possible.
//!
//! A medal counts what the category is ranked by; where that is time, which no search can bound, the choices made.

use crate::engine::chapter::{Ceiling, Rank};
use crate::engine::id::VarIx;

use super::category::Category;
use super::history::Finish;

/// A medal. The last is not spoken of until it is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Medal {
    /// At most half as much again as the best known.
    Bronze,
    /// At most a quarter more.
    Silver,
    /// At most a tenth more.
    Gold,
    /// No more than the best known.
    Red,
}

impl Medal {
    /// Every medal, the easiest first.
    pub const ALL: [Self; 4] = [Self::Bronze, Self::Silver, Self::Gold, Self::Red];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bronze => "bronze",
            Self::Silver => "silver",
            Self::Gold => "gold",
            Self::Red => "red",
        }
    }

    /// What it is given for at most, where this is the best known.
    #[must_use]
    pub fn most(self, best: i32) -> i32 {
        let percent = match self {
            Self::Bronze => 150,
            Self::Silver => 125,
            Self::Gold => 110,
            Self::Red => 100,
        };
        i32::try_from(i64::from(best) * percent / 100).unwrap_or(i32::MAX)
    }

    /// The best that a figure earns.
    #[must_use]
    pub fn of(figure: i32, best: i32) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|medal| figure <= medal.most(best))
    }

    /// The one after it, if that is spoken of.
    #[must_use]
    pub fn next(earned: Option<Self>) -> Option<Self> {
        Self::ALL.into_iter().find(|medal| Some(*medal) > earned && *medal != Self::Red)
    }
}

/// What the medals of a category count; choices if absent.
#[must_use]
pub fn counted(category: &Category) -> Option<VarIx> {
    match category.run().rank {
        Rank::Least(var) => Some(var),
        Rank::Time | Rank::Turns => None,
    }
}

/// What a finished run has of what medals count.
#[must_use]
pub fn figure(category: &Category, finish: &Finish) -> Option<i32> {
    match counted(category) {
        Some(_) => finish.score,
        None => i32::try_from(finish.turns).ok(),
    }
}

/// What is known for a seed: its own row, or that of the best luck. What is proved of that holds for every seed.
#[must_use]
pub fn ceiling(category: &Category, seed: Option<u64>, least: Option<VarIx>) -> Option<Ceiling> {
    let rows = || category.run().ceilings.iter().filter(|row| row.least == least);
    let own = seed.and_then(|seed| rows().find(|row| row.seed == Some(seed)));
    let lucky = rows().find(|row| row.seed.is_none());
    match (own, lucky) {
        (Some(own), Some(lucky)) if lucky.proved > own.proved => {
            Some(Ceiling { proved: lucky.proved, tracked: lucky.tracked.clone(), ..own.clone() })
        }
        (own, lucky) => own.or(lucky).cloned(),
    }
}

/// The medal of a finished run on a board.
#[must_use]
pub fn earned(category: &Category, seed: Option<u64>, finish: &Finish) -> Option<Medal> {
    let best = ceiling(category, seed, counted(category))?.found?;
    Medal::of(figure(category, finish)?, best)
}

#[cfg(test)]
mod tests {
    use super::Medal;

    #[test]
    fn a_medal_is_a_share_of_the_best_known() {
        let earned = |figure| Medal::of(figure, 40);
        assert_eq!(earned(61), None);
        assert_eq!(earned(60), Some(Medal::Bronze));
        assert_eq!((earned(51), earned(50)), (Some(Medal::Bronze), Some(Medal::Silver)));
        assert_eq!((earned(45), earned(44), earned(41)), (Some(Medal::Silver), Some(Medal::Gold), Some(Medal::Gold)));
        assert_eq!((earned(40), earned(39)), (Some(Medal::Red), Some(Medal::Red)));
        assert_eq!(Medal::of(0, 0), Some(Medal::Red), "nothing is the least of all");
    }

    #[test]
    fn the_last_is_not_spoken_of() {
        assert_eq!(Medal::next(None), Some(Medal::Bronze));
        assert_eq!(Medal::next(Some(Medal::Silver)), Some(Medal::Gold));
        assert_eq!((Medal::next(Some(Medal::Gold)), Medal::next(Some(Medal::Red))), (None, None));
    }
}
