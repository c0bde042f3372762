//! `replay --cast`: a run as a recording that terminal players show, made without a terminal. The form is asciicast 2.

use std::io::Write;

use serde_json::json;

use super::Opened;
use crate::cli::stop::{CLEAN, FOUND, Stop};
use crate::plain;
use crate::play::Sitting;
use crate::speedrun::clock::written;
use crate::speedrun::splits::Splits;
use crate::speedrun::{Mark, follow};

/// The screen of the recording.
const SIZE: (u16, u16) = (80, 30);
/// How long the last page stands, and the seal of the whole run after it, in milliseconds.
const LAST: u64 = 4_000;

/// Writes the recording; no moment without a key lasts longer than `idle` milliseconds.
pub(super) fn run(opened: &Opened, idle: u64, out: &mut dyn Write) -> Result<u8, Stop> {
    let Opened { replay, category, .. } = opened;
    let mut sitting = opened.sitting()?;
    let title = format!("{}, seed {}", category.run().title, replay.log.seed);
    let header = json!({
        "version": 2, "width": SIZE.0, "height": SIZE.1, "timestamp": replay.header.started, "title": title,
        "env": {"TERM": "xterm-256color"},
    });
    let mut line = |words: String| writeln!(out, "{words}").map_err(Stop::could_not);
    line(header.to_string())?;
    let mut splits = Splits::new(category.splits());
    let (mut shown, mut now) = (0_u64, 0_u64);
    let mut told = 0;
    for number in 0..=replay.leg().steps.len() {
        let times = follow::times(replay, number);
        if let Some(step) = number.checked_sub(1).and_then(|at| replay.leg().steps.get(at)) {
            shown += times.real.saturating_sub(now).min(idle);
            now = times.real;
            if sitting.take_step(step).is_err() {
                return Ok(FOUND);
            }
        }
        let passed = splits.pass(sitting.newest(), Mark::at(times, sitting.state().turn));
        let split = passed.last().map_or_else(String::new, |at| format!("{}   ", category.splits()[*at].title));
        let seal = replay.seal_after(number);
        let foot = format!("{:>11}   {split}{seal}", written(now));
        let screens = screens(&sitting, told, &foot)?;
        told = sitting.transcript().blocks().len();
        // A page that is longer than the screen is shown part by part while it was read.
        let stood = match replay.leg().steps.get(number) {
            Some(_) => follow::times(replay, number + 1).real.saturating_sub(now).min(idle),
            None => LAST,
        };
        for (part, screen) in (0..).zip(&screens) {
            let at = shown + stood * part / length(&screens);
            line(json!([seconds(at), "o", screen]).to_string())?;
        }
    }
    if let Some(end) = &replay.end {
        let seal = format!("\r\u{1b}[2K\u{1b}[7m {} \u{1b}[0m", end.seal);
        line(json!([seconds(shown + LAST), "o", seal]).to_string())?;
        shown += LAST;
    }
    line(json!([seconds(shown + LAST), "o", ""]).to_string())?;
    Ok(CLEAN)
}

/// What is new, on as many cleared screens as it needs, the last of them full, and the clock below each.
fn screens(sitting: &Sitting, told: usize, foot: &str) -> Result<Vec<String>, Stop> {
    let mut text = Vec::new();
    plain::tell(&mut text, sitting.world(), &sitting.transcript().blocks()[told..]).map_err(Stop::could_not)?;
    if sitting.state().ended.is_none() {
        plain::choices(&mut text, sitting).map_err(Stop::could_not)?;
    }
    let text = String::from_utf8_lossy(&text);
    let rows: Vec<&str> = text.trim_end().lines().collect();
    let room = usize::from(SIZE.1) - 2;
    let last = rows.len().saturating_sub(room);
    let parts = (0..last).step_by(room).chain([last]).map(|from| {
        let rows = &rows[from..(from + room).min(rows.len())];
        let gap = "\r\n".repeat(room + 1 - rows.len());
        format!("\u{1b}[H\u{1b}[2J{}{gap}\u{1b}[7m {foot} \u{1b}[0m", rows.join("\r\n"))
    });
    Ok(parts.collect())
}

fn length<T>(of: &[T]) -> u64 {
    u64::try_from(of.len()).unwrap_or(u64::MAX)
}

/// Milliseconds as a recording counts them.
fn seconds(ms: u64) -> serde_json::Value {
    serde_json::from_str(&format!("{}.{:03}", ms / 1_000, ms % 1_000)).unwrap_or_default()
}
