//! Plays that share their beginnings.

use crate::engine::chapter::Given;
use crate::engine::id::ChoiceIx;
use crate::engine::log::written;
use crate::engine::route::Leap;
use crate::engine::{Chapter, Route};

/// Plays that share their beginnings. Only some of their states are counted.
pub(in crate::workshop::compat) struct Tree<'c> {
    chapter: &'c Chapter,
    roots: Vec<(u64, Vec<Given>)>,
    nodes: Vec<Node>,
    counted: Vec<usize>,
}

struct Node {
    root: usize,
    /// The node before, what was chosen there, and the faces that fell.
    from: Option<(usize, ChoiceIx, Vec<u32>)>,
}

impl<'c> Tree<'c> {
    pub(super) fn new(chapter: &'c Chapter) -> Self {
        Self { chapter, roots: Vec::new(), nodes: Vec::new(), counted: Vec::new() }
    }

    /// How many states are counted.
    pub(in crate::workshop::compat) fn len(&self) -> usize {
        self.counted.len()
    }

    /// Begins plays. Their first page is not counted: nothing is saved before a choice is made.
    pub(super) fn root(&mut self, seed: u64, given: Vec<Given>) -> usize {
        self.roots.push((seed, given));
        self.nodes.push(Node { root: self.roots.len() - 1, from: None });
        self.nodes.len() - 1
    }

    /// Goes on from a node.
    pub(super) fn step(&mut self, from: usize, choice: ChoiceIx, forced: Vec<u32>) -> usize {
        self.nodes.push(Node { root: self.nodes[from].root, from: Some((from, choice, forced)) });
        self.nodes.len() - 1
    }

    /// Counts the state a node stands for.
    pub(super) fn count(&mut self, node: usize) {
        self.counted.push(node);
    }

    /// The play that leads to a counted state.
    pub(in crate::workshop::compat) fn route(&self, number: usize) -> Route {
        let mut node = &self.nodes[self.counted[number]];
        let (seed, given) = &self.roots[node.root];
        let mut steps = Vec::new();
        while let Some((before, choice, forced)) = &node.from {
            steps.push(Leap { choice: self.chapter.choice(*choice).key().to_owned(), forced: forced.clone() });
            node = &self.nodes[*before];
        }
        steps.reverse();
        let given = given.iter().map(|given| written(self.chapter, *given)).collect();
        Route { chapter: self.chapter.id.clone(), start: None, given, seed: *seed, steps }
    }
}
