//! What is told of the changes between two stories.

use taiyuan::workshop::diff::{Diff, diff, report};
use taiyuan::workshop::prove::Budget;

use crate::cli::run;
use crate::small::{chapter, folder};

const YARD: &str = r#"
    scenes: {
        "start": (text: "A gate, and a dog that sleeps.", enter: ["n += 1"], choices: [
            (id: "in", say: "In", if: "n < 5", do: ["n += 2", "give(seal)"], to: "yard"),
        ], otherwise: "end"),
        "yard": (text: "A yard.", choices: [(id: "well", say: "The well", visit: "well"), (id: "out", say: "Out", to: "end")]),
        "well": (text: "A well.", back: true),
        "end": (text: "Out.", ending: "out"),
    },
    vars: {"n": Int(range: (0, 9))},
    items: {"seal": (name: "a seal")},
    endings: {"out": (title: "Out", rank: 1)},
"#;

fn between(old: &str, new: &str) -> Diff {
    diff(&[chapter(old)], &[chapter(new)])
}

fn told(found: &Diff) -> String {
    let mut out = Vec::new();
    report(found, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The report on an edited yard.
fn edited(edits: &[(&str, &str)]) -> String {
    let new = edits.iter().fold(YARD.to_owned(), |yard, (old, new)| {
        assert!(yard.contains(old), "{old}");
        yard.replace(old, new)
    });
    told(&between(YARD, &new))
}

#[test]
fn what_is_written_otherwise_and_means_the_same_is_no_change() {
    assert!(between(YARD, YARD).is_empty());
    let out = edited(&[("n < 5", "((n) < 5)"), ("A gate, and a dog that sleeps.", "A gate, and a dog\n that sleeps.")]);
    assert!(out.starts_with("nothing was changed"), "{out}");
}

#[test]
fn conditions_and_effects_are_told_as_they_were_and_as_they_are() {
    let out = edited(&[
        ("n < 5", "n < 5 and has(seal)"),
        ("\"n += 2\", ", "\"n += 3\", "),
        ("(0, 9)", "(0, 8)"),
        ("rank: 1", "rank: 2"),
    ]);
    let expected = "one
  choice `start#in`
      if         - n < 5
                 + n < 5 and has(seal)
      do         - n += 2
                 + n += 3
  ending `out`
      rank       - 1
                 + 2
  variable `n`
      holds      - 0 to 9
                 + 0 to 8

in all 0 words cut, 0 added; 16 now
";
    assert_eq!(out, expected);
}

#[test]
fn what_a_text_asks_and_the_order_of_choices_are_no_words_and_are_told() {
    let out = edited(&[
        ("A yard.", "A yard.{if n < 5: Small.}"),
        (
            "(id: \"well\", say: \"The well\", visit: \"well\"), (id: \"out\", say: \"Out\", to: \"end\")",
            "(id: \"out\", say: \"Out\", to: \"end\"), (id: \"well\", say: \"The well\", visit: \"well\")",
        ),
        ("(range: (0, 9))", "(range: (0, 9), label: \"N\")"),
    ]);
    let text =
        "  scene `yard`\n      text       + if n < 5\n      order      - yard#out\n                 + yard#out\n";
    assert!(out.contains(text), "{out}");
    assert!(out.contains("      label      + N"), "{out}");
    let back = told(&between(&YARD.replace("(range: (0, 9))", "(range: (0, 9), label: \"N\")"), YARD));
    assert!(back.contains("      label      - N"), "{back}");
}

#[test]
fn a_new_name_is_one_change_and_not_a_hundred() {
    let out = edited(&[
        ("\"well\": (text", "\"pit\": (text"),
        ("visit: \"well\"", "visit: \"pit\""),
        ("\"n\": Int", "\"m\": Int"),
        ("n += 1", "m += 1"),
        ("n += 2", "m += 2"),
        ("n < 5", "m < 5"),
        ("(id: \"out\"", "(id: \"leave\""),
        ("give(seal)", "give(mark)"),
        ("\"seal\": (", "\"mark\": ("),
        (
            "vars: {",
            "was: (scenes: {\"well\": \"pit\"}, vars: {\"n\": \"m\"}, items: {\"seal\": \"mark\"}, choices: {\"yard#out\": \"yard#leave\"}), vars: {",
        ),
    ]);
    let expected = "the story
  items renamed: 1
      seal -> mark

one
  scenes renamed: 1
      well -> pit
  choices renamed: 1
      yard#out -> yard#leave
  variables renamed: 1
      n -> m

in all 0 words cut, 0 added; 16 now
";
    assert_eq!(out, expected);
}

#[test]
fn what_came_what_went_and_where_no_way_leads_now() {
    let out = edited(&[
        ("(id: \"well\", say: \"The well\", visit: \"well\"), ", ""),
        (
            "\"end\": (text: \"Out.\"",
            "\"shed\": (text: \"A shed with nothing in it.\", then: \"end\"), \"end\": (text: \"Out.\"",
        ),
    ]);
    // `well` comes back to whoever visits it: without a visit it needs another way on.
    assert!(out.contains("scenes added: 1\n      shed"), "{out}");
    assert!(out.contains("choices removed: 1\n      yard#well"), "{out}");
    assert!(out.contains("scenes that nothing leads to now: 2\n      shed, well"), "{out}");
    assert!(out.contains("shed                                 -         6         6"), "{out}");
    let back = told(&between(&YARD.replace("to: \"yard\"", "to: \"end\""), YARD));
    assert!(back.contains("scenes that can be reached now: 2\n      well, yard"), "{back}");
}

#[test]
fn words_are_counted_one_by_one() {
    let found = between(YARD, &YARD.replace("and a dog that sleeps", "and a very old dog"));
    let words = found.chapters["one"].words["start"];
    assert_eq!((words.cut, words.added, words.now), (3, 3, 8));
    assert_eq!((found.words.cut, found.words.added), (3, 3));
}

#[test]
fn a_condition_that_closes_a_way_is_found_by_proof_and_not_by_the_map() {
    let shut = YARD.replace("n < 5", "n < 5 and n > 7").replace("otherwise: \"end\"", "then: \"end\"");
    let (old, new) = ([chapter(YARD)], [chapter(&shut)]);
    let mut found = diff(&old, &new);
    assert!(found.chapters["one"].unreachable.is_empty());
    found.prove(&old, &new, &Budget::default());
    let out = told(&found);
    assert!(out.contains("  one: scene `well` can be entered\n      proved -> refuted"), "{out}");
    let mut back = diff(&new, &old);
    back.prove(&new, &old, &Budget::default());
    assert!(told(&back).contains("scene `well` can be entered\n      refuted -> proved"));
    let renamed = YARD.replace("\"well\": (", "\"pit\": (").replace("visit: \"well\"", "visit: \"pit\"");
    let new = [chapter(&format!("{renamed} was: (scenes: {{\"well\": \"pit\"}}),"))];
    let mut found = diff(&old, &new);
    found.prove(&old, &new, &Budget::default());
    assert_eq!(found.proofs, Some(Vec::new()));
}

#[test]
fn the_command_compares_folders_and_says_whether_it_found_anything() {
    let (old, new) = (folder(YARD), folder(&YARD.replace("n < 5", "n < 6")));
    let (old_dir, new_dir) = (old.path().to_str().unwrap(), new.path().to_str().unwrap());
    assert_eq!(run(&["diff", old_dir, old_dir], "").0, 0);
    let (code, out, _) = run(&["diff", old_dir, new_dir, "--json"], "");
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    let change = &told["chapters"]["one"]["changes"][0];
    assert_eq!((code, change["id"].as_str(), change["new"][0].as_str()), (1, Some("start#in"), Some("n < 6")));
    let manifest = "(story: (id: \"small\", title: \"Small\", version: \"2\", chapters: [\"two\"]))";
    std::fs::rename(new.path().join("one"), new.path().join("two")).unwrap();
    std::fs::write(new.path().join("story.ron"), manifest).unwrap();
    let (_, out, _) = run(&["diff", old_dir, new_dir], "");
    assert!(
        out.contains("one: removed")
            && out.contains("two: added")
            && out.contains("version    - 1\n                 + 2"),
        "{out}"
    );
    assert!(out.contains("in all 16 words cut, 16 added; 16 now"), "{out}");
    std::fs::write(new.path().join("two/torn.ron"), "(scenes: {").unwrap();
    let (code, out, err) = run(&["diff", old_dir, new_dir], "");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("torn.ron"), "{err}");
    assert_eq!(run(&["diff", old_dir, "/nowhere"], "").0, 2);
}
