//! W027: a choice without words.

use super::lint::{Lint, Look, Remarks};
use super::survey::Survey;
use crate::engine::id::ChoiceIx;
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W027",
    severity: Severity::Warning,
    about: "a choice without words",
    page: "The menu shows a number and nothing behind it. A reader cannot know what is chosen.",
    bad: r#"
scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "", to: "gate")])},"#,
    good: r#"
scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go out", to: "gate")])},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    for (at, choice) in survey.chapter.choices.iter().enumerate().filter(|(_, choice)| choice.say.is_empty()) {
        remarks
            .add(Holder::Choice(ChoiceIx::from(at)).at(Field::Id), format!("`{}` has no words", choice.key()))
            .help("say what is done: `say: \"Go out\"`");
    }
}
