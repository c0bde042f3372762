//! W017: two spaces where one belongs.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Told, prose};
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W017",
    severity: Severity::Warning,
    about: "two spaces between words",
    page: "A reader never sees more than one space, so the second does nothing; most often a word was taken out and its \
           space was left behind. For a line of its own end the line before with `\\`.",
    bad: r#"scenes: {"yard": (text: "A  yard.", then: "gate")},"#,
    good: r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    look: Look::Words(look),
};

fn look(told: &Told<'_>, plain: &str, remarks: &mut Remarks) {
    // Nearly all words have none: that is seen at a glance.
    if !prose::any_pair(plain, |one, next| (one == b' ') & (next == b' ')) {
        return;
    }
    for (at, _) in plain.match_indices("  ").filter(|(at, _)| *at > 0 && !plain[..*at].ends_with(' ')) {
        let before = plain[..at].rfind(' ').map_or(0, |space| space + 1);
        let behind = plain[at..].trim_start_matches(' ');
        let to = plain.len() - behind.len() + behind.find(' ').unwrap_or(behind.len());
        remarks.add(told.holder.at(told.field).words(&plain[before..to]), "two spaces between words");
    }
}
