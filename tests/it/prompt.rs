//! Whole plays at the prompt, by numbers, as a pipe or a screen reader plays.

use std::io::Cursor;

use taiyuan::engine::render::Reader;
use taiyuan::plain::{Setup, Shape, run};
use taiyuan::play::{Desk, Now};
use taiyuan::saves::Store;

use crate::play::{book, chapters};

/// What is told when these lines are typed.
fn told(chapter: &str, seed: u64, typed: &str) -> String {
    let saves = tempfile::tempdir().unwrap();
    let world = book().world();
    let setup = Setup {
        desk: Desk::new(chapters(), &world.id, Store::at(saves.path())),
        world,
        chapter: Some(chapter.to_owned()),
        slot: None,
        seed: Some(seed),
        reader: Reader::default(),
        reload: None,
        clock: &Now::default,
        locked: true,
        shape: Shape::default(),
    };
    let mut out = Vec::new();
    run(setup, &mut Cursor::new(typed), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn random_plays_all_reach_an_ending() {
    plays(36);
}

#[test]
#[ignore = "takes a minute; run with --release"]
fn two_hundred_random_plays_all_reach_an_ending() {
    assert!(plays(200) >= 10);
}

/// Plays so many times; answers how many endings were seen.
fn plays(many: u64) -> usize {
    let mut x: u32 = 12_345;
    let mut endings = std::collections::BTreeSet::new();
    for play in 0..many {
        let chapter = ["siege", "aguda", "alliance"][(play % 3) as usize];
        let mut typed = String::new();
        for _ in 0..700 {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            typed.push_str(&format!("{}\n", 1 + (x >> 16) % 3));
        }
        let told = told(chapter, play, &typed);
        let last = &told[told.char_indices().rev().nth(900).map_or(0, |(at, _)| at)..];
        assert!(!told.contains("There is no way on"), "{chapter}, seed {play}: stuck\n{last}");
        let end = told.lines().find_map(|l| l.strip_prefix("THE END: "));
        let end = end.unwrap_or_else(|| panic!("{chapter}, seed {play}: no ending\n{last}"));
        endings.insert(end.to_owned());
    }
    endings.len()
}

/// A day in 2099, and one long before: the clock was wrong once, and is set right.
#[test]
fn a_clock_that_goes_back_does_not_make_an_old_play_the_newest() {
    let saves = tempfile::tempdir().unwrap();
    let desk = || Desk::new(chapters(), &book().world().id, Store::at(saves.path()));
    let play = |chapter: &str, unix: u64| {
        let (mut desk, now) = (desk(), Now { unix, since_start: 0 });
        desk.begin(chapter, None, 7, &[], Reader::default(), now).unwrap();
        let pick = desk.sitting().unwrap().picks().into_iter().find(|pick| pick.locked.is_none()).unwrap();
        desk.choose(&pick.kind, now).unwrap();
        desk.leave();
    };
    let newest = |unix: u64| {
        let entry = desk().latest(Now { unix, since_start: 0 }).unwrap();
        (entry.slot.to_string(), entry.summary.unwrap().moment.saved)
    };
    play("siege", 4_080_000_000);
    assert_eq!(newest(1_795_300_000), ("auto".to_owned(), 4_080_000_000), "there is no other");
    play("aguda", 1_795_300_000);
    assert_eq!(newest(1_795_300_060), ("auto".to_owned(), 1_795_300_000));
    // A clock that only goes back a little is believed.
    play("siege", 1_795_299_900);
    assert_eq!(newest(1_795_299_950).1, 1_795_300_000);
}

#[test]
fn the_last_choice_can_be_taken_back_behind_the_last_ending() {
    let ways = "1\n".repeat(700);
    let ended = told("siege", 3, &ways);
    assert!(ended.contains("THE END: "), "{ended}");
    // At the end a number is no choice any more; `undo` shows the page before it, and its choices lead on again.
    let typed = format!("{ways}undo\n1\n\nlook\n");
    let told = told("siege", 3, &typed);
    let (_, after) = told.split_once("(taken back)").unwrap();
    assert!(after.contains("1. ") && after.contains("THE END: "), "{after}");
    assert_eq!(after.matches("This is the end").count(), 1, "an empty line leaves: {after}");
}

#[test]
fn the_name_that_is_proposed_for_a_save_can_be_one() {
    let asked = told("siege", 7, "save\n");
    let (_, proposed) = asked.split_once("as in `").unwrap();
    let (proposed, _) = proposed.split_once('`').unwrap();
    let saved = told("siege", 7, &format!("1\n{proposed}\n"));
    assert!(saved.contains("Saved as `"), "{proposed}: {saved}");
}

#[test]
fn armies_are_told_under_the_map_they_stand_on() {
    let before = told("siege", 3, "map\n");
    assert!(before.contains("Zonghan (jin): Datong\n") && !before.contains("Zonghan's camp"), "{before}");
    let told = told("siege", 3, "1\n1\n1\n1\n1\n1\nmap\n");
    let (_, map) = told.split_once("> You are at ").unwrap();
    assert!(map.contains("\nHedong, and the roads to it:\nZonghan (jin): Chen village\n"), "{map}");
    assert!(map.contains("\nTaiyuan:\nZonghan (jin): Zonghan's camp\n"), "{map}");
}

/// What the program answers to lines at the prompt of a siege, with its saves in this folder.
fn answers(saves: &std::path::Path, typed: &str) -> String {
    let out = crate::cli::taiyuan(saves, &["play", "--plain", "--chapter", "siege", "--seed", "7"], typed);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn a_save_of_the_players_own_is_written_over_and_removed_only_when_asked_twice() {
    let saves = tempfile::tempdir().unwrap();
    let turn = || Store::at(saves.path()).load(&"ok".parse().unwrap()).ok().map(|o| o.save.summary.moment.turn);
    let first = answers(saves.path(), "1\nsave ok\n1\nsave ok\nlook\nsave ok\n");
    assert!(first.contains("Saved as `ok`.") && first.contains("`save ok` once more writes over it."), "{first}");
    assert_eq!(turn(), Some(1), "something else was asked in between");
    answers(saves.path(), "1\n1\nsave ok\nsave ok\n");
    assert_eq!(turn(), Some(2));
    let once = answers(saves.path(), "delete ok\nslots\ndelete ok\n");
    assert!(once.contains("once more removes it") && !once.contains("Removed"), "{once}");
    let twice = answers(saves.path(), "delete ok\ndelete ok\n");
    assert!(twice.contains("Removed `ok`.") && turn().is_none(), "{twice}");
    assert!(answers(saves.path(), "delete ok\n").contains("There is no save `ok`"));
}

#[test]
fn the_gentle_telling_is_set_at_the_prompt_and_kept() {
    let saves = tempfile::tempdir().unwrap();
    assert!(answers(saves.path(), "settings\n").contains("gentle off"));
    assert!(answers(saves.path(), "1\ngentle on\n").contains("gentle on"));
    assert!(answers(saves.path(), "options\n").contains("gentle on"));
    assert!(answers(saves.path(), "gentle\n").contains("`on` or `off`"));
}

#[test]
fn endings_and_what_speaks_of_a_word_are_found_at_the_prompt() {
    let saves = tempfile::tempdir().unwrap();
    let told = answers(saves.path(), "codex wall\nendings\n");
    assert!(told.contains("Nothing is called `wall`. Of what you know, these speak of it: Taiyuan."), "{told}");
    assert!(told.contains("Endings, 0 of ") && told.contains("\n- 16 not yet found\n"), "{told}");
    let title = crate::cli::taiyuan(saves.path(), &["--plain"], "endings\nhelp\nquit\n");
    let title = String::from_utf8(title.stdout).unwrap();
    assert!(title.contains("Endings, 0 of ") && title.contains("delete NAME"), "{title}");
}

#[test]
fn a_line_that_begins_as_the_prompt_does_is_the_prompt() {
    let saves = tempfile::tempdir().unwrap();
    let told = answers(saves.path(), "1\n2\nlook\n");
    assert_eq!(told.lines().filter(|line| line.starts_with('>')).count(), 4, "{told}");
    assert!(!told.contains("> >"), "{told}");
}

#[test]
fn what_was_found_and_cannot_be_read_is_told_of() {
    let saves = tempfile::tempdir().unwrap();
    answers(saves.path(), "1\n");
    for name in ["profile.ron", "settings.ron"] {
        std::fs::write(saves.path().join(name), "no list\n").unwrap();
        let _ = std::fs::remove_file(saves.path().join(format!("{name}.bak")));
        let told = answers(saves.path(), "");
        assert!(told.contains(&format!("(`{name}` cannot be read")), "{told}");
        std::fs::remove_file(saves.path().join(name)).unwrap();
    }
}
