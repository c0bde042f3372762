//! Slots in a folder.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use taiyuan::saves::store::{Caveat, find};
use taiyuan::saves::{Fault, Kind, Mode, Save, Slot, Store};

use super::fen::Play;
use super::{far, newer};

fn named(name: &str) -> Slot {
    Slot::for_player(name).expect("a good name")
}

fn hidden(dir: &Path) -> Vec<String> {
    let names =
        fs::read_dir(dir).expect("the folder is there").flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|n| n.ends_with(".tmp")).collect();
    names.sort();
    names
}

#[test]
fn names_of_slots() {
    for good in ["a", "before-the-gate", "day_41", "0", "quick", "autumn", &"x".repeat(32)] {
        assert!(Slot::for_player(good).is_ok(), "{good}");
    }
    for bad in ["", "A", "a b", "../up", "a/b", "a.b", "太原", "con", "nul", "com1", "lpt9", "a\n", &"x".repeat(33)] {
        assert_eq!(Slot::for_player(bad), Err(Fault::BadName(bad.to_owned())), "{bad}");
    }
    for ours in ["auto", "auto-1", "auto-5", "auto-p2", "auto-mine"] {
        assert_eq!(Slot::for_player(ours), Err(Fault::Reserved(ours.to_owned())), "{ours}");
    }
    assert_eq!(named("quick").kind(), Kind::Quick);
    assert_eq!(named("a").kind(), Kind::Named);
}

#[test]
fn the_newest_slot_stands_first_and_the_save_before_is_its_backup() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path().join("not/yet"));
    assert_eq!(store.list(), Ok(vec![]));
    assert_eq!(store.load(&named("gate")), Err(Fault::Absent("gate".to_owned())));
    assert!(!store.dir().exists(), "looking makes nothing");
    store.save(&named("gate"), &Play::new(1).choose("wade").save()).unwrap();
    store.save(&named("quick"), &far().save()).unwrap();
    store.save(&named("ford"), &Play::new(1).choose("wait wait").save()).unwrap();
    let names: Vec<String> = store.list().unwrap().into_iter().map(|e| e.slot.to_string()).collect();
    assert_eq!(names, ["quick", "ford", "gate"]);
    store.save(&named("gate"), &Play::new(1).choose("wade knock").save()).unwrap();
    let backup = fs::read(store.dir().join("gate.save.bak")).unwrap();
    assert_eq!(Save::read(&backup).unwrap(), Play::new(1).choose("wade").save());
    assert_eq!(hidden(store.dir()), [""; 0]);
}

#[test]
fn a_damaged_slot_is_its_backup_and_both_the_list_and_the_load_say_so() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    store.save(&named("gate"), &Play::new(1).choose("wade").save()).unwrap();
    store.save(&named("gate"), &far().save()).unwrap();
    let path = dir.path().join("gate.save");
    let mut bytes = fs::read(&path).unwrap();
    bytes[200] ^= 4;
    fs::write(&path, &bytes).unwrap();
    let opened = store.load(&named("gate")).unwrap();
    let fault = Fault::Damaged("its checksum is wrong");
    assert_eq!(opened.caveat, Some(Caveat::Backup(fault.clone())));
    assert_eq!(opened.save, Play::new(1).choose("wade").save());
    let entry = store.list().unwrap().remove(0);
    assert_eq!((entry.backup, entry.summary.unwrap().moment.saved), (Some(fault), 1010));

    // Saving over it keeps the damaged file aside, and does not let it become the backup.
    store.save(&named("gate"), &far().save()).unwrap();
    assert_eq!(fs::read(dir.path().join("gate.save.unread-1")).unwrap(), bytes);
    assert_eq!(store.load(&named("gate")).unwrap().save, far().save());
    assert_eq!(Save::read(&fs::read(dir.path().join("gate.save.bak")).unwrap()), Ok(opened.save));
}

