//! Whether the times of a run look like a person's. It proves nothing: it says what a judge should look at.

use std::fmt;

use super::flags::Flag;
use super::replay::Replay;

/// A gap nobody means, in milliseconds.
const BLINK: u64 = 50;

/// The furthest the clock on the wall may be from the time claimed, in milliseconds.
const SLACK: u64 = 2_000;

/// How many gaps it takes to say anything about their spread.
const ENOUGH: usize = 16;

/// Something odd about the times of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Many choices came faster than a person reads or types ahead.
    Fast {
        /// How many.
        gaps: usize,
        /// Of how many.
        of: usize,
    },
    /// The gaps are more alike than a person's.
    Regular {
        /// The least gap, in milliseconds.
        least: u64,
        /// The greatest.
        most: u64,
    },
    /// The clock on the wall says something else, and the run is not flagged for it.
    Wall {
        /// The time by that clock, in milliseconds.
        wall: u64,
        /// The time claimed.
        real: u64,
    },
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fast { gaps, of } => write!(f, "{gaps} of {of} choices came within {BLINK} ms of the one before"),
            Self::Regular { least, most } => write!(f, "every choice came {least} to {most} ms after the one before"),
            Self::Wall { wall, real } => write!(f, "{wall} ms by the clock on the wall, and {real} ms claimed"),
        }
    }
}

/// The gaps between moments, from the start on.
#[must_use]
pub fn gaps(moments: &[u64]) -> Vec<u64> {
    let before = std::iter::once(&0).chain(moments);
    moments.iter().zip(before).map(|(at, before)| at.saturating_sub(*before)).collect()
}

/// What is odd about choices made at these moments.
#[must_use]
pub fn odd(moments: &[u64]) -> Vec<Oddity> {
    let gaps = gaps(moments);
    let mut odd = Vec::new();
    let fast = gaps.iter().filter(|gap| **gap < BLINK).count();
    if fast > 2.max(gaps.len() / 10) {
        odd.push(Oddity::Fast { gaps: fast, of: gaps.len() });
    } else if gaps.len() >= ENOUGH
        && let (Some(&least), Some(&most)) = (gaps.iter().min(), gaps.iter().max())
        && (most - least) * 20 < most
    {
        odd.push(Oddity::Regular { least, most });
    }
    odd
}

/// What is odd about the times of a replay: those of its choices, and what the two clocks say of the whole.
#[must_use]
pub fn of(replay: &Replay) -> Vec<Oddity> {
    let moments: Vec<u64> = replay.leg().steps.iter().filter_map(|step| step.at).collect();
    let mut odd = odd(&moments);
    let end = replay.end.as_ref().filter(|end| !end.flags.contains(&Flag::Clock));
    odd.extend(
        end.filter(|end| end.wall.abs_diff(end.real) > SLACK)
            .map(|end| Oddity::Wall { wall: end.wall, real: end.real }),
    );
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_neither_too_fast_nor_too_regular() {
        let person: Vec<u64> = (1..40).map(|n: u64| n * 1_200 + n * n % 7 * 90).collect();
        assert_eq!(odd(&person), []);
        let machine: Vec<u64> = (1..40).map(|n| n * 500).collect();
        assert_eq!(odd(&machine), [Oddity::Regular { least: 500, most: 500 }]);
        let burst: Vec<u64> = (1..40).map(|n| n * 3).collect();
        assert_eq!(odd(&burst), [Oddity::Fast { gaps: 39, of: 39 }]);
        assert_eq!(odd(&[900, 905, 1_800, 1_804]), [], "two choices typed ahead are play");
    }
}
