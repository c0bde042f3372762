//! W006: a variable that nothing reads.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Story, each_var};
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W006",
    severity: Severity::Warning,
    about: "a variable that nothing reads",
    page: "No condition, effect, text, stat, map or run of a chapter that knows the variable depends on its value. \
           Counting on from itself (`day += 1`) is no reading of it, and neither is a test. Either something was \
           forgotten, such as the branch it was to open, or it can go.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", choices: [(id: "help", say: "Help", do: ["kind = true"], to: "gate")], otherwise: "gate"),
},
vars: {"kind": Flag()},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [(id: "help", say: "Help", do: ["kind = true"]), (id: "go", say: "Go", to: "gate")]),
    "gate": (text: "A gate. {if kind: Somebody waves.}", ending: "out"),
},
vars: {"kind": Flag()},"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    each_var(story, &mut |chapter, var, read, written| {
        if read {
            return;
        }
        remarks.chapter = chapter;
        let id = &story.chapters[chapter].chapter.var(var).id;
        let title = match written {
            true => format!("`{id}` changes, and nothing ever reads it"),
            false => format!("`{id}` is never used"),
        };
        remarks.add(Holder::Var(var).at(Field::Id), title);
    });
}
