//! What a story, a save or a replay of somebody else could send to a terminal: by no route does it get there.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use taiyuan::story::{Book, Sources};

use crate::cli::taiyuan;

/// Titles, the clipboard, colours, the cursor, a C1 control, a line turned around, letters nobody sees.
const RAW: &str =
    "\u{1b}]0;owned\u{7}\u{1b}]52;c;b3duZWQ=\u{7}\u{1b}[31m\u{1b}[2J\u{9b}2J\u{8}\u{202e}\u{200b}\u{e0041}";

/// The same as RON may spell it.
fn spelt() -> String {
    RAW.chars()
        .map(|c| if c.is_ascii_graphic() { c.to_string() } else { format!("\\u{{{:x}}}", u32::from(c)) })
        .collect()
}

/// A story with this in everything that has a name or words, and in the name of a file.
fn story(evil: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("one")).unwrap();
    let manifest = format!(
        r#"(story: (id: "s{evil}", title: "S{evil}", version: "1{evil}", chapters: ["one"]),
        places: {{"p{evil}": (name: "P{evil}", at: (0, 0), kind: Gate)}},
        items: {{"i{evil}": (name: "I{evil}", text: "T{evil}")}},
        codex: {{"c{evil}": (title: "C{evil}", text: "T{evil}")}})"#
    );
    let chapter = format!(
        r#"(chapter: (title: "One{evil}", about: "A{evil}", start: "yard{evil}"),
        vars: {{"v{evil}": Int(range: (0, 9), start: 0, label: "V{evil}")}},
        scenes: {{
            "yard{evil}": (text: "A{evil} {{v{evil}}} {{none{evil}}} [x{evil}](y{evil})", choices: [
                (id: "go{evil}", say: "Go{evil}", said: "S{evil}", if: "v{evil} > none{evil}", locked: "No{evil}",
                 do: ["v{evil} += 1"], to: "end{evil}"),
                (id: "b", say: "B", to: "gone{evil}"),
            ]),
            "end{evil}": (text: "E{evil}", ending: "over{evil}"),
        }},
        endings: {{"over{evil}": (title: "O{evil}", rank: 1, text: "T{evil}")}},
        runs: {{"r{evil}": (title: "R{evil}", start: "yard{evil}", goal: "seen(end{evil})", seed: 7, rank: Time)}},
        unknown{evil}: 3)"#
    );
    fs::write(dir.path().join("story.ron"), manifest).unwrap();
    fs::write(dir.path().join("one/one.ron"), chapter).unwrap();
    // A system that has no such names is safe from them.
    let _ = fs::write(dir.path().join(format!("one/{RAW}.ron")), "(scenes: {");
    dir
}

#[track_caller]
fn is_harmless(what: &str, output: &Output) {
    for bytes in [&output.stdout, &output.stderr] {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let found =
            text.chars().find(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || RAW.contains(*c) && !c.is_ascii());
        assert_eq!(found, None, "{what}: {}", text.escape_debug());
        assert!(text.len() < 1 << 20, "{what}: {} bytes", text.len());
    }
}

#[test]
fn no_command_hands_on_what_a_story_hides() {
    let saves = tempfile::tempdir().unwrap();
    for evil in [RAW.to_owned(), spelt()] {
        let dir = story(&evil);
        let folder = dir.path().to_str().unwrap();
        let file = dir.path().join(format!("one/{RAW}.ron"));
        let commands: [&[&str]; 20] = [
            &["play", "--plain", "--story", folder],
            &["play", "--story", folder, "--chapter", RAW],
            &["run", RAW, "--plain", "--story", folder],
            &["practice", "--plain", "--story", folder],
            &["check", folder],
            &["check", "--json", folder],
            &["fmt", "--check", folder],
            &["fmt", "--check", file.to_str().unwrap()],
            &["test", folder],
            &["walk", folder],
            &["prove", folder],
            &["route", "--story", folder, RAW],
            &["stats", folder],
            &["graph", folder],
            &["compat", folder, folder],
            &["diff", folder, folder],
            &["new", "scene", RAW, folder],
            &["explain", RAW],
            &["verify", file.to_str().unwrap()],
            &["saves", "show", RAW],
        ];
        for command in commands {
            is_harmless(&format!("{command:?}"), &taiyuan(saves.path(), command, &format!("{RAW}\n1\n")));
        }
    }
}

/// Wherever it stands alone in a story that is good otherwise, it is refused.
#[test]
fn every_string_of_a_story_that_hides_something_is_refused() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories/good/every_feature");
    let files: Vec<(String, String)> = Sources::folder(Path::new(folder))
        .unwrap()
        .files()
        .iter()
        .map(|f| (f.path.clone(), f.text.to_string()))
        .collect();
    let mut tried = 0;
    for (at, (path, text)) in files.iter().enumerate() {
        // A quote that opens an ordinary string stands behind one of these.
        let opens = text.match_indices('"').filter(|(at, _)| text[..*at].ends_with([' ', '(', '[', '{']));
        for (open, _) in opens.collect::<Vec<_>>() {
            let mut files = files.clone();
            files[at].1 = format!("{}\"\\u{{1b}}[2J{}", &text[..open], &text[open + 1..]);
            let report = Book::check(Sources::from_texts(files));
            let line = text[..open].lines().count();
            assert!(report.has_errors(), "{path}:{line}: {}", text[open..].lines().next().unwrap());
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} strings were tried");
}

