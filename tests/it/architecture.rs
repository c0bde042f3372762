//! Who may import whom. A breach is named by file and line.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A layer, the layers it may use, and the crates beyond serde and thiserror it may name.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    ("engine", &[], &["rand", "sha2"]),
    ("story", &["engine"], &["ron", "annotate_snippets", "rayon", "rustc_hash", "strsim", "unicode_width", "sha2"]),
    ("embed", &["engine", "story"], &["miniz_oxide"]),
    ("saves", &["engine"], &["ron", "sha2", "crc32fast", "etcetera", "rustc_hash"]),
    ("speedrun", &["engine", "saves"], &["ron", "sha2", "quick_xml", "tungstenite"]),
    ("play", &["engine", "story", "saves", "speedrun"], &["getrandom", "notify"]),
    (
        "workshop",
        &["engine", "story", "saves", "speedrun"],
        &["libm", "rayon", "rustc_hash", "serde_json", "similar", "strsim", "textwrap", "unicode_width"],
    ),
    ("plain", &["engine", "story", "saves", "speedrun", "play"], &["textwrap"]),
    (
        "tui",
        &["engine", "story", "saves", "speedrun", "play"],
        &[
            "ratatui",
            "crossterm",
            "signal_hook",
            "textwrap",
            "unicode_width",
            "unicode_segmentation",
            "tui_big_text",
            "tui_input",
            "terminal_colorsaurus",
            "libm",
        ],
    ),
];

/// What a pure layer never names, with the files excepted.
const IMPURE: &[(&str, &[&str], &[&str])] = &[
    ("engine", &["std::fs", "std::io", "std::env", "std::thread", "std::time", "std::net", "HashMap", "HashSet"], &[]),
    ("story", &["std::env", "std::time", "std::net"], &[]),
    // Tables of ids that are only looked up in, by a hasher without a seed.
    ("story", &["HashMap", "HashSet"], &["story/names.rs", "story/shape.rs"]),
    ("story", &["std::fs", "std::thread"], &["story/source.rs"]),
    ("embed", &["std::fs", "std::env", "std::net", "std::thread", "std::time", "HashMap", "HashSet"], &[]),
    ("saves", &["std::env", "std::net", "std::thread", "Instant::now", "SystemTime::now"], &[]),
    ("saves", &["std::fs"], &["saves/store.rs", "saves/store/"]),
    ("speedrun", &["std::fs", "std::env", "Instant::now", "SystemTime::now", "HashMap", "HashSet"], &[]),
    ("speedrun", &["std::net", "std::thread"], &["speedrun/livesplit.rs", "speedrun/livesplit/", "speedrun/verify.rs"]),
    ("play", &["std::fs", "std::net", "ratatui", "crossterm"], &[]),
    ("play", &["std::thread"], &["play/keeper.rs", "play/watch.rs", "play/run/sync.rs"]),
];

fn rust_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// A layer's files, with their path below `src/` and their lines up to the unit tests.
fn files_of(layer: &str) -> Vec<(String, Vec<String>)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = vec![src.join(format!("{layer}.rs"))];
    rust_files(&src.join(layer), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let lines = text.lines().take_while(|l| l.trim() != "#[cfg(test)]").map(str::to_owned).collect();
        let name = path.strip_prefix(&src).ok()?.to_string_lossy().replace('\\', "/");
        Some((name, lines))
    };
    paths.into_iter().filter_map(read).collect()
}

fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or("")
}

/// The word after each `start` in a line.
fn words_after<'a>(line: &'a str, start: &str) -> Vec<&'a str> {
    let end = |rest: &'a str| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    line.match_indices(start).map(|(at, _)| end(&line[at + start.len()..])).collect()
}

#[test]
fn layers_import_only_what_the_table_allows() {
    let mut breaches = String::new();
    let crates: Vec<&str> = LAYERS.iter().flat_map(|(_, _, outside)| outside.iter().copied()).collect();
    for (layer, allowed, outside) in LAYERS {
        for (file, lines) in files_of(layer) {
            for (at, line) in lines.iter().enumerate() {
                for used in words_after(code(line), "crate::") {
                    let known = LAYERS.iter().any(|(name, _, _)| name == &used) || used == "cli";
                    if known && used != *layer && !allowed.contains(&used) {
                        let _ = writeln!(breaches, "src/{file}:{}: `{layer}` may not use `{used}`", at + 1);
                    }
                }
                for name in &crates {
                    let named = code(line).contains(&format!("{name}::"));
                    if named && !outside.contains(name) {
                        let _ = writeln!(breaches, "src/{file}:{}: `{layer}` may not use the crate `{name}`", at + 1);
                    }
                }
            }
        }
    }
    assert!(breaches.is_empty(), "\n{breaches}");
}

#[test]
fn pure_layers_name_nothing_impure() {
    let mut breaches = String::new();
    for (layer, words, excepted) in IMPURE {
        for (file, lines) in files_of(layer) {
            if excepted.iter().any(|e| file == *e || (e.ends_with('/') && file.starts_with(e))) {
                continue;
            }
            for (at, line) in lines.iter().enumerate() {
                for word in words.iter().filter(|w| code(line).contains(**w)) {
                    let _ = writeln!(breaches, "src/{file}:{}: `{layer}` may not name `{word}`", at + 1);
                }
            }
        }
    }
    assert!(breaches.is_empty(), "\n{breaches}");
}

#[test]
fn no_module_is_a_mod_rs() {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let strays: Vec<_> = files.iter().filter(|p| p.file_name().is_some_and(|n| n == "mod.rs")).collect();
    assert!(strays.is_empty(), "{strays:?}");
    assert!(files.len() > 10, "the walk over src found only {} files", files.len());
}

#[test]
fn every_dependency_has_a_reason_and_every_reason_a_dependency() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (_, after) = manifest.split_once("\n[dependencies]\n").unwrap();
    let lines = after.lines().take_while(|line| !line.starts_with('['));
    let mut named: Vec<&str> = lines.filter_map(|line| line.split_once(" = ").map(|(name, _)| name)).collect();
    named.sort_unstable();
    let reasons = fs::read_to_string(root.join("src/dependencies.md")).unwrap();
    let rows = reasons.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name));
    assert_eq!(rows.collect::<Vec<_>>(), named);
}
