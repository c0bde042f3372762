//! The log: seed and steps. It is a save's history, the undo list, a golden test, a witness, a replay and a proof.

use std::sync::OnceLock;

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::canon;
use super::chapter::{Carried, Chapter, Given};
use super::dice::Forced;
use super::id::SceneIx;
use super::route::{Leap, Route};
use super::state::{Delta, State};
use super::step::{Refusal, Stage, begin, find, step_with};

/// Every so many steps a log holds a hash of the whole state.
pub const CHECKPOINT: usize = 16;

/// A play from its first page: a seed, and a leg for each chapter entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// The seed of all luck.
    pub seed: u64,
    /// The chapters played, in order; the last is being played.
    pub legs: Vec<Leg>,
}

/// The part of a play inside one chapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The chapter's id.
    pub chapter: String,
    /// The hash of the chapter's rules when the leg began, in hexadecimal.
    #[serde(with = "sealed")]
    rules: OnceLock<String>,
    /// The scene it began in.
    pub start: String,
    /// What was set before the first page: ids of variables and items, values as the writer would write them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<(String, String)>,
    /// The choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The choice's key.
    pub choice: String,
    /// Outcomes forced on it, in order. Never ranked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forced: Vec<u32>,
    /// When it was made, in milliseconds from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
    /// Chained over the check before, the choice and what it changed.
    pub check: Check,
    /// The hash of the state after it, every [`CHECKPOINT`] steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<u64>,
}

/// A check value, or what was kept of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// All of it.
    Whole(u64),
    /// Its lowest [`Check::BITS`] bits.
    Low(u8),
}

impl Check {
    /// How many bits are kept of one that is not kept whole.
    pub const BITS: u32 = 5;

    /// Its lowest bits.
    #[must_use]
    pub const fn low(self) -> Self {
        Self::Low((self.value() & ((1 << Self::BITS) - 1)) as u8)
    }

    /// What was kept, as a number.
    #[must_use]
    pub const fn value(self) -> u64 {
        match self {
            Self::Whole(value) => value,
            Self::Low(low) => low as u64,
        }
    }

    /// Whether what was kept is of this value.
    #[must_use]
    pub fn is_of(self, value: u64) -> bool {
        match self {
            Self::Whole(whole) => whole == value,
            Self::Low(_) => self == Self::Whole(value).low(),
        }
    }
}

/// A hash of rules, as a text.
mod sealed {
    use super::{Deserialize, Deserializer, OnceLock, Serialize, Serializer};
    use serde::ser::Error as _;

    pub(super) fn serialize<S: Serializer>(rules: &OnceLock<String>, serializer: S) -> Result<S::Ok, S::Error> {
        rules.get().ok_or_else(|| S::Error::custom("a leg that is not sealed"))?.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OnceLock<String>, D::Error> {
        String::deserialize(deserializer).map(OnceLock::from)
    }
}

impl Serialize for Check {
    /// A number. One that is not whole has no words of its own: whoever keeps it packs it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(value) => serializer.serialize_u64(*value),
            Self::Low(_) => Err(S::Error::custom("a check value that is not whole")),
        }
    }
}

impl<'de> Deserialize<'de> for Check {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u64::deserialize(deserializer).map(Self::Whole)
    }
}

/// Where and how a replay parts from its log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Desync {
    /// The leg names a scene the chapter does not have.
    #[error("the scene `{0}` it starts in is not there")]
    Start(String),
    /// The leg sets something the chapter does not have, or not to this value.
    #[error("`{0}` cannot be set to `{1}`")]
    Given(String, String),
    /// A choice was refused.
    #[error("step {step}: {refusal}")]
    Refused {
        /// Which step, from 1.
        step: usize,
        /// Why.
        refusal: Refusal,
    },
    /// A choice did something other than it did when the log was written.
    #[error("step {step}, `{choice}`: it does not do what it did ({was:016x} then, {is:016x} now)")]
    Differs {
        /// Which step, from 1.
        step: usize,
        /// The choice's key.
        choice: String,
        /// The hash in the log.
        was: u64,
        /// The hash now.
        is: u64,
    },
}

impl Leg {
    /// The leg as a route with the luck of this seed.
    #[must_use]
    pub fn route(&self, seed: u64) -> Route {
        let leap = |step: &Step| Leap { choice: step.choice.clone(), forced: step.forced.clone() };
        Route {
            chapter: self.chapter.clone(),
            start: Some(self.start.clone()),
            given: self.given.clone(),
            seed,
            steps: self.steps.iter().map(leap).collect(),
        }
    }

