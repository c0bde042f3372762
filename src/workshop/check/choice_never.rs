//! W004: a choice that can never be taken.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Home, Survey};
use crate::engine::chapter::Goes;
use crate::engine::effect::Act;
use crate::engine::id::ChoiceIx;
use crate::story::Severity;
use crate::story::place::{Field, Holder};
use crate::workshop::range::{Decision, Ranges};

pub(super) const LINT: Lint = Lint {
    code: "W004",
    severity: Severity::Warning,
    about: "a choice that can never be taken",
    page: "The choice's condition never holds, or an effect on a strict variable would always leave its range, or all \
           choices of the short menu it opens are of that sort, or no scene uses the menu it stands in. What is certain \
           where it stands is counted: a once-only choice that asks whether it was itself taken is never there.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "pay", say: "Pay", if: "silver > 5", locked: "You have too little.", to: "gate"),
        (id: "go", say: "Go", again: true, do: ["silver += 1"], to: "gate"),
    ]),
},
vars: {"silver": Int(range: (0, 5))},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "pay", say: "Pay", if: "silver > 4", locked: "You have too little.", to: "gate"),
        (id: "go", say: "Go", again: true, do: ["silver += 1"], to: "gate"),
    ]),
},
vars: {"silver": Int(range: (0, 5))},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let chapter = survey.chapter;
    let mut ranges = Ranges::new(chapter);
    let why: Vec<Option<Why>> = (0..chapter.choices.len()).map(|at| why(survey, &mut ranges, at.into())).collect();
    // Choices nested in it have numbers behind its own.
    let mut never: Vec<bool> = why.iter().map(Option::is_some).collect();
    for (at, choice) in chapter.choices.iter().enumerate().rev() {
        if let Goes::Nested(menu, _) = &choice.goes {
            never[at] |= menu.iter().all(|nested| never[nested.at()]);
        }
    }
    for (at, choice) in chapter.choices.iter().enumerate().filter(|(at, _)| never[*at]) {
        let holder = Holder::Choice(ChoiceIx::from(at));
        let (field, label) = match why[at] {
            Some(Why::Condition) => (Field::If, "this never holds"),
            Some(Why::Strict(effect)) => (Field::Effect(effect), "this always leaves the range"),
            None => (Field::Id, "nothing in its short menu can be taken"),
        };
        let title = match choice.locked {
            Some(_) => format!("the choice `{}` is always locked", choice.key()),
            None => format!("the choice `{}` is never offered", choice.key()),
        };
        remarks.add(holder.at(field), title).label(label);
    }
    unused_menus(survey, remarks);
}

enum Why {
    Condition,
    /// One of its effects.
    Strict(usize),
}

fn why(survey: &Survey<'_>, ranges: &mut Ranges<'_>, ix: ChoiceIx) -> Option<Why> {
    let choice = survey.chapter.choice(ix);
    let facts = survey.facts(Holder::Choice(ix), Field::If);
    if choice.when.as_ref().is_some_and(|when| ranges.decide(when, &facts) == Decision::Never) {
        return Some(Why::Condition);
    }
    // Only the first effect is done in the state in which the choice is offered.
    let first = choice.effects.first().filter(|_| choice.strict)?;
    let strict = matches!(first.act, Act::Set(var, _) if survey.chapter.var(var).strict) && first.when.is_none();
    (strict && ranges.always_stopped(first, &facts)).then_some(Why::Strict(0))
}

fn unused_menus(survey: &Survey<'_>, remarks: &mut Remarks) {
    let menu = |at: usize| survey.chapter.choices[at].path.strip_prefix('@')?.split('/').next();
    for at in 0..survey.homes.len() {
        let first = at == 0 || menu(at - 1) != menu(at);
        if let (Home::Nowhere, true, Some(id)) = (survey.homes[at], first, menu(at)) {
            remarks
                .add(Holder::Choice(at.into()).at(Field::Id), format!("no scene uses the menu `{id}`"))
                .help(format!("write `use: [\"{id}\"]` in a scene, or remove the menu"));
        }
    }
}
