//! W011: a menu that may run out, with no way on.

use super::lint::{Lint, Look, Remarks};
use super::survey::Survey;
use crate::engine::chapter::{Choice, Goes, Target};
use crate::engine::expr::Cond;
use crate::engine::id::SceneIx;
use crate::story::Severity;
use crate::story::place::{Field, Holder};
use crate::workshop::range::{Atom, Decision, Fact, Ranges};

/// How many scenes before long are.
const NEAR: usize = 12;

pub(super) const LINT: Lint = Lint {
    code: "W011",
    severity: Severity::Warning,
    about: "a menu that may be empty, in a scene without a way on",
    page: "Every choice of this scene is conditional, or only leads round and back to it and is gone once it is taken, and \
           the scene has neither `otherwise` nor `then` nor `back`: a play may stand here and have nothing to choose. It is \
           not told where a choice without a condition leads away, or where conditions leave no gap between them. `prove` \
           looks closer: it knows which way a play really takes.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "look", say: "Look", to: "well"),
        (id: "pay", say: "Pay", if: "silver > 0", again: true, to: "gate"),
    ]),
    "well": (text: "A well.", choices: [(id: "back", say: "Back", again: true, do: ["silver -= 1"], to: "yard")]),
},
vars: {"silver": Int(range: (0, 3), start: 3)},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "look", say: "Look", to: "well"),
        (id: "pay", say: "Pay", if: "silver > 0", again: true, to: "gate"),
    ], otherwise: "gate"),
    "well": (text: "A well.", choices: [(id: "back", say: "Back", again: true, do: ["silver -= 1"], to: "yard")]),
},
vars: {"silver": Int(range: (0, 3), start: 3)},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let mut ranges = Ranges::new(survey.chapter);
    for (at, scene) in survey.chapter.scenes.iter().enumerate() {
        let goes_on = scene.otherwise.is_some() || scene.then.is_some() || scene.back || scene.ending.is_some();
        if goes_on || !survey.ways.reached[at] || lasts(survey, SceneIx::from(at), &mut ranges) {
            continue;
        }
        let once = scene.menu.iter().all(|choice| survey.chapter.choice(*choice).when.is_none());
        let why = if once { "each of its choices comes back here and is gone" } else { "its conditions may all fail" };
        remarks
            .add(
                Holder::Scene(SceneIx::from(at)).at(Field::Id),
                format!("`{}` may have nothing left to choose", scene.id),
            )
            .label(why)
            .help("give the scene an `otherwise`, or one choice that is always there");
    }
}

/// Whether it is easily seen that a scene always has something to choose, or that leaving it is for good.
fn lasts(survey: &Survey<'_>, scene: SceneIx, ranges: &mut Ranges<'_>) -> bool {
    let menu = survey.chapter.scene(scene).menu.iter().map(|ix| survey.chapter.choice(*ix));
    let lasting: Vec<&Choice> = menu.filter(|choice| choice.again || leaves(survey, choice, scene)).collect();
    if lasting.iter().any(|choice| always_open(survey, choice)) {
        return true;
    }
    let plain = |choice: &&&Choice| !choice.strict && !matches!(choice.goes, Goes::Nested(..));
    let conds = lasting.iter().filter(plain).filter_map(|choice| choice.when.as_deref());
    let none: Vec<(&Cond, bool)> = conds.map(|when| (when, false)).collect();
    let facts = [Fact(Atom::Visits(scene), 1, i32::MAX)];
    !none.is_empty() && ranges.decide_all(&none, &facts) == Decision::Never
}

/// Whether a choice is there whenever it has not been taken.
fn always_open(survey: &Survey<'_>, choice: &Choice) -> bool {
    choice.when.as_deref().is_none_or(|when| *when == Cond::Const(true))
        && !choice.strict
        && match &choice.goes {
            Goes::Nested(menu, _) => menu.iter().any(|nested| {
                let nested = survey.chapter.choice(*nested);
                (nested.again || !choice.again) && always_open(survey, nested)
            }),
            _ => true,
        }
}

/// Whether a choice may lead out of a scene without leading back to it before long.
fn leaves(survey: &Survey<'_>, choice: &Choice, from: SceneIx) -> bool {
    match &choice.goes {
        Goes::To(flow) => flow.iter().any(|arrow| match arrow.target {
            Target::Scene(to) => !returns(survey, to, from),
            Target::Draw(_) | Target::Back => true,
        }),
        Goes::Nested(menu, then) => {
            then.is_some() || menu.iter().any(|nested| leaves(survey, survey.chapter.choice(*nested), from))
        }
        Goes::Visit(_) | Goes::Rejoin => false,
    }
}

/// Whether every way from a scene comes to another before long.
fn returns(survey: &Survey<'_>, from: SceneIx, to: SceneIx) -> bool {
    let mut region = vec![from];
    let mut at = 0;
    let mut back = false;
    while let Some(&scene) = region.get(at) {
        at += 1;
        if scene == to {
            back = true;
            continue;
        }
        let mut leads = survey.ways.of[scene.at()].all().peekable();
        if survey.chapter.scene(scene).ending.is_some() || leads.peek().is_none() || region.len() > NEAR {
            return false;
        }
        leads.for_each(|next| {
            if !region.contains(&next) {
                region.push(next);
            }
        });
    }
    back
}
