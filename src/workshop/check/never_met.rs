//! W031: something declared that no play meets.

use std::collections::BTreeSet;

use super::lint::{Lint, Look, Remarks};
use super::survey::{Story, Survey};
use crate::engine::id::{EndingIx, MilestoneIx, PersonIx, PlaceIx};
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W031",
    severity: Severity::Warning,
    about: "an ending, a milestone, a person or a place that no scene has",
    page: "An ending stands in the player's list of endings, and no scene is it; a milestone, and no scene reaches it; a \
           person who never speaks and is met nowhere; a place on no map where nothing takes place. Either the scene was \
           forgotten or renamed, or what is declared can go.",
    bad: r#"
scenes: {"yard": (text: "A yard.", then: "gate")},
endings: {"snow": (title: "Snow", rank: 2, text: "You are lost in it.")},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "go", say: "Go", to: "gate"),
        (id: "wait", say: "Wait", to: "drifts"),
    ]),
    "drifts": (text: "It snows.", ending: "snow"),
},
endings: {"snow": (title: "Snow", rank: 2, text: "You are lost in it.")},"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    let mut people = BTreeSet::new();
    let mut places = BTreeSet::new();
    for (at, survey) in story.chapters.iter().enumerate() {
        remarks.chapter = at;
        of_chapter(survey, remarks);
        let chapter = survey.chapter;
        for scene in chapter.scenes.iter() {
            people.extend(&scene.meets);
            places.extend(scene.place);
        }
        people.extend(survey.told.iter().flat_map(|told| told.text.tree()).filter_map(|paragraph| paragraph.speaker));
        let armies = chapter.maps.iter().flat_map(|map| &map.armies);
        places.extend(armies.flat_map(|army| army.at.iter().map(|arms| arms.place)));
    }
    remarks.chapter = 0;
    let world = story.written.world();
    for (at, person) in world.people.iter().enumerate() {
        if !people.contains(&PersonIx::from(at)) {
            remarks
                .add(Holder::Person(PersonIx::from(at)).at(Field::Id), format!("nobody meets `{}`", person.id))
                .help(format!("let a scene have `meets: [\"{0}\"]`, or a paragraph begin with `@{0}:`", person.id));
        }
    }
    for (at, place) in world.places.iter().enumerate() {
        if place.map.is_none() && !places.contains(&PlaceIx::from(at)) {
            remarks
                .add(Holder::Place(PlaceIx::from(at)).at(Field::Id), format!("nothing takes place at `{}`", place.id))
                .help(format!("let a scene have `at: \"{}\"`, or put it on a map", place.id));
        }
    }
}

fn of_chapter(survey: &Survey<'_>, remarks: &mut Remarks) {
    let chapter = survey.chapter;
    let endings: BTreeSet<_> = chapter.scenes.iter().filter_map(|scene| scene.ending).collect();
    for (at, ending) in chapter.endings.iter().enumerate() {
        if !endings.contains(&EndingIx::from(at)) {
            remarks
                .add(
                    Holder::Ending(EndingIx::from(at)).at(Field::Id),
                    format!("no scene is the ending `{}`", ending.id),
                )
                .help(format!("let a scene have `ending: \"{}\"`, or remove it", ending.id));
        }
    }
    let milestones: BTreeSet<_> = chapter.scenes.iter().filter_map(|scene| scene.milestone).collect();
    for (at, milestone) in chapter.milestones.iter().enumerate() {
        let ix = MilestoneIx::from(at);
        if !milestones.contains(&ix) {
            remarks
                .add(Holder::Milestone(ix).at(Field::Id), format!("no scene reaches the milestone `{}`", milestone.id))
                .help(format!("let a scene have `milestone: \"{}\"`, or remove it", milestone.id));
        }
    }
}
