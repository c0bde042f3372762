//! `splits`: what was attempted at a category, for LiveSplit and others.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::kept::Kept;
use super::run::{category, now};
use super::stop::{CLEAN, Stop};
use crate::play::run::recover;
use crate::play::seed;
use crate::saves::stamp;
use crate::speedrun::board::on_board;
use crate::speedrun::clock::written;
use crate::speedrun::records::choices;
use crate::speedrun::seeds::Wanted;
use crate::speedrun::{Attempt, Board, Category, History, Source, lss};

/// How many attempts are listed.
const NEWEST: usize = 10;

#[derive(Clone, Debug, Args)]
pub(super) struct Splits {
    /// The category
    category: String,
    /// The board of this seed: a number, `set`, `weekly`, `random` or `race:PHRASE`
    #[arg(long, value_name = "SEED", default_value = "set", allow_hyphen_values = true)]
    seed: Wanted,
    /// Write splits for LiveSplit to this file
    #[arg(long, value_name = "FILE", group = "form")]
    lss: Option<PathBuf>,
    /// A line an attempt, times in milliseconds
    #[arg(long, group = "form")]
    csv: bool,
    /// One JSON document, times in milliseconds
    #[arg(long, group = "form")]
    json: bool,
    /// Take this attempt off the board: its number in `--csv`, from 1. It stays in the list, marked
    #[arg(long, value_name = "N", conflicts_with = "form")]
    strike: Option<usize>,
    /// Put an attempt that was struck back on the board
    #[arg(long, value_name = "N", conflicts_with_all = ["form", "strike"])]
    restore: Option<usize>,
    #[command(flatten)]
    kept: Kept,
}

/// A board, for a script.
#[derive(Serialize)]
struct Document<'a> {
    category: String,
    title: &'a str,
    board: String,
    attempts: usize,
    finished: usize,
    best: Option<&'a Attempt>,
    sum_of_best: Option<u64>,
    splits: Vec<Row<'a>>,
    history: Vec<&'a Attempt>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    best: Option<u64>,
    gold: Option<u64>,
    possible_save: Option<u64>,
}

pub(super) fn run(args: &Splits, out: &mut dyn Write) -> Result<u8, Stop> {
    let (story, category) = category(args.kept.story.as_deref(), &args.category)?;
    let store = args.kept.store()?;
    recover(&store, &story.chapters());
    let mut history = History::of(&category, &store).map_err(Stop::could_not)?;
    let (seed, source) = args.seed.seed(category.run().seed, now().wall / 1_000, seed::fresh);
    if let Some((number, struck)) = args.strike.map(|n| (n, true)).or(args.restore.map(|n| (n, false))) {
        let here: Vec<usize> = (0..history.attempts.len())
            .filter(|at| on_board(&history.attempts[*at], &category, seed, &source))
            .collect();
        let at = number.checked_sub(1).and_then(|at| here.get(at));
        let at = *at.ok_or_else(|| {
            Stop::could_not(format!("there is no attempt {number} on this board: it has {}", here.len()))
        })?;
        history.strike(&category, at, struck, &store).map_err(Stop::could_not)?;
        let done = if struck { "struck off" } else { "put back on" };
        writeln!(out, "Attempt {number} is {done} the board.\n").map_err(Stop::could_not)?;
    }
    let board = Board::of(&history, &category, seed, &source);
    let attempts: Vec<&Attempt> =
        history.attempts.iter().filter(|one| on_board(one, &category, seed, &source)).collect();
    if let Some(file) = &args.lss {
        let bytes = lss::write(&history, &category, seed, &source).map_err(Stop::could_not)?;
        std::fs::write(file, bytes).map_err(|e| Stop::could_not(format!("cannot write `{}`: {e}", file.display())))?;
        return Ok(CLEAN);
    }
    let rows = rows(&category, &board);
    if args.json {
        let document = Document {
            category: category.path(),
            title: &category.run().title,
            board: named(seed, &source),
            attempts: board.attempts,
            finished: board.finished,
            best: board.best(),
            sum_of_best: board.sum_of_best(),
            splits: rows,
            history: attempts,
        };
        let document = serde_json::to_string_pretty(&document).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else if args.csv {
        csv(&category, &attempts, out).map_err(Stop::could_not)?;
    } else {
        table(&category, &board, &named(seed, &source), &rows, out).map_err(Stop::could_not)?;
        newest(&category, &attempts, out).map_err(Stop::could_not)?;
    }
    Ok(CLEAN)
}

fn named(seed: u64, source: &Source) -> String {
    if *source == Source::Random { "random".to_owned() } else { format!("{source}, seed {seed}") }
}

fn rows<'a>(category: &'a Category, board: &Board) -> Vec<Row<'a>> {
    let row = |(at, split): (usize, &'a crate::speedrun::category::Split)| Row {
        id: &split.id,
        title: &split.title,
        best: board.best_mark(at).map(|mark| mark.real),
        gold: board.gold(at),
        possible_save: board.possible_save(at),
    };
    category.splits().iter().enumerate().map(row).collect()
}

