//! Pictures of a story: every way is drawn once, what is special is marked, and no words break the picture.

use taiyuan::workshop::graph::{Course, EdgeKind, Graph, NodeKind, around, dot, draw, mermaid};

use crate::cli::taiyuan;
use crate::{play, small};

const STORY: &str = r##"
    scenes: {
        "start": (title: "The <yard> & \"gate\"", text: "A yard.", use: ["talk"], choices: [
            (id: "ask", say: "Ask", choices: [
                (id: "salt", say: "About *salt*", to: "well"),
                (id: "rope", say: "About rope"),
            ], then: "junction"),
            (id: "look", say: "Look \"up\" & <down>", again: true, visit: "tower"),
            (id: "stay", say: "Stay", again: true),
            (id: "pay", say: "Pay", if: "silver > 2", locked: "No silver.", to: [(if: "open", to: "well"), (to: "end")]),
            (id: "deal", say: "Draw", draw: "days"),
        ], otherwise: "end"),
        "tower": (text: "High.", back: true),
        "well": (text: "Deep.", use: ["talk"], milestone: "wet", choices: [(id: "out", say: "Out", to: "end")]),
        "junction": (then: [(if: "open", to: "well"), (to: "end")]),
        "rain": (card: (deck: "days", weight: 3, if: "silver > 0"), text: "Rain.", then: "end"),
        "lost": (text: "Nobody comes here.", then: "end"),
        "end": (text: "Over.", ending: "over"),
    },
    decks: {"days": (none: "end")},
    menus: {"talk": [(id: "weather", say: "Of the weather"), (id: "leave", say: "Leave", to: "end")]},
    vars: {"silver": Int(range: (0, 9)), "open": Flag()},
    milestones: {"wet": (title: "Wet feet")},
    endings: {"over": (title: "Over", rank: 2)},
"##;

fn drawn() -> Graph {
    let chapter = small::chapter(STORY);
    draw(&[&chapter], &|_, _| None)
}

#[test]
fn every_way_is_drawn_with_what_it_takes() {
    let graph = drawn();
    let ways: Vec<String> = graph
        .edges
        .iter()
        .map(|edge| {
            let short = |id: &str| id.strip_prefix("one/").unwrap().to_owned();
            let choice = edge.choice.as_deref().unwrap_or("-");
            format!("{} > {} {:?} {choice} {}", short(&edge.from), short(&edge.to), edge.kind, edge.when.join("; "))
        })
        .collect();
    let expected = [
        "junction > well Flow - open",
        "junction > end Flow - else",
        "rain > end Flow - ",
        "lost > end Flow - ",
        "start > well Choice start#ask/salt ",
        "start > junction Choice start#ask/rope ",
        "start > tower Visit start#look ",
        "start > well Choice start#pay silver > 2; open",
        "start > end Choice start#pay silver > 2; else",
        "start > deck@days Choice start#deal ",
        "start > menu@talk Use - ",
        "start > end Otherwise - ",
        "well > end Choice well#out ",
        "well > menu@talk Use - ",
        "deck@days > rain Deal - silver > 0",
        "deck@days > end Otherwise - ",
        "menu@talk > end Choice @talk/leave ",
    ];
    let mut sorted = (ways.clone(), expected.map(str::to_owned).to_vec());
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1);
    let pay = graph.edges.iter().find(|edge| edge.choice.as_deref() == Some("start#pay")).unwrap();
    assert!(pay.locked && !pay.again);
}

#[test]
fn what_a_scene_is_is_marked() {
    let graph = drawn();
    let node = |id: &str| graph.nodes.iter().find(|node| node.id == format!("one/{id}")).unwrap();
    let kinds = ["start", "tower", "junction", "rain", "end", "deck@days", "menu@talk"].map(|id| node(id).kind);
    let expected = [
        NodeKind::Start,
        NodeKind::Scene,
        NodeKind::Junction,
        NodeKind::Card,
        NodeKind::Ending,
        NodeKind::Deck,
        NodeKind::Menu,
    ];
    assert_eq!(kinds, expected);
    assert_eq!((node("start").stays, node("menu@talk").stays), (1, 1));
    assert_eq!(node("end").ending, Some(("Over".to_owned(), 2)));
    assert_eq!(node("well").milestone.as_deref(), Some("Wet feet"));
    assert!(node("tower").returns);
    let unled: Vec<&str> = graph.nodes.iter().filter(|node| !node.led_to).map(|node| node.name.as_str()).collect();
    assert_eq!(unled, ["lost"]);
}

#[test]
fn words_of_the_story_break_no_picture() {
    let graph = drawn();
    let picture = dot(&graph, Course::Across);
    assert!(picture.contains("The &lt;yard&gt; &amp;"), "{picture}");
    assert!(picture.contains("Look &quot;up&quot; &amp;") && !picture.contains("<down>"), "{picture}");
    assert_eq!(picture.matches('{').count(), picture.matches('}').count());
    let chart = mermaid(&graph, Course::Across);
    assert!(chart.contains("Look #quot;up#quot; #amp; #lt;down#gt;"), "{chart}");
    assert!(chart.lines().filter(|line| line.contains("|\"")).all(|line| line.matches('"').count() == 2), "{chart}");
}

#[test]
fn around_a_scene_only_what_is_near_is_left() {
    let near = around(drawn(), "one/tower", 1);
    let names: Vec<(&str, bool)> = near.nodes.iter().map(|node| (node.name.as_str(), node.more)).collect();
    assert_eq!(names, [("start", true), ("tower", false)]);
    assert_eq!(near.edges.len(), 1);
}

#[test]
fn an_ending_leads_to_the_chapter_that_follows() {
    let chapters = [play::chapter("aguda"), play::chapter("alliance"), play::chapter("siege")];
    let all: Vec<_> = chapters.iter().map(AsRef::as_ref).collect();
    let graph = draw(&all, &|_, _| None);
    let next: Vec<_> = graph.edges.iter().filter(|edge| edge.kind == EdgeKind::Next).map(|edge| &edge.to).collect();
    assert!(next.iter().any(|to| to.starts_with("alliance/")) && next.iter().any(|to| to.starts_with("siege/")));
    let alone = draw(&all[..1], &|_, _| None);
    assert!(alone.edges.iter().all(|edge| edge.kind != EdgeKind::Next));
}

#[test]
fn scenes_are_drawn_together_by_file_or_place() {
    let dir = tempfile::tempdir().unwrap();
    let out = |args: &[&str]| {
        let output = taiyuan(dir.path(), &[&["graph", "--chapter", "aguda"], args].concat(), "");
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(out(&[]).contains("label=<<b>banquet</b>>"));
    assert!(out(&["--by", "place"]).contains("<b>the camp on the Huntong river</b>"));
    let json: serde_json::Value = serde_json::from_str(&out(&["--json", "--by", "none"])).unwrap();
    assert_eq!(json["nodes"][0]["group"], serde_json::Value::Null);
    assert!(out(&["--down"]).contains("rankdir=TB"));
    assert!(out(&["--form", "mermaid"]).starts_with("---\ntitle: The Oath\n---\nflowchart LR\n"));
    let wrong = taiyuan(dir.path(), &["graph", "--chapter", "aguda", "--around", "nowhere"], "");
    assert_eq!(wrong.status.code(), Some(2));
}
