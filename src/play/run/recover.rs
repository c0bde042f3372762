//! Attempts of programs that died while they were played.

use crate::engine::Chapter;
use crate::play::sitting::Chapters;
use crate::saves::store::{Draft, Store};
use crate::speedrun::follow::follow;
use crate::speedrun::{Attempt, Category, History, Replay};

use super::outcome;

/// Takes runs of programs that died into the history of their categories. Their replays stay, as far as they go. Answers
/// how many there were.
pub fn recover(store: &Store, chapters: &Chapters) -> usize {
    let abandoned = store.abandoned().into_iter();
    abandoned
        .filter(|(_, bytes)| !of_another_story(chapters, bytes))
        .map(|(draft, bytes)| take_up(store, chapters, draft, &bytes))
        .sum()
}

/// Whether it is left to another story, or to another version of this one.
fn of_another_story(chapters: &Chapters, bytes: &[u8]) -> bool {
    Replay::read(bytes).is_ok_and(|replay| find(chapters, &replay).is_none())
}

/// Takes up a run that was abandoned. Answers whether that is an attempt that nobody knew of, as a number.
fn take_up(store: &Store, chapters: &Chapters, draft: Draft, bytes: &[u8]) -> usize {
    let found = Replay::read(bytes).ok().filter(|replay| !replay.leg().steps.is_empty());
    let Some((replay, category)) = found.and_then(|replay| find(chapters, &replay).map(|category| (replay, category)))
    else {
        draft.drop_it();
        return 0;
    };
    let mut history = History::of(&category, store).unwrap_or_default();
    let attempt = attempt(&category, &replay);
    // One that was won may be listed, and its file not have got its name.
    let same = |a: &&Attempt| a.finish.is_some() && (a.started, a.seed) == (attempt.started, attempt.seed);
    let known: Vec<Option<&String>> = history.attempts.iter().filter(same).map(|a| a.replay.as_ref()).collect();
    if known.iter().flatten().any(|name| store.replay(name).is_ok_and(|kept| kept == bytes)) {
        draft.drop_it();
        return 0;
    }
    let listed = known.contains(&None);
    let name = outcome::name(&category, attempt.started, attempt.seed);
    let name = if replay.end.is_some() { name } else { format!("{name}-unfinished") };
    let Ok((name, _)) = draft.keep(&name) else { return 0 };
    let attempt = Attempt { replay: Some(name), ..attempt };
    usize::from(!listed && history.add(&category, attempt, store).is_ok())
}

/// The category a replay is of, if this story has it.
fn find(chapters: &Chapters, replay: &Replay) -> Option<Category> {
    let chapter = chapters(&replay.leg().chapter)?;
    let same = |chapter: &Chapter| chapter.world.id == replay.header.story;
    Category::find([&chapter], &replay.header.category).ok().filter(|_| same(&chapter))
}

/// The attempt that a replay is of, finished or not.
fn attempt(category: &Category, replay: &Replay) -> Attempt {
    let followed = follow(category, replay).ok();
    let splits = followed.as_ref().map(|followed| followed.splits.marks().to_vec()).unwrap_or_default();
    let flags = replay.end.as_ref().map(|end| end.flags.clone()).unwrap_or_default();
    let mut attempt = Attempt::of(replay, splits, flags);
    if let (Some(finish), Some(followed)) = (&mut attempt.finish, &followed) {
        finish.figures = category.figures(&followed.state);
    }
    attempt
}
