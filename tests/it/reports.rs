//! Whole reports: what a writer is told, word for word.
//!
//! Every folder in `tests/stories/bad` is a story with one sort of mistake and the report it earns. `BLESS=1` writes the reports anew.

use std::fs;
use std::path::{Path, PathBuf};

use taiyuan::story::{Book, Sources};
use taiyuan::workshop::check::{Form, LINTS, examine, write};

fn stories(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories").join(kind)
}

/// The files of a story, by their paths in it.
fn texts(folder: &Path) -> Vec<(String, String)> {
    fn walk(root: &Path, folder: &Path, out: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, out);
            } else if path.extension().is_some_and(|e| e == "ron") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                out.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    walk(folder, folder, &mut out);
    out.sort();
    out
}

/// A bad story is only what is bad about it: the manifest and the chapter are added where they are missing.
fn whole(mut texts: Vec<(String, String)>) -> Sources {
    let mut add = |path: &str, text: &str| {
        if texts.iter().all(|(have, _)| have != path) {
            texts.push((path.to_owned(), text.to_owned()));
        }
    };
    add("story.ron", "(story: (id: \"bad\", title: \"Bad\", version: \"1\", chapters: [\"one\"]))\n");
    add("one/chapter.ron", "(chapter: (title: \"One\", start: \"yard\"))\n");
    Sources::from_texts(texts)
}

#[test]
fn every_mistake_is_told_as_written_beside_it() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut folders: Vec<_> = fs::read_dir(stories("bad")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    let mut wrong = Vec::new();
    for folder in &folders {
        let report = examine(whole(texts(folder))).render(100, false);
        let expected = folder.join("report.txt");
        if bless {
            fs::write(&expected, &report).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != report {
            wrong.push(format!("{}\n{report}", folder.display()));
        }
        assert!(
            ["error[E", "warning[W", "note[W"].iter().any(|told| report.contains(told)),
            "{} is no bad story",
            folder.display()
        );
    }
    assert!(wrong.is_empty(), "reports differ:\n{}", wrong.join("\n"));
    assert!(folders.len() >= 35, "only {} bad stories", folders.len());
}

#[test]
fn every_code_has_a_story_that_earns_it() {
    // Files that are too large to keep, a folder on disk, and ids that only a command line can get wrong.
    const ELSEWHERE: [&str; 3] = ["E001", "E038", "E095"];
    let mut reports = String::new();
    for entry in fs::read_dir(stories("bad")).unwrap() {
        reports.push_str(&fs::read_to_string(entry.unwrap().path().join("report.txt")).unwrap_or_default());
    }
    let missing: Vec<_> = taiyuan::story::Code::ALL
        .iter()
        .map(|code| code.as_str())
        .chain(LINTS.iter().map(|lint| lint.code))
        .filter(|code| !ELSEWHERE.contains(code) && !reports.contains(&format!("[{code}]")))
        .collect();
    assert!(missing.is_empty(), "no bad story earns {missing:?}");
}

#[test]
fn the_shipped_story_is_sound() {
    let report = examine(Sources::embedded());
    assert!(report.is_empty(), "{report}");
}

#[test]
fn check_says_no_faults_for_a_good_story() {
    let sources = whole(vec![(
        "one/yard.ron".to_owned(),
        "(scenes: {\"yard\": (text: \"A yard.\", ending: \"end\")}, endings: {\"end\": (title: \"E\", rank: 1)})"
            .to_owned(),
    )]);
    let mut out = Vec::new();
    write(&examine(sources), Form::Human { width: 80, colour: false }, &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "no faults\n");
}

#[test]
fn check_writes_one_json_document() {
    let sources = whole(vec![(
        "one/yard.ron".to_owned(),
        "(scenes: {\"yard\": (text: \"{grian}\", choices: [(id: \"go\", say: \"Go\", to: \"yrad\")])})".to_owned(),
    )]);
    let mut out = Vec::new();
    write(&examine(sources), Form::Json, &mut out).unwrap();
    let document: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(document["errors"], 2);
    assert_eq!(document["clean"], false);
    let finding = &document["findings"][1];
    assert_eq!(finding["code"], "E080");
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(1), Some(74)));
    assert_eq!(finding["file"], "one/yard.ron");
}

#[test]
fn a_file_past_the_limit_is_refused_and_the_rest_is_checked() {
    let large = format!("({})", " ".repeat(4 << 20));
    let report = Book::check(whole(vec![
        ("one/large.ron".to_owned(), large),
        ("one/yard.ron".to_owned(), "(scenes: {\"yard\": (then: \"yrad\"), \"x y\": (back: true)})".to_owned()),
    ]));
    let text = report.to_string();
    assert!(text.contains("error[E001]: the file has 4194306 bytes"), "{text}");
    assert!(text.contains("error[E030]: `x y` is not spelled like an id"), "{text}");
    assert!(!text.contains("E080"), "a scene may stand in the file that was not read: {text}");
}

