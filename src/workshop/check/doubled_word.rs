//! W020: a word that stands twice.

use super::lint::{Lint, Look, Remarks};
use super::survey::Told;
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W020",
    severity: Severity::Warning,
    about: "a word that stands twice",
    page: "The same word comes twice in a row, with nothing but a space between. `had had` and `that that` are left \
           alone.",
    bad: r#"scenes: {"yard": (text: "Snow in the the yard.", then: "gate")},"#,
    good: r#"scenes: {"yard": (text: "Snow in the yard.", then: "gate")},"#,
    look: Look::Words(look),
};

/// Words that may well stand twice.
const FINE: [&str; 2] = ["had", "that"];

fn look(told: &Told<'_>, plain: &str, remarks: &mut Remarks) {
    let mut before = "";
    for word in plain.split(' ').filter(|word| !word.is_empty()) {
        if alike(before, word) {
            let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '”']);
            if before.eq_ignore_ascii_case(bare)
                && bare.chars().all(char::is_alphabetic)
                && !FINE.iter().any(|fine| fine.eq_ignore_ascii_case(bare))
            {
                let twice = format!("{before} {bare}");
                remarks.add(told.holder.at(told.field).words(twice), format!("`{bare}` stands twice"));
            }
        }
        before = word;
    }
}

/// Whether two words begin alike: nearly all do not.
fn alike(one: &str, other: &str) -> bool {
    match (one.as_bytes().first(), other.as_bytes().first()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => false,
    }
}
