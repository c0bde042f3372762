//! Rules with everything folded in that is not tracked: what a machine runs.

use std::cell::RefCell;

use crate::engine::chapter::{Chapter, Flow, Goes, Meaning, Target};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Compare, Cond, Expr, NEVER};
use crate::engine::id::{ChoiceIx, DerivedIx, SceneIx, SiteIx, VarIx};

use super::eval::{self, Known};
use super::slots::{Slot, Slots};
use super::span::{Span, Tri};

/// A tracked slot, by its position among the tracked.
pub(crate) type Cell = u32;

/// A number over tracked cells.
#[derive(Clone, Debug)]
pub(crate) enum Num {
    Span(Span),
    Cell(Cell),
    Age(Cell),
    Derived(u32),
    Add(Box<Num>, Box<Num>),
    Sub(Box<Num>, Box<Num>),
    Mul(Box<Num>, Box<Num>),
    Neg(Box<Num>),
    Min(Box<Num>, Box<Num>),
    Max(Box<Num>, Box<Num>),
    If(Box<Test>, Box<Num>, Box<Num>),
    Band(Box<Num>, Vec<i32>),
}

/// A condition over tracked cells.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    Known(Tri),
    Truth(Cell),
    Derived(u32),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
    Compare(Compare, Box<Num>, Box<Num>),
}

/// A condition, and the rule it was made from.
#[derive(Clone, Debug)]
pub(crate) struct Guard<'c> {
    pub(crate) test: Test,
    pub(crate) rule: Option<&'c Cond>,
}

/// One effect on a tracked cell, or a throw.
#[derive(Clone, Debug)]
pub(crate) struct Op<'c> {
    pub(crate) when: Guard<'c>,
    pub(crate) act: Deed,
    /// The effect it was made from.
    pub(crate) effect: &'c Effect,
}

/// What an op does.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    Set(Cell, Span, Num),
    Test(Cell, Test),
    Give(Cell, i32, Num),
    Take(Cell, Num),
    /// The outcomes that differ: a face that brings it about, and the value. No cell when it is not tracked.
    Throw(Option<Cell>, Vec<(u32, i32)>),
}

/// A choice.
#[derive(Clone, Debug)]
pub(crate) struct ChoiceCode<'c> {
    pub(crate) when: Guard<'c>,
    pub(crate) taken: Option<Cell>,
    pub(crate) once: bool,
    pub(crate) ops: Vec<Op<'c>>,
    /// Effects that may withhold the choice; empty unless it touches a strict variable.
    pub(crate) strict: Vec<Trial<'c>>,
    pub(crate) goes: GoesCode<'c>,
}

/// One effect of a trial run: a strict limit or a change.
#[derive(Clone, Debug)]
pub(crate) struct Trial<'c> {
    pub(crate) when: Guard<'c>,
    /// The strict variable, its limit and the value held against it.
    pub(crate) limit: Option<(VarIx, Span, Num)>,
    /// The change, if the cell is tracked.
    pub(crate) op: Option<Op<'c>>,
}

/// Where a choice leads.
#[derive(Clone, Debug)]
pub(crate) enum GoesCode<'c> {
    To(FlowCode<'c>),
    Visit(SceneIx),
    Nested(&'c [ChoiceIx], Option<FlowCode<'c>>),
    Rejoin,
}

/// Arrows in order.
pub(crate) type FlowCode<'c> = Vec<(Guard<'c>, Target)>;

/// A scene.
#[derive(Clone, Debug)]
pub(crate) struct SceneCode<'c> {
    pub(crate) visits: Option<Cell>,
    pub(crate) age: Option<Cell>,
    pub(crate) ops: Vec<Op<'c>>,
    pub(crate) menu: &'c [ChoiceIx],
    pub(crate) otherwise: Option<FlowCode<'c>>,
    pub(crate) then: Option<FlowCode<'c>>,
    pub(crate) back: bool,
    pub(crate) ends: bool,
}

/// A deck: its cards, and where to go when none can be dealt.
#[derive(Clone, Debug)]
pub(crate) struct DeckCode<'c> {
    /// Where its deals fall.
    pub(crate) site: SiteIx,
    pub(crate) cards: Vec<CardCode<'c>>,
    pub(crate) none: FlowCode<'c>,
}

/// A card of a deck.
#[derive(Clone, Debug)]
pub(crate) struct CardCode<'c> {
    pub(crate) scene: SceneIx,
    /// Its visits, if it is dealt once and they are tracked.
    pub(crate) visits: Option<Cell>,
    pub(crate) once: bool,
    pub(crate) when: Guard<'c>,
}

