//! W030: a visit that never comes back.

use super::lint::{Lint, Look, Remarks};
use super::survey::Survey;
use crate::engine::chapter::Goes;
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W030",
    severity: Severity::Warning,
    about: "a visit that never comes back",
    page: "A `visit` leads to a scene and comes back to the menu it was chosen from, when some scene on its way says \
           `back: true`. From this scene no way leads to such a one, conditions ignored, so the menu waits for nothing. \
           Where the story is to go on there, write `to`.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "look", say: "Look into the hall", visit: "hall"),
        (id: "go", say: "Go", to: "gate"),
    ]),
    "hall": (text: "A hall.", then: "gate"),
},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "look", say: "Look into the hall", visit: "hall"),
        (id: "go", say: "Go", to: "gate"),
    ]),
    "hall": (text: "A hall.", back: true),
},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let chapter = survey.chapter;
    if survey.ways.of.iter().all(|exits| exits.visits.is_empty()) {
        return;
    }
    let returning = survey.ways.returning();
    for (at, choice) in chapter.choices.iter().enumerate() {
        let Goes::Visit(scene) = choice.goes else { continue };
        if returning[scene.at()] {
            continue;
        }
        let visited = chapter.scene(scene);
        let title = format!("the visit to `{}` never comes back", visited.id);
        let help = match visited.ending {
            Some(_) => "it is an ending: write".to_owned(),
            None => "let a scene on its way say `back: true`, or write".to_owned(),
        };
        remarks.add(Holder::Choice(at.into()).at(Field::Id), title).help(format!("{help} `to: \"{}\"`", visited.id));
    }
}
