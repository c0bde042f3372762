//! `check` from outside: what it prints, its exit codes, and checking again on save.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};

use crate::cli::taiyuan;

const MANIFEST: &str = "(story: (id: \"s\", title: \"S\", version: \"1\", chapters: [\"one\"]))";
const CLEAN: &str = "(
    chapter: (title: \"One\", start: \"yard\"),
    scenes: {\"yard\": (text: \"A yard.\", ending: \"end\")},
    endings: {\"end\": (title: \"End\", rank: 1)},
)";

fn story(chapter: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("one")).unwrap();
    fs::write(dir.path().join("story.ron"), MANIFEST).unwrap();
    fs::write(dir.path().join("one/chapter.ron"), chapter).unwrap();
    dir
}

fn check(dir: &Path, more: &[&str]) -> (Option<i32>, String) {
    let saves = tempfile::tempdir().unwrap();
    let dir = dir.display().to_string();
    let output = taiyuan(saves.path(), &[&["check", &dir], more].concat(), "");
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn warnings_alone_are_found_only_when_they_are_denied() {
    let dir = story(&CLEAN.replace("A yard.", "A  yard."));
    let (code, out) = check(dir.path(), &[]);
    assert_eq!(code, Some(0));
    assert!(out.contains("warning[W017]") && out.ends_with("\n1 warning\n"), "{out}");
    assert_eq!(check(dir.path(), &["--deny", "warnings"]).0, Some(1));
}

#[test]
fn errors_are_found_and_a_clean_story_is_clean() {
    let dir = story(&CLEAN.replace("ending: \"end\"", "then: \"gate\""));
    assert_eq!(check(dir.path(), &[]).0, Some(1));
    let dir = story(CLEAN);
    assert_eq!(check(dir.path(), &["--deny", "warnings"]), (Some(0), "no faults\n".to_owned()));
}

#[test]
fn the_folder_of_a_chapter_is_no_story() {
    let dir = story(CLEAN);
    let chapter = dir.path().join("one");
    let output = taiyuan(dir.path(), &["check", chapter.to_str().unwrap()], "");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("is a chapter's folder"), "{said}");
}

#[test]
fn json_tells_warnings_as_it_tells_errors() {
    let dir = story(&CLEAN.replace("A yard.", "The the yard."));
    let (code, out) = check(dir.path(), &["--json"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, document["clean"].as_bool(), document["warnings"].as_u64()), (Some(0), Some(false), Some(1)));
    let finding = &document["findings"][0];
    assert_eq!((finding["code"].as_str(), finding["severity"].as_str()), (Some("W020"), Some("warning")));
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(3), Some(30)));
}

/// The lines up to the one that says what is watched.
fn round(lines: &mut Lines<BufReader<ChildStdout>>) -> String {
    let mut text = String::new();
    for line in lines.by_ref() {
        let line = line.unwrap();
        if line.starts_with("watching ") {
            break;
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[test]
fn a_watched_folder_is_checked_again_on_save() {
    let dir = story(CLEAN);
    let mut child = Command::new(env!("CARGO_BIN_EXE_taiyuan"))
        .args(["check", "--watch"])
        .arg(dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(round(&mut lines), "no faults\n\n");
    fs::write(dir.path().join("one/chapter.ron"), CLEAN.replace("A yard.", "A  yard.")).unwrap();
    let again = round(&mut lines);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(again.contains("warning[W017]"), "{again}");
}

#[test]
fn what_is_allowed_is_not_told() {
    let dir =
        story(&CLEAN.replace("ending: \"end\"", "ending: \"end\", allow: [\"W017\"]").replace("A yard", "A  yard"));
    assert_eq!(check(dir.path(), &[]), (Some(0), "no faults\n".to_owned()));
}
