//! `test`: run the tests written beside a story.

use std::io::Write;

use super::stop::{CLEAN, FOUND, Stop};
use super::story::Story;
use crate::workshop;

pub(super) fn run(args: &Story, out: &mut dyn Write) -> Result<u8, Stop> {
    let mut ran = 0;
    let mut failures = Vec::new();
    for chapter in args.chapters()? {
        let (count, failed) = workshop::test::run(&chapter);
        ran += count;
        failures.extend(failed);
    }
    let code = if failures.is_empty() { CLEAN } else { FOUND };
    if args.json {
        let document = serde_json::json!({ "ran": ran, "failures": failures });
        writeln!(out, "{document:#}").map_err(Stop::could_not)?;
    } else {
        workshop::test::report(ran, &failures, out).map_err(Stop::could_not)?;
    }
    Ok(code)
}
