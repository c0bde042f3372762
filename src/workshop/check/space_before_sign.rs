//! W021: a space before a comma or a full stop.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Told, prose};
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W021",
    severity: Severity::Warning,
    about: "a space before a comma, a full stop or the like",
    page: "A space stands before `,` `.` `;` `:` `!` or `?`, and the sign may be carried over to the next line.",
    bad: r#"scenes: {"yard": (text: "Snow , and a yard.", then: "gate")},"#,
    good: r#"scenes: {"yard": (text: "Snow, and a yard.", then: "gate")},"#,
    look: Look::Words(look),
};

fn look(told: &Told<'_>, plain: &str, remarks: &mut Remarks) {
    let sign = |byte| matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?');
    if !prose::any_pair(plain, |one, next| (one == b' ') & sign(next)) {
        return;
    }
    for (at, _) in plain.match_indices(' ') {
        let mut behind = plain[at + 1..].chars();
        let sign = behind.next().filter(|c| ['.', ',', ';', ':', '!', '?'].contains(c));
        let alone = behind.next().is_none_or(|c| c == ' ' || c == '"');
        let from = plain[..at].rfind(' ').map_or(0, |space| space + 1);
        if let (Some(sign), true, true) = (sign, alone, from < at) {
            let words = format!("{} {sign}", &plain[from..at]);
            remarks.add(told.holder.at(told.field).words(words), format!("a space before `{sign}`"));
        }
    }
}
