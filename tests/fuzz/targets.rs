//! What is fuzzed: a function for everything that reads what others wrote. `cargo fuzz` runs them for as long as it is
//! let (`tests/fuzz/README.md`), the tests for a moment.

#[cfg(feature = "tui")]
pub use crate::tui::fuzz::keys;
pub use crate::{
    plain::fuzz::plain,
    saves::fuzz::save,
    speedrun::fuzz::replay,
    story::fuzz::{expression, markup, shape, story},
};

use std::sync::{Arc, LazyLock};

use crate::engine::text::is_hidden;
use crate::play::{Desk, sitting::Chapters};
use crate::saves::Store;
use crate::story::{Book, Sources};

/// A story with everything in it, and where a saves folder can never be made.
const STORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories/good/every_feature");
const NOWHERE: &str = "/dev/null/saves";

static BOOK: LazyLock<Arc<Book>> = LazyLock::new(|| {
    let sources = Sources::folder(STORY.as_ref()).expect("the story is in the repository");
    Arc::new(Book::open(sources).expect("the story is good"))
});

/// The story that is played.
#[must_use]
pub fn book() -> &'static Arc<Book> {
    &BOOK
}

/// Its chapters.
#[must_use]
pub fn chapters() -> Chapters {
    Arc::new(|id| BOOK.chapter(id).ok())
}

/// A desk to play it at, which keeps nothing.
#[must_use]
pub fn desk() -> Desk {
    Desk::new(chapters(), &BOOK.world().id, Store::at(NOWHERE))
}

/// Falls over if a text would move a cursor or turn a line around.
pub fn is_harmless(text: &str) {
    let found = text.chars().find(|c| is_hidden(*c) || *c == '\r');
    assert_eq!(found, None, "{}", text.escape_debug());
}

#[cfg(test)]
#[path = "short.rs"]
mod short;
