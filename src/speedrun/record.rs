//! Makes a replay of choices that a program found. It is flagged as made.

use crate::engine::Log;
use crate::engine::dice::Keyed;
use crate::engine::log::{Desync, Leg, Taken};
use crate::engine::step::{begin, find, step};

use super::category::Category;
use super::flags::Flag;
use super::follow::{claim, follow, times};
use super::replay::{self, End, Header, Pen, Replay, figures};
use super::seeds::Source;

/// Why choices make no run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRun {
    /// A choice was refused.
    #[error(transparent)]
    Refused(#[from] Desync),
    /// They end before the goal.
    #[error("they end before the goal is reached")]
    NoGoal,
    /// It cannot be written.
    #[error(transparent)]
    Fault(#[from] replay::Fault),
}

/// A replay of choices with their times in milliseconds, up to the one that wins.
///
/// # Errors
/// [`NoRun`] if a choice is refused, or none wins.
pub fn made(
    category: &Category,
    (seed, source): (u64, Source),
    started: u64,
    choices: impl IntoIterator<Item = (String, u64)>,
) -> Result<Replay, NoRun> {
    let (chapter, run) = (category.chapter(), category.run());
    let mut leg = Leg::new(chapter, run.start, &run.given);
    let mut state = begin(chapter, run.start, seed, &run.given, &mut Keyed, &mut ());
    let root = leg.root(chapter, &state);
    let log = Log { seed, legs: vec![leg.clone()] };
    let mut pen = Pen::begin(Header::of(category, source, started), log);
    pen.then(figures::all(chapter, &state))?;
    for (number, (key, at)) in (1..).zip(choices) {
        let refused = |refusal| Desync::Refused { step: number, refusal };
        let choice = find(chapter, &state, &key).map_err(refused)?;
        let before = state.clone();
        let delta = step(chapter, &mut state, choice).map_err(refused)?;
        leg.push(root, Taken { chapter, key: &key, delta: &delta, after: &state, forced: &[], at: Some(at) });
        if let Some(step) = leg.steps.last() {
            pen.step(step)?;
            pen.then(figures::changed(chapter, &before, &state))?;
        }
        if category.won(&state) {
            let times = times(pen.replay(), number);
            let splits = follow(category, pen.replay())?.splits;
            let claim = claim(category, &state, &splits, times, times.real);
            pen.end(End { flags: vec![Flag::Made], ..claim })?;
            return Ok(pen.replay().clone());
        }
    }
    Err(NoRun::NoGoal)
}
