//! What a story is made of: counted here by hand, and there.

use taiyuan::workshop::stats::{Effort, Plays, Stats, count, plays, report};

use crate::cli::taiyuan;
use crate::small;

fn counted(sections: &str) -> Stats {
    count(&small::chapter(sections), Effort { plays: 20, states: 1_000 })
}

fn exactly(sections: &str) -> (u128, usize) {
    match plays(&small::chapter(sections), 1_000) {
        Plays::Exactly { count: Some(count), states, .. } => (count, states),
        other => panic!("{other:?}"),
    }
}

#[test]
fn how_many_plays_a_seed_has_is_estimated_from_how_wide_plays_are() {
    // Ten pages with ten choices each, whatever was chosen.
    let mut story = String::from("scenes: {");
    for at in 0..10 {
        let id = if at == 0 { "start".to_owned() } else { format!("page_{at}") };
        let choices: String =
            (0..10).map(|n| format!("(id: \"c_{n}\", say: \"{n}\", to: \"page_{}\"),", at + 1)).collect();
        story += &format!("\"{id}\": (text: \"A page.\", choices: [{choices}]),");
    }
    story += "\"page_10\": (text: \"The last.\", ending: \"over\")}, endings: {\"over\": (title: \"Over\", rank: 1)},";
    assert!((counted(&story).play.ways - 10.0).abs() < 0.01);
    assert_eq!(exactly(&story), (10_u128.pow(10), 11));
}

/// A fork, twice; then the ways meet again.
const FORKS: &str = r##"
    scenes: {
        "start": (text: "One {if a: two|two three} four.", choices: [
            (id: "left", say: "Left", do: ["a = true", "n += 1", "never = 3"], to: "second"),
            (id: "right", say: "Right", to: "second"),
            (id: "shut", say: "Shut", if: "n > 5", locked: "It is shut.", to: "end"),
        ]),
        "second": (text: "Five six.", choices: [
            (id: "up", say: "Go up", to: "end"), (id: "down", say: "Go down", to: "end"), (id: "on", say: "On", if: "a", to: "end"),
        ]),
        "end": (text: "Seven.", ending: "over"),
    },
    vars: {"a": Flag(), "n": Int(range: (0, 9)), "never": Int(range: (0, 9)), "unused": Flag()},
    endings: {"over": (title: "Over", rank: 1)},
"##;

#[test]
fn parts_and_words_are_counted() {
    let stats = counted(FORKS);
    assert_eq!((stats.scenes, stats.choices, stats.conditional, stats.endings), (3, 6, 2, 1));
    assert_eq!((stats.scene_words, stats.choice_words), (8, 11));
    assert_eq!((stats.menu, stats.play.choices), (300, [2, 2, 2]));
    assert_eq!(stats.longest[0], ("start".to_owned(), 5));
    let used: Vec<_> =
        stats.variables.iter().map(|usage| (usage.variable.as_str(), usage.read, usage.written)).collect();
    assert_eq!(used, [("a", 2, 1), ("n", 1, 1), ("never", 0, 1), ("unused", 0, 0)]);
}

#[test]
fn plays_are_paths_through_what_can_matter() {
    // Left: three ways on; right: two.
    let (count, states) = exactly(FORKS);
    assert_eq!(count, 5);
    assert_eq!(states, 4, "the two second pages differ by the flag alone, and there is one end");
}

#[test]
fn luck_counts_where_it_matters_and_only_there() {
    let dice = |ask: &str| {
        let story = format!(
            r##"scenes: {{
                "start": (text: "A die.", choices: [(id: "throw", say: "Throw", do: ["d = roll(1..6)"], to: "then")]),
                "then": (text: "It fell.", choices: [(id: "go", say: "Go", to: "end"), (id: "stay", say: "Stay", if: "{ask}", to: "end")]),
                "end": (text: "Over.", ending: "over"),
            }},
            vars: {{"d": Int(range: (1, 6))}}, endings: {{"over": (title: "Over", rank: 1)}},"##
        );
        exactly(&story).0
    };
    assert_eq!(dice("d >= 5"), 4 + 2 * 2);
    assert_eq!(dice("seen(start)"), 2, "nobody asks how it fell");
}

#[test]
fn once_only_choices_are_plays_in_every_order() {
    let story = r##"
        scenes: {"start": (text: "Five doors.", choices: [
            (id: "a", say: "A"), (id: "b", say: "B"), (id: "c", say: "C"), (id: "d", say: "D"), (id: "out", say: "Out", to: "end"),
        ]), "end": (text: "Out.", ending: "over")},
        endings: {"over": (title: "Over", rank: 1)},
    "##;
    // Any of the four doors in any order, then out: 4!/4! + 4!/3! + 4!/2! + 4!/1! + 4!/0!
    assert_eq!(exactly(story), (1 + 4 + 12 + 24 + 24, 17));
}

#[test]
fn what_can_be_come_back_to_has_no_end_of_plays() {
    let story = r##"
        scenes: {"start": (text: "A mill.", choices: [(id: "round", say: "Round", again: true), (id: "out", say: "Out", to: "end")]), "end": (text: "Out.", ending: "over")},
        endings: {"over": (title: "Over", rank: 1)},
    "##;
    assert_eq!(plays(&small::chapter(story), 1_000), Plays::Endless { scene: "start".to_owned() });
}

#[test]
fn what_does_not_close_is_a_bound_and_says_so() {
    let exact = match plays(&crate::play::chapter("aguda"), 300) {
        Plays::MoreThan { count: Some(count), states, .. } => (count, states),
        other => panic!("{other:?}"),
    };
    assert!(exact.0 > 1_000 && exact.1 <= 300, "{exact:?}");
}

#[test]
fn the_report_stays_within_a_line_and_json_is_one_document() {
    let stats = counted(FORKS);
    let mut out = Vec::new();
    report(&[stats], &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("different plays: 5, all counted over 4 states"), "{out}");
    assert!(out.contains("    never read:\n      never, unused\n"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let dir = small::folder(FORKS);
    let output = taiyuan(dir.path(), &["stats", dir.path().to_str().unwrap(), "--plays", "10", "--json"], "");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json[0]["plays"], serde_json::json!({"known": "exactly", "count": 5, "log10": 0.7, "states": 4}));
}
