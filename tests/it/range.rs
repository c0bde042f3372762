//! What declared ranges decide about conditions.

use std::sync::Arc;

use taiyuan::engine::Chapter;
use taiyuan::story::{Book, Sources};
use taiyuan::workshop::range::{Decision, decide};

/// A chapter in which each of these conditions stands in an achievement, in their order.
fn chapter(conditions: &[&str]) -> Arc<Chapter> {
    let manifest = r#"(story: (id: "r", title: "R", version: "1", chapters: ["one"]))"#;
    let rows: Vec<String> =
        conditions.iter().enumerate().map(|(n, c)| format!("\"a{n:02}\": (title: \"A\", if: \"{c}\")")).collect();
    let chapter = format!(
        r#"(
            chapter: (title: "One", start: "yard"),
            scenes: {{"yard": (text: "A yard.", choices: [(id: "look", say: "Look"), (id: "go", say: "Go", to: "end")]), "end": (ending: "end")}},
            endings: {{"end": (title: "End", rank: 1)}},
            vars: {{
                "day": Int(range: (1, 9), start: 1), "grain": Int(range: (0, 900)), "wide": Int(range: (-90000, 90000)),
                "open": Flag(), "ration": Word(of: ["bran", "half", "one"]),
            }},
            items: {{"seal": (name: "a seal", max: 2)}},
            derived: {{"late": "day > 5", "twice": "day * 2"}},
            achievements: {{{}}},
        )"#,
        rows.join(", ")
    );
    let sources =
        Sources::from_texts(vec![("story.ron".to_owned(), manifest.to_owned()), ("one/one.ron".to_owned(), chapter)]);
    Book::open(sources).unwrap().chapter("one").unwrap()
}

#[test]
fn ranges_decide_conditions() {
    use Decision::{Always, Never, Sometimes, Unknown};
    let table = [
        ("day > 9", Never),
        ("day >= 1", Always),
        ("day > 8", Sometimes),
        ("day > 5 and not late", Never),
        ("late or day <= 5", Always),
        ("twice == 7", Never),
        ("twice == 8", Sometimes),
        ("ration == half and ration == one", Never),
        ("ration != half or ration != one", Always),
        ("count(seal) > 2", Never),
        ("not has(seal) or count(seal) >= 1", Always),
        ("taken(yard#look) > 1", Never),
        ("taken(yard#look) == 1", Sometimes),
        ("visits(yard) >= 0", Always),
        ("visits(yard) > 1000", Sometimes),
        ("since(yard) > 9999", Never),
        ("since(yard) == 9999 and turns() > 3", Unknown),
        ("band(grain, 200, 600) > 2", Never),
        ("band(grain, 200, 600) == 1", Sometimes),
        ("grain + day > 909", Never),
        ("grain + day > 908", Sometimes),
        // Too many combinations to try: bounded.
        ("wide * grain + day > 80000000", Unknown),
        ("wide + grain > 90900", Never),
        ("wide + grain >= -90000", Always),
        ("min(wide, grain) > 900", Never),
    ];
    let conditions: Vec<&str> = table.iter().map(|(condition, _)| *condition).collect();
    let chapter = chapter(&conditions);
    for (achievement, (condition, wanted)) in chapter.achievements.iter().zip(table) {
        assert_eq!(decide(&achievement.when, &chapter), wanted, "{condition}");
    }
}
