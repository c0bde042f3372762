//! Stories of any size, the same for the same seed: for measuring.
//!
//! Each scene has a text of sixty words with a group and a condition in it, changes a variable, and leads on by three
//! choices, one of them behind a condition; some hand out items, some are visited, some are cards. The first choice always
//! leads to the next scene, so that every scene is led to.

use std::fmt::Write as _;

/// The most scenes of a chapter.
const CHAPTER: usize = 5_000;
/// How many scenes stand in a file.
const FILE: usize = 500;
const WORDS: [&str; 64] = [
    "river", "bridge", "wall", "gate", "horse", "banner", "snow", "fire", "arrow", "shield", "iron", "salt", "grain",
    "camp", "envoy", "letter", "seal", "jade", "prince", "officer", "rider", "smith", "monk", "widow", "winter",
    "spring", "dawn", "dusk", "moon", "cloud", "frost", "stone", "north", "south", "road", "valley", "ridge", "plain",
    "ferry", "boat", "oath", "silver", "silk", "tea", "bread", "cart", "tower", "ditch", "drum", "horn", "watch",
    "truce", "omen", "ghost", "shrine", "hunger", "voice", "name", "order", "shame", "market", "cellar", "lantern",
    "kitchen",
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn words(&mut self, n: usize) -> String {
        let mut text = String::new();
        let mut last = WORDS.len();
        for at in 0..n {
            let mut word = self.below(WORDS.len());
            if word == last {
                word = (word + 1) % WORDS.len();
            }
            last = word;
            let _ = write!(text, "{}{}", if at > 0 { " " } else { "" }, WORDS[word]);
        }
        text
    }
}

/// A story of so many scenes: paths and texts.
pub(crate) fn story(scenes: usize, seed: u64) -> Vec<(String, String)> {
    let mut dice = Dice(seed);
    let chapters = scenes.div_ceil(CHAPTER).max(1);
    let ids: Vec<String> = (0..chapters).map(|n| format!("part_{n}")).collect();
    let listed: Vec<String> = ids.iter().map(|id| format!("{id:?}")).collect();
    let manifest =
        format!("(story: (id: \"seeded\", title: \"Seeded\", version: \"1\", chapters: [{}]))\n", listed.join(", "));
    let mut files = vec![("story.ron".to_owned(), manifest)];
    for (n, id) in ids.iter().enumerate() {
        let own = (scenes - n * CHAPTER).min(CHAPTER);
        files.push((format!("{id}/chapter.ron"), head(own)));
        for (file, first) in (0..own).step_by(FILE).enumerate() {
            let mut text = String::from("(scenes: {\n");
            (first..(first + FILE).min(own)).for_each(|at| scene(at, own, &mut dice, &mut text));
            text.push_str("})\n");
            files.push((format!("{id}/scenes_{file:03}.ron"), text));
        }
    }
    files.push(("world/items.ron".to_owned(), items()));
    files
}

fn head(scenes: usize) -> String {
    let vars: Vec<String> = (0..16).map(|n| format!("\"v{n}\": Int(range: (0, 99))")).collect();
    format!(
        "(\n    chapter: (title: \"Part\", start: \"s0\"),\n    vars: {{{}}},\n    \
         decks: {{\"deck\": (none: \"s1\", then: \"s{}\")}},\n    \
         scenes: {{\"end\": (text: \"The end.\", ending: \"end\")}},\n    \
         endings: {{\"end\": (title: \"The end\", rank: 1)}},\n)\n",
        vars.join(", "),
        scenes / 2
    )
}

fn items() -> String {
    let items: Vec<String> = (0..8).map(|n| format!("\"i{n}\": (name: \"thing {n}\", max: 5)")).collect();
    format!("(items: {{{}}})\n", items.join(", "))
}

fn scene(at: usize, scenes: usize, dice: &mut Dice, out: &mut String) {
    let (a, b, item) = (at % 16, dice.below(16), at % 8);
    let next = if at + 1 < scenes { format!("s{}", at + 1) } else { "end".to_owned() };
    let (left, right) = (dice.below(scenes), dice.below(scenes));
    let card = if at % 97 == 50 { "card: (deck: \"deck\", weight: 2, again: true), " } else { "" };
    let _ = write!(
        out,
        "    \"s{at}\": (\n        {card}enter: [\"v{a} += {}\"],\n        text: r#\"\n            {}.\n            {{shuffle: {}|{}}}\n            \
         {{if v{b} > {}: {}.|{}.}} {} {{v{a}}}.\n\n            {}.\n        \"#,\n        choices: [\n",
        1 + dice.below(9),
        dice.words(20),
        dice.words(4),
        dice.words(4),
        dice.below(99),
        dice.words(6),
        dice.words(6),
        dice.words(4),
        dice.words(16),
    );
    let mut choice = |id: &str, words: String, rest: &str| {
        let _ = writeln!(out, "            (id: \"{id}\", say: \"{id} {words}\", again: true, {rest}),");
    };
    choice("on", dice.words(4), &format!("to: \"{next}\""));
    choice("left", dice.words(4), &format!("do: [\"give(i{item})\", \"v{b} -= 2 if has(i{item})\"], to: \"s{left}\""));
    let condition = format!("if: \"v{b} >= {} or count(i{item}) > 2\"", 1 + dice.below(98));
    if at % 23 == 5 {
        choice(
            "right",
            dice.words(4),
            &format!("{condition}, to: [(if: \"v{a} < 50\", draw: \"deck\"), (to: \"s{right}\")]"),
        );
    } else {
        choice("right", dice.words(4), &format!("{condition}, to: \"s{right}\""));
    }
    out.push_str("        ],\n    ),\n");
}
