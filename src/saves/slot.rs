//! Names of slots.

use std::fmt;
use std::str::FromStr;

use super::fault::Fault;

/// How many rotating backups are kept.
pub const BACKUPS: u32 = 5;

/// The longest name.
const LONGEST: usize = 32;

/// Names no file can have on every system.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// A slot's name: 1 to 32 of `a-z`, `0-9`, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(String);

/// What sort of slot a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The autosave: `auto`; `auto-p2` and on, of programs that found the folder in use.
    Auto,
    /// `quick`.
    Quick,
    /// The player's own.
    Named,
    /// A rotating backup: `auto-1` to `auto-5`.
    Backup,
}

impl Slot {
    /// The autosave.
    #[must_use]
    pub fn auto() -> Self {
        Self("auto".to_owned())
    }

    /// The quick slot.
    #[must_use]
    pub fn quick() -> Self {
        Self("quick".to_owned())
    }

    /// A rotating backup, from 1.
    pub(super) fn backup(number: u32) -> Self {
        Self(format!("auto-{number}"))
    }

    /// The autosave of the `number`-th program on one folder, from 1.
    pub(super) fn autosave(number: u32) -> Self {
        if number <= 1 { Self::auto() } else { Self(format!("auto-p{number}")) }
    }

    /// The slot a player may write to under this name.
    ///
    /// # Errors
    /// [`Fault::BadName`] or [`Fault::Reserved`].
    pub fn for_player(name: &str) -> Result<Self, Fault> {
        let slot: Self = name.parse()?;
        match slot.kind() {
            Kind::Quick | Kind::Named => Ok(slot),
            Kind::Auto | Kind::Backup => Err(Fault::Reserved(slot.0)),
        }
    }

    /// What sort of slot it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.0.as_str() {
            "quick" => Kind::Quick,
            "auto" => Kind::Auto,
            name => match name.strip_prefix("auto-") {
                Some(rest) if rest.strip_prefix('p').is_some_and(|n| n.parse::<u32>().is_ok()) => Kind::Auto,
                Some(_) => Kind::Backup,
                None => Kind::Named,
            },
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slot {
    type Err = Fault;

    fn from_str(name: &str) -> Result<Self, Fault> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
        let good = (1..=LONGEST).contains(&name.len()) && name.bytes().all(plain);
        let device = DEVICES.contains(&name)
            || ["com", "lpt"].iter().any(|d| name.strip_prefix(d).is_some_and(|n| n.len() == 1));
        if good && !device { Ok(Self(name.to_owned())) } else { Err(Fault::BadName(name.to_owned())) }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
