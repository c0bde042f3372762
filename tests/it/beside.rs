//! Two programs on one folder of saves at once: neither holds the other up, loses it anything or says what is not so.

use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use taiyuan::saves::{Slot, Store};

use crate::cli::taiyuan;
use crate::killed::{prompt, saved, start, story};

/// Choices made while the others look on.
const CHOICES: usize = 60;

/// After so many of them the game waits until somebody has looked.
const LOOK_EVERY: usize = 20;

#[test]
fn while_one_game_saves_others_list_open_and_play_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let (story, saves) = (story(dir.path()), dir.path().join("saves"));
    let play = ["play", "--plain", "--story", &story, "--chapter", "watch", "--seed", "1"];
    taiyuan(&saves, &play, "1\nsave gate\n1\nsave hall\n");
    let (mut child, mut input, mut out) = start(&story, &saves);
    prompt(&mut out);
    let (done, promised, looked) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let looks = thread::scope(|scope| {
        let others = scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                let before = promised.load(Ordering::SeqCst);
                let store = Store::at(&saves);
                let entries = store.list().unwrap();
                assert!(entries.iter().all(|entry| entry.summary.is_ok() && entry.backup.is_none()), "{entries:?}");
                if before > 0 {
                    let steps = store.load(&Slot::auto()).unwrap().save.log.legs[0].steps.len();
                    assert!(steps >= before, "{steps} choices are there, and {before} were promised");
                    looked.fetch_add(1, Ordering::SeqCst);
                }
                let listed = taiyuan(&saves, &["saves", "list"], "");
                assert!(listed.status.success() && String::from_utf8_lossy(&listed.stdout).contains("gate"));
                let removed = taiyuan(&saves, &["saves", "remove", "hall"], "");
                assert!(String::from_utf8_lossy(&removed.stderr).contains("another game is open on"), "{removed:?}");
                let beside = taiyuan(&saves, &play, "1\n1\nsave gate\nsave gate\n");
                let said = String::from_utf8_lossy(&beside.stdout).replace('\n', " ");
                assert!(said.contains("another game is open on") && said.contains("Not saved: "), "{said}");
            }
        });
        for choice in 1..=CHOICES {
            input.write_all(b"1\n").unwrap();
            let said = prompt(&mut out);
            assert!(!said.contains("not saved"), "{said}");
            promised.store(choice, Ordering::SeqCst);
            let before = looked.load(Ordering::SeqCst);
            while choice % LOOK_EVERY == 0 && looked.load(Ordering::SeqCst) == before && !others.is_finished() {
                thread::sleep(Duration::from_millis(1));
            }
        }
        done.store(true, Ordering::SeqCst);
        others.join().unwrap();
        looked.load(Ordering::SeqCst)
    });
    assert!(looks >= CHOICES / LOOK_EVERY, "{looks} looks");
    drop(input);
    assert!(child.wait().unwrap().success());
    assert_eq!(saved(&saves), CHOICES);
    assert_eq!(Store::at(&saves).load(&"auto-p2".parse().unwrap()).unwrap().save.log.legs[0].steps.len(), 2);
    // Now that nobody else plays, what is asked for is done.
    assert!(taiyuan(&saves, &["saves", "remove", "hall"], "").status.success());
    let mut left: Vec<String> = std::fs::read_dir(&saves)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("hall") || name.ends_with(".tmp") || name.contains("unread"))
        .collect();
    left.sort();
    assert_eq!(left, [""; 0], "nothing is left behind");
}
