//! W015: a text that is too long for a page.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Told, prose};
use crate::engine::Chapter;
use crate::engine::text::Inline;
use crate::story::Severity;
use crate::story::place::{Field, Holder};

/// The most words of a page: two screens of 80 by 24.
const MOST: usize = 450;
/// The most words of an ending, behind which nobody waits.
const LAST: usize = 900;

pub(super) const LINT: Lint = Lint {
    code: "W015",
    severity: Severity::Warning,
    about: "a text that is too long for a page",
    page: "A page of more than 450 words runs over two screens of a common terminal before there is anything to choose. \
           Break it with a choice in between. An ending may have twice as many. The longest alternatives are counted.",
    bad: r#"
scenes: {"yard": (text: "{use: song} {use: song} {use: song} {use: song} {use: song}", then: "gate")},
snippets: {
    "line": "Snow on the yard, and snow on the gate, and snow on the men at the gate.",
    "verse": "{use: line} {use: line} {use: line}",
    "song": "{use: verse} {use: verse}",
},"#,
    good: r#"
scenes: {"yard": (text: "{use: song} {use: song}", then: "gate")},
snippets: {
    "line": "Snow on the yard, and snow on the gate, and snow on the men at the gate.",
    "verse": "{use: line} {use: line} {use: line}",
    "song": "{use: verse} {use: verse}",
},"#,
    look: Look::Text(look),
};

fn look(told: &Told<'_>, chapter: &Chapter, remarks: &mut Remarks) {
    if !matches!((told.holder, told.field), (Holder::Scene(_), Field::Text) | (Holder::Choice(_), Field::Said)) {
        return;
    }
    let words = prose::longest(told.text, &|inline| match inline {
        Inline::Plain(plain) => plain.split_whitespace().count(),
        _ => 1,
    });
    let ends = matches!(told.holder, Holder::Scene(scene) if chapter.scene(scene).ending.is_some());
    let most = if ends { LAST } else { MOST };
    if words > most {
        remarks
            .add(told.holder.at(told.field), format!("a text of {words} words"))
            .help(format!("put a choice in between; up to {most} words are a page"));
    }
}
