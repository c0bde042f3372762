//! W025: an arrow that those before it leave nothing.

use super::lint::{Lint, Look, Remarks};
use super::survey::Survey;
use crate::engine::expr::Cond;
use crate::story::Severity;
use crate::story::place::{Field, Holder, Way};
use crate::workshop::range::{Decision, Ranges};

pub(super) const LINT: Lint = Lint {
    code: "W025",
    severity: Severity::Warning,
    about: "an arrow that those before it leave nothing",
    page: "The first arrow whose condition holds is taken. Whenever this one's does, one before it does already, so it \
           never is. Put the narrower condition first.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", enter: ["day += 1"], then: [
        (if: "day > 3", to: "late"),
        (if: "day > 5", to: "gate"),
        (to: "gate"),
    ]),
    "late": (text: "It is late.", then: "gate"),
},
vars: {"day": Int(range: (0, 9))},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", enter: ["day += 1"], then: [
        (if: "day > 5", to: "gate"),
        (if: "day > 3", to: "late"),
        (to: "gate"),
    ]),
    "late": (text: "It is late.", then: "gate"),
},
vars: {"day": Int(range: (0, 9))},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let mut ranges = Ranges::new(survey.chapter);
    let mut before: Vec<(&Cond, bool)> = Vec::new();
    let mut flow: Option<(Holder, Way)> = None;
    for asked in &survey.asked {
        let Field::Arrow(way, at) = asked.field else { continue };
        if flow != Some((asked.holder, way)) {
            flow = Some((asked.holder, way));
            before.clear();
        }
        let facts = survey.facts(asked.holder, asked.field);
        // What never holds by itself is told of as that.
        let shadowed = at > 0
            && ranges.decide(asked.cond, &facts) != Decision::Never
            && ranges.decide_all(&[&[(asked.cond, true)], before.as_slice()].concat(), &facts) == Decision::Never;
        if shadowed {
            remarks
                .add(asked.place(), "an arrow that is never taken")
                .label("whenever this holds, an arrow before it is taken");
        }
        before.push((asked.cond, false));
    }
}
