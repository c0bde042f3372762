//! The examples of the pages as whole stories.

use crate::story::Sources;

const MANIFEST: &str = r#"(story: (id: "example", title: "Example", version: "1", chapters: ["one"]))"#;
const CHAPTER: &str = r#"(chapter: (title: "One", start: "yard"))"#;
const YARD: &str = r#""yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate")]),"#;
const GATE: &str = r#""gate": (text: "A gate.", ending: "out"),"#;
const OUT: &str = r#"endings: {"out": (title: "Out", rank: 1)},"#;

/// The file that an example is, unless it says otherwise.
const FILE: &str = "one/example.ron";

/// An example as a whole story.
///
/// An example is what stands between the brackets of a file of the chapter `one`, or a whole file if it begins with one.
/// A line `// FILE` begins a file of its own. What an example leaves out is added: the manifest, the chapter's head, its
/// first scene `yard`, and `gate`, an ending.
#[must_use]
pub fn sources(example: &str) -> Sources {
    let mut files = files(example);
    let mut add = |path: &str, text: String| {
        if files.iter().all(|(have, _)| have != path) {
            files.push((path.to_owned(), text));
        }
    };
    add("story.ron", MANIFEST.to_owned());
    if !example.contains("chapter: (") {
        add("one/chapter.ron", CHAPTER.to_owned());
    }
    let missing = |id: &str| !example.contains(&format!("\"{id}\": ("));
    let scenes = [("yard", YARD), ("gate", GATE)].into_iter().filter(|(id, _)| missing(id)).map(|(_, scene)| scene);
    let ending = if missing("out") { OUT } else { "" };
    add("one/ground.ron", format!("(scenes: {{{}}}, {ending})", scenes.collect::<String>()));
    Sources::from_texts(files)
}

fn files(example: &str) -> Vec<(String, String)> {
    let example = example.trim_matches('\n');
    if !example.starts_with("// ") {
        let whole = if example.starts_with('(') { example.to_owned() } else { format!("(\n{example}\n)") };
        return vec![(FILE.to_owned(), whole)];
    }
    let mut files: Vec<(String, String)> = Vec::new();
    for line in example.lines() {
        match (line.strip_prefix("// ").filter(|path| path.ends_with(".ron")), files.last_mut()) {
            (Some(path), _) => files.push((path.to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    files
}
