//! The stories that `check` is measured on.

#[path = "../bench/seeded.rs"]
mod story;

use taiyuan::story::Sources;
use taiyuan::workshop::check::examine;

#[test]
fn a_seeded_story_is_clean_and_the_same_for_the_same_seed() {
    let texts = story::story(600, 7);
    assert_eq!(texts, story::story(600, 7));
    assert_ne!(texts, story::story(600, 8));
    let report = examine(Sources::from_texts(texts));
    assert!(report.is_empty(), "{report}");
}
