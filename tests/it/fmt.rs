//! The layout of story files: what it changes, and everything that it must not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use taiyuan::story::{Book, Sources};
use taiyuan::workshop::fmt::{WIDTH, formatted};

use crate::cli::run;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every story folder of the project that loads.
fn stories() -> Vec<PathBuf> {
    vec![
        root().join("story"),
        root().join("tests/stories/good/every_feature"),
        root().join("tests/stories/good/salt_ferry"),
        root().join("tests/screens/country"),
    ]
}

fn texts(dir: &Path) -> Vec<(String, String)> {
    let sources = Sources::folder(dir).unwrap();
    sources.files().iter().map(|file| (file.path.clone(), file.text.to_string())).collect()
}

/// Both hashes of every chapter, and the shared world.
fn meaning(texts: Vec<(String, String)>) -> BTreeMap<String, String> {
    let book = Book::open(Sources::from_texts(texts)).unwrap_or_else(|report| panic!("{report}"));
    let mut all = BTreeMap::from([("world".to_owned(), format!("{:?}", book.world()))]);
    for id in &book.world().order {
        let chapter = book.chapter(id).unwrap_or_else(|report| panic!("{report}"));
        all.insert(id.clone(), format!("{:?} {:?} {:?}", chapter.rules(), chapter.prose(), chapter.choices));
    }
    all
}

/// The pieces of a file, comments among them, without blanks and without the commas that may be left out.
fn pieces(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut rest = text.trim_start_matches('\u{feff}');
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if c.is_whitespace() || c == ',' => {
                rest = &rest[c.len_utf8()..];
                continue;
            }
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' => rest.find("*/").unwrap() + 2,
            'r' if rest.starts_with("r#") || rest.starts_with("r\"") => {
                let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
                let close = format!("\"{}", "#".repeat(hashes));
                let open = hashes + 2;
                open + rest[open..].find(&close).unwrap() + close.len()
            }
            '"' => {
                let mut escaped = false;
                let end = rest[1..].find(|c| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                });
                end.unwrap() + 2
            }
            c if "()[]{}:".contains(c) => 1,
            _ => rest.find(|c: char| c.is_whitespace() || "()[]{}:,\"/".contains(c)).unwrap_or(rest.len()),
        };
        all.push(rest[..length].trim_end().to_owned());
        rest = &rest[length..];
    }
    all
}

