//! The nodes of a machine that can be reached, breadth first by choices, each kept once.

use std::sync::atomic::Ordering;

use super::entry::{self, Entry};
use super::machine::{Label, Machine, Runner, Token};
use super::nodes::{NONE, Nodes};

/// Nodes that were reached, numbered in the order in which they were.
#[derive(Debug)]
pub(crate) struct Graph {
    nodes: Nodes,
    /// From which node each was first reached.
    parents: Vec<u32>,
    /// How each was entered, for those without a parent.
    pub(crate) entries: Vec<(u32, Entry)>,
    /// Ways on, if they are kept.
    pub(crate) ways: Option<Ways>,
    /// Whether every node was looked at.
    pub(crate) closed: bool,
}

/// The ways on from each node, as written by [`Ways::push`].
#[derive(Debug, Default)]
pub(crate) struct Ways {
    /// Where each node's words begin and end.
    spans: Vec<(usize, usize)>,
    /// The node that is written.
    now: usize,
    words: Vec<u32>,
}

/// Kinds of words in [`Ways`]: the two highest bits.
const TAG: u32 = 30;
const REST: u32 = (1 << TAG) - 1;
const LEAF: u32 = 0;
const ALL: u32 = 1;
const ANY: u32 = 2;
const EDGE: u32 = 3;
/// What sort of edge begins, in the rest of an edge's word.
const SURE: u32 = 0;
const MAYBE: u32 = 1;
const FLOW: u32 = 2;

/// What a visitor of nodes wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Go {
    On,
    Stop,
}

impl Graph {
    fn new(words: usize, ways: bool) -> Self {
        Self {
            nodes: Nodes::new(words),
            parents: Vec::new(),
            entries: Vec::new(),
            ways: ways.then(Ways::default),
            closed: false,
        }
    }

