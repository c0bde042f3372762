//! What becomes of saves, for people.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::{Basis, Compat, Example, Fate, Fates};
use crate::workshop::figures::{count, list, padded};

/// The most columns of a scene's id.
const SCENE: usize = 28;

/// The most scenes that are listed, unless all are wanted.
const LISTED: usize = 12;

/// Writes what becomes of the saves of every chapter; `whole` lists every scene whose saves are touched.
///
/// # Errors
/// When `out` cannot be written.
pub fn report(all: &[Compat], whole: bool, out: &mut dyn Write) -> io::Result<()> {
    for compat in all {
        chapter(compat, whole, out)?;
    }
    let (lost, tried) = all.iter().fold((0, 0), |(lost, tried), one| (lost + one.all.lost, tried + one.all.all()));
    let every = all.iter().all(|one| !matches!(one.basis, Basis::Sample { .. }));
    match (lost, tried, every) {
        (0, 0, _) => writeln!(out, "every save loads as it was made"),
        (0, _, true) => writeln!(out, "no save is lost"),
        (0, _, false) => writeln!(out, "no save of the sample is lost"),
        (lost, tried, _) => writeln!(out, "{} of {} saves are lost", count(lost), count(tried)),
    }
}

fn chapter(compat: &Compat, whole: bool, out: &mut dyn Write) -> io::Result<()> {
    let id = &compat.chapter;
    let states = count(compat.all.all());
    match compat.basis {
        Basis::SameRules => return writeln!(out, "{id}: the rules are the same; every save loads as it was made\n"),
        Basis::Every { cap } => {
            writeln!(out, "{id}: every reachable state: {states}")?;
            writeln!(out, "  (turns, and visits and takings above {cap}, are not told apart)")?;
        }
        Basis::Sample { plays } => {
            writeln!(out, "{id}: a sample: {states} states of {} plays", count(plays))?;
        }
    }
    writeln!(out)?;
    table(compat, whole, out)?;
    writeln!(out)?;
    for example in &compat.examples {
        let Example { fate, route, scene, now, told } = example;
        let stands = match now {
            Some(now) if now == scene => format!("saved in `{scene}`"),
            Some(now) => format!("saved in `{scene}`, loaded in `{now}`"),
            None => format!("saved in `{scene}`"),
        };
        writeln!(out, "  {}, for example: {stands}", name(*fate))?;
        writeln!(out, "      {route}")?;
        writeln!(out, "      the player is told: {told}")?;
    }
    if !compat.left.is_empty() {
        writeln!(out, "  what moved plays leave behind, since the new story has no place for it:")?;
        list(out, &compat.left.iter().cloned().collect::<Vec<_>>(), 6)?;
    }
    if compat.examples.is_empty() { Ok(()) } else { writeln!(out) }
}

/// A row for each scene whose saves are touched, the worst first.
fn table(compat: &Compat, whole: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut touched: Vec<_> = compat.scenes.iter().filter(|(_, fates)| fates.untouched() < fates.all()).collect();
    touched.sort_by_key(|(_, fates)| Reverse((fates.lost, fates.milestone, fates.moved)));
    let listed = if whole { touched.len() } else { touched.len().min(LISTED) };
    let wide = touched.iter().take(listed).map(|(scene, _)| scene.len()).max().unwrap_or(0).clamp(SCENE, 48);
    let mut row = |name: &str, cells: [String; 5]| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>10}")).collect();
        writeln!(out, "  {}{cells}", padded(name, wide))
    };
    row("saved in", ["states", "untouched", "moved", "milestone", "lost"].map(str::to_owned))?;
    for (scene, fates) in touched.iter().take(listed) {
        row(scene, cells(fates))?;
    }
    let (more, rest) = (&touched[listed..], compat.scenes.values().filter(|fates| fates.untouched() == fates.all()));
    for (fates, what) in [
        (more.iter().map(|(_, fates)| **fates).collect(), "more touched"),
        (rest.copied().collect::<Vec<_>>(), "untouched"),
    ] {
        let scenes = if fates.len() == 1 { "scene" } else { "scenes" };
        if !fates.is_empty() {
            row(&format!("{} {what} {scenes}", fates.len()), cells(&sum(&fates)))?;
        }
    }
    if compat.scenes.len() > 1 { row("all", cells(&compat.all)) } else { Ok(()) }
}

fn name(fate: Fate) -> &'static str {
    match fate {
        Fate::Same | Fate::Replayed => "untouched",
        Fate::Moved => "moved",
        Fate::Milestone => "back at a milestone",
        Fate::Lost => "lost",
    }
}

fn sum(all: &[Fates]) -> Fates {
    all.iter().fold(Fates::default(), |a, b| Fates {
        same: a.same + b.same,
        replayed: a.replayed + b.replayed,
        moved: a.moved + b.moved,
        milestone: a.milestone + b.milestone,
        lost: a.lost + b.lost,
    })
}

fn cells(fates: &Fates) -> [String; 5] {
    let shown = |n| if n == 0 { "-".to_owned() } else { count(n) };
    [fates.all(), fates.untouched(), fates.moved, fates.milestone, fates.lost].map(shown)
}
