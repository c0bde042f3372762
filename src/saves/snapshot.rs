//! Where a play stands, by the writer's ids: it outlives a story in which everything has moved.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::engine::look::open_choices;
use crate::engine::state::DEPTH;
use crate::engine::{Chapter, State};

use super::rename::Names;

/// A state by ids. Counts of nothing are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    /// The seed of all luck.
    pub seed: u64,
    /// The scene whose menu is open.
    pub scene: String,
    /// The path of the choice whose nested menu is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
    /// Scenes waiting for a visited scene to return, innermost last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<String>,
    /// Choices made in the chapter.
    pub turn: u32,
    /// The ending reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// Every variable, as the writer would write its value.
    pub vars: BTreeMap<String, String>,
    /// What is carried, and how many.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<String, i32>,
    /// Scenes entered: how often, and the turn of the last time, plus one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub scenes: BTreeMap<String, (u32, u32)>,
    /// Choices taken, by path, and how often.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub taken: BTreeMap<String, u32>,
    /// Places where dice fell, and how often.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub drawn: BTreeMap<String, u32>,
    /// Achievements reached.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub achieved: BTreeSet<String>,
}

/// What a chapter no longer has, so that a snapshot cannot be restored in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The scene, or one that waits for a visit to return.
    #[error("the scene `{0}` is no longer there")]
    Scene(String),
    /// More scenes wait than can.
    #[error("too many visits are open")]
    Depth,
    /// The scene is there and nothing can be chosen in it.
    #[error("nothing can be chosen in `{0}` now")]
    WayOn(String),
}

impl Snapshot {
    /// The snapshot of a state.
    #[must_use]
    pub fn of(chapter: &Chapter, state: &State) -> Self {
        let scene = |ix| chapter.scene(ix).id.clone();
        let some = |counts: &[u32], id: &dyn Fn(usize) -> String| -> BTreeMap<String, u32> {
            counts.iter().enumerate().filter(|(_, n)| **n != 0).map(|(at, n)| (id(at), *n)).collect()
        };
        let seen = state.visits.iter().zip(&state.last).enumerate().filter(|(_, n)| *n != (&0, &0));
        let items = state.items.iter().enumerate().filter(|(_, n)| **n != 0);
        Self {
            seed: state.seed,
            scene: scene(state.scene),
            open: state.open.map(|ix| chapter.choice(ix).path.clone()),
            stack: state.stack.iter().copied().map(scene).collect(),
            turn: state.turn,
            ended: state.ended.map(|ix| chapter.endings[ix.at()].id.clone()),
            vars: chapter.vars.iter().zip(&state.vars).map(|(v, value)| (v.id.clone(), v.written(*value))).collect(),
            items: items.map(|(at, n)| (chapter.world.items[at].id.clone(), *n)).collect(),
            scenes: seen.map(|(at, (visits, last))| (chapter.scenes[at].id.clone(), (*visits, *last))).collect(),
            taken: some(&state.taken, &|at| chapter.choices[at].path.clone()),
            drawn: some(&state.drawn, &|at| chapter.sites[at].clone()),
            achieved: some(&state.achieved, &|at| chapter.achievements[at].id.clone()).into_keys().collect(),
        }
    }

    /// The state in this chapter, whose ids may have been renamed.
    ///
    /// What the chapter no longer has and a play can do without is left out; a number out of its range stops at the
    /// edge; what the chapter has gained stands as in a new play.
    ///
    /// # Errors
    /// [`Missing`] if the play could not go on from there.
    pub fn restore(&self, chapter: &Chapter) -> Result<State, Missing> {
        let names = Names::of(chapter);
        let scene = |id: &String| names.scene(id).ok_or_else(|| Missing::Scene(id.clone()));
        let mut state = State::fresh(chapter, self.seed, &[]);
        state.scene = scene(&self.scene)?;
        state.open = self.open.as_ref().and_then(|path| names.choice(path));
        state.stack = self.stack.iter().map(scene).collect::<Result<_, _>>()?;
        if state.stack.len() > DEPTH {
            return Err(Missing::Depth);
        }
        state.turn = self.turn;
        state.ended = self.ended.as_ref().and_then(|id| chapter.find_ending(id));
        for (id, written) in &self.vars {
            let Some(ix) = names.var(id) else { continue };
            let var = chapter.var(ix);
            let (low, high) = var.bounds();
            let value = var.read(written).or_else(|| written.parse::<i32>().ok());
            if let Some(value) = value {
                state.vars[ix.at()] = value.clamp(low, high);
            }
        }
        state.items.fill(0);
        for (id, count) in &self.items {
            if let Some(ix) = names.item(id) {
                state.items[ix.at()] = (*count).clamp(0, chapter.world.item(ix).max);
            }
        }
        for (id, (visits, last)) in &self.scenes {
            if let Some(ix) = names.scene(id) {
                state.visits[ix.at()] = *visits;
                state.last[ix.at()] = *last;
            }
        }
        for (path, count) in &self.taken {
            if let Some(ix) = names.choice(path) {
                state.taken[ix.at()] = *count;
            }
        }
        for (key, count) in &self.drawn {
            if let Some(ix) = names.site(key) {
                state.drawn[ix.at()] = *count;
            }
        }
        for id in &self.achieved {
            if let Some(ix) = chapter.find_achievement(id) {
                state.achieved[ix.at()] = 1;
            }
        }
        if state.ended.is_none() && open_choices(chapter, &state).next().is_none() {
            return Err(Missing::WayOn(self.scene.clone()));
        }
        Ok(state)
    }

    /// Puts what a cell holds now, by the names and values of [`canon`](crate::engine::canon). A name that means nothing changes nothing.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        let words = || Some(value.to_owned()).filter(|v| !v.is_empty());
        let count = || value.parse::<u32>().unwrap_or(0);
        match name.split_once(':') {
            None => match name {
                "scene" => value.clone_into(&mut self.scene),
                "open" => self.open = words(),
                "ended" => self.ended = words(),
                "turn" => self.turn = count(),
                "depth" => self.stack.resize((count() as usize).min(DEPTH), String::new()),
                _ => {}
            },
            Some(("stack", at)) => {
                if let Some(scene) = at.parse().ok().and_then(|at: usize| self.stack.get_mut(at)) {
                    value.clone_into(scene);
                }
            }
            Some(("v", id)) => {
                self.vars.insert(id.to_owned(), value.to_owned());
            }
            Some(("i", id)) => keep(&mut self.items, id, value.parse().unwrap_or(0)),
            Some(("n", id)) => self.seen(id, |seen| seen.0 = count()),
            Some(("t", id)) => self.seen(id, |seen| seen.1 = count()),
            Some(("c", path)) => keep(&mut self.taken, path, count()),
            Some(("d", key)) => keep(&mut self.drawn, key, count()),
            Some(("a", id)) => {
                if count() == 0 {
                    self.achieved.remove(id);
                } else {
                    self.achieved.insert(id.to_owned());
                }
            }
            Some(_) => {}
        }
    }

    fn seen(&mut self, id: &str, change: impl FnOnce(&mut (u32, u32))) {
        let mut seen = self.scenes.get(id).copied().unwrap_or_default();
        change(&mut seen);
        keep(&mut self.scenes, id, seen);
    }
}

/// Keeps a count, or leaves it out if it is nothing.
fn keep<T: Default + PartialEq>(counts: &mut BTreeMap<String, T>, id: &str, count: T) {
    if count == T::default() {
        counts.remove(id);
    } else {
        counts.insert(id.to_owned(), count);
    }
}
