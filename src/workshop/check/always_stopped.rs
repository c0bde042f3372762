//! W014: an effect that is always stopped at the edge.

use super::lint::{Lint, Look, Remarks};
use super::survey::Survey;
use crate::engine::effect::Act;
use crate::engine::expr::Expr;
use crate::story::Severity;
use crate::story::place::Holder;
use crate::workshop::range::Ranges;

pub(super) const LINT: Lint = Lint {
    code: "W014",
    severity: Severity::Warning,
    about: "an effect that is always stopped at the edge of a range",
    page: "Wherever the variable stands in its range, this effect would take it out of it, so it never does what it says: \
           the value stops at the edge. Either the number is too large or the range too small. To set a variable to its \
           edge on purpose, write the edge: `grain = 0`.",
    bad: r#"
scenes: {"yard": (text: "{grain} sacks.", enter: ["grain -= 100"], then: "gate")},
vars: {"grain": Int(range: (0, 90), start: 90)},"#,
    good: r#"
scenes: {"yard": (text: "{grain} sacks.", enter: ["grain -= 10"], then: "gate")},
vars: {"grain": Int(range: (0, 90), start: 90)},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let mut ranges = Ranges::new(survey.chapter);
    for done in &survey.done {
        let strict = matches!(&done.effect.act, Act::Set(var, _) if survey.chapter.var(*var).strict);
        // A choice that a strict variable withholds has a warning of its own.
        if strict && matches!(done.holder, Holder::Choice(_)) {
            continue;
        }
        let edge = match &done.effect.act {
            Act::Set(_, Expr::Const(_)) => continue,
            Act::Set(var, _) => {
                let (low, high) = survey.chapter.var(*var).bounds();
                format!("its range is {low} to {high}")
            }
            Act::Give(item, _) => format!("at most {} can be carried", survey.chapter.world.item(*item).max),
            Act::Take(item, _) => format!("at most {} are carried", survey.chapter.world.item(*item).max),
            _ => continue,
        };
        if ranges.always_stopped(done.effect, &survey.facts(done.holder, done.field)) {
            remarks.add(done.holder.at(done.field), "this is always stopped at the edge").label(edge);
        }
    }
}
