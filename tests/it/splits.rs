//! What follows from attempts: personal best, golds, sum of best, and the file LiveSplit reads.

use std::path::PathBuf;
use std::{env, fs};

use taiyuan::engine::log::hex;
use taiyuan::speedrun::{Board, Category, History, Mark, Source, Splits, lss};

use crate::replays::chapters;

fn category(name: &str) -> Category {
    Category::find(&chapters(), name).unwrap()
}

/// Attempts at a category on its set seed, each with its splits in seconds; 0 for one that was skipped.
fn history(category: &Category, attempts: &[&[u64]]) -> History {
    let rules = &hex(&category.chapter().rules())[..16];
    let splits = category.splits().len();
    let mut text = String::new();
    for (at, seconds) in attempts.iter().enumerate() {
        let mark = |at: usize| match seconds.get(at) {
            None | Some(0) => "None".to_owned(),
            Some(s) => format!("(real:{0},game:{1},turn:{2})", s * 1_000, s * 1_000 - 500, at + 1),
        };
        let marks: Vec<String> = (0..splits).map(mark).collect();
        let finish = match seconds.get(splits - 1) {
            Some(s) => format!(",finish:(real:{},game:{},turns:40)", s * 1_000, s * 1_000 - 500),
            None => String::new(),
        };
        let started = 1_795_300_000 + at as u64 * 600;
        text += &format!(
            "(started:{started},rules:\"{rules}\",seed:1126,source:Set,splits:[{}]{finish})\n",
            marks.join(",")
        );
    }
    let history = History::read(&text);
    assert_eq!((history.attempts.len(), history.unread), (attempts.len(), 0));
    history
}

// River: first assault, day 21, terms, the ford, the cession order, day 90, and the last choice after it.
const PLAYED: &[&[u64]] =
    &[&[10, 25, 44, 60, 80, 100, 104], &[9, 26, 41, 58, 83, 95, 101], &[11, 24, 43], &[8, 0, 39, 57, 81, 99, 102]];

#[test]
fn the_personal_best_the_golds_and_the_sum_of_best_are_livesplits() {
    let river = category("river");
    assert_eq!(river.splits().len(), 7);
    let board = Board::of(&history(&river, PLAYED), &river, 1126, &Source::Set);
    assert_eq!((board.attempts, board.finished), (4, 3));
    assert_eq!(board.best().unwrap().finish.as_ref().unwrap().real, 101_000);
    let golds: Vec<_> = (0..7).map(|at| board.gold(at).unwrap() / 1_000).collect();
    // The third leg of the last attempt was two in one, and is no gold of either.
    assert_eq!(golds, [8, 13, 15, 16, 20, 12, 3]);
    assert_eq!(board.sum_of_best(), Some(87_000));
    assert_eq!(board.possible_save(0), Some(1_000));
    assert_eq!(board.possible_save(4), Some(5_000));
}

#[test]
fn the_sum_of_best_takes_two_legs_in_one_where_that_was_quicker() {
    let river = category("river");
    let board = Board::of(
        &history(&river, &[&[10, 30, 50, 60, 80, 100, 105], &[12, 0, 32, 45, 70, 95, 100]]),
        &river,
        1126,
        &Source::Set,
    );
    // 10, then 20 for both instead of 40, then 10, 20, 20 and 5.
    assert_eq!(board.sum_of_best(), Some(85_000));
    let mut splits = Splits::new(river.splits());
    let first = river.splits()[0].milestone.unwrap();
    let mark = |ms| Mark { real: ms, game: ms, turn: 1 };
    assert_eq!(splits.reach(first, mark(9_000)), Some(0));
    assert_eq!(board.best_possible(&splits, 9_000), Some(84_000));
    // The leg cannot be run in 20 s any more: it has taken 25.
    assert_eq!(board.best_possible(&splits, 34_000), Some(89_000));
    let compared = board.compare(&splits, 0);
    assert_eq!((compared.delta, compared.word()), (Some(-3_000), "gold"));
}

#[test]
fn a_milestone_that_a_later_one_has_overtaken_stays_skipped() {
    let river = category("river");
    let mut splits = Splits::new(river.splits());
    let mark = Mark { real: 5, game: 5, turn: 1 };
    let milestone = |at: usize| river.splits()[at].milestone.unwrap();
    assert_eq!(splits.reach(milestone(2), mark), Some(2));
    assert_eq!(splits.reach(milestone(1), mark), None);
    assert_eq!(splits.current(), 3);
}

#[test]
fn attempts_by_other_rules_on_other_seeds_or_unranked_are_not_compared() {
    let river = category("river");
    let mut history = history(&river, PLAYED);
    history.attempts[1].seed = 7;
    history.attempts[1].source = Source::Typed;
    history.attempts[3].rules = "0123456789abcdef".to_owned();
    history.attempts[0].flags.push(taiyuan::speedrun::Flag::Clock);
    let board = Board::of(&history, &river, 1126, &Source::Set);
    assert_eq!((board.attempts, board.finished, board.sum_of_best()), (2, 0, None));
}

#[test]
fn a_line_that_cannot_be_read_costs_that_line() {
    let river = category("river");
    let rules = hex(&river.chapter().rules());
    let line = format!("(started:1,rules:\"{}\",seed:1126,source:Set,splits:[])", &rules[..16]);
    let history = History::read(&format!("{line}\n(started:2,ru\n{line}\n"));
    assert_eq!((history.attempts.len(), history.unread), (2, 1));
}

#[test]
fn the_splits_are_written_as_livesplit_writes_them() {
    let river = category("river");
    let written = lss::write(&history(&river, PLAYED), &river, 1126, &Source::Set).unwrap();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/splits/river.lss");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(String::from_utf8(written).unwrap(), kept, "BLESS=1 accepts this");
}
