//! A run on a real terminal.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::tty::Tty;
use crate::run::digits;

/// The Break-out category, ready, on a screen of this size.
fn ready(saves: &Path, columns: u16, rows: u16, more: &[&str]) -> Tty {
    let args = [&["run", "break_out"], more].concat();
    let mut tty = Tty::start(&args, saves, &[("COLORTERM", "truecolor")]);
    tty.resize(columns, rows);
    tty.sees("Enter starts the clock.");
    tty
}

/// The same, begun.
fn begun(saves: &Path, columns: u16, rows: u16, more: &[&str]) -> Tty {
    let mut tty = ready(saves, columns, rows, more);
    tty.send("\r");
    tty.sees("› Day 21");
    tty
}

/// The time on the screen, in milliseconds.
fn clock(tty: &Tty) -> u64 {
    let text = tty.text();
    let time = text.split_whitespace().find(|word| word.contains(':') && word.contains('.')).unwrap_or_default();
    let digits = |part: &str| part.parse::<u64>().unwrap_or_else(|_| panic!("no clock on\n{text}"));
    let (minutes, rest) = time.split_once(':').unwrap();
    let (seconds, ms) = rest.split_once('.').unwrap();
    (digits(minutes) * 60 + digits(seconds)) * 1_000 + digits(ms)
}

#[test]
fn a_run_is_begun_played_reset_paused_and_left() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = ready(saves.path(), 100, 30, &[]);
    tty.sees("seed            1126 (set)");
    tty.send("\r");
    tty.sees("› Day 21");
    tty.sees("attempt 1");
    tty.send("1");
    tty.sees("choices                          1");
    tty.send("p");
    tty.sees("paused");
    assert!(!tty.text().contains("Day 3"), "a pause hides the page\n{}", tty.text());
    tty.send("1");
    tty.send("p");
    tty.sees("choices                          1");
    tty.send("\x12");
    tty.sees("attempt 2");
    tty.sees("choices                          0");
    tty.send("\x0e");
    tty.sees("random");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    tty.given_back();
    let kept = fs::read_to_string(saves.path().join("runs/taiyuan-siege-break_out.ron")).unwrap();
    assert_eq!(kept.lines().count(), 1, "one attempt got as far as a choice\n{kept}");
}

#[test]
fn the_clock_runs_by_itself_and_draws_little() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = begun(saves.path(), 80, 24, &[]);
    let (from, bytes) = (clock(&tty), tty.raw.len());
    let started = Instant::now();
    tty.wait("the clock", |screen| started.elapsed() > Duration::from_secs(1) && !screen.contents().is_empty());
    let (passed, drawn) = (clock(&tty) - from, tty.raw.len() - bytes);
    assert!((800..3_000).contains(&passed), "{passed} ms");
    assert!(drawn < 4_000, "{drawn} bytes for a second of a page nobody touched");
}

#[test]
fn a_run_that_is_won_shows_its_card_and_leaves_its_replay() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = ready(saves.path(), 100, 30, &[]);
    tty.send("\r");
    let (_, digits) = digits("siege-break_out");
    tty.send(&digits.concat());
    tty.sees("SUSPICIOUS: ");
    tty.sees("personal best");
    let card = tty.text();
    assert!(card.contains(&digits.len().to_string()), "{card}");
    let replays: Vec<_> = fs::read_dir(saves.path().join("replays")).unwrap().collect();
    let replay = replays[0].as_ref().unwrap().path();
    let verified = crate::cli::taiyuan(saves.path(), &["verify", replay.to_str().unwrap()], "");
    assert!(verified.stdout.starts_with(b"SUSPICIOUS "), "a pipe of keys is no reader");
    tty.send("\r");
    tty.sees("the card");
    assert!(!tty.text().contains("sum of best                     -"), "it is the best now\n{}", tty.text());
    tty.send("\x12");
    tty.sees("attempt 2");
    tty.sees("personal best               0:");
    tty.send("1");
    tty.sees("best chose here");
    tty.send("\x03");
    assert_eq!(tty.exit(), 130);
    tty.given_back();
}

