//! W029: the head of a group that a reader sees.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Told, prose};
use crate::engine::Chapter;
use crate::engine::text::{GroupKind, Inline};
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W029",
    severity: Severity::Warning,
    about: "the head of a group that a reader sees",
    page: "The word before a group's colon says how its alternatives come: `{shuffle: snow|rain}`. Without the colon the \
           word belongs to the first alternative, and is printed. The other alternative of an `if` has no head: \
           `{if open: in|out}`, not `else: out`.",
    bad: r#"scenes: {"yard": (text: "There is {shuffle snow|rain}.", then: "gate")},"#,
    good: r#"scenes: {"yard": (text: "There is {shuffle: snow|rain}.", then: "gate")},"#,
    look: Look::Text(look),
};

/// Heads that hardly begin a piece of prose.
const HEADS: [&str; 2] = ["shuffle", "cycle"];

fn look(told: &Told<'_>, _: &Chapter, remarks: &mut Remarks) {
    prose::each(told.text, &mut |inline| match inline {
        Inline::Group(group) if group.kind == GroupKind::Sequence => {
            let first = group.alternatives.first().and_then(|words| begins(words));
            if let Some(head) = HEADS.into_iter().find(|head| Some(*head) == first) {
                remarks
                    .add(told.holder.at(told.field).words(head), format!("a reader sees `{head}` here"))
                    .help(format!("write `{{{head}: …}}`"));
            }
        }
        Inline::If(_, _, other) if begins(other) == Some("else:") => {
            remarks
                .add(told.holder.at(told.field).words("else:"), "a reader sees `else:` here")
                .help("leave it out: `{if open: in|out}`");
        }
        _ => {}
    });
}

/// The first word of some pieces.
fn begins(inlines: &[Inline]) -> Option<&str> {
    match inlines.first()? {
        Inline::Plain(words) => words.split_whitespace().next(),
        _ => None,
    }
}
