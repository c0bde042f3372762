//! What many plays came to, for people.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::{Entry, Hand, LONGEST, Lost, Reach, Walked, Why};
use crate::workshop::figures::{bar, count, cut, list, many, padded, percent};
use crate::workshop::telling::Alternative;

/// How many of the spots no play reached are listed, unless all are wanted.
const SHORT: usize = 12;
/// How many lost plays are handed back.
const LOST: usize = 3;
/// How many choices of a play that does not end are shown.
const BEGINNING: usize = 40;

/// Writes what the plays came to; `all` lists every spot that no play reached.
///
/// # Errors
/// When `out` cannot be written.
pub fn report(walked: &Walked, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let hand = match walked.hand {
        Hand::Uniform => "at random",
        Hand::Least => "least used first",
        Hand::Greedy => "towards what is new",
    };
    let lost = match walked.lost.len() {
        0 => "all came to an ending".to_owned(),
        n => format!("{} came to no ending", count(n)),
    };
    writeln!(out, "{}: {} plays {hand}, {lost}", walked.chapter, count(walked.plays))?;
    writeln!(out)?;
    writeln!(out, "                    least  median    most")?;
    for (name, [least, median, most]) in [("choices made", walked.lengths), ("words told", walked.words)] {
        writeln!(out, "  {name:<14} {:>8} {:>7} {:>7}", count(least), count(median), count(most))?;
    }
    writeln!(out)?;
    let rows = [
        ("scenes entered", walked.scenes),
        ("choices taken", walked.choices),
        ("reasons shown", walked.reasons),
        ("alternatives shown", walked.alternatives),
    ];
    for (name, Reach { reached, of }) in rows.into_iter().filter(|(_, reach)| reach.of > 0) {
        let figures = format!("{} of {}", count(reached), count(of));
        writeln!(out, "  {name:<18} {figures:>15} {} {}", percent(reached, of), bar(reached, of, 30))?;
    }
    writeln!(out)?;
    endings(walked, out)?;
    dead_spots(walked, all, out)?;
    let spots = lost_spots(&walked.lost);
    for (lost, plays) in spots.iter().take(LOST) {
        handed_back(lost, *plays, out)?;
    }
    if spots.len() > LOST {
        let more: usize = spots.iter().skip(LOST).map(|(_, plays)| plays).sum();
        let places = many(spots.len() - LOST, "other scene");
        writeln!(out, "  and {} more in {places}; `--json` has them all\n", count(more))?;
    }
    Ok(())
}

/// Lost plays by why they were lost and where: the first of each sort, and how many there are.
fn lost_spots(lost: &[Lost]) -> Vec<(&Lost, usize)> {
    let mut spots: Vec<(&Lost, usize)> = Vec::new();
    for one in lost {
        match spots.iter_mut().find(|(first, _)| first.why == one.why && first.scene == one.scene) {
            Some((_, plays)) => *plays += 1,
            None => spots.push((one, 1)),
        }
    }
    spots
}

fn endings(walked: &Walked, out: &mut dyn Write) -> io::Result<()> {
    let most = walked.endings.first().map_or(0, |(_, n)| *n);
    let columns = walked.endings.iter().map(|(id, _)| id.len()).max().unwrap_or(0).min(30);
    for (id, n) in walked.endings.iter().filter(|(_, n)| *n > 0) {
        let id = padded(&cut(id, columns), columns);
        writeln!(out, "  {id} {:>9} {} {}", count(*n), percent(*n, walked.plays), bar(*n, most, 30))?;
    }
    writeln!(out)?;
    let never: Vec<String> = walked.endings.iter().filter(|(_, n)| *n == 0).map(|(id, _)| id.clone()).collect();
    spots("no play came to these endings", &never, true, out)
}

fn dead_spots(walked: &Walked, all: bool, out: &mut dyn Write) -> io::Result<()> {
    spots("no play entered", &walked.unseen, all, out)?;
    spots("no play took", &by_scene(&walked.untaken), all, out)?;
    spots("no play saw locked", &by_scene(&walked.unlocked), all, out)?;
    let unseen: BTreeSet<&str> = walked.unseen.iter().map(String::as_str).collect();
    let unentered = |one: &&Alternative| one.text.split(['#', '.']).next().is_some_and(|scene| unseen.contains(scene));
    let unshown: Vec<&Alternative> = walked.unshown.iter().filter(|one| !unentered(one)).collect();
    if !unshown.is_empty() {
        let shown = if all { unshown.len() } else { SHORT };
        writeln!(out, "  no play was shown ({})", count(unshown.len()))?;
        for one in unshown.iter().take(shown) {
            let left = cut(&format!("{}  {}", one.text, one.when), 38);
            writeln!(out, "    {} {}", padded(&left, 38), cut(&one.words, 36))?;
        }
        more(unshown.len(), shown, out)?;
    }
    if walked.entry == Entry::Record && walked.carries > 0 && !walked.unshown.is_empty() {
        let carries = walked.carries;
        writeln!(out, "  every play carried in what the record says; `--carried any` draws these {carries} values\n")?;
    }
    Ok(())
}

fn spots(title: &str, spots: &[String], all: bool, out: &mut dyn Write) -> io::Result<()> {
    if spots.is_empty() {
        return Ok(());
    }
    /// In running text more fit.
    const SHORT_LIST: usize = SHORT * 2;
    let shown = if all { spots.len() } else { SHORT_LIST };
    writeln!(out, "  {title} ({})", count(spots.len()))?;
    list(out, &spots[..shown.min(spots.len())], 4)?;
    more(spots.len(), shown, out)
}

fn more(of: usize, shown: usize, out: &mut dyn Write) -> io::Result<()> {
    if of > shown {
        writeln!(out, "    and {} more; `--all` lists them", count(of - shown))?;
    }
    writeln!(out)
}

/// Choices of one scene together: `gate#(open shut)`.
fn by_scene(paths: &[String]) -> Vec<String> {
    let mut scenes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths {
        let (scene, choice) = path.split_once('#').or_else(|| path.split_once('/')).unwrap_or(("", path));
        scenes.entry(scene).or_default().push(choice);
    }
    let written = scenes.into_iter().map(|(scene, choices)| {
        let sign = if scene.starts_with('@') { '/' } else { '#' };
        match choices.as_slice() {
            [one] => format!("{scene}{sign}{one}"),
            many => format!("{scene}{sign}({})", many.join(" ")),
        }
    });
    written.collect()
}

/// The first of so many plays that were lost in one place.
fn handed_back(lost: &Lost, plays: usize, out: &mut dyn Write) -> io::Result<()> {
    if plays > 1 {
        writeln!(out, "  {} plays, the first of them:", count(plays))?;
    }
    match lost.why {
        Why::Stuck => {
            writeln!(
                out,
                "  stuck in `{}` after {}; see it with play --route",
                lost.scene,
                many(lost.choices, "choice")
            )?;
            writeln!(out, "'{}'\n", lost.route)
        }
        Why::Endless => {
            let mut route = lost.route.clone();
            route.steps.truncate(BEGINNING);
            writeln!(
                out,
                "  still in `{}` after {} choices; the first {BEGINNING} of them",
                lost.scene,
                count(LONGEST)
            )?;
            writeln!(out, "'{route}'\n")
        }
    }
}
