//! The guide's examples: every block of RON in it is loaded, and the story tests written in it are run.
//!
//! A comment before each block says what it is part of. The blocks of one section are one story: a chapter `yard` with
//! the scenes `yard` and `gate` in it, unless the section writes its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use taiyuan::story::{Book, Code, Sources};
use taiyuan::workshop::check::LINTS;
use taiyuan::workshop::test::run;

const MANIFEST: &str = "(story: (id: \"guide\", title: \"Guide\", version: \"1\", chapters: [\"yard\"]))";
const CHAPTER: &str = "(chapter: (title: \"Yard\", start: \"yard\"))";
const GROUND: &str = "(
    scenes: {
        \"yard\": (text: \"A yard.\", choices: [(id: \"go\", say: \"Go\", again: true, to: \"gate\")]),
        \"gate\": (text: \"A gate.\", ending: \"out\"),
    },
    endings: {\"out\": (title: \"Out\", rank: 1)},
)";

fn guide() -> String {
    page("story/README.md")
}

fn page(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// An example.
struct Block {
    /// The heading it stands under.
    section: String,
    line: usize,
    /// What the comment before it says.
    place: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let (mut section, mut place) = (String::new(), String::new());
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut section);
        } else if let Some(comment) = line.strip_prefix("<!-- ") {
            comment.trim_end_matches(" -->").clone_into(&mut place);
        } else if line.starts_with("```ron") {
            let text: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            let place = std::mem::take(&mut place);
            found.push(Block { section: section.clone(), line: at + 1, place, text: text.join("\n") });
        }
    }
    found
}

impl Block {
    /// The file it makes in a small story.
    fn file(&self) -> (String, String) {
        let (line, text) = (self.line, &self.text);
        let own = format!("yard/line_{line}.ron");
        match self.place.split_once(": ") {
            Some(("file", path)) => (path.to_owned(), text.clone()),
            Some(("in", "chapter")) => (own, format!("(\n{text}\n)")),
            Some(("in", "world")) => (format!("world/line_{line}.ron"), format!("(\n{text}\n)")),
            Some(("in", "scenes")) => (own, format!("(scenes: {{\n{text}\n}})")),
            _ => panic!("line {line}: no comment says where this example belongs, or one that is not known"),
        }
    }
}

/// Loads a story without a diagnostic and runs all its tests; answers how many there were.
fn sound(texts: BTreeMap<String, String>, what: &str) -> usize {
    let texts: Vec<(String, String)> = texts.into_iter().collect();
    let report = Book::check(Sources::from_texts(texts.clone()));
    assert!(report.is_empty(), "{what}:\n{report}");
    let book = Book::open(Sources::from_texts(texts)).unwrap();
    let mut count = 0;
    for id in &book.world().order {
        let (ran, failures) = run(&book.chapter(id).unwrap());
        assert!(failures.is_empty(), "{what}: {failures:#?}");
        count += ran;
    }
    count
}

#[test]
fn every_example_of_the_guide_loads_and_its_tests_pass() {
    let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for block in blocks(&guide()).iter().filter(|block| !block.place.starts_with("ledger: ")) {
        let (path, text) = block.file();
        let twice = sections.entry(block.section.clone()).or_default().insert(path, text);
        assert!(twice.is_none(), "line {}: two examples of a section are the same file", block.line);
    }
    assert!(sections.len() >= 15, "only {} sections have examples", sections.len());
    let mut ran = 0;
    for (section, mut texts) in sections {
        texts.entry("story.ron".to_owned()).or_insert_with(|| MANIFEST.to_owned());
        if texts["story.ron"].contains("\"yard\"") {
            texts.entry("yard/chapter.ron".to_owned()).or_insert_with(|| CHAPTER.to_owned());
            texts.insert("yard/ground.ron".to_owned(), GROUND.to_owned());
        }
        ran += sound(texts, &section);
    }
    assert!(ran >= 30, "only {ran} tests are written in the guide");
}

/// The shipped story with the examples of a page that are written for The Ledger.
fn ledger(page: &str) -> BTreeMap<String, String> {
    let sources = Sources::embedded();
    let mut texts: BTreeMap<String, String> =
        sources.files().iter().map(|f| (f.path.clone(), f.text.to_string())).collect();
    let before = texts.len();
    for block in blocks(page) {
        match block.place.strip_prefix("ledger: ") {
            Some("choices of room") => {
                let file = texts.get_mut("siege/prologue.ron").unwrap();
                let room = file.find("\"room\": (").unwrap();
                let choices = room + file[room..].find("choices: [").unwrap() + "choices: [".len();
                file.insert_str(choices, &format!("\n{}", block.text));
            }
            Some(path) => {
                texts.insert(path.to_owned(), block.text);
            }
            None => {}
        }
    }
    assert!(texts.len() > before, "no example for The Ledger");
    texts
}

#[test]
fn the_first_branch_of_the_guide_can_be_added_to_the_ledger() {
    let shipped: usize = {
        let book = Book::shipped().unwrap();
        book.world().order.iter().map(|id| book.chapter(id).unwrap().tests.len()).sum()
    };
    assert_eq!(sound(ledger(&guide()), "The Ledger with the first branch"), shipped + 2);
}

#[test]
fn the_branch_of_the_readme_can_be_added_to_the_ledger() {
    sound(ledger(&page("README.md")), "The Ledger with the ferry");
}

#[test]
fn the_report_in_the_guide_is_what_check_says() {
    let mut texts = ledger(&guide());
    let branch = texts.get_mut("siege/stable.ron").unwrap();
    *branch = branch.replace("give(cart_tally)", "give(cart_taly)");
    let report = Book::check(Sources::from_texts(texts.into_iter().collect())).render(100, false);
    let page = guide();
    let shown = page.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let shown = shown.replace("story/siege", "siege");
    assert!(report.starts_with(&shown), "the guide shows\n{shown}\ncheck says\n{report}");
}

#[test]
fn the_guide_explains_every_code_once_and_no_other() {
    let page = guide();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| E")?.split_once(" | "));
    let told: Vec<String> = rows.map(|(number, _)| format!("E{number}")).collect();
    let mut all: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    all.sort_unstable();
    assert_eq!(told, all);
    let rows = page.lines().filter_map(|line| line.strip_prefix("| W")?.split_once(" | "));
    let told: Vec<String> =
        rows.map(|(number, about)| format!("W{number} | {}", about.trim_end_matches(" |"))).collect();
    let all: Vec<String> = LINTS.iter().map(|lint| format!("{} | {}", lint.code, lint.about)).collect();
    assert_eq!(told, all);
}

#[test]
fn every_link_within_the_guide_leads_to_a_heading() {
    let anchor = |heading: &str| -> String {
        let kept = heading.to_lowercase();
        kept.chars().filter(|c| c.is_alphanumeric() || *c == ' ').map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    let page = guide();
    let headings: BTreeSet<String> = page.lines().filter_map(|l| l.strip_prefix("## ")).map(anchor).collect();
    let links: Vec<&str> = page.split("](#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.len() > 10);
    for link in links {
        assert!(headings.contains(link), "no heading for #{link}");
    }
}
