//! The autosave: nothing chosen is lost.

use std::fs;

use taiyuan::saves::store::Caveat;
use taiyuan::saves::{Fault, How, Slot, Store};

use super::far;
use super::fen::{Play, deltas, load_in};

const JOURNAL: &str = "auto.journal";

#[test]
fn every_choice_and_undo_is_on_the_disk_when_it_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    let mut play = Play::new(7).choose("wade");
    let mut autosave = play.autosave(&store);
    let mut luck = 11_u32;
    for turn in 0..300 {
        luck = luck.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let offers: Vec<String> = play.offers().into_iter().filter(|key| key != "home").collect();
        if turn % 7 == 6 {
            (0..=luck % 5).take(play.deltas.len()).for_each(|_| play.undo());
        } else {
            play.take(&offers[(luck >> 16) as usize % offers.len()]);
        }
        autosave.keep(play.note()).unwrap();
        let opened = store.load(&Slot::auto()).unwrap();
        assert_eq!(opened.save, play.save(), "turn {turn}");
        assert_eq!(opened.caveat, None);
        assert_eq!(store.list().unwrap()[0].summary, Ok(play.save().summary));
    }
    let loaded = load_in(&play.chapter, &store.load(&Slot::auto()).unwrap().save).unwrap();
    assert_eq!((deltas(&loaded), loaded.how, loaded.state), (play.deltas, How::Same, play.state));
}

#[test]
fn an_autosave_cut_short_anywhere_keeps_all_that_was_whole() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    let mut play = Play::new(7).choose("wade");
    let mut autosave = play.autosave(&store);
    let path = dir.path().join(JOURNAL);
    let mut kept = vec![(fs::metadata(&path).unwrap().len(), play.save())];
    for key in ["knock", "peer", "drop", "eat", "out"] {
        play.take(key);
        autosave.keep(play.note()).unwrap();
        kept.push((fs::metadata(&path).unwrap().len(), play.save()));
    }
    let whole = fs::read(&path).unwrap();
    for end in 0..=whole.len() {
        fs::write(&path, &whole[..end]).unwrap();
        // A line is whole when all but its end is there.
        let wanted = kept.iter().rev().find(|(length, _)| *length <= end as u64 + 1 && end as u64 >= kept[0].0);
        match (store.load(&Slot::auto()), wanted) {
            (Ok(opened), Some((length, save))) => {
                assert_eq!(&opened.save, save, "cut at {end}");
                let torn = (end as u64) > *length;
                assert_eq!(opened.caveat, torn.then_some(Caveat::Torn), "cut at {end}");
                assert_eq!(store.show(Slot::auto()).summary.unwrap(), save.summary, "cut at {end}");
            }
            (Err(Fault::Damaged(_) | Fault::NotASave), None) => {}
            (found, _) => panic!("cut at {end}: {found:?}"),
        }
    }
}

#[test]
fn a_turned_bit_costs_only_what_was_noted_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    let mut play = Play::new(7).choose("wade");
    let mut autosave = play.autosave(&store);
    let path = dir.path().join(JOURNAL);
    let mut kept = vec![(fs::metadata(&path).unwrap().len() as usize, play.save())];
    for key in ["knock", "eat"] {
        play.take(key);
        autosave.keep(play.note()).unwrap();
        kept.push((fs::metadata(&path).unwrap().len() as usize, play.save()));
    }
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut turned = whole.clone();
        turned[at] ^= 1 << (at % 8);
        fs::write(&path, &turned).unwrap();
        match store.load(&Slot::auto()) {
            Err(_) => assert!(at < kept[0].0, "a bit of a note at {at} cost the whole"),
            // The very last byte is only the end of a line.
            Ok(opened) if at + 1 == whole.len() => assert_eq!(opened.save, kept[1].1),
            Ok(opened) => {
                let before = kept.iter().rev().find(|(length, _)| *length <= at).expect("the base is refused");
                assert_eq!(opened.save, before.1, "bit turned at {at}");
                assert_eq!(opened.caveat, Some(Caveat::Torn));
            }
        }
    }
}

