//! What of a state can still matter in a scene: only that tells two plays apart that stand there.

use std::collections::BTreeSet;

use crate::engine::Chapter;
use crate::engine::chapter::{Choice, Flow};
use crate::engine::effect::{Act, Effect};
use crate::engine::id::SceneIx;
use crate::workshop::leaves::{Leaf, of_cond, of_expr};
use crate::workshop::ways::Ways;

/// For every scene, what its choices, arrows and cards and those of every scene it can lead to may ask for.
pub(super) fn live(chapter: &Chapter) -> Vec<BTreeSet<Leaf>> {
    let ways = Ways::of(chapter);
    let asked: Vec<Asked<'_>> =
        (0..chapter.scenes.len()).map(|at| Asked::of(chapter, SceneIx::from(at), &ways)).collect();
    (0..chapter.scenes.len()).map(|at| behind(chapter, &ways.behind(SceneIx::from(at)), &asked)).collect()
}

/// What some scenes ask for, and what decides the values of that.
fn behind(chapter: &Chapter, scenes: &[SceneIx], asked: &[Asked<'_>]) -> BTreeSet<Leaf> {
    let mut live: BTreeSet<Leaf> = scenes.iter().flat_map(|scene| asked[scene.at()].leaves.iter().copied()).collect();
    loop {
        let before = live.len();
        for effect in scenes.iter().flat_map(|scene| &asked[scene.at()].effects) {
            let target = match &effect.act {
                Act::Set(var, _)
                | Act::Test(var, _)
                | Act::Roll(var, ..)
                | Act::Chance(var, ..)
                | Act::OneOf(var, ..) => Leaf::Var(*var),
                Act::Give(item, _) | Act::Take(item, _) => Leaf::Item(*item),
                Act::Learn(_) => continue,
            };
            let strict = matches!(target, Leaf::Var(var) if chapter.var(var).strict);
            if strict || live.contains(&target) {
                let mut see = |leaf| {
                    live.insert(leaf);
                };
                effect.when.iter().for_each(|cond| of_cond(chapter, cond, &mut see));
                match &effect.act {
                    Act::Set(_, expr) | Act::Give(_, expr) | Act::Take(_, expr) => of_expr(chapter, expr, &mut see),
                    Act::Test(_, cond) => of_cond(chapter, cond, &mut see),
                    _ => {}
                }
            }
        }
        if live.len() == before {
            return live;
        }
    }
}

/// What one scene asks for and does by itself.
struct Asked<'c> {
    leaves: BTreeSet<Leaf>,
    effects: Vec<&'c Effect>,
}

impl<'c> Asked<'c> {
    fn of(chapter: &'c Chapter, scene: SceneIx, ways: &Ways) -> Self {
        let one = chapter.scene(scene);
        let mut asked = Self { leaves: BTreeSet::new(), effects: one.enter.iter().collect() };
        one.otherwise.iter().chain(&one.then).for_each(|flow| asked.flow(chapter, flow));
        for &choice in ways.choices(scene) {
            let one = chapter.choice(choice);
            asked.choice(chapter, one);
            if !one.again {
                asked.leaves.insert(Leaf::Taken(choice));
            }
        }
        for &deck in ways.decks(scene) {
            let deck = &chapter.decks[deck.at()];
            asked.flow(chapter, &deck.none);
            for &scene in &deck.cards {
                let Some(card) = &chapter.scene(scene).card else { continue };
                card.when.iter().for_each(|cond| asked.cond(chapter, cond));
                if !card.again {
                    asked.leaves.insert(Leaf::Seen(scene));
                }
            }
        }
        asked
    }

    fn choice(&mut self, chapter: &'c Chapter, choice: &'c Choice) {
        choice.when.iter().for_each(|cond| self.cond(chapter, cond));
        self.effects.extend(&choice.effects);
        choice.goes.flow().into_iter().for_each(|flow| self.flow(chapter, flow));
    }

    fn flow(&mut self, chapter: &Chapter, flow: &Flow) {
        flow.iter().flat_map(|arrow| &arrow.when).for_each(|cond| self.cond(chapter, cond));
    }

    fn cond(&mut self, chapter: &Chapter, cond: &crate::engine::expr::Cond) {
        of_cond(chapter, cond, &mut |leaf| {
            self.leaves.insert(leaf);
        });
    }
}
