//! W022: something that is still to do.

use super::lint::{Lint, Look, Remarks};
use super::survey::Story;
use crate::story::{Noted, Severity};

pub(super) const LINT: Lint = Lint {
    code: "W022",
    severity: Severity::Warning,
    about: "a `todo`",
    page: "Somebody wrote here that something is still to do. Do it and take the `todo` out; what is only good to know is \
           a `note`.",
    bad: r#"scenes: {"yard": (text: "A yard.", todo: "snow, and a second line", then: "gate")},"#,
    good: r#"scenes: {"yard": (text: "A yard, and snow on it.", then: "gate")},"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    for aside in story.written.asides() {
        if let Noted::Todo(todo) = aside.note {
            let short: String = todo.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
            remarks.add(aside.spot, format!("still to do: {short}"));
        }
    }
}
