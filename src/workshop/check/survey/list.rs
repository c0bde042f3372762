//! Everything a chapter asks, does and tells, in the order of its tables.

use super::{Asked, Done, Told};
use crate::engine::chapter::{Chapter, Flow, Goes};
use crate::engine::effect::Effect;
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::text::Text;
use crate::story::place::{Field, Holder, Way};

/// The lists of a survey.
pub(super) struct List<'c> {
    pub(super) chapter: &'c Chapter,
    pub(super) asked: Vec<Asked<'c>>,
    pub(super) done: Vec<Done<'c>>,
    pub(super) told: Vec<Told<'c>>,
}

impl<'c> List<'c> {
    pub(super) fn scenes(&mut self) {
        for (at, scene) in self.chapter.scenes.iter().enumerate() {
            let holder = Holder::Scene(SceneIx::from(at));
            self.tell(holder, Field::Text, &scene.text);
            self.told_if(holder, Field::Title, scene.title.as_ref());
            self.told_if(holder, Field::Date, scene.date.as_ref());
            self.effects(holder, &scene.enter);
            self.flow(holder, Way::Otherwise, scene.otherwise.as_ref());
            self.flow(holder, Way::Then, scene.then.as_ref());
            self.ask(holder, Field::If, scene.card.as_ref().and_then(|card| card.when.as_ref()));
        }
    }

    pub(super) fn choices(&mut self) {
        for (at, choice) in self.chapter.choices.iter().enumerate() {
            let holder = Holder::Choice(ChoiceIx::from(at));
            self.tell(holder, Field::Text, &choice.say);
            self.told_if(holder, Field::Said, choice.said.as_ref());
            self.told_if(holder, Field::Locked, choice.locked.as_ref());
            self.ask(holder, Field::If, choice.when.as_deref());
            self.effects(holder, &choice.effects);
            match &choice.goes {
                Goes::To(flow) => self.flow(holder, Way::To, Some(flow)),
                Goes::Nested(_, then) => self.flow(holder, Way::Then, then.as_deref()),
                Goes::Visit(_) | Goes::Rejoin => {}
            }
        }
    }

    pub(super) fn others(&mut self) {
        let chapter = self.chapter;
        for (at, deck) in chapter.decks.iter().enumerate() {
            self.flow(Holder::Deck(at.into()), Way::Empty, Some(&deck.none));
        }
        for (at, var) in chapter.vars.iter().enumerate() {
            if let Some(shown) = &var.shown {
                let holder = Holder::Var(at.into());
                self.told_if(holder, Field::Show, shown.show.as_ref());
                self.ask(holder, Field::If, shown.when.as_ref());
            }
        }
        for (at, ending) in chapter.endings.iter().enumerate() {
            self.tell(Holder::Ending(at.into()), Field::Text, &ending.text);
        }
        for (at, achievement) in chapter.achievements.iter().enumerate() {
            self.tell(Holder::Achievement(at.into()), Field::Text, &achievement.text);
            self.ask(Holder::Achievement(at.into()), Field::If, Some(&achievement.when));
        }
        for (at, run) in chapter.runs.iter().enumerate() {
            self.ask(Holder::Run(at), Field::If, Some(&run.goal));
        }
        self.tell(Holder::Chapter, Field::Text, &chapter.about);
        self.told_if(Holder::Chapter, Field::Date, chapter.date.as_ref());
    }

    fn tell(&mut self, holder: Holder, field: Field, text: &'c Text) {
        if !text.is_empty() {
            self.told.push(Told { holder, field, text });
        }
    }

    fn told_if(&mut self, holder: Holder, field: Field, text: Option<&'c Text>) {
        if let Some(text) = text {
            self.tell(holder, field, text);
        }
    }

    fn ask(&mut self, holder: Holder, field: Field, cond: Option<&'c Cond>) {
        self.asked.extend(cond.map(|cond| Asked { holder, field, cond }));
    }

    fn effects(&mut self, holder: Holder, effects: &'c [Effect]) {
        for (at, effect) in effects.iter().enumerate() {
            let field = Field::Effect(at);
            self.ask(holder, field, effect.when.as_ref());
            self.done.push(Done { holder, field, effect });
        }
    }

    fn flow(&mut self, holder: Holder, way: Way, flow: Option<&'c Flow>) {
        for (at, arrow) in flow.into_iter().flatten().enumerate() {
            self.ask(holder, Field::Arrow(way, at), arrow.when.as_deref());
        }
    }
}