#[test]
fn what_a_save_or_a_replay_of_another_says_is_told_without_it() {
    let saves = tempfile::tempdir().unwrap();
    let dir = saves.path();
    let args = ["play", "--plain", "--chapter", "siege", "--seed", "7"];
    taiyuan(dir, &args, "1\n1\nsave gate\n");
    // The words of a save, changed and sealed again.
    let text = fs::read_to_string(dir.join("gate.save")).unwrap();
    let body = text.split_once('\n').unwrap().1;
    let mut changed = 0;
    for (at, _) in body.match_indices(":\"").chain(body.match_indices("[\"")) {
        let body = format!("{}{}{}", &body[..at + 2], spelt(), &body[at + 2..]);
        let head = format!("taiyuan-save 2 {}", body.len());
        let sum = crc32fast::hash(format!("{head}{body}").as_bytes());
        fs::write(dir.join("gate.save"), format!("{head} {sum:08x}\n{body}")).unwrap();
        if at % 5 == 0 || changed < 12 {
            for command in [
                &["saves", "list"][..],
                &["saves", "show", "gate"],
                &["play", "--plain", "--slot", "gate"],
                &["play", "--plain"],
            ] {
                is_harmless(&format!("{command:?} at {at}"), &taiyuan(dir, command, "slots\nhistory\nload gate\n"));
            }
        }
        changed += 1;
    }
    assert!(changed > 12, "{changed}");
    let replay = crate::replays::recorded("siege-moon");
    let file = dir.join("evil.replay");
    let head: Vec<&str> = replay.lines().take(3).collect();
    for at in head.join("\n").match_indices('"').map(|(at, _)| at).collect::<Vec<_>>() {
        fs::write(&file, format!("{}{}{}", &replay[..=at], spelt(), &replay[at + 1..])).unwrap();
        let file = file.to_str().unwrap();
        for command in [&["verify", file][..], &["replay", "text", file], &["practice", "--plain", "--replay", file]] {
            is_harmless(&format!("{command:?} at {at}"), &taiyuan(dir, command, ""));
        }
    }
}

/// Links, folders and files that would lead out of the folder, or never end.
#[cfg(unix)]
#[test]
fn a_folder_that_leads_elsewhere_or_never_ends_is_refused_in_bounded_time() {
    use std::os::unix::fs::symlink;
    let saves = tempfile::tempdir().unwrap();
    let dir = crate::small::folder(
        r#"scenes: {"start": (text: "A road.", ending: "there")}, endings: {"there": (title: "There", rank: 1)}"#,
    );
    let one = dir.path().join("one");
    fs::write(saves.path().join("secret.ron"), "secret words").unwrap();
    symlink(saves.path().join("secret.ron"), one.join("file.ron")).unwrap();
    symlink(saves.path(), one.join("folder")).unwrap();
    symlink("../..", one.join("up")).unwrap();
    symlink(".", one.join("round")).unwrap();
    symlink("/dev/zero", one.join("zero.ron")).unwrap();
    symlink("self.ron", one.join("self.ron")).unwrap();
    Command::new("mkfifo").arg(one.join("pipe.ron")).status().unwrap();
    fs::File::create(one.join("huge.ron")).unwrap().set_len(2 << 40).unwrap();
    fs::create_dir_all(one.join(vec!["deep"; 40].join("/"))).unwrap();
    let began = std::time::Instant::now();
    for (command, code) in [("check", 1), ("stats", 2), ("graph", 2), ("test", 2), ("walk", 2), ("prove", 2)] {
        let out = taiyuan(saves.path(), &[command, dir.path().to_str().unwrap()], "");
        assert_eq!(out.status.code(), Some(code), "{command}");
        let said = String::from_utf8([out.stdout, out.stderr].concat()).unwrap();
        assert!(!said.contains("secret words"), "{said}");
        for why in ["file.ron", "folder", "zero.ron", "pipe.ron", "huge.ron", "leads out of", "nested too deep"] {
            assert!(said.contains(why), "{command}: {why} is not told\n{said}");
        }
    }
    assert!(began.elapsed().as_secs() < 10, "it took {:?}", began.elapsed());
}

#[test]
fn files_that_are_too_much_together_are_refused() {
    let saves = tempfile::tempdir().unwrap();
    let dir = crate::small::folder(
        r#"scenes: {"start": (text: "A road.", ending: "there")}, endings: {"there": (title: "There", rank: 1)}"#,
    );
    let page = format!("// {}\n()", "x".repeat((4 << 20) - 10));
    for n in 0..17 {
        fs::write(dir.path().join(format!("one/page-{n:02}.ron")), &page).unwrap();
    }
    let out = taiyuan(saves.path(), &["stats", dir.path().to_str().unwrap()], "");
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(said.contains("page-16.ron") && said.contains("64 MiB"), "{said}");
}

/// A slot's name is no path.
#[test]
fn no_name_leads_out_of_the_folder() {
    let outer = tempfile::tempdir().unwrap();
    let saves = outer.path().join("saves");
    for name in ["../../x", "..", "/tmp/x", "a/b", "a\\b", "con", "auto", "x\u{0}", "\u{202e}x", "", "-"] {
        let lines = format!("1\nsave {name}\nload {name}\n");
        let out = taiyuan(&saves, &["play", "--plain", "--chapter", "siege", "--seed", "7"], &lines);
        let said = String::from_utf8(out.stdout.clone()).unwrap();
        assert!(name == "-" || said.contains("Not saved: "), "{name:?}: {said}");
        is_harmless(name, &out);
        for what in [["saves", "show"], ["saves", "remove"]] {
            if !name.contains('\u{0}') && !name.starts_with('-') {
                let out = taiyuan(&saves, &[what[0], what[1], name], "");
                assert!(name == "auto" || out.status.code() == Some(2), "{what:?} {name:?}");
            }
        }
    }
    let left: Vec<_> = fs::read_dir(outer.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["saves"]);
}
