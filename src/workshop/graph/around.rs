//! The neighbourhood of a scene.

use std::collections::BTreeMap;

use super::Graph;

/// The nodes that are at most so many ways from one, in either direction; those at the rim are marked if more lies beyond.
#[must_use]
pub fn around(graph: Graph, id: &str, depth: usize) -> Graph {
    let mut far: BTreeMap<&str, usize> = BTreeMap::from([(id, 0)]);
    for step in 1..=depth {
        let reached: Vec<&str> = graph
            .edges
            .iter()
            .flat_map(|edge| [(edge.from.as_str(), edge.to.as_str()), (edge.to.as_str(), edge.from.as_str())])
            .filter(|(from, _)| far.get(from) == Some(&(step - 1)))
            .map(|(_, to)| to)
            .collect();
        for node in reached {
            far.entry(node).or_insert(step);
        }
    }
    let near: Vec<String> = far.into_keys().map(str::to_owned).collect();
    let has = |id: &str| near.binary_search_by(|near| near.as_str().cmp(id)).is_ok();
    let Graph { title, mut nodes, mut edges } = graph;
    nodes.retain(|node| has(&node.id));
    for node in &mut nodes {
        node.more = edges
            .iter()
            .any(|edge| (edge.from == node.id && !has(&edge.to)) || (edge.to == node.id && !has(&edge.from)));
    }
    edges.retain(|edge| has(&edge.from) && has(&edge.to));
    Graph { title, nodes, edges }
}
