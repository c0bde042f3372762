//! From a save back to a play, whatever was done to the story since.
//!
//! In order: the snapshot as it is, where the story is as it was; the log played again with every check value agreeing;
//! the snapshot, by ids; the last milestone the log still leads to; the chapter's first page.

use std::fmt;
use std::sync::Arc;

use crate::engine::id::SceneIx;
use crate::engine::log::{Check, Desync, Leg, Replayed, read};
use crate::engine::step::{Stage, begin};
use crate::engine::{Chapter, Log, State, dice};

use super::fault::Fault;
use super::format::{Moment, Save};
use super::snapshot::Snapshot;

/// A play brought back.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The chapter being played.
    pub chapter: Arc<Chapter>,
    /// Where it stands.
    pub state: State,
    /// How it came to be. The last leg can be added to.
    pub log: Log,
    /// Where the last leg starts, if not on its first page: to be handed to the next [`Save::of`].
    pub resumed: Option<Snapshot>,
    /// Where the last leg's chain of check values starts.
    pub root: u64,
    /// The moment it was saved at.
    pub moment: Moment,
    /// What had to be done.
    pub how: How,
}

/// What had to be done to bring a play back. Its words are for the player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// The story is as it was.
    Same,
    /// The story has changed, and nothing that was played is touched by it.
    Replayed,
    /// The play stands where it stood, in an edited story; undo stops here.
    Moved,
    /// The play went back to the milestone reached by this step, from 1.
    Milestone {
        /// The step.
        step: usize,
        /// The milestone's title.
        title: String,
    },
    /// The play went back to the first page of the chapter, or of what was loaded before.
    Restarted,
}

impl How {
    /// Whether the play stands where it was saved.
    #[must_use]
    pub const fn kept(&self) -> bool {
        matches!(self, Self::Same | Self::Replayed | Self::Moved)
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("you are where you were"),
            Self::Replayed => f.write_str("the story has changed since, but nothing of what you did is changed by it"),
            Self::Moved => f.write_str(
                "the story has changed since: you are where you were, with all you had, and undo goes back no further than here",
            ),
            Self::Milestone { step, title } => write!(
                f,
                "the story has changed since, and the place where you were is gone: you are back at “{title}”, after choice {step}"
            ),
            Self::Restarted => f.write_str(
                "the story has changed since, and the way to where you were is gone: you are back where this part began",
            ),
        }
    }
}

/// Brings a play back. `chapters` finds a chapter of the story by its id.
///
/// # Errors
/// [`Fault`] if the save holds no play, or one of another story, or of a chapter that is not there.
pub fn load(save: Save, chapters: &dyn Fn(&str) -> Option<Arc<Chapter>>) -> Result<Loaded, Fault> {
    let leg = save.log.legs.last().ok_or(Fault::Empty)?;
    let chapter = chapters(&leg.chapter).ok_or_else(|| Fault::NoChapter(leg.chapter.clone()))?;
    if chapter.world.id != save.summary.story {
        return Err(Fault::OtherStory(save.summary.story.clone()));
    }
    if let Some(Stood { state, root }) = as_it_stood(&save, leg, &chapter) {
        let Save { summary, log, resumed, .. } = save;
        return Ok(Loaded { chapter, state, log, resumed, root, moment: summary.moment, how: How::Same });
    }
    let replayed = replay(&save, leg, &chapter, &mut ());
    let loading = Loading { save: &save, leg, chapter };
    match replayed {
        Ok(replayed) => Ok(loading.again(replayed)),
        Err(desync) => Ok(match loading.save.snapshot.restore(&loading.chapter) {
            Ok(state) => loading.carried_over(state),
            Err(_) => loading.back(&desync),
        }),
    }
}

/// A state that a log can be gone on from.
struct Stood {
    state: State,
    root: u64,
}

/// The state of the snapshot, if the story's rules are those it was saved under and the log leads as far.
fn as_it_stood(save: &Save, leg: &Leg, chapter: &Chapter) -> Option<Stood> {
    if save.summary.edited(chapter) || save.snapshot.seed != save.log.seed {
        return None;
    }
    let entered = match &save.resumed {
        None => {
            let (start, given) = leg.entry(chapter).ok()?;
            begin(chapter, start, save.log.seed, &given, &mut dice::Keyed, &mut ())
        }
        Some(start) => start.restore(chapter).ok()?,
    };
    let state = save.snapshot.restore(chapter).ok()?;
    let steps = (state.turn as usize).checked_sub(entered.turn as usize)?;
    (steps == leg.steps.len()).then(|| Stood { state, root: leg.root(chapter, &entered) })
}

