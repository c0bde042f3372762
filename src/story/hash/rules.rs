//! The rules of a chapter: ids, conditions, effects, decks and dice.

use std::collections::BTreeSet;

use super::{Ink, by_path};
use crate::engine::chapter::{Carried, Chapter, Flow, Given, Goes, Meaning, Rank, Target, VarKind};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::Cond;
use crate::engine::id::{ItemIx, VarIx};

/// The hash of everything that decides what can happen.
pub(in crate::story) fn rules(chapter: &Chapter) -> [u8; 32] {
    let mut rules = Rules { chapter, ink: Ink::new("rules 1"), vars: BTreeSet::new(), items: BTreeSet::new() };
    rules.chapter();
    rules.ink.dry()
}

/// Writes conditions by ids, and remembers what of the shared tables they speak of.
pub(super) struct Rules<'c> {
    pub(super) chapter: &'c Chapter,
    pub(super) ink: Ink,
    vars: BTreeSet<VarIx>,
    items: BTreeSet<ItemIx>,
}

impl<'c> Rules<'c> {
    /// A writer for conditions in prose.
    pub(super) fn within(chapter: &'c Chapter, of: &str) -> Self {
        Self { chapter, ink: Ink::new(of), vars: BTreeSet::new(), items: BTreeSet::new() }
    }

    fn chapter(&mut self) {
        let chapter = self.chapter;
        self.ink.text(&chapter.world.id);
        self.ink.text(&chapter.id);
        self.ink.text(&chapter.scene(chapter.start).id);
        self.ink.count(chapter.carries.len());
        for carry in &chapter.carries {
            self.given(Given { what: carry.what, value: carry.record });
        }
        self.ink.count(chapter.derived.len());
        for derived in chapter.derived.iter() {
            self.ink.text(&derived.id);
            match &derived.is {
                Meaning::Number(expr) => self.expr(expr),
                Meaning::Flag(cond) => self.cond(cond),
            }
        }
        self.ink.count(chapter.scenes.len());
        for at in 0..chapter.scenes.len() {
            self.scene(at);
        }
        self.choices();
        self.ink.count(chapter.decks.len());
        for deck in &chapter.decks {
            self.ink.text(&deck.id);
            self.ink.text(&chapter.sites[deck.site.at()]);
            self.flow(&deck.none);
        }
        self.ink.count(chapter.achievements.len());
        for achievement in &chapter.achievements {
            self.ink.text(&achievement.id);
            self.cond(&achievement.when);
        }
        self.ink.count(chapter.endings.len());
        for ending in &chapter.endings {
            self.ink.text(&ending.id);
            self.ink.option(ending.next.as_deref(), Ink::text);
        }
        self.runs();
        self.tables();
    }

    fn scene(&mut self, at: usize) {
        let chapter = self.chapter;
        let scene = &chapter.scenes[at];
        self.ink.text(&scene.id);
        self.effects(&scene.enter.seen_once());
        self.ink.count(scene.menu.len());
        for choice in &scene.menu {
            self.ink.text(&chapter.choice(*choice).path);
        }
        for flow in [&scene.otherwise, &scene.then] {
            self.ink.flag(flow.is_some());
            if let Some(flow) = flow {
                self.flow(flow);
            }
        }
        self.ink.option(scene.ending, |ink, ix| ink.text(&chapter.endings[ix.at()].id));
        self.ink.flag(scene.back);
        self.ink.option(scene.milestone, |ink, ix| ink.text(&chapter.milestones[ix.at()].id));
        self.ink.flag(scene.card.is_some());
        if let Some(card) = &scene.card {
            self.ink.text(&chapter.decks[card.deck.at()].id);
            self.ink.number(card.weight);
            self.when(card.when.as_ref());
            self.ink.flag(card.again);
        }
    }

    fn choices(&mut self) {
        let chapter = self.chapter;
        let choices = by_path(chapter);
        self.ink.count(choices.len());
        for choice in choices {
            self.ink.text(&choice.path);
            self.when(choice.when.as_deref());
            self.ink.flag(choice.locked.is_some());
            self.ink.flag(choice.again);
            self.effects(&choice.effects.seen_once());
            match &choice.goes {
                Goes::To(flow) => {
                    self.ink.tag(1);
                    self.flow(flow);
                }
                Goes::Visit(scene) => {
                    self.ink.tag(2);
                    self.ink.text(&chapter.scene(*scene).id);
                }
                Goes::Nested(list, then) => {
                    self.ink.tag(3);
                    self.ink.count(list.len());
                    for nested in list.iter() {
                        self.ink.text(&chapter.choice(*nested).path);
                    }
                    self.ink.flag(then.is_some());
                    if let Some(then) = then {
                        self.flow(then);
                    }
                }
                Goes::Rejoin => self.ink.tag(4),
            }
        }
    }

