//! Which nodes of a graph lead to one another.

/// The group of each node: nodes are of one group if each leads to the other. A node by itself is a group of its own.
pub(super) fn groups(leads: &[Vec<usize>]) -> Vec<usize> {
    let mut walk = Walk {
        leads,
        number: vec![0; leads.len()],
        least: vec![0; leads.len()],
        group: vec![usize::MAX; leads.len()],
        numbered: 0,
        waiting: Vec::new(),
        groups: 0,
    };
    for start in 0..leads.len() {
        if walk.number[start] == 0 {
            walk.from(start);
        }
    }
    walk.group
}

/// Tarjan's algorithm, with a list of its own in place of recursion.
struct Walk<'g> {
    leads: &'g [Vec<usize>],
    /// The order in which nodes were met, from 1.
    number: Vec<usize>,
    /// The first met node that is known to be led back to.
    least: Vec<usize>,
    group: Vec<usize>,
    numbered: usize,
    waiting: Vec<usize>,
    groups: usize,
}

impl Walk<'_> {
    fn from(&mut self, start: usize) {
        let mut way = vec![(start, 0)];
        self.meet(start);
        while let Some((at, edge)) = way.last_mut() {
            let node = *at;
            let next = self.leads[node].get(*edge).copied();
            *edge += 1;
            match next {
                Some(next) if self.number[next] == 0 => {
                    self.meet(next);
                    way.push((next, 0));
                }
                Some(next) => {
                    if self.group[next] == usize::MAX {
                        self.least[node] = self.least[node].min(self.number[next]);
                    }
                }
                None => {
                    way.pop();
                    if let Some((before, _)) = way.last() {
                        self.least[*before] = self.least[*before].min(self.least[node]);
                    }
                    if self.least[node] == self.number[node] {
                        self.close(node);
                    }
                }
            }
        }
    }

    fn meet(&mut self, node: usize) {
        self.numbered += 1;
        self.number[node] = self.numbered;
        self.least[node] = self.numbered;
        self.waiting.push(node);
    }

    fn close(&mut self, head: usize) {
        while let Some(node) = self.waiting.pop() {
            self.group[node] = self.groups;
            if node == head {
                break;
            }
        }
        self.groups += 1;
    }
}
