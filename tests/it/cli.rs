//! The command line as a script sees it: output, errors, exit codes.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program with a saves folder of its own.
pub(crate) fn taiyuan(saves: &Path, args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_taiyuan"))
        .args(args)
        .env("TAIYUAN_SAVES", saves)
        .env_remove("NO_COLOR")
        .env("TERM", "xterm-256color")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A game that has ended reads no more of it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(crate) fn run(args: &[&str], input: &str) -> (i32, String, String) {
    let saves = tempfile::tempdir().unwrap();
    let output = taiyuan(saves.path(), args, input);
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_page_its_choices_and_a_prompt() {
    let (code, out, err) = run(&["play", "--plain", "--chapter", "siege", "--seed", "7"], "");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("\n1. "), "{out}");
    assert!(out.contains("\n2. "), "{out}");
    assert!(out.ends_with("> \n"), "{out}");
}

#[test]
fn plain_output_has_no_byte_that_moves_a_cursor() {
    let input = "help\nstats\ninventory\nmap\nhistory\npeople\ncodex\n1\n1\nundo\nredo\n\u{1b}[2J\u{202e}\n2\nquit\n";
    let (code, out, _) = run(&["play", "--plain", "--chapter", "aguda", "--seed", "7"], input);
    assert_eq!(code, 0);
    let stray = out.chars().find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}'));
    assert_eq!(stray, None);
}

#[test]
fn nothing_is_written_before_the_first_choice_and_something_after_it() {
    let saves = tempfile::tempdir().unwrap();
    let args = ["play", "--plain", "--chapter", "siege", "--seed", "7"];
    let files = || std::fs::read_dir(saves.path()).unwrap().count();
    taiyuan(saves.path(), &args, "look\nstats\n");
    assert_eq!(files(), 0);
    taiyuan(saves.path(), &args, "1\n");
    assert!(files() > 0);
    let list = taiyuan(saves.path(), &["saves", "list"], "");
    assert!(text(&list.stdout).starts_with("auto\t"), "{}", text(&list.stdout));
}

#[test]
fn the_end_of_input_leaves_a_play_that_goes_on_where_it_was() {
    let saves = tempfile::tempdir().unwrap();
    let first = taiyuan(saves.path(), &["play", "--plain", "--chapter", "siege", "--seed", "7"], "1\n1\n");
    let second = taiyuan(saves.path(), &["play", "--plain", "--slot", "auto"], "history\n");
    // The page it stands on, and not all that was read before.
    let told = text(&second.stdout);
    assert!(!told.split("> ").next().unwrap_or_default().contains("THE LEDGER"), "{told}");
    let page = text(&first.stdout);
    let page = page.rsplit("\n> ").nth(1).unwrap();
    let last_choice = page.lines().rev().find(|l| l.starts_with("1. ")).unwrap();
    let again = text(&second.stdout);
    assert!(again.contains(last_choice), "not on the same page:\n{page}\n--\n{again}");
    assert!(again.lines().filter(|l| l.contains("> ")).count() >= 2, "the choices made are told again: {again}");
}

#[test]
fn save_and_load_by_name_and_the_commands_that_list_them() {
    let saves = tempfile::tempdir().unwrap();
    let dir = saves.path();
    let args = ["play", "--plain", "--chapter", "siege", "--seed", "7"];
    let out = taiyuan(dir, &args, "1\nsave gate\nsave ../../gate\n1\nload gate\nslots\nquit\n");
    let out = text(&out.stdout);
    assert!(out.contains("Saved as `gate`."), "{out}");
    assert!(out.contains("Not saved: "), "a name that leaves the folder is refused: {out}");
    assert!(out.contains("\ngate: The Ledger"), "{out}");
    let show = taiyuan(dir, &["saves", "show", "gate"], "");
    assert!(text(&show.stdout).contains("seed     7"), "{}", text(&show.stdout));
    let copy = dir.join("copy.save");
    assert_eq!(taiyuan(dir, &["saves", "export", "gate", copy.to_str().unwrap()], "").status.code(), Some(0));
    assert_eq!(taiyuan(dir, &["saves", "import", copy.to_str().unwrap(), "other"], "").status.code(), Some(0));
    assert_eq!(taiyuan(dir, &["saves", "remove", "gate"], "").status.code(), Some(0));
    let list = text(&taiyuan(dir, &["saves", "list"], "").stdout);
    assert!(list.contains("other\t") && !list.contains("gate\t"), "{list}");
    assert_eq!(taiyuan(dir, &["saves", "show", "gate"], "").status.code(), Some(2));
}

#[test]
fn what_cannot_run_exits_with_two_and_says_why_on_stderr() {
    for (args, why) in [
        (&["play", "--plain", "--chapter", "siege_of_troy"][..], "there is no chapter `siege_of_troy`"),
        (&["play", "--plain", "--slot", "nobody"], "nobody"),
        (&["check", "/no/such/folder"], "/no/such/folder"),
        (&["prove", "--chapter", "sieg"], "there is no chapter `sieg`; there are aguda, alliance, siege"),
        (&["prove", "--explain", "o_wach"], "is called `o_wach`; did you mean `o_watch`?"),
        (&["prove", "--explain", "room#hol"], "is called `room#hol`"),
        (&["check", "story/story.ron"], "`story/story.ron` is a file; name the folder of its story"),
        (&["frobnicate"], "frobnicate"),
        (&["play", "--seed", "many"], "many"),
        // What stands before a command would be of no use to it: not a word of it is passed over in silence.
        (&["--saves", "elsewhere", "run", "river"], "--saves"),
        (&["--story", "elsewhere", "check"], "--story"),
    ] {
        let (code, out, err) = run(args, "");
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains(why), "{args:?}: {err}");
    }
}

#[test]
fn a_number_out_of_range_and_a_word_nobody_knows_change_nothing() {
    let (code, out, _) = run(&["play", "--plain", "--chapter", "siege", "--seed", "7"], "99\n0\nxyzzy\n\nhistory\n");
    assert_eq!(code, 0);
    assert!(out.contains("The choices are 1 to"), "{out}");
    assert!(out.contains("`xyzzy` is nothing known here"), "{out}");
    assert!(out.contains("You have chosen nothing yet."), "{out}");
}

#[test]
fn completions_and_the_manual_come_from_the_same_definitions() {
    for shell in ["bash", "zsh", "fish"] {
        let (code, out, _) = run(&["completions", shell], "");
        assert_eq!(code, 0);
        assert!(out.contains("no-mouse"), "{shell}");
    }
    let (code, out, _) = run(&["man"], "");
    assert_eq!(code, 0);
    assert!(out.starts_with(".ie") && out.contains("taiyuan"), "{out}");
}

#[test]
fn the_shipped_story_has_no_fault_and_its_tests_pass() {
    assert_eq!(run(&["check"], "").0, 0);
    let (code, out, _) = run(&["test"], "");
    assert_eq!(code, 0, "{out}");
    assert!(out.contains(" 0 failed"), "{out}");
}

#[test]
fn a_command_in_a_story_of_ones_own_says_that_it_is_about_another() {
    let here = |folder: &str, args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taiyuan"));
        let output =
            command.args(args).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).output().unwrap();
        text(&output.stderr)
    };
    let said = "taiyuan: this is about the story in the program; the one in this folder is named `.`\n";
    assert_eq!(here("tests/stories/good/salt_ferry", &["graph"]), said);
    assert_eq!(here("tests/stories/good/salt_ferry", &["graph", "."]), "");
    assert_eq!(here("tests/stories/good", &["graph"]), "");
}
