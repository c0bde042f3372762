//! Where a play stands, by the writer's ids: it outlives a story in which everything has moved.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::engine::chapter::Goes;
use crate::engine::id::ChoiceIx;
use crate::engine::look::open_choices;
use crate::engine::state::DEPTH;
use crate::engine::{Chapter, State};

use super::fault::Fault;
use super::format::{from_line, to_line};
use super::rename::Names;
use super::table::{Count, Lists, Packed, Seen, home, is_of, is_plain, key, stays_plain};

/// A state by ids. Counts of nothing are left out. Of one that was read, the tables of scenes, choices and dice are
/// empty until they are [unpacked](Self::unpack): mostly they go into a state as they are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
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
    /// What it counts as it was read; the tables above then hold only what could not be packed.
    #[serde(skip)]
    packed: Option<Packed>,
}

impl PartialEq for Snapshot {
    /// Whether they say the same, packed or not.
    fn eq(&self, other: &Self) -> bool {
        if self.packed == other.packed {
            return self.words() == other.words();
        }
        let unpacked = |one: &Self| {
            let mut one = one.clone();
            one.unpack();
            one
        };
        let (one, other) = (unpacked(self), unpacked(other));
        one.words() == other.words()
    }
}

impl Eq for Snapshot {}

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
        let owned = |(id, count): (&str, u32)| (id.to_owned(), count);
        let mut snapshot = Self::uncounted(chapter, state);
        snapshot.scenes = seen(chapter, state).map(|(id, times)| (id.to_owned(), times)).collect();
        snapshot.taken = taken(chapter, state).map(owned).collect();
        snapshot.drawn = drawn(chapter, state).map(owned).collect();
        snapshot
    }

    /// The lines of a save of a state. What [`of`](Self::of) and [`lines`](Self::lines) make of it, without gathering it
    /// in between.
    pub(super) fn lines_of(chapter: &Chapter, state: &State) -> Result<[String; 3], Fault> {
        let mut words = Self::uncounted(chapter, state);
        let (mut lists, mut listed) = (Lists::default(), vec![false; chapter.choices.len()]);
        for (at, scene) in chapter.scenes.iter().enumerate() {
            let times = (state.visits[at], state.last[at]);
            if times == (0, 0) {
                continue;
            }
            let id = scene.id.as_str();
            if !is_plain(id) {
                words.scenes.insert(id.to_owned(), times);
                continue;
            }
            let from = lists.taken.len();
            each_taken(chapter, state, &scene.menu, &mut |choice, count| {
                let path = chapter.choice(choice).path.as_str();
                if key(path, id).is_some_and(|key| stays_plain(id, key)) {
                    listed[choice.at()] = true;
                    lists.taken.push((path, count));
                }
            });
            if lists.taken.len() > from + 1 {
                lists.taken[from..].sort_unstable();
            }
            lists.scenes.push(Seen { id, times, choices: lists.taken.len() - from });
        }
        let from = lists.taken.len();
        // Nearly always every choice that was taken is one of a scene that was entered: that is counted many at a time.
        if state.taken.iter().filter(|count| **count != 0).count() > from {
            let others = some(&state.taken).filter(|(at, _)| !listed[*at]);
            for (at, count) in others {
                let path = chapter.choices[at].path.as_str();
                if is_plain(path) {
                    lists.taken.push((path, count));
                } else {
                    words.taken.insert(path.to_owned(), count);
                }
            }
        }
        lists.taken[from..].sort_unstable();
        for (site, count) in drawn(chapter, state) {
            if is_plain(site) {
                lists.drawn.push((site, count));
            } else {
                words.drawn.insert(site.to_owned(), count);
            }
        }
        lists.drawn.sort_unstable();
        words.with(&lists)
    }

    /// All of a state but what is counted.
    fn uncounted(chapter: &Chapter, state: &State) -> Self {
        let scene = |ix| chapter.scene(ix).id.to_string();
        let items = state.items.iter().enumerate().filter(|(_, n)| **n != 0);
        Self {
            seed: state.seed,
            scene: scene(state.scene),
            open: state.open.map(|ix| chapter.choice(ix).path.to_string()),
            stack: state.stack.iter().copied().map(scene).collect(),
            turn: state.turn,
            ended: state.ended.map(|ix| chapter.endings[ix.at()].id.clone()),
            vars: chapter.vars.iter().zip(&state.vars).map(|(v, value)| (v.id.clone(), v.written(*value))).collect(),
            items: items.map(|(at, n)| (chapter.world.items[at].id.clone(), *n)).collect(),
            achieved: some(&state.achieved).map(|(at, _)| chapter.achievements[at].id.clone()).collect(),
            ..Self::default()
        }
    }

    /// The lines of a save: what is said in words, the ids of what is counted, the counts.
    pub(super) fn lines(&self) -> Result<[String; 3], Fault> {
        if let Some(Packed { ids, bits }) = self.packed.clone() {
            return Ok([to_line(self)?, ids, bits]);
        }
        let (scenes, more_scenes) = parted(&self.scenes);
        let (taken, more_taken) = parted(&self.taken);
        let (drawn, more_drawn) = parted(&self.drawn);
        let mut lists = Lists { drawn, ..Lists::default() };
        let (mut taken, mut others) = (taken.into_iter().peekable(), Vec::new());
        for (id, times) in scenes {
            // `#` comes before all that may stand in the id of a scene: those of a scene follow on each other.
            while let Some(other) = taken.next_if(|(path, _)| home(path).is_none_or(|home| home < id)) {
                others.push(other);
            }
            let from = lists.taken.len();
            while let Some(own) = taken.next_if(|(path, _)| is_of(path, id)) {
                lists.taken.push(own);
            }
            lists.scenes.push(Seen { id, times, choices: lists.taken.len() - from });
        }
        lists.taken.extend(others.into_iter().chain(taken));
        let words = Self {
            seed: self.seed,
            scene: self.scene.clone(),
            open: self.open.clone(),
            stack: self.stack.clone(),
            turn: self.turn,
            ended: self.ended.clone(),
            vars: self.vars.clone(),
            items: self.items.clone(),
            scenes: more_scenes,
            taken: more_taken,
            drawn: more_drawn,
            achieved: self.achieved.clone(),
            packed: None,
        };
        words.with(&lists)
    }

    /// The lines of these words, and what is packed.
    fn with(&self, lists: &Lists<'_>) -> Result<[String; 3], Fault> {
        let packed = lists.pack().ok_or_else(|| Fault::Unwritable("too much was seen and done".to_owned()))?;
        Ok([to_line(self)?, packed.ids, packed.bits])
    }

    /// Reads the lines of a save.
    pub(super) fn read(lines: &[String]) -> Result<Self, Fault> {
        let [words, ids, bits] = lines else { return Err(Fault::Damaged("a part is missing")) };
        let mut snapshot: Self = from_line(Some(words))?;
        if !bits.is_empty() {
            let packed = Packed { ids: ids.clone(), bits: bits.clone() };
            packed.each(&mut |_| {}).ok_or(Fault::Damaged("its counts cannot be read"))?;
            snapshot.packed = Some(packed);
        }
        Ok(snapshot)
    }

    /// Everything but what is packed.
    const fn words(&self) -> impl PartialEq {
        (
            (self.seed, &self.scene, &self.open, &self.stack, self.turn, &self.ended),
            (&self.vars, &self.items, &self.scenes, &self.taken, &self.drawn, &self.achieved),
        )
    }

    /// Puts into the tables what was packed. What is in them already was said in so many words, and stays.
    pub fn unpack(&mut self) {
        let Some(packed) = self.packed.take() else { return };
        let (mut scenes, mut taken, mut drawn) = (Vec::new(), Vec::new(), Vec::new());
        // It was found whole when it was read.
        let _ = packed.each(&mut |count| match count {
            Count::Scene(id, times) => scenes.push((id.to_owned(), times)),
            Count::Taken(path, n) => taken.push((path.to_owned(), n)),
            Count::Drawn(site, n) => drawn.push((site.to_owned(), n)),
        });
        more(&mut self.scenes, scenes);
        more(&mut self.taken, taken);
        more(&mut self.drawn, drawn);
    }

    /// Tells of everything that is counted.
    fn each_count(&self, tell: &mut dyn FnMut(Count<'_>)) {
        if let Some(packed) = &self.packed {
            let _ = packed.each(tell);
        }
        self.scenes.iter().for_each(|(id, times)| tell(Count::Scene(id, *times)));
        self.taken.iter().for_each(|(path, n)| tell(Count::Taken(path, *n)));
        self.drawn.iter().for_each(|(site, n)| tell(Count::Drawn(site, *n)));
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
        self.each_count(&mut |count| match count {
            Count::Scene(id, (visits, last)) => {
                if let Some(ix) = names.scene(id) {
                    state.visits[ix.at()] = visits;
                    state.last[ix.at()] = last;
                }
            }
            Count::Taken(path, n) => {
                if let Some(ix) = names.choice(path) {
                    state.taken[ix.at()] = n;
                }
            }
            Count::Drawn(key, n) => {
                if let Some(ix) = names.site(key) {
                    state.drawn[ix.at()] = n;
                }
            }
        });
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
        self.unpack();
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

/// What a table counts that is not nothing.
fn some(counts: &[u32]) -> impl Iterator<Item = (usize, u32)> {
    counts.iter().copied().enumerate().filter(|(_, count)| *count != 0)
}

fn seen<'a>(chapter: &'a Chapter, state: &'a State) -> impl Iterator<Item = (&'a str, (u32, u32))> {
    let times = state.visits.iter().copied().zip(state.last.iter().copied()).enumerate();
    times.filter(|(_, times)| *times != (0, 0)).map(|(at, times)| (chapter.scenes[at].id.as_str(), times))
}

fn taken<'a>(chapter: &'a Chapter, state: &'a State) -> impl Iterator<Item = (&'a str, u32)> {
    some(&state.taken).map(|(at, count)| (chapter.choices[at].path.as_str(), count))
}

