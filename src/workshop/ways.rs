//! Where each scene can lead, whatever the state.

use crate::engine::Chapter;
use crate::engine::chapter::{Flow, Goes, Target};
use crate::engine::id::{ChoiceIx, DeckIx, SceneIx};

/// The ways out of every scene.
pub(crate) struct Ways {
    scenes: Vec<Out>,
}

/// The ways out of one scene.
#[derive(Default)]
struct Out {
    choices: Vec<ChoiceIx>,
    decks: Vec<DeckIx>,
    scenes: Vec<SceneIx>,
}

impl Ways {
    pub(crate) fn of(chapter: &Chapter) -> Self {
        let out = |at: usize| {
            let scene = &chapter.scenes[at];
            let mut out = Out::default();
            scene.otherwise.iter().chain(&scene.then).for_each(|flow| out.flow(chapter, flow));
            scene.menu.iter().for_each(|choice| out.choice(chapter, *choice));
            out
        };
        Self { scenes: (0..chapter.scenes.len()).map(out).collect() }
    }

    /// The choices of a scene's menu, nested ones among them.
    pub(crate) fn choices(&self, scene: SceneIx) -> &[ChoiceIx] {
        &self.scenes[scene.at()].choices
    }

    /// The decks a scene draws from.
    pub(crate) fn decks(&self, scene: SceneIx) -> &[DeckIx] {
        &self.scenes[scene.at()].decks
    }

    /// A scene and every scene it can lead to. The scene that a visit comes back to is not among them.
    pub(crate) fn behind(&self, scene: SceneIx) -> Vec<SceneIx> {
        let mut found = vec![false; self.scenes.len()];
        let mut next = vec![scene];
        while let Some(scene) = next.pop() {
            if !std::mem::replace(&mut found[scene.at()], true) {
                next.extend(&self.scenes[scene.at()].scenes);
            }
        }
        found.iter().enumerate().filter(|(_, found)| **found).map(|(at, _)| SceneIx::from(at)).collect()
    }
}

impl Out {
    fn choice(&mut self, chapter: &Chapter, choice: ChoiceIx) {
        self.choices.push(choice);
        match &chapter.choice(choice).goes {
            Goes::To(flow) => self.flow(chapter, flow),
            Goes::Visit(scene) => self.scenes.push(*scene),
            Goes::Nested(menu, then) => {
                then.iter().for_each(|flow| self.flow(chapter, flow));
                menu.iter().for_each(|choice| self.choice(chapter, *choice));
            }
            Goes::Rejoin => {}
        }
    }

    fn flow(&mut self, chapter: &Chapter, flow: &Flow) {
        for arrow in flow {
            match arrow.target {
                Target::Scene(scene) => self.scenes.push(scene),
                Target::Draw(deck) if !self.decks.contains(&deck) => {
                    self.decks.push(deck);
                    let deck = &chapter.decks[deck.at()];
                    self.scenes.extend(&deck.cards);
                    self.flow(chapter, &deck.none);
                }
                Target::Draw(_) | Target::Back => {}
            }
        }
    }
}
