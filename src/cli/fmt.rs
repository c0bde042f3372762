//! `fmt`: lay out story files in the one layout.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::stop::{CLEAN, FOUND, Stop};
use crate::workshop::fmt;

#[derive(Clone, Debug, Args)]
pub(super) struct Fmt {
    /// Folders that are stories, and story files
    #[arg(default_value = ".", value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,
    /// Write nothing; say which files would change
    #[arg(long)]
    check: bool,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Fmt, out: &mut dyn Write) -> Result<u8, Stop> {
    let done = fmt::lay_out(&args.paths, args.check).map_err(Stop::could_not)?;
    if args.json {
        let document = serde_json::to_string_pretty(&done).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        fmt::report(&done, args.check, out).map_err(Stop::could_not)?;
        out.flush().map_err(Stop::could_not)?;
        if !done.faults.is_empty() {
            let reports: Vec<String> = done.faults.iter().map(|report| Stop::faults(report).words).collect();
            let words = format!("{}\nfiles with faults were left as they are", reports.concat());
            return Err(Stop { words, code: FOUND });
        }
    }
    let found = !done.faults.is_empty() || args.check && !done.changed.is_empty();
    Ok(if found { FOUND } else { CLEAN })
}
