//! W032: emphasis that begins or ends with a blank.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Told, prose};
use crate::engine::Chapter;
use crate::engine::text::Inline;
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W032",
    severity: Severity::Warning,
    about: "emphasis that begins or ends with a blank",
    page: "Two stars make what is between them emphatic, and are not shown. With a blank behind the first or before the \
           second they were probably meant as they stand, as in a sum: write `\\*`. If emphasis is meant, put the blank \
           outside.",
    bad: r#"scenes: {"yard": (text: "Two rows of sacks, 5 * 3 * 2 in all.", then: "gate")},"#,
    good: r##"scenes: {"yard": (text: r#"Two rows of sacks, 5 \* 3 \* 2 in all."#, then: "gate")},"##,
    look: Look::Text(look),
};

fn look(told: &Told<'_>, _: &Chapter, remarks: &mut Remarks) {
    prose::each(told.text, &mut |inline| {
        let (Inline::Emph(inner) | Inline::Strong(inner)) = inline else { return };
        let begins = matches!(inner.first(), Some(Inline::Plain(words)) if words.starts_with(' '));
        let ends = matches!(inner.last(), Some(Inline::Plain(words)) if words.ends_with(' '));
        if begins || ends {
            let words = prose::first_words(inner).unwrap_or_default();
            remarks
                .add(told.holder.at(told.field).words(words), "emphasis with a blank at its edge")
                .help("for a star in the prose write `\\*`; else put the blank outside of the stars");
        }
    });
}
