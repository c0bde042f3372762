//! What stands on the boards, what is possible, and the medals between the two.

use std::path::Path;

use taiyuan::speedrun::{Category, History, Medal, Record, Source};

use crate::cli::taiyuan;
use crate::small;

/// A road of any length: a choice goes on or arrives, and a toll may be paid.
const ROAD: &str = r##"
    vars: {"toll": Int(range: (0, 9), start: 0, label: "Toll")},
    scenes: {
        "start": (text: "A road.", choices: [
            (id: "on", say: "Go on", again: true, to: "start"),
            (id: "pay", say: "Pay", again: true, do: ["toll += 1"], to: "start"),
            (id: "in", say: "Go in", to: "town"),
        ]),
        "town": (text: "A town.", ending: "there"),
    },
    endings: {"there": (title: "There", rank: 1)},
    runs: {
        "quick": (title: "Quick", about: "Be there.", start: "start", goal: "seen(town)", seed: 7, rank: Time,
            routes: [(seed: 7, proved: 3, found: 4, tracked: ["toll"]), (proved: 2), (least: "toll", proved: 0, found: 0)]),
        "cheap": (title: "Cheap", start: "start", goal: "seen(town)", rank: Least("toll"), routes: [(least: "toll", proved: 2, found: 2)]),
        "plain": (title: "Plain", start: "start", goal: "seen(town)", rank: Turns),
    },
"##;

/// Attempts, each typed at the prompt.
fn run(story: &Path, saves: &Path, args: &[&str], choices: &str) -> String {
    let input: String = format!("\n{}", choices.chars().map(|c| format!("{c}\n")).collect::<String>());
    let args = [&["run", "--plain", "--story", story.to_str().unwrap()], args].concat();
    let out = taiyuan(saves, &args, &input);
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.contains("verdict"), "{text}");
    text
}

fn said(story: &Path, saves: &Path, args: &[&str]) -> String {
    let out = taiyuan(saves, &[&["records", "--story", story.to_str().unwrap()], args].concat(), "");
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
    String::from_utf8(out.stdout).unwrap()
}

/// Times are not the same twice.
fn without_times(text: &str) -> String {
    let word = |word: &str| if word.contains("0:0") { "TIME".to_owned() } else { word.to_owned() };
    text.lines().map(|line| line.split(' ').map(word).collect::<Vec<_>>().join(" ") + "\n").collect()
}

#[test]
fn every_board_has_a_line() {
    let (story, saves) = (small::folder(ROAD), tempfile::tempdir().unwrap());
    let card = run(story.path(), saves.path(), &["quick"], "11113");
    assert!(card.contains("\nmedal      silver\n"), "{card}");
    run(story.path(), saves.path(), &["quick"], "1113");
    let card = run(story.path(), saves.path(), &["quick", "--seed", "9"], "3");
    assert!(!card.contains("medal"), "nothing is known of this seed\n{card}");
    run(story.path(), saves.path(), &["cheap"], "2223");
    let table = without_times(&said(story.path(), saves.path(), &[]));
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    let line = |board: &[&str]| lines.iter().find(|line| line.starts_with(board)).unwrap_or_else(|| panic!("{table}"));
    assert_eq!(line(&["seed", "7"])[3..], ["2", "2", "TIME", "4", "TIME", "red", "3-4"]);
    assert_eq!(line(&["seed", "9"])[3..], ["1", "1", "TIME", "1", "TIME", "-", "2", "or", "more"], "no play is known");
    assert!(table.contains("\nCheap (cheap), by toll\n"), "{table}");
    let cheap: Vec<_> = lines.iter().skip_while(|line| line.first() != Some(&"Cheap")).nth(1).unwrap().clone();
    assert_eq!(cheap[3..], ["1", "1", "TIME", "3", "TIME", "bronze", "2"]);
    let plain: Vec<_> = lines.iter().skip_while(|line| line.first() != Some(&"Plain")).nth(1).unwrap().clone();
    assert_eq!(plain[3..], ["0", "0", "-", "-", "-", "-", "-"]);
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
}