#[test]
fn a_damaged_autosave_falls_back_to_the_one_before_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    let mut play = Play::new(7).choose("wade");
    let mut autosave = play.autosave(&store);
    autosave.keep(play.choose("knock").note()).unwrap();
    autosave.compact().unwrap();
    fs::write(dir.path().join(JOURNAL), "taiyuan-save rubbish").unwrap();
    let opened = store.load(&Slot::auto()).unwrap();
    assert_eq!(opened.save, Play::new(7).choose("wade knock").save());
    let said = opened.caveat.unwrap().to_string();
    assert_eq!(said, "this is the backup: the save itself is not usable (damaged: its first line is broken)");
    assert!(matches!(store.list().unwrap()[0].backup, Some(Fault::Damaged(_))));

    // The next autosave keeps the damaged file, for whoever wants to look into it.
    store.autosave(&Play::new(7).choose("wade knock eat").save()).unwrap();
    assert_eq!(fs::read_to_string(dir.path().join("auto.journal.unread-1")).unwrap(), "taiyuan-save rubbish");
    assert_eq!(store.load(&Slot::auto()).unwrap().caveat, None);
}

#[test]
fn a_long_sitting_is_written_anew_before_it_grows_without_end() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    let mut play = Play::new(7).choose("wait");
    let mut autosave = play.autosave(&store);
    let mut longest = 0;
    for _ in 0..40 {
        let mut note = play.note();
        // A long note: the words of a long choice.
        note.moment.last = vec!["so it is ".repeat(2_000)];
        play.take("wait");
        autosave.keep(note).unwrap();
        longest = longest.max(fs::metadata(dir.path().join(JOURNAL)).unwrap().len());
    }
    autosave.keep(play.note()).unwrap();
    assert!((400 << 10..600 << 10).contains(&longest), "{longest}");
    assert!(fs::metadata(dir.path().join(JOURNAL)).unwrap().len() < longest);
    assert_eq!(store.load(&Slot::auto()).unwrap().save, play.save());
    autosave.compact().unwrap();
    let size = fs::metadata(dir.path().join(JOURNAL)).unwrap().len();
    assert_eq!(size, play.save().write().unwrap().len() as u64);
}

#[test]
fn a_new_game_or_an_older_slot_does_not_cost_the_play_before() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    let mut play = far();
    let mut autosave = play.autosave(&store);
    autosave.keep(play.choose("drop").note()).unwrap();
    let names = || store.list().unwrap().into_iter().map(|e| e.slot.to_string()).collect::<Vec<_>>();
    assert_eq!(names(), ["auto"]);

    // An older slot of the same play is loaded and played on.
    autosave.rebase(Play::new(7).choose("wait wade").save()).unwrap();
    assert_eq!(store.load(&"auto-1".parse().unwrap()).unwrap().save, far().choose("drop").save());
    drop(autosave);

    // Another sitting goes on with what it finds: nothing to keep.
    let mut play = Play::new(7).choose("wait wade turn");
    let mut autosave = play.autosave(&store);
    assert_eq!(names().len(), 2);
    autosave.keep(play.choose("wait").note()).unwrap();
    drop(autosave);

    // A new game.
    store.autosave(&Play::new(8).choose("wade").save()).unwrap();
    assert_eq!(store.load(&"auto-2".parse().unwrap()).unwrap().save, Play::new(7).choose("wait wade turn wait").save());
    assert_eq!(store.load(&Slot::auto()).unwrap().save, Play::new(8).choose("wade").save());
}

#[test]
fn what_a_full_disk_refused_is_made_up_for_when_there_is_room() {
    let dir = tempfile::tempdir().unwrap();
    let saves = dir.path().join("saves");
    let store = Store::at(&saves);
    let mut play = Play::new(7).choose("wade");
    let mut autosave = play.autosave(&store);
    // The folder is away, and something else has its name: nothing can be written anew.
    fs::rename(&saves, dir.path().join("away")).unwrap();
    fs::write(&saves, "").unwrap();
    play = play.choose("knock");
    let mut long = play.note();
    long.moment.last = vec!["word ".repeat(120_000)];
    assert!(matches!(autosave.keep(long), Err(Fault::Disk { .. })));
    fs::remove_file(&saves).unwrap();
    fs::rename(dir.path().join("away"), &saves).unwrap();
    assert_eq!(store.load(&Slot::auto()).unwrap().save, Play::new(7).choose("wade").save());
    play = play.choose("eat");
    autosave.keep(play.note()).unwrap();
    assert_eq!(store.load(&Slot::auto()).unwrap().save, play.save());
}
