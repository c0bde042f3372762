//! W005: words that are never shown.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Survey, Told, prose};
use crate::engine::text::{GroupKind, Inline};
use crate::story::Severity;
use crate::story::place::{Field, Holder};
use crate::workshop::range::{Decision, Fact, Ranges};

pub(super) const LINT: Lint = Lint {
    code: "W005",
    severity: Severity::Warning,
    about: "words that are never shown",
    page: "An alternative is behind a condition that never holds (or, for the words after `|`, one that always does), or \
           its turn never comes: a scene's groups move on with each visit to it, and this scene can be entered only so \
           often; a choice's groups move on each time it is taken, and a choice without `again` is told only before the \
           first time.",
    bad: r#"
scenes: {
    "yard": (text: "A {quiet|noisy} yard.", choices: [(id: "go", say: "{Go|Go again}", to: "gate")]),
},"#,
    good: r#"
scenes: {
    "yard": (text: "A {quiet|noisy} yard.", choices: [
        (id: "wait", say: "{Wait|Wait again}", again: true, to: "yard"),
        (id: "go", say: "Go", to: "gate"),
    ]),
},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let mut ranges = Ranges::new(survey.chapter);
    for told in &survey.told {
        let rounds = rounds(survey, told);
        let facts = survey.facts(told.holder, told.field);
        let mut gone = Vec::new();
        prose::each(told.text, &mut |inline| unseen(inline, rounds, &mut ranges, &facts, &mut gone));
        for (words, why) in gone {
            let place = told.holder.at(told.field).words(words);
            remarks.add(place, "these words are never shown").label(why.said(survey, told)).own();
        }
    }
}

#[derive(Clone, Copy)]
enum Why {
    Round,
    Never,
    Always,
}

/// How often a text is shown at most.
fn rounds(survey: &Survey<'_>, told: &Told<'_>) -> Option<u32> {
    match told.holder {
        Holder::Scene(scene) if told.field != Field::Date => survey.entries[scene.at()].filter(|n| *n > 0),
        Holder::Choice(choice) if !survey.chapter.choice(choice).again => Some(1),
        Holder::Choice(_) => None,
        Holder::Scene(_) => Some(1),
        // Shown again and again, but always as if for the first time.
        _ => Some(1),
    }
}

fn unseen<'t>(
    inline: &'t Inline,
    rounds: Option<u32>,
    ranges: &mut Ranges<'_>,
    facts: &[Fact],
    gone: &mut Vec<(&'t str, Why)>,
) {
    let mut add = |pieces, why| gone.extend(prose::first_words(pieces).map(|words| (words, why)));
    match inline {
        Inline::Group(group) => {
            let turns = !matches!(group.kind, GroupKind::Shuffle);
            if let Some(rounds) = rounds.filter(|_| turns) {
                let late = group.alternatives.iter().skip(rounds as usize);
                late.for_each(|pieces| add(pieces, Why::Round));
            }
        }
        Inline::If(cond, then, otherwise) => match ranges.decide(cond, facts) {
            Decision::Never => add(then, Why::Never),
            Decision::Always => add(otherwise, Why::Always),
            Decision::Sometimes | Decision::Unknown => {}
        },
        _ => {}
    }
}

impl Why {
    fn said(self, survey: &Survey<'_>, told: &Told<'_>) -> String {
        match (self, told.holder) {
            (Self::Never, _) => "the condition never holds".to_owned(),
            (Self::Always, _) => "the condition always holds".to_owned(),
            (Self::Round, Holder::Scene(scene)) if told.field != Field::Date => match survey.entries[scene.at()] {
                Some(1) => "the scene is entered once at most".to_owned(),
                Some(2) => "the scene is entered twice at most".to_owned(),
                n => format!("the scene is entered {} times at most", n.unwrap_or(0)),
            },
            (Self::Round, Holder::Choice(_)) => "a choice without `again` is told the first time only".to_owned(),
            (Self::Round, _) => "here a group never moves on".to_owned(),
        }
    }
}
