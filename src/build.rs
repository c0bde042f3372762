//! Puts the shipped story into the program: its files, and its chapters as the library itself checks and packs them.
#![allow(
    dead_code,
    missing_docs,
    unfulfilled_lint_expectations,
    unreachable_pub,
    unused_imports,
    reason = "these two layers are the library's own, and most of them is not called here"
)]

mod engine;
mod story;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use engine::pack::{self, Packed};
use miniz_oxide::deflate::compress_to_vec;
use story::{Book, Sources};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let folder = root.join("story");
    println!("cargo::rerun-if-changed=src/build.rs");
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();
    let mut texts = Vec::new();
    for file in &files {
        texts.push((name(&folder, file), fs::read_to_string(file)?));
    }
    let mut all = Vec::new();
    texts.pack(&mut all);
    fs::write(out.join("files"), compress_to_vec(&all, 10))?;
    let texts = texts.into_iter().map(|(path, text)| (path, Cow::Owned(text))).collect();
    packed(Sources::of("story", texts), &out)
}

/// Writes the world and the chapters. A story with faults is left out: the program reads its files and reports them.
fn packed(sources: Sources, out: &Path) -> io::Result<()> {
    let mut world = Vec::new();
    let mut table = String::from("&[\n");
    if let Ok(book) = Book::open(sources)
        && !book.load_all().has_errors()
    {
        world = pack::world(book.world());
        for chapter in book.world().order.iter().filter_map(|id| book.chapter(id).ok()) {
            let path = out.join(format!("chapter_{}", chapter.id));
            fs::write(&path, pack::chapter(&chapter))?;
            let _ = writeln!(table, "    ({:?}, include_bytes!({:?})),", chapter.id, path.display().to_string());
        }
    }
    table.push_str("]\n");
    fs::write(out.join("world"), world)?;
    fs::write(out.join("chapters.rs"), table)
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