/// Everything of a chapter that a machine runs.
#[derive(Debug)]
pub(crate) struct Code<'c> {
    pub(crate) choices: Vec<ChoiceCode<'c>>,
    pub(crate) scenes: Vec<SceneCode<'c>>,
    pub(crate) decks: Vec<DeckCode<'c>>,
    pub(crate) numbers: Vec<Num>,
    pub(crate) tests: Vec<Test>,
}

/// Folds rules over what is always known.
pub(crate) struct Folder<'a, 'c> {
    pub(crate) slots: &'a Slots<'c>,
    /// What is known of slots that are not tracked.
    pub(crate) base: &'a [Span],
    /// Where a slot is tracked.
    pub(crate) cells: &'a [Option<Cell>],
    /// What derived variables come to, where nothing tracked is in them; filled as they are met.
    pub(crate) derived: RefCell<Vec<Option<Derived>>>,
}

/// A derived variable, folded.
#[derive(Clone, Debug)]
pub(crate) struct Derived {
    number: Option<Span>,
    test: Option<Tri>,
}

impl Known for Folder<'_, '_> {
    fn slots(&self) -> &Slots<'_> {
        self.slots
    }

    fn get(&self, slot: Slot) -> Span {
        self.base[slot as usize]
    }
}

impl<'c> Folder<'_, 'c> {
    pub(crate) fn fold(&self) -> Code<'c> {
        let chapter: &'c Chapter = self.slots.chapter();
        let scene = |(at, s): (usize, &'c crate::engine::chapter::Scene)| SceneCode {
            visits: self.cell(self.slots.visits(SceneIx::from(at))),
            age: self.cell(self.slots.age(SceneIx::from(at))),
            ops: self.ops(&s.enter),
            menu: &s.menu,
            otherwise: s.otherwise.as_ref().map(|f| self.flow(f)),
            then: s.then.as_ref().map(|f| self.flow(f)),
            back: s.back,
            ends: s.ending.is_some(),
        };
        let deck = |d: &'c crate::engine::chapter::Deck| DeckCode {
            site: d.site,
            cards: d.cards.iter().filter_map(|ix| self.card(chapter, *ix)).collect(),
            none: self.flow(&d.none),
        };
        Code {
            choices: chapter.choices.iter().enumerate().map(|(at, _)| self.choice(ChoiceIx::from(at))).collect(),
            scenes: chapter.scenes.iter().enumerate().map(scene).collect(),
            decks: chapter.decks.iter().map(deck).collect(),
            numbers: chapter
                .derived
                .iter()
                .map(|d| match &d.is {
                    Meaning::Number(e) => self.number(e),
                    Meaning::Flag(c) => Self::as_number(self.test(c)),
                })
                .collect(),
            tests: chapter
                .derived
                .iter()
                .map(|d| match &d.is {
                    Meaning::Flag(c) => self.test(c),
                    Meaning::Number(e) => match self.number(e) {
                        Num::Span(span) => Test::Known(span.truth()),
                        n => Test::Compare(Compare::Ne, Box::new(n), Box::new(Num::Span(Span::only(0)))),
                    },
                })
                .collect(),
        }
    }

    fn derived(&self, ix: DerivedIx) -> Derived {
        // In their order, so that a long chain goes no deeper than a short one.
        for other in &self.slots.chapter().derived[ix.at()].before {
            self.folded(*other);
        }
        self.folded(ix)
    }

    fn folded(&self, ix: DerivedIx) -> Derived {
        if let Some(known) = &self.derived.borrow()[ix.at()] {
            return known.clone();
        }
        let folded = match &self.slots.chapter().derived[ix.at()].is {
            Meaning::Number(e) => match self.number(e) {
                Num::Span(span) => Derived { number: Some(span), test: Some(span.truth()) },
                _ => Derived { number: None, test: None },
            },
            Meaning::Flag(c) => match self.test(c) {
                Test::Known(tri) => Derived { number: Some(tri.number()), test: Some(tri) },
                _ => Derived { number: None, test: None },
            },
        };
        self.derived.borrow_mut()[ix.at()] = Some(folded.clone());
        folded
    }

    fn cell(&self, slot: Slot) -> Option<Cell> {
        self.cells[slot as usize]
    }

    fn card(&self, chapter: &'c Chapter, scene: SceneIx) -> Option<CardCode<'c>> {
        let card = chapter.scene(scene).card.as_ref()?;
        Some(CardCode {
            scene,
            visits: self.cell(self.slots.visits(scene)),
            once: !card.again,
            when: self.guard(card.when.as_ref()),
        })
    }

    fn choice(&self, ix: ChoiceIx) -> ChoiceCode<'c> {
        let chapter: &'c Chapter = self.slots.chapter();
        let choice = chapter.choice(ix);
        ChoiceCode {
            when: self.guard(choice.when.as_deref()),
            taken: self.cell(self.slots.taken(ix)),
            once: !choice.again,
            ops: self.ops(&choice.effects),
            strict: if choice.strict { self.trials(&choice.effects) } else { Vec::new() },
            goes: match &choice.goes {
                Goes::To(flow) => GoesCode::To(self.flow(flow)),
                Goes::Visit(scene) => GoesCode::Visit(*scene),
                Goes::Nested(menu, then) => GoesCode::Nested(menu, then.as_ref().map(|f| self.flow(f))),
                Goes::Rejoin => GoesCode::Rejoin,
            },
        }
    }

    /// The effects before any dice: nothing after the first throw can withhold a choice.
    fn trials(&self, effects: &'c [Effect]) -> Vec<Trial<'c>> {
        let chapter = self.slots.chapter();
        let dice = |e: &Effect| matches!(e.act, Act::Roll(..) | Act::Chance(..) | Act::OneOf(..));
        effects
            .iter()
            .take_while(|e| !dice(e))
            .map(|effect| Trial {
                when: self.guard(effect.when.as_ref()),
                limit: match &effect.act {
                    Act::Set(var, expr) if chapter.var(*var).strict => {
                        let (low, high) = chapter.var(*var).bounds();
                        Some((*var, Span::new(low, high), self.number(expr)))
                    }
                    _ => None,
                },
                op: self.op(effect),
            })
            .collect()
    }

    fn flow(&self, flow: &'c Flow) -> FlowCode<'c> {
        flow.iter().map(|arrow| (self.guard(arrow.when.as_deref()), arrow.target)).collect()
    }

    pub(crate) fn guard(&self, rule: Option<&'c Cond>) -> Guard<'c> {
        Guard { test: rule.map_or(Test::Known(Tri::Yes), |c| self.test(c)), rule }
    }

    fn ops(&self, effects: &'c [Effect]) -> Vec<Op<'c>> {
        effects.iter().filter_map(|e| self.op(e)).collect()
    }

    fn op(&self, effect: &'c Effect) -> Option<Op<'c>> {
        let chapter = self.slots.chapter();
        let when = self.guard(effect.when.as_ref());
        if matches!(when.test, Test::Known(Tri::No)) {
            return None;
        }
        let bounds = |var| {
            let (low, high) = chapter.var(var).bounds();
            Span::new(low, high)
        };
        let act = match &effect.act {
            Act::Set(var, e) => Deed::Set(self.cell(self.slots.var(*var))?, bounds(*var), self.number(e)),
            Act::Test(var, c) => Deed::Test(self.cell(self.slots.var(*var))?, self.test(c)),
            Act::Give(item, e) => {
                let max = chapter.world.item(*item).max;
                Deed::Give(self.cell(self.slots.item(*item))?, max, self.number(e))
            }
            Act::Take(item, e) => Deed::Take(self.cell(self.slots.item(*item))?, self.number(e)),
            Act::Roll(var, low, high, _) => {
                let range = bounds(*var);
                let faces = (*low..=*high).zip(0..);
                Deed::Throw(
                    self.cell(self.slots.var(*var)),
                    distinct(faces.map(|(v, face)| (face, v.clamp(range.low, range.high)))),
                )
            }
            Act::Chance(var, percent, _) => {
                let hit = (*percent > 0).then_some((0, 1));
                let miss = (*percent < 100).then_some((*percent, 0));
                Deed::Throw(self.cell(self.slots.var(*var)), hit.into_iter().chain(miss).collect())
            }
            Act::OneOf(var, options, _) => {
                let range = bounds(*var);
                let faces = options.iter().zip(0..).map(|(v, face)| (face, (*v).clamp(range.low, range.high)));
                Deed::Throw(self.cell(self.slots.var(*var)), distinct(faces))
            }
            Act::Learn(_) => return None,
        };
        Some(Op { when, act, effect })
    }

    pub(crate) fn number(&self, expr: &Expr) -> Num {
        let two = |make: fn(Box<Num>, Box<Num>) -> Num, a: &Expr, b: &Expr| {
            let (a, b) = (self.number(a), self.number(b));
            match (&a, &b) {
                (Num::Span(_), Num::Span(_)) => Num::Span(eval::number(expr, self)),
                _ => make(Box::new(a), Box::new(b)),
            }
        };
        let cell = |slot: Slot| match self.cell(slot) {
            Some(cell) if self.slots.is_age(slot) => Num::Age(cell),
            Some(cell) => Num::Cell(cell),
            None if self.slots.is_age(slot) => Num::Span(self.base[slot as usize].min(Span::only(NEVER))),
            None => Num::Span(self.base[slot as usize]),
        };
        match expr {
            Expr::Const(n) => Num::Span(Span::only(*n)),
            Expr::Var(ix) => cell(self.slots.var(*ix)),
            Expr::Count(ix) => cell(self.slots.item(*ix)),
            Expr::Visits(ix) => cell(self.slots.visits(*ix)),
            Expr::Taken(ix) => cell(self.slots.taken(*ix)),
            Expr::Since(ix) => cell(self.slots.age(*ix)),
            Expr::Turns => cell(self.slots.turn()),
            Expr::Derived(ix) => self.derived(*ix).number.map_or(Num::Derived(ix.0), Num::Span),
            Expr::Add(a, b) => two(Num::Add, a, b),
            Expr::Sub(a, b) => two(Num::Sub, a, b),
            Expr::Mul(a, b) => two(Num::Mul, a, b),
            Expr::Min(a, b) => two(Num::Min, a, b),
            Expr::Max(a, b) => two(Num::Max, a, b),
            Expr::Neg(a) => match self.number(a) {
                Num::Span(span) => Num::Span(span.neg()),
                a => Num::Neg(Box::new(a)),
            },
            Expr::If(c, a, b) => match self.test(c) {
                Test::Known(Tri::Yes) => self.number(a),
                Test::Known(Tri::No) => self.number(b),
                c => match (c, self.number(a), self.number(b)) {
                    (Test::Known(_), Num::Span(a), Num::Span(b)) => Num::Span(a.hull(b)),
                    (c, a, b) => Num::If(Box::new(c), Box::new(a), Box::new(b)),
                },
            },
            Expr::Band(x, marks) => match self.number(x) {
                Num::Span(span) => Num::Span(span.band(marks)),
                x => Num::Band(Box::new(x), marks.clone()),
            },
        }
    }

    pub(crate) fn test(&self, cond: &Cond) -> Test {
        let truth = |slot: Slot| match self.cell(slot) {
            Some(cell) => Test::Truth(cell),
            None => Test::Known(self.base[slot as usize].truth()),
        };
        match cond {
            Cond::Const(b) => Test::Known(Tri::from(*b)),
            Cond::Flag(ix) => truth(self.slots.var(*ix)),
            Cond::Has(ix) => truth(self.slots.item(*ix)),
            Cond::Seen(ix) => truth(self.slots.visits(*ix)),
            Cond::Derived(ix) => self.derived(*ix).test.map_or(Test::Derived(ix.0), Test::Known),
            Cond::Not(c) => match self.test(c) {
                Test::Known(tri) => Test::Known(tri.not()),
                c => Test::Not(Box::new(c)),
            },
            Cond::All(all) => Self::group(all.iter().map(|c| self.test(c)), Tri::No, Test::All),
            Cond::Any(any) => Self::group(any.iter().map(|c| self.test(c)), Tri::Yes, Test::Any),
            Cond::Compare(how, a, b) => match (self.number(a), self.number(b)) {
                (Num::Span(a), Num::Span(b)) => Test::Known(a.compare(*how, b)),
                (a, b) => Test::Compare(*how, Box::new(a), Box::new(b)),
            },
        }
    }

    /// Conditions joined: one that is `decisive` decides, those that are its opposite say nothing.
    fn group(tests: impl Iterator<Item = Test>, decisive: Tri, join: fn(Vec<Test>) -> Test) -> Test {
        let mut left = Vec::new();
        let mut either = false;
        for test in tests {
            match test {
                Test::Known(tri) if tri == decisive => return Test::Known(decisive),
                Test::Known(Tri::Either) => either = true,
                Test::Known(_) => {}
                test => left.push(test),
            }
        }
        if left.is_empty() {
            return Test::Known(if either { Tri::Either } else { decisive.not() });
        }
        if either {
            left.push(Test::Known(Tri::Either));
        }
        if left.len() == 1 { left.swap_remove(0) } else { join(left) }
    }

    fn as_number(test: Test) -> Num {
        match test {
            Test::Known(tri) => Num::Span(tri.number()),
            test => Num::If(Box::new(test), Box::new(Num::Span(Span::only(1))), Box::new(Num::Span(Span::only(0)))),
        }
    }
}

/// One face for each value.
fn distinct(faces: impl Iterator<Item = (u32, i32)>) -> Vec<(u32, i32)> {
    let mut kept: Vec<(u32, i32)> = Vec::new();
    for (face, value) in faces.take(4096) {
        if !kept.iter().any(|(_, v)| *v == value) {
            kept.push((face, value));
        }
    }
    kept
}
