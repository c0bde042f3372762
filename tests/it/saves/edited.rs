//! A story that was edited after the save.

use taiyuan::saves::{Fault, How, Save, load};

use super::far;
use super::fen::{DraftScene, Play, deltas, fen, load_in};

#[test]
fn an_edit_elsewhere_changes_nothing_and_undo_still_goes_to_the_first_page() {
    let mut edited = fen();
    edited.scenes.push(DraftScene { id: "attic", ending: true, ..DraftScene::default() });
    let loaded = load_in(&edited.link(), &far().save()).unwrap();
    assert_eq!(loaded.how, How::Replayed);
    assert_eq!(deltas(&loaded).len(), 9);
    let mut play = Play::loaded(loaded);
    assert_eq!((play.scene(), play.grain(), play.seals()), ("well", far().grain(), 1));
    play.undo();
    assert_eq!(play.scene(), "hall");
}

#[test]
fn a_renamed_scene_is_found_and_undo_stops_at_the_load() {
    let mut edited = fen();
    edited.rename("well", "deep_well");
    edited.rename("hall", "great_hall");
    edited.was.scenes = vec![pair("hall", "great_hall"), pair("well", "old_well")];
    edited.was.scenes.insert(1, pair("old_well", "deep_well"));
    let chapter = edited.link();
    let loaded = load_in(&chapter, &far().save()).unwrap();
    assert_eq!(loaded.how, How::Moved);
    assert!(deltas(&loaded).is_empty());
    assert!(loaded.how.to_string().contains("undo goes back no further than here"));
    let play = Play::loaded(loaded);
    assert_eq!((play.scene(), play.grain(), play.seals()), ("deep_well", far().grain(), 1));
    let well = play.chapter.find_scene("deep_well").unwrap();
    assert_eq!(play.state.visits[well.at()], 2, "visits are remembered under the new name");
    assert_eq!(play.clone().choose("drop").scene(), "great_hall", "a visit returns to the renamed scene");

    // From here on it is a save like any other, and is undone as far as the load.
    let on = play.choose("drop eat");
    let again = load_in(&chapter, &Save::read(on.save().write().unwrap().as_bytes()).unwrap()).unwrap();
    assert_eq!(again.how, How::Same);
    assert_eq!(again.state, on.state);
    assert_eq!(deltas(&again).len(), 2);
}

#[test]
fn a_renamed_choice_and_its_die_are_remembered() {
    let mut edited = fen();
    edited.rename("ford", "shallows");
    edited.scene("shallows").choices[1].key = "linger";
    edited.was.scenes = vec![pair("ford", "shallows")];
    edited.scene("hall").choices[1].key = "dine";
    edited.was.choices = vec![pair("hall#eat", "hall#dine"), pair("shallows#wait", "linger")];
    let loaded = load_in(&edited.link(), &far().save()).unwrap();
    assert_eq!(loaded.how, How::Moved);
    let linger = loaded.chapter.find_choice("shallows#linger").unwrap();
    assert_eq!(loaded.state.taken[linger.at()], 1);
    let dine = loaded.chapter.find_choice("hall#dine").unwrap();
    assert_eq!(loaded.state.taken[dine.at()], 1, "the new name may be a whole path");
    assert_eq!(loaded.state.drawn, [1], "the die has fallen once, and falls on from there");
}

#[test]
fn a_renamed_variable_and_a_renamed_thing_are_remembered() {
    // A save from before `food` was called `grain` and the `sigil` a `seal`.
    let mut save = far().save();
    save.log.legs[0].start = "bank".to_owned();
    let grain = save.snapshot.vars.remove("grain").unwrap();
    save.snapshot.vars.insert("food".to_owned(), grain);
    let seals = save.snapshot.items.remove("seal").unwrap();
    save.snapshot.items.insert("sigil".to_owned(), seals);
    let mut edited = fen();
    edited.was.vars = vec![pair("food", "grain")];
    edited.was.items = vec![pair("sigil", "seal")];
    let play = Play::loaded(load_in(&edited.link(), &save).unwrap());
    assert_eq!((play.grain(), play.seals()), (far().grain(), 1));
    let unknown = Play::loaded(load_in(&fen().link(), &save).unwrap());
    assert_eq!((unknown.grain(), unknown.seals()), (50, 0), "without a line in `was` they begin anew");
}

