//! One node's ways on, with every outcome of dice and every answer to what is not known.

use super::super::code::Cell;
use super::super::code::{DeckCode, Deed, GoesCode, Guard, Num, Op, SceneCode, Test, Trial};
use super::super::span::{Span, Tri};
use super::{Machine, Place, Places};
use crate::engine::chapter::Target;
use crate::engine::dice::{Keyed, Luck, Throw};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Compare, Cond, NEVER};
use crate::engine::id::{ChoiceIx, DeckIx, SceneIx, VarIx};
use crate::engine::state::DEPTH;

/// So many values of a number that is not quite known are told apart.
const FEW: i64 = 8;

/// What leads from a node to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// A choice. Certain when it is open whatever is not known.
    Choice(ChoiceIx, bool),
    /// Nothing is to be chosen, and the story flows on. Certain when no choice can be open.
    Flow(bool),
}

impl Label {
    /// Whether both stand for the same act, certain or not.
    pub(crate) fn same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Choice(a, _), Self::Choice(b, _)) => a == b,
            (Self::Flow(_), Self::Flow(_)) => true,
            (Self::Choice(..), Self::Flow(_)) | (Self::Flow(_), Self::Choice(..)) => false,
        }
    }
}

/// One way on. Its outcomes are a tree written in `tokens`, root first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) label: Label,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// A piece of a tree of outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// The node with this number among those of the expansion.
    Leaf(u32),
    /// This many trees follow, one for each answer to what is not known.
    All(u32),
    /// This many trees follow, one for each outcome of a throw.
    Any(u32),
}

/// What fell on the way to a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fall {
    /// A face of a die.
    Face(u32),
    /// Any face: it is not tracked.
    Whatever,
    /// A card.
    Card(SceneIx),
}

/// A question that was answered without knowing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Why<'c> {
    /// A condition was taken to hold, or not.
    Rule(&'c Cond, bool),
    /// A choice or a card that is used once was taken to be unused.
    Unused(Once),
    /// A choice was taken to be open although a strict variable or the menu nested in it may withhold it.
    Within(ChoiceIx),
    /// No choice of the menu was taken to be open.
    Empty(SceneIx, Option<ChoiceIx>),
    /// Something was computed from what is not known.
    Value(&'c Effect),
}

/// What is used once.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Once {
    /// A choice.
    Choice(ChoiceIx),
    /// A card.
    Card(SceneIx),
}

/// Everything that leads on from one node.
#[derive(Debug, Default)]
pub(crate) struct Expansion<'c> {
    pub(crate) edges: Vec<Edge>,
    pub(crate) tokens: Vec<Token>,
    /// The nodes led to, packed.
    pub(crate) nodes: Vec<u64>,
    /// Whether the play may be stuck here.
    pub(crate) stuck: bool,
    /// Whether the play rests here: the chapter is over, or there is something to choose, or it is stuck.
    pub(crate) rests: bool,
    /// Choices whose reason may be shown.
    pub(crate) locked: Vec<ChoiceIx>,
    /// Choices that a strict variable may withhold without a word.
    pub(crate) withheld: Vec<(ChoiceIx, VarIx)>,
    /// For each node led to, the value that is shown with it; only if the machine shows one.
    pub(crate) shown: Vec<Span>,
    /// For each node led to, what fell and what was assumed; only if they are recorded.
    pub(crate) trails: Vec<(Vec<Fall>, Vec<Why<'c>>)>,
    /// The conditions asked as a choice is taken that may hold then, by number.
    pub(crate) spoken: Vec<usize>,
    /// Whether a visit would go deeper than the engine allows.
    pub(crate) too_deep: bool,
}

impl Expansion<'_> {
    /// Every way on, whatever has to be answered on it: its label, its number and the node of so many words it leads to.
    pub(crate) fn each(&self, words: usize, mut see: impl FnMut(Label, u32, &[u64])) {
        for edge in &self.edges {
            for token in &self.tokens[edge.first..edge.last] {
                if let Token::Leaf(leaf) = token {
                    let from = *leaf as usize * words;
                    see(edge.label, *leaf, &self.nodes[from..from + words]);
                }
            }
        }
    }

    fn clear(&mut self) {
        self.edges.clear();
        self.tokens.clear();
        self.nodes.clear();
        self.locked.clear();
        self.withheld.clear();
        self.trails.clear();
        self.shown.clear();
        self.spoken.clear();
        (self.stuck, self.rests, self.too_deep) = (false, false, false);
    }
}

