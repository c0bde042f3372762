//! The folder saves are kept in: the only place of this layer that touches files.

mod atomic;
mod autosave;
mod folder;
mod hold;
mod runs;
mod slots;

pub use autosave::Autosave;
pub use folder::find;
pub use hold::Mode;
pub use runs::{Care, Draft};
pub use slots::{Caveat, Entry, Opened};

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::fault::Fault;
use super::profile::Profile;
use super::settings::Settings;
use hold::Hold;

/// How long another program may take to add to what was found.
const PATIENCE: Duration = Duration::from_secs(5);

/// A folder of saves. Cloning it is cheap, and a clone holds the same lock.
#[derive(Clone, Debug)]
pub struct Store {
    dir: Arc<Path>,
    hold: Arc<Hold>,
}

impl Store {
    /// The store of a folder, which need not be there yet: it is made when something is first written.
    #[must_use]
    pub fn at(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into().into(), hold: Arc::default() }
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether nothing was ever written here.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        std::fs::read_dir(&self.dir).map_or(true, |mut entries| entries.next().is_none())
    }

    /// Takes the folder for this program, if it is there and free, and says what may be done in it.
    ///
    /// Leftovers of a program that died while writing are then swept away.
    pub fn take(&self) -> Mode {
        if self.dir.is_dir() { self.hold.take(&self.dir) } else { Mode::Alone }
    }

    /// Settings, and why they are the defaults if they could not be read; the file is then kept aside.
    #[must_use]
    pub fn settings(&self) -> (Settings, Option<Fault>) {
        let read = self.text("settings.ron").and_then(|text| match text {
            Some(text) => Settings::read(&text),
            None => Ok(Settings::default()),
        });
        match read {
            Ok(settings) => (settings, None),
            Err(fault) => (Settings::default(), Some(fault)),
        }
    }

    /// Keeps settings. A file that could not be read is kept aside.
    ///
    /// # Errors
    /// [`Fault`] if they are not written.
    pub fn keep_settings(&self, settings: &Settings) -> Result<(), Fault> {
        self.writable()?;
        let old = self.text("settings.ron").and_then(|text| text.map(|text| Settings::read(&text)).transpose());
        self.write("settings.ron", settings.write()?.as_bytes(), old.is_ok())
    }

    /// What was found so far, and why it is nothing if it could not be read.
    #[must_use]
    pub fn profile(&self) -> (Profile, Option<Fault>) {
        match self.read_profile() {
            Ok(profile) => (profile, None),
            Err(fault) => (self.older_profile(), Some(fault)),
        }
    }

    /// Adds to what was found: it is read again first, so that two programs lose nothing of each other's.
    ///
    /// # Errors
    /// [`Fault`] if it is not written.
    pub fn remember(&self, change: impl FnOnce(&mut Profile)) -> Result<Profile, Fault> {
        hold::make(&self.dir)?;
        let _lock = hold::wait(&self.dir, hold::PROFILE, PATIENCE)?;
        atomic::sweep(&self.dir, &["profile.ron"]);
        let read = self.read_profile();
        let whole = read.is_ok();
        let mut profile = read.unwrap_or_else(|_| self.older_profile());
        change(&mut profile);
        self.write("profile.ron", profile.write()?.as_bytes(), whole)?;
        Ok(profile)
    }

    fn read_profile(&self) -> Result<Profile, Fault> {
        Ok(self.text("profile.ron")?.map(|text| Profile::read(&text)).transpose()?.unwrap_or_default())
    }

    fn older_profile(&self) -> Profile {
        let text = self.text("profile.ron.bak").ok().flatten();
        text.and_then(|text| Profile::read(&text).ok()).unwrap_or_default()
    }

    /// The text of a file, `None` if there is none.
    fn text(&self, name: &str) -> Result<Option<String>, Fault> {
        let bytes = match atomic::read(&self.dir.join(name)) {
            Err(Fault::Absent(_)) => return Ok(None),
            read => read?,
        };
        String::from_utf8(bytes).map(Some).map_err(|_| Fault::Damaged("it is not text"))
    }

    /// Puts a file in place; the old one becomes the backup if it was `whole`, and is kept aside if not.
    fn write(&self, name: &str, bytes: &[u8], whole: bool) -> Result<(), Fault> {
        if !whole {
            atomic::set_aside(&self.dir, name)?;
        }
        atomic::replace(&self.dir, name, bytes)
    }

    /// Makes the folder and takes it, or says why nothing may be written.
    fn writable(&self) -> Result<(), Fault> {
        hold::make(&self.dir)?;
        match self.hold.take(&self.dir) {
            Mode::Alone => Ok(()),
            Mode::Beside(_) => Err(Fault::InUse(self.dir.to_path_buf())),
            Mode::ReadOnly(fault) => Err(fault),
        }
    }
}
