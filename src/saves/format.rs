//! A save as text: a header line, then a summary, the log and the snapshot in RON, with what is long of them packed.
//!
//! ```text
//! taiyuan-save 2 LENGTH CRC32
//! (story: …)      the summary: all that a list of slots shows
//! (seed: …)       the log: where each leg began, and with what
//! [["count", …]]  for each leg, the keys of its choices in the order of their first use
//! BCzo…           its steps: which key, when, what luck was forced, a check; see `tape`
//! (seed: …)       the snapshot: where the play stands
//! bank12…         the ids of scenes, choices and dice it counts, each as what it adds to the one before; see `table`
//! AQh3…           the counts
//! (seed: …), …    three such lines more when the last leg does not start on its first page: where it starts
//! ```
//!
//! The header keeps its shape in every version: magic, version, the length of what follows, and a CRC-32 over all but itself.
//! Version 1 said all of it in RON, in a line each for the log and the snapshot. Behind a journal's save stand its notes; see `journal`.

use std::iter;

use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::engine::log::Leg;
use crate::engine::{Chapter, Log, Page, State};

use super::fault::Fault;
use super::migrate;
use super::snapshot::Snapshot;
use super::tape::{self, Tape};

/// The format this program writes.
pub const VERSION: u32 = 2;

/// The most bytes a save may have.
pub const LONGEST: u64 = 8 << 20;

const MAGIC: &str = "taiyuan-save";

/// The longest header line.
const HEADER: usize = 64;

/// A play, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Save {
    /// What a list of slots shows.
    pub summary: Summary,
    /// How the play came to be.
    pub log: Log,
    /// Where it stands, by the writer's ids.
    pub snapshot: Snapshot,
    /// Where the last leg starts, if not on its first page: the play was carried over into an edited story there.
    pub resumed: Option<Snapshot>,
}

/// What a list of slots shows of a save.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The story's id.
    pub story: String,
    /// The story's version, as its writer counts.
    pub version: String,
    /// The story's title.
    pub title: String,
    /// The chapter's id.
    pub chapter: String,
    /// The chapter's title.
    pub chapter_title: String,
    /// The hash of the chapter's rules, in hexadecimal.
    pub rules: String,
    /// Where the play stood.
    pub moment: Moment,
}

/// Where a play stands, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The place's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The date line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How many choices were made in the chapter.
    #[serde(default)]
    pub turn: u32,
    /// Seconds played.
    #[serde(default)]
    pub played: u64,
    /// When it was saved, in seconds since 1970.
    #[serde(default)]
    pub saved: u64,
    /// The words of the last choices, the newest last; at most three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub last: Vec<String>,
}

impl Moment {
    /// The moment of a page. Of `last`, the last three are kept.
    #[must_use]
    pub fn of(chapter: &Chapter, state: &State, page: &Page, played: u64, saved: u64, last: &[String]) -> Self {
        Self {
            place: page.place.map(|ix| chapter.world.place(ix).name.clone()),
            date: page.date.clone(),
            turn: state.turn,
            played,
            saved,
            last: last[last.len().saturating_sub(3)..].to_vec(),
        }
    }
}

impl Summary {
    /// The summary of a play that stands here.
    #[must_use]
    pub fn of(chapter: &Chapter, moment: Moment) -> Self {
        Self {
            story: chapter.world.id.clone(),
            version: chapter.world.version.clone(),
            title: chapter.world.title.clone(),
            chapter: chapter.id.clone(),
            chapter_title: chapter.title.clone(),
            rules: crate::engine::log::hex(&chapter.rules()),
            moment,
        }
    }

    /// Whether the chapter's rules have changed since.
    #[must_use]
    pub fn edited(&self, chapter: &Chapter) -> bool {
        self.rules != crate::engine::log::hex(&chapter.rules())
    }

    /// Reads the summary alone. The checksum of the whole is checked, the rest is not parsed.
    ///
    /// # Errors
    /// [`Fault`] if the bytes are no whole save that this program can read.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let sealed = open_seal(bytes)?;
        if sealed.rest.is_empty() { sealed.summary() } else { Err(Fault::Damaged("it goes on after its end")) }
    }
}

impl Save {
    /// The save of a play that stands here.
    #[must_use]
    pub fn of(chapter: &Chapter, state: &State, log: &Log, resumed: Option<&Snapshot>, moment: Moment) -> Self {
        let mut log = log.clone();
        tape::thin(&mut log);
        let (summary, snapshot) = (Summary::of(chapter, moment), Snapshot::of(chapter, state));
        Self { summary, log, snapshot, resumed: resumed.cloned() }
    }

    /// The save of a play that stands here, as text: what [`of`](Self::of) and [`write`](Self::write) make of it, without
    /// copying the play first.
    ///
    /// # Errors
    /// [`Fault`] if it could not be read again.
    pub fn text(
        chapter: &Chapter,
        state: &State,
        log: &Log,
        resumed: Option<&Snapshot>,
        moment: Moment,
    ) -> Result<Written, Fault> {
        let resumed = resumed.map(Snapshot::lines).transpose()?;
        let snapshots = iter::once(Snapshot::lines_of(chapter, state)?).chain(resumed);
        written(&Summary::of(chapter, moment), log, snapshots)
    }

    /// The save as text.
    ///
    /// # Errors
    /// [`Fault`] if it could not be read again.
    pub fn write(&self) -> Result<String, Fault> {
        self.written().map(|written| written.0)
    }

