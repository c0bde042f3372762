//! New stories, chapters, scenes and items: sound as they stand, put where they belong, and nothing overwritten.

use std::fs;
use std::path::Path;

use taiyuan::story::{Book, Sources};
use taiyuan::workshop::new::{self, Plan};
use taiyuan::workshop::prove::{Budget, Proof, prove};
use taiyuan::workshop::walk::{Entry, Hand, Orders, walk};
use taiyuan::workshop::{fmt, test};

use crate::cli::run;

/// The texts of a story.
type Texts = Vec<(String, String)>;

fn folder(dir: &Path) -> Sources {
    Sources::folder(dir).unwrap()
}

fn texts(sources: &Sources) -> Texts {
    sources.files().iter().map(|file| (file.path.clone(), file.text.to_string())).collect()
}

/// Writes a plan; every chapter then loads, passes its tests and can be walked, and every new file is laid out.
fn written(dir: &Path, plan: &Plan) {
    plan.write(dir).unwrap();
    let sources = folder(dir);
    let report = Book::check(sources.clone());
    assert!(report.is_empty(), "{report}");
    let book = Book::open(sources.clone()).unwrap();
    for id in &book.world().order {
        let chapter = book.chapter(id).unwrap();
        let (_, failures) = test::run(&chapter);
        assert!(failures.is_empty(), "{failures:?}");
        let orders = Orders {
            start: chapter.start,
            given: Vec::new(),
            entry: Entry::Record,
            plays: 60,
            seed: 1,
            hand: Hand::Greedy,
        };
        let walked = walk(&chapter, &orders);
        assert!(walked.lost.is_empty() && walked.unseen.is_empty() && walked.untaken.is_empty(), "{walked:?}");
    }
    let chapters: Vec<_> = book.world().order.iter().map(|id| book.chapter(id).unwrap()).collect();
    let proofs = prove(&chapters, None, &Budget::default());
    assert!(proofs.iter().all(Proof::clean), "{proofs:?}");
    for (path, text) in texts(&sources) {
        assert_eq!(fmt::formatted(0, &text).unwrap(), text, "{path}");
    }
}

fn fresh(name: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join(name);
    written(&dir, &new::story(name, None).unwrap());
    (temp, dir)
}

#[test]
fn a_new_story_is_whole_and_grows_by_chapters_scenes_and_items() {
    let (_temp, dir) = fresh("River Night");
    let book = Book::open(folder(&dir)).unwrap();
    assert_eq!((book.world().id.as_str(), book.world().title.as_str()), ("river_night", "River Night"));
    assert!(!book.chapter("crossing").unwrap().tests.is_empty());
    written(&dir, &new::chapter(&folder(&dir), "winter").unwrap());
    written(&dir, &new::scene(&folder(&dir), "winter", "yard", "first", None).unwrap());
    written(&dir, &new::scene(&folder(&dir), "winter", "well", "yard", Some("places")).unwrap());
    written(&dir, &new::scene(&folder(&dir), "winter", "shed", "first", Some("places.ron")).unwrap());
    written(&dir, &new::item(&folder(&dir), "old_key", "winter", "well").unwrap());
    written(&dir, &new::item(&folder(&dir), "nail", "crossing", "ferry").unwrap());
    let book = Book::open(folder(&dir)).unwrap();
    assert_eq!(book.world().order, ["crossing", "winter"]);
    assert_eq!(
        book.world().items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(),
        ["a lamp", "a nail", "an old key"]
    );
}

#[test]
fn what_was_there_stays_to_the_last_comment_and_the_scene_stands_behind_its_door() {
    let (_temp, dir) = fresh("quay");
    let path = dir.join("crossing/chapter.ron");
    let before = fs::read_to_string(&path).unwrap();
    new::scene(&folder(&dir), "crossing", "jetty", "ferry", None).unwrap().write(&dir).unwrap();
    let after = fs::read_to_string(&path).unwrap();
    let mut rest = after.lines();
    assert!(before.lines().all(|line| rest.any(|other| other == line)), "a line is gone:\n{after}");
    let at = |id: &str| after.find(&format!("\"{id}\": (")).unwrap();
    assert!(at("ferry") < at("jetty") && at("jetty") < at("across"));
}

#[test]
fn a_scene_is_parted_from_others_as_they_are() {
    let (_temp, dir) = fresh("quay");
    let path = dir.join("crossing/chapter.ron");
    let text = fs::read_to_string(&path).unwrap().replace("        \"ferry\": (", "\n        \"ferry\": (");
    fs::write(&path, text).unwrap();
    new::scene(&folder(&dir), "crossing", "shore", "landing", None).unwrap().write(&dir).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("        ),\n\n        \"shore\": (") && text.contains("        ),\n\n        \"ferry\": ("),
        "{text}"
    );
}

