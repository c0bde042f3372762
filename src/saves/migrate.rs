//! Old formats, brought up one version at a time.

use super::fault::Fault;
use super::format::VERSION;

/// A save's lines, without the header.
pub(super) type Lines = Vec<String>;

/// From one version to the next; the first entry is from version 1 to 2. Pure: the file itself is not touched.
type Migration = fn(Lines) -> Result<Lines, Fault>;

/// Every migration there is.
const CHAIN: &[Migration] = &[from_1];

/// Version 1 said everything in words: nothing is packed.
fn from_1(lines: Lines) -> Result<Lines, Fault> {
    let [summary, log, snapshots @ ..] = lines.as_slice() else { return Err(Fault::Damaged("a part is missing")) };
    let mut out = vec![summary.clone(), log.clone(), String::new(), String::new()];
    for snapshot in snapshots.iter().take(2) {
        out.extend([snapshot.clone(), String::new(), String::new()]);
    }
    Ok(out)
}

/// Lines of a version up to this one as this one writes them.
///
/// # Errors
/// [`Fault::NotASave`] for a version that never was.
pub(super) fn to_current(version: u32, lines: Lines) -> Result<Lines, Fault> {
    const { assert!(CHAIN.len() + 1 == VERSION as usize, "one migration for each version after the first") };
    let done = (version as usize).checked_sub(1).ok_or(Fault::NotASave)?;
    CHAIN.iter().skip(done).try_fold(lines, |lines, migrate| migrate(lines))
}
