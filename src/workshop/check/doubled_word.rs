//! W020: a word that stands twice.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Told, prose};
use crate::engine::Chapter;
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W020",
    severity: Severity::Warning,
    about: "a word that stands twice",
    page: "The same word comes twice in a row, with nothing but a space between. `had had` and `that that` are left \
           alone.",
    bad: r#"scenes: {"yard": (text: "Snow in the the yard.", then: "gate")},"#,
    good: r#"scenes: {"yard": (text: "Snow in the yard.", then: "gate")},"#,
    look: Look::Text(look),
};

/// Words that may well stand twice.
const FINE: [&str; 2] = ["had", "that"];

fn look(told: &Told<'_>, _: &Chapter, remarks: &mut Remarks) {
    prose::each_plain(told.text, &mut |plain| {
        let mut before: Option<&str> = None;
        for word in plain.split(' ') {
            let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '”']);
            let same = before.is_some_and(|last| !bare.is_empty() && last.eq_ignore_ascii_case(bare));
            if same && bare.chars().all(char::is_alphabetic) && !FINE.iter().any(|fine| fine.eq_ignore_ascii_case(bare))
            {
                let twice = format!("{} {bare}", before.unwrap_or_default());
                remarks.add(told.holder.at(told.field).words(twice), format!("`{bare}` stands twice"));
            }
            if !word.is_empty() {
                before = Some(word);
            }
        }
    });
}
