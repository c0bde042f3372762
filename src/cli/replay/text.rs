//! `replay text`: a run as it was read, with its times.

use std::io::Write;

use super::Opened;
use crate::cli::stop::{CLEAN, FOUND, Stop};
use crate::plain;
use crate::play::Sitting;
use crate::speedrun::clock::written;

pub(super) fn run(opened: &Opened, out: &mut dyn Write) -> Result<u8, Stop> {
    let Opened { replay, category, .. } = opened;
    let run = category.run();
    let mut sitting = opened.sitting()?;
    let head = format!("{}, seed {} ({})\n", run.title, replay.log.seed, replay.header.source);
    writeln!(out, "{head}").map_err(Stop::could_not)?;
    let mut told = 0;
    let mut tell = |sitting: &Sitting, out: &mut dyn Write| {
        let blocks = sitting.transcript().blocks();
        let said = plain::tell(out, sitting.world(), &blocks[told..]);
        told = blocks.len();
        said.map_err(Stop::could_not)
    };
    tell(&sitting, out)?;
    for (at, step) in replay.leg().steps.iter().enumerate() {
        if let Err(refused) = sitting.take_step(step) {
            writeln!(out, "(step {}: {refused}; the story is not the one that was played)", at + 1)
                .map_err(Stop::could_not)?;
            return Ok(FOUND);
        }
        let time = step.at.map_or_else(String::new, |at| format!("{}  ", written(at)));
        let seal = replay.seal_after(at + 1);
        writeln!(out, "--- {}. {time}{seal}\n", at + 1).map_err(Stop::could_not)?;
        tell(&sitting, out)?;
    }
    let end = match &replay.end {
        Some(end) => format!("--- finished in {}, seal {}", written(end.real), end.seal),
        None => "--- not finished".to_owned(),
    };
    writeln!(out, "{end}").map_err(Stop::could_not)?;
    Ok(CLEAN)
}
