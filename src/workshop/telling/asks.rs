//! What has to be so for an alternative to be shown.

use super::{Bit, Branch, Telling};
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::text::Group;

/// A text of a chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A scene's text or title, told as it is entered.
    Scene(SceneIx),
    /// A choice's words in the menu.
    Say(ChoiceIx),
    /// What a choice says when it is taken.
    Said(ChoiceIx),
    /// The reason why a choice is locked.
    Locked(ChoiceIx),
}

/// One fork on the way to an alternative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ask<'c> {
    /// A condition that has to hold, or not to.
    If(&'c Cond, bool),
    /// A group that has to stand at this alternative.
    Turn(&'c Group, usize),
}

impl<'c> Telling<'c> {
    /// For each alternative, by number: the texts it is in, and the forks that lead to it there.
    #[must_use]
    pub fn asks(&self) -> Vec<Vec<(Told, Vec<Ask<'c>>)>> {
        let mut found = vec![Vec::new(); self.alternatives.len()];
        for (at, drafts) in self.scenes.iter().enumerate() {
            for draft in drafts {
                let told = Told::Scene(SceneIx::from(at));
                draft.paragraphs.iter().for_each(|bits| walk(told, bits, &mut Vec::new(), &mut found));
            }
        }
        for (at, drafts) in self.choices.iter().enumerate() {
            let choice = ChoiceIx::from(at);
            for (draft, told) in drafts.iter().zip([Told::Say(choice), Told::Said(choice), Told::Locked(choice)]) {
                draft.paragraphs.iter().for_each(|bits| walk(told, bits, &mut Vec::new(), &mut found));
            }
        }
        found
    }
}

type Found<'c> = Vec<Vec<(Told, Vec<Ask<'c>>)>>;

fn walk<'c>(told: Told, bits: &[Bit<'c>], asked: &mut Vec<Ask<'c>>, found: &mut Found<'c>) {
    let mut branch = |(number, inner): &Branch<'c>, ask: Ask<'c>, found: &mut Found<'c>| {
        asked.push(ask);
        if let Some(place) = number.and_then(|n| found.get_mut(n as usize)) {
            let here = (told, asked.clone());
            if !place.contains(&here) {
                place.push(here);
            }
        }
        walk(told, inner, asked, found);
        asked.pop();
    };
    for bit in bits {
        match bit {
            Bit::Words { .. } | Bit::Level(_) => {}
            Bit::Turns(group, branches) => {
                for (at, one) in branches.iter().enumerate() {
                    branch(one, Ask::Turn(group, at), found);
                }
            }
            Bit::If(cond, [then, otherwise]) => {
                branch(then, Ask::If(cond, true), found);
                branch(otherwise, Ask::If(cond, false), found);
            }
        }
    }
}
