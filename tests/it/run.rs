//! Runs against the clock, played at the prompt of the real program.

use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use taiyuan::engine::dice::Keyed;
use taiyuan::engine::look::open_choices;
use taiyuan::engine::step::{begin, find, step};
use taiyuan::saves::Profile;
use taiyuan::speedrun::{Category, History, Replay};

use crate::cli::taiyuan;
use crate::replays::{chapters, recorded};

/// The digits that play the choices of a recorded run.
pub(crate) fn digits(name: &str) -> (Category, Vec<String>) {
    let replay = Replay::read(recorded(name).as_bytes()).unwrap();
    let category = Category::find(&chapters(), &replay.header.category).unwrap();
    let (chapter, run) = (category.chapter(), category.run());
    let mut state = begin(chapter, run.start, replay.log.seed, &run.given, &mut Keyed, &mut ());
    let digit = |one: &taiyuan::engine::log::Step| {
        let choice = find(chapter, &state, &one.choice).unwrap();
        let at = open_choices(chapter, &state).position(|c| c == choice).unwrap();
        step(chapter, &mut state, choice).unwrap();
        (at + 1).to_string()
    };
    let digits = replay.leg().steps.iter().map(digit).collect();
    (category, digits)
}

fn run(saves: &Path, args: &[&str], input: &str) -> String {
    let out = taiyuan(saves, &[&["run", "--plain"], args].concat(), input);
    let (text, error) = (String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap());
    assert_eq!((out.status.code(), error.as_str()), (Some(0), ""), "{text}");
    text
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}

fn history(saves: &Path, name: &str) -> History {
    History::read(&fs::read_to_string(saves.join("runs").join(format!("taiyuan-siege-{name}.ron"))).unwrap())
}

#[test]
fn a_run_that_reaches_the_goal_leaves_a_replay_that_verifies_and_an_attempt() {
    let saves = tempfile::tempdir().unwrap();
    let (_, digits) = digits("siege-break_out");
    let input = format!("\n{}\n", digits.join("\n"));
    let text = run(saves.path(), &["break_out"], &input);
    assert!(text.contains("(Day 21 "), "a split is told when it is passed\n{text}");
    // A pipe is quicker than any reader, and the verdict says so.
    assert!(text.contains("\nverdict    SUSPICIOUS "), "{text}");
    let replays = files(&saves.path().join("replays"));
    assert_eq!(replays.len(), 1, "{replays:?}");
    let verified = taiyuan(saves.path(), &["verify", replays[0].to_str().unwrap()], "");
    assert!(verified.stdout.starts_with(b"SUSPICIOUS "));
    // By the name that the last page gave it, too, from any folder.
    let name = replays[0].file_name().unwrap().to_str().unwrap();
    for name in [name, name.strip_suffix(".replay").unwrap()] {
        assert!(taiyuan(saves.path(), &["verify", name], "").stdout.starts_with(b"SUSPICIOUS "), "{name}");
        assert!(taiyuan(saves.path(), &["replay", "text", name], "").status.success(), "{name}");
    }
    let attempts = history(saves.path(), "break_out").attempts;
    assert_eq!(attempts.len(), 1);
    let turns = attempts[0].finish.as_ref().unwrap().turns;
    assert_eq!(turns as usize, digits.len());
    let again = run(saves.path(), &["break_out"], "\nsplits\n");
    assert!(again.contains("attempt  2\nbest     0:0"), "{again}");
}

#[test]
fn a_reset_and_leaving_count_as_attempts_once_something_was_chosen() {
    let saves = tempfile::tempdir().unwrap();
    let text = run(saves.path(), &["river", "--seed", "7"], "\nreset\n1\nreset\n1\n1\nnew\nquit\n");
    assert!(text.contains("seed     7 (typed)"), "{text}");
    assert!(text.contains("(attempt 2, seed 7, typed)"), "{text}");
    assert!(text.contains("(attempt 1, seed ") && text.contains(", random)"), "{text}");
    let attempts = history(saves.path(), "river").attempts;
    assert_eq!(attempts.iter().map(|a| a.seed).collect::<Vec<_>>(), [7, 7]);
    assert_eq!(files(&saves.path().join("replays")), Vec::<PathBuf>::new());
}

