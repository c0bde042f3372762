//! Derived variables that are made of one another, over and over.

use std::sync::Arc;

use taiyuan::engine::Chapter;
use taiyuan::engine::dice::Keyed;
use taiyuan::engine::look::{look, open_choices, words};
use taiyuan::engine::render::Reader;
use taiyuan::engine::step::begin;
use taiyuan::story::{Book, Severity, Sources};
use taiyuan::workshop::check::examine;
use taiyuan::workshop::prove::{Budget, prove};

/// A story with these derived variables, of which it shows the number `n` and offers a choice behind the flag `f`.
fn story(derived: &[String]) -> Sources {
    let manifest = r#"(story: (id: "d", title: "D", version: "1", chapters: ["one"]))"#;
    let chapter = format!(
        r#"(
            chapter: (title: "One", start: "yard"),
            scenes: {{
                "yard": (text: "There are {{n}} bags.", otherwise: "end", choices: [
                    (id: "go", say: "Go", if: "f", do: ["grain += 1 if f", "grain -= n if not f"], to: "end"),
                ]),
                "end": (text: "{{if f: Full.|Empty.}}", ending: "end"),
            }},
            endings: {{"end": (title: "End", rank: 1)}},
            vars: {{"grain": Int(range: (0, 9), start: 1)}},
            derived: {{{}}},
        )"#,
        derived.join(", ")
    );
    Sources::from_texts(vec![("story.ron".to_owned(), manifest.to_owned()), ("one/one.ron".to_owned(), chapter)])
}

/// Reads, checks and plays it; the chapter, and the words of its first page.
fn played(derived: &[String]) -> (Arc<Chapter>, String) {
    assert_eq!(examine(story(derived)).count(Severity::Error), 0);
    let chapter: Arc<Chapter> = Book::open(story(derived)).unwrap().chapter("one").unwrap();
    let state = begin(&chapter, chapter.start, 7, &[], &mut Keyed, &mut ());
    assert_eq!(open_choices(&chapter, &state).count(), 1);
    let page = look(&chapter, &state, Reader::default());
    let words = page.text.iter().map(|para| words(&para.spans)).collect();
    (chapter, words)
}

#[test]
fn a_chain_of_doubled_derived_variables_is_computed_at_once() {
    let mut derived = vec!["\"n0\": \"grain\"".to_owned(), "\"f0\": \"grain > 0\"".to_owned()];
    for n in 1..60 {
        let m = n - 1;
        derived.push(format!("\"n{n}\": \"n{m} + n{m}\""));
        derived.push(format!("\"f{n}\": \"not (not f{m} or not f{m}) and (n{m} > 0 or n{m} < 9)\""));
    }
    derived.extend(["\"n\": \"n59\"".to_owned(), "\"f\": \"f59\"".to_owned()]);
    let (chapter, page) = played(&derived);
    assert_eq!(page, "There are 2,147,483,647 bags.");
    assert!(prove(&[chapter], None, &Budget::default()).iter().all(|proof| proof.clean()));
}

#[test]
fn a_long_chain_of_deep_derived_variables_does_not_overflow() {
    let mut derived = vec!["\"x400\": \"grain\"".to_owned()];
    derived.extend((0..400).map(|n| format!("\"x{n}\": \"{}x{}{}\"", "-(".repeat(24), n + 1, ")".repeat(24))));
    derived.extend(["\"n\": \"x0\"".to_owned(), "\"f\": \"x0 > 0\"".to_owned()]);
    assert_eq!(played(&derived).1, "There are 1 bags.");
}
