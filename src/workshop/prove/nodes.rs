//! Packed nodes, each kept once and numbered as they come.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// No node.
pub(crate) const NONE: u32 = u32::MAX;

/// A table of nodes of so many words each.
#[derive(Debug)]
pub(crate) struct Nodes {
    words: usize,
    nodes: Vec<u64>,
    table: Vec<u32>,
}

impl Nodes {
    pub(crate) fn new(words: usize) -> Self {
        Self { words, nodes: Vec::new(), table: vec![NONE; 1 << 12] }
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len() / self.words
    }

    pub(crate) fn get(&self, id: u32) -> &[u64] {
        let from = id as usize * self.words;
        &self.nodes[from..from + self.words]
    }

    /// The number of a node, if it is there.
    pub(crate) fn find(&self, node: &[u64]) -> Option<u32> {
        Some(self.table[self.seek(node)]).filter(|id| *id != NONE)
    }

    /// The number of a node, and whether it is new.
    pub(crate) fn put(&mut self, node: &[u64]) -> (u32, bool) {
        if (self.len() + 1) * 2 > self.table.len() {
            self.grow();
        }
        let at = self.seek(node);
        if self.table[at] != NONE {
            return (self.table[at], false);
        }
        let id = u32::try_from(self.len()).unwrap_or(NONE - 1);
        self.table[at] = id;
        self.nodes.extend_from_slice(node);
        (id, true)
    }

    /// Where the node stands in the table, or would.
    fn seek(&self, node: &[u64]) -> usize {
        let mask = self.table.len() - 1;
        let mut at = hash(node) & mask;
        while self.table[at] != NONE && self.get(self.table[at]) != node {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let size = self.table.len() * 2;
        self.table.clear();
        self.table.resize(size, NONE);
        for id in 0..self.len() {
            let id = u32::try_from(id).unwrap_or(NONE - 1);
            let mut at = hash(self.get(id)) & (size - 1);
            while self.table[at] != NONE {
                at = (at + 1) & (size - 1);
            }
            self.table[at] = id;
        }
    }
}

fn hash(node: &[u64]) -> usize {
    let mut hasher = FxHasher::default();
    node.iter().for_each(|word| hasher.write_u64(*word));
    let hash = hasher.finish();
    usize::try_from(hash ^ hash >> 29).unwrap_or(usize::MAX)
}
