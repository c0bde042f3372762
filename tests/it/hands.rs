//! Hands that play the siege by a policy, and what becomes of them.
//!
//! `hands/table.txt` is what a few seeds a hand come to; a change of the rules shows in it (`BLESS=1` rewrites it).
//! `hands/shape.txt` is the same over many seeds, beside the figures the siege was designed for.

mod eyes;
mod hand;
mod rows;
mod search;
mod tally;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::{env, fs, thread};

use rows::{Row, rows, skips};
pub(crate) use search::winning;
use tally::{Tally, unreached};

use taiyuan::engine::chapter::{Carried, Given};

use crate::play::chapter;

/// Seeds a hand in the table that every run of the tests compares.
const FEW: u64 = 100;
/// Seeds a hand in the table that is kept.
const MANY: u64 = 1_500;

/// Every row over this many seeds, in order.
fn tallies(given: &[Given], seeds: u64) -> Vec<(Row, Tally)> {
    let siege = chapter("siege");
    let lanes = 4;
    let mut all: Vec<(usize, Row, Tally)> = thread::scope(|scope| {
        let siege = &*siege;
        let lane = |lane: usize| {
            let mine = rows().into_iter().enumerate().filter(move |(at, _)| at % lanes == lane);
            move || mine.map(|(at, row)| (at, row, Tally::of(siege, &row, given, seeds))).collect::<Vec<_>>()
        };
        let running: Vec<_> = (0..lanes).map(|at| scope.spawn(lane(at))).collect();
        running.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    all.sort_by_key(|(at, ..)| *at);
    all.into_iter().map(|(_, row, tally)| (row, tally)).collect()
}

/// Every row over a few seeds, played once for all tests.
fn few() -> &'static [(Row, Tally)] {
    static FEW_PLAYS: OnceLock<Vec<(Row, Tally)>> = OnceLock::new();
    FEW_PLAYS.get_or_init(|| tallies(&[], FEW))
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/hands").join(file)
}

#[test]
fn hands_that_follow_a_policy_end_as_they_did() {
    let mut told = format!("{FEW} seeds a hand: every outcome, in per cent, and the median of its decisions.\n\n");
    for (row, tally) in few() {
        writeln!(told, "{:<40} {}", row.name, tally.outcomes()).unwrap();
    }
    let path = path("table.txt");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, &told).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differing = told.lines().zip(kept.lines().chain(std::iter::repeat("")));
    let changed: Vec<String> =
        differing.filter(|(now, was)| now != was).map(|(now, was)| format!("was {was}\nnow {now}")).collect();
    assert!(changed.is_empty(), "BLESS=1 accepts this\n{}", changed.join("\n"));
}

/// What is saved by a skip in each phase, and what it risks.
fn skipping(seeds: u64) -> String {
    let siege = chapter("siege");
    let mut told = String::from(
        "\nA skip in each phase: how often a hand comes off without it and with it, and the means of its\norders and decisions then.\n\n",
    );
    for skip in skips() {
        let came = [&skip.safe, &skip.risky].map(|row| Tally::of(&siege, row, &[], seeds).means(row));
        let [(safe, orders, decisions), (risky, fewer, shorter)] = came;
        let (name, phase) = (skip.name, skip.phase);
        writeln!(
            told,
            "{phase} {name:<66} {safe:>3}% {orders:>5.1} {decisions:>5.1}   {risky:>3}% {fewer:>5.1} {shorter:>5.1}"
        )
        .unwrap();
    }
    told
}

#[test]
#[ignore = "minutes: writes the table of 1,500 seeds a hand"]
fn the_shape_of_the_siege() {
    let mut told = format!(
        "{MANY} seeds a hand. Share of plays that come to the outcome; median decisions (choices with a second open\n\
         choice) of those, and in brackets without cards, without the page before each assault and without a relief's\n\
         three closing pages, which the design did not count; median day of the falls. Then what was designed, for a\n\
         siege without cards and without the ring that tightens in phase 4.\n\n\
         {:<40} {:<12} {:>5} {:>10} {:>5}   designed\n",
        "hand", "outcome", "share", "decisions", "fall"
    );
    for (row, tally) in tallies(&[], MANY) {
        told.push_str(&tally.line(&row));
    }
    told.push_str(&skipping(MANY));
    fs::write(path("shape.txt"), told).unwrap();
}

#[test]
fn every_scene_is_entered_and_every_category_won_by_some_hand() {
    let siege = chapter("siege");
    // One card waits for an arrow that may be given away in the first chapter.
    let arrow = siege.find_var("arrow_given").unwrap();
    let given_away = tallies(&[Given { what: Carried::Var(arrow), value: 1 }], 4);
    let unreached = unreached(&siege, few().iter().chain(&given_away).map(|(_, tally)| tally));
    assert!(unreached.is_empty(), "no hand reached: {}", unreached.join(", "));
}
