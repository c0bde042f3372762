//! What the checks look at: everything a chapter asks, does and tells, and where.

mod entries;
mod list;
pub(super) mod prose;
mod rings;
mod story;
mod uses;
mod ways;

use crate::engine::chapter::{Chapter, Goes};
use crate::engine::effect::Effect;
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::text;
use crate::story::place::{Field, Holder, Place, Way};
use crate::workshop::range::{Atom, Fact};

use list::List;
pub(super) use story::{Story, Text, each_var, shared_texts};
use uses::Uses;
pub(super) use ways::Exits;
use ways::Ways;

/// A chapter, spread out.
pub(super) struct Survey<'c> {
    pub(super) chapter: &'c Chapter,
    /// Every condition but those in texts.
    pub(super) asked: Vec<Asked<'c>>,
    /// Every effect.
    pub(super) done: Vec<Done<'c>>,
    /// Every text of the chapter.
    pub(super) told: Vec<Told<'c>>,
    /// Where each choice is offered.
    pub(super) homes: Vec<Home>,
    /// Where scenes lead.
    pub(super) ways: Ways,
    /// What is read and what changes.
    pub(super) uses: Uses,
    /// How often each scene can be entered at most; `None` where no bound was found.
    pub(super) entries: Vec<Option<u32>>,
}

/// A condition and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Asked<'c> {
    pub(super) holder: Holder,
    pub(super) field: Field,
    pub(super) cond: &'c Cond,
}

impl Asked<'_> {
    pub(super) fn place(&self) -> Place {
        let place = self.holder.at(self.field);
        if matches!(self.field, Field::Effect(_)) { place.guard() } else { place }
    }
}

/// An effect and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Done<'c> {
    pub(super) holder: Holder,
    pub(super) field: Field,
    pub(super) effect: &'c Effect,
}

/// A text and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Told<'c> {
    pub(super) holder: Holder,
    pub(super) field: Field,
    pub(super) text: &'c text::Text,
}

/// Where a choice is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// In no scene: its menu is not used.
    Nowhere,
    /// In one.
    One(SceneIx),
    /// In several.
    Many,
}

impl<'c> Survey<'c> {
    pub(super) fn new(chapter: &'c Chapter) -> Self {
        let mut list = List { chapter, asked: Vec::new(), done: Vec::new(), told: Vec::new() };
        list.scenes();
        list.choices();
        list.others();
        let List { asked, done, told, .. } = list;
        Self {
            chapter,
            homes: homes(chapter),
            ways: Ways::new(chapter),
            uses: Uses::new(chapter, &asked, &done, &told),
            entries: entries::entries(chapter),
            asked,
            done,
            told,
        }
    }

    /// What is known where something stands, beside the declared ranges.
    pub(super) fn facts(&self, holder: Holder, field: Field) -> Vec<Fact> {
        let entered = |scene| Fact(Atom::Visits(scene), 1, i32::MAX);
        match holder {
            // A card is dealt before its scene is entered.
            Holder::Scene(_) if field == Field::If => Vec::new(),
            // Its deck's, for all cards alike.
            Holder::Scene(scene)
                if self.chapter.scene(scene).card.is_some() && matches!(field, Field::Arrow(Way::Then, _)) =>
            {
                Vec::new()
            }
            Holder::Scene(scene) => vec![entered(scene)],
            Holder::Choice(choice) => {
                let mut facts = Vec::new();
                if let Home::One(scene) = self.homes[choice.at()] {
                    facts.push(entered(scene));
                }
                if !self.chapter.choice(choice).again && !matches!(field, Field::Arrow(..)) {
                    facts.push(Fact(Atom::Taken(choice), 0, 0));
                }
                facts
            }
            _ => Vec::new(),
        }
    }
}

/// Where each choice is offered, nested ones with those around them.
fn homes(chapter: &Chapter) -> Vec<Home> {
    let mut homes = vec![Home::Nowhere; chapter.choices.len()];
    let mut open: Vec<ChoiceIx> = Vec::new();
    for (at, scene) in chapter.scenes.iter().enumerate() {
        open.extend(&scene.menu);
        while let Some(choice) = open.pop() {
            let home = &mut homes[choice.at()];
            *home = if *home == Home::Nowhere { Home::One(SceneIx::from(at)) } else { Home::Many };
            if let Goes::Nested(nested, _) = &chapter.choice(choice).goes {
                open.extend(nested.iter());
            }
        }
    }
    homes
}
