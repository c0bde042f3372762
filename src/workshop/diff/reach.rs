//! Which scenes some way leads to, whatever its conditions say.

use std::collections::BTreeSet;

use crate::engine::Chapter;
use crate::engine::chapter::{Flow, Goes, Target};
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx};

/// The ids of the scenes that some way leads to from the chapter's start. Only what is never so is taken for closed.
pub(super) fn reached(chapter: &Chapter) -> BTreeSet<String> {
    let mut reach = Reach { chapter, seen: BTreeSet::new(), open: Vec::new() };
    reach.enter(chapter.start);
    while let Some(scene) = reach.open.pop() {
        let one = chapter.scene(scene);
        one.otherwise.iter().chain(&one.then).for_each(|flow| reach.follow(flow));
        one.menu.iter().for_each(|choice| reach.choose(*choice));
    }
    reach.seen.iter().map(|ix| chapter.scene(*ix).id.clone()).collect()
}

struct Reach<'c> {
    chapter: &'c Chapter,
    seen: BTreeSet<SceneIx>,
    open: Vec<SceneIx>,
}

impl Reach<'_> {
    fn enter(&mut self, scene: SceneIx) {
        if self.seen.insert(scene) {
            self.open.push(scene);
        }
    }

    fn choose(&mut self, choice: ChoiceIx) {
        let chapter = self.chapter;
        let choice = chapter.choice(choice);
        if choice.when == Some(Cond::Const(false)) {
            return;
        }
        match &choice.goes {
            Goes::To(flow) => self.follow(flow),
            Goes::Visit(scene) => self.enter(*scene),
            Goes::Nested(inner, then) => {
                inner.iter().for_each(|choice| self.choose(*choice));
                then.iter().for_each(|flow| self.follow(flow));
            }
            Goes::Rejoin => {}
        }
    }

    fn follow(&mut self, flow: &Flow) {
        let chapter = self.chapter;
        for arrow in flow {
            if arrow.when == Some(Cond::Const(false)) {
                continue;
            }
            match arrow.target {
                Target::Scene(scene) => self.enter(scene),
                Target::Draw(deck) => {
                    let deck = &chapter.decks[deck.at()];
                    deck.cards.iter().for_each(|card| self.enter(*card));
                    self.follow(&deck.none);
                }
                Target::Back => {}
            }
            if arrow.when.is_none() {
                return;
            }
        }
    }
}