#[test]
fn a_newer_save_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    store.save(&named("gate"), &Play::new(1).choose("wade").save()).unwrap();
    store.save(&named("gate"), &Play::new(1).choose("wade").save()).unwrap();
    let text = newer(&far().save());
    fs::write(dir.path().join("gate.save"), &text).unwrap();
    assert_eq!(store.load(&named("gate")), Err(Fault::Newer(3)), "not even the backup stands in for it");
    assert_eq!(store.list().unwrap()[0].summary, Err(Fault::Newer(3)));
    assert_eq!(store.save(&named("gate"), &far().save()), Err(Fault::Newer(3)));
    assert_eq!(fs::read_to_string(dir.path().join("gate.save")).unwrap(), text);

    // A quick save must not fail; the newer one is kept aside.
    fs::write(dir.path().join("quick.save"), &text).unwrap();
    store.save(&Slot::quick(), &far().save()).unwrap();
    assert_eq!(fs::read_to_string(dir.path().join("quick.save.unread-1")).unwrap(), text);
}

#[test]
fn whatever_lies_in_the_folder_is_listed_with_its_fault_and_never_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    fs::create_dir(dir.path().join("folder.save")).unwrap();
    fs::write(dir.path().join("letter.save"), "Dear prefect").unwrap();
    fs::write(dir.path().join("empty.save"), "").unwrap();
    fs::write(dir.path().join("Not A Slot.save"), "").unwrap();
    fs::write(dir.path().join("README.md"), "").unwrap();
    fs::File::create(dir.path().join("huge.save")).unwrap().set_len(1 << 40).unwrap();
    let mut wanted = vec![
        ("empty", Fault::Damaged("it is empty")),
        ("folder", Fault::NotAFile),
        ("huge", Fault::TooLong(1 << 40)),
        ("letter", Fault::NotASave),
    ];
    #[cfg(unix)]
    {
        let made = std::process::Command::new("mkfifo").arg(dir.path().join("pipe.save")).status();
        if made.is_ok_and(|status| status.success()) {
            wanted.push(("pipe", Fault::NotAFile));
        }
    }
    let list = store.list().unwrap();
    let found: Vec<_> = list.iter().map(|e| (e.slot.as_str(), e.summary.clone().unwrap_err())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_second_game_on_the_folder_loads_and_keeps_its_own_autosave() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (Store::at(dir.path()), Store::at(dir.path()));
    first.save(&named("gate"), &far().save()).unwrap();
    assert_eq!((first.take(), second.take()), (Mode::Alone, Mode::Beside(2)));
    assert_eq!(second.load(&named("gate")).unwrap().save, far().save());
    let refused = second.save(&named("gate"), &Play::new(1).save()).unwrap_err();
    assert_eq!(refused, Fault::InUse(dir.path().to_owned()));
    assert!(refused.to_string().starts_with("another game is open on `"), "{refused}");
    assert_eq!(second.remove(&named("gate")), Err(refused));
    let (mut one, mut two) = (Play::new(1).choose("wade"), Play::new(2).choose("wait"));
    let mut auto = one.autosave(&first);
    let mut auto_two = two.autosave(&second);
    assert_eq!((auto.slot().as_str(), auto_two.slot().as_str()), ("auto", "auto-p2"));
    auto.keep(one.clone().choose("knock").note()).unwrap();
    auto_two.keep(two.clone().choose("wait").note()).unwrap();
    assert_eq!(first.load(&Slot::auto()).unwrap().save, one.choose("knock").save());
    assert_eq!(first.load(auto_two.slot()).unwrap().save, two.choose("wait").save());
    let third = Store::at(dir.path());
    assert_eq!(third.take(), Mode::Beside(3));
    drop((first, auto));
    assert_eq!(Store::at(dir.path()).take(), Mode::Alone, "the folder is free when the first game is left");
}

#[test]
fn leftovers_of_a_game_that_died_are_swept_but_not_what_another_is_writing() {
    let dir = tempfile::tempdir().unwrap();
    for name in [".gate.save.4711.tmp", ".gate.save.bak.4711.tmp", ".auto-p2.journal.4712.tmp", ".profile.ron.4712.tmp"]
    {
        fs::write(dir.path().join(name), "half").unwrap();
    }
    fs::write(dir.path().join(".mine.tmp"), "").unwrap();
    let profile = fs::File::create(dir.path().join(".profile.lock")).unwrap();
    profile.lock().unwrap();
    assert_eq!(Store::at(dir.path()).take(), Mode::Alone);
    assert_eq!(hidden(dir.path()), [".auto-p2.journal.4712.tmp", ".mine.tmp", ".profile.ron.4712.tmp"]);
    // Now nobody writes the profile.
    drop(profile);
    assert_eq!(Store::at(dir.path()).take(), Mode::Alone);
    assert_eq!(hidden(dir.path()), [".auto-p2.journal.4712.tmp", ".mine.tmp"]);
}

