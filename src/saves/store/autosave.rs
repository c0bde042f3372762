//! The autosave, kept up to date by appending.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;

use crate::engine::Log;
use crate::engine::log::Step;
use crate::saves::fault::Fault;
use crate::saves::format::Save;
use crate::saves::journal::{self, Note};
use crate::saves::slot::Slot;

use super::hold::{self, Mode};
use super::{Store, atomic};

/// Notes may grow to this many bytes before the journal is written anew, or to the length of the save before them.
const NOTES: u64 = 512 << 10;

/// The autosave of one sitting. When [`keep`](Self::keep) has returned, what it kept is on the disk.
#[derive(Debug)]
pub struct Autosave {
    store: Store,
    slot: Slot,
    /// What the journal holds, or is to hold.
    save: Save,
    /// The open journal; `None` if it has to be written anew.
    file: Option<File>,
    base: u64,
    length: u64,
}

impl Store {
    /// Begins the autosave of a sitting with a play as it stands.
    ///
    /// An autosave of another play, or of one that got further, first becomes a backup.
    ///
    /// # Errors
    /// [`Fault`] if it is not written.
    pub fn autosave(&self, save: &Save) -> Result<Autosave, Fault> {
        let slot = self.own()?;
        if let Ok(before) = self.load(&slot)
            && !goes_on(&before.save.log, &save.log)
        {
            self.keep_before(&before.save)?;
        }
        let mut autosave = Autosave { store: self.clone(), slot, save: save.clone(), file: None, base: 0, length: 0 };
        autosave.rewrite()?;
        Ok(autosave)
    }

    /// Makes the folder, takes it, and answers which autosave is this program's.
    fn own(&self) -> Result<Slot, Fault> {
        hold::make(&self.dir)?;
        match self.take() {
            Mode::Alone => Ok(Slot::autosave(1)),
            Mode::Beside(number) => Ok(Slot::autosave(number)),
            Mode::ReadOnly(fault) => Err(fault),
        }
    }

    /// Makes a backup, if this program may.
    fn keep_before(&self, save: &Save) -> Result<(), Fault> {
        match self.backup(save) {
            Err(Fault::InUse(_)) => Ok(()),
            kept => kept.map(|_| ()),
        }
    }
}

impl Autosave {
    /// The slot it can be loaded from.
    #[must_use]
    pub const fn slot(&self) -> &Slot {
        &self.slot
    }

    /// The play as it was last kept.
    #[must_use]
    pub const fn save(&self) -> &Save {
        &self.save
    }

    /// Keeps what happened to the play, by appending it: after a choice, an undo, a redo, a jump.
    ///
    /// What could not be written is made up for by the next call that can.
    ///
    /// # Errors
    /// [`Fault`] if it is not on the disk.
    pub fn keep(&mut self, note: Note) -> Result<(), Fault> {
        let line = note.line();
        note.apply(&mut self.save);
        if !self.stands() {
            return self.rewrite();
        }
        let line = line?;
        if self.length - self.base + line.len() as u64 > NOTES.max(self.base) {
            return self.rewrite();
        }
        self.append(line.as_bytes()).inspect_err(|_| self.file = None)
    }

    /// Keeps the play as it stands now, whole: after more than a note can tell.
    ///
    /// # Errors
    /// [`Fault`] if it is not on the disk.
    pub fn restate(&mut self, save: Save) -> Result<(), Fault> {
        self.save = save;
        self.rewrite()
    }

    /// Writes the journal anew: after a slot was saved, and when the game is left.
    ///
    /// # Errors
    /// [`Fault`] if it is not written; what was kept before is still there.
    pub fn compact(&mut self) -> Result<(), Fault> {
        if self.stands() && self.length == self.base { Ok(()) } else { self.rewrite() }
    }

    /// Whether the journal that is open stands under its name: its folder may have been removed, or brought back.
    fn stands(&self) -> bool {
        let length = std::fs::metadata(self.path()).map(|about| about.len());
        self.file.is_some() && length.is_ok_and(|length| length == self.length)
    }

    fn path(&self) -> PathBuf {
        self.store.dir.join(self.slot.file())
    }

    /// Goes on with another play: a slot that was loaded, a new game.
    ///
    /// Unless it goes on from what was kept, that first becomes a backup.
    ///
    /// # Errors
    /// [`Fault`] if it is not written.
    pub fn rebase(&mut self, save: Save) -> Result<(), Fault> {
        let before = std::mem::replace(&mut self.save, save);
        // From here on notes tell of the new play: whatever fails, it is the one to be written.
        self.file = None;
        if !goes_on(&before.log, &self.save.log) {
            self.store.keep_before(&before)?;
        }
        self.rewrite()
    }

    fn rewrite(&mut self) -> Result<(), Fault> {
        self.file = None;
        let text = self.save.write()?;
        self.slot = self.store.own()?;
        let (name, path) = (self.slot.file(), self.path());
        let whole = match atomic::read(&path) {
            Ok(bytes) => journal::read(&bytes).is_ok(),
            Err(fault) => matches!(fault, Fault::Absent(_)),
        };
        let put = self.store.write(&name, text.as_bytes(), whole);
        if !matches!(put, Ok(()) | Err(Fault::Unsure { .. })) {
            return put;
        }
        let mut file = File::options().write(true).open(&path).map_err(|e| Fault::disk("open", &path, &e))?;
        file.seek(SeekFrom::End(0)).map_err(|e| Fault::disk("open", &path, &e))?;
        self.base = text.len() as u64;
        self.length = self.base;
        self.file = Some(file);
        put
    }

    fn append(&mut self, line: &[u8]) -> Result<(), Fault> {
        let path = self.path();
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(line).and_then(|()| file.sync_data()).map_err(|e| {
            // A torn line in the middle would hide the notes behind it.
            let _ = file.set_len(self.length);
            Fault::disk("write", &path, &e)
        })?;
        self.length += line.len() as u64;
        Ok(())
    }
}

/// Whether a log holds all that another does, and perhaps more.
fn goes_on(before: &Log, after: &Log) -> bool {
    let (Some((open, closed)), true) = (before.legs.split_last(), before.seed == after.seed) else {
        return before.legs.is_empty();
    };
    let Some(leg) = after.legs.get(closed.len()) else { return false };
    after.legs.starts_with(closed)
        && (leg.chapter.as_str(), leg.start.as_str(), &leg.given)
            == (open.chapter.as_str(), open.start.as_str(), &open.given)
        && leg.steps.len() >= open.steps.len()
        && leg.steps.iter().zip(&open.steps).all(|(after, before)| same(after, before))
}

/// Whether two steps are one, as far as can be told: of most checks only the lowest bits are kept.
fn same(one: &Step, other: &Step) -> bool {
    let said = |step: &Step| (step.check.low(), step.at);
    said(one) == said(other) && one.choice == other.choice && one.forced == other.forced
}
