//! The program on a real terminal: what it takes it gives back, whatever happens.
#![cfg(all(unix, feature = "tui"))]

#[path = "terminal/everywhere.rs"]
mod everywhere;
#[path = "terminal/livesplit.rs"]
mod livesplit;
#[path = "terminal/run.rs"]
mod run;
#[path = "terminal/runs.rs"]
mod runs;
#[path = "terminal/tty.rs"]
pub(crate) mod tty;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use tty::Tty;

const STORY: &str = r##"(
    story: (id: "small", title: "A Small Siege", version: "1", chapters: ["gate"]),
    places: {"wall": (name: "The wall", zh: "太原", at: (0, 0), kind: Gate)},
    chapter: (title: "The Gate", about: "A gate.", start: "night", accent: "blood", stats: ["grain"]),
    vars: {"grain": Int(range: (0, 9), start: 5, label: "Grain", gauge: true)},
    scenes: {
        "night": (at: "wall", text: r#"
            It is night on the wall of 太原.
        "#, choices: [
            (id: "wait", say: "Wait for dawn", again: true, do: ["grain -= 1"], said: "You wait.", to: "night"),
            (id: "open", say: "Open the gate", to: "end"),
        ]),
        "end": (text: "It is over.", ending: "over"),
    },
    endings: {"over": (title: "Over", rank: 1, text: "So it ended.")},
)"##;

struct Folder {
    dir: TempDir,
}

impl Folder {
    fn new() -> Self {
        Self::with(STORY)
    }

    fn with(story: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("story/gate")).unwrap();
        let (manifest, chapter) = story.split_once("    chapter:").unwrap();
        std::fs::write(dir.path().join("story/story.ron"), format!("{manifest})")).unwrap();
        std::fs::write(dir.path().join("story/gate/gate.ron"), format!("(    chapter:{chapter}")).unwrap();
        Self { dir }
    }

    fn story(&self) -> String {
        self.dir.path().join("story").display().to_string()
    }

    fn saves(&self) -> PathBuf {
        self.dir.path().join("saves")
    }

    fn play(&self, variables: &[(&str, &str)]) -> Tty {
        let story = self.story();
        let mut tty =
            Tty::start(&["play", "--story", &story, "--chapter", "gate", "--seed", "7"], &self.saves(), variables);
        tty.sees("It is night on the wall");
        tty
    }
}

fn has_autosave(saves: &Path) -> bool {
    std::fs::read_dir(saves)
        .is_ok_and(|mut files| files.any(|f| f.unwrap().file_name().to_string_lossy().starts_with("auto")))
}

#[test]
fn a_play_is_told_chosen_saved_and_left() {
    let folder = Folder::new();
    let mut tty = folder.play(&[]);
    assert!(tty.screen().alternate_screen() && !tty.cooked());
    assert!(tty.text().contains("太原"));
    assert!(!has_autosave(&folder.saves()), "before the first choice nothing is written");
    tty.send("1");
    tty.sees("You wait.");
    tty.sees("saved");
    assert!(has_autosave(&folder.saves()));
    tty.send("Q");
    tty.sees("Continue");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    tty.given_back();
}

#[test]
fn signals_save_restore_and_say_which_they_were() {
    for (name, number) in [("TERM", 15), ("HUP", 1), ("INT", 2), ("QUIT", 3)] {
        let folder = Folder::new();
        let mut tty = folder.play(&[]);
        tty.send("1");
        tty.sees("You wait.");
        tty.signal(name);
        assert_eq!(tty.exit(), 128 + number, "after {name}");
        tty.given_back();
        assert!(has_autosave(&folder.saves()), "{name} loses nothing");
    }
}

#[test]
fn control_c_is_a_way_out() {
    let folder = Folder::new();
    let mut tty = folder.play(&[]);
    tty.send("\x03");
    assert_eq!(tty.exit(), 130);
    tty.given_back();
}

