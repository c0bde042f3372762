//! What a front end shows of a step, in order.

use super::chapter::{Chapter, Given};
use super::dice::{Keyed, Luck};
use super::id::{AchievementIx, ChoiceIx, CodexIx, EndingIx, ItemIx, MilestoneIx, PersonIx, PlaceIx, SceneIx, VarIx};
use super::look::{date, scene_text, words};
use super::render::{Para, Reader, Span, render, render_line};
use super::state::{Cell, Delta, State};
use super::step::{Refusal, Stage, begin, step_with};

/// Something a front end shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The player chose this.
    Chose {
        /// The id a log speaks.
        key: String,
        /// The words of the menu.
        say: Vec<Span>,
    },
    /// What the choice said.
    Said(Vec<Para>),
    /// A scene was entered.
    Scene {
        /// Which.
        scene: SceneIx,
        /// Its title, if it has one.
        title: Option<String>,
        /// Where it is.
        place: Option<PlaceIx>,
        /// When it is.
        date: Option<String>,
        /// Its text.
        text: Vec<Para>,
    },
    /// A variable the player sees has changed.
    Stat {
        /// Which.
        var: VarIx,
        /// From.
        from: i32,
        /// To.
        to: i32,
    },
    /// What is carried has changed.
    Item {
        /// Which item.
        item: ItemIx,
        /// How many before.
        from: i32,
        /// How many now.
        to: i32,
    },
    /// A codex entry was opened by an effect, or shown by a link.
    Learned(CodexIx),
    /// A person was met.
    Met(PersonIx),
    /// A milestone was reached.
    Milestone(MilestoneIx),
    /// An achievement was reached.
    Achieved(AchievementIx),
    /// The chapter ended.
    Ended(EndingIx),
}

/// A step as a front end wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What to show, in order.
    pub events: Vec<Event>,
    /// What undoes it.
    pub delta: Delta,
}

/// Enters the first scene and tells of it.
#[must_use]
pub fn open(chapter: &Chapter, start: SceneIx, seed: u64, given: &[Given], reader: Reader) -> (State, Vec<Event>) {
    open_with(chapter, start, seed, given, &mut Keyed, reader)
}

/// Enters the first scene with this luck and tells of it.
pub fn open_with(
    chapter: &Chapter,
    start: SceneIx,
    seed: u64,
    given: &[Given],
    luck: &mut dyn Luck,
    reader: Reader,
) -> (State, Vec<Event>) {
    let mut teller = Teller { reader, events: Vec::new() };
    let state = begin(chapter, start, seed, given, luck, &mut teller);
    let mut events = teller.events;
    if let Some(ending) = state.ended {
        events.push(Event::Ended(ending));
    }
    (state, events)
}

/// Takes a choice and tells of it.
///
/// # Errors
/// [`Refusal`]; the state is then unchanged.
pub fn tell(
    chapter: &Chapter,
    state: &mut State,
    choice: ChoiceIx,
    luck: &mut dyn Luck,
    reader: Reader,
) -> Result<Turn, Refusal> {
    let mut teller = Teller { reader, events: Vec::new() };
    let taken = state.taken.get(choice.at()).copied().unwrap_or(0);
    let say = render_line(&chapter.choice(choice).say, taken, chapter, state, reader);
    let delta = step_with(chapter, state, choice, luck, &mut teller)?;
    let mut events = vec![Event::Chose { key: chapter.choice(choice).key().to_owned(), say }];
    events.append(&mut teller.events);
    events.extend(changes(chapter, state, &delta));
    Ok(Turn { events, delta })
}

/// The net changes a player is told of, in the order of the chapter's tables.
fn changes(chapter: &Chapter, state: &State, delta: &Delta) -> Vec<Event> {
    let mut seen: Vec<Cell> = Vec::new();
    let mut events = Vec::new();
    for change in delta {
        if seen.contains(&change.cell) {
            continue;
        }
        seen.push(change.cell);
        let (from, to) = (change.old, state.get(change.cell));
        if from == to {
            continue;
        }
        match change.cell {
            Cell::Var(at) => {
                let var = VarIx(at);
                let told = chapter
                    .var(var)
                    .shown
                    .as_ref()
                    .is_some_and(|s| !s.quiet && super::expr::holds(s.when.as_ref(), chapter, state));
                if told && chapter.stats.contains(&var) {
                    events.push(Event::Stat { var, from, to });
                }
            }
            Cell::Item(at) => events.push(Event::Item { item: ItemIx(at), from, to }),
            Cell::Achieved(at) => events.push(Event::Achieved(AchievementIx(at))),
            Cell::Ended => events.extend(state.ended.map(Event::Ended)),
            _ => {}
        }
    }
    let order = |event: &Event| match event {
        Event::Item { item, .. } => (0, item.at()),
        Event::Stat { var, .. } => (1, chapter.stats.iter().position(|v| v == var).unwrap_or(usize::MAX)),
        Event::Achieved(ix) => (2, ix.at()),
        _ => (3, 0),
    };
    events.sort_by_key(order);
    events
}

struct Teller {
    reader: Reader,
    events: Vec<Event>,
}

impl Teller {
    fn learn_from(&mut self, paras: &[Para]) {
        for link in paras.iter().flat_map(|p| &p.spans).filter_map(|s| s.style.link) {
            self.learned(link);
        }
    }
}

impl Stage for Teller {
    fn chose(&mut self, chapter: &Chapter, state: &State, choice: ChoiceIx) {
        let Some(said) = &chapter.choice(choice).said else { return };
        let said = render(said, state.taken[choice.at()], chapter, state, self.reader);
        if !said.is_empty() {
            self.learn_from(&said);
            self.events.push(Event::Said(said));
        }
    }

    fn entered(&mut self, chapter: &Chapter, state: &State, scene: SceneIx) {
        let one = chapter.scene(scene);
        let text = scene_text(chapter, state, scene, self.reader);
        self.learn_from(&text);
        if !text.is_empty() || one.title.is_some() || one.ending.is_some() || one.place.is_some() {
            let round = state.visits[scene.at()].saturating_sub(1);
            let title = one.title.as_ref().map(|t| words(&render_line(t, round, chapter, state, self.reader)));
            let date = date(chapter, state, self.reader);
            self.events.push(Event::Scene { scene, title, place: one.place, date, text });
        }
        if let Some(milestone) = one.milestone
            && state.visits[scene.at()] == 1
        {
            self.events.push(Event::Milestone(milestone));
        }
    }

    fn learned(&mut self, entry: CodexIx) {
        let event = Event::Learned(entry);
        if !self.events.contains(&event) {
            self.events.push(event);
        }
    }

    fn met(&mut self, person: PersonIx) {
        self.events.push(Event::Met(person));
    }
}