/// Plays a leg again from where it starts.
fn replay(save: &Save, leg: &Leg, chapter: &Chapter, stage: &mut dyn Stage) -> Result<Replayed, Desync> {
    match &save.resumed {
        None => leg.replay(chapter, save.log.seed, stage),
        Some(start) => {
            let entered = start.restore(chapter).map_err(|_| Desync::Start(start.scene.clone()))?;
            leg.replay_from(chapter, entered, stage)
        }
    }
}

impl From<Replayed> for Stood {
    fn from(Replayed { state, root, .. }: Replayed) -> Self {
        Self { state, root }
    }
}

struct Loading<'a> {
    save: &'a Save,
    leg: &'a Leg,
    chapter: Arc<Chapter>,
}

impl Loading<'_> {
    /// Every check value agreed.
    fn again(self, replayed: Replayed) -> Loaded {
        let how = if self.save.summary.edited(&self.chapter) { How::Replayed } else { How::Same };
        let (log, resumed) = (self.save.log.clone(), self.save.resumed.clone());
        self.loaded(replayed.into(), log, resumed, how)
    }

    /// The snapshot fits: a new leg starts from it, behind the one that can no longer be played again.
    fn carried_over(self, state: State) -> Loaded {
        let mut log = self.save.log.clone();
        let leg = Leg::new(&self.chapter, state.scene, &[]);
        let root = leg.root(&self.chapter, &state);
        log.legs.push(leg);
        let resumed = Some(Snapshot::of(&self.chapter, &state));
        self.loaded(Stood { state, root }, log, resumed, How::Moved)
    }

    /// The log is played up to its last milestone before it parts from the story.
    fn back(self, desync: &Desync) -> Loaded {
        let agreed = match desync {
            Desync::Start(_) | Desync::Given(..) => return self.restarted(),
            Desync::Refused { step, .. } | Desync::Differs { step, .. } => step - 1,
        };
        let mut leg = self.leg.clone();
        leg.steps.truncate(agreed);
        let mut passed = Milestones::default();
        if replay(self.save, &leg, &self.chapter, &mut passed).is_err() {
            return self.restarted();
        }
        let before = self.save.resumed.as_ref().map_or(0, |start| start.turn);
        let reached = passed.last.map(|(turn, scene)| (turn.saturating_sub(before) as usize, scene));
        let step = reached.map_or(0, |(step, _)| step);
        leg.steps.truncate(step);
        let Ok(replayed) = replay(self.save, &leg, &self.chapter, &mut ()) else { return self.restarted() };
        if let Some(last) = leg.steps.last_mut() {
            last.check = Check::Whole(replayed.tip);
        }
        let how = match reached {
            Some((step, scene)) if step > 0 => How::Milestone { step, title: title(&self.chapter, scene) },
            _ => How::Restarted,
        };
        let mut log = self.save.log.clone();
        log.legs.pop();
        log.legs.push(leg);
        let resumed = self.save.resumed.clone();
        self.loaded(replayed.into(), log, resumed, how)
    }

    /// Not even the start is as it was: the chapter's own first page, with what can still be set.
    fn restarted(self) -> Loaded {
        let first = self.save.log.legs.iter().rev().take_while(|leg| leg.chapter == self.leg.chapter).last();
        let given: Vec<_> =
            first.unwrap_or(self.leg).given.iter().filter_map(|(id, value)| read(&self.chapter, id, value)).collect();
        let seed = self.save.log.seed;
        let state = begin(&self.chapter, self.chapter.start, seed, &given, &mut dice::Keyed, &mut ());
        let leg = Leg::new(&self.chapter, self.chapter.start, &given);
        let root = leg.root(&self.chapter, &state);
        let mut log = self.save.log.clone();
        log.legs.pop();
        log.legs.push(leg);
        self.loaded(Stood { state, root }, log, None, How::Restarted)
    }

    fn loaded(self, stood: Stood, log: Log, resumed: Option<Snapshot>, how: How) -> Loaded {
        let Stood { state, root } = stood;
        let moment = self.save.summary.moment.clone();
        Loaded { chapter: self.chapter, state, log, resumed, root, moment, how }
    }
}

/// Notes the last milestone passed: the turn, which counts the steps, and the scene.
#[derive(Default)]
struct Milestones {
    last: Option<(u32, SceneIx)>,
}

impl Stage for Milestones {
    fn entered(&mut self, chapter: &Chapter, state: &State, scene: SceneIx) {
        if chapter.scene(scene).milestone.is_some() {
            self.last = Some((state.turn, scene));
        }
    }
}

fn title(chapter: &Chapter, scene: SceneIx) -> String {
    let milestone = chapter.scene(scene).milestone;
    milestone.map_or_else(String::new, |ix| chapter.milestones[ix.at()].title.clone())
}
