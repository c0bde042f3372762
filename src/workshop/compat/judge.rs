//! One save: made of a play of the old story, loaded as the game loads it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Example, Fate};
use crate::engine::dice::{Forced, Keyed};
use crate::engine::log::{Leg, Taken};
use crate::engine::route::Leap;
use crate::engine::step::{begin, find, step_with};
use crate::engine::{Chapter, Log, Route};
use crate::saves::{How, Moment, Save, Snapshot, load};

/// What becomes of a save.
pub(super) struct Judged {
    pub(super) fate: Fate,
    pub(super) scene: String,
    pub(super) route: Route,
    pub(super) left: Vec<String>,
    now: Option<String>,
    told: String,
}

impl Judged {
    pub(super) fn example(self) -> Example {
        Example { fate: self.fate, route: self.route, scene: self.scene, now: self.now, told: self.told }
    }
}

/// Saves a play and loads it; nothing if it cannot be played in the story it is of.
pub(super) fn judge(old: &Chapter, new: &BTreeMap<String, Arc<Chapter>>, route: Route) -> Option<Judged> {
    let save = saved(old, &route)?;
    let scene = save.snapshot.scene.clone();
    let mut judged = Judged { fate: Fate::Lost, scene, route, left: Vec::new(), now: None, told: String::new() };
    let snapshot = save.snapshot.clone();
    match load(save, &|id| new.get(id).cloned()) {
        Err(fault) => judged.told = fault.to_string(),
        Ok(loaded) => {
            judged.fate = match loaded.how {
                How::Same => Fate::Same,
                How::Replayed => Fate::Replayed,
                How::Moved => Fate::Moved,
                How::Milestone { .. } => Fate::Milestone,
                How::Restarted => Fate::Lost,
            };
            judged.told = loaded.how.to_string();
            judged.now = Some(loaded.chapter.scene(loaded.state.scene).id.to_string());
            if judged.fate == Fate::Moved {
                judged.left = left_behind(old, &snapshot, &loaded.chapter);
            }
        }
    }
    Some(judged)
}

/// The save a player has who has played this.
fn saved(chapter: &Chapter, route: &Route) -> Option<Save> {
    let (start, given) = route.entry(chapter).ok()?;
    let mut state = begin(chapter, start, route.seed, &given, &mut Keyed, &mut ());
    let mut leg = Leg::new(chapter, start, &given);
    let root = leg.root(chapter, &state);
    for Leap { choice: key, forced } in &route.steps {
        let choice = find(chapter, &state, key).ok()?;
        let delta = step_with(chapter, &mut state, choice, &mut Forced::new(forced), &mut ()).ok()?;
        leg.push(root, Taken { chapter, key, delta: &delta, after: &state, forced, at: None });
    }
    let log = Log { seed: route.seed, legs: vec![leg] };
    Some(Save::of(chapter, &state, &log, None, Moment::default()))
}

/// Variables that did not hold what a new play holds, and items, for which the new chapter has no place.
fn left_behind(old: &Chapter, had: &Snapshot, now: &Chapter) -> Vec<String> {
    let renamed = |was: &[(String, String)], id: &String| was.iter().any(|(old, _)| old == id);
    let moved = |id: &String, value: &String| {
        let var = old.find_var(id).map(|ix| old.var(ix));
        var.is_some_and(|var| var.written(var.start) != *value)
    };
    let vars = had
        .vars
        .iter()
        .filter(|(id, value)| now.find_var(id).is_none() && !renamed(&now.was.vars, id) && moved(id, value));
    let items = had.items.keys().filter(|id| now.world.find_item(id).is_none() && !renamed(&now.was.items, id));
    vars.map(|(id, _)| id).chain(items).cloned().collect()
}
