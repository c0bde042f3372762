//! What a story is made of: scenes, choices, and words of prose with each alternative counted once.

use std::io::{self, Write};

use serde::Serialize;

use crate::engine::Chapter;
use crate::engine::text::{Inline, Text};

/// What a chapter is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// The chapter's id.
    pub chapter: String,
    /// Scenes.
    pub scenes: usize,
    /// Choices.
    pub choices: usize,
    /// Cards in decks.
    pub cards: usize,
    /// Endings.
    pub endings: usize,
    /// Choices offered only sometimes.
    pub conditional: usize,
    /// Words of scenes.
    pub scene_words: usize,
    /// Words of choices: in the menu, said after, and reasons of locks.
    pub choice_words: usize,
    /// Words of the codex, of people and of items; the same for every chapter.
    pub codex_words: usize,
}

/// Counts a chapter.
#[must_use]
pub fn count(chapter: &Chapter) -> Stats {
    let world = &chapter.world;
    let choice =
        |c: &crate::engine::chapter::Choice| words(&c.say) + words(&c.said) + c.locked.as_ref().map_or(0, words);
    let scene = |s: &crate::engine::chapter::Scene| words(&s.text) + s.title.as_ref().map_or(0, words);
    Stats {
        chapter: chapter.id.clone(),
        scenes: chapter.scenes.len(),
        choices: chapter.choices.len(),
        cards: chapter.scenes.iter().filter(|s| s.card.is_some()).count(),
        endings: chapter.endings.len(),
        conditional: chapter.choices.iter().filter(|c| c.when.is_some()).count(),
        scene_words: chapter.scenes.iter().map(scene).sum(),
        choice_words: chapter.choices.iter().map(choice).sum(),
        codex_words: world.codex.iter().map(|e| words(&e.text)).sum::<usize>()
            + world.people.iter().map(|p| words(&p.text)).sum::<usize>()
            + world.items.iter().map(|i| words(&i.text)).sum::<usize>(),
    }
}

/// Writes the counts as a table.
///
/// # Errors
/// When `out` cannot be written.
pub fn report(all: &[Stats], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:<10} {:>7} {:>8} {:>6} {:>8} {:>8}", "chapter", "scenes", "choices", "cards", "endings", "words")?;
    let mut total = 0;
    for s in all {
        let words = s.scene_words + s.choice_words;
        total += words;
        writeln!(out, "{:<10} {:>7} {:>8} {:>6} {:>8} {words:>8}", s.chapter, s.scenes, s.choices, s.cards, s.endings)?;
    }
    writeln!(out, "{:<10} {:>7} {:>8} {:>6} {:>8} {total:>8}", "all", "", "", "", "")?;
    let codex = all.first().map_or(0, |s| s.codex_words);
    writeln!(out, "and {codex} words of codex, people and things")
}

/// Words of a text, each alternative once.
fn words(text: &Text) -> usize {
    text.paragraphs.iter().map(|p| spelled(&p.inlines).split_whitespace().count()).sum()
}

fn spelled(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Plain(text) => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => out.push_str(&spelled(inner)),
            Inline::Number(_) | Inline::Word(_) | Inline::Spell(..) | Inline::Level(_) => out.push('x'),
            Inline::Group(group) => {
                for alternative in &group.alternatives {
                    out.push_str(&spelled(alternative));
                    out.push(' ');
                }
            }
            Inline::If(_, a, b) | Inline::Gentle(a, b) => {
                out.push_str(&spelled(a));
                out.push(' ');
                out.push_str(&spelled(b));
            }
        }
    }
    out
}