    fn runs(&mut self) {
        let chapter = self.chapter;
        self.ink.count(chapter.runs.len());
        for run in &chapter.runs {
            self.ink.text(&run.id);
            self.ink.text(&chapter.scene(run.start).id);
            self.ink.count(run.given.len());
            for given in &run.given {
                self.given(*given);
            }
            self.cond(&run.goal);
            self.ink.count(run.milestones.len());
            for milestone in &run.milestones {
                self.ink.text(&chapter.milestones[milestone.at()].id);
            }
            self.ink.seed(run.seed);
            match run.rank {
                Rank::Time => self.ink.tag(1),
                Rank::Turns => self.ink.tag(2),
                Rank::Least(var) => {
                    self.ink.tag(3);
                    self.var(var);
                }
            }
        }
    }

    /// The variables of the chapter, and those of the shared ones and the items that it speaks of.
    fn tables(&mut self) {
        let chapter = self.chapter;
        let own = (0..chapter.vars.len()).map(VarIx::from).filter(|ix| !chapter.var(*ix).shared);
        let vars: BTreeSet<VarIx> = own.chain(self.vars.iter().copied()).collect();
        self.ink.count(vars.len());
        for ix in vars {
            let var = chapter.var(ix);
            self.ink.text(&var.id);
            match &var.kind {
                VarKind::Int(low, high) => {
                    self.ink.tag(1);
                    self.ink.number(*low);
                    self.ink.number(*high);
                }
                VarKind::Flag => self.ink.tag(2),
                VarKind::Word(words) => {
                    self.ink.tag(3);
                    self.ink.count(words.len());
                    words.iter().for_each(|word| self.ink.text(word));
                }
            }
            self.ink.number(var.start);
            self.ink.flag(var.strict);
        }
        self.ink.count(self.items.len());
        for ix in std::mem::take(&mut self.items) {
            let item = chapter.world.item(ix);
            self.ink.text(&item.id);
            self.ink.number(item.max);
        }
    }

    fn given(&mut self, given: Given) {
        match given.what {
            Carried::Var(ix) => {
                self.ink.tag(1);
                self.var(ix);
                let written = self.chapter.var(ix).written(given.value);
                self.ink.text(&written);
            }
            Carried::Item(ix) => {
                self.ink.tag(2);
                self.item(ix);
                self.ink.number(given.value);
            }
        }
    }

    pub(super) fn var(&mut self, ix: VarIx) {
        self.vars.insert(ix);
        self.ink.text(&self.chapter.var(ix).id);
    }

    pub(super) fn item(&mut self, ix: ItemIx) {
        self.items.insert(ix);
        self.ink.text(&self.chapter.world.item(ix).id);
    }

    fn flow(&mut self, flow: &Flow) {
        self.ink.count(flow.len());
        for arrow in flow {
            self.when(arrow.when.as_deref());
            match arrow.target {
                Target::Scene(scene) => {
                    self.ink.tag(1);
                    self.ink.text(&self.chapter.scene(scene).id);
                }
                Target::Draw(deck) => {
                    self.ink.tag(2);
                    self.ink.text(&self.chapter.decks[deck.at()].id);
                }
                Target::Back => self.ink.tag(3),
            }
        }
    }

    fn when(&mut self, when: Option<&Cond>) {
        self.ink.flag(when.is_some());
        if let Some(cond) = when {
            self.cond(cond);
        }
    }

    fn effects(&mut self, effects: &[Effect]) {
        self.ink.count(effects.len());
        for effect in effects {
            self.when(effect.when.as_ref());
            self.act(&effect.act);
        }
    }

    fn act(&mut self, act: &Act) {
        let chapter = self.chapter;
        match act {
            Act::Set(var, expr) => {
                self.ink.tag(1);
                self.var(*var);
                self.expr(expr);
            }
            Act::Test(var, cond) => {
                self.ink.tag(2);
                self.var(*var);
                self.cond(cond);
            }
            Act::Roll(var, low, high, site) => {
                self.ink.tag(3);
                self.var(*var);
                self.ink.number(*low);
                self.ink.number(*high);
                self.ink.text(&chapter.sites[site.at()]);
            }
            Act::Chance(var, percent, site) => {
                self.ink.tag(4);
                self.var(*var);
                self.ink.number(*percent);
                self.ink.text(&chapter.sites[site.at()]);
            }
            Act::OneOf(var, options, site) => {
                self.ink.tag(5);
                self.var(*var);
                self.ink.count(options.len());
                options.iter().for_each(|option| self.ink.number(*option));
                self.ink.text(&chapter.sites[site.at()]);
            }
            Act::Give(item, expr) => {
                self.ink.tag(6);
                self.item(*item);
                self.expr(expr);
            }
            Act::Take(item, expr) => {
                self.ink.tag(7);
                self.item(*item);
                self.expr(expr);
            }
            Act::Learn(entry) => {
                self.ink.tag(8);
                self.ink.text(&chapter.world.entry(*entry).id);
            }
        }
    }
}