#[test]
fn a_category_says_what_is_known_and_what_is_next() {
    let (story, saves) = (small::folder(ROAD), tempfile::tempdir().unwrap());
    run(story.path(), saves.path(), &["quick"], "11113");
    let text = without_times(&said(story.path(), saves.path(), &["quick"]));
    let facts = "seed 7 (set)
  attempts        1, 1 finished
  personal best   TIME 5 choices (suspicious)
  least           toll 0
  golds           Quick TIME
  sum of best     TIME
  medal           silver; gold is 4 choices
  ceiling         4 choices at best so far, and never less than 3 (by a relaxation)
  ceiling         toll 0, proved to be the least, with the best luck of any seed
";
    assert!(text.ends_with(facts), "{text}");
    let json: serde_json::Value = serde_json::from_str(&said(story.path(), saves.path(), &["--json"])).unwrap();
    let board = &json[0]["boards"][0];
    assert_eq!((board["medal"].as_str(), board["fewest_choices"].as_u64()), (Some("silver"), Some(5)));
    assert_eq!(board["ceilings"][0]["proved"], 3);
    assert_eq!(board["ceilings"][1]["least"], "toll");
    assert_eq!(json[2]["boards"][0]["ceilings"], serde_json::json!([]));
}

#[test]
fn what_is_not_ranked_earns_nothing_and_what_is_proved_of_all_luck_holds_for_a_seed() {
    let chapter = small::chapter(&ROAD.replace("(proved: 2)", "(proved: 4)"));
    let category = Category::find([&chapter], "quick").unwrap();
    let rules = &taiyuan::engine::log::hex(&chapter.rules())[..16];
    let finish = "finish:(real:900,game:900,turns:4)";
    let line = format!("(started:1,rules:\"{rules}\",seed:7,source:Set,splits:[],{finish},flags:[made])\n");
    let record = Record::of(&History::read(&line), &category, 7, Source::Set);
    assert_eq!((record.board.attempts, record.turns, record.medal), (1, None, None));
    assert_eq!(record.ceilings(&category)[0].proved, 4);
    let record = Record::of(&History::read(&line.replace(",flags:[made]", "")), &category, 7, Source::Set);
    assert_eq!((record.turns, record.medal), (Some(4), Some(Medal::Red)));
}

#[test]
fn figures_are_no_rules() {
    let with = small::chapter(ROAD);
    let without = small::chapter(&ROAD.replace("found: 4", "found: 3"));
    assert_eq!(with.rules(), without.rules());
}

#[test]
fn an_attempt_that_should_not_count_is_struck_off_its_board_and_can_be_put_back() {
    let (story, saves) = (small::folder(ROAD), tempfile::tempdir().unwrap());
    run(story.path(), saves.path(), &["quick"], "11113");
    run(story.path(), saves.path(), &["quick"], "3");
    run(story.path(), saves.path(), &["quick", "--seed", "9"], "3");
    let splits = |more: &[&str]| {
        let args = [&["splits", "quick", "--story", story.path().to_str().unwrap()], more].concat();
        let out = taiyuan(saves.path(), &args, "");
        let error = String::from_utf8(out.stderr).unwrap();
        (out.status.code(), String::from_utf8(out.stdout).unwrap() + &error)
    };
    let (_, before) = splits(&[]);
    assert!(before.contains("2 attempts, 2 finished"), "{before}");
    assert!(before.lines().any(|line| line.starts_with("   2  ") && line.contains("  1 choice; replay ")), "{before}");
    assert!(before.lines().any(|line| line.contains("  5 choices; suspicious; replay ")), "typed at once\n{before}");
    let (code, struck) = splits(&["--strike", "2"]);
    assert_eq!(code, Some(0));
    assert!(struck.contains("Attempt 2 is struck off") && struck.contains("2 attempts, 1 finished"), "{struck}");
    let record = said(story.path(), saves.path(), &["quick"]);
    let (own, _) = record.split_once("seed 9").unwrap();
    assert!(own.contains(" 5 choices (suspicious)\n") && own.contains("medal           silver"), "{record}");
    let (_, csv) = splits(&["--csv"]);
    assert!(csv.lines().nth(2).unwrap().contains(",\"struck off\","), "{csv}");
    splits(&["--restore", "2"]);
    assert!(splits(&[]).1.contains("2 attempts, 2 finished"));
    let (code, none) = splits(&["--strike", "3"]);
    assert!(code == Some(2) && none.contains("no attempt 3 on this board: it has 2"), "{none}");
}
