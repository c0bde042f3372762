//! W010: a codex entry that nobody can open.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Story, prose};
use crate::engine::effect::Act;
use crate::engine::id::CodexIx;
use crate::engine::text::{Inline, Text};
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W010",
    severity: Severity::Warning,
    about: "a codex entry that nobody can open",
    page: "An entry is opened by a link that has been shown, by `learn`, or from what is open already: by a link in it or \
           its `see`, from a person who was met, a place that was seen, an item that is carried. Nothing of that leads to \
           this entry.",
    bad: r#"
scenes: {"yard": (text: "A yard. Somebody speaks of the Liao.", then: "gate")},
codex: {"liao": (title: "The Liao", text: "An empire in the north.", basis: Record)},"#,
    good: r#"
scenes: {"yard": (text: "A yard. Somebody speaks of the [Liao](liao).", then: "gate")},
codex: {"liao": (title: "The Liao", text: "An empire in the north.", basis: Record)},"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    let world = story.written.world();
    let mut open: Vec<CodexIx> = Vec::new();
    for chapter in story.chapters {
        chapter.told.iter().for_each(|told| linked(told.text, &mut open));
        open.extend(chapter.done.iter().filter_map(|done| match done.effect.act {
            Act::Learn(entry) => Some(entry),
            _ => None,
        }));
    }
    world.items.iter().for_each(|item| linked(&item.text, &mut open));
    for person in world.people.iter() {
        linked(&person.text, &mut open);
        open.extend(person.codex);
    }
    open.extend(world.places.iter().filter_map(|place| place.codex));
    world.note.iter().chain(&world.credits).for_each(|text| linked(text, &mut open));
    let mut known = vec![false; world.codex.len()];
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut known[at.at()], true) {
            let entry = world.entry(at);
            linked(&entry.text, &mut open);
            open.extend(&entry.see);
        }
    }
    for (at, entry) in world.codex.iter().enumerate().filter(|(at, _)| !known[*at]) {
        remarks
            .add(
                Holder::Codex(CodexIx::from(at)).at(Field::Id),
                format!("nothing opens the codex entry `{}`", entry.id),
            )
            .help(format!("link it from some text, `[words]({0})`, or let an effect `learn({0})`", entry.id));
    }
}

fn linked(text: &Text, to: &mut Vec<CodexIx>) {
    prose::each(text, &mut |inline| {
        if let Inline::Link(entry, _) = inline {
            to.push(*entry);
        }
    });
}