#[test]
fn a_choice_finds_its_place_however_the_scene_is_written() {
    let ways = [
        ("no choices yet", r#""yard": (text: "A yard.", then: "gate"),"#),
        ("choices in one line", r#""yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate")]),"#),
        (
            "no comma at the end",
            "\"yard\": (\n text: \"A yard.\",\n choices: [\n (id: \"go\", say: \"Go\", to: \"gate\") // on\n ]\n ),",
        ),
        ("an id that is taken", r#""yard": (text: "A yard.", choices: [(id: "well", say: "Go", to: "gate")]),"#),
        ("text last", r#""yard": (then: "gate", text: "A yard."),"#),
    ];
    for (what, yard) in ways {
        let scenes = format!(
            "(scenes: {{ {yard} \"gate\": (text: \"A gate.\", ending: \"out\") }}, endings: {{\"out\": (title: \"Out\", rank: 1)}})"
        );
        let story: Texts = vec![
            ("story.ron".into(), "(story: (id: \"s\", title: \"S\", version: \"1\", chapters: [\"yard\"]))".into()),
            ("yard/chapter.ron".into(), "(chapter: (title: \"Yard\", start: \"yard\"))".into()),
            ("yard/scenes.ron".into(), scenes),
        ];
        let temp = tempfile::tempdir().unwrap();
        for (path, text) in &story {
            fs::create_dir_all(temp.path().join(path).parent().unwrap()).unwrap();
            fs::write(temp.path().join(path), text).unwrap();
        }
        new::scene(&folder(temp.path()), "yard", "well", "yard", None)
            .unwrap_or_else(|e| panic!("{what}: {e:?}"))
            .write(temp.path())
            .unwrap();
        new::item(&folder(temp.path()), "rope", "yard", "yard")
            .unwrap_or_else(|e| panic!("{what}: {e:?}"))
            .write(temp.path())
            .unwrap();
        let book = Book::open(folder(temp.path())).unwrap();
        let chapter = book.chapter("yard").unwrap();
        let yard = chapter.scene(chapter.find_scene("yard").unwrap());
        let offered: Vec<_> = yard.menu.iter().map(|ix| chapter.choice(*ix).key()).collect();
        assert!(offered.ends_with(&["take_rope", "use_rope"]), "{what}: {offered:?}");
    }
}

#[test]
fn nothing_is_overwritten_and_bad_names_are_told_why() {
    let (temp, dir) = fresh("quay");
    let before = texts(&folder(&dir));
    let shown = dir.to_str().unwrap();
    let a_file = dir.join("story.ron");
    let no_id = temp.path().join("12 34");
    let refused = [
        (vec!["new", "story", shown], "is not empty"),
        (vec!["new", "story", a_file.to_str().unwrap()], "cannot read"),
        (vec!["new", "story", no_id.to_str().unwrap()], "is no id"),
        (vec!["new", "chapter", "crossing", shown], "the chapter `crossing` is there already"),
        (vec!["new", "chapter", "world", shown], "the folder `world` is there already"),
        (vec!["new", "chapter", "words", shown], "the chapter `words` is there already"),
        (vec!["new", "chapter", "North-Gate", shown], "did you mean `north_gate`?"),
        (vec!["new", "chapter", "../out", shown], "is no id"),
        (vec!["new", "scene", "crossing/ferry", "--from", "landing", shown], "the scene `ferry` is there already"),
        (vec!["new", "scene", "crosing/well", "--from", "landing", shown], "did you mean `crossing`?"),
        (vec!["new", "scene", "crossing/well", "--from", "ferri", shown], "did you mean `ferry`?"),
        (vec!["new", "scene", "crossing/well", "--from", "across", shown], "`across` is an ending"),
        (vec!["new", "scene", "crossing/well", "--from", "ferry", "--file", "../x", shown], "is no name for a file"),
        (vec!["new", "scene", "well", "--from", "ferry", shown], "write the chapter as well"),
        (vec!["new", "item", "lamp", "--in", "crossing/ferry", shown], "the item `lamp` is there already"),
        (vec!["new", "item", "if", "--in", "crossing/home", shown], "is an ending"),
        (vec!["new", "item", "rope", "--in", "crossing/ferry", "/nowhere/at/all"], "cannot read"),
    ];
    for (args, why) in refused {
        let (code, out, err) = run(&args, "");
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(err.contains(why), "{args:?}: {err}");
    }
    assert_eq!(texts(&folder(&dir)), before);
    fs::write(dir.join("crossing/torn.ron"), "(scenes: {").unwrap();
    let (code, _, err) = run(&["new", "chapter", "winter", shown], "");
    assert!(code == 2 && err.contains("mend them first") && err.contains("crossing/torn.ron:1"), "{err}");
    assert!(!dir.join("winter").exists());
}

#[test]
fn what_was_written_is_told_with_its_line_and_what_to_run() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("a tale");
    let shown = dir.to_str().unwrap();
    let (code, out, _) = run(&["new", "story", shown], "");
    assert_eq!(code, 0);
    assert!(out.contains("crossing/chapter.ron  four scenes"), "{out}");
    assert!(out.contains(&format!("taiyuan check '{shown}'")), "{out}");
    let (_, out, _) = run(&["new", "scene", "crossing/jetty", "--from", "ferry", "--json", shown], "");
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    let text = fs::read_to_string(dir.join("crossing/chapter.ron")).unwrap();
    let holds = told["files"][0]["holds"].as_array().unwrap();
    for (row, words) in holds.iter().zip(["(id: \"jetty\"", "\"jetty\": ("]) {
        let line = usize::try_from(row[0].as_u64().unwrap()).unwrap();
        assert!(text.lines().nth(line - 1).unwrap().trim().starts_with(words), "{out}");
    }
}
