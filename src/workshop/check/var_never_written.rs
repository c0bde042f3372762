//! W007: a variable that is read and never changes.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Story, each_var};
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W007",
    severity: Severity::Warning,
    about: "a variable that is read and never changes",
    page: "Something depends on this variable, but no effect changes it, no chapter carries another value of it in and no \
           run starts with one, so it always is what it is at the start. What a test is given does not count.",
    bad: r#"
scenes: {
    "yard": (text: "A yard. {if open: The gate is open.|The gate is shut.}", then: "gate"),
},
vars: {"open": Flag()},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard. {if open: The gate is open.|The gate is shut.}", choices: [
        (id: "open", say: "Open the gate", do: ["open = true"], to: "yard"),
        (id: "go", say: "Go", to: "gate"),
    ]),
},
vars: {"open": Flag()},"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    each_var(story, &mut |chapter, ix, read, written| {
        if written || !read {
            return;
        }
        remarks.chapter = chapter;
        let var = story.chapters[chapter].chapter.var(ix);
        let start = var.written(var.start);
        remarks
            .add(Holder::Var(ix).at(Field::Id), format!("`{}` is read and never changes", var.id))
            .label(format!("it is always {start}"));
    });
}
