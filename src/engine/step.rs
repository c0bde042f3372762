//! Taking a choice. A refusal changes nothing; a step changes the state and returns what undoes it.

use super::chapter::{Carried, Chapter, Flow, Given, Goes, Scene, Target};
use super::dice::{Keyed, Luck, Throw};
use super::effect::Deed;
use super::expr::{Cond, holds};
use super::id::{ChoiceIx, CodexIx, DeckIx, PersonIx, SceneIx};
use super::look::{Standing, menu, open_choices, standing};
use super::script::Script;
use super::state::{Cell, Change, Delta, State};

/// Why a choice was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The chapter is over.
    #[error("the chapter has ended")]
    Ended,
    /// The choice is not in the open menu.
    #[error("`{0}` is not offered here")]
    NotOffered(String),
    /// The choice is in the menu and cannot be taken now.
    #[error("`{0}` cannot be chosen now")]
    Locked(String),
}

/// Hears what happens while a step is taken, at the moment it happens.
///
/// The state is as a reader of that text must see it: after the scene's `enter`, before anything later.
pub trait Stage {
    /// A choice was taken; its effects are done, its target not yet entered.
    fn chose(&mut self, chapter: &Chapter, state: &State, choice: ChoiceIx) {
        let _ = (chapter, state, choice);
    }
    /// A scene was entered and its `enter` done.
    fn entered(&mut self, chapter: &Chapter, state: &State, scene: SceneIx) {
        let _ = (chapter, state, scene);
    }
    /// A codex entry was opened by an effect.
    fn learned(&mut self, entry: CodexIx) {
        let _ = entry;
    }
    /// A person was met.
    fn met(&mut self, person: PersonIx) {
        let _ = person;
    }
}

/// Hears nothing.
impl Stage for () {}

/// The choice of the open menu with this key.
///
/// # Errors
/// [`Refusal`] if the chapter is over, the key is not in the open menu, or the choice cannot be taken.
pub fn find(chapter: &Chapter, state: &State, key: &str) -> Result<ChoiceIx, Refusal> {
    if state.ended.is_some() {
        return Err(Refusal::Ended);
    }
    let found = menu(chapter, state).iter().copied().find(|c| chapter.choice(*c).key() == key);
    let choice = found.ok_or_else(|| Refusal::NotOffered(key.to_owned()))?;
    match standing(chapter, state, choice) {
        Standing::Open => Ok(choice),
        Standing::Locked => Err(Refusal::Locked(key.to_owned())),
        Standing::Hidden => Err(Refusal::NotOffered(key.to_owned())),
    }
}

/// Enters the first scene: the chapter's own, or another (a run, a test).
pub fn begin(
    chapter: &Chapter,
    start: SceneIx,
    seed: u64,
    given: &[Given],
    luck: &mut dyn Luck,
    stage: &mut dyn Stage,
) -> State {
    let mut state = State::fresh(chapter, seed, given);
    let mut walk = Walk { chapter, state: &mut state, luck, stage, delta: Vec::new() };
    walk.enter(start);
    walk.settle();
    walk.award();
    state
}

/// Takes a choice with the luck of the seed, heard by nobody.
///
/// # Errors
/// [`Refusal`]; the state is then unchanged.
pub fn step(chapter: &Chapter, state: &mut State, choice: ChoiceIx) -> Result<Delta, Refusal> {
    step_with(chapter, state, choice, &mut Keyed, &mut ())
}

/// Takes a choice with this luck, heard by this stage.
///
/// # Errors
/// [`Refusal`]; the state is then unchanged.
pub fn step_with(
    chapter: &Chapter,
    state: &mut State,
    choice: ChoiceIx,
    luck: &mut dyn Luck,
    stage: &mut dyn Stage,
) -> Result<Delta, Refusal> {
    let key = || chapter.choice(choice).key().to_owned();
    if state.ended.is_some() {
        return Err(Refusal::Ended);
    }
    if !menu(chapter, state).contains(&choice) {
        return Err(Refusal::NotOffered(key()));
    }
    match standing(chapter, state, choice) {
        Standing::Open => {}
        Standing::Locked => return Err(Refusal::Locked(key())),
        Standing::Hidden => return Err(Refusal::NotOffered(key())),
    }
    let mut walk = Walk { chapter, state, luck, stage, delta: Vec::with_capacity(12) };
    walk.choose(choice);
    walk.settle();
    walk.award();
    Ok(walk.delta)
}

/// Values that cross into the next chapter: what it carries, as this state has it.
///
/// Shared variables and items keep their ids across chapters, so they are named by the next chapter's own table.
#[must_use]
pub fn carried(from: &Chapter, state: &State, into: &Chapter) -> Vec<Given> {
    into.carries
        .iter()
        .filter_map(|carry| {
            let value = match carry.what {
                Carried::Item(ix) => state.items[ix.at()],
                Carried::Var(ix) => state.vars[from.find_var(&into.var(ix).id)?.at()],
            };
            Some(Given { what: carry.what, value })
        })
        .collect()
}