fn laid_out(text: &str) -> String {
    formatted(0, text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"))
}

/// The layout of a text, which is the layout of itself and holds the same pieces in the same order.
#[track_caller]
fn sound(text: &str, what: &str) -> String {
    let once = laid_out(text);
    let twice = laid_out(&once);
    let parts = once.lines().zip(twice.lines()).enumerate().find(|(_, (a, b))| a != b);
    assert!(twice == once, "{what}: not settled after one time: {parts:?}");
    assert!(pieces(&once) == pieces(text), "{what}: something was lost or moved");
    once
}

#[test]
fn every_file_that_ships_means_the_same_when_it_is_laid_out() {
    for dir in stories() {
        let before = texts(&dir);
        let after: Vec<_> = before.iter().map(|(path, text)| (path.clone(), sound(text, path))).collect();
        for (path, text) in &after {
            let strays =
                text.lines().filter(|line| line.ends_with(' ') && !line.trim().is_empty() && !line.contains('|'));
            assert_eq!(strays.collect::<Vec<_>>(), Vec::<&str>::new(), "{path}");
        }
        assert_eq!(meaning(before), meaning(after), "{}", dir.display());
    }
}

#[test]
fn what_it_does() {
    let rough = "// head\n\n\n(   // begins\n\n\tscenes : {\n  \"a\":( title:\"A\" , text: \"One.\"\n, choices:[\n(id: \"go\",say:\"Go\",\n    to :\"b\" )\n\n\n\n  // last\n], ),\n\"b\":(text: r#\"\n   kept\n     as it is\n\"#, ending:\"e\") /* b */ },\n vars: { \"n\" : Int( range:(0,9) ) , \"m\":Flag( ) },)  // tail";
    let neat = "// head\n\n(   // begins\n    scenes: {\n        \"a\": (title: \"A\", text: \"One.\",\n            choices: [\n                (id: \"go\", say: \"Go\",\n                 to: \"b\"),\n\n                // last\n            ]),\n        \"b\": (text: r#\"\n   kept\n     as it is\n\"#, ending: \"e\"), /* b */\n    },\n    vars: {\"n\": Int(range: (0, 9)), \"m\": Flag()},\n) // tail\n";
    let got = sound(rough, "rough");
    assert_eq!(got, neat, "{got}");
}

#[test]
fn lines_that_are_too_long_are_broken_between_fields_and_never_in_a_text() {
    let long = "word ".repeat(50);
    let text = format!(
        "(scenes: {{\"a\": (text: \"A.\", choices: [(id: \"x\", say: \"X\", said: \"{long}\", do: [\"n += 1\"], to: \"b\"), (id: \"y\", say: \"Y\")])}}, decks: {{}})"
    );
    let out = sound(&text, "long");
    let longest = out.lines().filter(|line| !line.contains("word word")).map(str::len).max().unwrap();
    assert!(longest <= WIDTH, "{out}");
    assert!(out.contains(&format!("\"{long}\",\n")), "{out}");
    assert!(out.contains("do: [\"n += 1\"], to: \"b\"),\n"), "{out}");
    let list = format!(
        "(was: (scenes: {{{}}}))",
        (0..40).map(|n| format!("\"old_{n}\": \"new_{n}\"")).collect::<Vec<_>>().join(",")
    );
    let out = sound(&list, "list");
    assert_eq!(out.lines().filter(|line| line.trim_start().starts_with("\"old_")).count(), 40, "{out}");
}

#[test]
fn a_comment_within_a_field_goes_before_it() {
    let out = laid_out("(scenes: {\"a\": (text: // why\n \"A.\", then /* where */ : \"b\")})");
    let at = |words: &str| out.find(words).unwrap_or_else(|| panic!("{out}"));
    assert!(at("// why") < at("text:") && at("text:") < at("/* where */") && at("/* where */") < at("then:"), "{out}");
    assert_eq!(laid_out(&out), out);
}

#[test]
fn line_ends_of_another_system_are_kept() {
    let out = laid_out("(\r\n  vars: {\r\n\"a\":Flag()\r\n}\r\n)\r\n");
    assert_eq!(out, "(\r\n    vars: {\r\n        \"a\": Flag(),\r\n    },\r\n)\r\n");
}

#[test]
fn no_broken_file_brings_it_down() {
    let mut tried = 0;
    for dir in fs::read_dir(root().join("tests/stories/bad")).unwrap() {
        let Ok(sources) = Sources::folder(&dir.unwrap().path()) else { continue };
        for file in sources.files() {
            tried += 1;
            if let Ok(once) = formatted(0, &file.text) {
                assert_eq!(formatted(0, &once).unwrap(), once, "{}", file.path);
            }
        }
    }
    assert!(tried > 60, "only {tried} broken files");
}

/// A file with other blanks, line ends and comments between its pieces.
fn shaken(text: &str, noise: &[u8]) -> String {
    let mut out = String::new();
    let mut noise = noise.iter().cycle();
    let list = pieces_and_commas(text);
    for (at, piece) in list.iter().enumerate() {
        out.push_str(piece);
        let next = list.get(at + 1).map_or("", String::as_str);
        let words = piece.ends_with(|c: char| c.is_alphanumeric()) && next.starts_with(|c: char| c.is_alphanumeric());
        let gap = match noise.next().unwrap() % 12 {
            0 => "\n",
            1 => "\n\n\n",
            2 => "  ",
            3 if piece == "," => " // one\n",
            4 if piece == "," || piece == "(" => "\n  // two\n",
            5 if piece == "[" || piece == "," => " /* three */ ",
            _ if words => " ",
            _ => "",
        };
        out.push_str(if piece.starts_with("//") { "\n" } else { gap });
    }
    out
}

/// The pieces of a file with all its commas.
fn pieces_and_commas(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = text;
    for piece in pieces(text) {
        let at = rest.find(&piece).unwrap();
        if rest[..at].contains(',') {
            all.push(",".to_owned());
        }
        rest = &rest[at + piece.len()..];
        all.push(piece);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn however_a_file_is_shaken_it_settles_at_once_and_loses_nothing(file in 0usize..400, noise in prop::collection::vec(any::<u8>(), 1..400)) {
        let all: Vec<_> = stories().iter().flat_map(|dir| texts(dir)).collect();
        let (path, text) = &all[file % all.len()];
        let shaken = shaken(text, &noise);
        sound(&shaken, path);
    }

    #[test]
    fn a_shaken_story_means_the_same(noise in prop::collection::vec(any::<u8>(), 1..400)) {
        let before = texts(&stories()[1]);
        let after = before.iter().map(|(path, text)| (path.clone(), laid_out(&shaken(text, &noise)))).collect();
        prop_assert_eq!(meaning(before), meaning(after));
    }
}

#[test]
fn the_command_lists_writes_and_leaves_broken_files_alone() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path();
    let put = |path: &str, text: &str| fs::write(dir.join(path), text).unwrap();
    let get = |path: &str| fs::read_to_string(dir.join(path)).unwrap();
    put("story.ron", "(story:(id:\"s\",title:\"S\",version:\"1\",chapters:[]))");
    put("rough.ron", "(items:{\n\"a\":(name:\"an a\")})\n");
    put("torn.ron", "(items: {\"b\": (name: \"a b\"\n)");
    put("neat.ron", "(items: {\"c\": (name: \"a c\")})\n");
    let shown = dir.to_str().unwrap();
    let (code, out, err) = run(&["fmt", "--check", shown], "");
    assert_eq!(code, 1);
    assert!(
        out.contains("would lay out") && out.contains("rough.ron:1  2 lines") && out.contains("4 files, 2 to lay out"),
        "{out}"
    );
    assert!(err.contains("torn.ron") && err.contains("left as they are"), "{err}");
    assert!(get("rough.ron").contains("\"a\":("), "--check has written");
    assert_eq!(run(&["fmt", shown], "").0, 1, "a file with faults is something found");
    assert_eq!(get("rough.ron"), "(items: {\n    \"a\": (name: \"an a\"),\n})\n");
    assert_eq!(get("torn.ron"), "(items: {\"b\": (name: \"a b\"\n)");
    fs::remove_file(dir.join("torn.ron")).unwrap();
    let (code, out, _) = run(&["fmt", "--check", "--json", shown], "");
    assert_eq!((code, out.contains("\"changed\": []")), (0, true), "{out}");
    assert_eq!(fs::read_dir(dir).unwrap().count(), 3, "something was left behind");
    put("rough.ron", "(items:{})");
    let one = dir.join("rough.ron");
    assert_eq!(run(&["fmt", one.to_str().unwrap()], "").0, 0);
    assert_eq!(get("rough.ron"), "(items: {})\n");
}

#[test]
fn what_is_no_story_is_not_touched() {
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().to_str().unwrap().to_owned();
    fs::write(temp.path().join("settings.ron"), "( a : 1 )").unwrap();
    fs::write(temp.path().join("notes.txt"), "( a : 1 )").unwrap();
    for (given, why) in [
        (dir.clone(), "no `story.ron`"),
        (format!("{dir}/notes.txt"), "does not end in `.ron`"),
        (format!("{dir}/gone"), "cannot read"),
    ] {
        let (code, out, err) = run(&["fmt", &given], "");
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(why), "{err}");
    }
    assert_eq!(fs::read_to_string(temp.path().join("settings.ron")).unwrap(), "( a : 1 )");
}
