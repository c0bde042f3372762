//! Counters that grow for ever, cut down to what a condition can still tell apart.

use taiyuan::engine::chapter::Meaning;
use taiyuan::engine::effect::{Act, Effect};
use taiyuan::engine::expr::{Cond, Expr};
use taiyuan::engine::{Chapter, State};

/// The largest value of each counter that anything can tell from a larger one. 0: nothing asks for it.
pub(super) struct Blur {
    visits: Vec<u32>,
    ages: Vec<u32>,
    taken: Vec<u32>,
    turns: u32,
    /// Taken where a counter stands elsewhere than in a comparison with a constant.
    wide: u32,
}

impl Blur {
    pub(super) fn of(chapter: &Chapter) -> Self {
        let widest = chapter.vars.iter().map(|v| v.bounds().1 - v.bounds().0).max().unwrap_or(0);
        let mut blur = Self {
            visits: chapter.scenes.iter().map(|s| u32::from(s.card.is_some())).collect(),
            ages: vec![0; chapter.scenes.len()],
            taken: chapter.choices.iter().map(|c| u32::from(!c.again)).collect(),
            turns: 0,
            wide: u32::try_from(widest).unwrap() + 5,
        };
        for derived in chapter.derived.iter() {
            match &derived.is {
                Meaning::Number(number) => blur.number(number),
                Meaning::Flag(cond) => blur.cond(cond),
            }
        }
        let when = |arrow: &taiyuan::engine::chapter::Arrow| arrow.when.as_deref().cloned();
        let flow = |flow: &[taiyuan::engine::chapter::Arrow]| flow.iter().filter_map(when).collect();
        let mut conds: Vec<Cond> = Vec::new();
        for scene in chapter.scenes.iter() {
            scene.enter.iter().for_each(|e| blur.effect(e));
            for one in [&scene.then, &scene.otherwise].into_iter().flatten() {
                conds.extend::<Vec<Cond>>(flow(one));
            }
            conds.extend(scene.card.as_ref().and_then(|c| c.when.clone()));
        }
        for choice in chapter.choices.iter() {
            choice.effects.iter().for_each(|e| blur.effect(e));
            conds.extend(choice.when.as_deref().cloned());
            conds.extend::<Vec<Cond>>(choice.goes.flow().map(|one| flow(one)).unwrap_or_default());
        }
        chapter.decks.iter().for_each(|d| conds.extend::<Vec<Cond>>(flow(&d.none)));
        conds.extend(chapter.achievements.iter().map(|a| a.when.clone()));
        conds.iter().for_each(|c| blur.cond(c));
        blur
    }

    fn effect(&mut self, effect: &Effect) {
        effect.when.iter().for_each(|c| self.cond(c));
        match &effect.act {
            Act::Set(_, number) | Act::Give(_, number) | Act::Take(_, number) => self.number(number),
            Act::Test(_, cond) => self.cond(cond),
            Act::Roll(..) | Act::Chance(..) | Act::OneOf(..) | Act::Learn(_) => {}
        }
    }

    fn cond(&mut self, cond: &Cond) {
        match cond {
            Cond::Const(_) | Cond::Flag(_) | Cond::Derived(_) | Cond::Has(_) => {}
            Cond::Not(of) => self.cond(of),
            Cond::All(all) | Cond::Any(all) => all.iter().for_each(|c| self.cond(c)),
            Cond::Compare(_, a, b) => match (&**a, &**b) {
                (counter, Expr::Const(n)) => self.counted(counter, u32::try_from(*n).unwrap_or(0) + 1),
                (a, b) => {
                    self.number(a);
                    self.number(b);
                }
            },
            Cond::Seen(scene) => self.visits[scene.at()] = self.visits[scene.at()].max(1),
        }
    }

    fn number(&mut self, number: &Expr) {
        self.counted(number, self.wide);
    }

    /// A number of which values from `cap` on are all the same, if it is a counter.
    fn counted(&mut self, number: &Expr, cap: u32) {
        let cell = match number {
            Expr::Visits(scene) => &mut self.visits[scene.at()],
            Expr::Since(scene) => &mut self.ages[scene.at()],
            Expr::Taken(choice) => &mut self.taken[choice.at()],
            Expr::Turns => &mut self.turns,
            Expr::Const(_) | Expr::Var(_) | Expr::Derived(_) | Expr::Count(_) => return,
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Min(a, b) | Expr::Max(a, b) => {
                self.number(a);
                return self.number(b);
            }
            Expr::If(cond, a, b) => {
                self.cond(cond);
                self.number(a);
                return self.number(b);
            }
            Expr::Neg(a) | Expr::Band(a, _) => return self.number(a),
        };
        *cell = (*cell).max(cap);
    }

    /// Cuts the counters of a state.
    pub(super) fn forget(&self, chapter: &Chapter, state: &mut State) {
        state.seed = 0;
        state.drawn.fill(0);
        state.achieved.fill(0);
        let cut =
            |counts: &mut [u32], caps: &[u32]| counts.iter_mut().zip(caps).for_each(|(n, cap)| *n = (*n).min(*cap));
        cut(&mut state.visits, &self.visits);
        cut(&mut state.taken, &self.taken);
        let oldest = self.ages.iter().copied().max().unwrap_or(0);
        let turn = if self.turns == 0 { oldest } else { state.turn.min(self.turns.max(oldest)) };
        for at in 0..chapter.scenes.len() {
            let last = &mut state.last[at];
            *last = match (*last, self.ages[at]) {
                (0, _) | (_, 0) => 0,
                (entered, cap) => turn + 1 - (state.turn + 1 - entered).min(cap),
            };
        }
        state.turn = turn;
    }
}
