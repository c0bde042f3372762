//! One save of every format ever released: each must go on loading for as long as the game lives.

use std::path::Path;

use taiyuan::saves::{How, Slot, Store, load};
use taiyuan::story::{Book, Sources};

#[test]
fn a_save_of_every_format_still_loads_where_it_was() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources::folder(&root.join("tests/stories/good/every_feature")).unwrap();
    let book = Book::open(sources).unwrap_or_else(|report| panic!("{}", report.render(100, false)));
    let mut found = 0;
    for entry in std::fs::read_dir(root.join("tests/saves")).unwrap() {
        let path = entry.unwrap().path();
        let dir = tempfile::tempdir().unwrap();
        let store = Store::at(dir.path());
        let slot: Slot = "old".parse().unwrap();
        let opened = store.import(&path, &slot).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let loaded = load(opened.save, &|id| book.chapter(id).ok()).unwrap();
        // The story beside it may be edited; what was played must never be lost by it.
        assert!(matches!(loaded.how, How::Same | How::Replayed | How::Moved), "{}: {}", path.display(), loaded.how);
        assert_eq!(loaded.state.turn, 3, "{}", path.display());
        found += 1;
    }
    assert!(found >= 1, "no save of a released format is kept");
}
