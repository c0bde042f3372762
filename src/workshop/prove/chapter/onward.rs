//! What a chapter is come to with, and what it leaves to others.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::closure::Closure;
use super::super::goal::Goal;
use super::super::hunt::{Hunt, Met};
use super::super::slots::{Slot, Slots};
use super::super::witness;
use super::Work;
use crate::engine::chapter::{Carried, Given};
use crate::engine::id::{EndingIx, SceneIx};
use crate::engine::{Chapter, Route};

/// How a chapter can be come to from the one before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arrivals {
    /// What is carried, and the plays that bring it.
    ways: Vec<(Vec<Given>, Vec<Route>)>,
    /// Whether these are known to be all.
    pub(super) partial: bool,
}

impl Arrivals {
    /// Nothing is known of what may be carried in.
    pub(crate) fn unknown() -> Self {
        Self { ways: Vec::new(), partial: true }
    }

    pub(crate) fn join(&mut self, more: Self) {
        for (given, routes) in more.ways {
            if !self.ways.iter().any(|(g, _)| *g == given) {
                self.ways.push((given, routes));
            }
        }
        self.partial |= more.partial;
    }
}

/// A real way in and the plays that lead to it.
#[derive(Clone)]
pub(super) struct Beginning {
    pub(super) scene: SceneIx,
    pub(super) given: Vec<Given>,
    pub(super) before: Vec<Route>,
}

/// The chapter's own start with the record's values, its runs, and what earlier parts leave.
pub(super) fn starts(chapter: &Chapter, arrived: &Arrivals) -> Vec<Beginning> {
    let own = Beginning { scene: chapter.start, given: Vec::new(), before: Vec::new() };
    let runs =
        chapter.runs.iter().map(|run| Beginning { scene: run.start, given: run.given.clone(), before: Vec::new() });
    let ways = arrived.ways.iter();
    let ways =
        ways.map(|(given, before)| Beginning { scene: chapter.start, given: given.clone(), before: before.clone() });
    let mut all: Vec<Beginning> = Vec::new();
    for start in std::iter::once(own).chain(runs).chain(ways) {
        if !all.iter().any(|s| s.scene == start.scene && s.given == start.given) {
            all.push(start);
        }
    }
    all
}

/// What a chapter leaves to those that its endings lead to.
pub(super) struct Onward<'a> {
    /// The chapters, with the endings that lead there.
    targets: Vec<(&'a Arc<Chapter>, Vec<EndingIx>)>,
    /// What they take, in this chapter's numbers, and one place for each target: whether the ending leads there.
    pub(super) carries: Vec<Option<Carried>>,
}

impl<'a> Onward<'a> {
    pub(super) fn new(chapter: &Chapter, all: &'a [Arc<Chapter>]) -> Self {
        let mut targets: Vec<(&Arc<Chapter>, Vec<EndingIx>)> = Vec::new();
        for (at, ending) in chapter.endings.iter().enumerate() {
            let Some(target) = ending.next.as_ref().and_then(|id| all.iter().find(|c| c.id == *id)) else { continue };
            match targets.iter_mut().find(|(c, _)| c.id == target.id) {
                Some((_, endings)) => endings.push(EndingIx::from(at)),
                None => targets.push((target, vec![EndingIx::from(at)])),
            }
        }
        let mut carries = Vec::new();
        for (target, _) in &targets {
            for carry in &target.carries {
                let own = match carry.what {
                    Carried::Item(ix) => Some(Carried::Item(ix)),
                    Carried::Var(ix) => chapter.find_var(&target.var(ix).id).map(Carried::Var),
                };
                carries.push(own);
            }
        }
        Self { targets, carries }
    }

    pub(super) fn slots(&self, slots: &Slots<'_>) -> Vec<Slot> {
        let slot = |carried: &Carried| match carried {
            Carried::Var(ix) => slots.var(*ix),
            Carried::Item(ix) => slots.item(*ix),
        };
        self.carries.iter().flatten().map(slot).collect()
    }

    /// Each target with what these values bring to it, if the play ended so that it leads there.
    fn given(&self, ending: EndingIx, values: &[i32]) -> Option<(&Arc<Chapter>, Vec<Given>)> {
        let mut from = 0;
        for (target, endings) in &self.targets {
            let count = target.carries.len();
            if endings.contains(&ending) {
                let own = self.carries[from..from + count].iter().zip(&values[from..from + count]).zip(&target.carries);
                let given =
                    own.filter_map(|((own, value), carry)| own.map(|_| Given { what: carry.what, value: *value }));
                return Some((target, given.collect()));
            }
            from += count;
        }
        None
    }

    pub(super) fn leaves_by_hunt(
        &self,
        work: &Work<'_, '_>,
        hunt: &Hunt<'_>,
        met: &Met,
        into: &mut BTreeMap<String, Arrivals>,
    ) {
        for (ending, values, spot) in &met.carried {
            let Some((target, given)) = self.given(*ending, values) else { continue };
            let mut routes = work.starts[Hunt::start_of(spot)].before.clone();
            routes.push(hunt.route(spot));
            let more = Arrivals { ways: vec![(given, routes)], partial: true };
            into.entry(target.id.clone()).or_default().join(more);
        }
        for (target, _) in &self.targets {
            into.entry(target.id.clone()).or_default().partial = true;
        }
    }

    pub(super) fn leaves_by_closure(
        &self,
        work: &Work<'_, '_>,
        closure: &Closure,
        into: &mut BTreeMap<String, Arrivals>,
    ) {
        let slots = work.ground.slots;
        let kept = self.slots(slots);
        for (values, scene, way) in &closure.ends {
            let Some(ending) = work.chapter.scene(*scene).ending else { continue };
            // Kept slots stand for carries that exist here; the others have no value.
            let mut known = kept.iter().zip(values);
            let values: Vec<i32> =
                self.carries.iter().map(|own| own.and_then(|_| known.next()).map_or(0, |(_, v)| *v)).collect();
            let Some((target, given)) = self.given(ending, &values) else { continue };
            let Some(route) = witness::route(work.chapter, way, &Goal::Scenes(vec![*scene]), None) else { continue };
            let mut routes = work.before(&route);
            routes.push(route);
            let partial = work.arrived.partial;
            into.entry(target.id.clone()).or_default().join(Arrivals { ways: vec![(given, routes)], partial });
        }
    }
}
