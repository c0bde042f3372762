//! A save as text: a header line, then a summary, the log and the snapshot, each a line of RON.
//!
//! ```text
//! taiyuan-save 1 LENGTH CRC32
//! (story: …)      the summary: all that a list of slots shows
//! (seed: …)       the log
//! (seed: …)       the snapshot
//! (seed: …)       only when the last leg does not start on its first page: where it starts
//! ```
//!
//! The header keeps its shape in every version: magic, version, the length of what follows, and a CRC-32 over all but itself.
//! Version 1 is the first. Behind a journal's save stand its notes; see `journal`.

use ron::Options;
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::engine::{Chapter, Log, Page, State};

use super::fault::Fault;
use super::migrate;
use super::snapshot::Snapshot;

/// The format this program writes.
pub const VERSION: u32 = 1;

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
        Self {
            summary: Summary::of(chapter, moment),
            log: log.clone(),
            snapshot: Snapshot::of(chapter, state),
            resumed: resumed.cloned(),
        }
    }

    /// The save as text.
    ///
    /// # Errors
    /// [`Fault::TooLong`] if it could not be read again.
    pub fn write(&self) -> Result<String, Fault> {
        let mut body = to_line(&self.summary)?;
        for line in [to_line(&self.log)?, to_line(&self.snapshot)?]
            .into_iter()
            .chain(self.resumed.as_ref().map(to_line).transpose()?)
        {
            body.push('\n');
            body.push_str(&line);
        }
        body.push('\n');
        let text = seal(VERSION, &body);
        let length = text.len() as u64;
        if length > LONGEST { Err(Fault::TooLong(length)) } else { Ok(text) }
    }

    /// Reads a save.
    ///
    /// # Errors
    /// [`Fault`] if the bytes are no whole save that this program can read.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let sealed = open_seal(bytes)?;
        if sealed.rest.is_empty() { sealed.save() } else { Err(Fault::Damaged("it goes on after its end")) }
    }
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

    pub(super) fn save(&self) -> Result<Save, Fault> {
        let [summary, log, snapshot, rest @ ..] = self.lines.as_slice() else {
            return Err(Fault::Damaged("a part is missing"));
        };
        Ok(Save {
            summary: from_line(Some(summary))?,
            log: from_line(Some(log))?,
            snapshot: from_line(Some(snapshot))?,
            resumed: rest.first().map(|line| from_line(Some(line))).transpose()?,
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
