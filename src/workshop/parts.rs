//! Everything in a chapter that asks its state, changes it or tells of it, each with what holds it.

use std::fmt;

use crate::engine::Chapter;
use crate::engine::chapter::{Expect, Flow, Meaning, Rank};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Cond, Expr};
use crate::engine::id::VarIx;
use crate::engine::text::{Inline, Text};

/// What holds a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder<'c> {
    /// The chapter's head.
    Chapter,
    /// A scene, by id.
    Scene(&'c str),
    /// A choice, by path.
    Choice(&'c str),
    /// A deck, by id.
    Deck(&'c str),
    /// How a variable is shown, by id.
    Var(&'c str),
    /// A derived variable, by id.
    Derived(&'c str),
    /// An ending, by id.
    Ending(&'c str),
    /// An achievement, by id.
    Achievement(&'c str),
    /// A category of runs, by id.
    Run(&'c str),
    /// A map, by id.
    Map(&'c str),
    /// A test, by name. It is no part of what is played.
    Test(&'c str),
}

/// A part.
#[derive(Clone, Copy, Debug)]
pub enum Part<'c> {
    /// A condition.
    Asks(&'c Cond),
    /// A number.
    Counts(&'c Expr),
    /// An effect; its condition and numbers are told of as well.
    Does(&'c Effect),
    /// A variable named in a text, or what a run has the least of.
    Names(VarIx),
}

/// A text, what it belongs to, and its part of the key: `.said`, `.title` or nothing.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'c> {
    /// What it belongs to.
    pub holder: Holder<'c>,
    /// Which of its texts.
    pub field: &'static str,
    /// The text.
    pub text: &'c Text,
}

impl fmt::Display for Holder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chapter => f.write_str("chapter"),
            Self::Scene(id) | Self::Choice(id) => f.write_str(id),
            Self::Deck(id) => write!(f, "decks/{id}"),
            Self::Var(id) => write!(f, "vars/{id}"),
            Self::Derived(id) => write!(f, "derived/{id}"),
            Self::Ending(id) => write!(f, "endings/{id}"),
            Self::Achievement(id) => write!(f, "achievements/{id}"),
            Self::Run(id) => write!(f, "runs/{id}"),
            Self::Map(id) => write!(f, "maps/{id}"),
            Self::Test(name) => write!(f, "test \"{name}\""),
        }
    }
}

impl fmt::Display for Passage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.holder, self.field)
    }
}

/// Every text of the chapter, in the order of its tables.
pub fn passages<'c>(chapter: &'c Chapter) -> Vec<Passage<'c>> {
    let mut all = Vec::new();
    let mut add = |holder, field, text: Option<&'c Text>| {
        all.extend(text.filter(|t| !t.is_empty()).map(|text| Passage { holder, field, text }));
    };
    add(Holder::Chapter, ".about", Some(&chapter.about));
    add(Holder::Chapter, ".date", chapter.date.as_ref());
    for scene in chapter.scenes.iter() {
        let holder = Holder::Scene(&scene.id);
        add(holder, "", Some(&scene.text));
        add(holder, ".title", scene.title.as_ref());
        add(holder, ".date", scene.date.as_ref());
    }
    for choice in chapter.choices.iter() {
        let holder = Holder::Choice(&choice.path);
        add(holder, "", Some(&choice.say));
        add(holder, ".said", choice.said.as_ref());
        add(holder, ".locked", choice.locked.as_ref());
    }
    for var in &chapter.vars {
        add(Holder::Var(&var.id), ".show", var.shown.as_ref().and_then(|s| s.show.as_ref()));
    }
    for ending in &chapter.endings {
        add(Holder::Ending(&ending.id), "", Some(&ending.text));
    }
    for achievement in &chapter.achievements {
        add(Holder::Achievement(&achievement.id), "", Some(&achievement.text));
    }
    all
}

/// Tells `see` of every condition, number, effect and named variable of the chapter, in the order of its tables.
pub fn parts<'c>(chapter: &'c Chapter, see: &mut dyn FnMut(Holder<'c>, Part<'c>)) {
    let mut tour = Tour { see };
    for passage in passages(chapter) {
        let holder = passage.holder;
        passage.text.tree().iter().for_each(|p| tour.inlines(holder, &p.inlines));
    }
    for derived in chapter.derived.iter() {
        let holder = Holder::Derived(&derived.id);
        match &derived.is {
            Meaning::Number(expr) => (tour.see)(holder, Part::Counts(expr)),
            Meaning::Flag(cond) => (tour.see)(holder, Part::Asks(cond)),
        }
    }
    for var in &chapter.vars {
        tour.ask(Holder::Var(&var.id), var.shown.as_ref().and_then(|s| s.when.as_ref()));
    }
    for scene in chapter.scenes.iter() {
        let holder = Holder::Scene(&scene.id);
        tour.effects(holder, &scene.enter);
        tour.ask(holder, scene.card.as_ref().and_then(|card| card.when.as_ref()));
        scene.otherwise.iter().chain(&scene.then).for_each(|flow| tour.flow(holder, flow));
    }
    for choice in chapter.choices.iter() {
        let holder = Holder::Choice(&choice.path);
        tour.ask(holder, choice.when.as_deref());
        tour.effects(holder, &choice.effects);
        choice.goes.flow().into_iter().for_each(|flow| tour.flow(holder, flow));
    }
    for deck in &chapter.decks {
        tour.flow(Holder::Deck(&deck.id), &deck.none);
    }
    for achievement in &chapter.achievements {
        tour.ask(Holder::Achievement(&achievement.id), Some(&achievement.when));
    }
    for run in &chapter.runs {
        tour.ask(Holder::Run(&run.id), Some(&run.goal));
        if let Rank::Least(var) = run.rank {
            (tour.see)(Holder::Run(&run.id), Part::Names(var));
        }
    }
    for map in &chapter.maps {
        let holder = Holder::Map(&map.id);
        map.lines.iter().for_each(|line| tour.ask(holder, line.when.as_ref()));
        map.armies.iter().flat_map(|army| &army.at).for_each(|arms| tour.ask(holder, arms.when.as_ref()));
    }
    for test in &chapter.tests {
        for expect in &test.expect {
            if let Expect::Holds(cond) = expect {
                tour.ask(Holder::Test(&test.name), Some(cond));
            }
        }
    }
}

