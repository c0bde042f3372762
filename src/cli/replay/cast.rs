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
/// How long the last page stands, in milliseconds.
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
        let page = page(&sitting, told, &foot)?;
        told = sitting.transcript().blocks().len();
        line(json!([seconds(shown), "o", page]).to_string())?;
    }
    line(json!([seconds(shown + LAST), "o", ""]).to_string())?;
    Ok(CLEAN)
}

/// A cleared screen with what is new on it, as much of its end as fits, and the clock below.
fn page(sitting: &Sitting, told: usize, foot: &str) -> Result<String, Stop> {
    let mut text = Vec::new();
    plain::tell(&mut text, sitting.world(), &sitting.transcript().blocks()[told..]).map_err(Stop::could_not)?;
    if sitting.state().ended.is_none() {
        plain::choices(&mut text, sitting).map_err(Stop::could_not)?;
    }
    let text = String::from_utf8_lossy(&text);
    let rows: Vec<&str> = text.trim_end().lines().collect();
    let room = usize::from(SIZE.1) - 2;
    let rows = &rows[rows.len().saturating_sub(room)..];
    let gap = "\r\n".repeat(room + 1 - rows.len());
    Ok(format!("\u{1b}[H\u{1b}[2J{}{gap}\u{1b}[7m {foot} \u{1b}[0m", rows.join("\r\n")))
}

/// Milliseconds as a recording counts them.
fn seconds(ms: u64) -> serde_json::Value {
    serde_json::from_str(&format!("{}.{:03}", ms / 1_000, ms % 1_000)).unwrap_or_default()
}