#[test]
fn a_replay_is_watched_at_any_speed_and_step_by_step() {
    let saves = tempfile::tempdir().unwrap();
    let replay = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replays/siege-moon.replay");
    let mut tty = Tty::start(&["replay", replay], saves.path(), &[("COLORTERM", "truecolor")]);
    tty.resize(100, 30);
    tty.sees("speed                         100%");
    tty.send("p");
    tty.sees("stopped, 100%");
    tty.send("]");
    tty.sees("choices                          1");
    tty.send("n");
    tty.sees("› Day 21");
    tty.send("[");
    tty.sees("› The first assault");
    tty.send("++++p");
    tty.sees("1600%");
    tty.send("nnnnnnnnnnn");
    tty.sees("the last page");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    tty.given_back();
    assert!(!saves.path().join("runs").exists(), "watching is no attempt");
}

#[test]
fn practice_says_so_and_steps_back() {
    let saves = tempfile::tempdir().unwrap();
    let replay = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replays/siege-moon.replay");
    let args = ["practice", "--replay", replay, "--from", "phase4"];
    let mut tty = Tty::start(&args, saves.path(), &[("COLORTERM", "truecolor")]);
    tty.resize(100, 30);
    tty.sees("Enter starts the clock.");
    tty.send("\r");
    tty.sees("practice, not ranked");
    tty.sees("the best chooses");
    // The fourth split of the run is where the phase begins.
    let recorded = std::fs::read_to_string(replay).unwrap();
    let turn = recorded.split("turn:").nth(4).and_then(|rest| rest.split(')').next()).unwrap();
    let turn: usize = turn.parse().unwrap();
    tty.send("1");
    tty.sees(&format!("choices {:>26}", turn + 1));
    tty.send("u");
    tty.sees(&format!("choices {turn:>26}"));
    tty.send("o");
    tty.sees("luck                          high");
    tty.send("m");
    tty.sees("+ closer   - farther");
    tty.send("\x1b");
    tty.sees("luck                          high");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    assert!(!saves.path().join("runs").exists(), "practice is no attempt");
}

#[test]
fn every_size_shows_the_clock_and_nothing_else_stops_it() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = ready(saves.path(), 100, 30, &[]);
    tty.send("\r");
    for (columns, rows) in [(80, 24), (40, 12), (200, 50), (40, 10)] {
        tty.resize(columns, rows);
        tty.sees("0:0");
    }
    tty.resize(39, 9);
    tty.sees("too small");
    tty.resize(80, 24);
    tty.sees("› Day 21");
    let before = clock(&tty);
    tty.send("i");
    tty.sees("You carry");
    let over = clock(&tty);
    assert!(over > before, "the clock is seen over things as well");
    tty.send("\x1b");
    tty.sees("› Day 21");
    tty.resize(120, 40);
    tty.sees("personal best");
    tty.send("t");
    tty.wait("no splits", |screen| !screen.contents().contains("personal best"));
    assert!(clock(&tty) > over && tty.text().contains("Resolve"), "{}", tty.text());
}

#[test]
fn a_split_that_was_passed_and_the_one_run_to_are_told_apart_without_a_best() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = begun(saves.path(), 80, 24, &[]);
    let (_, digits) = digits("siege-break_out");
    tty.send(&digits[..10].concat());
    tty.sees("Day 21 passed ");
    tty.sees("› Day 58");
}

#[test]
fn an_attempt_that_ends_without_its_goal_leaves_a_replay_to_learn_from() {
    let story = crate::small::folder(
        r##"scenes: {
            "start": (text: "A road.", choices: [(id: "off", say: "Off", to: "ditch"), (id: "in", say: "In", to: "town")]),
            "ditch": (text: "A ditch.", ending: "wet"),
            "town": (text: "A town.", ending: "there"),
        },
        endings: {"there": (title: "There", rank: 1), "wet": (title: "Wet", rank: 2)},
        runs: {"road": (title: "Road", start: "start", goal: "seen(town)", seed: 7, rank: Time)},"##,
    );
    let (saves, folder) = (tempfile::tempdir().unwrap(), story.path().to_str().unwrap());
    let mut tty = Tty::start(&["run", "road", "--story", folder], saves.path(), &[]);
    tty.resize(100, 30);
    tty.sees("Enter starts the clock.");
    tty.send("\r");
    tty.sees("choices                          0");
    tty.send("1");
    tty.sees("the goal was not reached");
    let card = tty.text();
    let name = card.split_whitespace().find(|word| word.ends_with("-lost")).unwrap_or_else(|| panic!("{card}"));
    tty.send("\x12");
    tty.sees("attempt 2");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    let said = crate::cli::taiyuan(saves.path(), &["replay", "text", name, "--story", folder], "");
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("> Off") && said.contains("A ditch."), "{said}");
    let splits = crate::cli::taiyuan(saves.path(), &["splits", "road", "--story", folder], "");
    let splits = String::from_utf8(splits.stdout).unwrap();
    assert!(splits.contains("1 attempts, 0 finished") && splits.contains(name), "{splits}");
}

