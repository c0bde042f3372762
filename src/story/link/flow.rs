//! Arrows: one scene, or a list of which the first that holds is taken.

use super::Linker;
use crate::engine::chapter::{Arrow, Flow, Target};
use crate::engine::id::{DeckIx, SceneIx};
use crate::story::desk::Written;
use crate::story::diagnostic::Spot;
use crate::story::fault::Fault;
use crate::story::names::Kind;
use crate::story::raw::{self, Str};

impl<'s> Linker<'_, 's> {
    pub(super) fn flow_or_none(&self, flow: Option<&raw::Flow<'s>>, key: Spot, entry: Spot) -> Option<Flow> {
        flow.map(|flow| self.flow(flow, key, entry))
    }

    /// A flow. `key` is where to point when it is empty.
    pub(super) fn flow(&self, flow: &raw::Flow<'s>, key: Spot, entry: Spot) -> Flow {
        let arrows = match flow {
            raw::Flow::One(text) => return self.straight(text, entry),
            raw::Flow::Many(arrows) => arrows,
        };
        if arrows.is_empty() {
            self.desk().error(Fault::EmptyFlow, key);
        }
        let mut linked = Vec::new();
        for (at, arrow) in arrows.iter().enumerate() {
            let last = at + 1 == arrows.len();
            match &arrow.when {
                Some(text) if last => self.desk().about(Fault::LastArrow, Written { text, entry }),
                None if !last => {
                    let spot = arrow.to.as_ref().or(arrow.draw.as_ref());
                    let spot = spot.map_or(key, |text| self.desk().whole(Written { text, entry }));
                    self.desk().error(Fault::ArrowHidesRest, spot);
                }
                _ => {}
            }
            let when = arrow.when.as_ref().map(|text| self.scope.shared_condition(Written { text, entry }));
            let target = self.target(arrow, key, entry);
            if let (Some(target), Some(when)) = (target, when.map_or(Some(None), |c| c.map(Some))) {
                linked.push(Arrow { when, target });
            }
        }
        linked.into()
    }

    fn straight(&self, text: &Str<'s>, entry: Spot) -> Flow {
        let scene = self.scope.id(Kind::Scene, Written { text, entry });
        let arrow = scene.map(|at| Arrow { when: None, target: Target::Scene(SceneIx::from(at)) });
        arrow.map_or_else(|| Vec::new().into(), Flow::from)
    }

    fn target(&self, arrow: &raw::Arrow<'s>, key: Spot, entry: Spot) -> Option<Target> {
        let given = usize::from(arrow.to.is_some()) + usize::from(arrow.draw.is_some()) + usize::from(arrow.back);
        if given != 1 {
            let near = arrow.when.as_ref().or(arrow.to.as_ref()).or(arrow.draw.as_ref());
            let at = near.map_or(key, |text| self.desk().whole(Written { text, entry }));
            self.desk().error(Fault::ArrowTarget { found: given }, at);
            return None;
        }
        if arrow.back {
            return Some(Target::Back);
        }
        if let Some(text) = &arrow.to {
            return self.scope.id(Kind::Scene, Written { text, entry }).map(|at| Target::Scene(SceneIx::from(at)));
        }
        let deck = self.scope.optional::<DeckIx>(Kind::Deck, arrow.draw.as_ref(), entry);
        deck.map(Target::Draw)
    }
}
