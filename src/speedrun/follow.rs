//! A replay played again: what it passes and when, and where it comes to.

use crate::engine::id::{MilestoneIx, SceneIx};
use crate::engine::log::Desync;
use crate::engine::step::Stage;
use crate::engine::{Chapter, State};

use super::category::Category;
use super::clock::Times;
use super::replay::{End, Replay};
use super::splits::{Mark, Splits};

/// A replay played again to its last step.
#[derive(Clone, Debug)]
pub struct Followed {
    /// When it passed its splits.
    pub splits: Splits,
    /// The step after which the goal held first, from 1; `None` if it never did.
    pub won: Option<usize>,
    /// Where it stands.
    pub state: State,
}

/// Plays a replay again, each step held against its check value.
///
/// # Errors
/// [`Desync`] at the first step that is refused or does something else.
pub fn follow(category: &Category, replay: &Replay) -> Result<Followed, Desync> {
    let chapter = category.chapter();
    let leg = replay.leg();
    let mut passed = Passed::default();
    let mut playback = leg.playback(chapter, replay.log.seed, &mut passed)?;
    let mut splits = Splits::new(category.splits());
    let mut won = None;
    passed.note(&mut splits, Mark::default());
    while let Some(stepped) = playback.step(&mut passed) {
        stepped?;
        let number = playback.taken();
        let mark = Mark::at(times(replay, number), playback.state().turn);
        passed.note(&mut splits, mark);
        if won.is_none() && category.won(playback.state()) {
            won = Some(number);
            splits.finish(mark);
        }
    }
    Ok(Followed { splits, won, state: playback.state().clone() })
}

/// What a run that was won here claims, but for its flags and its seal.
#[must_use]
pub fn claim(category: &Category, state: &State, splits: &Splits, times: Times, wall: u64) -> End {
    End {
        ending: state.ended.map(|ix| category.chapter().endings[ix.at()].id.clone()),
        turns: state.turn,
        score: category.score(state),
        real: times.real,
        game: times.game,
        wall,
        splits: splits.marks().to_vec(),
        ..End::default()
    }
}

/// The times of a step, from 1, by its own time and the pauses before it.
#[must_use]
pub fn times(replay: &Replay, step: usize) -> Times {
    let real = step.checked_sub(1).and_then(|at| replay.leg().steps.get(at)).and_then(|s| s.at).unwrap_or(0);
    let rested: u64 = replay.pauses.iter().filter(|p| p.after < step).map(|p| p.pause.length).sum();
    Times { real, game: real.saturating_sub(rested) }
}

/// Milestones reached and not yet noted.
#[derive(Default)]
struct Passed(Vec<MilestoneIx>);

impl Passed {
    fn note(&mut self, splits: &mut Splits, mark: Mark) {
        for milestone in self.0.drain(..) {
            splits.reach(milestone, mark);
        }
    }
}

impl Stage for Passed {
    fn entered(&mut self, chapter: &Chapter, state: &State, scene: SceneIx) {
        if state.visits[scene.at()] == 1 {
            self.0.extend(chapter.scene(scene).milestone);
        }
    }
}