    /// A leg about to begin.
    #[must_use]
    pub fn new(chapter: &Chapter, start: SceneIx, given: &[Given]) -> Self {
        let leg = Self::unsealed(chapter, start, given);
        leg.seal(chapter);
        leg
    }

    /// A leg about to begin, without the hash of the chapter's rules: that of a long chapter takes longer than its first
    /// page. It cannot be written before it is [sealed](Self::seal).
    #[must_use]
    pub fn unsealed(chapter: &Chapter, start: SceneIx, given: &[Given]) -> Self {
        Self {
            chapter: chapter.id.clone(),
            rules: OnceLock::new(),
            start: chapter.scene(start).id.to_string(),
            given: given.iter().map(|g| written(chapter, *g)).collect(),
            steps: Vec::new(),
        }
    }

    /// Adds the hash of the rules of its chapter, if it has none.
    pub fn seal(&self, chapter: &Chapter) {
        self.rules.get_or_init(|| hex(&chapter.rules()));
    }

    /// The hash of the chapter's rules when the leg began, in hexadecimal; empty before it is sealed.
    #[must_use]
    pub fn rules(&self) -> &str {
        self.rules.get().map_or("", String::as_str)
    }

    /// The leg on its first page.
    #[must_use]
    pub fn opening(&self) -> Self {
        let Self { chapter, rules, start, given, steps: _ } = self;
        let (chapter, rules, start) = (chapter.clone(), rules.clone(), start.clone());
        Self { chapter, rules, start, given: given.clone(), steps: Vec::new() }
    }

    /// Whether the chapter's rules are those the leg began with.
    #[must_use]
    pub fn same_rules(&self, chapter: &Chapter) -> bool {
        self.rules() == hex(&chapter.rules())
    }

    /// The scene and values the leg begins with, in this chapter.
    ///
    /// # Errors
    /// [`Desync`] if the chapter has no such scene, variable, item or value.
    pub fn entry(&self, chapter: &Chapter) -> Result<(SceneIx, Vec<Given>), Desync> {
        let start = chapter.find_scene(&self.start).ok_or_else(|| Desync::Start(self.start.clone()))?;
        let read = |(id, value): &(String, String)| {
            read(chapter, id, value).ok_or_else(|| Desync::Given(id.clone(), value.clone()))
        };
        Ok((start, self.given.iter().map(read).collect::<Result<_, _>>()?))
    }

    /// The check value the chain starts from.
    #[must_use]
    pub fn root(&self, chapter: &Chapter, entered: &State) -> u64 {
        canon::chain(canon::state(chapter, entered), &self.chapter, chapter, &Vec::new(), entered)
    }

    /// The check value of the last step, or the root.
    #[must_use]
    pub fn tip(&self, root: u64) -> u64 {
        self.steps.last().map_or(root, |s| s.check.value())
    }

    /// Notes a step that was taken.
    pub fn push(&mut self, root: u64, step: Taken<'_>) {
        let check = canon::chain(self.tip(root), step.key, step.chapter, step.delta, step.after);
        let state = (self.steps.len() + 1).is_multiple_of(CHECKPOINT).then(|| canon::state(step.chapter, step.after));
        let (choice, forced, check) = (step.key.to_owned(), step.forced.to_vec(), Check::Whole(check));
        self.steps.push(Step { choice, forced, at: step.at, check, state });
    }

    /// Plays the leg again, step by step, each held against its check value.
    ///
    /// # Errors
    /// [`Desync`] at the first step that is refused or does something else.
    pub fn replay(&self, chapter: &Chapter, seed: u64, stage: &mut dyn Stage) -> Result<Replayed, Desync> {
        let (start, given) = self.entry(chapter)?;
        let state = begin(chapter, start, seed, &given, &mut super::dice::Keyed, stage);
        self.replay_from(chapter, state, stage)
    }

    /// Plays the leg again from a state its first page was left in, step by step, each held against its check value. Of the
    /// hashes of whole states only the last is made again: the checks are chained from the first state on, and say the same.
    ///
    /// # Errors
    /// [`Desync`] at the first step that is refused or does something else.
    pub fn replay_from(&self, chapter: &Chapter, entered: State, stage: &mut dyn Stage) -> Result<Replayed, Desync> {
        let mut playback = self.playback_from(chapter, entered);
        playback.hashed_from = self.steps.iter().rposition(|step| step.state.is_some()).unwrap_or(0);
        let mut deltas = Vec::with_capacity(self.steps.len());
        while let Some(played) = playback.step(stage) {
            deltas.push(played?);
        }
        let Playback { state, root, tip, .. } = playback;
        Ok(Replayed { state, deltas, root, tip })
    }

