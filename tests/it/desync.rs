//! A story that does something else than when it was run: the verdict says from which step on, and in what.

use std::path::{Path, PathBuf};

use taiyuan::engine::log::{Leg, hex};
use taiyuan::speedrun::record::made;
use taiyuan::speedrun::replay::Pen;
use taiyuan::speedrun::{Category, Replay, Source};

use crate::cli::taiyuan;
use crate::small;

const SHOP: &str = r##"
    vars: {"coins": Int(range: (0, 99), start: 20), "mood": Word(of: ["glad", "sour"], start: "glad")},
    items: {"rope": (name: "a rope", max: 3)},
    scenes: {
        "start": (text: "A shop.", choices: [
            (id: "buy", say: "Buy", again: true, do: ["coins -= 5", "give(rope)"], to: "start"),
            (id: "haggle", say: "Haggle", do: ["coins += 1"], to: "yard"),
        ]),
        "yard": (text: "A yard.", choices: [(id: "out", say: "Out", to: "street")]),
        "street": (text: "The street.", ending: "out"),
    },
    endings: {"out": (title: "Out", rank: 1)},
    runs: {"quick": (title: "Quick", start: "start", goal: "seen(street)", seed: 7, rank: Time)},
"##;

/// A run in the shop as it was.
fn run(dir: &Path) -> PathBuf {
    let chapter = small::chapter(SHOP);
    let category = Category::find([&chapter], "quick").unwrap();
    let choices = ["buy", "haggle", "out"].iter().zip(1..).map(|(key, n)| ((*key).to_owned(), n * 1_000));
    let file = dir.join("quick.replay");
    std::fs::write(&file, made(&category, (7, Source::Set), 0, choices).unwrap().write().unwrap()).unwrap();
    file
}

fn verdict(file: &Path, story: &str, args: &[&str]) -> (Option<i32>, String) {
    let story = small::folder(story);
    let saves = tempfile::tempdir().unwrap();
    let args = [&["verify", file.to_str().unwrap(), "--story", story.path().to_str().unwrap()], args].concat();
    let out = taiyuan(saves.path(), &args, "");
    (out.status.code(), String::from_utf8(out.stdout).unwrap())
}

#[test]
fn a_step_that_does_something_else_is_named_with_what_it_did() {
    let dir = tempfile::tempdir().unwrap();
    let file = run(dir.path());
    assert!(verdict(&file, SHOP, &[]).1.starts_with("UNRANKED "));
    let dearer = SHOP.replace("coins -= 5", "coins -= 6");
    let (code, text) = verdict(&file, &dearer, &[]);
    assert_eq!(code, Some(1));
    assert!(text.starts_with("DESYNC "), "{text}");
    assert!(text.contains("step 1, `buy`: it does not do what it did"), "{text}");
    assert!(text.contains("; coins was 15 and is 14; the rules of the chapter have changed"), "{text}");
    let elsewhere = SHOP.replace("do: [\"coins += 1\"], to: \"yard\"", "do: [\"mood = sour\"], to: \"street\"");
    let (_, text) = verdict(&file, &elsewhere, &[]);
    let what = "step 2, `haggle`: it does not do what it did";
    assert!(text.contains(what), "{text}");
    for one in [
        "coins was 16 and is not changed",
        "mood was not changed and is sour",
        "the ending was not changed and is out",
        "the place was yard and is street",
    ] {
        assert!(text.contains(one), "no `{one}` in {text}");
    }
    let json: serde_json::Value = serde_json::from_str(&verdict(&file, &dearer, &["--json"]).1).unwrap();
    assert_eq!(json[0]["differs"], serde_json::json!([{"name": "coins", "was": "15", "is": "14"}]));
    assert_eq!(json[0]["step"], 1);
}

#[test]
fn another_beginning_and_what_only_is_counted_are_said() {
    let dir = tempfile::tempdir().unwrap();
    let file = run(dir.path());
    let richer = SHOP.replace("start: 20", "start: 21");
    let (_, text) = verdict(&file, &richer, &[]);
    assert!(text.contains("; on the first page already coins was 20 and is 21;"), "{text}");
    let given = SHOP.replace("seed: 7, rank: Time", "given: {\"rope\": 1}, seed: 7, rank: Time");
    let (_, text) = verdict(&file, &given, &[]);
    assert!(text.starts_with("INVALID ") && text.contains("it does not begin as `one/quick` does"), "{text}");
    let counted = SHOP.replace("coins -= 5\", \"give(rope)\"], to: \"start\"", "coins -= 5\", \"give(rope)\"]");
    let (_, text) = verdict(&file, &counted, &[]);
    assert!(text.contains("; no variable, item or place differs, but what is counted: visits"), "{text}");
    let gone = SHOP.replace("\"haggle\"", "\"bargain\"");
    let (_, text) = verdict(&file, &gone, &[]);
    assert!(text.contains("step 2: `haggle` is not offered here"), "{text}");
}

#[test]
fn a_leg_is_written_with_its_rules_or_not_at_all() {
    let chapter = small::chapter(SHOP);
    let leg = Leg::unsealed(&chapter, chapter.start, &[]);
    let refused = ron::to_string(&leg).unwrap_err();
    assert!(refused.to_string().contains("not sealed"), "{refused}");
    leg.seal(&chapter);
    assert_eq!(leg, Leg::new(&chapter, chapter.start, &[]));
    let written = ron::to_string(&leg).unwrap();
    assert!(written.contains(&hex(&chapter.rules())), "{written}");
    assert_eq!(ron::from_str::<Leg>(&written).unwrap(), leg);
}

#[test]
fn what_is_noted_is_sealed() {
    let dir = tempfile::tempdir().unwrap();
    let file = run(dir.path());
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("\"v:coins\",\"15\"", "\"v:coins\",\"14\"", 1)).unwrap();
    let (_, said) = verdict(&file, SHOP, &[]);
    assert!(said.contains("what is noted of step 1 was changed, the seal does not fit"), "{said}");
}

/// As replays were written before they noted figures.
#[test]
fn a_replay_that_notes_nothing_is_told_what_its_step_does_now() {
    let dir = tempfile::tempdir().unwrap();
    let file = run(dir.path());
    let was = Replay::read(&std::fs::read(&file).unwrap()).unwrap();
    let mut log = was.log.clone();
    log.legs[0].steps.clear();
    let mut pen = Pen::begin(was.header.clone(), log);
    for step in &was.leg().steps {
        pen.step(step).unwrap();
    }
    pen.end(was.end.clone().unwrap()).unwrap();
    std::fs::write(&file, pen.replay().write().unwrap()).unwrap();
    assert!(verdict(&file, SHOP, &[]).1.starts_with("UNRANKED "));
    let (_, text) = verdict(&file, &SHOP.replace("coins -= 5", "coins -= 6"), &[]);
    assert!(text.contains("; what it did is not noted; now it makes coins 14, rope 1;"), "{text}");
}
