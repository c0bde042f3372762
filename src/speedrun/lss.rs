//! A board as LiveSplit keeps splits: `.lss`, in the form its own saver writes.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::saves::stamp;

use super::board::{Board, on_board};
use super::category::Category;
use super::history::{Attempt, History};
use super::seeds::Source;
use super::splits::Mark;

type Pen = Writer<Vec<u8>>;

/// Writes a board's attempts, its personal best and its golds.
///
/// # Errors
/// Only what the writer of XML answers; text is written to memory.
pub fn write(history: &History, category: &Category, seed: u64, source: &Source) -> io::Result<Vec<u8>> {
    let attempts: Vec<(usize, &Attempt)> =
        (1..).zip(history.attempts.iter().filter(|a| on_board(a, category, seed, source))).collect();
    let board = Board::of(history, category, seed, source);
    let mut pen = Writer::new_with_indent(Vec::new(), b' ', 2);
    pen.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    pen.create_element("Run").with_attribute(("version", "1.7.0")).write_inner_content(|pen| {
        text(pen, "GameIcon", "")?;
        text(pen, "GameName", &category.chapter().world.title)?;
        text(pen, "CategoryName", &format!("{} ({source})", category.run().title))?;
        metadata(pen, seed, source)?;
        text(pen, "Offset", "00:00:00")?;
        text(pen, "AttemptCount", &attempts.len().to_string())?;
        within(pen, "AttemptHistory", |pen| attempts.iter().try_for_each(|(id, one)| attempt(pen, *id, one)))?;
        within(pen, "Segments", |pen| {
            (0..category.splits().len()).try_for_each(|at| segment(pen, category, &board, &attempts, at))
        })?;
        text(pen, "AutoSplitterSettings", "")
    })?;
    let mut bytes = pen.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn metadata(pen: &mut Pen, seed: u64, source: &Source) -> io::Result<()> {
    within(pen, "Metadata", |pen| {
        pen.create_element("Run").with_attribute(("id", "")).write_empty()?;
        pen.create_element("Platform").with_attribute(("usesEmulator", "False")).write_empty()?;
        text(pen, "Region", "")?;
        within(pen, "Variables", |pen| {
            let seed = if *source == Source::Random { "random".to_owned() } else { seed.to_string() };
            pen.create_element("Variable")
                .with_attribute(("name", "Seed"))
                .write_text_content(BytesText::new(&seed))?;
            Ok(())
        })
    })
}

fn attempt(pen: &mut Pen, id: usize, attempt: &Attempt) -> io::Result<()> {
    let last = attempt.splits.iter().rev().find_map(|mark| *mark).map_or(0, |mark| mark.real);
    let ended = attempt.started + attempt.finish.as_ref().map_or(last, |finish| finish.real) / 1_000;
    let (id, started, ended) = (id.to_string(), date(attempt.started), date(ended));
    let element = pen.create_element("Attempt").with_attributes([
        ("id", id.as_str()),
        ("started", &started),
        ("isStartedSynced", "True"),
        ("ended", &ended),
        ("isEndedSynced", "True"),
    ]);
    match &attempt.finish {
        None => element.write_empty()?,
        Some(finish) => element.write_inner_content(|pen| both(pen, finish.real, finish.game))?,
    };
    Ok(())
}

fn segment(
    pen: &mut Pen,
    category: &Category,
    board: &Board,
    attempts: &[(usize, &Attempt)],
    at: usize,
) -> io::Result<()> {
    within(pen, "Segment", |pen| {
        text(pen, "Name", &category.splits()[at].title)?;
        text(pen, "Icon", "")?;
        within(pen, "SplitTimes", |pen| {
            let best = pen.create_element("SplitTime").with_attribute(("name", "Personal Best"));
            match board.best_mark(at) {
                Some(mark) => best.write_inner_content(|pen| both(pen, mark.real, mark.game))?,
                None => best.write_empty()?,
            };
            Ok(())
        })?;
        within(pen, "BestSegmentTime", |pen| {
            let ranked = attempts.iter().filter(|(_, one)| one.flags.is_empty());
            let next = ranked.filter(|(_, one)| at == 0 || one.splits.get(at - 1).copied().flatten().is_some());
            let legs: Vec<Mark> = next.filter_map(|(_, one)| leg(one, at)).collect();
            let least = |of: fn(&Mark) -> u64| legs.iter().map(of).min();
            least(|leg| leg.real).zip(least(|leg| leg.game)).map_or(Ok(()), |(real, game)| both(pen, real, game))
        })?;
        within(pen, "SegmentHistory", |pen| {
            let reached = attempts.iter().filter(|(_, one)| one.splits.iter().skip(at).any(Option::is_some));
            for (id, one) in reached {
                let id = id.to_string();
                let time = pen.create_element("Time").with_attribute(("id", id.as_str()));
                // A split that was passed over has an entry without a time, and the next one both of theirs.
                match leg(one, at) {
                    Some(leg) => time.write_inner_content(|pen| both(pen, leg.real, leg.game))?,
                    None => time.write_empty()?,
                };
            }
            Ok(())
        })
    })
}

/// How long a split took from the last one passed before it.
fn leg(attempt: &Attempt, at: usize) -> Option<Mark> {
    let mark = attempt.splits.get(at).copied().flatten()?;
    let before = attempt.splits[..at].iter().rev().find_map(|mark| *mark).unwrap_or_default();
    Some(Mark { real: mark.real.saturating_sub(before.real), game: mark.game.saturating_sub(before.game), ..mark })
}

fn within(pen: &mut Pen, name: &str, inner: impl FnOnce(&mut Pen) -> io::Result<()>) -> io::Result<()> {
    pen.create_element(name).write_inner_content(inner)?;
    Ok(())
}

fn text(pen: &mut Pen, name: &str, text: &str) -> io::Result<()> {
    let element = pen.create_element(name);
    if text.is_empty() {
        element.write_empty()?
    } else {
        element.write_text_content(BytesText::new(text))?
    };
    Ok(())
}

fn both(pen: &mut Pen, real: u64, game: u64) -> io::Result<()> {
    text(pen, "RealTime", &time(real))?;
    text(pen, "GameTime", &time(game))
}

/// A time as LiveSplit writes it: `00:01:09.2500000`.
#[must_use]
pub fn time(ms: u64) -> String {
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{:03}0000", ms % 1_000)
}

/// A date as LiveSplit writes it: `11/22/2026 08:12:05`.
fn date(seconds: u64) -> String {
    let [year, month, day, hour, minute, second] = stamp::parts(seconds);
    format!("{month:02}/{day:02}/{year:04} {hour:02}:{minute:02}:{second:02}")
}