#[test]
fn a_run_whose_program_was_killed_counts_up_to_its_last_choice() {
    let saves = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_taiyuan"))
        .args(["run", "nine_months", "--plain"])
        .env("TAIYUAN_SAVES", saves.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.as_mut().unwrap().write_all(b"\n1\n1\n1\nsplits\n").unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let _ = lines.map_while(Result::ok).find(|line| line.starts_with("now "));
    child.kill().unwrap();
    child.wait().unwrap();
    let text = run(saves.path(), &["nine_months"], "");
    assert!(text.contains("(an attempt that was cut off is counted, as far as it got)"), "{text}");
    assert!(text.contains("attempt  2"), "{text}");
    let replays = files(&saves.path().join("replays"));
    let kept = Replay::read(&fs::read(&replays[0]).unwrap()).unwrap();
    assert!(replays[0].to_str().unwrap().ends_with("-unfinished.replay"), "{replays:?}");
    assert_eq!((kept.leg().steps.len(), kept.end), (3, None));
}

/// The program died between the last line of a replay and its name.
#[test]
fn a_run_that_was_won_and_has_no_name_yet_is_not_lost_and_counts_once() {
    let saves = tempfile::tempdir().unwrap();
    let (_, digits) = digits("siege-break_out");
    let input = format!("\n{}\n", digits.join("\n"));
    run(saves.path(), &["break_out"], &input);
    let [replay] = &files(&saves.path().join("replays"))[..] else { panic!("one replay") };
    let won = fs::read(replay).unwrap();
    let finished = |saves: &Path| history(saves, "break_out").attempts.iter().filter(|a| a.finish.is_some()).count();
    let die = || fs::write(replay.with_file_name(".running-1"), &won).unwrap();

    // It had its name already, and only the other one was left.
    die();
    run(saves.path(), &["break_out"], "");
    assert_eq!((files(&saves.path().join("replays")), finished(saves.path())), (vec![replay.clone()], 1));

    // Neither had it its name nor was it listed.
    fs::remove_file(replay).unwrap();
    fs::remove_dir_all(saves.path().join("runs")).unwrap();
    die();
    let text = run(saves.path(), &["break_out"], "");
    assert!(text.contains("attempt  2\nbest     0:0"), "{text}");
    assert_eq!(fs::read(replay).unwrap(), won);
    assert_eq!(finished(saves.path()), 1);
}

#[test]
fn a_run_that_was_cut_off_waits_for_its_own_story() {
    let saves = tempfile::tempdir().unwrap();
    let cut = recorded("siege-moon").lines().take(8).map(|line| format!("{line}\n")).collect::<String>();
    let cut = cut.replacen("story:\"taiyuan\"", "story:\"fen\"", 1);
    fs::create_dir(saves.path().join("replays")).unwrap();
    fs::write(saves.path().join("replays/.running-1"), &cut).unwrap();
    run(saves.path(), &["moon"], "\n1\n");
    assert_eq!(fs::read_to_string(saves.path().join("replays/.running-1")).unwrap(), cut);
}

#[test]
fn what_can_be_looked_up_in_a_story_can_be_in_a_run_and_what_a_run_forbids_is_said() {
    let saves = tempfile::tempdir().unwrap();
    let asked = |words: &str| run(saves.path(), &["nine_months", "--seed", "7"], &format!("\n{words}\nquit\n"));
    let silent = asked("");
    assert!(asked("stats").contains("Grain: "), "{}", asked("stats"));
    assert!(asked("inventory").len() > silent.len());
    assert!(asked("map").contains("You are at "));
    let page = |text: &str| text.matches("\n1. ").count();
    assert_eq!(page(&asked("look")), page(&silent) + 1, "the page again");
    assert!(asked("undo").contains("Nothing is taken back in a run."));
    assert!(asked("save here").contains("A run is not saved"));
    let help = asked("help");
    assert!(help.contains("reset") && !help.contains("mark, return"), "{help}");
    let paused = asked("pause\nstats\nhelp\n");
    assert!(!paused.contains("Grain: ") && paused.contains("(paused; Enter goes on)"), "{paused}");
    assert!(!asked("exit").contains("nothing known"), "leaving has the same words as in a story");
    assert!(!saves.path().join("runs").exists(), "nothing was chosen");
}

#[test]
fn what_a_run_finds_is_found_once_it_is_over_and_the_story_does_not_go_on_from_it() {
    let saves = tempfile::tempdir().unwrap();
    let profile = saves.path().join("profile.ron");
    let (category, digits) = digits("siege-break_out");
    run(saves.path(), &["break_out"], &format!("\n{}\nquit\n", digits[..3].join("\n")));
    assert!(!profile.exists(), "nothing is written of an attempt that was left");
    for times in 1..=2 {
        run(saves.path(), &["break_out"], &format!("\n{}\n", digits.join("\n")));
        let read = Profile::read(&fs::read_to_string(&profile).unwrap()).unwrap();
        let known = read.of("taiyuan").unwrap();
        let endings: Vec<_> = known.endings.iter().map(|(id, found)| (id.as_str(), found.times)).collect();
        assert_eq!(endings, [("siege/break_out", times)]);
        assert!(known.finished.is_empty() && !known.people.is_empty(), "{known:?}");
        assert_eq!(category.chapter().id, "siege");
    }
}

#[test]
fn the_readme_has_the_rules() {
    let saves = tempfile::tempdir().unwrap();
    let out = taiyuan(saves.path(), &["run", "--rules"], "");
    let rules = String::from_utf8(out.stdout).unwrap();
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("<!-- rules -->\n```text\n").unwrap();
    assert_eq!(rest.split_once("```\n<!-- /rules -->").unwrap().0, rules);
}

#[test]
fn what_is_asked_for_wrongly_is_answered_with_what_there_is() {
    let saves = tempfile::tempdir().unwrap();
    let said = |args: &[&str]| {
        let out = taiyuan(saves.path(), args, "");
        assert_eq!(out.status.code(), Some(2));
        String::from_utf8(out.stderr).unwrap()
    };
    assert!(said(&["run", "rivr"]).contains("there is no category `rivr`; there are any, nine_months, river"));
    let seed = said(&["run", "river", "--seed", "eleven"]);
    assert!(seed.contains("`eleven` is no seed: a number, `set`, `weekly`, `random` or `race:PHRASE`"), "{seed}");
}

#[test]
fn the_same_phrase_is_the_same_seed_and_a_folder_that_cannot_be_written_costs_no_run() {
    let saves = tempfile::tempdir().unwrap();
    let seed = |text: &str| text.lines().find(|l| l.starts_with("seed ")).unwrap().to_owned();
    let one = run(saves.path(), &["river", "--seed", "race:room 7"], "");
    assert_eq!(seed(&one), seed(&run(saves.path(), &["moon", "--seed", "race:room 7"], "")));
    assert!(seed(&one).ends_with("(race “room 7”)"), "{one}");
    let file = saves.path().join("file");
    fs::write(&file, "").unwrap();
    let text = run(&file, &["river"], "\n1\n1\n");
    assert!(text.contains("(not kept: "), "{text}");
    assert!(text.contains("Captain Du goes out"), "the run goes on\n{text}");
}
