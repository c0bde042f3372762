//! Texts made ready to be read very often: how many words a reader is told, and which alternatives are shown.

mod asks;
mod scribe;

use serde::Serialize;

use super::parts::Holder;
use crate::engine::Chapter;
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx, VarIx};
use crate::engine::render::position;
use crate::engine::state::State;
use crate::engine::text::Group;
use scribe::Scribe;

pub use asks::{Ask, Told};
pub use scribe::beginning;

/// An alternative of a text: words that are shown only sometimes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// The text: a scene's id or a choice's path, with `.title`, `.said` or `.locked` behind it.
    pub text: String,
    /// When it is shown, in short: `if grain < 8`, `else`, `cycle 2 of 3`.
    pub when: String,
    /// How its words begin.
    pub words: String,
}

/// Every text of a chapter that is read on the way.
pub struct Telling<'c> {
    chapter: &'c Chapter,
    scenes: Vec<[Draft<'c>; 2]>,
    choices: Vec<[Draft<'c>; 3]>,
    alternatives: Vec<Alternative>,
}

/// A text made ready.
#[derive(Default)]
struct Draft<'c> {
    paragraphs: Vec<Vec<Bit<'c>>>,
    forks: bool,
}

enum Bit<'c> {
    /// Words as written: how many, and whether the first and the last touch what is around them.
    Words { count: u32, opens: bool, closes: bool },
    /// The word for a variable's range.
    Level(VarIx),
    /// A group with alternatives.
    Turns(&'c Group, Vec<Branch<'c>>),
    /// One thing or the other.
    If(&'c Cond, [Branch<'c>; 2]),
}

/// One way a fork can go, and the number of the alternative if it has words.
type Branch<'c> = (Option<u32>, Vec<Bit<'c>>);

impl<'c> Telling<'c> {
    /// Makes the texts of a chapter ready.
    #[must_use]
    pub fn new(chapter: &'c Chapter) -> Self {
        let mut scribe = Scribe::new(chapter);
        let none = Draft::default;
        let scenes = chapter.scenes.iter().map(|scene| {
            let holder = Holder::Scene(&scene.id);
            [
                scribe.draft(holder, "", &scene.text),
                scene.title.as_ref().map_or_else(none, |title| scribe.draft(holder, ".title", title)),
            ]
        });
        let scenes = scenes.collect();
        let choices = chapter.choices.iter().map(|choice| {
            let holder = Holder::Choice(&choice.path);
            [
                scribe.draft(holder, "", &choice.say),
                choice.said.as_ref().map_or_else(none, |text| scribe.draft(holder, ".said", text)),
                choice.locked.as_ref().map_or_else(none, |text| scribe.draft(holder, ".locked", text)),
            ]
        });
        let choices = choices.collect();
        Self { chapter, scenes, choices, alternatives: scribe.alternatives }
    }

    /// The alternatives, by number.
    #[must_use]
    pub fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// Reads a scene that was just entered: how many words, `note` hearing the alternatives shown.
    pub fn scene(&self, state: &State, scene: SceneIx, note: &mut dyn FnMut(u32)) -> u32 {
        let round = state.visits[scene.at()].saturating_sub(1);
        let [text, title] = &self.scenes[scene.at()];
        let mut eye = Eye::new(self.chapter, state, round, note);
        if title.forks {
            eye.draft(title);
        }
        eye.words = 0;
        eye.draft(text);
        eye.words
    }

    /// Reads what a choice said.
    pub fn said(&self, state: &State, choice: ChoiceIx, note: &mut dyn FnMut(u32)) -> u32 {
        self.choice(1, state, choice, note)
    }

    /// Reads the words of a choice in the menu.
    pub fn say(&self, state: &State, choice: ChoiceIx, note: &mut dyn FnMut(u32)) -> u32 {
        self.choice(0, state, choice, note)
    }

    /// Notes the alternatives of a choice that is in the open menu.
    pub fn offered(&self, state: &State, choice: ChoiceIx, locked: bool, note: &mut dyn FnMut(u32)) {
        for at in [Some(0), locked.then_some(2)].into_iter().flatten() {
            if self.choices[choice.at()][at].forks {
                self.choice(at, state, choice, note);
            }
        }
    }

    fn choice(&self, at: usize, state: &State, choice: ChoiceIx, note: &mut dyn FnMut(u32)) -> u32 {
        let mut eye = Eye::new(self.chapter, state, state.taken[choice.at()], note);
        eye.draft(&self.choices[choice.at()][at]);
        eye.words
    }
}

/// Reads a text.
struct Eye<'a, 'c> {
    chapter: &'c Chapter,
    state: &'a State,
    round: u32,
    note: &'a mut dyn FnMut(u32),
    words: u32,
    /// Whether the last character was part of a word.
    inside: bool,
}

impl<'a, 'c> Eye<'a, 'c> {
    fn new(chapter: &'c Chapter, state: &'a State, round: u32, note: &'a mut dyn FnMut(u32)) -> Self {
        Self { chapter, state, round, note, words: 0, inside: false }
    }

    fn draft(&mut self, draft: &Draft<'c>) {
        for paragraph in &draft.paragraphs {
            self.inside = false;
            self.bits(paragraph);
        }
    }

    fn bits(&mut self, bits: &[Bit<'c>]) {
        for bit in bits {
            match bit {
                Bit::Words { count, opens, closes } => self.add(*count, *opens, *closes),
                Bit::Level(var) => {
                    let word = self.chapter.var(*var).level(self.state.vars[var.at()]).unwrap_or_default();
                    let count = u32::try_from(word.split_whitespace().count()).unwrap_or(0);
                    if count > 0 {
                        self.add(count, true, true);
                    }
                }
                Bit::Turns(group, branches) => {
                    if let Some(branch) = position(group, self.round, self.state.seed).and_then(|at| branches.get(at)) {
                        self.branch(branch);
                    }
                }
                Bit::If(cond, [then, otherwise]) => {
                    self.branch(if cond.holds(self.chapter, self.state) { then } else { otherwise });
                }
            }
        }
    }

    fn branch(&mut self, (number, bits): &Branch<'c>) {
        if let Some(number) = number {
            (self.note)(*number);
        }
        self.bits(bits);
    }

    fn add(&mut self, count: u32, opens: bool, closes: bool) {
        self.words += count - u32::from(self.inside && opens && count > 0);
        self.inside = closes;
    }
}
