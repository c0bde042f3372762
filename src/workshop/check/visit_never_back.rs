//! W030: a visit that never comes back.

use super::lint::{Lint, Look, Remarks};
use super::survey::Survey;
use crate::engine::Chapter;
use crate::engine::chapter::{Flow, Goes, Target};
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W030",
    severity: Severity::Warning,
    about: "a visit that never comes back",
    page: "A `visit` leads to a scene and comes back to the menu it was chosen from, when some scene on its way says \
           `back: true`. From this scene no way leads to such a one, conditions ignored, so the menu waits for nothing. \
           Where the story is to go on there, write `to`.",
    bad: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "look", say: "Look into the hall", visit: "hall"),
        (id: "go", say: "Go", to: "gate"),
    ]),
    "hall": (text: "A hall.", then: "gate"),
},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard.", choices: [
        (id: "look", say: "Look into the hall", visit: "hall"),
        (id: "go", say: "Go", to: "gate"),
    ]),
    "hall": (text: "A hall.", back: true),
},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let chapter = survey.chapter;
    let visits = || {
        chapter.choices.iter().enumerate().filter_map(|(at, choice)| match choice.goes {
            Goes::Visit(scene) => Some((ChoiceIx::from(at), scene)),
            _ => None,
        })
    };
    if visits().next().is_none() {
        return;
    }
    let returns = returns(chapter);
    for (choice, scene) in visits().filter(|(_, scene)| !returns[scene.at()]) {
        let visited = chapter.scene(scene);
        let remark = remarks
            .add(Holder::Choice(choice).at(Field::Id), format!("the visit to `{}` never comes back", visited.id));
        match visited.ending {
            Some(_) => remark.help(format!("it is an ending: write `to: \"{}\"`", visited.id)),
            None => remark.help(format!("write `to: \"{}\"`, or let a scene on its way say `back: true`", visited.id)),
        };
    }
}

/// From which scenes some way leads back, visits on the way left out.
fn returns(chapter: &Chapter) -> Vec<bool> {
    let mut leads: Vec<Vec<SceneIx>> = vec![Vec::new(); chapter.scenes.len()];
    let mut returns = vec![false; chapter.scenes.len()];
    let mut open = Vec::new();
    for (at, scene) in chapter.scenes.iter().enumerate() {
        let mut ways = Ways { chapter, back: scene.back, to: Vec::new() };
        scene.then.iter().chain(&scene.otherwise).for_each(|flow| ways.follow(flow));
        scene.menu.iter().for_each(|choice| ways.choice(*choice));
        // From an ending nothing goes on.
        if ways.back && scene.ending.is_none() {
            returns[at] = true;
            open.push(SceneIx::from(at));
        }
        ways.to.into_iter().for_each(|to| leads[to.at()].push(SceneIx::from(at)));
    }
    while let Some(scene) = open.pop() {
        for from in &leads[scene.at()] {
            if !std::mem::replace(&mut returns[from.at()], true) {
                open.push(*from);
            }
        }
    }
    returns
}

/// Where one scene leads, but for its visits.
struct Ways<'c> {
    chapter: &'c Chapter,
    back: bool,
    to: Vec<SceneIx>,
}

impl Ways<'_> {
    fn follow(&mut self, flow: &Flow) {
        for arrow in flow.iter() {
            match arrow.target {
                Target::Scene(scene) => self.to.push(scene),
                Target::Back => self.back = true,
                Target::Draw(deck) => {
                    let deck = &self.chapter.decks[deck.at()];
                    self.to.extend(&deck.cards);
                    self.follow(&deck.none);
                }
            }
        }
    }

    fn choice(&mut self, choice: ChoiceIx) {
        let chapter = self.chapter;
        match &chapter.choice(choice).goes {
            Goes::To(flow) => self.follow(flow),
            Goes::Nested(menu, then) => {
                then.iter().for_each(|flow| self.follow(flow));
                menu.iter().for_each(|nested| self.choice(*nested));
            }
            Goes::Visit(_) | Goes::Rejoin => {}
        }
    }
}
