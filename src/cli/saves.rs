//! `saves`: what lies in the slots.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::play::store_at;
use super::stop::{CLEAN, FOUND, Stop};
use crate::saves::{Slot, stamp};

#[derive(Debug, Subcommand)]
pub(super) enum Saves {
    /// One line for each slot
    List(At),
    /// What a slot holds
    Show {
        /// The slot
        slot: String,
        #[command(flatten)]
        at: At,
    },
    /// Copy a slot to a file
    Export {
        /// The slot
        slot: String,
        /// The file, which must not exist yet
        file: PathBuf,
        #[command(flatten)]
        at: At,
    },
    /// Copy a file into a slot
    Import {
        /// The file
        file: PathBuf,
        /// The slot
        slot: String,
        #[command(flatten)]
        at: At,
    },
    /// Remove a slot and its backup
    Remove {
        /// The slot
        slot: String,
        #[command(flatten)]
        at: At,
    },
}

#[derive(Clone, Debug, Args)]
pub(super) struct At {
    /// Where the saves are
    #[arg(long, value_name = "DIR", env = "TAIYUAN_SAVES")]
    saves: Option<PathBuf>,
}

pub(super) fn run(what: Saves, out: &mut dyn Write) -> Result<u8, Stop> {
    let slot = |name: &str| name.parse::<Slot>().map_err(Stop::could_not);
    let at = |at: &At| store_at(at.saves.as_deref());
    match what {
        Saves::List(place) => {
            let mut code = CLEAN;
            for entry in at(&place)?.list().map_err(Stop::could_not)? {
                let line = match entry.summary {
                    Ok(s) => {
                        let m = &s.moment;
                        let spot = m.place.as_deref().unwrap_or("-");
                        let date = m.date.as_deref().unwrap_or("-");
                        let played = stamp::length(m.played);
                        format!(
                            "{}\t{}\t{spot}\t{date}\t{played}\t{}",
                            entry.slot,
                            s.chapter_title,
                            stamp::utc(m.saved)
                        )
                    }
                    Err(fault) => {
                        code = FOUND;
                        format!("{}\tcannot be read: {fault}", entry.slot)
                    }
                };
                writeln!(out, "{line}").map_err(Stop::could_not)?;
            }
            Ok(code)
        }
        Saves::Show { slot: name, at: place } => {
            let opened = at(&place)?.load(&slot(&name)?).map_err(Stop::could_not)?;
            let (s, m) = (&opened.save.summary, &opened.save.summary.moment);
            let rows = [
                ("story", format!("{} {}", s.title, s.version)),
                ("chapter", s.chapter_title.clone()),
                ("place", m.place.clone().unwrap_or_default()),
                ("date", m.date.clone().unwrap_or_default()),
                ("choices", m.turn.to_string()),
                ("played", stamp::length(m.played)),
                ("saved", stamp::utc(m.saved)),
                ("seed", opened.save.log.seed.to_string()),
                ("last", m.last.join(" / ")),
                ("note", opened.caveat.map(|c| c.to_string()).unwrap_or_default()),
            ];
            for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
                writeln!(out, "{name:<8} {value}").map_err(Stop::could_not)?;
            }
            for leg in &opened.save.log.legs {
                let keys: Vec<&str> = leg.steps.iter().map(|s| s.choice.as_str()).collect();
                writeln!(out, "{:<8} {}", leg.chapter, keys.join(" ")).map_err(Stop::could_not)?;
            }
            Ok(CLEAN)
        }
        Saves::Export { slot: name, file, at: place } => {
            at(&place)?.export(&slot(&name)?, &file).map_err(Stop::could_not)?;
            Ok(CLEAN)
        }
        Saves::Import { file, slot: name, at: place } => {
            at(&place)?.import(&file, &slot(&name)?).map_err(Stop::could_not)?;
            Ok(CLEAN)
        }
        Saves::Remove { slot: name, at: place } => {
            at(&place)?.remove(&slot(&name)?).map_err(Stop::could_not)?;
            Ok(CLEAN)
        }
    }
}
