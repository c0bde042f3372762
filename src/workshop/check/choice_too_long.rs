//! W016: a choice that is too long for a line.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Told, prose};
use crate::engine::Chapter;
use crate::engine::text::Inline;
use crate::story::Severity;
use crate::story::place::{Field, Holder};

/// The most characters of a choice.
const MOST: usize = 80;

pub(super) const LINT: Lint = Lint {
    code: "W016",
    severity: Severity::Warning,
    about: "a choice of more than 80 characters",
    page: "The words of a choice are read again and again, side by side with others. Say in them what is done, and the \
           rest in `said`. The longest alternatives are counted.",
    bad: r#"
scenes: {"yard": (text: "A yard.", choices: [
    (id: "go", to: "gate", say: "Take the lantern from the hook by the door, light it, and go out through the gate to see who is there"),
])},"#,
    good: r#"
scenes: {"yard": (text: "A yard.", choices: [
    (id: "go", to: "gate", say: "Go out with the lantern", said: "You take it from the hook by the door, and light it."),
])},"#,
    look: Look::Text(look),
};

fn look(told: &Told<'_>, chapter: &Chapter, remarks: &mut Remarks) {
    if !matches!((told.holder, told.field), (Holder::Choice(_), Field::Text)) {
        return;
    }
    let long = prose::longest(told.text, &|inline| wide(inline, chapter));
    if long > MOST {
        remarks
            .add(told.holder.at(told.field), format!("a choice of {long} characters"))
            .help(format!("at most {MOST}: say the rest in `said`"));
    }
}

/// How many characters a piece without pieces in it has at most.
fn wide(inline: &Inline, chapter: &Chapter) -> usize {
    let longest = |words: &mut dyn Iterator<Item = String>| words.map(|word| word.chars().count()).max().unwrap_or(0);
    match inline {
        Inline::Plain(words) => words.chars().count(),
        Inline::Word(ix) => {
            let (low, high) = chapter.var(*ix).bounds();
            longest(&mut (low..=high).map(|value| chapter.var(*ix).written(value)))
        }
        Inline::Level(ix) => {
            let levels = chapter.var(*ix).shown.iter().flat_map(|shown| &shown.levels);
            longest(&mut levels.map(|(_, word)| word.clone()))
        }
        Inline::Break => 1,
        // Most numbers are small.
        _ => 3,
    }
}
