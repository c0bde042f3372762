//! For Mermaid, which many sites and editors draw by themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Course, Edge, EdgeKind, Graph, Node, NodeKind};
use crate::workshop::figures::cut;

/// How wide a choice or a condition on a way may be.
const WORDS: usize = 30;

/// Writes the graph in the language of Mermaid.
#[must_use]
pub fn mermaid(graph: &Graph, course: Course) -> String {
    let direction = match course {
        Course::Across => "LR",
        Course::Down => "TD",
    };
    let mut out = format!("---\ntitle: {}\n---\nflowchart {direction}\n", escaped(&graph.title));
    let name: BTreeMap<&str, String> =
        graph.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), format!("n{at}"))).collect();
    let mut groups: BTreeMap<Option<&str>, Vec<&Node>> = BTreeMap::new();
    for node in &graph.nodes {
        groups.entry(node.group.as_deref()).or_default().push(node);
    }
    for (at, (group, nodes)) in groups.into_iter().enumerate() {
        if let Some(group) = group {
            let _ = writeln!(out, "  subgraph g{at}[\"{}\"]", escaped(group));
        }
        for node in nodes {
            let _ = writeln!(out, "    {}{}", name[node.id.as_str()], shape(node));
        }
        if group.is_some() {
            out.push_str("  end\n");
        }
    }
    for edge in &graph.edges {
        if let (Some(from), Some(to)) = (name.get(edge.from.as_str()), name.get(edge.to.as_str())) {
            let _ = writeln!(out, "  {from} {}{} {to}", line(edge), label(edge));
        }
    }
    out.push_str("  classDef ending fill:#3b3b3b,color:#fff,stroke:#3b3b3b\n");
    out.push_str("  classDef start fill:#fdf3d3,stroke:#333,stroke-width:3px\n");
    out.push_str("  classDef milestone fill:#e3eef8,stroke:#1f5f99\n");
    out.push_str("  classDef card fill:#f7efdc,stroke:#8a6414\n");
    out.push_str("  classDef unreached fill:#fff,color:#a0a0a0,stroke:#b5b5b5,stroke-dasharray:4\n");
    out
}

fn shape(node: &Node) -> String {
    let mut words = escaped(&node.name);
    let title = node.ending.as_ref().map(|(title, _)| title).or(node.title.as_ref());
    title.iter().for_each(|title| words.push_str(&format!("<br/>{}", escaped(&cut(title, WORDS)))));
    node.milestone.iter().for_each(|milestone| words.push_str(&format!("<br/>⚑ {}", escaped(&cut(milestone, WORDS)))));
    let (open, close, class) = match node.kind {
        NodeKind::Start => ("([", "])", "start"),
        NodeKind::Ending => ("[", "]", "ending"),
        NodeKind::Card => ("[/", "/]", "card"),
        NodeKind::Deck => ("[(", ")]", "card"),
        NodeKind::Menu => ("{{", "}}", ""),
        NodeKind::Junction => ("((", "))", ""),
        NodeKind::Scene if node.milestone.is_some() => ("(", ")", "milestone"),
        NodeKind::Scene => ("(", ")", ""),
    };
    let class = if node.led_to { class } else { "unreached" };
    let class = if class.is_empty() { String::new() } else { format!(":::{class}") };
    format!("{open}\"{words}\"{close}{class}")
}

const fn line(edge: &Edge) -> &'static str {
    match edge.kind {
        EdgeKind::Choice if edge.again => "==>",
        EdgeKind::Choice | EdgeKind::Flow => "-->",
        EdgeKind::Visit => "<-.->",
        EdgeKind::Use => "---",
        EdgeKind::Otherwise | EdgeKind::Deal => "-.->",
        EdgeKind::Next => "==>",
    }
}

fn label(edge: &Edge) -> String {
    let say = match edge.kind {
        EdgeKind::Otherwise => Some("otherwise".to_owned()),
        _ => edge.say.clone(),
    };
    let when = edge.when.iter().map(|when| if when == "else" { when.clone() } else { format!("if {when}") });
    let words: Vec<String> = say.into_iter().chain(when).map(|words| escaped(&cut(&words, WORDS))).collect();
    if words.is_empty() { String::new() } else { format!("|\"{}\"|", words.join("<br/>")) }
}

/// Text in quotes; Mermaid reads character references.
fn escaped(text: &str) -> String {
    text.replace('&', "#amp;").replace('"', "#quot;").replace('<', "#lt;").replace('>', "#gt;")
}
