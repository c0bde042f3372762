//! W013: a repeatable choice that changes nothing.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Survey, prose};
use crate::engine::chapter::{Choice, Goes};
use crate::engine::id::ChoiceIx;
use crate::engine::text::Inline;
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W013",
    severity: Severity::Warning,
    about: "a repeatable choice that changes nothing",
    page: "The choice has no effect, says nothing, leads nowhere but back to its menu, and nothing asks how often it was \
           taken or how much time has passed. A reader who takes it sees the same page again.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "wait", say: "Wait", again: true),
        (id: "go", say: "Go", to: "gate"),
    ]),
},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "wait", say: "Wait", again: true, said: "{A dog barks.|Nothing stirs.}"),
        (id: "go", say: "Go", to: "gate"),
    ]),
},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    if survey.uses.time {
        return;
    }
    let chapter = survey.chapter;
    let mut idle: Vec<bool> = chapter.choices.iter().enumerate().map(|(at, one)| idle(survey, at, one)).collect();
    // Where a scene goes on by itself, the choice leads there.
    for scene in chapter.scenes.iter().filter(|scene| scene.then.is_some()) {
        scene.menu.iter().for_each(|choice| idle[choice.at()] = false);
    }
    for (at, choice) in chapter.choices.iter().enumerate().filter(|(at, _)| idle[*at]) {
        remarks
            .add(Holder::Choice(ChoiceIx::from(at)).at(Field::Id), format!("`{}` changes nothing", choice.key()))
            .help("say something (`said`), do something (`do`), or lead somewhere");
    }
}

fn idle(survey: &Survey<'_>, at: usize, choice: &Choice) -> bool {
    let mut moves = false;
    prose::each(&choice.say, &mut |inline| moves |= matches!(inline, Inline::Group(_)));
    choice.again
        && choice.parent.is_none()
        && choice.effects.is_empty()
        && choice.said.is_none()
        && choice.goes == Goes::Rejoin
        && !survey.uses.taken[at]
        && !moves
}