/// Runs a machine from one node at a time.
#[derive(Debug)]
pub(crate) struct Runner<'m, 'c> {
    machine: &'m Machine<'c>,
    pub(crate) places: Places,
    at: Place,
    values: Vec<Span>,
    saved: Vec<Span>,
    /// Changed values make what was computed of derived variables old.
    age: u64,
    numbers: Vec<(u64, Span)>,
    tests: Vec<(u64, Tri)>,
    /// When a derived condition was last taken not to hold, and to hold.
    narrowed: Vec<[u64; 2]>,
    falls: Vec<Fall>,
    whys: Vec<Why<'c>>,
    record: bool,
    pub(crate) out: Expansion<'c>,
}

type Then<'a, 'm, 'c> = &'a mut dyn FnMut(&mut Runner<'m, 'c>);

impl<'m, 'c> Runner<'m, 'c> {
    pub(crate) fn new(machine: &'m Machine<'c>) -> Self {
        let (numbers, tests) = (machine.code.numbers.len(), machine.code.tests.len());
        Self {
            machine,
            places: Places::default(),
            at: Place { scene: SceneIx(0), open: None, stack: Vec::new() },
            values: machine.widest().to_vec(),
            saved: Vec::new(),
            age: 1,
            numbers: vec![(0, Span::only(0)); numbers],
            tests: vec![(0, Tri::Either); tests],
            narrowed: vec![[0; 2]; tests],
            falls: Vec::new(),
            whys: Vec::new(),
            record: false,
            out: Expansion::default(),
        }
    }

    /// Whether expansions note what fell and what was assumed.
    pub(crate) fn record(&mut self, on: bool) {
        self.record = on;
    }

    /// The nodes of entering a scene with these values.
    pub(crate) fn enter_first(&mut self, scene: SceneIx, values: &[Span]) {
        self.out.clear();
        self.values.copy_from_slice(values);
        self.fresh();
        self.at = Place { scene, open: None, stack: Vec::new() };
        self.edge(Label::Flow(true), &mut |m| m.enter(scene));
    }

    /// What leads on from a node.
    pub(crate) fn expand(&mut self, node: &[u64]) {
        self.out.clear();
        self.stand(node);
        let machine = self.machine;
        let scene = &machine.code.scenes[self.at.scene.at()];
        if scene.ends {
            self.out.rests = true;
            return;
        }
        let menu = match self.at.open.map(|c| &machine.code.choices[c.at()].goes) {
            Some(GoesCode::Nested(menu, _)) => menu,
            _ => scene.menu,
        };
        let mut some = false;
        let mut sure = machine.filled.contains(&(self.at.scene, self.at.open));
        for &choice in menu {
            let open = self.standing(choice, true);
            if open.may() {
                some = true;
                sure |= open.must();
                self.edge(Label::Choice(choice, open.must()), &mut |m| m.choose(choice));
            }
        }
        self.out.rests = some;
        if !sure {
            self.flow_on(scene, some);
        }
    }

    /// Whether a condition that the machine was made to be asked holds in a node.
    pub(crate) fn ask(&mut self, node: &[u64], which: usize) -> Tri {
        self.stand(node);
        let machine = self.machine;
        self.test(&machine.asked[which].test)
    }

    /// What is known in a node.
    pub(crate) fn known(&mut self, node: &[u64]) -> &[Span] {
        self.stand(node);
        &self.values
    }

    fn stand(&mut self, node: &[u64]) {
        let place = self.places.get(Machine::place_of(node));
        self.at.scene = place.scene;
        self.at.open = place.open;
        self.at.stack.clear();
        self.at.stack.extend_from_slice(&place.stack);
        self.machine.unpack(node, &mut self.values);
        self.fresh();
    }

    fn fresh(&mut self) {
        self.age += 1;
    }

    fn flow_on(&mut self, scene: &'m SceneCode<'c>, some: bool) {
        let empty = some.then_some(Why::Empty(self.at.scene, self.at.open));
        let flow = scene.otherwise.as_ref().or(scene.then.as_ref());
        let label = Label::Flow(!some);
        if self.at.open.is_some() {
            self.edge(label, &mut |m| {
                m.whys.extend(empty);
                m.at.open = None;
                m.leaf();
            });
        } else if let Some(flow) = flow {
            self.edge(label, &mut |m| {
                m.whys.extend(empty);
                m.follow(flow);
            });
        } else if scene.back && !self.at.stack.is_empty() {
            self.edge(label, &mut |m| {
                m.whys.extend(empty);
                m.back();
            });
        } else {
            self.out.stuck = true;
            self.out.rests = true;
        }
    }

