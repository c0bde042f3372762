//! What becomes of saves when a story is edited.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use taiyuan::engine::Route;
use taiyuan::engine::render::Reader;
use taiyuan::play::{PickKind, Sitting};
use taiyuan::saves::{Moment, Save, load};
use taiyuan::story::{Book, Sources};
use taiyuan::workshop::compat::{Basis, Compat, Fate, Fates, Limits, compat};

use crate::cli::run;
use crate::small::{chapter, folder};

const YARD: &str = r#"
    scenes: {
        "start": (text: "A gate.", milestone: "gate", choices: [
            (id: "wait", say: "Wait", again: true),
            (id: "in", say: "In", to: "yard"),
        ]),
        "yard": (text: "A yard.", choices: [
            (id: "dig", say: "Dig", do: ["found = roll(1..3)", "give(seal)"], to: "yard"),
            (id: "well", say: "The well", if: "found > 1", to: "well"),
            (id: "out", say: "Out", to: "end"),
        ]),
        "well": (text: "A well.", choices: [(id: "up", say: "Up", to: "yard")]),
        "end": (text: "Out.", ending: "out"),
    },
    vars: {"found": Int(range: (0, 3))},
    items: {"seal": (name: "a seal")},
    milestones: {"gate": (title: "The gate")},
    endings: {"out": (title: "Out", rank: 1)},
"#;

/// The saves of the yard, loaded in an edited one.
fn edited(edit: impl Fn(&str) -> String) -> Compat {
    let new = BTreeMap::from([("one".to_owned(), chapter(&edit(YARD)))]);
    compat(&chapter(YARD), &new, &Limits::default())
}

fn fates(compat: &Compat, scene: &str) -> [usize; 4] {
    let Fates { same, replayed, moved, milestone, lost } = compat.scenes[scene];
    assert_eq!(same, 0, "{scene}");
    [replayed, moved, milestone, lost]
}

#[test]
fn prose_touches_no_save() {
    let compat = edited(|yard| yard.replace("A well.", "A well, and in it a moon."));
    assert_eq!((compat.basis, compat.all.all()), (Basis::SameRules, 0));
}

#[test]
fn every_state_is_tried_where_they_can_be_counted() {
    let compat = edited(|yard| yard.replace("\"yard\": (text", "\"yard\": (enter: [\"found += 0\"], text"));
    assert!(matches!(compat.basis, Basis::Every { .. }), "{compat:?}");
    // The gate: waited or not. The yard, not dug or dug with three outcomes, and so on, once or more often.
    assert_eq!(compat.all.all(), compat.all.untouched());
    assert!(compat.all.all() > 20 && compat.examples.is_empty(), "{compat:?}");
}

#[test]
fn a_renamed_scene_keeps_its_saves_with_was_and_sends_them_back_without() {
    let rename = |yard: &str| yard.replace("\"well\": (", "\"pit\": (").replace("to: \"well\"", "to: \"pit\"");
    let with = edited(|yard| {
        format!("{}, was: (scenes: {{\"well\": \"pit\"}}),", rename(yard).trim_end().trim_end_matches(','))
    });
    let [replayed, moved, milestone, lost] = fates(&with, "well");
    assert!(moved > 0 && (replayed, milestone, lost) == (0, 0, 0), "{with:?}");
    assert_eq!(with.examples[0].now.as_deref(), Some("pit"));
    let without = edited(rename);
    let [_, moved, milestone, lost] = fates(&without, "well");
    // Without a choice before the gate's milestone there is nothing to go back to but the beginning.
    assert!(moved == 0 && milestone == 0 && lost > 0, "{without:?}");
    let later = |yard: &str| {
        yard.replace("\"yard\": (text", "\"yard\": (milestone: \"gate\", text")
            .replace("milestone: \"gate\", choices", "choices")
    };
    let new = BTreeMap::from([("one".to_owned(), chapter(&rename(&later(YARD))))]);
    let later = compat(&chapter(&later(YARD)), &new, &Limits::default());
    let [_, moved, milestone, lost] = fates(&later, "well");
    assert!(moved == 0 && milestone > 0 && lost == 0, "{later:?}");
    assert!(later.examples.iter().any(|one| one.fate == Fate::Milestone && one.told.contains("The gate")), "{later:?}");
}

