//! For Graphviz: what belongs together in a frame, in colours that print.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Course, Edge, EdgeKind, Graph, Node, NodeKind};
use crate::workshop::figures::{cut, wrapped};

const INK: &str = "#333333";
const FAINT: &str = "#8a8a8a";
const BLUE: &str = "#1f5f99";
const OCHRE: &str = "#8a6414";
const RED: &str = "#a02c2c";

/// How many choices are named on one way.
const NAMED: usize = 3;
/// How wide a choice or a condition on a way may be, in lines of so many columns.
const COLUMNS: usize = 20;
const LINES: usize = 2;

/// Writes the graph in the language of Graphviz.
#[must_use]
pub fn dot(graph: &Graph, course: Course) -> String {
    let rankdir = match course {
        Course::Across => "LR",
        Course::Down => "TB",
    };
    let mut out = String::from("digraph story {\n");
    let caption =
        "thin: once   thick: again   dashed blue: a visit   red: locked   grey: by itself   dotted: dealt by a deck";
    let _ = writeln!(
        out,
        "  graph [rankdir={rankdir}, nodesep=0.16, ranksep=0.3, fontname=\"Helvetica\", fontsize=11, fontcolor=\"{FAINT}\", \
         pad=0.3, labelloc=b, label=<<font point-size=\"16\" color=\"{INK}\">{}</font><br/>{caption}>];",
        escaped(&graph.title)
    );
    let _ = writeln!(
        out,
        "  node [shape=box, style=\"rounded,filled\", fillcolor=white, color=\"{INK}\", fontname=\"Helvetica\", fontsize=11, \
         margin=\"0.13,0.09\"];"
    );
    let _ = writeln!(
        out,
        "  edge [color=\"{INK}\", fontname=\"Helvetica\", fontsize=9, fontcolor=\"{INK}\", arrowsize=0.7, penwidth=0.9];"
    );
    let several = graph.nodes.iter().any(|node| node.chapter != graph.nodes[0].chapter);
    let mut groups: BTreeMap<(Option<&str>, Option<&str>), Vec<&Node>> = BTreeMap::new();
    for one in &graph.nodes {
        let chapter = several.then_some(one.chapter.as_str());
        groups.entry((chapter, one.group.as_deref())).or_default().push(one);
    }
    for (at, ((chapter, group), nodes)) in groups.into_iter().enumerate() {
        let name = [chapter, group].into_iter().flatten().collect::<Vec<_>>().join(", ");
        if !name.is_empty() {
            let _ = writeln!(
                out,
                "  subgraph cluster_{at} {{\n    label=<<b>{}</b>>; labelloc=t; labeljust=l; fontname=\"Helvetica\"; fontsize=12; \
                 fontcolor=\"{FAINT}\"; style=\"rounded,filled\"; fillcolor=\"#f6f5f2\"; color=\"#d5d2ca\"; margin=10;",
                escaped(&name)
            );
        }
        nodes.into_iter().for_each(|one| node(one, &mut out));
        if !name.is_empty() {
            out.push_str("  }\n");
        }
    }
    edges(graph, &mut out);
    out.push_str("}\n");
    out
}

