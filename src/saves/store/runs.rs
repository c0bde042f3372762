//! Runs against the clock: lists of attempts that only grow, and replays that are written while they are played.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::saves::fault::Fault;

use super::{Store, atomic, hold};

const RUNS: &str = "runs";
const REPLAYS: &str = "replays";
const REPLAY: &str = ".replay";
const DRAFT: &str = ".running-";

/// How many programs can run in one folder, and how many runs of dead ones it may hold.
const DRAFTS: u32 = 99;

/// How surely something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// It outlives the program.
    Quick,
    /// It outlives a power cut.
    Synced,
}

impl Care {
    /// How long another program may hold the list: a reset waits for nobody.
    const fn patience(self) -> Duration {
        match self {
            Self::Quick => Duration::from_millis(10),
            Self::Synced => Duration::from_secs(1),
        }
    }
}

/// A replay that is being written. The file is held for as long as its program runs, and left if that dies.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    file: File,
    /// How many bytes of it are whole.
    length: u64,
    /// Whether something that was not written whole may stand behind them.
    torn: bool,
}

impl Store {
    /// The list of attempts of a name, `None` if nothing was attempted.
    ///
    /// # Errors
    /// [`Fault`] if it is there and cannot be read.
    pub fn attempts(&self, name: &str) -> Result<Option<String>, Fault> {
        self.text(&format!("{RUNS}/{name}.ron"))
    }

    /// Adds lines to the list of attempts of a name. Several programs may do so at once.
    ///
    /// # Errors
    /// [`Fault`] if it is not written.
    pub fn add_attempts(&self, name: &str, lines: &str, care: Care) -> Result<(), Fault> {
        let dir = self.dir().join(RUNS);
        hold::make(&dir)?;
        let _lock = hold::wait(&dir, ".lock", care.patience())?;
        let path = dir.join(format!("{name}.ron"));
        let disk = |e: std::io::Error| Fault::disk("write", &path, &e);
        let mut file = File::options().create(true).read(true).append(true).open(&path).map_err(disk)?;
        // A line that was cut off must not take the next one with it.
        let torn = !ends_a_line(&mut file).map_err(disk)?;
        let lines = format!("{}{}\n", if torn { "\n" } else { "" }, lines.trim_end());
        let before = file.metadata().map_err(disk)?.len();
        let added = file.write_all(lines.as_bytes());
        let added = if care == Care::Synced { added.and_then(|()| file.sync_all()) } else { added };
        added.map_err(|e| {
            // They are added again later, and an attempt counts once.
            let _ = file.set_len(before);
            disk(e)
        })?;
        if care == Care::Synced && before == 0 { atomic::sync(&dir, &path) } else { Ok(()) }
    }

    /// The bytes of a replay in this folder.
    ///
    /// # Errors
    /// [`Fault`] if it cannot be read.
    pub fn replay(&self, name: &str) -> Result<Vec<u8>, Fault> {
        atomic::read(&self.replay_path(name))
    }

    /// Where a replay of this name stands.
    #[must_use]
    pub fn replay_path(&self, name: &str) -> PathBuf {
        self.dir().join(REPLAYS).join(format!("{name}{REPLAY}"))
    }

    /// Begins to write a replay.
    ///
    /// # Errors
    /// [`Fault`] if it cannot be written.
    pub fn draft(&self) -> Result<Draft, Fault> {
        let dir = self.dir().join(REPLAYS);
        hold::make(&dir)?;
        for number in 1..=DRAFTS {
            let path = dir.join(format!("{DRAFT}{number}"));
            match File::options().create_new(true).read(true).write(true).open(&path) {
                Ok(file) => {
                    file.lock().map_err(|e| {
                        let _ = fs::remove_file(&path);
                        Fault::disk("lock", &path, &e)
                    })?;
                    // Before it was locked it may have been taken for one that nobody writes.
                    if path.exists() {
                        return Ok(Draft { path, file, length: 0, torn: false });
                    }
                }
                Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(Fault::disk("write", &path, &e)),
            }
        }
        Err(Fault::Exists(format!("{DRAFT}{DRAFTS}")))
    }

    /// Replays whose programs died while they were played, with what stands in them. Those without a line are removed.
    #[must_use]
    pub fn abandoned(&self) -> Vec<(Draft, Vec<u8>)> {
        let dir = self.dir().join(REPLAYS);
        let left = |number| {
            let path = dir.join(format!("{DRAFT}{number}"));
            let file = File::options().read(true).write(true).open(&path).ok()?;
            file.try_lock().ok()?;
            let bytes = atomic::read(&path).ok()?;
            let draft = Draft { path, file, length: bytes.len() as u64, torn: false };
            if bytes.is_empty() {
                draft.drop_it();
                return None;
            }
            Some((draft, bytes))
        };
        (1..=DRAFTS).filter_map(left).collect()
    }
}

impl Draft {
    /// Adds to it.
    ///
    /// # Errors
    /// [`Fault`] if it is not written; nothing of it is then there.
    pub fn add(&mut self, text: &str) -> Result<(), Fault> {
        let added = self.append(text.as_bytes());
        added.map_err(|e| Fault::disk("write", &self.path, &e))
    }

    fn append(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if self.torn {
            self.file.set_len(self.length)?;
            self.file.seek(SeekFrom::Start(self.length))?;
        }
        self.torn = true;
        self.file.write_all(bytes)?;
        self.torn = false;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Whether it stands in its folder still.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.path.exists()
    }

    /// The file once more, to be synced while it is added to.
    #[must_use]
    pub fn again(&self) -> Option<File> {
        self.file.try_clone().ok()
    }

    /// Gives it the first free name of this one and `NAME-2`, `NAME-3`, …, and answers which, and whether that would
    /// outlive a power cut.
    ///
    /// # Errors
    /// [`Fault`] if it cannot be kept; it is then found as abandoned later on.
    pub fn keep(&self, name: &str) -> Result<(String, Result<(), Fault>), Fault> {
        let dir = self.path.parent().unwrap_or(Path::new("."));
        self.file.sync_all().map_err(|e| Fault::disk("write", &self.path, &e))?;
        let mut names = std::iter::once(name.to_owned()).chain((2..1000).map(|n| format!("{name}-{n}")));
        // A link, unlike a rename, never takes the place of what is there.
        let linked = names.find_map(|name| {
            let path = dir.join(format!("{name}{REPLAY}"));
            match fs::hard_link(&self.path, &path) {
                Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => None,
                Err(_) if path.exists() => None,
                Err(_) => Some(fs::rename(&self.path, &path).map(|()| (name, path))),
                Ok(()) => Some(Ok((name, path))),
            }
        });
        let linked = linked.ok_or_else(|| Fault::Exists(name.to_owned()))?;
        let (name, path) = linked.map_err(|e| Fault::disk("put in place", &self.path, &e))?;
        let lasting = atomic::sync(dir, &path);
        self.remove();
        Ok((name, lasting))
    }

    /// Throws it away.
    pub fn drop_it(self) {
        self.remove();
    }

    fn remove(&self) {
        // What cannot be removed is found as abandoned later on, and known for what it is.
        let _ = atomic::remove(&self.path);
    }
}

/// Whether a file is empty or its last byte ends a line.
fn ends_a_line(file: &mut File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
