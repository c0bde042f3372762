//! W008: an item that nobody can have.

use super::lint::{Lint, Look, Remarks};
use super::survey::Story;
use crate::engine::id::ItemIx;
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W008",
    severity: Severity::Warning,
    about: "an item that is never given",
    page: "No `give` of any chapter hands it out, and no chapter or run begins with it, so nobody ever carries it, and \
           whatever asks for it is never so.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "show", say: "Show the seal", if: "has(seal)", to: "gate"),
        (id: "go", say: "Go", to: "gate"),
    ]),
},
items: {"seal": (name: "a seal")},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "take", say: "Pick up the seal", do: ["give(seal)"]),
        (id: "show", say: "Show the seal", if: "has(seal)", to: "gate"),
        (id: "go", say: "Go", to: "gate"),
    ]),
},
items: {"seal": (name: "a seal")},"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    for (at, item) in story.written.world().items.iter().enumerate() {
        if story.chapters.iter().any(|chapter| chapter.uses.given[at]) {
            continue;
        }
        let asked = story.chapters.iter().any(|chapter| chapter.uses.asked[at]);
        let title = match asked {
            true => format!("`{}` is asked for and never given", item.id),
            false => format!("the item `{}` is never used", item.id),
        };
        remarks.add(Holder::Item(ItemIx::from(at)).at(Field::Id), title);
    }
}