fn csv(category: &Category, attempts: &[&Attempt], out: &mut dyn Write) -> std::io::Result<()> {
    let ids: Vec<&str> = category.splits().iter().map(|split| split.id.as_str()).collect();
    writeln!(out, "attempt,started,seed,finished,choices,score,flags,replay,{}", ids.join(","))?;
    let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    for (id, one) in (1..).zip(attempts) {
        let finish = one.finish.as_ref();
        let real = number(finish.map(|f| f.real));
        let turns = number(finish.map(|f| u64::from(f.turns)));
        let score = finish.and_then(|f| f.score).map(|n| n.to_string()).unwrap_or_default();
        let flags = said(one);
        let splits: Vec<String> =
            (0..ids.len()).map(|at| number(one.splits.get(at).copied().flatten().map(|mark| mark.real))).collect();
        let (started, seed, replay) = (one.started, one.seed, one.replay.as_deref().unwrap_or_default());
        let flags = if flags.is_empty() { String::new() } else { format!("\"{}\"", flags.join("; ")) };
        writeln!(out, "{id},{started},{seed},{real},{turns},{score},{flags},{replay},{}", splits.join(","))?;
    }
    Ok(())
}

/// What is to be said of an attempt beside its figures.
fn said(one: &Attempt) -> Vec<&'static str> {
    let suspicious = one.finish.as_ref().is_some_and(|finish| finish.suspicious).then_some("suspicious");
    one.flags.iter().map(|flag| flag.words()).chain(suspicious).collect()
}

/// The newest attempts, a line each, with the number by which one is struck off.
fn newest(category: &Category, attempts: &[&Attempt], out: &mut dyn Write) -> std::io::Result<()> {
    if attempts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nattempts, the newest last")?;
    let skipped = attempts.len().saturating_sub(NEWEST);
    for (number, one) in (1..).zip(attempts).skip(skipped) {
        let [year, month, day, hour, minute, _] = stamp::parts(one.started);
        let when = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}");
        let mut words = match (&one.finish, one.splits.iter().rposition(Option::is_some)) {
            (Some(finish), _) => vec![format!("{:>11}  {}", written(finish.real), choices(finish.turns))],
            (None, Some(at)) => vec![format!("{:>11}  as far as {}", "-", category.splits()[at].title)],
            (None, None) => vec![format!("{:>11}  before the first split", "-")],
        };
        words.extend(said(one).into_iter().map(str::to_owned));
        words.extend(one.replay.as_ref().map(|name| format!("replay {name}")));
        writeln!(out, "{number:>4}  {when}  {}", words.join("; "))?;
    }
    Ok(())
}

fn table(
    category: &Category,
    board: &Board,
    named: &str,
    rows: &[Row<'_>],
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let time = |ms: Option<u64>| ms.map_or_else(|| "-".to_owned(), written);
    writeln!(out, "{}, {named}: {} attempts, {} finished\n", category.run().title, board.attempts, board.finished)?;
    let wide = rows.iter().map(|row| unicode_width::UnicodeWidthStr::width(row.title)).max().unwrap_or(0).max(11);
    writeln!(out, "{:<wide$} {:>11} {:>11} {:>11}", "", "best", "gold", "to save")?;
    for row in rows {
        let gap = " ".repeat(wide - unicode_width::UnicodeWidthStr::width(row.title));
        let (best, gold, save) = (time(row.best), time(row.gold), time(row.possible_save));
        writeln!(out, "{}{gap} {best:>11} {gold:>11} {save:>11}", row.title)?;
    }
    writeln!(out, "\n{:<wide$} {:>11} {:>11}", "sum of best", "", time(board.sum_of_best()))
}
