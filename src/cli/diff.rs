//! `diff`: what was changed between two stories.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::stop::{CLEAN, FOUND, Stop};
use super::story::{all_chapters, open};
use crate::workshop::diff;
use crate::workshop::prove::Budget;

#[derive(Clone, Debug, Args)]
pub(super) struct Diff {
    /// The folder of the old story
    old: PathBuf,
    /// The folder of the new story
    new: PathBuf,
    /// Prove both stories as well, and say what holds of one only
    #[arg(long)]
    prove: bool,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Diff, out: &mut dyn Write) -> Result<u8, Stop> {
    let chapters = |dir: &Path| all_chapters(&*open(Some(dir), None)?, None);
    let (old, new) = (chapters(&args.old)?, chapters(&args.new)?);
    let mut found = diff::diff(&old, &new);
    if args.prove {
        found.prove(&old, &new, &Budget::default());
    }
    if args.json {
        let document = serde_json::to_string_pretty(&found).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        diff::report(&found, out).map_err(Stop::could_not)?;
    }
    Ok(if found.is_empty() { CLEAN } else { FOUND })
}