fn drawn<'a>(chapter: &'a Chapter, state: &'a State) -> impl Iterator<Item = (&'a str, u32)> {
    some(&state.drawn).map(|(at, count)| (chapter.sites[at].as_str(), count))
}

/// Every choice of a menu that was taken; whoever took one that is nested took the one around it before.
fn each_taken<'a>(chapter: &Chapter, state: &State, menu: &[ChoiceIx], tell: &mut (dyn FnMut(ChoiceIx, u32) + 'a)) {
    for choice in menu.iter().copied().filter(|choice| state.taken[choice.at()] != 0) {
        tell(choice, state.taken[choice.at()]);
        if let Goes::Nested(nested, _) = &chapter.choice(choice).goes {
            each_taken(chapter, state, nested, tell);
        }
    }
}

/// The counts that are packed, and those that stay in words.
fn parted<T: Copy>(counts: &BTreeMap<String, T>) -> (Vec<(&str, T)>, BTreeMap<String, T>) {
    let (mut packed, mut words) = (Vec::with_capacity(counts.len()), BTreeMap::new());
    for (id, count) in counts {
        if is_plain(id) {
            packed.push((id.as_str(), *count));
        } else {
            words.insert(id.clone(), *count);
        }
    }
    (packed, words)
}

/// Adds counts to those that were in words, of which there are hardly ever any.
fn more<T>(counts: &mut BTreeMap<String, T>, packed: Vec<(String, T)>) {
    let words = std::mem::replace(counts, packed.into_iter().collect());
    counts.extend(words);
}

/// Keeps a count, or leaves it out if it is nothing.
fn keep<T: Default + PartialEq>(counts: &mut BTreeMap<String, T>, id: &str, count: T) {
    if count == T::default() {
        counts.remove(id);
    } else {
        counts.insert(id.to_owned(), count);
    }
}