    pub(super) fn written(&self) -> Result<Written, Fault> {
        let resumed = self.resumed.as_ref().map(Snapshot::lines).transpose()?;
        let snapshots = iter::once(self.snapshot.lines()?).chain(resumed);
        written(&self.summary, &self.log, snapshots)
    }

    /// Reads a save.
    ///
    /// # Errors
    /// [`Fault`] if the bytes are no whole save that this program can read.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let sealed = open_seal(bytes)?;
        if !sealed.rest.is_empty() {
            return Err(Fault::Damaged("it goes on after its end"));
        }
        let mut save = sealed.whole()?;
        tape::thin(&mut save.log);
        Ok(save)
    }
}

/// A save as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written(pub(super) String);

impl Written {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text of a save with these snapshots: where it stands, and where its last leg starts.
fn written(summary: &Summary, log: &Log, snapshots: impl Iterator<Item = [String; 3]>) -> Result<Written, Fault> {
    let tape = Tape::of(log).ok_or_else(|| Fault::Unwritable("too many choices".to_owned()))?;
    let openings = Log { seed: log.seed, legs: log.legs.iter().map(Leg::opening).collect() };
    let mut lines = vec![to_line(summary)?, to_line(&openings)?, to_line(&tape.keys)?, tape.bits];
    lines.extend(snapshots.flatten());
    let body = lines.join("\n") + "\n";
    let text = seal(VERSION, &body);
    let length = text.len() as u64;
    if length > LONGEST { Err(Fault::TooLong(length)) } else { Ok(Written(text)) }
}

/// A body whose header, length and checksum were found good.
pub(super) struct Sealed<'a> {
    lines: Vec<String>,
    /// What stands behind the save.
    pub(super) rest: &'a [u8],
}

impl Sealed<'_> {
    pub(super) fn summary(&self) -> Result<Summary, Fault> {
        from_line(self.lines.first())
    }

    /// The save, with all the checks it has.
    pub(super) fn whole(&self) -> Result<Save, Fault> {
        let [summary, log, keys, steps, snapshots @ ..] = self.lines.as_slice() else {
            return Err(Fault::Damaged("a part is missing"));
        };
        let mut log: Log = from_line(Some(log))?;
        if !keys.is_empty() {
            let tape = Tape { keys: from_line(Some(keys))?, bits: steps.clone() };
            tape.unwind(&mut log).ok_or(Fault::Damaged("its steps cannot be read"))?;
        }
        let mut snapshots = snapshots.chunks(3).map(Snapshot::read);
        Ok(Save {
            summary: from_line(Some(summary))?,
            log,
            snapshot: snapshots.next().unwrap_or(Err(Fault::Damaged("a part is missing")))?,
            resumed: snapshots.next().transpose()?,
        })
    }
}

pub(super) fn seal(version: u32, body: &str) -> String {
    let head = format!("{MAGIC} {version} {}", body.len());
    let sum = checksum(&[head.as_bytes(), body.as_bytes()]);
    format!("{head} {sum:08x}\n{body}")
}

/// Checks header, length and checksum, and brings the lines up to this version's.
pub(super) fn open_seal(bytes: &[u8]) -> Result<Sealed<'_>, Fault> {
    if !bytes.starts_with(MAGIC.as_bytes()) {
        return Err(if bytes.is_empty() { Fault::Damaged("it is empty") } else { Fault::NotASave });
    }
    let broken = Fault::Damaged("its first line is broken");
    let end = bytes.iter().take(HEADER).position(|b| *b == b'\n').ok_or_else(|| broken.clone())?;
    let line = std::str::from_utf8(&bytes[..end]).map_err(|_| broken.clone())?;
    let mut words = line.split(' ').skip(1);
    let mut number = || words.next().and_then(|word| word.parse::<u32>().ok());
    let (Some(version), Some(length)) = (number(), number()) else { return Err(broken) };
    let after = &bytes[end + 1..];
    let Some((body, rest)) = after.split_at_checked(length as usize) else {
        return Err(Fault::Damaged("its end is missing"));
    };
    let head = format!("{MAGIC} {version} {length}");
    let sum = checksum(&[head.as_bytes(), body]);
    if line != format!("{head} {sum:08x}") {
        return Err(Fault::Damaged("its checksum is wrong"));
    }
    if version > VERSION {
        return Err(Fault::Newer(version));
    }
    let body = std::str::from_utf8(body).map_err(|_| Fault::Damaged("it is not text"))?;
    let lines = migrate::to_current(version, body.lines().map(str::to_owned).collect())?;
    Ok(Sealed { lines, rest })
}

/// CRC-32 over parts in order.
pub(super) fn checksum(parts: &[&[u8]]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    parts.iter().for_each(|part| sum.update(part));
    sum.finalize()
}

fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A value as one line of RON; line ends inside strings are escaped.
pub(super) fn to_line<T: Serialize>(value: &T) -> Result<String, Fault> {
    options().to_string(value).map_err(|e| Fault::Unwritable(e.to_string()))
}

/// A value read back from a line of RON.
pub(super) fn from_line<T: DeserializeOwned>(line: Option<&String>) -> Result<T, Fault> {
    let line = line.ok_or(Fault::Damaged("a part is missing"))?;
    options().from_str(line).map_err(|_| Fault::Damaged("a part cannot be read"))
}
