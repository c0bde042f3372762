//! Tests beside the story, as their writer sees them: what a failure tells, transcripts, and plays made into tests.

use std::path::Path;

use taiyuan::workshop::test::{Miss, run};
use tempfile::TempDir;

use crate::cli::taiyuan;
use crate::small;

const YARD: &str = r##"
    scenes: {
        "start": (title: "The yard", text: "The clerk would not dance when he was told to.", choices: [
            (id: "count", say: "Count the grain", do: ["grain -= 1"], said: "Two sacks are left."),
            (id: "bribe", say: "Bribe the clerk", if: "silver >= 5 and grain < 9", locked: "He wants silver.", to: "gate"),
            (id: "dice", say: "Throw", do: ["luck = roll(1..6)"], to: "gate"),
        ]),
        "gate": (text: "The gate. {luck}", milestone: "out", choices: [(id: "go", say: "Go", to: "end")]),
        "end": (text: "The end.", ending: "over"),
    },
    vars: {"silver": Int(range: (0, 9), start: 2), "grain": Int(range: (0, 9), start: 3), "luck": Int(range: (0, 6)),
        "mood": Word(of: ["grim", "fair"]), "open": Flag()},
    items: {"seal": (name: "a seal")},
    endings: {"over": (title: "Over", rank: 1)},
    milestones: {"out": (title: "Out")},
"##;

/// What is wrong with a test, in words.
fn wrong(test: &str) -> Vec<String> {
    let chapter = small::chapter(&format!("{YARD} tests: [(name: \"t\", {test})],"));
    let (ran, failures) = run(&chapter);
    assert_eq!(ran, 1);
    failures.iter().flat_map(|failure| &failure.why).map(Miss::to_string).collect()
}

#[test]
fn each_expectation_says_what_was_there_instead() {
    for (test, why) in [
        ("expect: [At(\"gate\")]", "it stands in `start`, not in `gate`"),
        ("expect: [Ends(\"over\")]", "it ended in no ending, not in `over`"),
        (
            "expect: [Sees(\"would not dance when he is told\")]",
            "never seen: \"would not dance when he is told\"; most like it is \"would not dance when he was told\", in `start`",
        ),
        ("expect: [Sees(\"an elephant\")]", "never seen: \"an elephant\""),
        ("play: [\"count\"], expect: [Misses(\"Two sacks\")]", "seen: \"Two sacks\", in `start`, after 1 choice"),
        (
            "expect: [Holds(\"silver >= 3 and not open\")]",
            "it does not hold: `silver >= 3 and not open`; it has silver 2, open false",
        ),
        (
            "expect: [Offers(\"bribe\")]",
            "`bribe` is locked, not open; it wants `silver >= 5 and grain < 9`; it has silver 2, grain 3",
        ),
        ("expect: [Hides(\"count\")]", "`count` is open, not hidden"),
        ("expect: [Hides(\"go\")]", "`go` is no choice of `start`, where the play stands, so it hides nothing"),
        ("play: [\"count\"], expect: [Locks(\"count\")]", "`count` is hidden, not locked"),
        ("expect: [Visits(\"gate\")]", "`gate` was never entered"),
        ("play: [\"dice\"], expect: [Never(\"gate\")]", "`gate` was entered"),
        ("expect: [Reaches(\"out\")]", "the milestone `out` was not reached"),
        ("expect: [Has(\"seal\")]", "`seal` is not carried"),
        ("rolls: [2, 3], play: [\"dice\"]", "1 of the rolls were never thrown"),
        ("rolls: [7], play: [\"dice\"], expect: [Holds(\"luck == 6\")]", "a roll cannot come to 7: it is 1 to 6"),
        ("rolls: [0], play: [\"dice\", \"count\"]", "a roll cannot come to 0: it is 1 to 6"),
        ("play: [\"count\", \"count\"]", "step 2, `count`: it was taken before, and is not offered `again`"),
        (
            "play: [\"bribe\"]",
            "step 1, `bribe`: it is not open in `start`; it wants `silver >= 5 and grain < 9`; it has silver 2, grain 3",
        ),
        ("play: [\"go\"]", "step 1, `go`: there is no such choice in `start`"),
        ("play: [\"dice\", \"go\", \"go\"]", "step 3, `go`: the chapter has ended, in `end`"),
    ] {
        assert_eq!(wrong(test), [why], "{test}");
    }
    assert_eq!(wrong("rolls: [4], play: [\"dice\"], expect: [Sees(\"The gate. 4\")]"), Vec::<String>::new());
}

