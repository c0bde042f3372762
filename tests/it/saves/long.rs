//! A very long play.

use std::time::{Duration, Instant};

use taiyuan::saves::{How, Save, Slot, Store};

use super::fen::{Play, load_in};

#[test]
fn a_log_of_ten_thousand_steps_is_saved_loaded_played_on_and_undone() {
    there_and_back(10_000, Duration::from_secs(10));
}

#[test]
#[ignore = "seconds in a build that is not optimized; `cargo test --test it saves::long -- --ignored`"]
fn a_log_of_a_hundred_thousand_steps_is_saved_loaded_played_on_and_undone() {
    there_and_back(100_000, Duration::from_secs(60));
}

fn there_and_back(steps: usize, patience: Duration) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    let began = Instant::now();
    let mut play = Play::new(7);
    for _ in 0..steps {
        play.take("wait");
    }
    let mut autosave = play.autosave(&store);
    for _ in 0..3 {
        play.take("wait");
        autosave.keep(play.note()).unwrap();
    }
    let opened = store.load(&Slot::auto()).unwrap();
    assert_eq!((&opened.save, opened.caveat), (&play.save(), None));
    let text = opened.save.write().unwrap();
    assert!(text.len() < 8 << 20, "{} bytes", text.len());
    let save = Save::read(text.as_bytes()).unwrap();
    let loaded = load_in(&play.chapter, &save).unwrap();
    assert_eq!(loaded.how, How::Same);
    let mut back = Play::loaded(loaded);
    assert_eq!(back.deltas.len(), steps + 3);
    for _ in 0..steps + 3 {
        back.undo();
    }
    assert_eq!(back.state, Play::new(7).state);
    assert!(began.elapsed() < patience, "it took {:?}", began.elapsed());
}