    /// Writes one edge: what `go` leads to.
    fn edge(&mut self, label: Label, go: Then<'_, 'm, 'c>) {
        let first = self.out.tokens.len();
        self.falls.clear();
        self.whys.clear();
        self.apart(go);
        self.out.edges.push(Edge { label, first, last: self.out.tokens.len() });
    }

    /// Does something and puts everything back as it was.
    fn apart(&mut self, go: Then<'_, 'm, 'c>) {
        let mark = self.saved.len();
        let at = self.at.clone();
        let (falls, whys) = (self.falls.len(), self.whys.len());
        self.saved.extend_from_slice(&self.values);
        go(self);
        self.values.copy_from_slice(&self.saved[mark..]);
        self.saved.truncate(mark);
        self.falls.truncate(falls);
        self.whys.truncate(whys);
        self.at = at;
        self.fresh();
    }

    /// Goes on in both ways, if it is not known which.
    fn ruled(&mut self, guard: &'m Guard<'c>, go: &mut dyn FnMut(&mut Self, bool)) {
        match self.test(&guard.test) {
            Tri::Yes => go(self, true),
            Tri::No => go(self, false),
            Tri::Either => {
                self.out.tokens.push(Token::All(2));
                for yes in [true, false] {
                    self.apart(&mut |m| {
                        m.assume(guard.rule.map(|rule| Why::Rule(rule, yes)));
                        m.narrow(&guard.test, yes);
                        go(m, yes);
                    });
                }
            }
        }
    }

    fn assume(&mut self, why: Option<Why<'c>>) {
        if self.record {
            self.whys.extend(why);
        }
    }

    /// Whether something that is used once is unused.
    fn unused(&self, once: bool, cell: Option<Cell>) -> Tri {
        match cell {
            _ if !once => Tri::Yes,
            Some(cell) => self.values[cell as usize].truth().not(),
            None => Tri::Either,
        }
    }

    /// How a choice stands: whether it can be taken. Notes reasons shown and choices withheld in silence.
    fn standing(&mut self, choice: ChoiceIx, note: bool) -> Tri {
        let machine = self.machine;
        let code = &machine.code.choices[choice.at()];
        let unused = self.unused(code.once, code.taken);
        if unused == Tri::No {
            return Tri::No;
        }
        let reason = machine.slots.chapter().choice(choice).locked.is_some();
        let mut allowed = self.test(&code.when.test);
        if !code.strict.is_empty() && allowed.may() {
            let silent = (note && !reason).then_some(choice);
            allowed = allowed.and(self.oversteps(&code.strict, silent).not());
        }
        if let GoesCode::Nested(menu, _) = &code.goes {
            let inside = menu.iter().fold(Tri::No, |so_far, c| so_far.or(self.standing(*c, false)));
            allowed = allowed.and(inside);
        }
        if note && allowed != Tri::Yes && reason {
            self.out.locked.push(choice);
        }
        unused.and(allowed)
    }

