//! `replay diff`: where two runs part, and what each split gained.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::Opened;
use crate::cli::stop::{CLEAN, FOUND, Stop};
use crate::play::run::Ghost;
use crate::speedrun::clock::{difference, written};
use crate::speedrun::follow::follow;
use crate::speedrun::{Mark, Replay};

pub(super) fn run(a: &Opened, b: &Opened, out: &mut dyn Write) -> Result<u8, Stop> {
    if a.category.path() != b.category.path() {
        let (a, b) = (a.category.path(), b.category.path());
        return Err(Stop::could_not(format!("`{a}` and `{b}` cannot be compared")));
    }
    let same = told(a, b, out)?;
    Ok(if same { CLEAN } else { FOUND })
}

fn told(a: &Opened, b: &Opened, out: &mut dyn Write) -> Result<bool, Stop> {
    let head = |opened: &Opened| format!("seed {} ({})", opened.replay.log.seed, opened.replay.header.source);
    writeln!(out, "{}\n\nA  {}\nB  {}\n", a.category.run().title, head(a), head(b)).map_err(Stop::could_not)?;
    let same = parting(a, b, out).map_err(Stop::could_not)?;
    let marks = |opened: &Opened| {
        let followed = follow(&opened.category, &opened.replay).map_err(Stop::could_not)?;
        Ok(followed.splits.marks().to_vec())
    };
    splits(a, &marks(a)?, &marks(b)?, out).map_err(Stop::could_not)?;
    Ok(same)
}

/// Says where they part; answers whether they do not.
fn parting(a: &Opened, b: &Opened, out: &mut dyn Write) -> io::Result<bool> {
    let key = |replay: &Replay, at: usize| replay.leg().steps.get(at).map(|step| step.choice.clone());
    let most = a.replay.leg().steps.len().max(b.replay.leg().steps.len());
    let Some(at) = (0..most).find(|at| key(&a.replay, *at) != key(&b.replay, *at)) else {
        writeln!(out, "They make the same {most} choices.\n")?;
        return Ok(true);
    };
    writeln!(out, "They part at choice {}:", at + 1)?;
    for (name, opened) in [("A", a), ("B", b)] {
        match Ghost::in_replay(&opened.category, &opened.replay).at(at + 1) {
            Some(step) => writeln!(out, "{name}  {:>11}  {}", written(step.at), step.words)?,
            None => writeln!(out, "{name}  {:>11}  it is over", "-")?,
        }
    }
    writeln!(out)?;
    Ok(false)
}

fn splits(opened: &Opened, a: &[Option<Mark>], b: &[Option<Mark>], out: &mut dyn Write) -> io::Result<()> {
    let splits = opened.category.splits();
    let wide = splits.iter().map(|split| split.title.width()).max().unwrap_or(0);
    let time = |mark: Option<Mark>| mark.map_or_else(|| "-".to_owned(), |mark| written(mark.real));
    writeln!(out, "{:<wide$} {:>11} {:>11} {:>11} {:>11}", "", "A", "B", "B to A", "gained by B")?;
    let mut before = 0;
    for (split, (a, b)) in splits.iter().zip(a.iter().zip(b)) {
        let gap = " ".repeat(wide - split.title.width());
        let signed = |mark: &Mark| i64::try_from(mark.real).unwrap_or(i64::MAX);
        let delta = a.as_ref().zip(b.as_ref()).map(|(a, b)| signed(b) - signed(a));
        let gained = delta.map(|delta| before - delta);
        before = delta.unwrap_or(before);
        let word = |ms: Option<i64>| ms.map_or_else(|| "-".to_owned(), difference);
        writeln!(
            out,
            "{}{gap} {:>11} {:>11} {:>11} {:>11}",
            split.title,
            time(*a),
            time(*b),
            word(delta),
            word(gained)
        )?;
    }
    Ok(())
}
