//! A real play as a route: the choices, and the faces that have to fall. Played again before it is believed.

use super::goal::Goal;
use super::machine::Fall;
use super::refine::Way;
use crate::engine::Chapter;
use crate::engine::chapter::Given;
use crate::engine::dice::{Forced, Keyed, Luck, Throw};
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::log::written;
use crate::engine::look::{Standing, menu, open_choices, overstepped, standing};
use crate::engine::route::{Leap, Route};
use crate::engine::state::State;
use crate::engine::step::{Stage, begin, step_with};
use crate::workshop::telling::{Telling, Told};

/// Seeds tried for luck that has to fall before the first choice.
const SEEDS: u64 = 20_000;
/// Seeds tried for a shuffle that has to come to one of its alternatives.
const ORDERS: u64 = 64;

/// The route of a way, if it is a real one and ends where the goal is shown: with the choice taken, if it is one that can
/// be. A shuffle is tried in many orders.
pub(crate) fn route<'c>(chapter: &Chapter, way: &Way, goal: &Goal<'c>, telling: Option<&Telling<'c>>) -> Option<Route> {
    let orders = if matches!(goal, Goal::Told(..)) { ORDERS } else { 1 };
    (0..orders).find_map(|from| route_from(chapter, way, goal, telling, from))
}

/// The same with the first seed that will do from this one on.
fn route_from<'c>(
    chapter: &Chapter,
    way: &Way,
    goal: &Goal<'c>,
    telling: Option<&Telling<'c>>,
    from: u64,
) -> Option<Route> {
    let scene = way.entry.scene;
    let given: Vec<Given> = way.entry.exactly().collect();
    let (seed, mut state, entered) = open(chapter, scene, &given, &way.opening, from, goal, telling)?;
    let mut route = Route {
        chapter: chapter.id.clone(),
        start: (scene != chapter.start).then(|| chapter.scene(scene).id.to_string()),
        given: given.iter().map(|g| written(chapter, *g)).collect(),
        seed,
        steps: Vec::with_capacity(way.steps.len()),
    };
    let mut heard = entered;
    for (choice, falls) in &way.steps {
        if !open_choices(chapter, &state).any(|c| c == *choice) {
            return None;
        }
        let forced = faces(chapter, &state, *choice, falls)?;
        let mut stage = Heard::new(goal, telling);
        step_with(chapter, &mut state, *choice, &mut Forced::new(&forced), &mut stage).ok()?;
        heard = stage;
        route.steps.push(Leap { choice: chapter.choice(*choice).key().to_owned(), forced });
    }
    if let Goal::Told(Told::Said(choice), ..) = goal {
        let mut stage = Heard::new(goal, telling);
        step_with(chapter, &mut state, *choice, &mut Keyed, &mut stage).ok()?;
        heard = stage;
        route.steps.push(Leap { choice: chapter.choice(*choice).key().to_owned(), forced: Vec::new() });
    }
    shown(chapter, &state, &heard, goal).then(|| taken(chapter, route, goal))
}

/// The same route, and the choice taken that it shows to be open.
pub(crate) fn taken(chapter: &Chapter, mut route: Route, goal: &Goal<'_>) -> Route {
    if let Goal::Open(choice) = goal {
        route.steps.push(Leap { choice: chapter.choice(*choice).key().to_owned(), forced: Vec::new() });
    }
    route
}

/// Hears whether a goal is shown while a step is taken.
pub(crate) struct Heard<'g, 'c> {
    goal: &'g Goal<'c>,
    telling: Option<&'g Telling<'c>>,
    scenes: Vec<SceneIx>,
    met: bool,
}

impl<'g, 'c> Heard<'g, 'c> {
    pub(crate) fn new(goal: &'g Goal<'c>, telling: Option<&'g Telling<'c>>) -> Self {
        Self { goal, telling, scenes: Vec::new(), met: false }
    }

    /// Whether reading something tells the alternative that is looked for.
    fn hear(&mut self, read: impl FnOnce(&Telling<'c>, &mut dyn FnMut(u32))) {
        if let (Goal::Told(_, wanted, _), Some(telling)) = (self.goal, self.telling) {
            let mut met = false;
            read(telling, &mut |number| met |= number == *wanted);
            self.met |= met;
        }
    }
}

impl Stage for Heard<'_, '_> {
    fn entered(&mut self, chapter: &Chapter, state: &State, scene: SceneIx) {
        let _ = chapter;
        self.scenes.push(scene);
        self.hear(|telling, note| {
            telling.scene(state, scene, note);
        });
    }

