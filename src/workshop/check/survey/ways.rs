//! Where scenes lead, conditions ignored, and which scenes a play can come to.

use crate::engine::chapter::{Chapter, Flow, Goes, Target};
use crate::engine::id::{ChoiceIx, DeckIx, SceneIx};

/// The ways between the scenes of a chapter.
#[derive(Debug)]
pub(in crate::workshop::check) struct Ways {
    /// Where each scene leads.
    pub(in crate::workshop::check) leads: Vec<Vec<SceneIx>>,
    /// Whether a play can come to it.
    pub(in crate::workshop::check) reached: Vec<bool>,
    /// Whether a deck is drawn from where a play can come to.
    pub(in crate::workshop::check) dealt: Vec<bool>,
}

impl Ways {
    pub(super) fn new(chapter: &Chapter) -> Self {
        let mut pen = Pen { chapter, leads: Vec::new(), decks: Vec::new() };
        let mut leads = Vec::with_capacity(chapter.scenes.len());
        let mut decks = Vec::with_capacity(chapter.scenes.len());
        for scene in chapter.scenes.iter() {
            pen.flow(scene.otherwise.as_ref());
            pen.flow(scene.then.as_ref());
            scene.menu.iter().for_each(|choice| pen.choice(*choice));
            leads.push(std::mem::take(&mut pen.leads));
            decks.push(std::mem::take(&mut pen.decks));
        }
        let mut ways =
            Self { leads, reached: vec![false; chapter.scenes.len()], dealt: vec![false; chapter.decks.len()] };
        let mut open: Vec<SceneIx> = chapter.runs.iter().map(|run| run.start).chain([chapter.start]).collect();
        while let Some(scene) = open.pop() {
            if !std::mem::replace(&mut ways.reached[scene.at()], true) {
                open.extend(&ways.leads[scene.at()]);
                decks[scene.at()].iter().for_each(|deck| ways.dealt[deck.at()] = true);
            }
        }
        ways
    }
}

/// Notes where one scene leads.
struct Pen<'c> {
    chapter: &'c Chapter,
    leads: Vec<SceneIx>,
    decks: Vec<DeckIx>,
}

impl Pen<'_> {
    fn flow(&mut self, flow: Option<&Flow>) {
        for arrow in flow.into_iter().flatten() {
            match arrow.target {
                Target::Scene(scene) => self.leads.push(scene),
                Target::Back => {}
                Target::Draw(deck) if self.decks.contains(&deck) => {}
                Target::Draw(deck) => {
                    self.decks.push(deck);
                    let one = &self.chapter.decks[deck.at()];
                    self.leads.extend(&one.cards);
                    let chapter = self.chapter;
                    self.flow(Some(&chapter.decks[deck.at()].none));
                }
            }
        }
    }

    fn choice(&mut self, choice: ChoiceIx) {
        let chapter = self.chapter;
        match &chapter.choice(choice).goes {
            Goes::To(flow) => self.flow(Some(flow)),
            Goes::Visit(scene) => self.leads.push(*scene),
            Goes::Nested(menu, then) => {
                self.flow(then.as_deref());
                menu.iter().for_each(|nested| self.choice(*nested));
            }
            Goes::Rejoin => {}
        }
    }
}
