//! Where scenes lead: no ring without a choice, no visit within itself, no way back where nobody came from.

use std::collections::{BTreeMap, BTreeSet};

use super::Linker;
use crate::engine::chapter::{Chapter, Flow, Goes, Target};
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::story::diagnostic::{Diagnostic, Note, Spot};
use crate::story::fault::Fault;

/// The ways between scenes, conditions ignored.
struct Graph<'c> {
    chapter: &'c Chapter,
    /// Where a scene flows on to when nothing is chosen.
    flows: Vec<Vec<SceneIx>>,
    /// Where a scene leads by any way but a visit.
    leads: Vec<Vec<SceneIx>>,
    /// What a scene's choices visit.
    visits: Vec<Vec<SceneIx>>,
    /// Whether a scene may go back.
    back: Vec<bool>,
}

/// Checks the ways between the scenes of a chapter.
pub(super) fn check(linker: &Linker<'_, '_>, chapter: &Chapter, start: Option<SceneIx>) {
    let graph = Graph::new(chapter);
    let told = |fault: Fault, ring: &[SceneIx]| {
        let key = |ix: &SceneIx| linker.parts.scenes.all.get(ix.at()).map_or(Spot::default(), |one| one.key);
        let mut diagnostic = Diagnostic::error(fault, ring.first().map_or(Spot::default(), key));
        for ix in ring.iter().skip(1) {
            diagnostic = diagnostic.with(Note::Way, key(ix));
        }
        linker.desk().add(diagnostic);
    };
    let ids = |ring: &[SceneIx]| -> Vec<String> {
        let mut ids: Vec<_> = ring.iter().map(|ix| chapter.scene(*ix).id.to_string()).collect();
        ids.extend(ids.first().cloned());
        ids
    };
    for ring in rings(&graph.flows) {
        told(Fault::FlowRing { ring: ids(&ring) }, &ring);
    }
    for ring in rings(&graph.visit_graph()) {
        let way = graph.visit_way(&ring);
        told(Fault::VisitRing { ring: ids(&way) }, &way);
    }
    let runs = chapter.runs.iter().map(|run| run.start);
    for way in graph.lost_backs(start.into_iter().chain(runs)) {
        let ids = way.iter().map(|ix| chapter.scene(*ix).id.to_string()).collect();
        let mut way = way;
        way.reverse();
        told(Fault::NothingBehind { way: ids }, &way[..1]);
    }
}

impl<'c> Graph<'c> {
    fn new(chapter: &'c Chapter) -> Self {
        let n = chapter.scenes.len();
        // Where nothing is visited and nothing goes back, nobody asks which way scenes lead.
        let ways = if visits_or_goes_back(chapter) { n } else { 0 };
        let mut graph = Self {
            chapter,
            flows: vec![vec![]; n],
            leads: vec![vec![]; ways],
            visits: vec![vec![]; ways],
            back: vec![false; ways],
        };
        for (at, scene) in chapter.scenes.iter().enumerate() {
            if scene.ending.is_some() {
                continue;
            }
            let on = scene.otherwise.as_ref().or(scene.then.as_ref());
            // A choice that is always there keeps a scene from flowing on by itself.
            let stays = scene.menu.iter().any(|c| {
                let choice = chapter.choice(*c);
                let nested = matches!(choice.goes, Goes::Nested(..));
                choice.again && choice.when.is_none() && !choice.strict && !nested
            });
            if let Some(flow) = on.filter(|_| !stays) {
                graph.flows[at] = again_and_again(chapter, flow);
            }
            if ways == 0 {
                continue;
            }
            match on {
                Some(flow) => graph.follow(at, flow),
                None => graph.back[at] |= scene.back,
            }
            for &choice in &scene.menu {
                graph.choice(at, choice);
            }
            graph.leads[at].sort_unstable();
            graph.leads[at].dedup();
        }
        graph
    }

    /// Notes the scenes a flow may lead to from a scene.
    fn follow(&mut self, from: usize, flow: &Flow) {
        let mut dealt = BTreeSet::new();
        let mut open: Vec<&Flow> = Vec::new();
        let mut next = Some(flow);
        while let Some(flow) = next {
            for arrow in flow {
                match arrow.target {
                    Target::Scene(scene) => self.leads[from].push(scene),
                    Target::Back => self.back[from] = true,
                    Target::Draw(deck) => {
                        if dealt.insert(deck)
                            && let Some(deck) = self.chapter.decks.get(deck.at())
                        {
                            self.leads[from].extend(&deck.cards);
                            open.push(&deck.none);
                        }
                    }
                }
            }
            next = open.pop();
        }
    }

    fn choice(&mut self, from: usize, choice: ChoiceIx) {
        let chapter = self.chapter;
        let one = chapter.choice(choice);
        match &one.goes {
            Goes::To(flow) => self.follow(from, flow),
            Goes::Visit(scene) => self.visits[from].push(*scene),
            Goes::Nested(list, then) => {
                if let Some(then) = then {
                    self.follow(from, then);
                }
                for &nested in list.iter() {
                    self.choice(from, nested);
                }
            }
            Goes::Rejoin => {
                if let Some(then) = &chapter.scenes[from].then {
                    self.follow(from, then);
                }
            }
        }
    }

    /// Everything that can be reached without a visit, and by which scene first.
    fn reach(&self, from: impl IntoIterator<Item = SceneIx>) -> BTreeMap<SceneIx, Option<SceneIx>> {
        let mut reached = BTreeMap::new();
        let mut open: Vec<SceneIx> = Vec::new();
        for start in from {
            if reached.insert(start, None).is_none() {
                open.push(start);
            }
        }
        let mut at = 0;
        while at < open.len() {
            let scene = open[at];
            at += 1;
            for &next in self.leads.get(scene.at()).into_iter().flatten() {
                if let std::collections::btree_map::Entry::Vacant(slot) = reached.entry(next) {
                    slot.insert(Some(scene));
                    open.push(next);
                }
            }
        }
        reached
    }