#[test]
fn a_text_past_the_limit_is_refused() {
    let yard = format!(
        "(scenes: {{\"yard\": (text: \"{}\", ending: \"end\")}}, endings: {{\"end\": (title: \"E\", rank: 1)}})",
        "a".repeat(70_000)
    );
    let text = Book::check(whole(vec![("one/yard.ron".to_owned(), yard)])).to_string();
    assert!(text.contains("error[E038]: a text of 70000 bytes; 65536 are allowed"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.ron"), "(items: {})").unwrap();
    let story = tempfile::tempdir().unwrap();
    fs::write(story.path().join("story.ron"), "(story: (id: \"s\", title: \"S\", version: \"1\", chapters: []))")
        .unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.ron"), story.path().join("in.ron")).unwrap();
    let text = Book::check(Sources::folder(story.path()).unwrap()).to_string();
    assert!(text.contains("E001") && text.contains("a link that leads out of the story's folder"), "{text}");
}

#[test]
fn a_folder_deeper_than_the_limit_is_not_read() {
    let story = tempfile::tempdir().unwrap();
    let deep = story.path().join("a/b/c/d/e/f/g/h/i/j");
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("x.ron"), "()").unwrap();
    let text = Book::check(Sources::folder(story.path()).unwrap()).to_string();
    assert!(text.contains("nested too deep"), "{text}");
}

#[test]
fn a_file_that_is_almost_named_like_one_of_the_story_is_told() {
    let story = tempfile::tempdir().unwrap();
    fs::write(story.path().join("story.ron"), "(story: (id: \"s\", title: \"S\", version: \"1\", chapters: []))")
        .unwrap();
    for (name, told) in [
        ("gate.ron.txt", Some("gate.ron")),
        ("Yard.RON", Some("Yard.ron")),
        ("notes.txt", None),
        ("gate.ron~", None),
        ("gate.ron.bak", None),
    ] {
        fs::write(story.path().join(name), "(items: {})").unwrap();
        let text = Book::check(Sources::folder(story.path()).unwrap()).to_string();
        fs::remove_file(story.path().join(name)).unwrap();
        match told {
            Some(meant) => {
                assert!(text.contains("the name of a story file ends in `.ron`"), "{name}: {text}");
                assert!(text.contains(name) && text.contains(&format!("rename it `{meant}`")), "{name}: {text}");
            }
            None => assert_eq!(text, "", "{name}"),
        }
    }
}

#[test]
fn a_folder_of_stories_is_told_as_such_and_nothing_else() {
    let text = Book::check(Sources::folder(&stories("good")).unwrap()).to_string();
    assert!(text.contains("error[E034]") && text.contains("is no story: there is no `story.ron` in it"), "{text}");
    assert!(text.contains("below this one there are some in `") && text.contains("`every_feature`"), "{text}");
    assert!(text.ends_with("1 error\n"), "{text}");
}

#[test]
fn of_many_faults_the_first_hundred_are_shown_and_all_are_counted() {
    let scenes: String =
        (0..130).map(|n| format!("\"yard{n}\": (text: \"A yard.\", then: \"nowhere{n}\"),\n")).collect();
    let yard = format!("(scenes: {{\"yard\": (text: \"A yard.\", then: \"yard0\"), {scenes}}})");
    let text = Book::check(whole(vec![("one/yard.ron".to_owned(), yard)])).to_string();
    assert_eq!(text.matches("error[E080]").count(), 100, "{text}");
    assert!(text.ends_with("and 30 more, which are shown when some of these are mended\n130 errors\n"), "{text}");
}

#[test]
fn a_translation_takes_the_place_of_texts_and_changes_no_rule() {
    let book = Book::open(Sources::folder(&stories("good/every_feature")).unwrap()).unwrap();
    let french = Book::open_in(Sources::folder(&stories("good/every_feature")).unwrap(), Some("fr")).unwrap();
    let (ours, theirs) = (book.chapter("ford").unwrap(), french.chapter("ford").unwrap());
    assert_eq!(theirs.title, "Le gue");
    assert_eq!(french.world().title, "Tout une fois");
    assert_eq!(book.titles()[0].title, "The Ford");
    assert_eq!(ours.rules(), theirs.rules());
    assert_ne!(ours.prose(), theirs.prose());
    assert_ne!(ours.rules(), book.chapter("keep").unwrap().rules());
}

#[test]
fn prose_and_rules_have_hashes_of_their_own() {
    let yard = |text: &str, effect: &str| {
        let texts = vec![(
            "one/yard.ron".to_owned(),
            format!(
                "(scenes: {{\"yard\": (text: \"{text}\", enter: [\"{effect}\"], ending: \"end\")}}, \
                 vars: {{\"day\": Int(range: (0, 9))}}, endings: {{\"end\": (title: \"E\", rank: 1)}})"
            ),
        )];
        Book::open(whole(texts)).unwrap().chapter("one").unwrap()
    };
    let (first, prose, rule) = (yard("Snow.", "day = 1"), yard("Rain.", "day = 1"), yard("Snow.", "day = 2"));
    assert_eq!(first.rules(), prose.rules());
    assert_ne!(first.prose(), prose.prose());
    assert_ne!(first.rules(), rule.rules());
    assert_eq!(first.prose(), rule.prose());
}

#[test]
fn an_unknown_chapter_is_told_with_what_was_meant() {
    let book = Book::open(Sources::folder(&stories("good/every_feature")).unwrap()).unwrap();
    let text = book.chapter("frod").unwrap_err().to_string();
    assert!(text.contains("unknown chapter `frod`") && text.contains("ford"), "{text}");
}

#[test]
fn the_tests_of_the_story_with_every_feature_pass() {
    let book = Book::open(Sources::folder(&stories("good/every_feature")).unwrap()).unwrap();
    let (ran, failures) = taiyuan::workshop::test::run(&book.chapter("ford").unwrap());
    assert!(ran >= 2);
    assert!(failures.is_empty(), "{failures:#?}");
}