#[test]
fn what_still_fits_is_kept_and_a_number_out_of_range_stops_at_the_edge() {
    let mut edited = fen();
    edited.grain = (60, 100);
    edited.grain_start = 60;
    edited.moods = vec!["serene", "wary"];
    let loaded = load_in(&edited.link(), &far().save()).unwrap();
    assert_eq!(loaded.how, How::Moved);
    let play = Play::loaded(loaded);
    assert_eq!((play.scene(), play.grain(), play.seals()), ("well", 60, 1));
    assert_eq!(play.state.vars[1], 0, "a word that is gone is the first again");
}

#[test]
fn when_the_place_is_gone_the_play_goes_back_to_the_last_milestone() {
    let mut edited = fen();
    edited.cut("well");
    edited.scene("hall").choices.retain(|c| c.key != "peer");
    let loaded = load_in(&edited.link(), &far().save()).unwrap();
    assert_eq!(loaded.how, How::Milestone { step: 4, title: "At the gate".to_owned() });
    assert!(loaded.how.to_string().contains("“At the gate”, after choice 4"), "{}", loaded.how);
    assert_eq!(deltas(&loaded).len(), 4, "what leads there can be undone");
    let play = Play::loaded(loaded);
    assert_eq!((play.scene(), play.seals()), ("gate", 0));
    let again = load_in(&play.chapter, &play.save()).unwrap();
    assert_eq!((again.how, again.state), (How::Same, play.state));
}

#[test]
fn a_scene_without_a_way_on_is_no_place_to_load_into() {
    let mut edited = fen();
    edited.scene("well").choices.clear();
    let loaded = load_in(&edited.link(), &far().save()).unwrap();
    assert!(matches!(loaded.how, How::Milestone { step: 4, .. }), "{:?}", loaded.how);
}

#[test]
fn without_any_milestone_on_the_way_the_chapter_begins_again() {
    let mut edited = fen();
    edited.scene("gate").milestone = false;
    edited.cut("well");
    edited.scene("hall").choices.retain(|c| c.key != "peer");
    let loaded = load_in(&edited.link(), &far().save()).unwrap();
    assert_eq!(loaded.how, How::Restarted);
    assert_eq!(Play::loaded(loaded).scene(), "ford");

    let mut edited = fen();
    edited.rename("ford", "beach");
    edited.cut_to("well", "beach");
    let loaded = load_in(&edited.link(), &far().save()).unwrap();
    assert_eq!(loaded.how, How::Restarted);
    let play = Play::loaded(loaded);
    assert_eq!((play.scene(), play.grain()), ("beach", 50));
    assert_eq!(load_in(&play.chapter, &play.save()).unwrap().how, How::Same);
}

#[test]
fn a_save_carried_over_once_is_carried_over_again() {
    let mut edited = fen();
    edited.rename("well", "pit");
    edited.was.scenes = vec![pair("well", "pit")];
    let first = Play::loaded(load_in(&edited.link(), &far().save()).unwrap()).choose("drop out knock peer");
    let second = load_in(&edited.link(), &first.save()).unwrap();
    assert_eq!((deltas(&second).len(), second.how), (4, How::Same));
    edited.cut("pit");
    edited.scene("hall").choices.retain(|c| c.key != "peer");
    let third = load_in(&edited.link(), &first.save()).unwrap();
    assert_eq!(third.how, How::Restarted, "the place it was carried over to is gone as well");
    assert_eq!(third.resumed, None);

    let mut edited = fen();
    edited.grain = (0, 200);
    edited.scene("hall").choices[1].does = super::fen::Does::Grain(-11);
    let at_hall = Play::new(7).choose("wade knock eat");
    let moved = Play::loaded(load_in(&edited.link(), &at_hall.save()).unwrap()).choose("out knock peer");
    edited.cut("well");
    edited.scene("hall").choices.retain(|c| c.key != "peer");
    let back = load_in(&edited.link(), &moved.save()).unwrap();
    assert_eq!(back.how, How::Milestone { step: 1, title: "At the gate".to_owned() });
    assert_eq!(Play::loaded(back).seals(), 1, "what was carried over is still there");
}

#[test]
fn a_save_of_another_story_or_a_lost_chapter_is_refused() {
    let mut other = fen();
    other.story = "moor";
    assert_eq!(load_in(&other.link(), &far().save()).err(), Some(Fault::OtherStory("fen".to_owned())));
    assert_eq!(load(far().save(), &|_| None).err(), Some(Fault::NoChapter("ferry".to_owned())));
    let mut empty = far().save();
    empty.log.legs.clear();
    assert_eq!(load_in(&fen().link(), &empty).err(), Some(Fault::Empty));
}

fn pair(old: &str, new: &str) -> (String, String) {
    (old.to_owned(), new.to_owned())
}