    /// From each visited scene to what may be visited from anywhere it leads.
    fn visit_graph(&self) -> Vec<Vec<SceneIx>> {
        let visited: BTreeSet<SceneIx> = self.visits.iter().flatten().copied().collect();
        let mut graph = vec![Vec::new(); self.visits.len()];
        for scene in visited {
            let inside = self.reach([scene]);
            let next: BTreeSet<SceneIx> =
                inside.keys().flat_map(|ix| self.visits.get(ix.at()).into_iter().flatten()).copied().collect();
            if let Some(list) = graph.get_mut(scene.at()) {
                *list = next.into_iter().collect();
            }
        }
        graph
    }

    /// Every scene on the way round a ring of visits.
    fn visit_way(&self, ring: &[SceneIx]) -> Vec<SceneIx> {
        let mut whole = Vec::new();
        for (at, &from) in ring.iter().enumerate() {
            let to = ring[(at + 1) % ring.len()];
            let inside = self.reach([from]);
            let door = inside.keys().find(|ix| self.visits.get(ix.at()).is_some_and(|v| v.contains(&to)));
            let mut part: Vec<SceneIx> = door.copied().into_iter().collect();
            while let Some(Some(before)) = part.last().and_then(|ix| inside.get(ix)) {
                part.push(*before);
            }
            whole.extend(part.into_iter().rev());
        }
        whole
    }

    /// Ways from a start to a scene that goes back, though nobody visited it.
    fn lost_backs(&self, starts: impl IntoIterator<Item = SceneIx>) -> Vec<Vec<SceneIx>> {
        if !self.back.contains(&true) {
            return Vec::new();
        }
        let reached = self.reach(starts);
        let mut ways = Vec::new();
        for (&scene, _) in reached.iter().filter(|(ix, _)| self.back.get(ix.at()).copied().unwrap_or(false)) {
            let mut way = vec![scene];
            while let Some(Some(before)) = way.last().and_then(|ix| reached.get(ix)) {
                way.push(*before);
            }
            way.reverse();
            ways.push(way);
        }
        ways
    }
}

/// Whether any scene of a chapter is visited or goes back.
fn visits_or_goes_back(chapter: &Chapter) -> bool {
    let goes_back = |flow: &Flow| flow.iter().any(|arrow| arrow.target == Target::Back);
    let scenes = chapter.scenes.iter();
    let choices = chapter.choices.iter();
    scenes.clone().any(|scene| scene.back)
        || scenes.flat_map(|scene| scene.then.iter().chain(&scene.otherwise)).any(goes_back)
        || chapter.decks.iter().any(|deck| goes_back(&deck.none))
        || choices.clone().any(|choice| matches!(choice.goes, Goes::Visit(_)))
        || choices.filter_map(|choice| choice.goes.flow()).any(goes_back)
}

/// The scenes a flow may lead to any number of times.
///
/// A card without `again` is dealt once, and an arrow that asks `not seen(its own target)` is taken once: no ring goes on
/// for ever through these.
fn again_and_again(chapter: &Chapter, flow: &Flow) -> Vec<SceneIx> {
    let mut to = Vec::new();
    let mut dealt = BTreeSet::new();
    let mut open: Vec<&Flow> = vec![flow];
    while let Some(flow) = open.pop() {
        for arrow in flow {
            match arrow.target {
                Target::Scene(scene) if !arrow.when.as_ref().is_some_and(|when| asks_not_seen(when, scene)) => {
                    to.push(scene)
                }
                Target::Draw(deck) if dealt.insert(deck) => {
                    let Some(deck) = chapter.decks.get(deck.at()) else { continue };
                    let again = |ix: &&SceneIx| chapter.scene(**ix).card.as_ref().is_some_and(|card| card.again);
                    to.extend(deck.cards.iter().filter(again));
                    open.push(&deck.none);
                }
                _ => {}
            }
        }
    }
    to
}

fn asks_not_seen(when: &Cond, scene: SceneIx) -> bool {
    match when {
        Cond::Not(of) => **of == Cond::Seen(scene),
        Cond::All(all) => all.iter().any(|cond| asks_not_seen(cond, scene)),
        _ => false,
    }
}

/// Rings of a graph: one for each group of scenes that lead to one another.
fn rings(graph: &[Vec<SceneIx>]) -> Vec<Vec<SceneIx>> {
    let mut state = vec![0u8; graph.len()];
    let mut found = Vec::new();
    // The way from the start, with the number of the next edge to try.
    let mut way: Vec<(usize, usize)> = Vec::new();
    for start in 0..graph.len() {
        if state[start] != 0 {
            continue;
        }
        way.push((start, 0));
        state[start] = 1;
        while let Some((at, edge)) = way.last_mut() {
            let Some(next) = graph[*at].get(*edge).map(|ix| ix.at()) else {
                state[*at] = 2;
                way.pop();
                continue;
            };
            *edge += 1;
            match state.get(next).copied() {
                Some(0) => {
                    state[next] = 1;
                    way.push((next, 0));
                }
                Some(1) => {
                    let from = way.iter().position(|(w, _)| *w == next).unwrap_or(0);
                    let ring: Vec<SceneIx> = way[from..].iter().map(|(w, _)| SceneIx::from(*w)).collect();
                    // Its scenes are done with, so that a group is told once.
                    for (w, _) in way.drain(from..) {
                        state[w] = 2;
                    }
                    found.push(ring);
                }
                _ => {}
            }
        }
    }
    found
}