fn node(node: &Node, out: &mut String) {
    let mut lines = vec![format!("<b>{}</b>", escaped(&node.name))];
    let small = |text: &str, size: usize| format!("<font point-size=\"{size}\">{}</font>", escaped(text));
    for title in node.title.iter().flat_map(|title| wrapped(title, 18)) {
        lines.push(small(&title, 10));
    }
    if let Some((title, rank)) = &node.ending {
        let told = node.title.as_ref() == Some(title);
        for title in wrapped(title, 18).iter().filter(|_| !told) {
            lines.push(format!("<i>{}</i>", small(title, 10)));
        }
        lines.push(small(&format!("rank {rank}"), 9));
    }
    if let Some(milestone) = &node.milestone {
        lines.push(format!("<font color=\"{BLUE}\" point-size=\"9\">⚑ {}</font>", escaped(&cut(milestone, 26))));
    }
    let notes = [
        (node.stays > 0).then(|| format!("↻ {}", node.stays)),
        node.returns.then(|| "↩".to_owned()),
        node.more.then(|| "…".to_owned()),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    if !notes.is_empty() {
        lines.push(small(&notes.join("   "), 9));
    }
    let looks = match node.kind {
        NodeKind::Start => ", penwidth=2.4, fillcolor=\"#fdf3d3\"",
        NodeKind::Ending => ", shape=box, style=\"filled\", fillcolor=\"#3b3b3b\", fontcolor=white",
        NodeKind::Card => ", shape=note, style=\"filled\", fillcolor=\"#f7efdc\", color=\"#8a6414\"",
        NodeKind::Deck => ", shape=box3d, style=\"filled\", fillcolor=\"#ead9b0\", color=\"#8a6414\"",
        NodeKind::Menu => ", shape=cds, style=\"filled\", fillcolor=\"#e9e9e9\"",
        NodeKind::Junction => {
            ", shape=ellipse, style=\"filled\", fillcolor=\"#eeeeee\", fontsize=9, margin=\"0.04,0.02\""
        }
        NodeKind::Scene if node.milestone.is_some() => ", fillcolor=\"#e3eef8\", color=\"#1f5f99\"",
        NodeKind::Scene => "",
    };
    let grey = ", style=\"rounded,dashed\", color=\"#b5b5b5\", fontcolor=\"#a0a0a0\"";
    let looks = if node.led_to { looks } else { grey };
    let _ = writeln!(out, "    \"{}\" [label=<{}>{looks}];", quoted(&node.id), lines.join("<br/>"));
}

/// What goes from one node to another in the same manner is one line in the picture.
fn edges(graph: &Graph, out: &mut String) {
    let mut lines: BTreeMap<(usize, &str, EdgeKind), Vec<&Edge>> = BTreeMap::new();
    let place: BTreeMap<&str, &Node> = graph.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let order: BTreeMap<&str, usize> =
        graph.nodes.iter().enumerate().map(|(at, node)| (node.id.as_str(), at)).collect();
    for edge in &graph.edges {
        let from = order.get(edge.from.as_str()).copied().unwrap_or(0);
        lines.entry((from, &edge.to, edge.kind)).or_default().push(edge);
    }
    for ((from, to, kind), edges) in lines {
        let again = edges.iter().all(|edge| edge.again);
        let locked = edges.iter().any(|edge| edge.locked);
        let grey = !graph.nodes[from].led_to || place.get(to).is_some_and(|node| !node.led_to);
        let colour = match kind {
            _ if grey => "#c4c4c4",
            EdgeKind::Choice if locked => RED,
            EdgeKind::Choice => INK,
            EdgeKind::Visit => BLUE,
            EdgeKind::Use | EdgeKind::Flow | EdgeKind::Otherwise | EdgeKind::Next => FAINT,
            EdgeKind::Deal => OCHRE,
        };
        let style = match kind {
            EdgeKind::Choice if again => ", penwidth=2.2",
            EdgeKind::Choice => "",
            EdgeKind::Visit => ", style=dashed, dir=both, arrowtail=odot",
            EdgeKind::Use => ", arrowhead=none, penwidth=1.6",
            EdgeKind::Flow => ", arrowhead=vee",
            EdgeKind::Otherwise => ", style=dashed, arrowhead=vee",
            EdgeKind::Deal => ", style=dotted, penwidth=1.4",
            EdgeKind::Next => ", style=bold, arrowhead=vee",
        };
        let _ = writeln!(
            out,
            "  \"{}\" -> \"{}\" [color=\"{colour}\"{style}{}];",
            quoted(&graph.nodes[from].id),
            quoted(to),
            label(kind, &edges)
        );
    }
}

fn label(kind: EdgeKind, edges: &[&Edge]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for edge in edges.iter().take(NAMED) {
        let say = match kind {
            EdgeKind::Otherwise => Some("otherwise"),
            _ => edge.say.as_deref(),
        };
        let mut say: Vec<String> = say.into_iter().flat_map(briefly).collect();
        if let Some(first) = say.first_mut().filter(|_| edges.len() > 1) {
            first.insert_str(0, "• ");
        }
        lines.extend(say);
        for when in &edge.when {
            let when = if when == "else" { when.clone() } else { format!("if {when}") };
            let when = briefly(&when).into_iter();
            lines.extend(when.map(|line| format!("<font color=\"{FAINT}\"><i>{line}</i></font>")));
        }
    }
    if edges.len() > NAMED {
        lines.push(format!("<font color=\"{FAINT}\">and {} more</font>", edges.len() - NAMED));
    }
    if lines.is_empty() { String::new() } else { format!(", label=<{}>", lines.join("<br/>")) }
}

/// The beginning of a text in a few short lines, for a label.
fn briefly(text: &str) -> Vec<String> {
    let lines = wrapped(text, COLUMNS);
    let mut shown: Vec<String> = lines.iter().take(LINES).map(|line| cut(line, COLUMNS)).collect();
    if lines.len() > LINES
        && let Some(last) = shown.last_mut().filter(|last| !last.ends_with('…'))
    {
        last.push('…');
    }
    shown.iter().map(|line| escaped(line)).collect()
}

/// Text for a label.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text for a name in quotes.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