/// Does what an effect comes to and notes what it changed.
pub(super) fn perform(deed: Deed, chapter: &Chapter, state: &mut State, luck: &mut dyn Luck, delta: &mut Delta) {
    let mut set = |state: &mut State, cell, value| {
        let old = state.get(cell);
        if old != value {
            delta.push(Change { cell, old });
            state.put(cell, value);
        }
    };
    let clamped = |var: super::id::VarIx, value: i32| {
        let (low, high) = chapter.var(var).bounds();
        value.clamp(low, high)
    };
    let mut throw = |state: &mut State, site: super::id::SiteIx, low: i32, sides: u32| {
        let count = state.drawn[site.at()];
        let face = luck.draw(Throw { seed: state.seed, site: &chapter.sites[site.at()], count, low, sides });
        set(state, Cell::Drawn(site.0), i32::try_from(count.saturating_add(1)).unwrap_or(i32::MAX));
        i32::try_from(face).unwrap_or(i32::MAX)
    };
    match deed {
        Deed::Set(var, value) => set(state, Cell::Var(var.0), clamped(var, value)),
        Deed::Roll(var, low, high, site) => {
            let sides = u32::try_from(i64::from(high) - i64::from(low) + 1).unwrap_or(1);
            let value = clamped(var, low.saturating_add(throw(state, site, low, sides)));
            set(state, Cell::Var(var.0), value);
        }
        Deed::Chance(var, percent, site) => {
            let face = throw(state, site, 0, 100);
            let value = i32::from(face < i32::try_from(percent).unwrap_or(100));
            set(state, Cell::Var(var.0), value);
        }
        Deed::OneOf(var, options, site) => {
            let sides = u32::try_from(options.len()).unwrap_or(1);
            let face = usize::try_from(throw(state, site, 0, sides)).unwrap_or(0);
            if let Some(&value) = options.get(face) {
                set(state, Cell::Var(var.0), clamped(var, value));
            }
        }
        Deed::Give(item, many) => {
            let have = state.items[item.at()].saturating_add(many.max(0));
            set(state, Cell::Item(item.0), have.min(chapter.world.item(item).max));
        }
        Deed::Take(item, many) => {
            let have = state.items[item.at()].saturating_sub(many.max(0));
            set(state, Cell::Item(item.0), have.max(0));
        }
        Deed::Learn(_) => {}
    }
}

struct Walk<'a> {
    chapter: &'a Chapter,
    state: &'a mut State,
    luck: &'a mut dyn Luck,
    stage: &'a mut dyn Stage,
    delta: Delta,
}