#[test]
fn five_backups_rotate_and_the_oldest_goes() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    let mut play = Play::new(1);
    for _ in 0..7 {
        play.take("wait");
        store.backup(&play.save()).unwrap();
    }
    let list = store.list().unwrap();
    let turns: Vec<u32> = list.iter().map(|e| e.summary.as_ref().unwrap().moment.turn).collect();
    assert_eq!(turns, [7, 6, 5, 4, 3]);
    assert!(list.iter().all(|e| e.slot.kind() == Kind::Backup));
}

#[test]
fn a_write_that_fails_leaves_the_old_save_and_no_litter() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    store.save(&named("gate"), &far().save()).unwrap();
    // Nothing can take the name of a folder that is not empty.
    fs::create_dir_all(dir.path().join("gate.save.bak/in-the-way")).unwrap();
    assert!(matches!(store.save(&named("gate"), &Play::new(1).save()), Err(Fault::Disk { .. })));
    assert_eq!(store.load(&named("gate")).unwrap().save, far().save());
    assert_eq!(hidden(dir.path()), [""; 0]);
}

#[test]
fn a_slot_is_taken_out_and_brought_in() {
    let dir = tempfile::tempdir().unwrap();
    let (here, there) = (Store::at(dir.path().join("here")), Store::at(dir.path().join("there")));
    let file = dir.path().join("gift.save");
    here.autosave(&far().save()).unwrap();
    here.export(&Slot::auto(), &file).unwrap();
    assert!(matches!(here.export(&Slot::auto(), &file), Err(Fault::Exists(_))), "no file is overwritten");
    there.import(&file, &named("gift")).unwrap();
    assert_eq!(there.load(&named("gift")).unwrap().save, far().save());
    assert_eq!(there.import(&file, &named("gift")), Err(Fault::Exists("gift".to_owned())));
    assert_eq!(there.import(&file, &"auto-1".parse().unwrap()), Err(Fault::Reserved("auto-1".to_owned())));
    fs::write(&file, "Dear prefect").unwrap();
    assert_eq!(there.import(&file, &named("letter")), Err(Fault::NotASave));
    assert_eq!(there.load(&named("letter")), Err(Fault::Absent("letter".to_owned())));
    let journal = here.dir().join("auto.journal");
    there.import(&journal, &named("copy")).unwrap();
    there.remove(&named("gift")).unwrap();
    assert_eq!(there.remove(&named("gift")), Err(Fault::Absent("gift".to_owned())));
    assert_eq!(there.list().unwrap().len(), 1);
}

#[test]
fn the_folder_is_the_named_one_else_ours_here_else_the_systems() {
    let dir = tempfile::tempdir().unwrap();
    let (argument, variable) = (Path::new("/a"), OsStr::new("/v"));
    assert_eq!(find(Some(argument), Some(variable), dir.path()).unwrap(), Path::new("/a"));
    assert_eq!(find(None, Some(variable), dir.path()).unwrap(), Path::new("/v"));
    fs::create_dir(dir.path().join("saves")).unwrap();
    let system = find(None, Some(OsStr::new("")), dir.path()).unwrap();
    assert!(system.ends_with("taiyuan"), "{}", system.display());
    assert!(!system.starts_with(dir.path()), "a folder that is only called saves is not ours");
    fs::write(dir.path().join("saves/.taiyuan-saves"), "").unwrap();
    assert_eq!(find(None, None, dir.path()).unwrap(), dir.path().join("saves"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_can_still_be_loaded_from() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().unwrap();
    Store::at(dir.path()).save(&named("gate"), &far().save()).unwrap();
    for name in [".lock", "gate.save"] {
        fs::set_permissions(dir.path().join(name), fs::Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(dir.path().join("probe"), "").is_ok() {
        return; // a user whom no permission stops
    }
    let store = Store::at(dir.path());
    assert!(matches!(store.take(), Mode::ReadOnly(Fault::Disk { .. })));
    assert_eq!(store.load(&named("gate")).unwrap().save, far().save());
    let refused = store.save(&named("gate"), &far().save()).unwrap_err();
    assert!(matches!(&refused, Fault::Disk { kind: std::io::ErrorKind::PermissionDenied, .. }), "{refused}");
    assert!(store.autosave(&far().save()).is_err());
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
}
