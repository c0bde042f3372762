//! A saves folder that is full, shut, gone, or has something else where a save should be: it is said, nothing is
//! overwritten, and the game goes on.

use std::fs;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command};

use taiyuan::saves::store::Caveat;
use taiyuan::saves::{Slot, Store};
use tempfile::TempDir;

use crate::cli::taiyuan;
use crate::killed::{prompt, saved, start, story};

/// A game at its prompt.
struct Game {
    child: Child,
    input: ChildStdin,
    out: BufReader<ChildStdout>,
}

impl Game {
    fn new(story: &str, saves: &Path) -> Self {
        let (child, input, mut out) = start(story, saves);
        prompt(&mut out);
        Self { child, input, out }
    }

    /// Types a line and answers what is said up to the next prompt, as one line.
    fn says(&mut self, line: &str) -> String {
        self.input.write_all(format!("{line}\n").as_bytes()).unwrap();
        prompt(&mut self.out).replace('\n', " ")
    }

    fn leave(mut self) {
        drop(self.input);
        assert!(self.child.wait().unwrap().success());
    }
}

fn folder() -> (TempDir, String, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let story = story(dir.path());
    let saves = dir.path().join("saves");
    (dir, story, saves)
}

/// Plays lines in a folder and answers what was said.
fn play(story: &str, saves: &Path, lines: &str) -> String {
    let out = taiyuan(saves, &["play", "--plain", "--story", story, "--chapter", "watch", "--seed", "1"], lines);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn a_folder_that_vanishes_is_made_again_with_all_that_was_chosen() {
    let (_dir, story, saves) = folder();
    let mut game = Game::new(&story, &saves);
    game.says("1");
    fs::remove_dir_all(&saves).unwrap();
    assert!(!game.says("1").contains("not saved"));
    assert_eq!(saved(&saves), 2);
    // A second game does not take it for free.
    assert!(play(&story, &saves, "1\n").contains("another game is open on"));
    assert_eq!(saved(&saves), 2);
    assert!(!game.says("save quick").contains("Not saved"));
    game.leave();
    assert_eq!(saved(&saves), 2);
}

#[test]
fn an_autosave_that_something_else_brought_back_is_not_written_into() {
    let (dir, story, saves) = folder();
    play(&story, &saves, "1\n1\n1\n");
    let older = fs::read(saves.join("auto.journal")).unwrap();
    let mut game = Game::new(&story, &saves);
    game.says("1");
    fs::write(dir.path().join("older"), &older).unwrap();
    fs::rename(dir.path().join("older"), saves.join("auto.journal")).unwrap();
    assert!(!game.says("1").contains("not saved"));
    assert_eq!(saved(&saves), 2);
    assert_eq!(fs::read(saves.join("auto.journal.bak")).unwrap(), older);
    game.leave();
}

#[test]
fn a_run_goes_on_in_a_new_file_when_its_folder_vanishes() {
    let (_dir, story, saves) = folder();
    let args = ["run", "away", "--plain", "--story", &story];
    let out = Command::new(env!("CARGO_BIN_EXE_taiyuan"))
        .args(args)
        .env("TAIYUAN_SAVES", &saves)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn();
    let mut child = out.unwrap();
    let (input, out) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let mut game = Game { child, input, out };
    prompt(&mut game.out);
    game.says("");
    game.says("1");
    fs::remove_dir_all(&saves).unwrap();
    assert!(!game.says("1").contains("not kept"));
    game.child.kill().unwrap();
    game.child.wait().unwrap();
    taiyuan(&saves, &args, "");
    let kept = fs::read_dir(saves.join("replays")).unwrap().next().unwrap().unwrap().path();
    let kept = taiyuan::speedrun::Replay::read(&fs::read(kept).unwrap()).unwrap();
    assert_eq!(kept.leg().steps.len(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_at_every_prompt_until_there_is_room() {
    let (_dir, story, saves) = folder();
    fs::create_dir(&saves).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&saves).output();
    if !mount.is_ok_and(|out| out.status.success()) {
        println!("SKIP: no disk can be mounted here");
        return;
    }
    struct Mounted<'a>(&'a Path);
    impl Drop for Mounted<'_> {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg("-l").arg(self.0).status();
        }
    }
    let _mounted = Mounted(&saves);
    let mut game = Game::new(&story, &saves);
    game.says("1");
    assert!(game.says("save quick").contains("Saved as `quick`"));
    let _ = fs::write(saves.join("ballast"), vec![b'x'; 128 << 10]);
    let mut full = 0;
    while !game.says("1").contains("(not saved: cannot write ") {
        full += 1;
        assert!(full < 100, "the disk is never full");
    }
    let reported = 1 + full;
    assert_eq!(saved(&saves), reported, "what was reported as saved is there");
    assert!(game.says("1").contains("No space left"));
    assert!(game.says("save quick").contains("Not saved: cannot "));
    assert_eq!(saved(&saves), reported);
    assert_eq!(Store::at(&saves).load(&Slot::quick()).unwrap().save.summary.moment.turn, 1);
    fs::remove_file(saves.join("ballast")).unwrap();
    assert!(!game.says("1").contains("not saved"));
    assert_eq!(saved(&saves), reported + 3);
    game.leave();
    assert!(fs::read_dir(&saves).unwrap().all(|e| !e.unwrap().file_name().to_string_lossy().ends_with(".tmp")));
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_played_in_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let (dir, story, saves) = folder();
    play(&story, &saves, "1\nsave gate\n");
    let listing = |saves: &Path| {
        let mut names: Vec<_> = fs::read_dir(saves).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = listing(&saves);
    for (path, mode) in [(dir.path(), 0o755), (saves.as_path(), 0o555)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    for entry in fs::read_dir(&saves).unwrap() {
        fs::set_permissions(entry.unwrap().path(), fs::Permissions::from_mode(0o444)).unwrap();
    }
    let args = ["play", "--plain", "--story", &story, "--slot", "gate"];
    // Whom no permission stops becomes somebody whom they do.
    let root = fs::metadata("/proc/self").is_ok_and(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0);
    let by: &[&str] = if root { &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] } else { &["env"] };
    let mut command = Command::new(by[0]);
    command.args(&by[1..]).arg(env!("CARGO_BIN_EXE_taiyuan")).args(args).env("TAIYUAN_SAVES", &saves);
    let input = fs::File::open(write(dir.path(), "1\nsave gate\nsave gate\n1\nquit\n")).unwrap();
    let out = command.stdin(input).output();
    fs::set_permissions(&saves, fs::Permissions::from_mode(0o755)).unwrap();
    let Some(out) = out.ok().filter(|out| out.status.code() != Some(126) && out.status.code() != Some(127)) else {
        println!("SKIP: nobody whom permissions stop can run the program here");
        return;
    };
    let said = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&out.stderr));
    let (head, rest) = said.split_once("The wall.").unwrap();
    assert!(head.contains("Permission denied"), "it is said before the first page: {said}");
    assert!(rest.matches("(not saved: ").count() >= 2 && rest.contains("Not saved: "), "{said}");
    assert!(rest.contains("now 3"), "the game goes on: {said}");
    assert_eq!(listing(&saves), before);
}

