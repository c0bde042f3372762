//! W009: an item that makes no difference.

use super::lint::{Lint, Look, Remarks};
use super::survey::Story;
use crate::engine::id::ItemIx;
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W009",
    severity: Severity::Warning,
    about: "an item that is given and never asked for",
    page: "A player can carry it, but no condition, effect or text of any chapter ever asks whether they do. If it is \
           only there to be looked at, say so: `allow: [\"W009\"]` in the item.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", choices: [(id: "take", say: "Take the seal", do: ["give(seal)"])], then: "gate"),
},
items: {"seal": (name: "a seal")},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [(id: "take", say: "Take the seal", do: ["give(seal)"])], then: "gate"),
    "gate": (text: "{if has(seal): They look at the seal, and let you through.|They let you wait.}", ending: "out"),
},
items: {"seal": (name: "a seal")},"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    for (at, item) in story.written.world().items.iter().enumerate() {
        let given = story.chapters.iter().any(|chapter| chapter.uses.given[at]);
        if given && story.chapters.iter().all(|chapter| !chapter.uses.asked[at]) {
            remarks
                .add(
                    Holder::Item(ItemIx::from(at)).at(Field::Id),
                    format!("`{}` is given and never asked for", item.id),
                )
                .help("let something depend on it; or write `allow: [\"W009\"]` if it is a keepsake");
        }
    }
}
