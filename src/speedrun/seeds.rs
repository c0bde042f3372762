//! Where a run's seed comes from. The caller says what day it is; a random seed is drawn elsewhere.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::saves::stamp;

/// Where a seed comes from. It names the board a run stands on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Source {
    /// The category's own.
    Set,
    /// The seed of a week, as `2026-W47`.
    Weekly(String),
    /// Nobody chose it.
    Random,
    /// The runner typed it.
    Typed,
    /// Runners agreed on a phrase.
    Race(String),
}

/// What a runner may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The category's own seed.
    Set,
    /// This week's.
    Weekly,
    /// One that nobody chose.
    Random,
    /// This one.
    Typed(u64),
    /// The one a phrase stands for.
    Race(String),
}

/// Why words are no seed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSeed {
    /// Neither a number nor a word known here.
    #[error("`{0}` is no seed: a number, `set`, `weekly`, `random` or `race:PHRASE`")]
    Unknown(String),
    /// A race without a phrase.
    #[error("`race:` needs the phrase the runners agreed on")]
    NoPhrase,
    /// A phrase longer than a line.
    #[error("the phrase of a race has at most {LONGEST_PHRASE} characters")]
    LongPhrase,
}

/// The longest phrase of a race, in characters.
const LONGEST_PHRASE: usize = 80;

/// Seeds that are hashed stay below this, so that they can be read aloud.
const BELOW: u64 = 1_000_000_000;

impl std::str::FromStr for Wanted {
    type Err = NoSeed;

    fn from_str(words: &str) -> Result<Self, NoSeed> {
        match words {
            "set" => Ok(Self::Set),
            "weekly" => Ok(Self::Weekly),
            "random" => Ok(Self::Random),
            _ => match words.strip_prefix("race:").map(str::trim) {
                Some("") => Err(NoSeed::NoPhrase),
                Some(phrase) if phrase.chars().count() > LONGEST_PHRASE => Err(NoSeed::LongPhrase),
                Some(phrase) => Ok(Self::Race(phrase.to_owned())),
                None => words.parse().map(Self::Typed).map_err(|_| NoSeed::Unknown(words.to_owned())),
            },
        }
    }
}

impl Wanted {
    /// The seed, and where it comes from: `set` is the category's own, `now` is in seconds since 1970.
    #[must_use]
    pub fn seed(&self, set: u64, now: u64, random: impl FnOnce() -> u64) -> (u64, Source) {
        match self {
            Self::Typed(seed) if *seed == set => (set, Source::Set),
            Self::Typed(seed) => (*seed, Source::Typed),
            Self::Set => (set, Source::Set),
            Self::Random => (random(), Source::Random),
            Self::Weekly => {
                let (year, week) = stamp::week(now);
                let week = format!("{year}-W{week:02}");
                (hashed("weekly", &week), Source::Weekly(week))
            }
            Self::Race(phrase) => (hashed("race", phrase), Source::Race(phrase.clone())),
        }
    }
}

impl Source {
    /// Whether this source gives this seed.
    #[must_use]
    pub fn gives(&self, seed: u64, set: u64) -> bool {
        match self {
            Self::Set => seed == set,
            Self::Weekly(week) => seed == hashed("weekly", week),
            Self::Race(phrase) => seed == hashed("race", phrase),
            Self::Random | Self::Typed => true,
        }
    }

    /// The seed of a board, if all runs on it have the same.
    #[must_use]
    pub fn named(&self, seed: u64) -> Option<u64> {
        (*self != Self::Random).then_some(seed)
    }

    /// Whether two runs stand on one board: everyone's random seeds do, other seeds only with themselves.
    #[must_use]
    pub fn same_board(&self, seed: u64, other: &Self, others: u64) -> bool {
        self == other && (*self == Self::Random || seed == others)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set => f.write_str("set"),
            Self::Weekly(week) => write!(f, "week {week}"),
            Self::Random => f.write_str("random"),
            Self::Typed => f.write_str("typed"),
            Self::Race(phrase) => write!(f, "race “{phrase}”"),
        }
    }
}

/// The seed that words of a kind stand for.
fn hashed(kind: &str, words: &str) -> u64 {
    let mut hash = Sha256::new();
    hash.update(b"taiyuan seed 1\0");
    hash.update(kind.as_bytes());
    hash.update([0]);
    hash.update(words.as_bytes());
    let bytes: [u8; 32] = hash.finalize().into();
    bytes.iter().take(8).rev().fold(0, |seed, byte| seed << 8 | u64::from(*byte)) % BELOW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_and_a_phrase_are_the_same_seed_everywhere() {
        let monday = 1_795_305_600; // 2026-11-22 is a Sunday: the last day of week 47.
        let (seed, source) = Wanted::Weekly.seed(1126, monday, || 0);
        assert_eq!(source, Source::Weekly("2026-W47".to_owned()));
        assert_eq!(
            (seed, hashed("race", "room-7")),
            (Wanted::Weekly.seed(1, monday, || 0).0, hashed("race", "room-7"))
        );
        assert!(source.gives(seed, 1126) && !source.gives(seed + 1, 1126));
        let (later, _) = Wanted::Weekly.seed(1126, monday + 86_400, || 0);
        assert_ne!(seed, later, "Monday begins a week");
    }

    #[test]
    fn what_a_runner_types_is_read() {
        assert_eq!("7".parse(), Ok(Wanted::Typed(7)));
        assert_eq!("race: gate of lanterns".parse(), Ok(Wanted::Race("gate of lanterns".to_owned())));
        assert_eq!("race:".parse::<Wanted>(), Err(NoSeed::NoPhrase));
        assert_eq!("-1".parse::<Wanted>(), Err(NoSeed::Unknown("-1".to_owned())));
        assert_eq!(Wanted::Typed(1126).seed(1126, 0, || 0), (1126, Source::Set));
    }
}
