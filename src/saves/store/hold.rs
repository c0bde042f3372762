//! Who may write in a folder: the first program that takes it. Those after it load, and keep an autosave of their own.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use crate::saves::fault::Fault;
use crate::saves::slot::Slot;

use super::atomic;

/// How many programs can keep an autosave in one folder.
const PROGRAMS: u32 = 9;
/// How long to sleep before a lock is tried again.
const NAP: Duration = Duration::from_millis(5);

/// The lock of the profile, held only while that is read and written.
pub(super) const PROFILE: &str = ".profile.lock";

/// What a program may do in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All.
    Alone,
    /// It is this program's turn number, from 2: it may load, and keep its own autosave.
    Beside(u32),
    /// It may load.
    ReadOnly(Fault),
}

/// The lock of a folder, once it is taken. It is let go with the last clone of the store.
#[derive(Debug, Default)]
pub(super) struct Hold(Mutex<Option<Held>>);

#[derive(Debug)]
struct Held {
    number: u32,
    path: PathBuf,
    _lock: File,
}

impl Hold {
    /// Takes the folder, which must be there, or says again what was taken.
    pub(super) fn take(&self, dir: &Path) -> Mode {
        let mut held = match self.0.lock() {
            Ok(held) => held,
            Err(poisoned) => poisoned.into_inner(),
        };
        // A folder that was removed took its lock with it.
        if held.as_ref().is_none_or(|held| !held.path.exists()) {
            *held = None;
            match lock(dir) {
                Ok(taken) => *held = Some(taken),
                Err(fault) => return Mode::ReadOnly(fault),
            }
        }
        match held.as_ref().map(|h| h.number) {
            Some(1) | None => Mode::Alone,
            Some(number) => Mode::Beside(number),
        }
    }
}

/// Takes the first lock that is free, and sweeps up what its last owner may have left.
fn lock(dir: &Path) -> Result<Held, Fault> {
    for number in 1..=PROGRAMS {
        let name = if number == 1 { ".lock".to_owned() } else { format!(".lock-{number}") };
        let path = dir.join(name);
        let file = open(&path)?;
        match file.try_lock() {
            Ok(()) => {
                let others: Vec<String> = (2..=PROGRAMS).map(|n| Slot::autosave(n).file()).collect();
                let others: Vec<&str> = others.iter().map(String::as_str).collect();
                if number == 1 {
                    atomic::sweep_but(dir, &[others.as_slice(), &["profile.ron"]].concat());
                    if let Ok(_profile) = wait(dir, PROFILE, Duration::ZERO) {
                        atomic::sweep(dir, &["profile.ron"]);
                    }
                } else {
                    atomic::sweep(dir, &[&Slot::autosave(number).file()]);
                }
                return Ok(Held { number, path, _lock: file });
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(Fault::disk("lock", &path, &error)),
        }
    }
    Err(Fault::InUse(dir.to_owned()))
}

/// A lock that is held for a moment. It is let go even where the file cannot be closed.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

/// Waits for a lock that is only ever held while one small file is read and written; but not for ever, for it may be
/// held by anyone.
pub(super) fn wait(dir: &Path, name: &str, patience: Duration) -> Result<Lock, Fault> {
    let path = dir.join(name);
    let file = open(&path)?;
    let (_open, never) = mpsc::channel::<()>();
    let mut left = patience;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock(file)),
            Err(TryLockError::Error(error)) => return Err(Fault::disk("lock", &path, &error)),
            Err(TryLockError::WouldBlock) if left.is_zero() => return Err(Fault::Held(path)),
            Err(TryLockError::WouldBlock) => {
                let nap = left.min(NAP);
                let _ = never.recv_timeout(nap);
                left -= nap;
            }
        }
    }
}

/// Makes the folder, so that it outlives a power cut as surely as what is written in it.
pub(super) fn make(dir: &Path) -> Result<(), Fault> {
    let missing: Vec<&Path> = dir.ancestors().take_while(|dir| !dir.as_os_str().is_empty() && !dir.exists()).collect();
    fs::create_dir_all(dir).map_err(|error| Fault::disk("make", dir, &error))?;
    for made in missing {
        let around = made.parent().filter(|parent| !parent.as_os_str().is_empty());
        atomic::sync(around.unwrap_or(Path::new(".")), made)?;
    }
    Ok(())
}

fn open(path: &Path) -> Result<File, Fault> {
    // To open a pipe would be to wait for whoever reads it.
    if fs::metadata(path).is_ok_and(|about| !about.is_file()) {
        return Err(Fault::NoLock(path.to_owned()));
    }
    let file = File::options().create(true).write(true).truncate(false).open(path);
    file.map_err(|error| Fault::disk("lock", path, &error))
}
