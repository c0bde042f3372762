//! W019: signs of markup that a reader sees.

use super::lint::{Lint, Look, Remarks};
use super::survey::Told;
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W019",
    severity: Severity::Warning,
    about: "signs of markup that a reader sees",
    page: "A brace or a bar that was written with `\\` is shown as it is, and so is the markup of other tools: `<b>`, \
           `&nbsp;`, `->`, `<<if>>`, `_slanted_`, `__bold__`, `// a note`, `# A heading`, and `@name:` where no paragraph \
           begins. Where a group was meant, take the backslash out; what the markup here is \
           called is told in the guide under Prose.",
    bad: r##"scenes: {"yard": (text: r#"A \{quiet\|noisy\} yard, -> gate."#, then: "gate")},"##,
    good: r#"scenes: {"yard": (text: "A {shuffle: quiet|noisy} yard.", then: "gate")},"#,
    look: Look::Words(look),
};

/// What no prose holds. A brace or a bar can only have come through a backslash.
const SIGNS: [&str; 13] = ["{", "}", "|", "<<", ">>", "->", "</", "<b>", "<i>", "&nbsp;", "&amp;", "__", " // "];

fn look(told: &Told<'_>, plain: &str, remarks: &mut Remarks) {
    // Nearly all words have none of them: that is seen many bytes at a time.
    let sign = |byte| matches!(byte, b'{' | b'}' | b'|' | b'<' | b'>' | b'&' | b'_' | b'@' | b'#' | b'/');
    if !plain.bytes().fold(false, |any, byte| any | sign(byte)) {
        return;
    }
    let first = SIGNS.iter().filter_map(|sign| plain.find(sign).map(|at| (at, *sign))).min();
    let first = first.map(|(_, sign)| sign).or_else(|| plain.split_whitespace().find(|word| is_marked(word)));
    let first = first.or_else(|| ["# ", "// "].into_iter().find(|sign| plain.starts_with(*sign)));
    if let Some(sign) = first {
        remarks
            .add(told.holder.at(told.field).words(sign), format!("a reader sees `{}` here", sign.trim()))
            .help("the markup is told in the guide; write `allow: [\"W019\"]` if it is meant as it is");
    }
}

/// A word that is markup elsewhere, or would be in another place: `_slanted_`, `@name:`.
fn is_marked(word: &str) -> bool {
    let inner = |open: char, close: &str| {
        let rest = word.strip_prefix(open)?.trim_end_matches(|c: char| ".,;!?".contains(c)).strip_suffix(close)?;
        Some(rest.starts_with(char::is_alphabetic))
    };
    inner('_', "_") == Some(true) || inner('@', ":") == Some(true)
}
