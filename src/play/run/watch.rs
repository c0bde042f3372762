//! A replay watched: its own clock, at any speed.

/// The speeds a replay is watched at, in per cent.
const SPEEDS: [u64; 8] = [25, 50, 100, 200, 400, 800, 1_600, 6_400];

/// The clock of a replay that is watched.
#[derive(Clone, Debug)]
pub struct Watch {
    /// How far it is, in milliseconds of the replay.
    at: u64,
    speed: usize,
    /// Whether it goes on by itself.
    pub playing: bool,
    /// The steady clock at the last reading.
    read: Option<u64>,
}

impl Watch {
    pub(super) const fn new() -> Self {
        Self { at: 0, speed: 2, playing: true, read: None }
    }

    /// How far it is.
    #[must_use]
    pub const fn at(&self) -> u64 {
        self.at
    }

    /// The speed, in per cent.
    #[must_use]
    pub const fn speed(&self) -> u64 {
        SPEEDS[self.speed]
    }

    /// Another speed: faster or slower.
    pub fn change_speed(&mut self, faster: bool) {
        self.speed = if faster { (self.speed + 1).min(SPEEDS.len() - 1) } else { self.speed.saturating_sub(1) };
    }

    /// Goes on to where it is now by the steady clock.
    pub(super) fn read(&mut self, steady: u64) {
        let passed = steady.saturating_sub(self.read.unwrap_or(steady));
        self.read = Some(steady);
        if self.playing {
            self.at += passed * self.speed() / 100;
        }
    }

    /// Stands at a moment.
    pub(super) const fn stand(&mut self, at: u64) {
        self.at = at;
    }
}
