//! `records`: what was attempted, what was reached, and what is possible, a line a board.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::kept::Kept;
use super::playable::Playable;
use super::stop::{CLEAN, Stop, terminal_width};
use crate::engine::chapter::Ceiling;
use crate::play::run::recover;
use crate::speedrun::clock::written;
use crate::speedrun::records::short;
use crate::speedrun::{Attempt, Category, History, Medal, Record, Source, medal};

/// How wide a board's name is.
const NAME: usize = 20;
/// How wide the names of facts are.
const FACT: usize = 16;

#[derive(Clone, Debug, Args)]
pub(super) struct Records {
    /// Everything about this category
    category: Option<String>,
    /// One JSON document, times in milliseconds
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    kept: Kept,
}

/// A category, for a script.
#[derive(Serialize)]
struct Document<'a> {
    category: String,
    title: &'a str,
    counts: &'a str,
    boards: Vec<Row<'a>>,
}

/// A board, for a script.
#[derive(Serialize)]
struct Row<'a> {
    board: String,
    seed: Option<u64>,
    source: &'a Source,
    attempts: usize,
    finished: usize,
    best: Option<&'a Attempt>,
    fewest_choices: Option<u32>,
    score: Option<i32>,
    least_of: &'a BTreeMap<String, i32>,
    golds: Vec<Option<u64>>,
    sum_of_best: Option<u64>,
    medal: Option<Medal>,
    ceilings: Vec<Known<'a>>,
}

/// What is known to be possible, for a script.
#[derive(Serialize)]
struct Known<'a> {
    least: &'a str,
    seed: Option<u64>,
    proved: i32,
    found: Option<i32>,
    tracked: Vec<String>,
}

pub(super) fn run(args: &Records, out: &mut dyn Write) -> Result<u8, Stop> {
    let story = Playable::open(args.kept.story.as_deref(), None)?;
    let chapters = story.all()?;
    let categories: Vec<Category> = match &args.category {
        Some(name) => vec![Category::find(&chapters, name).map_err(Stop::could_not)?],
        None => chapters.iter().flat_map(Category::all).collect(),
    };
    let store = args.kept.store()?;
    recover(&store, &story.chapters());
    let mut boards = Vec::new();
    for category in &categories {
        let history = History::of(category, &store).map_err(Stop::could_not)?;
        boards.push((category, Record::all(&history, category)));
    }
    if args.json {
        let documents: Vec<Document<'_>> =
            boards.iter().map(|(category, records)| document(category, records)).collect();
        let document = serde_json::to_string_pretty(&documents).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else if args.category.is_some() {
        boards.iter().try_for_each(|(category, records)| page(category, records, out)).map_err(Stop::could_not)?;
    } else {
        table(&boards, out).map_err(Stop::could_not)?;
    }
    Ok(CLEAN)
}

/// Every board of every category, a line each.
fn table(boards: &[(&Category, Vec<Record>)], out: &mut dyn Write) -> io::Result<()> {
    let head = ["tries", "done", "time", "counts", "sum of best", "medal", "ceiling"];
    line("", &head.map(str::to_owned), out)?;
    for (category, records) in boards {
        let counts = category.counts().map(|what| format!(", by {}", what.to_lowercase())).unwrap_or_default();
        writeln!(out, "{} ({}){counts}", category.run().title, category.run().id)?;
        for record in records {
            let best = record.board.best().and_then(|best| best.finish.as_ref());
            let time = |ms: Option<u64>| ms.map_or_else(|| "-".to_owned(), written);
            let ceiling = medal::ceiling(category, record.seed, medal::counted(category));
            let fields = [
                record.board.attempts.to_string(),
                record.board.finished.to_string(),
                time(best.map(|finish| finish.real)),
                record.figure(category).map_or_else(|| "-".to_owned(), |figure| figure.to_string()),
                time(record.board.sum_of_best()),
                record.medal.map_or("-", Medal::name).to_owned(),
                ceiling.as_ref().map_or_else(|| "-".to_owned(), short),
            ];
            line(&format!("  {}", record.name()), &fields, out)?;
        }
    }
    writeln!(out, "\n`counts` is what medals count: choices, or what the category is ranked by. `taiyuan records ID`")?;
    writeln!(out, "tells more of a category, `taiyuan splits ID` its splits.")
}

fn line(name: &str, fields: &[String; 7], out: &mut dyn Write) -> io::Result<()> {
    let [tries, done, time, counts, sum, medal, ceiling] = fields;
    let (name, gap) = fitted(name, NAME);
    let line = format!("{name}{gap} {tries:>5} {done:>4} {time:>11} {counts:>6} {sum:>11} {medal:<6} {ceiling}");
    writeln!(out, "{}", line.trim_end())
}

/// Words cut to a width, and what is missing to it.
fn fitted(words: &str, wide: usize) -> (String, String) {
    let mut fitted = words.to_owned();
    while fitted.width() > wide {
        fitted.pop();
    }
    let gap = " ".repeat(wide - fitted.width());
    (fitted, gap)
}

/// Everything about a category.
fn page(category: &Category, records: &[Record], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({})", category.run().title, category.path())?;
    writeln!(out, "{}", category.run().about)?;
    let wide = terminal_width().min(100);
    for record in records {
        writeln!(out, "\n{}", record.name())?;
        for (name, words) in record.facts(category) {
            for (at, row) in textwrap::wrap(&words, wide.saturating_sub(FACT + 2).max(20)).iter().enumerate() {
                writeln!(out, "  {:<FACT$}{row}", if at == 0 { name } else { "" })?;
            }
        }
    }
    Ok(())
}

fn document<'a>(category: &'a Category, records: &'a [Record]) -> Document<'a> {
    let known = |one: Ceiling| Known {
        least: one.least.map_or("choices", |var| &category.chapter().var(var).id),
        seed: one.seed,
        proved: one.proved,
        found: one.found,
        tracked: one.tracked,
    };
    let row = |record: &'a Record| Row {
        board: record.name(),
        seed: record.seed,
        source: &record.source,
        attempts: record.board.attempts,
        finished: record.board.finished,
        best: record.board.best(),
        fewest_choices: record.turns,
        score: record.score,
        least_of: &record.least,
        golds: (0..category.splits().len()).map(|at| record.board.gold(at)).collect(),
        sum_of_best: record.board.sum_of_best(),
        medal: record.medal,
        ceilings: record.ceilings(category).into_iter().map(known).collect(),
    };
    Document {
        category: category.path(),
        title: &category.run().title,
        counts: medal::counted(category).map_or("choices", |var| &category.chapter().var(var).id),
        boards: records.iter().map(row).collect(),
    }
}
