//! Which tracked cells can still be read from a place before they are set again. The others are forgotten there.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::code::{Cell, Code, Deed, FlowCode, GoesCode, Guard, Num, Op, Test, Trial};
use super::machine::{Moment, Sites};
use super::span::Tri;
use crate::engine::Chapter;
use crate::engine::chapter::Target;
use crate::engine::id::{ChoiceIx, SceneIx};

/// A set of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells(Vec<u64>);

impl Cells {
    fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    pub(crate) fn has(&self, cell: usize) -> bool {
        self.0.get(cell / 64).is_some_and(|word| word >> (cell % 64) & 1 == 1)
    }

    fn add(&mut self, cell: Cell) {
        self.0[cell as usize / 64] |= 1 << (cell % 64);
    }

    fn remove(&mut self, cell: Cell) {
        self.0[cell as usize / 64] &= !(1 << (cell % 64));
    }

    fn join(&mut self, other: &Self) -> bool {
        let mut grew = false;
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            grew |= *more & !*word != 0;
            *word |= more;
        }
        grew
    }
}

/// Where plays of interest go: what only matters elsewhere need not be known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) scenes: BTreeSet<SceneIx>,
    pub(crate) choices: BTreeSet<ChoiceIx>,
}

/// What can be read from each place on.
#[derive(Debug)]
pub(crate) struct Live {
    scenes: Vec<Cells>,
    nested: FxHashMap<(SceneIx, ChoiceIx), Cells>,
}

