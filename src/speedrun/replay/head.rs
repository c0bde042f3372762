//! The head of a replay: magic and version, the header, the log without its steps.

use ron::Options;
use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};

use crate::engine::Log;
use crate::engine::log::Leg;
use crate::speedrun::category::Category;
use crate::speedrun::seal::Seal;
use crate::speedrun::seeds::Source;

use super::{Fault, MAGIC, VERSION};

/// The longest first line.
const FIRST: usize = 64;

/// What was run, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version of the program it was played with.
    pub program: String,
    /// The story's id.
    pub story: String,
    /// The category, as `chapter/category`.
    pub category: String,
    /// Where the seed comes from.
    pub source: Source,
    /// When it began, in seconds since 1970.
    pub started: u64,
}

impl Header {
    /// The header of a run that begins now.
    #[must_use]
    pub fn of(category: &Category, source: Source, started: u64) -> Self {
        Self {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            story: category.chapter().world.id.clone(),
            category: category.path(),
            source,
            started,
        }
    }

    /// The seal of a run with this header before its first step.
    #[must_use]
    pub fn seal(&self, seed: u64, leg: &Leg) -> Seal {
        let numbers = [VERSION.to_string(), self.started.to_string(), seed.to_string()];
        let source = self.source.to_string();
        let [version, started, seed] = &numbers;
        let mut fields: Vec<&str> = vec![version, &self.program, &self.story, &self.category, &source, started, seed];
        fields.extend([leg.chapter.as_str(), leg.rules(), &leg.start]);
        fields.extend(leg.given.iter().flat_map(|(id, value)| [id.as_str(), value]));
        Seal::of(&fields)
    }
}

pub(super) fn write(header: &Header, log: &Log) -> Result<String, Fault> {
    let bare = Leg::opening;
    let log = Log { seed: log.seed, legs: log.legs.iter().map(bare).collect() };
    Ok(format!("{MAGIC} {VERSION}\n{}{}", ron(header)?, ron(&log)?))
}

/// Checks the first line.
pub(super) fn version(bytes: &[u8]) -> Result<(), Fault> {
    let first = bytes.iter().take(FIRST).position(|b| *b == b'\n').map(|end| &bytes[..end]);
    let first = first.and_then(|line| std::str::from_utf8(line).ok()).ok_or(Fault::NotAReplay)?;
    let version = first.trim_end().strip_prefix(MAGIC).and_then(|rest| rest.strip_prefix(' '));
    match version.and_then(|v| v.parse().ok()) {
        Some(VERSION) => Ok(()),
        Some(newer) if newer > VERSION => Err(Fault::Newer(newer)),
        _ => Err(Fault::NotAReplay),
    }
}

pub(super) fn read<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>) -> Result<(Header, Log), Fault> {
    let mut next = || lines.next().map(|(_, line)| line).ok_or_else(|| Fault::Head("its end is missing".to_owned()));
    let header: Header = options().from_str(next()?).map_err(|e| Fault::Head(e.code.to_string()))?;
    let log: Log = options().from_str(next()?).map_err(|e| Fault::Head(e.code.to_string()))?;
    match log.legs.as_slice() {
        [leg] if leg.steps.is_empty() => Ok((header, log)),
        _ => Err(Fault::Head("it does not begin with one leg without steps".to_owned())),
    }
}

/// A value as a line of RON.
pub(super) fn ron<T: Serialize>(value: &T) -> Result<String, Fault> {
    options().to_string(value).map(|line| line + "\n").map_err(|e| Fault::Unwritable(e.to_string()))
}

pub(in crate::speedrun) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}
