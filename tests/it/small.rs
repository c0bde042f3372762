//! Stories of one chapter, `one`, written for a test.

use std::path::Path;
use std::sync::Arc;

use taiyuan::engine::Chapter;
use taiyuan::story::{Book, Sources};
use tempfile::TempDir;

/// A folder with a story of these sections; its first scene is `start`.
pub(crate) fn folder(sections: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("one")).unwrap();
    let chapter = format!("(chapter: (title: \"One\", start: \"start\"),\n{sections})");
    std::fs::write(dir.path().join("one/one.ron"), chapter).unwrap();
    let manifest = "(story: (id: \"small\", title: \"Small\", version: \"1\", chapters: [\"one\"]))";
    std::fs::write(dir.path().join("story.ron"), manifest).unwrap();
    dir
}

/// The chapter of a folder.
pub(crate) fn read(dir: &Path) -> Arc<Chapter> {
    let book = Book::open(Sources::folder(dir).unwrap()).unwrap_or_else(|report| panic!("{report}"));
    book.chapter("one").unwrap_or_else(|report| panic!("{report}"))
}

/// A chapter of these sections.
pub(crate) fn chapter(sections: &str) -> Arc<Chapter> {
    read(folder(sections).path())
}
