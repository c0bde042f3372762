//! Settings, and what a player has found.

use std::fs;

use taiyuan::engine::step::carried;
use taiyuan::saves::settings::Theme;
use taiyuan::saves::{Fault, Mode, Profile, Settings, Store};

use super::fen::{Play, fen};

#[test]
fn settings_come_back_and_what_is_not_set_is_the_default() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    assert_eq!(store.settings(), (Settings::default(), None));
    let set = Settings { theme: Theme::HighContrast, width: 72, gentle: true, ..Settings::default() };
    store.keep_settings(&set).unwrap();
    assert_eq!(store.settings(), (set, None));
    fs::write(dir.path().join("settings.ron"), "(theme: mono, width: 400, from_a_newer_game: 3)").unwrap();
    let (settings, fault) = store.settings();
    assert_eq!((settings.theme, settings.width, fault), (Theme::Mono, 80, None));
}

#[test]
fn damaged_settings_are_the_defaults_and_the_file_is_kept_aside() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    fs::write(dir.path().join("settings.ron"), "(width: ").unwrap();
    let (settings, fault) = store.settings();
    assert_eq!(settings, Settings::default());
    assert_eq!(fault, Some(Fault::Damaged("it cannot be read as settings")));
    assert_eq!(fs::read_to_string(dir.path().join("settings.ron")).unwrap(), "(width: ", "reading changes nothing");
    store.keep_settings(&settings).unwrap();
    assert_eq!(fs::read_to_string(dir.path().join("settings.ron.unread-1")).unwrap(), "(width: ");
    assert_eq!(store.settings(), (settings, None));
}

#[test]
fn an_ending_is_found_once_and_remembered_with_its_first_date() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    let play = Play::new(7).choose("wade knock eat home");
    for when in [500, 900] {
        store
            .remember(|profile| {
                let known = profile.story("fen");
                known.began();
                known.ended(&play.chapter, &play.state, when);
                known.achieved("ferry", "fasted", when);
                known.learned("salt");
                known.met("clerk");
            })
            .unwrap();
    }
    let (profile, fault) = store.profile();
    assert_eq!(fault, None);
    let known = profile.of("fen").unwrap();
    assert_eq!(known.plays, 2);
    assert!(known.has_ending("ferry", "home") && !known.has_ending("ferry", "drowned"));
    assert_eq!((known.endings["ferry/home"].first, known.endings["ferry/home"].times), (500, 2));
    assert_eq!(known.achievements["ferry/fasted"], 500);
    assert!(known.has_achievement("ferry", "fasted"));
    assert!(known.codex.contains("salt") && known.people.contains("clerk"));
    assert!(profile.of("moor").is_none(), "another story has found nothing");
}

#[test]
fn the_next_part_can_be_started_with_what_was_done_in_this() {
    let play = Play::new(7).choose("wade knock eat home");
    let mut profile = Profile::default();
    profile.story("fen").ended(&play.chapter, &play.state, 500);
    profile.story("fen").ended(&play.chapter, &Play::new(7).state, 900);
    let profile = Profile::read(&profile.write().unwrap()).unwrap();
    let finished = profile.of("fen").unwrap().last_finish("ferry").unwrap();
    assert_eq!((finished.ending.as_str(), finished.when), ("home", 500), "a play that goes on finishes nothing");
    let mut next = fen();
    next.id = "marsh";
    let next = next.link();
    let given = finished.given(&next);
    assert_eq!(given, carried(&play.chapter, &play.state, &next));
    assert_eq!(given.iter().map(|g| g.value).collect::<Vec<_>>(), [37, 1]);
}

#[test]
fn two_games_that_remember_at_once_lose_nothing_of_each_others() {
    let dir = tempfile::tempdir().unwrap();
    let stores = [Store::at(dir.path()), Store::at(dir.path())];
    stores[0].remember(|_| {}).unwrap();
    assert_eq!((stores[0].take(), stores[1].take()), (Mode::Alone, Mode::Beside(2)));
    std::thread::scope(|scope| {
        for (number, store) in stores.iter().enumerate() {
            scope.spawn(move || {
                for entry in 0..20 {
                    let change = |profile: &mut Profile| {
                        profile.story("fen").began();
                        profile.story("fen").learned(&format!("{number}-{entry}"));
                    };
                    store.remember(change).unwrap();
                }
            });
        }
    });
    let known = stores[0].profile().0.story("fen").clone();
    assert_eq!((known.plays, known.codex.len()), (40, 40));
}

#[test]
fn a_damaged_profile_falls_back_to_the_one_before_and_is_kept_aside() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::at(dir.path());
    for entry in ["salt", "tallies"] {
        store.remember(|profile| profile.story("fen").learned(entry)).unwrap();
    }
    fs::write(dir.path().join("profile.ron"), "(stories: {").unwrap();
    let (profile, fault) = store.profile();
    assert!(fault.is_some());
    assert!(profile.of("fen").unwrap().codex.contains("salt"));
    let profile = store.remember(|profile| profile.story("fen").learned("grain")).unwrap();
    assert_eq!(profile.of("fen").unwrap().codex.len(), 2);
    assert_eq!(fs::read_to_string(dir.path().join("profile.ron.unread-1")).unwrap(), "(stories: {");
}