#[test]
fn what_moved_plays_leave_behind_is_named() {
    let gone = edited(|yard| {
        let yard = yard.replace(", \"give(seal)\"", "").replace("items: {\"seal\": (name: \"a seal\")},", "");
        yard.replace("found", "luck")
    });
    assert_eq!(gone.left.iter().map(String::as_str).collect::<Vec<_>>(), ["found", "seal"]);
    let [_, moved, ..] = fates(&gone, "yard");
    assert!(moved > 0);
}

#[test]
fn a_save_of_a_chapter_that_is_gone_is_lost() {
    let gone = compat(&chapter(YARD), &BTreeMap::new(), &Limits::default());
    assert_eq!(gone.all.lost, gone.all.all());
    assert!(gone.examples[0].told.contains("no chapter `one`") && gone.examples[0].now.is_none(), "{gone:?}");
}

#[test]
fn too_many_states_are_sampled_and_the_sample_is_the_same_each_time() {
    let new = BTreeMap::from([("one".to_owned(), chapter(&YARD.replace("found > 1", "found > 2")))]);
    let few = Limits { states: 8, ..Limits::default() };
    let (one, two) = (compat(&chapter(YARD), &new, &few), compat(&chapter(YARD), &new, &few));
    assert!(matches!(one.basis, Basis::Sample { plays } if plays > 0), "{one:?}");
    assert_eq!((one.all.all(), format!("{one:?}")), (8, format!("{two:?}")));
    let turns = YARD.replace("again: true)", "again: true, if: \"turns() < 900\")");
    let one = compat(&chapter(&turns), &new, &Limits { states: 300, ..Limits::default() });
    assert!(matches!(one.basis, Basis::Sample { .. }), "turns have no end: {one:?}");
}

/// What the game says of a save made by playing a route at its desk.
fn really(old: &Path, new: &Path, route: &Route) -> String {
    let story = |dir: &Path| -> taiyuan::play::sitting::Chapters {
        let book = Arc::new(Book::open(Sources::folder(dir).unwrap()).unwrap());
        Arc::new(move |id| book.chapter(id).ok())
    };
    let mut sitting = Sitting::begin(story(old), &route.chapter, None, route.seed, &[], Reader::default()).unwrap();
    for leap in &route.steps {
        sitting.choose(&PickKind::Choice(leap.choice.clone()), None).unwrap();
    }
    let save = Save::of(sitting.chapter(), sitting.state(), sitting.log(), sitting.resumed(), Moment::default());
    let save = Save::read(save.write().unwrap().as_bytes()).unwrap();
    let now = story(new);
    load(save, &|id| now(id)).unwrap().how.to_string()
}

#[test]
fn the_command_tells_of_the_same_that_the_game_does_and_fails_when_a_save_is_lost() {
    let (old, new) =
        (folder(YARD), folder(&YARD.replace("\"well\": (", "\"pit\": (").replace("to: \"well\"", "to: \"pit\"")));
    let (old_dir, new_dir) = (old.path().to_str().unwrap(), new.path().to_str().unwrap());
    let (code, out, _) = run(&["compat", old_dir, new_dir, "--states", "20", "--json"], "");
    assert_eq!(code, 1);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    let examples = told[0]["examples"].as_array().unwrap();
    assert_eq!(examples.len(), 2, "{out}");
    for example in examples {
        let route: Route = example["route"].as_str().unwrap().parse().unwrap();
        assert_eq!(example["told"].as_str().unwrap(), really(old.path(), new.path(), &route), "{route}");
    }
    let (code, out, _) = run(&["compat", old_dir, new_dir], "");
    assert_eq!(code, 1);
    assert!(
        out.contains("every reachable state")
            && out.contains("saves are lost")
            && out.contains("  lost, for example: saved in `well`"),
        "{out}"
    );
    assert!(out.lines().filter(|line| !line.starts_with("      ")).all(|line| line.len() <= 80), "{out}");
    let (code, out, _) = run(&["compat", old_dir, old_dir], "");
    assert_eq!((code, out.contains("every save loads as it was made")), (0, true));
    for args in [
        vec!["compat", old_dir],
        vec!["compat", old_dir, "/nowhere"],
        vec!["compat", old_dir, new_dir, "--chapter", "two"],
    ] {
        assert_eq!(run(&args, "").0, 2, "{args:?}");
    }
}
