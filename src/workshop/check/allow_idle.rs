//! W026: an `allow` that allows nothing.

use super::lint::{Lint, Look};
use crate::story::Severity;

/// What it finds is only known when all others have looked: see [`super::finding`].
pub(super) const LINT: Lint = Lint {
    code: "W026",
    severity: Severity::Warning,
    about: "an `allow` that allows nothing",
    page: "No check remarks this here, so the `allow` does nothing; what it allowed was mended, or the code is not the one \
           that was meant. Take it out, or else it may hide a mistake that is made later.",
    bad: r#"scenes: {"yard": (text: "A yard.", allow: ["W013"], then: "gate")},"#,
    good: r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    look: Look::Story(|_, _| ()),
};
