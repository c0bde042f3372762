//! Replays.

use std::sync::Arc;

use super::follow::follow;
use super::verify::judge;
use super::{Category, Replay};
use crate::fuzz::chapters;

/// A file as it is, judged; and played again whatever its seals say.
pub fn replay(data: &[u8]) {
    let chapters: Vec<_> = ["ford", "keep"].into_iter().filter_map(|id| chapters()(id)).collect();
    let judged = judge(data, &chapters);
    let _ = judged.verdict.to_string();
    let Ok(replay) = Replay::read(data) else { return };
    if let Ok(again) = replay.write() {
        let again = Replay::read(again.as_bytes());
        assert_eq!(again.as_ref(), Ok(&replay));
    }
    for category in chapters.iter().flat_map(|chapter: &Arc<_>| Category::all(chapter)) {
        let _ = follow(&category, &replay);
    }
}
