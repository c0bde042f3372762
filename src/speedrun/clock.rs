//! The clock of a run. It is fed with what two clocks of the system say and reads neither.
//!
//! Real time runs from the key that begins a run to the key that wins it. Game time is real time without pauses. The
//! steady clock stops while a computer sleeps and cannot be set; the wall clock does not stop and can: where the two
//! part, the computer slept or a clock was set, and the run is flagged.

/// What the system's clocks say at one moment, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The clock that never goes back.
    pub steady: u64,
    /// The clock on the wall, since 1970.
    pub wall: u64,
}

/// Times since a run began, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// By the clock.
    pub real: u64,
    /// Without pauses.
    pub game: u64,
}

/// A pause that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// When it began, in milliseconds of real time.
    pub at: u64,
    /// How long it was.
    pub length: u64,
}

/// How far the two clocks may part, in milliseconds. Time servers nudge the one on the wall.
const SLACK: u64 = 2_000;

/// The clock of one run.
#[derive(Clone, Debug)]
pub struct Clock {
    began: Reading,
    /// The real time of the last reading: it never goes back.
    latest: u64,
    /// How far the wall clock was ahead at the last reading.
    ahead: i64,
    paused: Option<u64>,
    /// What pauses took, those that are over.
    rested: u64,
    jumped: bool,
}

impl Clock {
    /// A clock that starts now.
    #[must_use]
    pub const fn begin(now: Reading) -> Self {
        Self { began: now, latest: 0, ahead: 0, paused: None, rested: 0, jumped: false }
    }

    /// The times now.
    pub fn read(&mut self, now: Reading) -> Times {
        self.latest = self.latest.max(now.steady.saturating_sub(self.began.steady));
        let wall = signed(now.wall) - signed(self.began.wall);
        let ahead = wall - signed(self.latest);
        if ahead.abs_diff(self.ahead) > SLACK {
            self.jumped = true;
        }
        self.ahead = ahead;
        self.times()
    }

    /// The times at the last reading.
    #[must_use]
    pub const fn times(&self) -> Times {
        let until = match self.paused {
            Some(at) => at,
            None => self.latest,
        };
        Times { real: self.latest, game: until.saturating_sub(self.rested) }
    }

    /// Begins a pause. Game time stands still; real time does not.
    pub fn pause(&mut self, now: Reading) {
        self.read(now);
        self.paused.get_or_insert(self.latest);
    }

    /// Ends a pause, and answers it.
    pub fn resume(&mut self, now: Reading) -> Option<Pause> {
        self.read(now);
        let at = self.paused.take()?;
        let length = self.latest - at;
        self.rested += length;
        Some(Pause { at, length })
    }

    /// Whether it is paused.
    #[must_use]
    pub const fn is_paused(&self) -> bool {
        self.paused.is_some()
    }

    /// Whether the two clocks parted: the computer slept, or a clock was set.
    #[must_use]
    pub const fn jumped(&self) -> bool {
        self.jumped
    }

    /// How long the run took by the wall clock, in milliseconds.
    #[must_use]
    pub fn wall(&self) -> u64 {
        self.latest.saturating_add_signed(self.ahead)
    }
}

fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

/// A time as a runner reads it: `4:05.120`, `1:02:03.004`.
#[must_use]
pub fn written(ms: u64) -> String {
    let (hours, minutes, seconds, ms) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60, ms % 1_000);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}.{ms:03}")
    } else {
        format!("{minutes}:{seconds:02}.{ms:03}")
    }
}

/// A difference of times: `-0:03.200`, `+1:00.000`.
#[must_use]
pub fn difference(ms: i64) -> String {
    let sign = if ms < 0 { '-' } else { '+' };
    format!("{sign}{}", written(ms.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(steady: u64, wall: u64) -> Reading {
        Reading { steady: 500 + steady, wall: 1_795_000_000_000 + wall }
    }

    #[test]
    fn a_pause_stops_game_time_and_not_real_time() {
        let mut clock = Clock::begin(at(0, 0));
        clock.pause(at(1_000, 1_000));
        assert_eq!(clock.read(at(4_000, 4_000)), Times { real: 4_000, game: 1_000 });
        assert_eq!(clock.resume(at(5_000, 5_000)), Some(Pause { at: 1_000, length: 4_000 }));
        assert_eq!(clock.read(at(6_000, 6_000)), Times { real: 6_000, game: 2_000 });
        assert!(!clock.jumped());
        assert_eq!(clock.resume(at(6_000, 6_000)), None);
    }

    #[test]
    fn sleep_and_a_clock_that_was_set_are_noticed_and_a_nudge_is_not() {
        let mut clock = Clock::begin(at(0, 0));
        clock.read(at(1_000, 2_500));
        assert!(!clock.jumped(), "a second and a half is a nudge");
        clock.read(at(1_100, 60_000));
        assert!(clock.jumped(), "the lid was closed for a minute");
        let mut clock = Clock::begin(at(0, 10_000));
        clock.read(at(100, 0));
        assert!(clock.jumped(), "the clock was set back");
    }

    #[test]
    fn time_never_goes_back() {
        let mut clock = Clock::begin(at(0, 0));
        clock.read(at(900, 900));
        assert_eq!(clock.read(at(100, 901)).real, 900);
    }

    #[test]
    fn times_are_written_as_runners_read_them() {
        assert_eq!(written(245_120), "4:05.120");
        assert_eq!(written(3_723_004), "1:02:03.004");
        assert_eq!(difference(-3_200), "-0:03.200");
    }
}
