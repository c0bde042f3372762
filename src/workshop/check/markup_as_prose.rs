//! W019: signs of markup that a reader sees.

use super::lint::{Lint, Look, Remarks};
use super::survey::Told;
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W019",
    severity: Severity::Warning,
    about: "signs of markup that a reader sees",
    page: "A brace or a bar that was written with `\\` is shown as it is, and so is the markup of other tools: `<b>`, \
           `&nbsp;`, `->`, `<<if>>`, `__bold__`. Where a group was meant, take the backslash out; what the markup here is \
           called is told in the guide under Prose.",
    bad: r##"scenes: {"yard": (text: r#"A \{quiet\|noisy\} yard, -> gate."#, then: "gate")},"##,
    good: r#"scenes: {"yard": (text: "A {shuffle: quiet|noisy} yard.", then: "gate")},"#,
    look: Look::Words(look),
};

/// What no prose holds. A brace or a bar can only have come through a backslash.
const SIGNS: [&str; 12] = ["{", "}", "|", "<<", ">>", "->", "</", "<b>", "<i>", "&nbsp;", "&amp;", "__"];

fn look(told: &Told<'_>, plain: &str, remarks: &mut Remarks) {
    // Nearly all words have none of them: that is seen many bytes at a time.
    let sign = |byte| matches!(byte, b'{' | b'}' | b'|' | b'<' | b'>' | b'&' | b'_');
    if !plain.bytes().fold(false, |any, byte| any | sign(byte)) {
        return;
    }
    let first = SIGNS.iter().filter_map(|sign| plain.find(sign).map(|at| (at, *sign))).min();
    if let Some((_, sign)) = first {
        remarks
            .add(told.holder.at(told.field).words(sign), format!("a reader sees `{sign}` here"))
            .help("the markup is told in the guide; write `allow: [\"W019\"]` if it is meant as it is");
    }
}
