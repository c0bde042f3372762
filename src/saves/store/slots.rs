//! Slots: listed, saved, loaded, removed, brought out and in.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;

use crate::saves::fault::Fault;
use crate::saves::format::{Save, Summary, Written};
use crate::saves::journal::{self, Recovered};
use crate::saves::slot::{BACKUPS, Kind, Slot};

use super::atomic::BACKUP;
use super::{Store, atomic};

const SAVE: &str = ".save";
const JOURNAL: &str = ".journal";

/// A slot in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub slot: Slot,
    /// What it shows, or why it cannot.
    pub summary: Result<Summary, Fault>,
    /// Why its backup stands in for it, if it does.
    pub backup: Option<Fault>,
}

/// A save that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The save.
    pub save: Save,
    /// What the player should know about it.
    pub caveat: Option<Caveat>,
}

/// What a player should know about a save that was read. Its words are for the player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caveat {
    /// The file could not be read, and its backup was.
    Backup(Fault),
    /// The end of the autosave was torn; what stands before is whole.
    Torn,
}

impl fmt::Display for Caveat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Backup(fault) => write!(f, "this is the backup: the save itself is not usable ({fault})"),
            Self::Torn => f.write_str("the last thing written was cut off: this is all that stands before it"),
        }
    }
}

impl Slot {
    /// The name of the file.
    pub(in crate::saves) fn file(&self) -> String {
        let kind = if self.kind() == Kind::Auto { JOURNAL } else { SAVE };
        format!("{self}{kind}")
    }

    fn of_file(name: &str) -> Option<Self> {
        let name = name.strip_suffix(BACKUP).unwrap_or(name);
        let slot: Self = name.strip_suffix(SAVE).or_else(|| name.strip_suffix(JOURNAL))?.parse().ok()?;
        (slot.file() == name).then_some(slot)
    }
}

impl Store {
    /// Every slot, the newest first, those that cannot be read last.
    ///
    /// # Errors
    /// [`Fault`] if the folder is there and cannot be read.
    pub fn list(&self) -> Result<Vec<Entry>, Fault> {
        if !self.dir.exists() {
            return Ok(Vec::new());
        }
        let names = fs::read_dir(&self.dir).map_err(|e| Fault::disk("read", &self.dir, &e))?;
        let slots: BTreeSet<Slot> =
            names.flatten().filter_map(|entry| Slot::of_file(entry.file_name().to_str()?)).collect();
        let mut entries: Vec<Entry> = slots.into_iter().map(|slot| self.show(slot)).collect();
        let saved = |entry: &Entry| entry.summary.as_ref().ok().map(|summary| summary.moment.saved);
        entries.sort_by(|a, b| saved(b).cmp(&saved(a)).then_with(|| a.slot.cmp(&b.slot)));
        Ok(entries)
    }

    /// One slot as a list shows it.
    #[must_use]
    pub fn show(&self, slot: Slot) -> Entry {
        let (path, journal) = (self.dir.join(slot.file()), slot.kind() == Kind::Auto);
        let read = |bytes: &[u8]| if journal { journal::summary(bytes) } else { Summary::read(bytes) };
        let (summary, backup) = match either(&path, read) {
            Ok((summary, backup)) => (Ok(summary), backup),
            Err(fault) => (Err(fault), None),
        };
        Entry { slot, summary, backup }
    }

    /// Reads a slot, or its backup if the slot cannot be read.
    ///
    /// # Errors
    /// [`Fault`] why the slot cannot be read, if its backup cannot either. A newer format is left to newer programs.
    pub fn load(&self, slot: &Slot) -> Result<Opened, Fault> {
        let (recovered, backup) = either(&self.dir.join(slot.file()), |bytes| match slot.kind() {
            Kind::Auto => journal::read(bytes),
            Kind::Quick | Kind::Named | Kind::Backup => Save::read(bytes).map(|save| Recovered { save, torn: false }),
        })
        .map_err(|fault| match fault {
            Fault::Absent(_) => Fault::Absent(slot.to_string()),
            fault => fault,
        })?;
        let torn = recovered.torn.then_some(Caveat::Torn);
        Ok(Opened { save: recovered.save, caveat: backup.map(Caveat::Backup).or(torn) })
    }

