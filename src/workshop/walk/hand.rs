//! Which of the open choices a hand takes.

use super::Hand;
use super::play::Player;
use crate::engine::Chapter;
use crate::engine::dice::Keyed;
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::look::open_choices;
use crate::engine::state::State;
use crate::engine::step::{Stage, step_with};

impl Player<'_, '_> {
    /// The choice to take; `None` if nothing is open.
    pub(super) fn pick(&mut self, state: &mut State, open: &[ChoiceIx]) -> Option<ChoiceIx> {
        match self.orders.hand {
            _ if open.len() < 2 => open.first().copied(),
            Hand::Uniform => self.lots.pick(open),
            Hand::Least => self.least(open),
            Hand::Greedy => {
                let news: Vec<u32> = open.iter().map(|choice| self.news(state, *choice)).collect();
                let most = news.iter().copied().max().unwrap_or(0);
                let best: Vec<ChoiceIx> =
                    open.iter().zip(&news).filter(|(_, n)| **n == most).map(|(choice, _)| *choice).collect();
                self.least(&best)
            }
        }
    }

    fn least(&mut self, open: &[ChoiceIx]) -> Option<ChoiceIx> {
        let least = open.iter().map(|choice| self.taken(*choice)).min()?;
        let rare: Vec<ChoiceIx> = open.iter().copied().filter(|choice| self.taken(*choice) == least).collect();
        self.lots.pick(&rare)
    }

    fn taken(&self, choice: ChoiceIx) -> u64 {
        self.before.taken[choice.at()] + self.own.taken[choice.at()]
    }

    /// How much that no play has seen lies behind a choice, one step ahead. The state is as it was afterwards.
    fn news(&self, state: &mut State, choice: ChoiceIx) -> u32 {
        const SCENE: u32 = 8;
        const CHOICE: u32 = 4;
        const WORDS: u32 = 2;
        let mut scout = Scout { player: self, scenes: 0, alternatives: 0 };
        let Ok(delta) = step_with(self.chapter, state, choice, &mut Keyed, &mut scout) else { return 0 };
        let (scenes, alternatives) = (scout.scenes, scout.alternatives);
        let next = open_choices(self.chapter, state).filter(|next| self.taken(*next) == 0).count();
        state.undo(&delta);
        let untaken = u32::from(self.taken(choice) == 0);
        SCENE * scenes + CHOICE * untaken + WORDS * alternatives + u32::try_from(next).unwrap_or(0)
    }
}

/// Looks what is new behind a choice.
struct Scout<'a, 'b, 'c> {
    player: &'a Player<'b, 'c>,
    scenes: u32,
    alternatives: u32,
}

impl Scout<'_, '_, '_> {
    fn look(&mut self, read: impl FnOnce(&mut dyn FnMut(u32)) -> u32) {
        let player = self.player;
        read(&mut |number| {
            let at = number as usize;
            self.alternatives += u32::from(player.before.shown[at] + player.own.shown[at] == 0);
        });
    }
}

impl Stage for Scout<'_, '_, '_> {
    fn chose(&mut self, _: &Chapter, state: &State, choice: ChoiceIx) {
        let telling = self.player.telling;
        self.look(|note| telling.said(state, choice, note));
    }

    fn entered(&mut self, _: &Chapter, state: &State, scene: SceneIx) {
        let player = self.player;
        self.scenes += u32::from(player.before.visits[scene.at()] + player.own.visits[scene.at()] == 0);
        self.look(|note| player.telling.scene(state, scene, note));
    }
}
