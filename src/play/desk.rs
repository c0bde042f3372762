//! A sitting and what is kept of it: autosave after every choice, slots, backups, and what was found.

use std::sync::Arc;

use crate::engine::chapter::Given;
use crate::engine::id::SceneIx;
use crate::engine::render::Reader;
use crate::engine::{Chapter, Event, Route};
use crate::saves::{self, Entry, Fault, Known, Loaded, Mode, Moment, Profile, Save, Settings, Slot, Store};

use super::finds::{Finds, is_find};
use super::keeper::{Keeper, Order};
use super::sitting::{Chapters, OffRoute, PickKind, Sitting, Trouble};

/// Every so many choices of the first thousand the play is also kept as a rotating backup.
const BACKUP_EVERY: usize = 25;

/// What a player should know of a practice play.
pub const PRACTICE: &str = "practice: nothing is saved by itself";

/// What the clock says. The caller reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Seconds since 1970.
    pub unix: u64,
    /// Milliseconds since the program began.
    pub since_start: u64,
}

/// Why something could not be done at the desk.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The play could not begin or go on.
    #[error(transparent)]
    Play(#[from] Trouble),
    /// A save could not be read or written.
    #[error(transparent)]
    Save(#[from] Fault),
    /// Nothing is being played.
    #[error("nothing is being played")]
    NoPlay,
}

/// Where one program plays.
pub struct Desk {
    chapters: Chapters,
    store: Store,
    keeper: Keeper,
    sitting: Option<Sitting>,
    /// Seconds played before this program took the play up, and when it did.
    before: u64,
    taken_up: u64,
    /// Whether the play is in the autosave yet.
    kept: bool,
    /// Whether the play is practice: nothing of it is written unless the player saves it.
    practice: bool,
    /// What the profile already knows.
    known: Known,
    story: String,
}

impl Desk {
    /// A desk with nothing on it. Touches no file.
    #[must_use]
    pub fn new(chapters: Chapters, story: &str, store: Store) -> Self {
        let keeper = Keeper::new(store.clone());
        let known = store.profile().0.of(story).cloned().unwrap_or_default();
        let story = story.to_owned();
        Self {
            chapters,
            store,
            keeper,
            sitting: None,
            before: 0,
            taken_up: 0,
            kept: false,
            practice: false,
            known,
            story,
        }
    }

    /// The play.
    #[must_use]
    pub fn sitting(&self) -> Option<&Sitting> {
        self.sitting.as_ref()
    }

    /// The play, to change what is told. Choices go through the desk, or they are not kept.
    pub fn sitting_mut(&mut self) -> Option<&mut Sitting> {
        self.sitting.as_mut()
    }

    /// Gives chapters by id.
    #[must_use]
    pub fn chapters(&self) -> &Chapters {
        &self.chapters
    }

    /// Where things are kept.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What the player should know before playing: another program plays in the folder, it cannot be written, or what was
    /// found or set before cannot be read.
    ///
    /// In an empty folder nobody else can be playing, and nothing is written before the first choice.
    #[must_use]
    pub fn cautions(&self) -> Vec<Fault> {
        if self.store.is_empty() {
            return Vec::new();
        }
        let held = match self.store.take() {
            Mode::Alone => None,
            Mode::Beside(_) => Some(Fault::InUse(self.store.dir().to_path_buf())),
            Mode::ReadOnly(fault) => Some(fault),
        };
        let unread = |name: &'static str, fault: Option<Fault>| fault.map(|why| Fault::Unread(name, why.to_string()));
        let found = unread("profile.ron", self.store.profile().1);
        let set = unread("settings.ron", self.store.settings().1);
        [held, found, set].into_iter().flatten().collect()
    }

    /// What was found, over all plays.
    #[must_use]
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// Reads again what was found, as others may have found more. What could not be written yet is not forgotten for it.
    pub fn read_known(&mut self) {
        self.keeper.wait();
        if self.keeper.fault().is_none() {
            self.known = self.profile().of(&self.story).cloned().unwrap_or_default();
        }
    }

    /// Begins a chapter. Nothing is written before the first choice.
    ///
    /// # Errors
    /// [`Problem`] if there is no such chapter.
    pub fn begin(
        &mut self,
        chapter: &str,
        start: Option<SceneIx>,
        seed: u64,
        given: &[Given],
        reader: Reader,
        now: Now,
    ) -> Result<(), Problem> {
        let sitting = Sitting::begin(Arc::clone(&self.chapters), chapter, start, seed, given, reader)?;
        self.put_down(sitting, 0, now);
        Ok(())
    }

    /// Follows a route to its end: a practice play, of which nothing is kept unless the player saves it.
    ///
    /// # Errors
    /// [`OffRoute`] if the story has no such chapter, beginning or choice.
    pub fn follow(&mut self, route: &Route, reader: Reader, now: Now) -> Result<(), OffRoute> {
        let sitting = Sitting::follow(Arc::clone(&self.chapters), route, reader)?;
        self.put_down(sitting, 0, now);
        self.practice = true;
        Ok(())
    }

    /// Whether the play is practice.
    #[must_use]
    pub const fn is_practice(&self) -> bool {
        self.practice
    }

    /// What a chapter would begin with after the last finished play of the one before it; nothing if there was none.
    #[must_use]
    pub fn carried_into(&self, chapter: &Chapter) -> Vec<Given> {
        let order = &chapter.world.order;
        let before = order.iter().position(|id| *id == chapter.id).and_then(|at| at.checked_sub(1));
        let finish = before.and_then(|at| self.known.last_finish(&order[at]));
        finish.map_or_else(Vec::new, |f| f.given(chapter))
    }

    /// The newest save of this story that can be read. One from the future, by more than a day, was made by a clock
    /// that was wrong, and is the newest only if all are.
    #[must_use]
    pub fn latest(&self, now: Now) -> Option<Entry> {
        const DAY: u64 = 24 * 60 * 60;
        let entries = self.store.list().unwrap_or_default().into_iter();
        let ours = entries.filter_map(|entry| {
            let summary = entry.summary.as_ref().ok().filter(|s| s.story == self.story)?;
            Some((summary.moment.saved > now.unix.saturating_add(DAY), entry))
        });
        // The list begins with the newest, and the first of equals is taken.
        ours.min_by_key(|(wrong, _)| *wrong).map(|(_, entry)| entry)
    }

    /// Every slot, the newest first.
    ///
    /// # Errors
    /// [`Fault`] if the folder cannot be read.
    pub fn slots(&self) -> Result<Vec<Entry>, Fault> {
        self.keeper.wait();
        self.store.list()
    }

    /// Takes up a saved play. Answers what the player should know about it.
    ///
    /// # Errors
    /// [`Problem`] if the slot cannot be read; what is being played goes on.
    pub fn open(&mut self, slot: &Slot, reader: Reader, now: Now) -> Result<Vec<String>, Problem> {
        self.keeper.wait();
        let opened = self.store.load(slot)?;
        let chapters = Arc::clone(&self.chapters);
        let caveat = opened.caveat.map(|caveat| caveat.to_string());
        let loaded = saves::load(opened.save, &|id| chapters(id))?;
        Ok(self.take_up(loaded, caveat, reader, now)?)
    }

    fn take_up(
        &mut self,
        loaded: Loaded,
        caveat: Option<String>,
        reader: Reader,
        now: Now,
    ) -> Result<Vec<String>, Trouble> {
        let mut notes: Vec<String> = caveat.into_iter().collect();
        if loaded.how != saves::How::Same {
            notes.push(loaded.how.to_string());
        }
        let played = loaded.moment.played;
        let sitting = Sitting::resume(Arc::clone(&self.chapters), loaded, reader)?;
        self.put_down(sitting, played, now);
        Ok(notes)
    }

    fn put_down(&mut self, sitting: Sitting, before: u64, now: Now) {
        self.sitting = Some(sitting);
        self.before = before;
        self.taken_up = now.since_start;
        self.kept = false;
        self.practice = false;
    }

    /// Takes a pick.
    ///
    /// # Errors
    /// [`Problem`]; nothing has changed then.
    pub fn choose(&mut self, pick: &PickKind, now: Now) -> Result<(), Problem> {
        let at = now.since_start.saturating_sub(self.taken_up);
        self.sitting.as_mut().ok_or(Problem::NoPlay)?.choose(pick, Some(at))?;
        self.keep(now);
        self.find(now);
        if !self.practice
            && let Some(sitting) = &self.sitting
            && backup_is_due(sitting.steps())
        {
            self.keeper.order(Order::Backup);
        }
        Ok(())
    }

    /// Takes back the last choice. Answers whether there was one.
    pub fn undo(&mut self, now: Now) -> bool {
        let undone = self.sitting.as_mut().is_some_and(Sitting::undo);
        if undone {
            self.keep(now);
        }
        undone
    }

    /// Does again what was undone. Answers whether there was anything.
    pub fn redo(&mut self, now: Now) -> bool {
        let redone = self.sitting.as_mut().is_some_and(Sitting::redo);
        if redone {
            self.keep(now);
        }
        redone
    }

    /// Stands where the play stood after so many steps.
    pub fn jump(&mut self, step: usize, now: Now) {
        let Some(sitting) = &mut self.sitting else { return };
        if sitting.steps() != step {
            sitting.jump(step);
            self.keep(now);
        }
    }

    /// Plays on in an edited story. Answers how many steps were lost.
    ///
    /// # Errors
    /// [`Problem`] if it has no such chapter; the play then goes on in the old one.
    pub fn reload(&mut self, chapters: Chapters, now: Now) -> Result<usize, Problem> {
        let lost = match &mut self.sitting {
            Some(sitting) => sitting.reload(Arc::clone(&chapters))?,
            None => 0,
        };
        self.chapters = chapters;
        if self.kept {
            self.keep(now);
        }
        Ok(lost)
    }

    /// Saves the play in a slot of the player's and waits until it is on the disk.
    ///
    /// # Errors
    /// [`Problem`] if it is not saved.
    pub fn save(&mut self, name: &str, now: Now) -> Result<Slot, Problem> {
        let slot = Slot::for_player(name)?;
        let sitting = self.sitting.as_ref().ok_or(Problem::NoPlay)?;
        let moment = self.moment(sitting, now);
        let save = Save::text(sitting.chapter(), sitting.state(), sitting.log(), sitting.resumed(), moment)?;
        self.keeper.order(Order::Slot(slot.clone(), save));
        self.keeper.wait();
        match self.keeper.answer() {
            Some(answer) => Ok(answer?),
            None => Ok(slot),
        }
    }

    /// Removes a slot and its backup.
    ///
    /// # Errors
    /// [`Fault`] if there is none, or it is not removed.
    pub fn remove(&mut self, slot: &Slot) -> Result<(), Fault> {
        self.keeper.wait();
        self.store.remove(slot)
    }

    /// Keeps settings.
    ///
    /// # Errors
    /// [`Fault`] if they are not written.
    pub fn keep_settings(&self, settings: &Settings) -> Result<(), Fault> {
        self.keeper.wait();
        self.store.keep_settings(settings)
    }

    /// Whether every choice made is on the disk.
    #[must_use]
    pub fn saved(&self) -> bool {
        self.keeper.idle() && self.keeper.fault().is_none()
    }

    /// Why the play is not on the disk, if it is not.
    #[must_use]
    pub fn fault(&self) -> Option<Fault> {
        self.keeper.fault()
    }

    /// Waits until what was ordered is written, well or not.
    pub fn flush(&self) {
        self.keeper.wait();
    }

    /// Leaves the play: its autosave is compacted and everything written.
    pub fn leave(&mut self) {
        self.sitting = None;
        self.kept = false;
        if !self.practice {
            self.keeper.order(Order::Compact);
        }
        self.keeper.wait();
    }

    /// What was found over all plays, as it is on the disk.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.store.profile().0
    }

    /// Hands the play to the keeper.
    fn keep(&mut self, now: Now) {
        if self.practice {
            return;
        }
        let Some(moment) = self.sitting.as_ref().map(|sitting| self.moment(sitting, now)) else { return };
        let note = self.sitting.as_mut().and_then(|sitting| sitting.news(moment));
        let note = note.filter(|_| self.kept && !self.keeper.wants_whole());
        let whole = |save| if self.kept { Order::Whole(Box::new(save)) } else { Order::Play(Box::new(save)) };
        let order = note.map(|note| Order::Keep(Box::new(note))).or_else(|| self.save_of(now).map(whole));
        order.into_iter().for_each(|order| self.keeper.order(order));
        self.kept = true;
    }

    /// Hands what the newest step found to the profile.
    fn find(&mut self, now: Now) {
        let Some(sitting) = self.sitting.as_ref().filter(|_| !self.practice) else { return };
        let events: Vec<Event> = sitting.newest().iter().filter(|event| is_find(event)).cloned().collect();
        let began = sitting.steps() == 1;
        if events.is_empty() && !began {
            return;
        }
        let (chapter, state) = (Arc::clone(sitting.chapter()), sitting.state().clone());
        let found = Finds { chapter, state, events, began, goes_on: true, when: now.unix };
        let before = self.known.clone();
        found.add_to(&mut self.known);
        if self.known != before {
            self.keeper.order(Order::Found(self.story.clone(), Box::new(move |known| found.add_to(known))));
        }
    }

    fn save_of(&self, now: Now) -> Option<Save> {
        let sitting = self.sitting.as_ref()?;
        let moment = self.moment(sitting, now);
        Some(Save::of(sitting.chapter(), sitting.state(), sitting.log(), sitting.resumed(), moment))
    }

    fn moment(&self, sitting: &Sitting, now: Now) -> Moment {
        let played = self.before + now.since_start.saturating_sub(self.taken_up) / 1000;
        let page = sitting.page();
        let mut moment =
            Moment::of(sitting.chapter(), sitting.state(), page, played, now.unix, &sitting.last_choices(3));
        if moment.place.is_none() {
            moment.place = sitting.place().map(|p| sitting.world().place(p).name.clone());
        }
        moment
    }
}

/// Whether the play is to be kept as a backup after so many choices: every so many, and the longer it grows the more
/// seldom, so that what backups cost a choice does not grow with it.
const fn backup_is_due(steps: usize) -> bool {
    steps.is_multiple_of(BACKUP_EVERY * (1 + steps / 1_000))
}