    /// Reaches everything within `budget` nodes and shows each node with what leads on from it.
    pub(crate) fn explore<'c>(
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        entries: &[Entry],
        budget: usize,
        ways: bool,
        see: &mut dyn FnMut(&Self, u32, &mut Runner<'_, 'c>) -> Go,
    ) -> Self {
        let graph = Self::spread(machine, runner, entries, budget, ways, see);
        machine.looked.fetch_add(graph.len(), Ordering::Relaxed);
        graph
    }

    fn spread<'c>(
        machine: &Machine<'c>,
        runner: &mut Runner<'_, 'c>,
        entries: &[Entry],
        budget: usize,
        ways: bool,
        see: &mut dyn FnMut(&Self, u32, &mut Runner<'_, 'c>) -> Go,
    ) -> Self {
        let mut graph = Self::new(machine.words, ways);
        let mut now: Vec<u32> = Vec::new();
        entry::enter(machine, runner, entries, &mut |runner, entry| {
            for leaf in 0..runner.out.nodes.len() / machine.words {
                let node = &runner.out.nodes[leaf * machine.words..(leaf + 1) * machine.words];
                let (id, new) = graph.put(node, NONE);
                if new {
                    graph.entries.push((id, entry.clone()));
                    now.push(id);
                }
            }
        });
        let mut next: Vec<u32> = Vec::new();
        let mut node = Vec::new();
        while !now.is_empty() {
            let mut at = 0;
            while at < now.len() {
                let id = now[at];
                at += 1;
                if graph.len() > budget {
                    return graph;
                }
                node.clear();
                node.extend_from_slice(graph.node(id));
                runner.expand(&node);
                if let Some(ways) = &mut graph.ways {
                    ways.open(id);
                }
                let out = std::mem::take(&mut runner.out);
                for edge in &out.edges {
                    if let Some(ways) = &mut graph.ways {
                        ways.edge(edge.label);
                    }
                    for token in &out.tokens[edge.first..edge.last] {
                        let Token::Leaf(leaf) = token else {
                            if let Some(ways) = &mut graph.ways {
                                ways.token(*token);
                            }
                            continue;
                        };
                        let from = *leaf as usize * machine.words;
                        let (to, new) = graph.put(&out.nodes[from..from + machine.words], id);
                        if let Some(ways) = &mut graph.ways {
                            ways.token(Token::Leaf(to));
                        }
                        if new {
                            match edge.label {
                                Label::Flow(_) => now.push(to),
                                Label::Choice(..) => next.push(to),
                            }
                        }
                    }
                }
                if let (true, Some(ways)) = (out.stuck, &mut graph.ways) {
                    // A way on that leads nowhere: whoever may be stuck here has not won.
                    ways.edge(Label::Flow(false));
                    ways.token(Token::Any(0));
                }
                runner.out = out;
                if see(&graph, id, runner) == Go::Stop {
                    return graph;
                }
            }
            now.clear();
            std::mem::swap(&mut now, &mut next);
        }
        graph.closed = true;
        graph
    }

    pub(crate) fn len(&self) -> usize {
        self.parents.len()
    }

    pub(crate) fn node(&self, id: u32) -> &[u64] {
        self.nodes.get(id)
    }

    /// The nodes from an entry to this one.
    pub(crate) fn path(&self, mut id: u32) -> Vec<u32> {
        let mut path = vec![id];
        while self.parents[id as usize] != NONE {
            id = self.parents[id as usize];
            path.push(id);
        }
        path.reverse();
        path
    }

    /// A node and those that can be come to from it.
    pub(crate) fn onward(&self, from: u32) -> Vec<u32> {
        let mut found = vec![false; self.len()];
        found[from as usize] = true;
        self.spread_from(vec![from], &mut found)
    }

    /// Whether a play that goes on from one of these nodes can come to one of them again.
    pub(crate) fn returns(&self, nodes: &[u32]) -> bool {
        let mut found = vec![false; self.len()];
        let mut first = Vec::new();
        nodes.iter().for_each(|&id| self.next(id, &mut found, &mut first));
        self.spread_from(first, &mut found);
        nodes.iter().any(|id| found[*id as usize])
    }

    /// Nodes and those that can be come to from them, but for those found before.
    fn spread_from(&self, mut all: Vec<u32>, found: &mut [bool]) -> Vec<u32> {
        let mut at = 0;
        while let Some(&id) = all.get(at) {
            at += 1;
            self.next(id, found, &mut all);
        }
        all
    }

    /// The nodes that a node leads to and that were not found before.
    fn next(&self, id: u32, found: &mut [bool], into: &mut Vec<u32>) {
        let words = self.ways.iter().flat_map(|ways| ways.of(id as usize));
        for word in words.filter(|word| **word >> TAG == LEAF) {
            let to = word & REST;
            if !std::mem::replace(&mut found[to as usize], true) {
                into.push(to);
            }
        }
    }

    /// How the node was entered, if it is a first one.
    pub(crate) fn entry(&self, id: u32) -> Option<&Entry> {
        self.entries.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| &self.entries[at].1)
    }

    /// The number of a node, if it was reached.
    pub(crate) fn find(&self, node: &[u64]) -> Option<u32> {
        self.nodes.find(node)
    }

    /// The number of a node, and whether it is new.
    fn put(&mut self, node: &[u64], parent: u32) -> (u32, bool) {
        let (id, new) = self.nodes.put(node);
        if new {
            self.parents.push(parent);
        }
        (id, new)
    }
}

impl Ways {
    fn open(&mut self, id: u32) {
        self.now = id as usize;
        if self.spans.len() <= self.now {
            self.spans.resize(self.now + 1, (0, 0));
        }
        self.spans[self.now] = (self.words.len(), self.words.len());
    }

    fn push(&mut self, word: u32) {
        self.words.push(word);
        self.spans[self.now].1 = self.words.len();
    }

    fn edge(&mut self, label: Label) {
        let sort = match label {
            Label::Choice(_, true) => SURE,
            Label::Choice(_, false) => MAYBE,
            Label::Flow(_) => FLOW,
        };
        self.push(EDGE << TAG | sort);
    }

