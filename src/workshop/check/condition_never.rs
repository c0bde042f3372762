//! W002: a condition that never holds.

use super::lint::{Lint, Look, Remarks};
use super::survey::Survey;
use crate::story::Severity;
use crate::story::place::{Field, Holder};
use crate::workshop::range::{Decision, Ranges};

pub(super) const LINT: Lint = Lint {
    code: "W002",
    severity: Severity::Warning,
    about: "a condition that never holds",
    page: "Whatever a play does, this condition is false: the ranges of its variables, and what is certain where it \
           stands, leave it no value. What hangs on it never happens. Often a number is beyond the range, or `and` \
           stands where `or` is meant. Choices have a warning of their own, W004, and so have texts, W005.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", enter: ["day += 1"], then: [
        (if: "day > 9", to: "gate"),
        (to: "gate"),
    ]),
},
vars: {"day": Int(range: (0, 9))},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", enter: ["day += 1"], then: [
        (if: "day > 8", to: "gate"),
        (to: "gate"),
    ]),
},
vars: {"day": Int(range: (0, 9))},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let mut ranges = Ranges::new(survey.chapter);
    for asked in &survey.asked {
        if matches!((asked.holder, asked.field), (Holder::Choice(_), Field::If)) {
            continue;
        }
        if ranges.decide(asked.cond, &survey.facts(asked.holder, asked.field)) != Decision::Never {
            continue;
        }
        let what = match asked.field {
            Field::Arrow(..) => "this arrow is never taken",
            Field::Effect(_) => "this effect is never done",
            _ => match asked.holder {
                Holder::Scene(_) => "this card is never dealt",
                Holder::Achievement(_) => "this achievement can never be reached",
                Holder::Run(_) => "this run can never be won",
                _ => "this is never shown",
            },
        };
        remarks.add(asked.place(), "a condition that never holds").label(what);
    }
}
