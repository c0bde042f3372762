//! Attempts of programs that died while they were played.

use crate::speedrun::follow::follow;
use crate::speedrun::{Attempt, Category, History, Replay};

use super::{Setup, outcome};

/// Takes runs of programs that died into the history. Their replays stay, as far as they go.
pub(super) fn recover(setup: &Setup) -> usize {
    let mut recovered = 0;
    for (draft, bytes) in setup.store.abandoned() {
        let Some((category, attempt)) = Replay::read(&bytes).ok().and_then(|replay| taken_up(setup, &replay)) else {
            draft.drop_it();
            continue;
        };
        let name = format!("{}-unfinished", outcome::name(&category, attempt.started, attempt.seed));
        let Ok(replay) = draft.keep(&name) else { continue };
        let attempt = Attempt { replay: Some(replay), ..attempt };
        let added = History::default().add(&category, attempt, &setup.store);
        recovered += usize::from(added.is_ok());
    }
    recovered
}

/// The attempt that a replay without an end is of; none if nothing was chosen.
fn taken_up(setup: &Setup, replay: &Replay) -> Option<(Category, Attempt)> {
    let chapter = (setup.chapters)(&replay.leg().chapter)?;
    let category = Category::find([&chapter], &replay.header.category).ok()?;
    if replay.leg().steps.is_empty() || replay.end.is_some() {
        return None;
    }
    let splits = follow(&category, replay).map(|followed| followed.splits.marks().to_vec()).unwrap_or_default();
    Some((category, Attempt::of(replay, splits, Vec::new())))
}