    /// Whether effects would take a strict variable out of its range. Notes which ones withhold a `silent` choice.
    fn oversteps(&mut self, trials: &'m [Trial<'c>], silent: Option<ChoiceIx>) -> Tri {
        let mark = self.saved.len();
        self.saved.extend_from_slice(&self.values);
        let mut over = Tri::No;
        for trial in trials {
            let done = self.test(&trial.when.test);
            if let Some((var, range, value)) = &trial.limit {
                let value = self.number(value);
                let out = if value.high < range.low || value.low > range.high {
                    Tri::Yes
                } else if range.low <= value.low && value.high <= range.high {
                    Tri::No
                } else {
                    Tri::Either
                };
                let out = done.and(out);
                if let Some(choice) = silent.filter(|_| out.may()) {
                    self.out.withheld.push((choice, *var));
                }
                over = over.or(out);
            }
            if let Some(op) = &trial.op
                && done.may()
                && let Some((cell, value)) = self.outcome(op)
            {
                let old = self.values[cell as usize];
                self.put(cell, if done.must() { value } else { old.hull(value) });
            }
        }
        self.values.copy_from_slice(&self.saved[mark..]);
        self.saved.truncate(mark);
        self.fresh();
        over
    }

    fn choose(&mut self, choice: ChoiceIx) {
        let machine = self.machine;
        let code = &machine.code.choices[choice.at()];
        if self.record {
            let tri = self.test(&code.when.test);
            let rule = code.when.rule.filter(|_| tri == Tri::Either).map(|rule| Why::Rule(rule, true));
            self.assume(rule);
            let unsure = self.unused(code.once, code.taken) == Tri::Either;
            self.assume(unsure.then_some(Why::Unused(Once::Choice(choice))));
            let withheld = !code.strict.is_empty() || matches!(code.goes, GoesCode::Nested(..));
            self.assume(withheld.then_some(Why::Within(choice)));
        }
        if self.test(&code.when.test) == Tri::Either {
            self.narrow(&code.when.test, true);
        }
        if let Some(turn) = machine.turn {
            self.count(turn);
        }
        for &cell in &machine.ages {
            let span = self.values[cell as usize];
            if span.exact() != Some(NEVER) {
                self.put(cell, span.add(Span::only(1)).min(Span::only(NEVER)));
            }
        }
        let spoken = machine.spoken.get(&choice);
        self.effects(&code.ops, &mut |m| {
            if let Some(spoken) = spoken {
                m.speak(spoken);
            }
            if let Some(taken) = code.taken {
                m.count(taken);
            }
            match &code.goes {
                GoesCode::To(flow) => m.follow(flow),
                GoesCode::Visit(scene) => {
                    m.out.too_deep |= m.at.stack.len() >= DEPTH;
                    m.at.stack.push(m.at.scene);
                    m.enter(*scene);
                }
                GoesCode::Nested(..) => {
                    m.at.open = Some(choice);
                    m.leaf();
                }
                GoesCode::Rejoin => m.rejoin(choice),
            }
        });
    }

    /// Notes which conditions may hold as a choice is taken.
    fn speak(&mut self, asked: &'m [usize]) {
        let machine = self.machine;
        for &which in asked {
            if self.test(&machine.asked[which].test).may() && !self.out.spoken.contains(&which) {
                self.out.spoken.push(which);
            }
        }
    }

    fn rejoin(&mut self, choice: ChoiceIx) {
        let machine = self.machine;
        let chapter = machine.slots.chapter();
        let mut parent = chapter.choice(choice).parent;
        while let Some(around) = parent {
            if let GoesCode::Nested(_, Some(then)) = &machine.code.choices[around.at()].goes {
                return self.follow(then);
            }
            parent = chapter.choice(around).parent;
        }
        match &machine.code.scenes[self.at.scene.at()].then {
            Some(then) => self.follow(then),
            None => {
                self.at.open = None;
                self.leaf();
            }
        }
    }

    fn follow(&mut self, flow: &'m [(Guard<'c>, Target)]) {
        self.at.open = None;
        let Some(((guard, target), rest)) = flow.split_first() else { return self.leaf() };
        self.ruled(guard, &mut |m, yes| {
            if !yes {
                return m.follow(rest);
            }
            match *target {
                Target::Scene(scene) => m.enter(scene),
                Target::Draw(deck) => m.draw(deck),
                Target::Back => m.back(),
            }
        });
    }

    fn back(&mut self) {
        if let Some(scene) = self.at.stack.pop() {
            self.at.scene = scene;
        }
        self.leaf();
    }

    fn draw(&mut self, deck: DeckIx) {
        let machine = self.machine;
        let drawn = machine.sites.of_deck(machine.slots.chapter(), deck);
        let deck = &machine.code.decks[deck.at()];
        let mut eligible = Vec::with_capacity(deck.cards.len());
        for card in &deck.cards {
            let fresh = self.unused(card.once, card.visits);
            eligible.push(if fresh == Tri::No { fresh } else { fresh.and(self.test(&card.when.test)) });
        }
        let may = eligible.iter().filter(|e| e.may()).count();
        if may == 0 {
            return self.follow(&deck.none);
        }
        let before = drawn.map(|drawn| (drawn, self.values[drawn as usize]));
        if let Some(card) = self.dealt(deck, drawn, &eligible) {
            self.falls.push(Fall::Card(card));
            return self.enter(card);
        }
        let some = eligible.contains(&Tri::Yes);
        let count = u32::try_from(may).unwrap_or(u32::MAX) + u32::from(!some);
        let known = !eligible.contains(&Tri::Either);
        self.out.tokens.push(if known { Token::Any(count) } else { Token::All(count) });
        for (card, eligible) in deck.cards.iter().zip(&eligible).filter(|(_, e)| e.may()) {
            self.apart(&mut |m| {
                m.falls.push(Fall::Card(card.scene));
                if *eligible == Tri::Either {
                    m.assume(Some(Why::Unused(Once::Card(card.scene))));
                    m.assume(card.when.rule.map(|rule| Why::Rule(rule, true)));
                }
                m.enter(card.scene);
            });
        }
        if !some {
            self.apart(&mut |m| {
                if let Some((drawn, before)) = before {
                    m.put(drawn, before);
                }
                for (card, _) in deck.cards.iter().zip(&eligible).filter(|(_, e)| **e == Tri::Either) {
                    m.assume(Some(Why::Unused(Once::Card(card.scene))));
                    m.assume(card.when.rule.map(|rule| Why::Rule(rule, false)));
                }
                m.follow(&deck.none);
            });
        }
    }

    /// Counts a deal. Answers the card that the seed deals, if it is known what can be dealt.
    fn dealt(&mut self, deck: &DeckCode<'c>, drawn: Option<Cell>, eligible: &[Tri]) -> Option<SceneIx> {
        let (seed, count) = self.drew(drawn)?;
        if eligible.contains(&Tri::Either) {
            return None;
        }
        let chapter = self.machine.slots.chapter();
        let weight = |scene: SceneIx| chapter.scene(scene).card.as_ref().map_or(0, |c| c.weight);
        let cards = deck.cards.iter().zip(eligible).filter(|(_, e)| e.must()).map(|(c, _)| c.scene);
        let sides = cards.clone().map(weight).sum();
        let site = &chapter.sites[deck.site.at()];
        let mut face = Keyed.draw(Throw { seed, site, count, low: 0, sides });
        for scene in cards {
            if face < weight(scene) {
                return Some(scene);
            }
            face -= weight(scene);
        }
        None
    }

    fn enter(&mut self, scene: SceneIx) {
        let machine = self.machine;
        let code = &machine.code.scenes[scene.at()];
        self.at.scene = scene;
        self.at.open = None;
        if let Some(visits) = code.visits {
            self.count(visits);
        }
        if let Some(age) = code.age {
            self.put(age, Span::only(0));
        }
        self.effects(&code.ops, &mut Self::leaf);
    }

    /// Writes the node that is stood in.
    fn leaf(&mut self) {
        let machine = self.machine;
        let place = self.places.number(&self.at);
        let leaf = self.out.nodes.len() / machine.words;
        machine.pack(place, &self.at, &self.values, &mut self.out.nodes);
        self.out.tokens.push(Token::Leaf(u32::try_from(leaf).unwrap_or(u32::MAX)));
        if let Some(cell) = machine.shown {
            self.out.shown.push(self.values[cell as usize]);
        }
        if self.record {
            self.out.trails.push((self.falls.clone(), self.whys.clone()));
        }
    }

    fn effects(&mut self, ops: &'m [Op<'c>], then: Then<'_, 'm, 'c>) {
        let Some((op, rest)) = ops.split_first() else { return then(self) };
        self.ruled(&op.when, &mut |m, yes| {
            if !yes {
                return m.effects(rest, then);
            }
            if let Deed::Throw(cell, faces) = &op.act {
                return m.throw(op.effect, *cell, faces, &mut |m| m.effects(rest, then));
            }
            if let Some((cell, value)) = m.outcome(op) {
                let several = i64::from(value.high) - i64::from(value.low) + 1;
                m.assume((several > 1).then_some(Why::Value(op.effect)));
                if (2..=FEW).contains(&several) && !m.machine.is_flag(cell) {
                    // A few values of a number are told apart. Nothing is gained by that with a flag.
                    m.out.tokens.push(Token::All(u32::try_from(several).unwrap_or(u32::MAX)));
                    for one in value.low..=value.high {
                        m.apart(&mut |m| {
                            m.put(cell, Span::only(one));
                            m.effects(rest, then);
                        });
                    }
                    return;
                }
                m.put(cell, value);
            }
            m.effects(rest, then);
        });
    }

    fn throw(&mut self, effect: &Effect, cell: Option<Cell>, faces: &[(u32, i32)], then: Then<'_, 'm, 'c>) {
        if let Some((face, value)) = self.seeded(effect) {
            self.falls.push(Fall::Face(face));
            if let Some(cell) = cell {
                self.put(cell, Span::only(value));
            }
            return then(self);
        }
        match (cell, faces) {
            (None, _) => {
                self.falls.push(Fall::Whatever);
                then(self);
            }
            (Some(cell), [(face, value)]) => {
                self.falls.push(Fall::Face(*face));
                self.put(cell, Span::only(*value));
                then(self);
            }
            (Some(cell), _) => {
                self.out.tokens.push(Token::Any(u32::try_from(faces.len()).unwrap_or(u32::MAX)));
                for (face, value) in faces {
                    self.apart(&mut |m| {
                        m.falls.push(Fall::Face(*face));
                        m.put(cell, Span::only(*value));
                        then(m);
                    });
                }
            }
        }
    }

    /// Counts a draw. Answers how many there were before, if that is known and there is a seed to ask.
    fn drew(&mut self, drawn: Option<Cell>) -> Option<(u64, u32)> {
        let drawn = drawn?;
        let before = self.values[drawn as usize].exact().and_then(|n| u32::try_from(n).ok());
        self.count(drawn);
        Some((self.machine.seed?, before?))
    }

    /// The face that falls by the seed, and the value it brings.
    fn seeded(&mut self, effect: &Effect) -> Option<(u32, i32)> {
        let machine = self.machine;
        let (seed, count) = self.drew(machine.sites.of_effect(effect))?;
        let chapter = machine.slots.chapter();
        let draw = |site: crate::engine::id::SiteIx, low: i32, sides: u32| {
            Keyed.draw(Throw { seed, site: &chapter.sites[site.at()], count, low, sides })
        };
        let clamp = |var: crate::engine::id::VarIx, value: i32| {
            let (low, high) = chapter.var(var).bounds();
            value.clamp(low, high)
        };
        match &effect.act {
            Act::Roll(var, low, high, site) => {
                let sides = u32::try_from(i64::from(*high) - i64::from(*low) + 1).unwrap_or(1);
                let face = draw(*site, *low, sides);
                Some((face, clamp(*var, low.saturating_add(i32::try_from(face).unwrap_or(i32::MAX)))))
            }
            Act::Chance(_, percent, site) => {
                let face = draw(*site, 0, 100);
                Some((face, i32::from(face < *percent)))
            }
            Act::OneOf(var, options, site) => {
                let face = draw(*site, 0, u32::try_from(options.len()).unwrap_or(1));
                options.get(face as usize).map(|value| (face, clamp(*var, *value)))
            }
            _ => None,
        }
    }

    /// Keeps of the cells that a condition reads only what it leaves, if it is taken to hold or not to.
    fn narrow(&mut self, test: &'m Test, yes: bool) {
        let machine = self.machine;
        match test {
            Test::Known(_) => {}
            Test::Truth(cell) => {
                let span = self.values[*cell as usize];
                if yes && span.low == 0 && span.high > 0 {
                    self.put(*cell, Span::new(1, span.high));
                } else if !yes && span.low <= 0 && 0 <= span.high {
                    self.put(*cell, Span::only(0));
                }
            }
            Test::Derived(ix) => {
                // Nothing has changed since: it would leave the same.
                if self.narrowed[*ix as usize][usize::from(yes)] != self.age {
                    self.narrow(&machine.code.tests[*ix as usize], yes);
                    self.narrowed[*ix as usize][usize::from(yes)] = self.age;
                }
            }
            Test::Not(c) => self.narrow(c, !yes),
            Test::All(all) if yes => all.iter().for_each(|c| self.narrow(c, true)),
            Test::Any(any) if !yes => any.iter().for_each(|c| self.narrow(c, false)),
            Test::All(parts) | Test::Any(parts) => {
                // One of them decides. If only one can, it does.
                let open: Vec<&'m Test> = parts.iter().filter(|c| self.test(c) == Tri::Either).collect();
                if let [only] = open[..] {
                    self.narrow(only, yes);
                }
            }
            Test::Compare(how, a, b) => {
                let how = if yes { *how } else { how.opposite() };
                match (&**a, &**b) {
                    (Num::Cell(cell), _) => {
                        let other = self.number(b);
                        self.keep(*cell, how, other);
                    }
                    (_, Num::Cell(cell)) => {
                        let other = self.number(a);
                        self.keep(*cell, how.mirrored(), other);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Keeps of a cell what can stand in this relation to a number.
    fn keep(&mut self, cell: Cell, how: Compare, other: Span) {
        let span = self.values[cell as usize];
        let (low, high) = (span.low, span.high);
        let kept = match how {
            Compare::Eq => Span::new(low.max(other.low), high.min(other.high)),
            Compare::Ne if other.exact() == Some(low) => Span::new(low.saturating_add(1), high),
            Compare::Ne if other.exact() == Some(high) => Span::new(low, high.saturating_sub(1)),
            Compare::Ne => span,
            Compare::Lt => Span::new(low, high.min(other.high.saturating_sub(1))),
            Compare::Le => Span::new(low, high.min(other.high)),
            Compare::Gt => Span::new(low.max(other.low.saturating_add(1)), high),
            Compare::Ge => Span::new(low.max(other.low), high),
        };
        if kept.low <= kept.high && kept != span {
            self.put(cell, kept);
        }
    }

    /// What an op that is no throw makes of its cell.
    fn outcome(&mut self, op: &'m Op<'c>) -> Option<(Cell, Span)> {
        Some(match &op.act {
            Deed::Set(cell, range, value) => (*cell, self.number(value).clamp(range.low, range.high)),
            Deed::Test(cell, test) => (*cell, self.test(test).number()),
            Deed::Give(cell, max, value) => {
                let more = self.number(value).max(Span::only(0));
                (*cell, self.values[*cell as usize].add(more).min(Span::only(*max)))
            }
            Deed::Take(cell, value) => {
                let less = self.number(value).max(Span::only(0));
                (*cell, self.values[*cell as usize].sub(less).max(Span::only(0)))
            }
            Deed::Throw(..) => return None,
        })
    }

    fn count(&mut self, cell: Cell) {
        let span = self.values[cell as usize];
        self.put(cell, span.add(Span::only(1)));
    }

    fn put(&mut self, cell: Cell, value: Span) {
        if self.values[cell as usize] != value {
            self.values[cell as usize] = value;
            self.fresh();
        }
    }

    fn number(&mut self, num: &'m Num) -> Span {
        match num {
            Num::Span(span) => *span,
            Num::Cell(cell) => self.values[*cell as usize],
            Num::Age(cell) => self.values[*cell as usize].min(Span::only(NEVER)),
            Num::Derived(ix) => {
                let (age, known) = self.numbers[*ix as usize];
                if age == self.age {
                    return known;
                }
                let machine = self.machine;
                let span = self.number(&machine.code.numbers[*ix as usize]);
                self.numbers[*ix as usize] = (self.age, span);
                span
            }
            Num::Add(a, b) => self.number(a).add(self.number(b)),
            Num::Sub(a, b) => self.number(a).sub(self.number(b)),
            Num::Mul(a, b) => self.number(a).mul(self.number(b)),
            Num::Neg(a) => self.number(a).neg(),
            Num::Min(a, b) => self.number(a).min(self.number(b)),
            Num::Max(a, b) => self.number(a).max(self.number(b)),
            Num::If(c, a, b) => match self.test(c) {
                Tri::Yes => self.number(a),
                Tri::No => self.number(b),
                Tri::Either => self.number(a).hull(self.number(b)),
            },
            Num::Band(x, marks) => self.number(x).band(marks),
        }
    }

    fn test(&mut self, test: &'m Test) -> Tri {
        match test {
            Test::Known(tri) => *tri,
            Test::Truth(cell) => self.values[*cell as usize].truth(),
            Test::Derived(ix) => {
                let (age, known) = self.tests[*ix as usize];
                if age == self.age {
                    return known;
                }
                let machine = self.machine;
                let tri = self.test(&machine.code.tests[*ix as usize]);
                self.tests[*ix as usize] = (self.age, tri);
                tri
            }
            Test::Not(c) => self.test(c).not(),
            Test::All(all) => {
                let mut so_far = Tri::Yes;
                for c in all {
                    so_far = so_far.and(self.test(c));
                    if so_far == Tri::No {
                        break;
                    }
                }
                so_far
            }
            Test::Any(any) => {
                let mut so_far = Tri::No;
                for c in any {
                    so_far = so_far.or(self.test(c));
                    if so_far == Tri::Yes {
                        break;
                    }
                }
                so_far
            }
            Test::Compare(how, a, b) => {
                let a = self.number(a);
                a.compare(*how, self.number(b))
            }
        }
    }
}
