//! Effects and conditions that are written the same in several places.

use taiyuan::engine::Chapter;
use taiyuan::engine::dice::Keyed;
use taiyuan::engine::look::open_choices;
use taiyuan::engine::step::{begin, step};
use taiyuan::story::{Book, Severity, Sources};
use taiyuan::workshop::check::examine;

/// A story of which both choices of the one scene do this if that holds.
fn story(done: &str, when: &str) -> Sources {
    let manifest = r#"(story: (id: "d", title: "D", version: "1", chapters: ["one"]))"#;
    let chapter = format!(
        r#"(
            chapter: (title: "One", start: "yard"),
            scenes: {{
                "yard": (text: "A yard.", otherwise: "end", choices: [
                    (id: "left", say: "Left", if: "{when}", do: ["{done}"]),
                    (id: "right", say: "Right", if: "{when}", do: ["{done}"]),
                ]),
                "end": (text: "Empty.", ending: "end"),
            }},
            endings: {{"end": (title: "End", rank: 1)}},
            vars: {{
                "grain": Int(range: (0, 3), start: 2, edge: Strict),
                "luck": Int(range: (0, 9), start: 0),
            }},
        )"#
    );
    Sources::from_texts(vec![("story.ron".to_owned(), manifest.to_owned()), ("one/one.ron".to_owned(), chapter)])
}

fn open(done: &str, when: &str) -> std::sync::Arc<Chapter> {
    assert_eq!(examine(story(done, when)).count(Severity::Error), 0);
    Book::open(story(done, when)).unwrap().chapter("one").unwrap()
}

/// The keys of the open choices once the first of them was taken.
fn left_open(done: &str, when: &str) -> Vec<String> {
    let chapter = open(done, when);
    let mut state = begin(&chapter, chapter.start, 7, &[], &mut Keyed, &mut ());
    let first = open_choices(&chapter, &state).next().unwrap();
    step(&chapter, &mut state, first).unwrap();
    open_choices(&chapter, &state).map(|ix| chapter.choice(ix).key().to_owned()).collect()
}

#[test]
fn what_is_asked_and_done_twice_holds_in_both_places() {
    assert_eq!(left_open("grain -= 1", "grain >= 1"), ["right"]);
    assert_eq!(left_open("grain -= 1", "grain >= 2"), [""; 0], "the condition of the second");
    assert_eq!(left_open("grain -= 2", "luck == 0"), [""; 0], "the second would leave the range");
}

#[test]
fn dice_written_twice_fall_each_in_their_own_place() {
    let chapter = open("luck = roll(1..6)", "luck < 9");
    let sites: Vec<&str> = chapter.sites.iter().map(String::as_str).collect();
    assert_eq!(sites, ["yard#left:luck", "yard#right:luck"]);
}

#[test]
fn a_fault_written_twice_is_told_twice() {
    assert_eq!(examine(story("grain -= much", "luck < 9")).count(Severity::Error), 2);
    assert_eq!(examine(story("grain -= 1", "lukc < 9")).count(Severity::Error), 2);
}
