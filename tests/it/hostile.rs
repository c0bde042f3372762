//! Files that nobody meant to be a story: the loader tells what is wrong and never falls over.

use proptest::prelude::*;
use taiyuan::story::{Book, Sources};

/// Pieces that a broken story is made of.
const PIECES: [&str; 46] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "r#\"",
    "\"#",
    "\n",
    "    ",
    "scenes",
    "choices",
    "text",
    "then",
    "yard",
    "\"yard\"",
    "to",
    "if",
    "or",
    "not",
    "roll(1..6)",
    "seen(yard)",
    "grain",
    "-=",
    "==",
    "*",
    "**",
    "|",
    "\\",
    "@xiyin:",
    "{if ",
    "{first: ",
    "{use: cold}",
    "[a](liao)",
    "//",
    "/*",
    "*/",
    "'",
    "\u{201c}",
    "\u{202e}",
    "\u{592a}\u{539f}",
    "\t",
    "\r\n",
];

fn check(chapter: &str) -> String {
    let manifest = "(story: (id: \"s\", title: \"S\", version: \"1\", chapters: [\"one\"]))";
    let head = "(chapter: (title: \"One\", start: \"yard\"), vars: {\"grain\": Int(range: (0, 9))})";
    let report = Book::check(Sources::from_texts(vec![
        ("story.ron".to_owned(), manifest.to_owned()),
        ("one/chapter.ron".to_owned(), head.to_owned()),
        ("one/yard.ron".to_owned(), chapter.to_owned()),
    ]));
    let _ = serde_json::to_string(&report.findings()).unwrap();
    report.render(80, true)
}

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60).prop_map(|pieces| pieces.concat())
}

/// A string as RON writes it.
fn quoted(text: &str) -> String {
    format!("{text:?}").replace("\\'", "'")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_soup_of_pieces_is_answered(text in soup()) {
        check(&text);
    }

    #[test]
    fn any_prose_is_answered(text in soup()) {
        let text = quoted(&text);
        check(&format!("(scenes: {{\"yard\": (text: {text}, ending: \"end\")}}, endings: {{\"end\": (title: \"E\", rank: 1)}})"));
    }

    #[test]
    fn any_condition_and_effect_is_answered(text in soup()) {
        let text = quoted(&text);
        check(&format!(
            "(scenes: {{\"yard\": (enter: [{text}], choices: [(id: \"a\", say: \"A\", if: {text}, do: [{text}])])}}, derived: {{\"x\": {text}}})"
        ));
    }

    #[test]
    fn a_story_with_a_piece_cut_out_or_doubled_is_answered(at in 0usize..6000, len in 0usize..40, doubled: bool) {
        let story = include_str!("../stories/good/every_feature/ford/scenes.ron");
        let floor = |mut i: usize| { i = i.min(story.len()); while !story.is_char_boundary(i) { i -= 1 } i };
        let (from, to) = (floor(at), floor(at + len));
        let piece = &story[from..to];
        let text = if doubled { format!("{}{piece}{piece}{}", &story[..from], &story[to..]) } else { format!("{}{}", &story[..from], &story[to..]) };
        check(&text);
    }
}

#[test]
fn deep_nesting_is_refused_and_does_not_overflow() {
    for open in ["(", "[", "{", "(a: [", "{\"a\": ("] {
        let text = format!("(scenes: {{\"yard\": {}", open.repeat(100_000));
        assert!(check(&text).contains("E0"));
    }
    for (open, close) in [("{if grain > 1: ", "}"), ("[", "](liao)"), ("*a {", "|b}*"), ("{a|\n\n", "}")] {
        let prose = format!("{}x{}", open.repeat(3_000), close.repeat(3_000));
        check(&format!("(scenes: {{\"yard\": (text: {}, ending: \"end\")}})", quoted(&prose)));
    }
    for part in ["(", "not ", "-", "if(true, ", "1 + ", "grain > 0 and "] {
        let text = part.repeat(1000 / part.len() - 1);
        check(&format!("(scenes: {{\"yard\": (enter: [\"grain = {text}1\"], ending: \"end\")}})"));
    }
}

#[test]
fn snippets_that_double_one_another_are_stopped() {
    let doubling: Vec<String> =
        (0..40).map(|n| format!("\"s{n}\": \"{{use: s{m}}}{{use: s{m}}}\"", m = n + 1)).collect();
    let text = format!(
        "(scenes: {{\"yard\": (text: \"{{use: s0}}\", ending: \"end\")}}, endings: {{\"end\": (title: \"E\", rank: 1)}}, snippets: {{{}, \"s40\": \"x\"}})",
        doubling.join(", ")
    );
    assert!(check(&text).contains("E037"), "{}", check(&text));
}

#[test]
fn a_long_chain_of_derived_variables_is_answered() {
    let chain: Vec<String> = (0..3000).map(|n| format!("\"d{n}\": \"d{m} + 1\"", m = n + 1)).collect();
    let text = format!(
        "(scenes: {{\"yard\": (text: \"{{d0}}\", ending: \"end\")}}, derived: {{{}, \"d3000\": \"1\"}})",
        chain.join(", ")
    );
    assert!(check(&text).contains("E037"));
}
