//! What becomes of replays that were changed, cut off, or are none.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;
use taiyuan::speedrun::verify::{Verdict, judge};
use taiyuan::speedrun::{Category, Replay, Source, record::made};

use crate::cli::taiyuan;
use crate::replays::{chapters, recorded};

fn verdict(text: &str) -> Verdict {
    judge(text.as_bytes(), &chapters()).verdict
}

fn said(text: &str) -> String {
    let verdict = verdict(text);
    format!("{} {verdict}", verdict.word())
}

/// The recorded Moon run with one line changed.
fn changed(at: usize, change: impl Fn(&str) -> String) -> String {
    let text = recorded("siege-moon");
    let line = |(n, line): (usize, &str)| if n == at { change(line) } else { line.to_owned() };
    text.lines().enumerate().map(line).map(|line| line + "\n").collect()
}

/// The line of the recorded Moon run that holds this step, from 0.
fn line_of(step: usize) -> usize {
    let text = recorded("siege-moon");
    let steps = text.lines().enumerate().filter(|(_, line)| line.starts_with("Step("));
    steps.map(|(at, _)| at).nth(step - 1).unwrap()
}

#[test]
fn a_changed_step_is_refused_by_its_number() {
    let time = changed(line_of(12), |line| line.replacen("at:", "at:1", 1));
    assert!(said(&time).starts_with("INVALID step 12, `"), "{}", said(&time));
    let choice = changed(line_of(31), |line| line.replacen("choice:\"", "choice:\"x", 1));
    assert!(said(&choice).starts_with("INVALID step 31, `x"), "{}", said(&choice));
    // The step, and what is noted of it.
    let fifth = line_of(5);
    let dropped = recorded("siege-moon")
        .lines()
        .enumerate()
        .filter(|(at, _)| !(fifth..=fifth + 1).contains(at))
        .map(|(_, l)| format!("{l}\n"))
        .collect::<String>();
    assert!(said(&dropped).starts_with("INVALID step 5, `"), "{}", said(&dropped));
}

#[test]
fn a_changed_head_and_a_changed_claim_are_refused() {
    let seed = changed(2, |line| line.replace("seed:1126", "seed:1127"));
    assert_eq!(said(&seed), "INVALID its head was changed, the seal does not fit");
    let lines = recorded("siege-moon").lines().count();
    let faster = changed(lines - 1, |line| line.replacen("real:", "real:1", 1));
    assert_eq!(said(&faster), "INVALID its end was changed, the seal does not fit");
}

#[test]
fn a_replay_that_is_cut_off_says_how_far_it_goes() {
    let text = recorded("siege-moon");
    let cut = text.lines().take(line_of(17) + 1).map(|line| format!("{line}\n")).collect::<String>();
    assert_eq!(said(&cut), "INVALID not finished: it stops after step 17");
    let torn = &cut[..cut.len() - 5];
    assert_eq!(said(torn), "INVALID not finished: it stops after step 16");
}

#[test]
fn what_is_no_replay_of_this_program_is_named() {
    assert_eq!(said(""), "INVALID not a replay of this game");
    assert_eq!(said("taiyuan-save 1 1055 ee597e35\n"), "INVALID not a replay of this game");
    let newer = said(&recorded("siege-moon").replace("taiyuan-replay 1", "taiyuan-replay 2"));
    assert!(newer.starts_with("INVALID written by a newer version of the game (replay format 2"), "{newer}");
    let long = "x".repeat(10 << 20);
    assert_eq!(said(&long), "INVALID too long for a replay: more than 2097152 bytes");
    let other = said(&changed(1, |line| line.replace("story:\"taiyuan\"", "story:\"fen\"")));
    assert_eq!(other, "INVALID a run of another story, `fen`");
    let third = line_of(3);
    let broken = said(&changed(third, |line| line.replace("Step(", "Stop(")));
    assert!(broken.starts_with(&format!("INVALID damaged: line {}, behind step 2: ", third + 1)), "{broken}");
}

/// Whoever seals a replay anew can claim what they like, and is found out by playing it.
#[test]
fn a_resealed_lie_is_found_out() {
    let replay = Replay::read(recorded("siege-moon").as_bytes()).unwrap();
    let chapters = chapters();
    let category = Category::find(&chapters, "moon").unwrap();
    let choices = |replay: &Replay| -> Vec<(String, u64)> {
        replay.leg().steps.iter().map(|s| (s.choice.clone(), s.at.unwrap())).collect()
    };
    let weekly = Source::Weekly("2026-W47".to_owned());
    let weekly = made(&category, (1126, weekly), 0, choices(&replay)).unwrap().write().unwrap();
    assert_eq!(said(&weekly), "INVALID 1126 is not the seed it says it is (week 2026-W47)");
    let mut late = choices(&replay);
    late[5].1 = 1;
    let late = made(&category, (1126, Source::Set), 0, late).unwrap().write().unwrap();
    assert!(said(&late).starts_with("INVALID step 6: at 1 ms, after something at"), "{}", said(&late));
}

