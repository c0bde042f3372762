//! A test as it was played: where it stands, what was read, what was told.

use super::script;
use crate::engine::chapter::Test;
use crate::engine::dice::{Keyed, Luck, Throw};
use crate::engine::event::{open_with, tell};
use crate::engine::id::ChoiceIx;
use crate::engine::look::{look, words};
use crate::engine::render::Reader;
use crate::engine::step::{Refusal, find};
use crate::engine::{Chapter, Event, Page, State};

/// A play of a test, to its last choice or to the first that was refused.
pub(super) struct Performance<'c> {
    chapter: &'c Chapter,
    state: State,
    made: Vec<String>,
    refused: Option<Refused>,
    rolls_left: usize,
    impossible: Vec<Impossible>,
    read: Vec<Reading>,
    told: String,
}

/// A choice that was refused.
pub(super) struct Refused {
    pub(super) key: String,
    pub(super) why: Refusal,
    /// The choice, if the open menu has it.
    pub(super) choice: Option<ChoiceIx>,
}

/// A roll that the die it was for cannot come to.
#[derive(Clone, Copy)]
pub(super) struct Impossible {
    pub(super) roll: i32,
    /// What the die comes to at least, and at most.
    pub(super) least: i64,
    pub(super) most: i64,
}

/// A paragraph, a title, a choice or a reason that was read.
pub(super) struct Reading {
    /// After how many choices.
    pub(super) after: usize,
    /// In which scene.
    pub(super) scene: String,
    pub(super) words: String,
}

impl<'c> Performance<'c> {
    pub(super) fn of(chapter: &'c Chapter, test: &Test) -> Self {
        let mut dice = Dice { pending: test.rolls.iter().rev().copied().collect(), impossible: Vec::new() };
        let reader = Reader::default();
        let (state, events) = open_with(chapter, test.start, test.seed, &test.given, &mut dice, reader);
        let mut play = Self {
            chapter,
            state,
            made: Vec::new(),
            refused: None,
            rolls_left: 0,
            impossible: Vec::new(),
            read: Vec::new(),
            told: String::new(),
        };
        play.hear(&events);
        for key in &test.play {
            let told = find(chapter, &play.state, key)
                .and_then(|choice| tell(chapter, &mut play.state, choice, &mut dice, reader));
            match told {
                Ok(turn) => {
                    play.made.push(key.clone());
                    play.hear(&turn.events);
                }
                Err(why) => {
                    let menu = crate::engine::look::menu(chapter, &play.state);
                    let choice = menu.iter().copied().find(|c| chapter.choice(*c).key() == *key);
                    play.refused = Some(Refused { key: key.clone(), why, choice });
                    break;
                }
            }
        }
        play.rolls_left = dice.pending.len();
        play.impossible = dice.impossible;
        play
    }

    pub(super) fn chapter(&self) -> &'c Chapter {
        self.chapter
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// The scene it stands in.
    pub(super) fn scene(&self) -> &'c str {
        &self.chapter.scene(self.state.scene).id
    }

    /// The choices it made.
    pub(super) fn made(&self) -> &[String] {
        &self.made
    }

    pub(super) fn refused(&self) -> Option<&Refused> {
        self.refused.as_ref()
    }

    /// How many of the test's rolls were never thrown.
    pub(super) fn rolls_left(&self) -> usize {
        self.rolls_left
    }

    /// Rolls that no die could come to.
    pub(super) fn impossible(&self) -> &[Impossible] {
        &self.impossible
    }

    /// Everything that was read, in order.
    pub(super) fn read(&self) -> &[Reading] {
        &self.read
    }

    /// The whole play as text.
    pub(super) fn told(&self) -> &str {
        &self.told
    }

    pub(super) fn look(&self) -> Page {
        look(self.chapter, &self.state, Reader::default())
    }

    /// The keys of what can be chosen where it stands.
    pub(super) fn open(&self) -> Vec<String> {
        self.look().open().map(|offer| self.chapter.choice(offer.choice).key().to_owned()).collect()
    }

    /// The page it stands on.
    pub(super) fn page(&self) -> Vec<String> {
        script::page(self.chapter, &self.look())
    }

    fn hear(&mut self, events: &[Event]) {
        let mut scene = self.scene().to_owned();
        for event in events {
            for line in script::event(self.chapter, event) {
                self.tell(&line);
            }
            match event {
                Event::Said(text) => text.iter().for_each(|para| self.notice(&scene, para.plain())),
                Event::Scene { scene: entered, title, text, .. } => {
                    self.chapter.scene(*entered).id.as_str().clone_into(&mut scene);
                    title.iter().for_each(|title| self.notice(&scene, title.clone()));
                    text.iter().for_each(|para| self.notice(&scene, para.plain()));
                }
                _ => {}
            }
        }
        let scene = self.scene().to_owned();
        for offer in self.look().offers {
            self.told.push_str(&script::offer(self.chapter, &offer));
            self.told.push('\n');
            self.notice(&scene, words(&offer.say));
            offer.locked.iter().for_each(|reason| self.notice(&scene, words(reason)));
        }
        if !self.told.is_empty() && self.state.ended.is_none() {
            self.told.push('\n');
        }
    }

    fn tell(&mut self, line: &str) {
        self.told.push_str(line);
        self.told.push_str("\n\n");
    }

    fn notice(&mut self, scene: &str, words: String) {
        self.read.push(Reading { after: self.made.len(), scene: scene.to_owned(), words });
    }
}

/// Dice that fall as the test says, by the number on the face, then as the seed says.
struct Dice {
    pending: Vec<i32>,
    impossible: Vec<Impossible>,
}

impl Luck for Dice {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        let Some(roll) = self.pending.pop() else { return Keyed.draw(throw) };
        let least = i64::from(throw.low);
        match u32::try_from(i64::from(roll) - least) {
            Ok(face) if face < throw.sides => face,
            _ => {
                let most = least + i64::from(throw.sides) - 1;
                self.impossible.push(Impossible { roll, least, most });
                0
            }
        }
    }
}
