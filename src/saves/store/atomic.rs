//! Files put in place whole, or not at all.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::saves::fault::Fault;

/// The most bytes read of any file: a save of the longest sort, and notes behind it.
const LONGEST: u64 = 2 * crate::saves::format::LONGEST + (1 << 20);

/// What a backup's name ends in.
pub(super) const BACKUP: &str = ".bak";

/// Reads a file. Only of ordinary files is any byte asked for, so a pipe cannot hold us up.
///
/// A disk that refuses is asked once more: whoever cannot read a file sets it aside.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    match read_once(path) {
        Err(Fault::Disk { .. }) => read_once(path),
        read => read,
    }
}

fn read_once(path: &Path) -> Result<Vec<u8>, Fault> {
    let disk = |error: &std::io::Error| match error.kind() {
        ErrorKind::NotFound => Fault::Absent(name_of(path)),
        _ => Fault::disk("read", path, error),
    };
    let about = fs::metadata(path).map_err(|e| disk(&e))?;
    if !about.is_file() {
        return Err(Fault::NotAFile);
    }
    if about.len() > LONGEST {
        return Err(Fault::TooLong(about.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default() + 1);
    let file = File::open(path).map_err(|e| disk(&e))?;
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|e| disk(&e))?;
    Ok(bytes)
}

/// Puts a file in place: a temporary one is written and synced, the old one linked as the backup, the new one renamed
/// over it, the folder synced. Whatever fails, a whole file stands under the name.
pub(super) fn replace(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    let new = Temporary::of(dir, name);
    new.write(bytes)?;
    let path = dir.join(name);
    if fs::symlink_metadata(&path).is_ok() {
        keep_backup(dir, name, &path)?;
    }
    new.rename(&path)?;
    sync(dir, &path)
}

/// Links or copies what stands under the name to the name of its backup.
fn keep_backup(dir: &Path, name: &str, path: &Path) -> Result<(), Fault> {
    let backup = format!("{name}{BACKUP}");
    let link = Temporary::of(dir, &backup);
    let linked = fs::hard_link(path, &link.path);
    if linked.is_err() {
        fs::copy(path, &link.path).map_err(|e| Fault::disk("keep a backup of", path, &e))?;
        let file = File::open(&link.path).and_then(|file| file.sync_all());
        file.map_err(|e| Fault::disk("keep a backup of", path, &e))?;
    }
    link.rename(&dir.join(backup))
}

/// Moves a file that could not be read out of the way, under a name nothing else has.
pub(super) fn set_aside(dir: &Path, name: &str) -> Result<(), Fault> {
    let path = dir.join(name);
    if fs::symlink_metadata(&path).is_err() {
        return Ok(());
    }
    let mut names = (1..1000).map(|n| dir.join(format!("{name}.unread-{n}")));
    let free = names.find(|aside| fs::symlink_metadata(aside).is_err());
    let aside = free.ok_or_else(|| Fault::Exists(format!("{name}.unread-999")))?;
    fs::rename(&path, aside).map_err(|e| Fault::disk("set aside", &path, &e))
}

/// Writes a file that must not be there yet.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let mut file = File::options().write(true).create_new(true).open(path).map_err(|e| match e.kind() {
        ErrorKind::AlreadyExists => Fault::Exists(path.display().to_string()),
        _ => Fault::disk("write", path, &e),
    })?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|e| {
        let _ = fs::remove_file(path);
        Fault::disk("write", path, &e)
    })
}

/// Removes a file; `false` if there was none.
pub(super) fn remove(path: &Path) -> Result<bool, Fault> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Fault::disk("remove", path, &e)),
    }
}

/// Makes what happened to the names in a folder outlive a power cut.
#[cfg(unix)]
pub(super) fn sync(dir: &Path, path: &Path) -> Result<(), Fault> {
    let synced = File::open(dir).and_then(|dir| dir.sync_all());
    synced.map_err(|e| Fault::Unsure { path: path.to_owned(), why: e.to_string() })
}

/// Here renaming is as lasting as the system makes it; a folder cannot be synced.
#[cfg(not(unix))]
pub(super) fn sync(_: &Path, _: &Path) -> Result<(), Fault> {
    Ok(())
}

/// Removes the temporary files of these names, left by a program that died while writing.
pub(super) fn sweep(dir: &Path, names: &[&str]) {
    sweep_where(dir, |name| names.contains(&name));
}

/// Removes the temporary files of all names but these.
pub(super) fn sweep_but(dir: &Path, names: &[&str]) {
    sweep_where(dir, |name| !names.contains(&name));
}

fn sweep_where(dir: &Path, ours: impl Fn(&str) -> bool) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let target = name.to_str().and_then(target);
        if target.is_some_and(|target| ours(target.strip_suffix(BACKUP).unwrap_or(target))) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The name a temporary file was to have: of `.quick.save.4711.tmp`, `quick.save`.
fn target(temporary: &str) -> Option<&str> {
    let (name, pid) = temporary.strip_prefix('.')?.strip_suffix(".tmp")?.rsplit_once('.')?;
    pid.parse::<u32>().is_ok().then_some(name)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A file that is removed again unless it gets its name.
struct Temporary {
    path: PathBuf,
}

impl Temporary {
    fn of(dir: &Path, name: &str) -> Self {
        Self { path: dir.join(format!(".{name}.{}.tmp", std::process::id())) }
    }

    fn write(&self, bytes: &[u8]) -> Result<(), Fault> {
        let written = File::options().write(true).create_new(true).open(&self.path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|e| Fault::disk("write", &self.path, &e))
    }

    fn rename(&self, to: &Path) -> Result<(), Fault> {
        fs::rename(&self.path, to).map_err(|e| Fault::disk("put in place", to, &e))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // After a rename nothing is there under this name any more, except where old and new were the same file.
        let _ = fs::remove_file(&self.path);
    }
}
