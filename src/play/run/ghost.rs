//! The personal best, choice by choice: what it had chosen by now, and when.

use crate::engine::look::words;
use crate::engine::render::{Reader, render_line};
use crate::engine::step::find;
use crate::saves::Store;
use crate::speedrun::{Board, Category, Replay};

/// A run to be compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ghost {
    steps: Vec<Step>,
}

/// A choice of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When, in milliseconds of real time.
    pub at: u64,
    /// The words of the menu.
    pub words: String,
}

impl Ghost {
    /// The ghost of a board's personal best; empty if there is none, or its replay is gone.
    #[must_use]
    pub fn of(category: &Category, board: &Board, store: &Store) -> Self {
        let name = board.best().and_then(|best| best.replay.as_deref());
        let replay = name.and_then(|name| store.replay(name).ok()).and_then(|bytes| Replay::read(&bytes).ok());
        replay.map_or_else(Self::default, |replay| Self::in_replay(category, &replay))
    }

    /// The ghost of a replay, as far as it does what it did.
    #[must_use]
    pub fn in_replay(category: &Category, replay: &Replay) -> Self {
        let chapter = category.chapter();
        let mut ghost = Self::default();
        let Ok(mut playback) = replay.leg().playback(chapter, replay.log.seed, &mut ()) else { return ghost };
        for step in &replay.leg().steps {
            let before = playback.state();
            let Ok(choice) = find(chapter, before, &step.choice) else { break };
            let taken = before.taken[choice.at()];
            let say = render_line(&chapter.choice(choice).say, taken, chapter, before, Reader::default());
            if playback.step(&mut ()).is_none_or(|stepped| stepped.is_err()) {
                break;
            }
            ghost.steps.push(Step { at: step.at.unwrap_or(0), words: words(&say) });
        }
        ghost
    }

    /// What it chose at a turn, from 1.
    #[must_use]
    pub fn at(&self, turn: usize) -> Option<&Step> {
        self.steps.get(turn.checked_sub(1)?)
    }
}