#[cfg(unix)]
fn write(dir: &Path, text: &str) -> PathBuf {
    let path = dir.join("input");
    fs::write(&path, text).unwrap();
    path
}

/// Puts something where a file should be. Answers whether it could be made.
type Put = fn(&Path) -> bool;

const ODD: [(&str, Put); 6] = [
    ("a directory", |path| fs::create_dir(path).is_ok() && fs::write(path.join("precious"), "kept").is_ok()),
    ("a pipe", |path| Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success())),
    ("a link to something else", |path| link("precious", path)),
    ("a link to nothing", |path| link("nowhere", path)),
    ("2 GB of nothing", |path| fs::File::create(path).and_then(|file| file.set_len(2 << 30)).is_ok()),
    ("a letter", |path| fs::write(path, "Dear prefect").is_ok()),
];

#[cfg(unix)]
fn link(to: &str, path: &Path) -> bool {
    let to = path.with_file_name(to);
    if to.ends_with("precious") {
        fs::write(&to, "kept").unwrap();
    }
    std::os::unix::fs::symlink(to, path).is_ok()
}

#[cfg(not(unix))]
fn link(_: &str, _: &Path) -> bool {
    false
}

#[test]
fn whatever_stands_where_a_save_should_is_said_set_aside_and_played_past() {
    for (what, put) in ODD {
        for name in ["quick.save", "auto.journal", "profile.ron", "settings.ron"] {
            let (_dir, story, saves) = folder();
            // Saved twice, so that there is a backup.
            play(&story, &saves, "1\nsave quick\n1\nsave quick\n");
            let path = saves.join(name);
            let _ = fs::remove_file(&path);
            if !put(&path) {
                continue;
            }
            let odd = fs::symlink_metadata(&path).unwrap();
            let slot = name.split('.').next().unwrap();
            let said = play(&story, &saves, &format!("load {slot}\n1\nsave quick\nslots\n"));
            assert!(said.contains("Saved as `quick`") && !said.contains("not saved"), "{what}, {name}: {said}");
            if name != "profile.ron" && name != "settings.ron" && what != "a link to nothing" {
                assert!(said.contains("this is the backup: "), "{what}, {name}: {said}");
            }
            assert_eq!(Store::at(&saves).load(&Slot::quick()).unwrap().caveat, None);
            let aside = [format!("{name}.unread-1"), name.to_owned(), format!("{name}.bak")];
            let same = |about: &fs::Metadata| (about.file_type(), about.len()) == (odd.file_type(), odd.len());
            let kept = aside.iter().any(|name| fs::symlink_metadata(saves.join(name)).is_ok_and(|about| same(&about)));
            assert!(kept, "{what}, {name}: it is nowhere");
            if what.contains("something else") {
                assert_eq!(fs::read_to_string(saves.join("precious")).unwrap(), "kept", "{what}, {name}");
            }
        }
    }
}