impl Walk<'_> {
    fn set(&mut self, cell: Cell, value: i32) {
        let old = self.state.get(cell);
        if old != value {
            self.delta.push(Change { cell, old });
            self.state.put(cell, value);
        }
    }

    fn count_up(&mut self, cell: Cell) {
        self.set(cell, self.state.get(cell).saturating_add(1));
    }

    fn effects(&mut self, effects: &Script) {
        let mut acts = effects.acts();
        while let Some(deed) = acts.next(self.chapter, self.state) {
            match deed {
                Some(Deed::Learn(entry)) => self.stage.learned(entry),
                Some(deed) => perform(deed, self.chapter, self.state, self.luck, &mut self.delta),
                None => {}
            }
        }
    }

    fn choose(&mut self, choice: ChoiceIx) {
        let chapter = self.chapter;
        let one = chapter.choice(choice);
        self.count_up(Cell::Turn);
        self.effects(&one.effects);
        self.stage.chose(chapter, self.state, choice);
        self.count_up(Cell::Taken(choice.0));
        match &one.goes {
            Goes::To(flow) => self.follow(flow),
            Goes::Visit(scene) => {
                self.set(Cell::Open, 0);
                let depth = self.state.stack.len();
                let at = u32::try_from(depth).unwrap_or(0);
                self.set(Cell::Depth, i32::try_from(depth + 1).unwrap_or(0));
                self.set(Cell::Stack(at), self.state.get(Cell::Scene));
                self.enter(*scene);
            }
            Goes::Nested(..) => self.set(Cell::Open, i32::try_from(choice.0 + 1).unwrap_or(0)),
            Goes::Rejoin => self.rejoin(one.parent),
        }
    }

    /// The nearest `then`: the nested choice's, those around it, the scene's; or else the scene's menu again.
    fn rejoin(&mut self, mut parent: Option<ChoiceIx>) {
        let chapter = self.chapter;
        while let Some(around) = parent {
            let choice = chapter.choice(around);
            if let Goes::Nested(_, Some(then)) = &choice.goes {
                return self.follow(then);
            }
            parent = choice.parent;
        }
        match &chapter.scene(self.state.scene).then {
            Some(then) => self.follow(then),
            None => self.set(Cell::Open, 0),
        }
    }

    fn follow(&mut self, flow: &Flow) {
        self.set(Cell::Open, 0);
        let arrow = flow.iter().find(|a| holds(a.when.as_deref(), self.chapter, self.state));
        match arrow.map(|a| a.target) {
            Some(Target::Scene(scene)) => self.enter(scene),
            Some(Target::Draw(deck)) => self.draw(deck),
            Some(Target::Back) => self.back(),
            None => {}
        }
    }

    fn draw(&mut self, deck: DeckIx) {
        let chapter = self.chapter;
        let one = &chapter.decks[deck.at()];
        let eligible: Vec<(SceneIx, u32)> = eligible(chapter, self.state, deck).collect();
        let total: u32 = eligible.iter().map(|(_, weight)| weight).sum();
        if total == 0 {
            return self.follow(&one.none);
        }
        let count = self.state.drawn[one.site.at()];
        let throw = Throw { seed: self.state.seed, site: &chapter.sites[one.site.at()], count, low: 0, sides: total };
        let mut face = self.luck.draw(throw);
        self.count_up(Cell::Drawn(one.site.0));
        for (scene, weight) in eligible {
            if face < weight {
                return self.enter(scene);
            }
            face -= weight;
        }
    }

    fn back(&mut self) {
        let Some(&scene) = self.state.stack.last() else { return };
        let depth = self.state.stack.len() - 1;
        self.set(Cell::Stack(u32::try_from(depth).unwrap_or(0)), 0);
        self.set(Cell::Depth, i32::try_from(depth).unwrap_or(0));
        self.set(Cell::Scene, i32::try_from(scene.0).unwrap_or(0));
    }

    fn enter(&mut self, scene: SceneIx) {
        let chapter = self.chapter;
        let one = chapter.scene(scene);
        fetch(chapter, one);
        self.set(Cell::Scene, i32::try_from(scene.0).unwrap_or(0));
        self.count_up(Cell::Visits(scene.0));
        self.set(Cell::Last(scene.0), self.state.get(Cell::Turn).saturating_add(1));
        self.effects(&one.enter);
        if let Some(ending) = one.ending {
            self.set(Cell::Ended, i32::try_from(ending.0 + 1).unwrap_or(0));
        }
        self.stage.entered(chapter, self.state, scene);
        for &person in &one.meets {
            self.stage.met(person);
        }
    }

    /// Flows on until there is something to choose, or the chapter ends.
    ///
    /// The loader has refused any ring, so the bound is never met; it keeps a step finite whatever was built by hand.
    fn settle(&mut self) {
        let chapter = self.chapter;
        for _ in 0..=2 * chapter.scenes.len() {
            if self.state.ended.is_some() || open_choices(chapter, self.state).next().is_some() {
                return;
            }
            if self.state.open.is_some() {
                self.set(Cell::Open, 0);
                continue;
            }
            let scene = chapter.scene(self.state.scene);
            if let Some(flow) = scene.otherwise.as_ref().or(scene.then.as_ref()) {
                self.follow(flow);
            } else if scene.back && !self.state.stack.is_empty() {
                self.back();
            } else {
                return;
            }
        }
    }

    /// Marks achievements that hold now.
    fn award(&mut self) {
        for (at, achievement) in self.chapter.achievements.iter().enumerate() {
            if self.state.achieved[at] == 0 && achievement.when.holds(self.chapter, self.state) {
                self.set(Cell::Achieved(u32::try_from(at).unwrap_or(0)), 1);
            }
        }
    }
}

/// Touches what the page of a scene will need. In a long story none of it is near, and asked for one by one each part is
/// waited for; asked for together they come together.
fn fetch(chapter: &Chapter, scene: &Scene) {
    let choices = scene.menu.iter().map(|choice| {
        let one = chapter.choice(*choice);
        one.say.near() ^ one.when.as_deref().map_or(0, Cond::near) ^ u8::from(one.again)
    });
    std::hint::black_box(choices.fold(scene.text.near() ^ scene.enter.near(), |all, near| all ^ near));
}

/// The cards a deck could deal now, with their weights.
pub fn eligible<'a>(chapter: &'a Chapter, state: &'a State, deck: DeckIx) -> impl Iterator<Item = (SceneIx, u32)> + 'a {
    chapter.decks[deck.at()].cards.iter().filter_map(move |&scene| {
        let card = chapter.scene(scene).card.as_ref()?;
        let fresh = card.again || state.visits[scene.at()] == 0;
        (fresh && holds(card.when.as_ref(), chapter, state)).then_some((scene, card.weight))
    })
}
