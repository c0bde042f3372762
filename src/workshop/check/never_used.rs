//! W033: a derived variable or a snippet that nothing uses.

use super::lint::{Lint, Look, Remarks};
use super::survey::Story;
use crate::engine::id::DerivedIx;
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W033",
    severity: Severity::Warning,
    about: "a derived variable or a snippet that nothing uses",
    page: "A derived variable is a name for a condition or a sum, and no condition, effect or text names it; or no text has \
           the snippet with `{use: …}`. Either something was forgotten, or it can go. What only a test asks counts as not \
           used.",
    bad: r#"
scenes: {"yard": (text: "A yard. {if day > 3: It is late.}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},
derived: {"late": "day > 3"},"#,
    good: r#"
scenes: {"yard": (text: "A yard. {if late: It is late.}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},
derived: {"late": "day > 3"},"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    for (chapter, survey) in story.chapters.iter().enumerate() {
        remarks.chapter = chapter;
        for (at, derived) in survey.chapter.derived.iter().enumerate() {
            if !survey.uses.derived[at] {
                let place = Holder::Derived(DerivedIx::from(at)).at(Field::Id);
                remarks.add(place, format!("`{}` is never used", derived.id));
            }
        }
    }
    for (id, spot) in story.written.unused_snippets() {
        remarks
            .add(spot, format!("no text uses the snippet `{id}`"))
            .help(format!("write `{{use: {id}}}` where it belongs"));
    }
}