struct Tour<'f, 'c> {
    see: &'f mut dyn FnMut(Holder<'c>, Part<'c>),
}

impl<'c> Tour<'_, 'c> {
    fn ask(&mut self, holder: Holder<'c>, when: Option<&'c Cond>) {
        if let Some(cond) = when {
            (self.see)(holder, Part::Asks(cond));
        }
    }

    fn flow(&mut self, holder: Holder<'c>, flow: &'c Flow) {
        flow.iter().for_each(|arrow| self.ask(holder, arrow.when.as_deref()));
    }

    fn effects(&mut self, holder: Holder<'c>, effects: &'c [Effect]) {
        for effect in effects {
            (self.see)(holder, Part::Does(effect));
            self.ask(holder, effect.when.as_ref());
            match &effect.act {
                Act::Set(_, expr) | Act::Give(_, expr) | Act::Take(_, expr) => (self.see)(holder, Part::Counts(expr)),
                Act::Test(_, cond) => self.ask(holder, Some(cond)),
                Act::Roll(..) | Act::Chance(..) | Act::OneOf(..) | Act::Learn(_) => {}
            }
        }
    }

    fn inlines(&mut self, holder: Holder<'c>, inlines: &'c [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Plain(_) | Inline::Break => {}
                Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => self.inlines(holder, inner),
                Inline::Number(expr) | Inline::Spell(expr, _) => (self.see)(holder, Part::Counts(expr)),
                Inline::Word(var) | Inline::Level(var) => (self.see)(holder, Part::Names(*var)),
                Inline::Group(group) => group.alternatives.iter().for_each(|one| self.inlines(holder, one)),
                Inline::If(cond, then, otherwise) => {
                    (self.see)(holder, Part::Asks(cond));
                    self.inlines(holder, then);
                    self.inlines(holder, otherwise);
                }
                Inline::Gentle(mild, full) => {
                    self.inlines(holder, mild);
                    self.inlines(holder, full);
                }
            }
        }
    }
}