#[test]
fn without_a_panel_the_splits_lie_over_the_page_and_back() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = begun(saves.path(), 80, 24, &[]);
    assert!(!tty.text().contains("best possible"), "{}", tty.text());
    tty.send("t");
    tty.sees("sum of best");
    tty.send("t");
    tty.sees("choose");
    assert!(!tty.text().contains("sum of best"), "{}", tty.text());
}

#[test]
fn help_names_the_keys_that_do_something_here() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = begun(saves.path(), 100, 60, &[]);
    tty.send("?");
    tty.sees("give up and begin again");
    let run = tty.text();
    assert!(!run.contains("take back") && !run.contains("quick"), "{run}");
    tty.send("\x1b");
    tty.sees("choose");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);

    let replay = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replays/siege-moon.replay");
    let mut tty = Tty::start(&["replay", replay], saves.path(), &[]);
    tty.resize(80, 24);
    tty.sees("replay 100%");
    tty.send("p");
    tty.sees("stopped");
    tty.send("?");
    tty.sees("faster");
    assert!(!tty.text().contains("give up and begin again"), "{}", tty.text());
}

#[test]
fn a_replay_says_on_what_it_was_played_and_one_that_was_stopped_is_not_ranked() {
    let story = crate::small::folder(
        r##"scenes: {
            "start": (text: "A road.", choices: [(id: "on", say: "On", again: true), (id: "in", say: "In", to: "town")]),
            "town": (text: "A town.", ending: "there"),
        },
        endings: {"there": (title: "There", rank: 1)},
        runs: {"road": (title: "Road", start: "start", goal: "seen(town)", seed: 7, rank: Time)},"##,
    );
    let saves = tempfile::tempdir().unwrap();
    let folder = story.path().to_str().unwrap();
    let mut tty = Tty::start(&["run", "road", "--story", folder], saves.path(), &[]);
    tty.resize(100, 30);
    tty.sees("Enter starts the clock.");
    tty.send("\r");
    tty.sees("choices                          0");
    tty.resize(120, 40);
    tty.send("1");
    tty.sees(&format!("choices{:>37}", 1));
    let text = tty.text();
    let seal = text.split("seal").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap().to_owned();
    tty.send("p");
    tty.sees("paused");
    tty.send("p");
    tty.send("2");
    tty.sees("the first");
    tty.send("\x12");
    tty.sees("attempt 2");
    tty.send("1");
    tty.sees(&format!("choices{:>37}", 1));
    tty.send("\x1a");
    #[cfg(target_os = "linux")]
    tty.stopped();
    tty.signal("CONT");
    tty.sees("the program was stopped");
    tty.send("2");
    tty.sees("UNRANKED");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    let mut replays: Vec<_> = fs::read_dir(saves.path().join("replays")).unwrap().map(|e| e.unwrap().path()).collect();
    replays.sort_by_key(|path| path.metadata().unwrap().modified().unwrap());
    let said = |at: usize| {
        let args = ["verify", "--story", folder, replays[at].to_str().unwrap()];
        String::from_utf8(crate::cli::taiyuan(saves.path(), &args, "").stdout).unwrap()
    };
    let first = said(0);
    assert!(first.starts_with("VALID "), "{first}");
    assert!(first.contains("on a screen of 100x30, resized on the way, a pause of 0:0"), "{first}");
    let shown = ["replay", "text", "--story", folder, replays[0].to_str().unwrap()];
    let shown = String::from_utf8(crate::cli::taiyuan(saves.path(), &shown, "").stdout).unwrap();
    let step = shown.lines().find(|line| line.starts_with("--- 1. ")).unwrap();
    assert!(step.ends_with(&seal), "the seal on the screen, {seal}, is that of the file\n{shown}");
    let second = said(1);
    assert!(second.starts_with("UNRANKED ") && second.contains("the program was stopped"), "{second}");
    assert!(second.contains("on a screen of 120x40\n"), "{second}");
}
