//! Lists the shipped story's files, so that the library can hold them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let story = root.join("story");
    println!("cargo::rerun-if-changed=src/embed/build.rs");
    let mut files = Vec::new();
    collect(&story, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in &files {
        let name = name(&story, file);
        let path = file.display().to_string();
        let _ = writeln!(table, "    ({name:?}, include_str!({path:?})),");
    }
    table.push_str("]\n");
    fs::write(out.join("shipped.rs"), table)
}

/// Finds the story files under a folder; Cargo is told of every folder, so that a new file is seen.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "ron") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}

/// A file's path under the story folder, with forward slashes.
fn name(story: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(story).unwrap_or(file);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