    fn chose(&mut self, _: &Chapter, state: &State, choice: ChoiceIx) {
        self.hear(|telling, note| {
            telling.said(state, choice, note);
        });
    }
}

/// Whether the last step of a play showed the goal.
pub(crate) fn shown(chapter: &Chapter, state: &State, heard: &Heard<'_, '_>, goal: &Goal<'_>) -> bool {
    let stands = |choice: ChoiceIx| {
        let offered = state.ended.is_none() && menu(chapter, state).contains(&choice);
        offered.then(|| standing(chapter, state, choice))
    };
    match goal {
        Goal::Scenes(scenes) => heard.scenes.iter().any(|s| scenes.contains(s)),
        Goal::Told(told, wanted, _) => {
            let mut met = heard.met;
            let (choice, locked) = match told {
                Told::Say(choice) => (*choice, false),
                Told::Locked(choice) => (*choice, true),
                Told::Scene(_) | Told::Said(_) => return met,
            };
            let standing = stands(choice);
            if let (Some(telling), Some(Standing::Open | Standing::Locked)) = (heard.telling, standing) {
                let locked = locked && standing == Some(Standing::Locked);
                telling.offered(state, choice, locked, &mut |number| met |= number == *wanted);
            }
            met
        }
        Goal::Open(choice) => stands(*choice) == Some(Standing::Open),
        Goal::Locked(choice) => stands(*choice) == Some(Standing::Locked),
        Goal::Holds(cond) => cond.holds(chapter, state),
        Goal::Stuck(place) => {
            state.ended.is_none() && state.scene == place.scene && open_choices(chapter, state).next().is_none()
        }
        Goal::Withheld(choice, var) => {
            let one = chapter.choice(*choice);
            let unused = one.again || state.taken[choice.at()] == 0;
            let wanted = one.when.as_ref().is_none_or(|c| c.holds(chapter, state));
            let hidden = unused && wanted && stands(*choice) == Some(Standing::Hidden);
            hidden && overstepped(chapter, state, *choice, &mut |v| v == *var)
        }
        Goal::Deep => false,
    }
}

/// A seed with which the opening falls as it has to.
fn open<'g, 'c>(
    chapter: &Chapter,
    scene: SceneIx,
    given: &[Given],
    opening: &[Fall],
    from: u64,
    goal: &'g Goal<'c>,
    telling: Option<&'g Telling<'c>>,
) -> Option<(u64, State, Heard<'g, 'c>)> {
    if !opening.iter().any(|f| matches!(f, Fall::Face(_) | Fall::Card(_))) {
        let mut heard = Heard::new(goal, telling);
        let state = begin(chapter, scene, from, given, &mut Keyed, &mut heard);
        return Some((from, state, heard));
    }
    (from..from + SEEDS).find_map(|seed| {
        let mut luck = Watched { faces: Vec::new() };
        let mut heard = Heard::new(goal, telling);
        let state = begin(chapter, scene, seed, given, &mut luck, &mut heard);
        let falls = luck.faces.len() >= opening.len()
            && luck.faces.iter().zip(opening).all(|(face, fall)| match fall {
                Fall::Face(wanted) => face == wanted,
                Fall::Whatever => true,
                Fall::Card(card) => heard.scenes.contains(card),
            });
        falls.then_some((seed, state, heard))
    })
}

/// The luck of the seed, remembered.
struct Watched {
    faces: Vec<u32>,
}

impl Luck for Watched {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        let face = Keyed.draw(throw);
        self.faces.push(face);
        face
    }
}

/// The faces that make a choice fall out so.
fn faces(chapter: &Chapter, state: &State, choice: ChoiceIx, falls: &[Fall]) -> Option<Vec<u32>> {
    let mut faces: Vec<u32> = Vec::with_capacity(falls.len());
    for fall in falls {
        match fall {
            Fall::Face(face) => faces.push(*face),
            Fall::Whatever => faces.push(0),
            Fall::Card(card) => {
                let sides = probe(chapter, state, choice, &faces).0?;
                let dealt = (0..sides).find(|face| {
                    faces.push(*face);
                    let (_, scenes) = probe(chapter, state, choice, &faces);
                    faces.pop();
                    scenes.contains(card)
                })?;
                faces.push(dealt);
            }
        }
    }
    // Faces that nobody minds need not be forced, but those before one that is minded must be.
    let minded = falls.iter().rposition(|f| !matches!(f, Fall::Whatever)).map_or(0, |at| at + 1);
    faces.truncate(minded);
    Some(faces)
}

/// How many sides the throw after these faces has, and the scenes entered.
fn probe(chapter: &Chapter, state: &State, choice: ChoiceIx, faces: &[u32]) -> (Option<u32>, Vec<SceneIx>) {
    static ANY: Goal<'static> = Goal::Deep;
    let mut trial = state.clone();
    let mut luck = Probe { faces, at: 0, sides: None };
    let mut heard = Heard::new(&ANY, None);
    let _ = step_with(chapter, &mut trial, choice, &mut luck, &mut heard);
    (luck.sides, heard.scenes)
}

/// Given faces, then nothing but the lowest; remembers the sides of the first throw without a given face.
struct Probe<'f> {
    faces: &'f [u32],
    at: usize,
    sides: Option<u32>,
}

impl Luck for Probe<'_> {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        let face = self.faces.get(self.at).copied();
        self.at += 1;
        if face.is_none() && self.sides.is_none() {
            self.sides = Some(throw.sides);
        }
        face.unwrap_or(0).min(throw.sides.saturating_sub(1))
    }
}
