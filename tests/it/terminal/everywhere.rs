//! Every signal on every screen: the terminal is as it was, the last choice is saved, the exit code says which it was.

use std::fs;
use std::path::Path;

use super::tty::Tty;
use crate::cli::taiyuan;
use crate::killed::{saved, story};

/// A screen: its name, and the keys that lead there from the page behind the first choice.
const SCREENS: [(&str, &[&str]); 17] = [
    ("the page", &[]),
    ("things", &["i"]),
    ("stats", &["t"]),
    ("people", &["p"]),
    ("codex", &["c"]),
    ("the search in it", &["c", "/"]),
    ("map", &["m"]),
    ("history", &["h"]),
    ("save", &["s"]),
    ("load", &["l"]),
    ("endings", &["e"]),
    ("runs", &["0"]),
    ("settings", &["o"]),
    ("help", &["?"]),
    ("palette", &[":"]),
    ("report", &["R"]),
    ("title", &["Q"]),
];

/// The same from the card of a run that is ready.
const RUNS: [(&str, &[&str]); 4] = [
    ("a run", &["\r", "1"]),
    ("a pause", &["\r", "1", "p"]),
    ("a run reset", &["\r", "1", "\x12"]),
    ("a run won", &["\r", "1", "2"]),
];

/// What happens there.
#[derive(Clone, Copy, Debug)]
enum Blow {
    Signal(&'static str, u32),
    /// `^C`.
    Interrupt,
    /// A stop, and then the way on.
    Stop,
    Panic,
    /// The window is closed.
    HangUp,
}

const BLOWS: [Blow; 8] = [
    Blow::Signal("TERM", 15),
    Blow::Signal("HUP", 1),
    Blow::Signal("INT", 2),
    Blow::Signal("QUIT", 3),
    Blow::Interrupt,
    Blow::Stop,
    Blow::Panic,
    Blow::HangUp,
];

fn lead(tty: &mut Tty, keys: &[&str]) {
    for key in keys {
        let before = tty.text();
        tty.send(key);
        tty.wait("another screen", |screen| screen.contents() != before);
    }
}

fn strike(tty: &mut Tty, blow: Blow) {
    match blow {
        Blow::Signal(name, number) => {
            tty.signal(name);
            assert_eq!(tty.exit(), 128 + number);
        }
        Blow::Interrupt => {
            tty.send("\x03");
            assert_eq!(tty.exit(), 130);
        }
        Blow::Stop => {
            tty.signal("TSTP");
            tty.wait("the main screen", |screen| !screen.alternate_screen());
            tty.stopped();
            tty.given_back();
            tty.signal("CONT");
            tty.wait("the screen again", vt100::Screen::alternate_screen);
            tty.signal("TERM");
            assert_eq!(tty.exit(), 143);
        }
        Blow::Panic => {
            tty.send("\x1d");
            assert_ne!(tty.exit(), 0);
        }
        Blow::HangUp => return tty.hang_up(),
    }
    tty.given_back();
}

fn play(story: &str, saves: &Path, keys: &[&str], blow: Blow) {
    let file = Path::new(story).join("watch/watch.ron");
    let text = fs::read_to_string(&file).unwrap();
    let args = ["play", "--story", story, "--chapter", "watch", "--seed", "1"];
    let mut tty = Tty::start(&args, saves, &[("TAIYUAN_PANIC", "1")]);
    tty.sees("The wall.");
    tty.send("1");
    tty.sees("now 1");
    tty.sees("saved");
    if keys == ["R"] {
        fs::write(&file, "(scenes: {").unwrap();
    }
    lead(&mut tty, keys);
    fs::write(&file, text).unwrap();
    strike(&mut tty, blow);
    assert_eq!(saved(saves), 1);
}

fn run(story: &str, saves: &Path, keys: &[&str], blow: Blow) {
    let args = ["run", "away", "--story", story];
    let mut tty = Tty::start(&args, saves, &[("TAIYUAN_PANIC", "1")]);
    tty.resize(100, 30);
    tty.sees("Enter starts the clock.");
    lead(&mut tty, keys);
    strike(&mut tty, blow);
    let again = taiyuan(saves, &[&args[..], &["--plain"]].concat(), "");
    let again = String::from_utf8(again.stdout).unwrap();
    assert!(again.contains("attempt  2"), "{again}");
}

/// Every `stride`-th pair of a screen and a blow.
fn all(first: usize, stride: usize) {
    if !cfg!(debug_assertions) {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let story = story(dir.path());
    let screens = SCREENS.iter().map(|screen| (screen, play as fn(&str, &Path, &[&str], Blow)));
    let screens = screens.chain(RUNS.iter().map(|screen| (screen, run as fn(&str, &Path, &[&str], Blow))));
    let pairs = screens.flat_map(|(screen, act)| BLOWS.map(|blow| (screen, act, blow)));
    for (number, ((name, keys), act, blow)) in pairs.enumerate().skip(first).step_by(stride) {
        let saves = dir.path().join(format!("saves-{number}"));
        let done = std::panic::catch_unwind(|| act(&story, &saves, keys, blow));
        assert!(done.is_ok(), "{blow:?} on {name}");
    }
}

#[test]
fn here_and_there_a_signal_costs_nothing() {
    all(2, 11);
}

#[test]
#[ignore = "every signal on every screen: a minute; `cargo test --test it everywhere -- --ignored`"]
fn everywhere_a_signal_costs_nothing() {
    all(0, 1);
}