#[test]
fn whatever_stands_where_a_lock_should_be_does_not_hold_the_game_up() {
    for (what, put) in ODD {
        for name in [".lock", ".profile.lock", "runs", "replays", "runs/.lock"] {
            let (_dir, story, saves) = folder();
            fs::create_dir_all(saves.join(name).parent().unwrap()).unwrap();
            if !put(&saves.join(name)) {
                continue;
            }
            let said = play(&story, &saves, "1\nsave quick\n1\n");
            assert!(said.contains("now 2"), "{what}, {name}: {said}");
            let told = said.contains("(not saved: ") || said.contains("Not saved: ");
            assert!(told || saved(&saves) == 2, "{what}, {name}: {said}");
            let ran = taiyuan(&saves, &["run", "away", "--plain", "--story", &story], "\n1\n2\n");
            let said = String::from_utf8(ran.stdout).unwrap();
            assert_eq!(ran.status.code(), Some(0), "{what}, {name}: {said}");
            let kept = fs::read_dir(saves.join("replays"))
                .is_ok_and(|mut all| all.any(|e| e.unwrap().path().extension().is_some_and(|e| e == "replay")));
            assert!(said.contains("(not kept: ") || kept, "{what}, {name}: {said}");
        }
    }
}

#[test]
fn a_slot_cut_or_turned_anywhere_is_its_backup() {
    let (_dir, story, saves) = folder();
    play(&story, &saves, "1\nsave quick\n1\nsave quick\n");
    let store = Store::at(&saves);
    let (path, backup) = (saves.join("quick.save"), saves.join("quick.save.bak"));
    let (whole, older) = (fs::read(&path).unwrap(), fs::read(&backup).unwrap());
    let was = |bytes: &[u8], at: usize, how: &str| {
        fs::write(&path, bytes).unwrap();
        let opened = store.load(&Slot::quick()).unwrap_or_else(|fault| panic!("{how} at {at}: {fault}"));
        assert_eq!(opened.save.summary.moment.turn, 1, "{how} at {at}");
        assert!(matches!(opened.caveat, Some(Caveat::Backup(_))), "{how} at {at}");
        assert_eq!(fs::read(&backup).unwrap(), older);
    };
    for at in 0..whole.len() {
        was(&whole[..at], at, "cut");
        let mut turned = whole.clone();
        turned[at] ^= 1 << (at % 8);
        was(&turned, at, "turned");
    }
}

#[test]
#[ignore = "ten thousand choices, each synced: half a minute, nearly all of it the disk; `cargo test --test it spoilt -- --ignored`"]
fn ten_thousand_choices_in_one_session_are_all_kept() {
    let (dir, story, saves) = folder();
    let chapter = dir.path().join("story/watch/watch.ron");
    let text = fs::read_to_string(&chapter).unwrap().replace("(0, 9999)", "(0, 20000)");
    fs::write(&chapter, text).unwrap();
    let said = play(&story, &saves, &"1\n".repeat(10_000));
    assert!(said.contains("now 10000") && !said.contains("not saved"));
    let store = Store::at(&saves);
    assert_eq!(store.load(&Slot::auto()).unwrap().save.log.legs[0].steps.len(), 10_000);
    let again = taiyuan(&saves, &["play", "--plain", "--story", &story, "--slot", "auto"], "jump 1\n");
    assert!(String::from_utf8(again.stdout).unwrap().contains("now 1)"));
}
