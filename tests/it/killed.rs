//! The program killed at any moment: no choice that a player was promised is lost.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::cli::taiyuan;

const STORY: &str = r##"(
    story: (id: "long", title: "A Long Watch", version: "1", chapters: ["watch"]),
    codex: {},
)"##;
const CHAPTER: &str = r##"(
    chapter: (title: "The Watch", start: "wall", stats: ["hours"]),
    vars: {"hours": Int(range: (0, 9999), start: 0, label: "Hours")},
    scenes: {
        "wall": (text: "The wall.", choices: [
            (id: "wait", say: "Wait", again: true, do: ["hours += 1"], to: "wall"),
            (id: "go", say: "Go", to: "end"),
        ]),
        "end": (text: "Over.", ending: "over"),
    },
    endings: {"over": (title: "Over", rank: 1, text: "Over.")},
    runs: {"away": (title: "Away", start: "wall", goal: "seen(end)", seed: 7, rank: Time)},
)"##;

/// A story that can be played for ever.
pub(crate) fn story(dir: &Path) -> String {
    let story = dir.join("story");
    std::fs::create_dir_all(story.join("watch")).unwrap();
    std::fs::write(story.join("story.ron"), STORY).unwrap();
    std::fs::write(story.join("watch/watch.ron"), CHAPTER).unwrap();
    story.display().to_string()
}

/// How many choices the autosave holds.
pub(crate) fn saved(saves: &Path) -> usize {
    let shown = taiyuan(saves, &["saves", "show", "auto"], "");
    let shown = String::from_utf8(shown.stdout).unwrap();
    shown.matches("wait").count()
}

/// Reads up to the next prompt.
pub(crate) fn prompt(out: &mut impl BufRead) -> String {
    let mut seen = Vec::new();
    while !seen.ends_with(b"\n> ") {
        let mut byte = [0];
        assert_eq!(out.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&seen));
        seen.extend(byte);
    }
    String::from_utf8(seen).unwrap()
}

pub(crate) fn start(story: &str, saves: &Path) -> (Child, ChildStdin, BufReader<std::process::ChildStdout>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_taiyuan"))
        .args(["play", "--plain", "--story", story, "--chapter", "watch", "--seed", "1"])
        .env("TAIYUAN_SAVES", saves)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (input, out) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    (child, input, out)
}

#[test]
fn killed_at_a_prompt_or_after_it_every_choice_before_the_prompt_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let story = story(dir.path());
    let mut x: u32 = 7;
    for round in 0..50 {
        x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let saves = dir.path().join(format!("saves-{round}"));
        let (mut child, mut input, mut out) = start(&story, &saves);
        prompt(&mut out);
        let choices = 1 + (x >> 16) as usize % 5;
        for _ in 0..choices {
            input.write_all(b"1\n").unwrap();
            prompt(&mut out);
        }
        // One more, and death somewhere in the middle of it.
        input.write_all(b"1\n").unwrap();
        sleep(Duration::from_micros(u64::from(x >> 8) % 4_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let saved = saved(&saves);
        assert!((choices..=choices + 1).contains(&saved), "round {round}: {choices} choices made, {saved} saved");
    }
}

#[cfg(all(unix, feature = "tui"))]
#[test]
fn killed_on_the_screen_every_choice_older_than_a_quarter_of_a_second_is_there() {
    use crate::terminal::tty::Tty;
    let dir = tempfile::tempdir().unwrap();
    let story = story(dir.path());
    for round in 0..50_u64 {
        let saves = dir.path().join(format!("saves-{round}"));
        let args = ["play", "--story", &story, "--chapter", "watch", "--seed", "1"];
        let mut tty = Tty::start(&args, &saves, &[]);
        tty.sees("The wall.");
        let choices = 1 + usize::try_from(round).unwrap() % 4;
        for _ in 0..choices {
            tty.send("1");
        }
        tty.sees(&format!("now {choices}"));
        sleep(Duration::from_millis(250));
        // More, and death somewhere in the middle of them.
        tty.send("11");
        sleep(Duration::from_micros(round * 311 % 9_000));
        tty.signal("KILL");
        tty.exit();
        let saved = saved(&saves);
        assert!((choices..=choices + 2).contains(&saved), "round {round}: {choices} choices made, {saved} saved");
    }
}

/// A run is written to its file before the page that follows a choice is drawn.
#[cfg(all(unix, feature = "tui"))]
#[test]
fn killed_in_a_run_every_choice_that_was_seen_counts() {
    use crate::terminal::tty::Tty;
    use taiyuan::speedrun::Replay;
    let dir = tempfile::tempdir().unwrap();
    let story = story(dir.path());
    let args = ["run", "away", "--story", &story];
    for round in 0..12_u64 {
        let saves = dir.path().join(format!("saves-{round}"));
        let mut tty = Tty::start(&args, &saves, &[]);
        tty.resize(100, 30);
        tty.sees("Enter starts the clock.");
        tty.send("\r");
        let choices = 1 + usize::try_from(round).unwrap() % 4;
        for _ in 0..choices {
            tty.send("1");
        }
        tty.sees(&format!("choices                          {choices}"));
        // More, and death somewhere in the middle of them.
        tty.send("11");
        sleep(Duration::from_micros(round * 311 % 9_000));
        tty.signal("KILL");
        tty.exit();
        // Whoever asks first finds it: the records, or the next run.
        let asked = round % 2 == 0;
        if asked {
            let records = taiyuan(&saves, &["records", "away", "--story", &story], "");
            let records = String::from_utf8(records.stdout).unwrap();
            assert!(records.contains("attempts        1,"), "{records}");
        }
        let again = taiyuan(&saves, &[&args[..], &["--plain"]].concat(), "");
        let again = String::from_utf8(again.stdout).unwrap();
        let told = again.contains("an attempt that was cut off is counted");
        assert!(again.contains("attempt  2") && told != asked, "{again}");
        let replays: Vec<_> = std::fs::read_dir(saves.join("replays")).unwrap().map(|e| e.unwrap().path()).collect();
        let [replay] = &replays[..] else { panic!("{replays:?}") };
        let kept = Replay::read(&std::fs::read(replay).unwrap()).unwrap().leg().steps.len();
        assert!((choices..=choices + 2).contains(&kept), "round {round}: {choices} choices seen, {kept} kept");
    }
}
