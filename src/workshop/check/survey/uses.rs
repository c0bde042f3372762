//! What is read and what is changed: by rules, by texts and by the panel.

use crate::engine::chapter::{Carried, Chapter, Rank};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Cond, Expr};
use crate::engine::id::VarIx;
use crate::engine::text::{Inline, Text};
use crate::workshop::range::{Atom, Mention, mentions, mentions_of};

use super::{Asked, Done, Told, prose};

/// What a chapter uses.
#[derive(Debug)]
pub(in crate::workshop::check) struct Uses {
    /// Variables whose value makes a difference or is shown.
    pub(in crate::workshop::check) read: Vec<bool>,
    /// Variables that change or are given.
    pub(in crate::workshop::check) written: Vec<bool>,
    /// Items that are asked for, counted or taken.
    pub(in crate::workshop::check) asked: Vec<bool>,
    /// Items that come into the player's hands.
    pub(in crate::workshop::check) given: Vec<bool>,
    /// Derived variables that are named, or that such a one is made of.
    pub(in crate::workshop::check) derived: Vec<bool>,
    /// Choices whose number of takings is asked for.
    pub(in crate::workshop::check) taken: Vec<bool>,
    /// Whether anything depends on how many choices were made.
    pub(in crate::workshop::check) time: bool,
}

impl Uses {
    pub(super) fn new(chapter: &Chapter, asked: &[Asked<'_>], done: &[Done<'_>], told: &[Told<'_>]) -> Self {
        let mut pen = Pen {
            chapter,
            uses: Self {
                read: vec![false; chapter.vars.len()],
                written: vec![false; chapter.vars.len()],
                asked: vec![false; chapter.world.items.len()],
                given: vec![false; chapter.world.items.len()],
                derived: vec![false; chapter.derived.len()],
                taken: vec![false; chapter.choices.len()],
                time: false,
            },
        };
        asked.iter().for_each(|asked| pen.cond(asked.cond));
        done.iter().for_each(|done| pen.effect(done.effect));
        told.iter().for_each(|told| pen.text(told.text));
        pen.others();
        pen.uses
    }
}

struct Pen<'c> {
    chapter: &'c Chapter,
    uses: Uses,
}

impl Pen<'_> {
    fn others(&mut self) {
        let chapter = self.chapter;
        chapter.stats.iter().for_each(|var| self.uses.read[var.at()] = true);
        for (at, var) in chapter.vars.iter().enumerate() {
            self.uses.read[at] |= var.strict;
        }
        let lines = chapter.maps.iter().flat_map(|map| map.lines.iter().filter_map(|line| line.when.as_ref()));
        let arms = chapter.maps.iter().flat_map(|map| map.armies.iter().flat_map(|army| &army.at));
        lines.chain(arms.filter_map(|arms| arms.when.as_ref())).for_each(|cond| self.cond(cond));
        let given = chapter.runs.iter().flat_map(|run| run.given.iter().map(|given| (given.what, given.value)));
        for (what, value) in chapter.carries.iter().map(|carry| (carry.what, carry.record)).chain(given) {
            match what {
                Carried::Var(ix) => self.uses.written[ix.at()] |= value != chapter.var(ix).start,
                Carried::Item(ix) => self.uses.given[ix.at()] |= value > 0,
            }
        }
        for run in &chapter.runs {
            if let Rank::Least(var) = run.rank {
                self.uses.read[var.at()] = true;
            }
        }
    }

    fn effect(&mut self, effect: &Effect) {
        match &effect.act {
            Act::Set(var, expr) => {
                self.uses.written[var.at()] = true;
                self.change(*var, expr);
            }
            Act::Test(var, cond) => {
                self.uses.written[var.at()] = true;
                self.cond(cond);
            }
            Act::Roll(var, ..) | Act::Chance(var, ..) | Act::OneOf(var, ..) => self.uses.written[var.at()] = true,
            Act::Give(item, many) => {
                self.uses.given[item.at()] = true;
                self.expr(many);
            }
            Act::Take(item, many) => {
                self.uses.asked[item.at()] = true;
                self.expr(many);
            }
            Act::Learn(_) => {}
        }
    }

    /// A variable that only counts on from itself is not read by that.
    fn change(&mut self, var: VarIx, expr: &Expr) {
        match expr {
            Expr::Add(now, by) | Expr::Sub(now, by) if **now == Expr::Var(var) => self.expr(by),
            _ => self.expr(expr),
        }
    }

    fn text(&mut self, text: &Text) {
        prose::each(text, &mut |inline| match inline {
            Inline::Number(expr) | Inline::Spell(expr, _) => self.expr(expr),
            Inline::Word(var) | Inline::Level(var) => self.uses.read[var.at()] = true,
            Inline::If(cond, ..) => self.cond(cond),
            _ => {}
        });
    }

    fn cond(&mut self, cond: &Cond) {
        let chapter = self.chapter;
        mentions(cond, chapter, &mut |mention| self.uses.mention(&mention));
    }

    fn expr(&mut self, expr: &Expr) {
        let chapter = self.chapter;
        mentions_of(expr, chapter, &mut |mention| self.uses.mention(&mention));
    }
}

impl Uses {
    fn mention(&mut self, mention: &Mention<'_>) {
        let atom = match mention {
            Mention::Mark(atom, _) | Mention::Marks(atom, _) | Mention::Whole(atom) => atom,
            Mention::Derived(ix) => return self.derived[ix.at()] = true,
        };
        match atom {
            Atom::Var(ix) => self.read[ix.at()] = true,
            Atom::Item(ix) => self.asked[ix.at()] = true,
            Atom::Taken(ix) => self.taken[ix.at()] = true,
            Atom::Since(_) | Atom::Turns => self.time = true,
            Atom::Visits(_) => {}
        }
    }
}
