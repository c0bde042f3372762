//! Back and forward again: undo, redo, and the list of what was chosen.

use super::Sitting;

/// Something undone that can be done again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Undone {
    Choice { key: String, forced: Vec<u32>, at: Option<u64> },
    Next(String),
}

/// A step that was undone, and what was chosen with it: its key alone says nothing on another page.
#[derive(Clone, Debug)]
pub(super) struct Redo {
    pub(super) step: Undone,
    past: Past,
}

/// A step of the play, for the list of what was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The chapter's title.
    pub chapter: String,
    /// What was chosen.
    pub words: String,
    /// Whether it was undone and can be done again.
    pub undone: bool,
}

impl Sitting {
    /// Takes back the last choice. Answers whether there was one.
    pub fn undo(&mut self) -> bool {
        let several = self.legs.len() > 1;
        let Some(leg) = self.legs.last_mut() else { return false };
        let chapter = leg.chapter.title.clone();
        let undone = if let Some(delta) = leg.deltas.pop() {
            leg.state.undo(&delta);
            let step = self.log.legs.last_mut().and_then(|l| l.steps.pop());
            let steps = self.leg().steps.len();
            self.news.iter_mut().for_each(|news| news.changed(&delta, steps));
            step.map(|step| Undone::Choice { key: step.choice, forced: step.forced, at: step.at })
        } else if several && leg.before == 0 {
            self.legs.pop();
            self.news = None;
            self.log.legs.pop().map(|leg| Undone::Next(leg.chapter))
        } else {
            return false;
        };
        let words = self.told.pop().map(|told| told.words).unwrap_or_default();
        self.redo.extend(undone.map(|step| Redo { step, past: Past { chapter, words, undone: true } }));
        self.transcript.take_back();
        self.refresh();
        true
    }

    /// Does again what was last undone. Answers whether there was anything.
    pub fn redo(&mut self) -> bool {
        let Some(undone) = self.redo.pop() else { return false };
        let done = match &undone.step {
            Undone::Choice { key, forced, at } => self.take(key, forced, *at).is_ok(),
            Undone::Next(id) => self.go_on(id).is_ok(),
        };
        if !done {
            self.redo.clear();
        }
        done
    }

    /// How many steps have been taken that can be undone.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.told.len().saturating_sub(1)
    }

    /// How many steps can be done again.
    #[must_use]
    pub fn undone(&self) -> usize {
        self.redo.len()
    }

    /// Stands where it stood after `step` steps, back or forward, as far as can be.
    pub fn jump(&mut self, step: usize) {
        while self.steps() > step && self.undo() {}
        while self.steps() < step && self.redo() {}
    }

    /// What was chosen, oldest first, and then what was undone and can be done again.
    #[must_use]
    pub fn past(&self) -> Vec<Past> {
        let mut chapters = Vec::new();
        for (at, leg) in self.legs.iter().enumerate() {
            let extra = usize::from(at > 0);
            chapters.extend(std::iter::repeat_n(leg.chapter.title.clone(), leg.deltas.len() + extra));
        }
        let done = self.told.iter().skip(1).zip(chapters).map(|(told, chapter)| Past {
            chapter,
            words: told.words.clone(),
            undone: false,
        });
        done.chain(self.redo.iter().rev().map(|redo| redo.past.clone())).collect()
    }
}
