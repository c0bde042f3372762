//! What came of the tests, for people.

use std::io::{self, Write};

use super::{Failure, Miss, Outcome};
use crate::workshop::figures::{WIDTH, count, cut, many, wrapped};

/// The most lines of a page that are shown.
const MOST: usize = 30;

/// Writes the outcome.
///
/// # Errors
/// When `out` cannot be written.
pub fn report(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    for failure in &outcome.failures {
        one(failure, out)?;
    }
    for file in &outcome.blessed {
        writeln!(out, "kept what is told now as `{file}`")?;
    }
    if outcome.uncompared > 0 {
        let transcripts = many(outcome.uncompared, "transcript");
        writeln!(out, "{transcripts} not compared: name the folder of the story")?;
    }
    writeln!(out, "{}, {} failed", many(outcome.ran, "story test"), count(outcome.failures.len()))
}

fn one(failure: &Failure, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: \"{}\" failed", failure.origin, failure.test)?;
    for miss in &failure.why {
        for (at, line) in wrapped(&miss.to_string(), WIDTH - 6).iter().enumerate() {
            writeln!(out, "    {}{line}", if at == 0 { "" } else { "  " })?;
        }
        if let Miss::Differs { kept, told, .. } = miss {
            let from = parting(kept, told);
            writeln!(out, "      - {}", cut(&tail(kept, from), WIDTH - 8))?;
            writeln!(out, "      + {}", cut(&tail(told, from), WIDTH - 8))?;
        }
    }
    writeln!(out)?;
    match failure.made.as_slice() {
        [] => writeln!(out, "    before the first choice it stands here:")?,
        made => {
            let made = format!("after {} it stands here:", made.join(" "));
            wrapped(&made, WIDTH - 6).iter().try_for_each(|line| writeln!(out, "    {line}"))?;
        }
    }
    let mut lines: Vec<String> = Vec::new();
    let mut menu = false;
    for line in &failure.page {
        if line.starts_with(['*', '-']) && !std::mem::replace(&mut menu, true) {
            lines.push(String::new());
        }
        lines.extend(wrapped(line, WIDTH - 6));
    }
    for line in lines.iter().take(MOST) {
        writeln!(out, "{}", format!("    | {line}").trim_end())?;
    }
    if lines.len() > MOST {
        writeln!(out, "    | … and {} more lines", lines.len() - MOST)?;
    }
    if failure.open.is_empty() {
        writeln!(out, "    | nothing is open")?;
    }
    writeln!(out)
}

/// The character from which on two lines are worth showing: a few words before they part.
fn parting(one: &str, other: &str) -> usize {
    /// A few words.
    const BEFORE: usize = 24;
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count().saturating_sub(BEFORE)
}

fn tail(line: &str, from: usize) -> String {
    if from == 0 { line.to_owned() } else { format!("…{}", line.chars().skip(from).collect::<String>()) }
}
