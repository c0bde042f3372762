//! Files that are no true replay of this story, given to every command that takes one, as from a shell.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::cli::taiyuan;
use crate::replays::recorded;

const MOON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/replays/siege-moon.replay");

/// Every command that takes a replay.
fn commands(dir: &Path, file: &str) -> Vec<Output> {
    let cast = dir.join("out.cast");
    let commands: [&[&str]; 5] = [
        &["replay", "text", file],
        &["replay", file],
        &["replay", file, "--cast", cast.to_str().unwrap()],
        &["replay", "diff", MOON, file],
        &["practice", "--plain", "--replay", file],
    ];
    commands.into_iter().map(|args| taiyuan(dir, args, "")).collect()
}

fn verify(dir: &Path, file: &str) -> (Option<i32>, String) {
    let out = taiyuan(dir, &["verify", file], "");
    (out.status.code(), String::from_utf8(out.stdout).unwrap())
}

#[test]
fn what_cannot_be_read_is_named_by_every_command() {
    let dir = tempfile::tempdir().unwrap();
    let moon = recorded("siege-moon");
    let noise: Vec<u8> = (0_u32..50_000).map(|n| u8::try_from(n.wrapping_mul(2_654_435_761) >> 24).unwrap()).collect();
    let bad: [(&str, Vec<u8>, &str); 7] = [
        ("empty", Vec::new(), "not a replay of this game"),
        ("noise", noise, "not a replay of this game"),
        ("image", b"\x89PNG\r\n\x1a\n".to_vec(), "not a replay of this game"),
        ("numbered", b"taiyuan-replay 99999999999999999999\n".to_vec(), "not a replay of this game"),
        ("newer", moon.replacen("replay 1", "replay 2", 1).into_bytes(), "written by a newer version of the game"),
        (
            "headless",
            moon.lines().take(1).map(|l| format!("{l}\n")).collect::<String>().into_bytes(),
            "damaged: its head",
        ),
        (
            "long",
            [moon.clone().into_bytes(), vec![b'x'; 10 << 20]].concat(),
            "too long for a replay: more than 2097152 bytes",
        ),
    ];
    for (name, bytes, why) in bad {
        let file = dir.path().join(name);
        fs::write(&file, bytes).unwrap();
        let file = file.to_str().unwrap();
        let (code, said) = verify(dir.path(), file);
        assert_eq!(code, Some(1), "{name}");
        assert!(said.starts_with("INVALID ") && said.contains(why), "{name}: {said}");
        for out in commands(dir.path(), file) {
            let error = String::from_utf8(out.stderr).unwrap();
            assert_eq!((out.status.code(), out.stdout.len()), (Some(2), 0), "{name}");
            assert!(error.starts_with(&format!("taiyuan: `{file}`: ")) && error.contains(why), "{name}: {error}");
        }
    }
}

#[test]
fn a_run_of_another_story_is_played_by_no_command() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("other");
    fs::write(&file, recorded("siege-moon").replacen("story:\"taiyuan\"", "story:\"fen\"", 1)).unwrap();
    let file = file.to_str().unwrap();
    assert!(verify(dir.path(), file).1.contains("a run of another story, `fen`"));
    for out in commands(dir.path(), file) {
        let error = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(2), "{error}");
        assert!(error.contains("a run of another story, `fen`"), "{error}");
    }
    let salt = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories/good/salt_ferry");
    let out = taiyuan(dir.path(), &["verify", "--story", salt, MOON], "");
    assert!(String::from_utf8(out.stdout).unwrap().contains("a run of another story, `taiyuan`"));
}

#[test]
fn a_replay_that_was_changed_is_said_to_be_wherever_it_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("tampered");
    let moon = recorded("siege-moon");
    let step = moon.lines().filter(|line| line.starts_with("Step(")).nth(7).unwrap();
    fs::write(&file, moon.replacen(step, &step.replacen("at:", "at:1", 1), 1)).unwrap();
    let file = file.to_str().unwrap();
    assert!(verify(dir.path(), file).1.contains("step 8, `"), "{}", verify(dir.path(), file).1);
    for out in commands(dir.path(), file) {
        let error = String::from_utf8(out.stderr).unwrap();
        assert!(error.contains("step 8, `") && error.contains("the seal does not fit"), "{error}");
    }
}

#[test]
fn a_seed_that_is_no_number_is_said_and_nothing_is_run() {
    let dir = tempfile::tempdir().unwrap();
    for seed in ["eleven", "-1", "1.5", "", "99999999999999999999999", "11 26", "0x10"] {
        for command in ["run", "splits"] {
            let out = taiyuan(dir.path(), &[command, "river", "--seed", seed], "");
            let error = String::from_utf8(out.stderr).unwrap();
            assert_eq!(out.status.code(), Some(2), "{command} {seed}");
            assert!(error.contains(&format!("`{seed}` is no seed: a number, `set`, `weekly`")), "{command}: {error}");
        }
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_list_that_another_program_holds_is_said_and_the_runs_go_on() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("runs")).unwrap();
    let held = fs::File::create(dir.path().join("runs/.lock")).unwrap();
    held.lock().unwrap();
    let out = taiyuan(dir.path(), &["run", "river", "--plain"], "\n1\nreset\n1\n2\nreset\n1\n");
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(0), "{text}");
    assert!(text.contains("(not kept: another program holds `"), "{text}");
    drop(held);
    let list = dir.path().join("runs/taiyuan-siege-river.ron");
    assert!(!list.exists(), "nothing was written past the lock");
}

/// What could not be written at one reset is written at the next.
#[test]
fn an_attempt_that_had_to_wait_is_written_with_the_next() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("runs")).unwrap();
    let held = fs::File::create(dir.path().join("runs/.lock")).unwrap();
    held.lock().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_taiyuan"))
        .args(["run", "river", "--plain"])
        .env("TAIYUAN_SAVES", dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"\n1\nreset\n").unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("(not kept: another program holds")));
    drop(held);
    input.write_all(b"1\nreset\n1\nquit\n").unwrap();
    drop(input);
    let rest: Vec<String> = lines.collect();
    let after = rest.iter().skip_while(|line| !line.contains("(attempt 3, ")).filter(|line| line.contains("not kept"));
    assert_eq!(after.count(), 0, "{rest:?}");
    assert!(child.wait().unwrap().success());
    let list = fs::read_to_string(dir.path().join("runs/taiyuan-siege-river.ron")).unwrap();
    assert_eq!(list.lines().count(), 3, "{list}");
}
