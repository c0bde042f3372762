//! `stats`: what a story is made of.

use std::io::Write;

use super::stop::{CLEAN, Stop};
use super::story::Story;
use crate::workshop;

pub(super) fn run(args: &Story, out: &mut dyn Write) -> Result<u8, Stop> {
    let all: Vec<_> = args.chapters()?.iter().map(|c| workshop::stats::count(c)).collect();
    if args.json {
        let document = serde_json::to_string_pretty(&all).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        workshop::stats::report(&all, out).map_err(Stop::could_not)?;
    }
    Ok(CLEAN)
}