    fn token(&mut self, token: Token) {
        self.push(match token {
            Token::Leaf(id) => LEAF << TAG | id & REST,
            Token::All(n) => ALL << TAG | n & REST,
            Token::Any(n) => ANY << TAG | n & REST,
        });
    }

    /// The words of a node: its edges. None if it leads nowhere.
    fn of(&self, id: usize) -> &[u32] {
        self.spans.get(id).and_then(|&(from, to)| self.words.get(from..to)).unwrap_or(&[])
    }
}

/// Which nodes can come to a goal, whatever is not known: the least set that holds the goals, and every node with a choice
/// that is certainly open and leads into it, by some luck and by every answer to what is not known.
pub(crate) fn winning(graph: &Graph, goal: &[bool]) -> Vec<bool> {
    let Some(ways) = &graph.ways else { return goal.to_vec() };
    let count = graph.len();
    let back = Backward::new(ways, count);
    let mut won = goal.to_vec();
    won.resize(count, false);
    let mut waiting: Vec<u32> = (0..count).filter(|id| won[*id]).filter_map(|id| u32::try_from(id).ok()).collect();
    while let Some(id) = waiting.pop() {
        for &before in back.of(id as usize) {
            if !won[before as usize] && wins(ways.of(before as usize), &won) {
                won[before as usize] = true;
                waiting.push(before);
            }
        }
    }
    won
}

/// Which nodes may come to a goal, if all that is not known turns out well. A play at any other node never will.
pub(crate) fn reaching(graph: &Graph, goal: &[bool]) -> Vec<bool> {
    let Some(ways) = &graph.ways else { return vec![true; graph.len()] };
    let count = graph.len();
    let back = Backward::new(ways, count);
    let mut may = goal.to_vec();
    may.resize(count, false);
    let mut waiting: Vec<usize> = (0..count).filter(|id| may[*id]).collect();
    while let Some(id) = waiting.pop() {
        for &before in back.of(id) {
            let before = before as usize;
            if !std::mem::replace(&mut may[before], true) {
                waiting.push(before);
            }
        }
    }
    may
}

/// Which nodes lead to each.
struct Backward {
    starts: Vec<usize>,
    from: Vec<u32>,
}

impl Backward {
    fn new(ways: &Ways, count: usize) -> Self {
        let mut starts = vec![0; count + 1];
        let each = |see: &mut dyn FnMut(usize, u32)| {
            for id in 0..count {
                for word in ways.of(id).iter().filter(|w| *w >> TAG == LEAF) {
                    see((word & REST) as usize, u32::try_from(id).unwrap_or(NONE));
                }
            }
        };
        each(&mut |to, _| starts[to + 1] += 1);
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut from = vec![0; starts[count]];
        each(&mut |to, id| {
            from[next[to]] = id;
            next[to] += 1;
        });
        Self { starts, from }
    }

    fn of(&self, id: usize) -> &[u32] {
        &self.from[self.starts[id]..self.starts[id + 1]]
    }
}

/// Whether a node with these ways on is won, if `won` nodes are.
fn wins(words: &[u32], won: &[bool]) -> bool {
    let (mut at, mut some_sure, mut any_sure_won) = (0, false, false);
    let mut others_won = true;
    while at < words.len() {
        let sort = words[at] & REST;
        at += 1;
        let tree = tree_won(words, &mut at, won);
        match sort {
            SURE => {
                some_sure = true;
                any_sure_won |= tree;
            }
            _ => others_won &= tree,
        }
    }
    if some_sure { any_sure_won } else { !words.is_empty() && others_won }
}

fn tree_won(words: &[u32], at: &mut usize, won: &[bool]) -> bool {
    let Some(&word) = words.get(*at) else { return false };
    *at += 1;
    let rest = word & REST;
    match word >> TAG {
        LEAF => won.get(rest as usize).copied().unwrap_or(false),
        ALL => (0..rest).fold(true, |so_far, _| tree_won(words, at, won) & so_far),
        _ => (0..rest).fold(false, |so_far, _| tree_won(words, at, won) | so_far),
    }
}