#[cfg(target_os = "linux")]
#[test]
fn it_stops_and_comes_back_with_its_screen() {
    let folder = Folder::new();
    let mut tty = folder.play(&[]);
    for round in 0..4 {
        if round % 2 == 0 {
            tty.send("\x1a")
        } else {
            tty.signal("TSTP")
        }
        tty.wait("the main screen", |screen| !screen.alternate_screen());
        tty.stopped();
        tty.given_back();
        tty.signal("CONT");
        tty.wait("the page again", |screen| screen.alternate_screen() && screen.contents().contains("It is night"));
        assert!(!tty.cooked());
    }
    let asked = tty.raw.windows(4).any(|w| w == b"\x1b[6n");
    assert!(!asked, "it never asks where the cursor is");
    tty.send("1");
    tty.sees("You wait.");
}

#[test]
fn any_size_will_do_and_nothing_is_lost() {
    let folder = Folder::new();
    let mut tty = folder.play(&[]);
    tty.send("1");
    tty.sees("You wait.");
    for (columns, rows) in [(1, 1), (2, 2), (3, 10), (1, 200), (200, 1), (0, 0)] {
        tty.resize(columns, rows);
    }
    tty.resize(39, 12);
    tty.sees("too small");
    tty.resize(120, 40);
    tty.sees("Grain");
    tty.sees("You wait.");
    tty.resize(40, 12);
    tty.sees("You wait.");
}

#[test]
fn a_panic_gives_the_terminal_back_first() {
    if !cfg!(debug_assertions) {
        return;
    }
    let folder = Folder::new();
    let mut tty = folder.play(&[("TAIYUAN_PANIC", "1")]);
    tty.send("1");
    tty.sees("You wait.");
    tty.send("\x1d");
    assert_ne!(tty.exit(), 0);
    tty.given_back();
    assert!(tty.text().contains("Every choice you made was saved"), "{}", tty.text());
    assert!(has_autosave(&folder.saves()));
}

#[test]
fn a_report_has_colours_unless_there_are_none_or_nobody_wants_them() {
    let folder = Folder::new();
    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories/bad/unknown_head");
    let ways: [(&[(&str, &str)], bool); 3] = [(&[], true), (&[("NO_COLOR", "1")], false), (&[("TERM", "dumb")], false)];
    for (variables, coloured) in ways {
        for (args, words) in
            [(&["check", story][..], " errors"), (&["stats", story], " errors"), (&["check", "--so"], "--help")]
        {
            let mut tty = Tty::start(args, &folder.saves(), variables);
            assert!(tty.comes(words, |screen| screen.contents().contains(words)), "{args:?}:\n{}", tty.text());
            assert_eq!(tty.raw.contains(&0x1b), coloured, "{args:?} with {variables:?}:\n{}", tty.text());
        }
    }
}

#[test]
fn no_color_means_none_and_the_selection_still_shows() {
    let folder = Folder::new();
    let mut tty = folder.play(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]);
    tty.sees("1  Wait for dawn");
    let (row, column) = tty.screen().cursor_position();
    assert!(tty.screen().cell(row, column).unwrap().inverse(), "the selected row is reversed");
    for row in 0..24 {
        for column in 0..80 {
            let cell = tty.screen().cell(row, column).unwrap();
            assert_eq!((cell.fgcolor(), cell.bgcolor()), (vt100::Color::Default, vt100::Color::Default));
        }
    }
}

#[test]
fn one_key_is_one_small_write_and_nothing_is_drawn_for_nothing() {
    let folder = Folder::new();
    let mut tty = folder.play(&[("COLORTERM", "truecolor")]);
    tty.sees("1  Wait for dawn");
    let before = tty.raw.len();
    tty.send("j");
    tty.sees("› 2  Open the gate");
    assert!(tty.raw.len() - before < 700, "{} bytes for one key", tty.raw.len() - before);
    let frame = String::from_utf8_lossy(&tty.raw[before..]).into_owned();
    assert!(frame.contains("\x1b[?2026h") && frame.contains("\x1b[?2026l"), "it is one update");
}

