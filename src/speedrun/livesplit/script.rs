//! What is said to a timer, whichever language it speaks.

use super::Note;

/// Something a timer can be told to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Count game time only as it is told, and show it.
    GameTimeOnly,
    /// Show a value beside the splits.
    Variable(&'static str, String),
    /// Give up the attempt, if one runs.
    Reset,
    /// Start.
    Start,
    /// Game time is this, in milliseconds.
    GameTime(u64),
    /// Pass a split.
    Split,
    /// Pass over a split.
    Skip,
}

/// Where the timer is, as far as it has been told.
#[derive(Debug, Default)]
pub(super) struct Script {
    head: Vec<Command>,
    /// Whether whoever is there now was told the head.
    introduced: bool,
    running: bool,
    next: usize,
    said: u64,
}

impl Script {
    /// What is said at something that happens.
    pub(super) fn commands(&mut self, note: Note, there: bool) -> Vec<Command> {
        match note {
            Note::Ready { seed, rules } => {
                self.head = vec![
                    Command::GameTimeOnly,
                    Command::Variable("Seed", seed.to_string()),
                    Command::Variable("Story", rules),
                ];
                self.introduce(there)
            }
            Note::Begin => {
                let mut commands = if self.introduced { Vec::new() } else { self.introduce(there) };
                self.running = true;
                (self.next, self.said) = (0, 0);
                commands.extend([Command::Reset, Command::Start, Command::GameTime(0)]);
                commands
            }
            Note::Split { split, game } => {
                let skipped = split.saturating_sub(self.next);
                self.next = split + 1;
                self.said = game;
                let mut commands = vec![Command::GameTime(game)];
                commands.extend(std::iter::repeat_n(Command::Skip, skipped));
                commands.push(Command::Split);
                commands
            }
            Note::Reset { seed } => {
                if let Some(Command::Variable(_, value)) = self.head.get_mut(1) {
                    *value = seed.to_string();
                }
                self.running = false;
                self.introduced = false;
                vec![Command::Reset]
            }
            Note::Leave => {
                self.running = false;
                vec![Command::Reset]
            }
        }
    }

    /// What is said when nothing happens: how late it is, if that is news.
    pub(super) fn beat(&mut self, game: u64) -> Vec<Command> {
        if !self.running || game == self.said {
            return Vec::new();
        }
        self.said = game;
        vec![Command::GameTime(game)]
    }

    fn introduce(&mut self, there: bool) -> Vec<Command> {
        self.introduced = there;
        self.head.clone()
    }
}
