//! Practice: from a milestone or a turn, back and forward, with luck at will, and never in the records.

use std::path::Path;

use crate::cli::taiyuan;

fn file(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replays").join(name).display().to_string()
}

fn practise(saves: &Path, args: &[&str], input: &str) -> String {
    let out = taiyuan(saves, &[&["practice", "--plain"], args].concat(), input);
    let (text, error) = (String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap());
    assert_eq!((out.status.code(), error.as_str()), (Some(0), ""), "{text}");
    text
}

#[test]
fn practice_begins_where_a_replay_passes_a_milestone_and_keeps_nothing() {
    let saves = tempfile::tempdir().unwrap();
    let moon = file("siege-moon.replay");
    let text = practise(saves.path(), &["--replay", &moon, "--from", "phase4"], "\n1\nback\nforward\nquit\n");
    assert!(text.contains("Day 91"), "{text}");
    assert!(text.contains("(practice; the best chooses: "), "{text}");
    assert!(text.contains("\npractice ") && !text.contains("\nattempt "), "{text}");
    let help = practise(saves.path(), &["--replay", &moon, "--from", "phase4"], "\nhelp\nundo\nquit\n");
    assert!(help.contains("mark, return") && !help.contains("\nreset "), "{help}");
    assert!(help.contains("In practice that is `back`"), "{help}");
    assert_eq!(std::fs::read_dir(saves.path()).unwrap().count(), 0, "nothing is written");
}

#[test]
fn a_choice_back_is_the_page_before_and_the_mark_is_where_it_was_set() {
    let saves = tempfile::tempdir().unwrap();
    let moon = file("siege-moon.replay");
    let text = practise(saves.path(), &["--replay", &moon, "--turn", "1"], "\nmark\n2\n1\nreturn\nquit\n");
    let pages: Vec<&str> = text.split("(practice; the best chooses: ").skip(1).collect();
    let first = |page: &str| page.lines().next().unwrap().to_owned();
    assert_eq!(first(pages[0]), first(pages.last().unwrap()), "{text}");
    assert_ne!(first(pages[0]), first(pages[2]), "{text}");
}

#[test]
fn luck_is_what_was_asked_for() {
    let saves = tempfile::tempdir().unwrap();
    // The side gate is opened to Sun Yi: four times in six it can be shut behind him.
    let input = "\n3\n1\nquit\n";
    let told = |luck: &str| practise(saves.path(), &["moon", "--luck", luck], input);
    assert_ne!(told("high"), told("low"));
    assert_eq!(told("high"), told("5,5,5,5"));
}

#[test]
fn what_cannot_be_practised_is_said() {
    let saves = tempfile::tempdir().unwrap();
    let said = |args: &[&str]| {
        let out = taiyuan(saves.path(), &[&["practice"], args].concat(), "");
        assert_eq!(out.status.code(), Some(2));
        String::from_utf8(out.stderr).unwrap()
    };
    assert!(said(&["moon", "--from", "phase4"]).contains("no finished run of it to begin in"));
    assert!(
        said(&["moon", "--from", "phase99"])
            .contains("there is no split `phase99`; there are first_assault (The first assault), ")
    );
    let other = said(&["river", "--replay", &file("siege-moon.replay")]);
    assert!(other.contains("the replay is of `siege/moon`, not of `siege/river`"), "{other}");
}