    /// Saves to a slot of the player's. What was there becomes its backup, or is kept aside if it could not be read.
    ///
    /// # Errors
    /// [`Fault`] if it is not saved. The save of a newer program is not replaced.
    pub fn save(&self, slot: &Slot, save: &Save) -> Result<(), Fault> {
        self.save_text(slot, &save.written()?)
    }

    /// The same, of a save that is text already.
    ///
    /// # Errors
    /// [`Fault`] if it is not saved. The save of a newer program is not replaced.
    pub fn save_text(&self, slot: &Slot, save: &Written) -> Result<(), Fault> {
        let slot = Slot::for_player(slot.as_str())?;
        self.put(&slot, save)
    }

    /// Saves to the backup that is free, or the oldest.
    ///
    /// # Errors
    /// [`Fault`] if it is not saved.
    pub fn backup(&self, save: &Save) -> Result<Slot, Fault> {
        let age = |slot: &Slot| match self.show(slot.clone()).summary {
            Err(Fault::Absent(_)) => (0, 0),
            Ok(summary) => (1, summary.moment.saved),
            Err(_) => (2, 0),
        };
        let oldest = (1..=BACKUPS).map(Slot::backup).min_by_key(age);
        let slot = oldest.unwrap_or_else(|| Slot::backup(1));
        self.put(&slot, &save.written()?)?;
        Ok(slot)
    }

    fn put(&self, slot: &Slot, save: &Written) -> Result<(), Fault> {
        self.writable()?;
        let name = slot.file();
        let old = atomic::read(&self.dir.join(&name)).and_then(|bytes| Save::read(&bytes));
        let whole = match old {
            Ok(_) | Err(Fault::Absent(_)) => true,
            Err(Fault::Newer(version)) if slot.kind() == Kind::Named => return Err(Fault::Newer(version)),
            Err(_) => false,
        };
        self.write(&name, save.as_str().as_bytes(), whole)
    }

    /// Removes a slot and its backup.
    ///
    /// # Errors
    /// [`Fault`] if there is none, or it is not removed.
    pub fn remove(&self, slot: &Slot) -> Result<(), Fault> {
        self.writable()?;
        let path = self.dir.join(slot.file());
        let mut removed = false;
        for path in [with_backup(&path), path.clone()] {
            removed |= atomic::remove(&path)?;
        }
        if !removed {
            return Err(Fault::Absent(slot.to_string()));
        }
        atomic::sync(&self.dir, &path)
    }

    /// Writes the save of a slot to a file that must not be there yet.
    ///
    /// # Errors
    /// [`Fault`] if the slot cannot be read or the file not written.
    pub fn export(&self, slot: &Slot, to: &Path) -> Result<Opened, Fault> {
        let opened = self.load(slot)?;
        atomic::create(to, opened.save.write()?.as_bytes())?;
        Ok(opened)
    }

    /// Reads a save or an autosave from a file and keeps it in a slot, which must be free.
    ///
    /// # Errors
    /// [`Fault`] if the file is no save, or it is not kept.
    pub fn import(&self, from: &Path, slot: &Slot) -> Result<Opened, Fault> {
        let slot = Slot::for_player(slot.as_str())?;
        let Recovered { save, torn } = journal::read(&atomic::read(from)?)?;
        if !matches!(self.show(slot.clone()).summary, Err(Fault::Absent(_))) {
            return Err(Fault::Exists(slot.to_string()));
        }
        self.put(&slot, &save.written()?)?;
        Ok(Opened { save, caveat: torn.then_some(Caveat::Torn) })
    }
}

/// What a file holds, or else its backup, with why; or why the file cannot be read.
fn either<T>(path: &Path, read: impl Fn(&[u8]) -> Result<T, Fault>) -> Result<(T, Option<Fault>), Fault> {
    let both = |path: &Path| atomic::read(path).and_then(|bytes| read(&bytes));
    match both(path) {
        Ok(whole) => Ok((whole, None)),
        Err(fault @ Fault::Newer(_)) => Err(fault),
        Err(fault) => match both(&with_backup(path)) {
            Ok(older) => Ok((older, Some(fault))),
            Err(_) => Err(fault),
        },
    }
}

fn with_backup(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(BACKUP);
    name.into()
}
