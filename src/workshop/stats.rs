//! What a story is made of: its parts and words, what one play sees of it, how many plays there are, which variables
//! carry it.

mod live;
mod plays;
mod report;
mod usage;
pub(super) mod words;

use serde::Serialize;

use super::figures::{Row, histogram};
use super::parts::{Holder, passages};
use super::walk::{Entry, Hand, Orders, walk};
use crate::engine::Chapter;
use crate::engine::chapter::{Choice, Goes};
use crate::engine::effect::Act;

pub use plays::{Plays, plays};
pub use report::report;
pub use usage::{Usage, usage};
pub use words::words;

/// How many words a reader reads in a minute.
pub const PACE: usize = 220;

/// What a chapter is made of.
#[derive(Clone, Debug, Serialize)]
pub struct Stats {
    /// The chapter's id.
    pub chapter: String,
    /// Its title.
    pub title: String,
    /// Scenes.
    pub scenes: usize,
    /// Choices, nested ones and those of shared menus among them.
    pub choices: usize,
    /// Choices offered only sometimes.
    pub conditional: usize,
    /// Cards in decks.
    pub cards: usize,
    /// Places where dice fall.
    pub dice: usize,
    /// Endings.
    pub endings: usize,
    /// Words of scenes, each alternative once.
    pub scene_words: usize,
    /// Words of choices: in the menu, said after, and reasons of locks.
    pub choice_words: usize,
    /// Words of the codex, of people and of items; the same for every chapter.
    pub codex_words: usize,
    /// Minutes to read all of the chapter's words, at [`PACE`].
    pub minutes: usize,
    /// Choices of a menu as it is written, on average, in hundredths.
    pub menu: usize,
    /// What a play sees.
    pub play: Play,
    /// How many plays there are.
    pub plays: Plays,
    /// How variables are used, the most used first.
    pub variables: Vec<Usage>,
    /// The longest texts and their words.
    pub longest: Vec<(String, usize)>,
}

/// What one play of many, at random, sees.
#[derive(Clone, Debug, Serialize)]
pub struct Play {
    /// How many plays were made.
    pub plays: usize,
    /// Words told: least, median, most.
    pub words: [usize; 3],
    /// Choices made: least, median, most.
    pub choices: [usize; 3],
    /// Minutes of the median play, at [`PACE`].
    pub minutes: usize,
    /// Choices open on a page, on average.
    pub open: f64,
    /// The power of ten of how many plays one seed has, estimated from these.
    pub ways: f64,
    /// How many plays were told so many words: from, to, how many.
    pub spread: Vec<Row>,
}

/// How much is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How many random plays are made.
    pub plays: usize,
    /// How many states are looked at, at most, to count the plays there are.
    pub states: usize,
}

/// Counts a chapter.
#[must_use]
pub fn count(chapter: &Chapter, effort: Effort) -> Stats {
    let choice = |c: &Choice| words(&c.say) + c.said.as_ref().map_or(0, words) + c.locked.as_ref().map_or(0, words);
    let scene_words = chapter.scenes.iter().map(|s| words(&s.text) + s.title.as_ref().map_or(0, words)).sum();
    let choice_words = chapter.choices.iter().map(choice).sum();
    let world = &chapter.world;
    Stats {
        chapter: chapter.id.clone(),
        title: chapter.title.clone(),
        scenes: chapter.scenes.len(),
        choices: chapter.choices.len(),
        conditional: chapter.choices.iter().filter(|c| c.when.is_some()).count(),
        cards: chapter.scenes.iter().filter(|s| s.card.is_some()).count(),
        dice: dice(chapter),
        endings: chapter.endings.len(),
        scene_words,
        choice_words,
        codex_words: world.codex.iter().map(|e| words(&e.text)).sum::<usize>()
            + world.people.iter().map(|p| words(&p.text)).sum::<usize>()
            + world.items.iter().map(|i| words(&i.text)).sum::<usize>(),
        minutes: (scene_words + choice_words).div_ceil(PACE),
        menu: menu(chapter),
        play: play(chapter, effort.plays),
        plays: plays(chapter, effort.states),
        variables: usage(chapter),
        longest: longest(chapter),
    }
}

fn play(chapter: &Chapter, plays: usize) -> Play {
    let (start, entry, hand) = (chapter.start, Entry::Record, Hand::Uniform);
    let walked = walk(chapter, &Orders { start, given: Vec::new(), entry, plays, seed: 1, hand });
    Play {
        plays,
        words: walked.words,
        choices: walked.lengths,
        minutes: walked.words[1].div_ceil(PACE),
        open: walked.open,
        ways: walked.ways,
        spread: histogram(&walked.told, 8),
    }
}

/// Effects that throw dice.
fn dice(chapter: &Chapter) -> usize {
    let effects = chapter.scenes.iter().flat_map(|s| &s.enter).chain(chapter.choices.iter().flat_map(|c| &c.effects));
    effects.filter(|effect| matches!(effect.act, Act::Roll(..) | Act::Chance(..) | Act::OneOf(..))).count()
}

/// Choices of a menu, in hundredths: those of scenes and nested ones, where there are any.
fn menu(chapter: &Chapter) -> usize {
    let nested = chapter.choices.iter().filter_map(|choice| match &choice.goes {
        Goes::Nested(menu, _) => Some(menu.len()),
        Goes::To(_) | Goes::Visit(_) | Goes::Rejoin => None,
    });
    let menus: Vec<usize> = chapter.scenes.iter().map(|s| s.menu.len()).chain(nested).filter(|n| *n > 0).collect();
    menus.iter().sum::<usize>() * 100 / menus.len().max(1)
}

fn longest(chapter: &Chapter) -> Vec<(String, usize)> {
    const MOST: usize = 6;
    let read = |holder| matches!(holder, Holder::Scene(_) | Holder::Choice(_));
    let passages = passages(chapter).into_iter().filter(|passage| read(passage.holder));
    let mut all: Vec<(String, usize)> = passages.map(|p| (p.to_string(), words(p.text))).collect();
    all.sort_by_key(|(_, words)| std::cmp::Reverse(*words));
    all.truncate(MOST);
    all
}
