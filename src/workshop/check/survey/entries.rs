//! How often a scene can be entered at most.

use std::collections::BTreeSet;

use super::rings::groups;
use crate::engine::chapter::{Chapter, Flow, Goes, Target};
use crate::engine::id::{ChoiceIx, SceneIx};

/// So often counts as any number of times.
const MANY: u32 = 24;

/// How often each scene can be entered in one play at most; `None` where no bound was found.
///
/// A scene that does not lead back to itself is entered once. Where scenes lead to one another, a way that a choice opens is
/// gone as often as the choice can be taken, and one that a scene flows on by as often as the scene is entered, and once more
/// for every visit that comes back to it; they are come to from outside once.
pub(super) fn entries(chapter: &Chapter) -> Vec<Option<u32>> {
    let scenes = chapter.scenes.len();
    let nodes = scenes + chapter.decks.len();
    let mut net = Net {
        chapter,
        ways: vec![Vec::new(); nodes],
        entered: vec![0; nodes],
        group: Vec::new(),
        backs: vec![false; nodes],
        visits: Vec::new(),
    };
    for (at, scene) in chapter.scenes.iter().enumerate() {
        net.backs[at] |= scene.back;
        let from = SceneIx::from(at);
        let visits = scene.menu.iter().fold(0, |sum: u32, choice| sum + net.choice(*choice, from, MANY));
        let on = scene.otherwise.as_ref().into_iter().chain(&scene.then);
        on.for_each(|flow| net.flow(at, flow, Times::Flow(visits.min(MANY))));
    }
    for (at, deck) in chapter.decks.iter().enumerate() {
        for card in &deck.cards {
            let again = chapter.scene(*card).card.as_ref().is_some_and(|card| card.again);
            let most = if again { MANY } else { 1 };
            net.ways[scenes + at].push(Edge { to: card.at(), times: Times::Flow(0), most });
        }
        net.flow(scenes + at, &deck.none, Times::Flow(0));
    }
    net.group = groups(&net.leads());
    let starts = chapter.runs.iter().map(|run| run.start).chain([chapter.start]).map(SceneIx::at);
    net.settle(starts.collect());
    net.entered.into_iter().take(scenes).map(|n| (n < MANY).then_some(n)).collect()
}

/// How often a way is gone at most.
#[derive(Clone, Copy, Debug)]
enum Times {
    /// So often.
    Most(u32),
    /// As often as what it leaves is entered, and so much more often.
    Flow(u32),
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    to: usize,
    times: Times,
    most: u32,
}

/// Scenes, decks behind them, and the ways between.
struct Net<'c> {
    chapter: &'c Chapter,
    ways: Vec<Vec<Edge>>,
    entered: Vec<u32>,
    /// What leads back to one another.
    group: Vec<usize>,
    /// What may go back to where it was visited from.
    backs: Vec<bool>,
    /// Visits: from, to.
    visits: Vec<(usize, usize)>,
}

impl Net<'_> {
    /// Notes where a choice leads that can be taken so often. Answers how many visits it makes.
    fn choice(&mut self, choice: ChoiceIx, from: SceneIx, around: u32) -> u32 {
        let chapter = self.chapter;
        let one = chapter.choice(choice);
        let most = if one.again { around } else { 1 };
        match &one.goes {
            Goes::To(flow) => self.flow(from.at(), flow, Times::Most(most)),
            Goes::Visit(scene) => {
                self.ways[from.at()].push(Edge { to: scene.at(), times: Times::Most(most), most });
                self.visits.push((from.at(), scene.at()));
                return most;
            }
            Goes::Nested(menu, _) => {
                return menu.iter().fold(0, |sum: u32, nested| sum + self.choice(*nested, from, most)).min(MANY);
            }
            Goes::Rejoin => {
                if let Some(then) = rejoins(chapter, choice).or(chapter.scene(from).then.as_ref()) {
                    self.flow(from.at(), then, Times::Most(most));
                }
            }
        }
        0
    }

    fn flow(&mut self, from: usize, flow: &Flow, times: Times) {
        for arrow in flow {
            let to = match arrow.target {
                Target::Scene(scene) => scene.at(),
                Target::Draw(deck) => self.chapter.scenes.len() + deck.at(),
                Target::Back => {
                    self.backs[from] = true;
                    continue;
                }
            };
            self.ways[from].push(Edge { to, times, most: MANY });
        }
    }

    /// Where everything leads, ways back to where a visit came from included.
    fn leads(&self) -> Vec<Vec<usize>> {
        let mut leads: Vec<Vec<usize>> =
            self.ways.iter().map(|ways| ways.iter().map(|edge| edge.to).collect()).collect();
        let mut visits = self.visits.clone();
        visits.sort_unstable_by_key(|(from, to)| (*to, *from));
        visits.dedup();
        for visited in visits.chunk_by(|a, b| a.1 == b.1) {
            let within = self.within(visited[0].1);
            for at in within.into_iter().filter(|at| self.backs[*at]) {
                leads[at].extend(visited.iter().map(|(from, _)| *from));
            }
        }
        leads
    }

    /// Everything that can be come to from a node without going back.
    fn within(&self, from: usize) -> Vec<usize> {
        let mut known = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            open.extend(self.ways[at].iter().map(|edge| edge.to).filter(|to| known.insert(*to)));
        }
        known.into_iter().collect()
    }

    fn settle(&mut self, mut open: Vec<usize>) {
        open.iter().for_each(|start| self.entered[*start] = 1);
        // Groups are come to once: by a start, or by the first way from outside.
        let mut outside: Vec<bool> = self.entered.iter().map(|n| *n > 0).collect();
        let mut gone: Vec<Vec<u32>> = self.ways.iter().map(|ways| vec![0; ways.len()]).collect();
        while let Some(at) = open.pop() {
            for (edge, gone) in self.ways[at].iter().zip(&mut gone[at]) {
                let times = match edge.times {
                    _ if self.group[at] != self.group[edge.to] => u32::from(!outside[edge.to]),
                    Times::Most(n) => n,
                    Times::Flow(more) => self.entered[at].saturating_add(more),
                };
                let more = times.min(edge.most).min(MANY).saturating_sub(*gone);
                if more > 0 && self.entered[edge.to] < MANY {
                    outside[edge.to] |= self.group[at] != self.group[edge.to];
                    *gone += more;
                    self.entered[edge.to] = (self.entered[edge.to] + more).min(MANY);
                    open.push(edge.to);
                }
            }
        }
    }
}

/// The `then` of the nested menus around a choice that it follows.
fn rejoins(chapter: &Chapter, choice: ChoiceIx) -> Option<&Flow> {
    let mut around = chapter.choice(choice).parent;
    while let Some(parent) = around {
        if let Goes::Nested(_, Some(then)) = &chapter.choice(parent).goes {
            return Some(then);
        }
        around = chapter.choice(parent).parent;
    }
    None
}
