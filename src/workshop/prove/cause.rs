//! Why things cannot be reached: each refutation is laid to the one that it follows from, and that one to its condition.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Claim, Verdict};
use crate::engine::Chapter;
use crate::engine::chapter::{Flow, Goes, Target};
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::workshop::ways::Ways;
use crate::workshop::written;

/// A refutation that follows from no other, and those that follow from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// What cannot be.
    pub claim: Claim,
    /// The conditions that stand before it, as written.
    pub blocked_by: Vec<String>,
    /// What cannot be for that reason.
    pub behind: Vec<Claim>,
}

/// The causes of what is refuted, in the order of the claims.
pub(crate) fn causes(chapter: &Chapter, claims: &[(Claim, Verdict)]) -> Vec<Cause> {
    let refuted: BTreeSet<&Claim> =
        claims.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Refuted(_))).map(|(claim, _)| claim).collect();
    let tracer = Tracer { chapter, ways: Ways::of(chapter), refuted: &refuted };
    let mut behind: BTreeMap<&Claim, Vec<Claim>> = BTreeMap::new();
    for claim in refuted.iter().filter(|claim| claim.kind().is_some()) {
        let root = tracer.root(claim);
        let others = behind.entry(root).or_default();
        if root != *claim {
            others.push((*claim).clone());
        }
    }
    let cause = |(claim, behind): (&Claim, Vec<Claim>)| Cause {
        claim: claim.clone(),
        blocked_by: tracer.conditions(claim),
        behind,
    };
    behind.into_iter().map(cause).collect()
}

struct Tracer<'a> {
    chapter: &'a Chapter,
    ways: Ways,
    refuted: &'a BTreeSet<&'a Claim>,
}

impl<'a> Tracer<'a> {
    /// The refutation that this one follows from in the end.
    fn root(&self, claim: &'a Claim) -> &'a Claim {
        let mut passed = vec![claim];
        let mut now = claim;
        while let Some(before) = self.before(now) {
            if passed.contains(&before) {
                // A ring of scenes that lead only to each other: the first of them stands for all.
                return passed.into_iter().min().unwrap_or(claim);
            }
            passed.push(before);
            now = before;
        }
        now
    }

    /// A refutation that this one follows from: all that could lead to it is refuted.
    fn before(&self, claim: &Claim) -> Option<&'a Claim> {
        let chapter = self.chapter;
        match claim {
            Claim::Scene(id) => self.all_refuted(self.ways_in(chapter.find_scene(id)?)),
            Claim::Choice(path) => {
                let choice = chapter.find_choice(path)?;
                match chapter.choice(choice).parent {
                    Some(parent) => self.choice(parent),
                    None => self.all_refuted(self.scenes_of(choice).map(|s| self.scene(s)).collect()),
                }
            }
            Claim::Locked(path) => {
                let choice = chapter.find_choice(path)?;
                self.all_refuted(self.scenes_of(choice).map(|s| self.scene(s)).collect())
            }
            Claim::Alternative { text, .. } => {
                let holder = text.trim_end_matches(".said").trim_end_matches(".title").trim_end_matches(".locked");
                match chapter.find_choice(holder) {
                    Some(choice) => self.choice(choice),
                    None => self.scene(chapter.find_scene(holder)?),
                }
            }
            Claim::Ending(id) => {
                let ending = chapter.find_ending(id)?;
                self.all_refuted(self.scenes_with(|s| s.ending == Some(ending)))
            }
            Claim::Milestone(id) => {
                let at = chapter.milestones.iter().position(|m| m.id == *id)?;
                self.all_refuted(self.scenes_with(|s| s.milestone.is_some_and(|m| m.at() == at)))
            }
            _ => None,
        }
    }

    /// The first of these, if there is one and all of them are refuted.
    fn all_refuted(&self, all: Vec<Option<&'a Claim>>) -> Option<&'a Claim> {
        all.into_iter().collect::<Option<Vec<_>>>()?.first().copied()
    }

    fn known(&self, claim: &Claim) -> Option<&'a Claim> {
        self.refuted.get(claim).copied()
    }

