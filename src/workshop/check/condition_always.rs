//! W003: a condition that always holds.

use super::lint::{Lint, Look, Remarks};
use super::survey::Survey;
use crate::engine::expr::Cond;
use crate::story::Severity;
use crate::story::place::{Field, Holder};
use crate::workshop::range::{Decision, Ranges};

pub(super) const LINT: Lint = Lint {
    code: "W003",
    severity: Severity::Warning,
    about: "a condition that always holds",
    page: "Whatever a play does, this condition is true, so it decides nothing: an arrow behind it is never taken, a \
           lock it is to lock is never seen. Take it out, or ask what was meant. A plain `true` is not remarked.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", enter: ["day += 1"], choices: [
        (id: "go", say: "Go", if: "day >= 0", to: "gate"),
    ], otherwise: "gate"),
},
vars: {"day": Int(range: (0, 9))},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", enter: ["day += 1"], choices: [
        (id: "go", say: "Go", if: "day >= 1", to: "gate"),
    ], otherwise: "gate"),
},
vars: {"day": Int(range: (0, 9))},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let mut ranges = Ranges::new(survey.chapter);
    for asked in &survey.asked {
        let plain = matches!(asked.cond, Cond::Const(_));
        if plain || ranges.decide(asked.cond, &survey.facts(asked.holder, asked.field)) != Decision::Always {
            continue;
        }
        let locks = match asked.holder {
            Holder::Choice(choice) => survey.chapter.choice(choice).locked.is_some(),
            _ => false,
        };
        let what = match asked.field {
            Field::Arrow(..) => "the arrows behind this one are never taken",
            Field::If if locks => "the choice is never locked",
            _ => "it decides nothing",
        };
        remarks.add(asked.place(), "a condition that always holds").label(what);
    }
}