impl Live {
    /// Computes it: backwards over the rules until nothing is added. Within a `region`, what is read outside does not count.
    pub(crate) fn new(
        chapter: &Chapter,
        code: &Code<'_>,
        sites: &Sites,
        asked: &[(Moment, &Guard<'_>)],
        (kept, region): (&[Cell], Option<&Region>),
        count: usize,
    ) -> Self {
        let mut always = Cells::none(count);
        kept.iter().for_each(|cell| always.add(*cell));
        let (returns, derived) = (Cells::none(count), Vec::new());
        let mut flow = Flowing { chapter, code, sites, region, count, returns, derived, told: FxHashMap::default() };
        flow.derive();
        for (moment, guard) in asked {
            match moment {
                Moment::Ever => flow.test(&guard.test, &mut always),
                _ => flow.tell(*moment, guard),
            }
        }
        let mut live = Self { scenes: vec![always.clone(); chapter.scenes.len()], nested: FxHashMap::default() };
        for (at, scene) in code.scenes.iter().enumerate() {
            let mut waiting: Vec<ChoiceIx> = scene.menu.to_vec();
            while let Some(choice) = waiting.pop() {
                if let GoesCode::Nested(menu, _) = &code.choices[choice.at()].goes {
                    live.nested.insert((SceneIx::from(at), choice), always.clone());
                    waiting.extend_from_slice(menu);
                }
            }
        }
        let visitors = flow.visitors();
        let mut grew = true;
        while grew {
            grew = false;
            for &scene in &visitors {
                let here = live.scenes[scene.at()].clone();
                grew |= flow.returns.join(&here);
            }
            for at in (0..live.scenes.len()).rev() {
                let more = flow.place(&live, SceneIx::from(at), None);
                grew |= live.scenes[at].join(&more);
            }
            let keys: Vec<_> = live.nested.keys().copied().collect();
            for (scene, open) in keys {
                let more = flow.place(&live, scene, Some(open));
                grew |= live.nested.get_mut(&(scene, open)).is_some_and(|cells| cells.join(&more));
            }
        }
        live
    }

    /// Whether the cell can be read from some place on.
    pub(crate) fn ever(&self, cell: usize) -> bool {
        self.scenes.iter().chain(self.nested.values()).any(|cells| cells.has(cell))
    }

    /// What can be read from here on.
    pub(crate) fn at(&self, scene: SceneIx, open: Option<ChoiceIx>) -> &Cells {
        open.and_then(|c| self.nested.get(&(scene, c))).unwrap_or(&self.scenes[scene.at()])
    }
}

struct Flowing<'a, 'c> {
    chapter: &'a Chapter,
    code: &'a Code<'c>,
    sites: &'a Sites,
    region: Option<&'a Region>,
    count: usize,
    /// What can be read where a visit returns to.
    returns: Cells,
    /// What each derived variable reads.
    derived: Vec<Option<Cells>>,
    /// What is read by conditions that are asked only then.
    told: FxHashMap<Moment, Cells>,
}

impl Flowing<'_, '_> {
    /// Scenes that others come back to.
    fn visitors(&self) -> Vec<SceneIx> {
        let visits = |c: &ChoiceIx| matches!(self.code.choices[c.at()].goes, GoesCode::Visit(_));
        let scenes = self.code.scenes.iter().enumerate().filter(|(_, s)| {
            let mut waiting: Vec<ChoiceIx> = s.menu.to_vec();
            while let Some(choice) = waiting.pop() {
                if visits(&choice) {
                    return true;
                }
                if let GoesCode::Nested(menu, _) = &self.code.choices[choice.at()].goes {
                    waiting.extend_from_slice(menu);
                }
            }
            false
        });
        scenes.map(|(at, _)| SceneIx::from(at)).collect()
    }

    /// What each derived variable reads, in an order in which those it names come first.
    fn derive(&mut self) {
        self.derived = vec![None; self.code.numbers.len()];
        for at in 0..self.code.numbers.len() {
            self.derive_one(at);
        }
    }

    fn derive_one(&mut self, at: usize) {
        if self.derived[at].is_some() {
            return;
        }
        let (number, test) = (&self.code.numbers[at], &self.code.tests[at]);
        let mut named = Vec::new();
        named_in_number(number, &mut named);
        named_in_test(test, &mut named);
        for other in named {
            self.derive_one(other as usize);
        }
        let mut cells = Cells::none(self.count);
        self.number(number, &mut cells);
        self.test(test, &mut cells);
        self.derived[at] = Some(cells);
    }

    /// A condition is asked at a moment.
    fn tell(&mut self, moment: Moment, guard: &Guard<'_>) {
        let mut cells = Cells::none(self.count);
        self.test(&guard.test, &mut cells);
        self.told.entry(moment).or_insert_with(|| Cells::none(self.count)).join(&cells);
    }

    fn asked(&self, moment: Moment, cells: &mut Cells) {
        if let Some(told) = self.told.get(&moment) {
            cells.join(told);
        }
    }

    /// Whether no play of interest comes to a scene.
    fn is_outside(&self, scene: SceneIx) -> bool {
        self.region.is_some_and(|region| !region.scenes.contains(&scene))
    }

    fn place(&self, live: &Live, scene: SceneIx, open: Option<ChoiceIx>) -> Cells {
        let code = &self.code.scenes[scene.at()];
        let mut cells = Cells::none(self.count);
        if self.is_outside(scene) {
            return cells;
        }
        if open.is_none() {
            self.asked(Moment::Entered(scene), &mut cells);
        }
        if code.ends {
            // What is always live was put there at the start.
            return cells;
        }
        let menu = match open.map(|c| &self.code.choices[c.at()].goes) {
            Some(GoesCode::Nested(menu, _)) => menu,
            _ => code.menu,
        };
        let onward = open.is_some() || code.otherwise.is_some() || code.then.is_some() || code.back;
        for &choice in menu {
            let taken = self.region.is_none_or(|region| region.choices.contains(&choice));
            // A choice that is not taken matters where the page is left when nothing is open.
            if taken || onward {
                self.standing(choice, &mut cells);
            }
            if taken {
                cells.join(&self.choosing(live, scene, choice));
            }
        }
        if open.is_some() {
            cells.join(&live.scenes[scene.at()]);
        } else if let Some(flow) = code.otherwise.as_ref().or(code.then.as_ref()) {
            self.flow(live, flow, &mut cells);
        } else if code.back {
            cells.join(&self.returns);
        }
        cells
    }

    fn standing(&self, choice: ChoiceIx, cells: &mut Cells) {
        let code = &self.code.choices[choice.at()];
        self.asked(Moment::Offered(choice), cells);
        if let (true, Some(taken)) = (code.once, code.taken) {
            cells.add(taken);
        }
        self.test(&code.when.test, cells);
        for Trial { when, limit, op, .. } in &code.strict {
            self.test(&when.test, cells);
            if let Some((_, _, value)) = limit {
                self.number(value, cells);
            }
            if let Some(op) = op {
                self.reads(op, cells);
            }
        }
        if let GoesCode::Nested(menu, _) = &code.goes {
            menu.iter().for_each(|c| self.standing(*c, cells));
        }
    }

    fn choosing(&self, live: &Live, scene: SceneIx, choice: ChoiceIx) -> Cells {
        let code = &self.code.choices[choice.at()];
        let mut cells = Cells::none(self.count);
        match &code.goes {
            GoesCode::To(flow) => self.flow(live, flow, &mut cells),
            GoesCode::Visit(scene) => {
                cells.join(&self.entering(live, *scene));
            }
            GoesCode::Nested(..) => {
                cells.join(live.at(scene, Some(choice)));
            }
            GoesCode::Rejoin => self.rejoin(live, scene, choice, &mut cells),
        }
        self.asked(Moment::Taken(choice), &mut cells);
        self.before(&code.ops, &mut cells);
        cells
    }

    fn rejoin(&self, live: &Live, scene: SceneIx, choice: ChoiceIx, cells: &mut Cells) {
        let mut parent = self.chapter.choice(choice).parent;
        while let Some(around) = parent {
            if let GoesCode::Nested(_, Some(then)) = &self.code.choices[around.at()].goes {
                return self.flow(live, then, cells);
            }
            parent = self.chapter.choice(around).parent;
        }
        match &self.code.scenes[scene.at()].then {
            Some(then) => self.flow(live, then, cells),
            None => {
                cells.join(&live.scenes[scene.at()]);
            }
        }
    }

    fn flow(&self, live: &Live, flow: &FlowCode<'_>, cells: &mut Cells) {
        for (guard, target) in flow {
            self.test(&guard.test, cells);
            match target {
                Target::Scene(scene) => {
                    cells.join(&self.entering(live, *scene));
                }
                Target::Draw(deck) => {
                    if let Some(drawn) = self.sites.of_deck(self.chapter, *deck) {
                        cells.add(drawn);
                    }
                    let deck = &self.code.decks[deck.at()];
                    for card in &deck.cards {
                        if let (true, Some(visits)) = (card.once, card.visits) {
                            cells.add(visits);
                        }
                        self.test(&card.when.test, cells);
                        cells.join(&self.entering(live, card.scene));
                    }
                    self.flow(live, &deck.none, cells);
                }
                Target::Back => {
                    cells.join(&self.returns);
                }
            }
        }
    }

    fn entering(&self, live: &Live, scene: SceneIx) -> Cells {
        let code = &self.code.scenes[scene.at()];
        let mut cells = live.scenes[scene.at()].clone();
        if self.is_outside(scene) {
            return cells;
        }
        self.before(&code.ops, &mut cells);
        if let Some(age) = code.age {
            cells.remove(age);
        }
        cells
    }

    /// What is read before effects, if `cells` are read after them.
    fn before(&self, ops: &[Op<'_>], cells: &mut Cells) {
        for op in ops.iter().rev() {
            let target = match &op.act {
                Deed::Set(cell, ..) | Deed::Test(cell, _) | Deed::Throw(Some(cell), _) => Some((*cell, true)),
                Deed::Give(cell, ..) | Deed::Take(cell, _) => Some((*cell, false)),
                Deed::Throw(None, _) => None,
            };
            let drawn = self.sites.of_effect(op.effect);
            if drawn.is_some_and(|drawn| cells.has(drawn as usize)) {
                self.test(&op.when.test, cells);
            }
            let Some((cell, sets)) = target.filter(|(cell, _)| cells.has(*cell as usize)) else { continue };
            drawn.into_iter().for_each(|drawn| cells.add(drawn));
            if sets && matches!(op.when.test, Test::Known(Tri::Yes)) {
                cells.remove(cell);
            }
            self.reads(op, cells);
        }
    }

    fn reads(&self, op: &Op<'_>, cells: &mut Cells) {
        self.test(&op.when.test, cells);
        match &op.act {
            Deed::Set(_, _, value) | Deed::Give(_, _, value) | Deed::Take(_, value) => self.number(value, cells),
            Deed::Test(_, test) => self.test(test, cells),
            Deed::Throw(..) => {}
        }
    }

    fn number(&self, num: &Num, cells: &mut Cells) {
        match num {
            Num::Span(_) => {}
            Num::Cell(cell) | Num::Age(cell) => cells.add(*cell),
            Num::Derived(ix) => {
                if let Some(more) = &self.derived[*ix as usize] {
                    cells.join(more);
                }
            }
            Num::Add(a, b) | Num::Sub(a, b) | Num::Mul(a, b) | Num::Min(a, b) | Num::Max(a, b) => {
                self.number(a, cells);
                self.number(b, cells);
            }
            Num::Neg(a) | Num::Band(a, _) => self.number(a, cells),
            Num::If(c, a, b) => {
                self.test(c, cells);
                self.number(a, cells);
                self.number(b, cells);
            }
        }
    }

    fn test(&self, test: &Test, cells: &mut Cells) {
        match test {
            Test::Known(_) => {}
            Test::Truth(cell) => cells.add(*cell),
            Test::Derived(ix) => {
                if let Some(more) = &self.derived[*ix as usize] {
                    cells.join(more);
                }
            }
            Test::Not(c) => self.test(c, cells),
            Test::All(all) | Test::Any(all) => all.iter().for_each(|c| self.test(c, cells)),
            Test::Compare(_, a, b) => {
                self.number(a, cells);
                self.number(b, cells);
            }
        }
    }
}

/// The derived variables that a number names.
fn named_in_number(num: &Num, into: &mut Vec<u32>) {
    match num {
        Num::Span(_) | Num::Cell(_) | Num::Age(_) => {}
        Num::Derived(ix) => into.push(*ix),
        Num::Add(a, b) | Num::Sub(a, b) | Num::Mul(a, b) | Num::Min(a, b) | Num::Max(a, b) => {
            named_in_number(a, into);
            named_in_number(b, into);
        }
        Num::Neg(a) | Num::Band(a, _) => named_in_number(a, into),
        Num::If(c, a, b) => {
            named_in_test(c, into);
            named_in_number(a, into);
            named_in_number(b, into);
        }
    }
}

/// The derived variables that a condition names.
fn named_in_test(test: &Test, into: &mut Vec<u32>) {
    match test {
        Test::Known(_) | Test::Truth(_) => {}
        Test::Derived(ix) => into.push(*ix),
        Test::Not(c) => named_in_test(c, into),
        Test::All(all) | Test::Any(all) => all.iter().for_each(|c| named_in_test(c, into)),
        Test::Compare(_, a, b) => {
            named_in_number(a, into);
            named_in_number(b, into);
        }
    }
}