/// Runs `test` on a story; its exit code and what it says.
fn tested(dir: &TempDir, args: &[&str]) -> (i32, String) {
    let folder = dir.path().to_str().unwrap();
    let output = taiyuan(dir.path(), &[&["test", folder], args].concat(), "");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn a_failure_shows_the_page_it_stands_on() {
    let dir = small::folder(&format!(
        "{YARD} tests: [(name: \"wrong\", play: [\"count\"], expect: [At(\"gate\")]), (name: \"right\")],"
    ));
    let (code, said) = tested(&dir, &[]);
    assert_eq!(code, 1);
    let page = "
    after count it stands here:
    | [start] The yard
    | The clerk would not dance when he was told to.
    |
    | - Bribe the clerk (He wants silver.)  [bribe]
    | * Throw  [dice]

2 story tests, 1 failed
";
    assert!(said.ends_with(page), "{said}");
    assert_eq!(tested(&dir, &["--only", "right"]), (0, "1 story test, 0 failed\n".to_owned()));
    assert_eq!(tested(&dir, &["--only", "nobody"]).0, 2);
    let (_, json) = tested(&dir, &["--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["failures"][0]["why"][0]["what"], "elsewhere");
    assert_eq!(json["failures"][0]["open"], serde_json::json!(["dice"]));
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn a_transcript_is_kept_compared_whole_and_kept_again() {
    let test =
        "tests: [(name: \"the way out\", rolls: [3], play: [\"count\", \"dice\", \"go\"], transcript: \"way_out\")],";
    let dir = small::folder(&format!("{YARD} {test}"));
    let (code, said) = tested(&dir, &[]);
    assert!(code == 1 && said.contains("there is no transcript `one/way_out.txt` yet; `--bless` writes it"), "{said}");
    let (code, said) = tested(&dir, &["--bless"]);
    assert_eq!((code, said.as_str()), (0, "kept what is told now as `one/way_out.txt`\n1 story test, 0 failed\n"));
    let kept = std::fs::read_to_string(dir.path().join("one/way_out.txt")).unwrap();
    for told in [
        "[start] The yard",
        "- Bribe the clerk (He wants silver.)  [bribe]",
        "> Throw  [dice]",
        "The gate. 3",
        "(milestone: Out)",
        "THE END: Over",
    ] {
        assert!(kept.contains(told), "{told}\n{kept}");
    }
    assert_eq!(tested(&dir, &[]).0, 0);
    edit(&dir.path().join("one/one.ron"), "Two sacks are left.", "One sack is left.");
    let (code, said) = tested(&dir, &[]);
    assert!(code == 1 && said.contains("      - Two sacks are left.\n      + One sack is left.\n"), "{said}");
    assert_eq!(tested(&dir, &["--bless"]).0, 0);
    assert_eq!(tested(&dir, &[]).0, 0);
}

#[test]
fn a_play_that_breaks_off_is_not_kept_as_a_transcript() {
    let dir = small::folder(&format!("{YARD} tests: [(name: \"t\", play: [\"go\"], transcript: \"t\")],"));
    assert_eq!(tested(&dir, &["--bless"]).0, 1);
    assert!(!dir.path().join("one/t.txt").exists());
}

#[test]
fn a_transcript_is_named_like_an_id() {
    let dir = small::folder(&format!("{YARD} tests: [(name: \"t\", transcript: \"../t\")],"));
    let (code, said) = tested(&dir, &[]);
    assert!(code == 2 && said.contains("E030") && said.contains("`../t` is not spelled like an id"), "{said}");
}

#[test]
fn a_play_becomes_a_test_that_passes() {
    let dir = small::folder(YARD);
    let folder = dir.path().to_str().unwrap();
    let saves = tempfile::tempdir().unwrap();
    let play = ["play", "--plain", "--story", folder, "--chapter", "one", "--seed", "9"];
    taiyuan(saves.path(), &play, "1\n1\nsave yard\nquit\n");
    let into = dir.path().join("one/mine.ron");
    let into = into.to_str().unwrap();
    let record = |args: &[&str]| {
        let output = taiyuan(saves.path(), &[&["test", folder, "--record"], args].concat(), "");
        (output.status.code().unwrap(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let (code, said) = record(&["yard"]);
    assert_eq!(code, 0);
    let expected =
        "        (name: \"recorded: 2 choices, to gate\", start: \"start\", seed: 9, play: [\"count\", \"dice\"],
         expect: [At(\"gate\"), Reaches(\"out\")]),\n";
    assert_eq!(said, expected);
    // A route with forced luck and given values keeps both, and a second test goes behind the first.
    assert_eq!(record(&["yard", "--into", into]).0, 0);
    let route = "one silver=3 mood=fair open=true | dice[5] go";
    assert_eq!(record(&[route, "--into", into, "--name", "by \"luck\"", "--transcript", "luck"]).0, 0);
    let file = std::fs::read_to_string(into).unwrap();
    assert!(file.contains("given: {\"silver\": 3, \"mood\": \"fair\", \"open\": true}, rolls: [6]"), "{file}");
    let (code, said) = tested(&dir, &["--bless"]);
    assert_eq!((code, said.as_str()), (0, "kept what is told now as `one/luck.txt`\n2 story tests, 0 failed\n"));
    // What would break the story is not left in it.
    let (code, _) = record(&["yard", "--into", into, "--transcript", "No"]);
    assert_eq!((code, std::fs::read_to_string(into).unwrap()), (2, file));
    assert_eq!(record(&["one | nowhere"]).0, 1);
    assert_eq!(record(&["nobody"]).0, 2);
}