    /// The leg on its first page, to be played again a step at a time.
    ///
    /// # Errors
    /// [`Desync`] if the chapter does not have what it begins with.
    pub fn playback<'a>(
        &'a self,
        chapter: &'a Chapter,
        seed: u64,
        stage: &mut dyn Stage,
    ) -> Result<Playback<'a>, Desync> {
        let (start, given) = self.entry(chapter)?;
        let state = begin(chapter, start, seed, &given, &mut super::dice::Keyed, stage);
        Ok(self.playback_from(chapter, state))
    }

    fn playback_from<'a>(&'a self, chapter: &'a Chapter, state: State) -> Playback<'a> {
        let root = self.root(chapter, &state);
        Playback { leg: self, chapter, state, root, tip: root, taken: 0, hashed_from: 0 }
    }
}

/// A leg being played again, each step held against its check value.
#[derive(Clone, Debug)]
pub struct Playback<'a> {
    leg: &'a Leg,
    chapter: &'a Chapter,
    state: State,
    root: u64,
    tip: u64,
    taken: usize,
    /// The first step whose hash of the whole state is made again.
    hashed_from: usize,
}

impl Playback<'_> {
    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// How many steps were taken.
    #[must_use]
    pub const fn taken(&self) -> usize {
        self.taken
    }

    /// Takes the next step; `None` after the last.
    ///
    /// # Errors
    /// [`Desync`] if it is refused or does something else. It goes no further then.
    pub fn step(&mut self, stage: &mut dyn Stage) -> Option<Result<Delta, Desync>> {
        let step = self.leg.steps.get(self.taken)?;
        let played = self.take(step, stage);
        self.taken += usize::from(played.is_ok());
        Some(played)
    }

    fn take(&mut self, step: &Step, stage: &mut dyn Stage) -> Result<Delta, Desync> {
        let (chapter, number) = (self.chapter, self.taken + 1);
        let refused = |refusal| Desync::Refused { step: number, refusal };
        let choice = find(chapter, &self.state, &step.choice).map_err(refused)?;
        let mut luck = Forced::new(&step.forced);
        let delta = step_with(chapter, &mut self.state, choice, &mut luck, stage).map_err(refused)?;
        self.tip = canon::chain(self.tip, &step.choice, chapter, &delta, &self.state);
        let differs = |was, is| Desync::Differs { step: number, choice: step.choice.clone(), was, is };
        if !step.check.is_of(self.tip) {
            return Err(differs(step.check.value(), self.tip));
        }
        let hashed = step.state.filter(|_| self.taken >= self.hashed_from);
        match hashed.map(|was| (was, canon::state(chapter, &self.state))) {
            Some((was, is)) if was != is => Err(differs(was, is)),
            _ => Ok(delta),
        }
    }
}

/// A step that was taken, for [`Leg::push`].
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// The chapter.
    pub chapter: &'a Chapter,
    /// The choice's key.
    pub key: &'a str,
    /// What it changed.
    pub delta: &'a Delta,
    /// The state after it.
    pub after: &'a State,
    /// Outcomes forced on it.
    pub forced: &'a [u32],
    /// When, in milliseconds from the start.
    pub at: Option<u64>,
}

/// A leg played again.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// Where it stands.
    pub state: State,
    /// What undoes each step.
    pub deltas: Vec<Delta>,
    /// Where its chain of check values starts.
    pub root: u64,
    /// The check value of the last step, or the root.
    pub tip: u64,
}

/// A given value by id, as the writer would write it.
#[must_use]
pub fn written(chapter: &Chapter, given: Given) -> (String, String) {
    match given.what {
        Carried::Var(ix) => (chapter.var(ix).id.clone(), chapter.var(ix).written(given.value)),
        Carried::Item(ix) => (chapter.world.item(ix).id.clone(), given.value.to_string()),
    }
}

/// A given value read back by id.
#[must_use]
pub fn read(chapter: &Chapter, id: &str, value: &str) -> Option<Given> {
    if let Some(ix) = chapter.find_var(id) {
        return Some(Given { what: Carried::Var(ix), value: chapter.var(ix).read(value)? });
    }
    let ix = chapter.world.find_item(id)?;
    let value = value.parse().ok().filter(|n| (0..=chapter.world.item(ix).max).contains(n))?;
    Some(Given { what: Carried::Item(ix), value })
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}