    fn scene(&self, scene: SceneIx) -> Option<&'a Claim> {
        self.known(&Claim::Scene(self.chapter.scene(scene).id.to_string()))
    }

    fn choice(&self, choice: ChoiceIx) -> Option<&'a Claim> {
        self.known(&Claim::Choice(self.chapter.choice(choice).path.to_string()))
    }

    fn scenes_with(&self, wanted: impl Fn(&crate::engine::chapter::Scene) -> bool) -> Vec<Option<&'a Claim>> {
        let scenes = self.chapter.scenes.iter().enumerate().filter(|(_, scene)| wanted(scene));
        scenes.map(|(at, _)| self.scene(SceneIx::from(at))).collect()
    }

    fn scenes_of(&self, choice: ChoiceIx) -> impl Iterator<Item = SceneIx> + '_ {
        let scenes = (0..self.chapter.scenes.len()).map(SceneIx::from);
        scenes.filter(move |scene| self.ways.choices(*scene).contains(&choice))
    }

    /// Everything that leads to a scene, each with the refutation that closes it, if there is one.
    fn ways_in(&self, scene: SceneIx) -> Vec<Option<&'a Claim>> {
        let chapter = self.chapter;
        if scene == chapter.start || chapter.runs.iter().any(|run| run.start == scene) {
            return vec![None];
        }
        let mut ways = Vec::new();
        for (at, choice) in chapter.choices.iter().enumerate() {
            if self.goes_to(&choice.goes, scene) {
                ways.push(self.choice(ChoiceIx::from(at)));
            }
        }
        for (at, from) in chapter.scenes.iter().enumerate() {
            if from.otherwise.iter().chain(&from.then).any(|flow| self.flows_to(flow, scene)) {
                ways.push(self.scene(SceneIx::from(at)));
            }
        }
        ways
    }

    fn goes_to(&self, goes: &Goes, scene: SceneIx) -> bool {
        *goes == Goes::Visit(scene) || goes.flow().is_some_and(|flow| self.flows_to(flow, scene))
    }

    fn flows_to(&self, flow: &Flow, scene: SceneIx) -> bool {
        flow.iter().any(|arrow| match arrow.target {
            Target::Scene(to) => to == scene,
            Target::Draw(deck) => {
                let deck = &self.chapter.decks[deck.at()];
                deck.cards.contains(&scene) || self.flows_to(&deck.none, scene)
            }
            Target::Back => false,
        })
    }

    /// The conditions that stand before a thing.
    fn conditions(&self, claim: &Claim) -> Vec<String> {
        let chapter = self.chapter;
        let cond = |cond: &Cond| written::cond(chapter, cond);
        match claim {
            Claim::Choice(path) | Claim::Locked(path) => {
                let choice = chapter.find_choice(path).map(|c| chapter.choice(c));
                choice.and_then(|c| c.when.as_deref()).map(cond).into_iter().collect()
            }
            Claim::Scene(id) => {
                let Some(scene) = chapter.find_scene(id) else { return Vec::new() };
                let card = chapter.scene(scene).card.as_ref().and_then(|card| card.when.as_ref());
                let there = |flow: &Flow| {
                    let arrows = flow.iter().filter(|a| matches!(a.target, Target::Scene(to) if to == scene));
                    arrows.filter_map(|a| a.when.as_deref()).map(cond).collect::<Vec<_>>()
                };
                let choices = chapter.choices.iter().filter(|choice| self.goes_to(&choice.goes, scene)).map(|choice| {
                    let mut all = choice.goes.flow().map(there).unwrap_or_default();
                    all.extend(choice.when.as_deref().map(cond));
                    all
                });
                let flows = chapter.scenes.iter().flat_map(|s| s.otherwise.iter().chain(&s.then)).map(there);
                let all: BTreeSet<String> = choices.chain(flows).flatten().chain(card.map(cond)).collect();
                all.into_iter().collect()
            }
            Claim::Achievement(id) => {
                let found = chapter.achievements.iter().find(|a| a.id == *id);
                found.map(|a| cond(&a.when)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}