/// The Moon run as it is written today, with its figures.
static FRESH: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let replay = Replay::read(recorded("siege-moon").as_bytes()).unwrap();
    let category = Category::find(&chapters(), "moon").unwrap();
    let choices = replay.leg().steps.iter().map(|s| (s.choice.clone(), s.at.unwrap()));
    let text = made(&category, (1126, Source::Set), 0, choices).unwrap().write().unwrap();
    assert!(text.contains("\nThen("), "{text}");
    text.into_bytes()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_changed_byte_is_noticed(at in 0_usize..1_000_000, with in any::<u8>(), fresh in any::<bool>()) {
        let was = if fresh { FRESH.clone() } else { recorded("siege-moon").into_bytes() };
        let mut bytes = was.clone();
        let at = at % bytes.len();
        prop_assume!(bytes[at] != with);
        bytes[at] = with;
        let was = Replay::read(&was).unwrap();
        // What reads the same is the same replay: white space, a digit more.
        if Replay::read(&bytes).is_ok_and(|now| now == was) { return Ok(()); }
        let verdict = judge(&bytes, &chapters()).verdict;
        prop_assert!(matches!(verdict, Verdict::Invalid(_)), "{verdict:?}");
    }
}

#[test]
fn the_command_says_the_verdict_first_and_answers_with_its_code() {
    let file = |name: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/replays").join(name);
    let program = || std::process::Command::new(env!("CARGO_BIN_EXE_taiyuan"));
    let dir = tempfile::tempdir().unwrap();
    let cut = dir.path().join("cut.replay");
    fs::write(&cut, &recorded("siege-moon")[..900]).unwrap();
    let out = program().arg("verify").arg(file("siege-moon.replay")).arg(&cut).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert!(text.starts_with("UNRANKED "), "{text}");
    assert!(text.contains("\nINVALID "), "{text}");
    let out = program().arg("verify").arg(dir.path().join("absent")).output().unwrap();
    assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0));
    let out = program().args(["replay", "text"]).arg(file("siege-moon.replay")).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.contains("Wenshui") && text.contains("--- finished in "), "{text}");
}

#[test]
fn a_recording_is_one_that_players_show_and_no_moment_of_it_is_long() {
    let dir = tempfile::tempdir().unwrap();
    let replay = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replays/siege-moon.replay");
    let cast = dir.path().join("moon.cast");
    let args = ["replay", replay, "--idle", "2", "--cast", cast.to_str().unwrap()];
    assert_eq!(taiyuan(dir.path(), &args, "").status.code(), Some(0));
    let text = fs::read_to_string(&cast).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines[0]["version"].as_u64(), lines[0]["width"].as_u64()), (Some(2), Some(80)));
    let times: Vec<f64> = lines[1..].iter().map(|line| line[0].as_f64().unwrap()).collect();
    assert!(times.windows(2).all(|pair| (0.0..=4.0).contains(&(pair[1] - pair[0]))), "{times:?}");
    let replay = Replay::read(recorded("siege-moon").as_bytes()).unwrap();
    let shown: Vec<&str> = lines[1..].iter().map(|line| line[2].as_str().unwrap()).collect();
    let screens: Vec<&str> = shown.iter().copied().filter(|words| words.starts_with("\u{1b}[H\u{1b}[2J")).collect();
    assert!(screens.len() > replay.leg().steps.len() + 1, "a page before each choice and after the last, some longer");
    assert!(screens.iter().all(|screen| screen.matches('\n').count() < 30), "each fits the screen");
    assert!(screens[0].contains("[") && screens[1].contains("1. "), "a long page from its head to its choices");
    let last: Vec<f64> = times[times.len() - 4..].to_vec();
    assert!(last.windows(2).all(|pair| pair[0] < pair[1]), "the parts of the last page one after the other: {last:?}");
    assert!(shown[shown.len() - 2].contains(&replay.end.unwrap().seal), "the seal by which it is known");
}

#[test]
fn two_runs_are_compared_split_by_split() {
    let dir = tempfile::tempdir().unwrap();
    let chapters = chapters();
    let category = Category::find(&chapters, "moon").unwrap();
    let old = Replay::read(recorded("siege-moon").as_bytes()).unwrap();
    let quick = old.leg().steps.iter().map(|s| (s.choice.clone(), s.at.unwrap() / 2)).collect::<Vec<_>>();
    let quick = made(&category, (1126, Source::Set), 0, quick).unwrap();
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    fs::write(&a, old.write().unwrap()).unwrap();
    fs::write(&b, quick.write().unwrap()).unwrap();
    let diff = |a: &PathBuf, b: &PathBuf| {
        taiyuan(dir.path(), &["replay", "diff", a.to_str().unwrap(), b.to_str().unwrap()], "")
    };
    let out = diff(&a, &b);
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(0), "the same choices");
    let same = format!("They make the same {} choices.", old.leg().steps.len());
    assert!(text.contains(&same) && text.contains("gained by B"), "{text}");
    let river = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/replays/siege-river.replay");
    let out = diff(&a, &river);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8(out.stderr).unwrap().contains("`siege/moon` and `siege/river` cannot be compared"));
}