#[test]
fn a_paste_is_no_command() {
    let folder = Folder::new();
    let mut tty = folder.play(&[]);
    tty.send("\x1b[200~1QQ\x03\x1b[201~");
    tty.send("j");
    tty.sees("› 2  Open the gate");
    assert!(!tty.text().contains("You wait."));
}

#[test]
fn the_mouse_chooses_unless_it_is_left_alone() {
    let folder = Folder::new();
    let mut tty = folder.play(&[]);
    tty.sees("1  Wait for dawn");
    assert_ne!(tty.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    let row = tty.text().lines().position(|l| l.contains("1  Wait")).unwrap() + 1;
    tty.send(&format!("\x1b[<0;14;{row}M\x1b[<0;14;{row}m"));
    tty.sees("You wait.");
    let story = folder.story();
    let args = ["play", "--story", &story, "--chapter", "gate", "--no-mouse"];
    let mut tty = Tty::start(&args, &folder.saves(), &[]);
    tty.sees("It is night");
    assert_eq!(tty.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}

#[test]
fn a_late_answer_of_the_terminal_is_no_choice() {
    let folder = Folder::new();
    let mut tty = folder.play(&[]);
    tty.send("\x1b]11;rgb:1010/2222/3131\x1b\\");
    tty.send("h");
    tty.sees("History, 0 choices");
}

#[test]
fn it_goes_when_its_terminal_goes_and_the_choices_stay() {
    let folder = Folder::new();
    let mut tty = folder.play(&[]);
    tty.send("1");
    tty.sees("You wait.");
    tty.sees("saved");
    tty.hang_up();
    let again = Command::new(env!("CARGO_BIN_EXE_taiyuan"))
        .args(["saves", "show", "auto", "--saves", &folder.saves().display().to_string()])
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&again.stdout).contains("wait"), "{again:?}");
}

#[test]
fn the_story_is_read_again_by_one_key() {
    let folder = Folder::new();
    let mut tty = folder.play(&[]);
    tty.send("1");
    tty.sees("You wait.");
    let file = folder.dir.path().join("story/gate/gate.ron");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("It is night", "It is a clear night")).unwrap();
    tty.send("R");
    tty.sees("It is a clear night");
    tty.sees("read again");
    std::fs::write(&file, "(scenes: {").unwrap();
    tty.send("R");
    tty.sees("gate.ron:1:11");
    tty.send("\x1b");
    tty.sees("It is a clear night");
}

#[test]
fn no_story_can_speak_to_the_terminal() {
    // What the loader lets through, the screen does not: the name of the story is not checked prose.
    let folder = Folder::with(&STORY.replace("It is over.", "It is \u{202e}over."));
    let story = folder.story();
    let mut tty = Tty::start(&["play", "--story", &story, "--chapter", "gate"], &folder.saves(), &[]);
    // Either it is refused with an error, or it is shown harmlessly.
    tty.wait("a page or an error", |s| s.contents().contains("It is night") || s.contents().contains("error"));
    assert!(!String::from_utf8_lossy(&tty.raw).contains('\u{202e}') || tty.text().contains("error"));
    assert!(tty.heard().titles.is_empty() && tty.heard().clipboard == 0 && tty.heard().bells == 0);
}

#[test]
fn without_a_terminal_the_plain_game_is_played() {
    let folder = Folder::new();
    let out = Command::new(env!("CARGO_BIN_EXE_taiyuan"))
        .args(["play", "--story", &folder.story(), "--chapter", "gate"])
        .env("TAIYUAN_SAVES", folder.saves())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(0));
    assert!(!out.stdout.contains(&0x1b));
    assert!(String::from_utf8(out.stdout).unwrap().contains("It is night"));
}
