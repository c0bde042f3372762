//! W001: a scene that nobody leads to.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Exits, Survey};
use crate::engine::id::SceneIx;
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W001",
    severity: Severity::Warning,
    about: "a scene that no way leads to",
    page: "No choice, arrow, visit or deck that a play can come to leads to this scene, so nobody will ever read it. \
           Conditions are not looked at: a way that is always closed still counts as one. The chapter's first scene and \
           the starts of runs need no way; the start of a test is not enough, for no player starts there.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate")]),
    "cellar": (text: "Nobody has been here.", then: "gate"),
},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "go", say: "Go", to: "gate"),
        (id: "down", say: "Go down", to: "cellar"),
    ]),
    "cellar": (text: "Somebody has been here.", then: "gate"),
},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let ways = &survey.ways;
    let mut known = ways.reached.clone();
    let lost: Vec<usize> = (0..known.len()).filter(|at| !known[*at]).collect();
    let mut led = vec![false; known.len()];
    for from in &lost {
        ways.of[*from].all().filter(|to| to.at() != *from).for_each(|to| led[to.at()] = true);
    }
    // First those without any way to them; then one of each ring that is left.
    let (led, heads): (Vec<usize>, Vec<usize>) = lost.into_iter().partition(|at| led[*at]);
    for head in heads.into_iter().chain(led) {
        if known[head] {
            continue;
        }
        let behind = behind(&ways.of, head, &mut known) - 1;
        let scene = &survey.chapter.scenes[head];
        let remark = remarks.add(
            Holder::Scene(SceneIx::from(head)).at(Field::Id),
            format!("nothing leads to the scene `{}`", scene.id),
        );
        let hook = match &scene.card {
            Some(card) => format!("its deck `{}` is never drawn from", survey.chapter.decks[card.deck.at()].id),
            None => "give some choice or arrow `to` it, or remove it".to_owned(),
        };
        match behind {
            0 => remark.help(hook),
            1 => remark.help(format!("{hook}; one more scene can only be reached through it")),
            n => remark.help(format!("{hook}; {n} more scenes can only be reached through it")),
        };
    }
}

/// How many scenes a scene leads to that were not known yet, itself included.
fn behind(of: &[Exits], from: usize, known: &mut [bool]) -> usize {
    let mut count = 0;
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut known[at], true) {
            count += 1;
            open.extend(of[at].all().map(SceneIx::at));
        }
    }
    count
}
