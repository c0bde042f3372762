//! The passage most like one that was sought.

use strsim::normalized_levenshtein;

use super::performance::Reading;

/// Below this, nothing is like it.
const LIKE: f64 = 0.6;

/// The words most like those sought, and where they were read.
pub(super) fn nearest<'r>(sought: &str, read: &'r [Reading]) -> Option<(&'r Reading, String)> {
    let wanted = sought.split_whitespace().count().max(1);
    let mut best: Option<(f64, &Reading, String)> = None;
    for reading in read {
        let words: Vec<&str> = reading.words.split_whitespace().collect();
        for window in words.windows(wanted.min(words.len().max(1))) {
            let window = window.join(" ");
            let like = normalized_levenshtein(&sought.to_lowercase(), &window.to_lowercase());
            if like > best.as_ref().map_or(LIKE, |(most, ..)| *most) {
                best = Some((like, reading, window));
            }
        }
    }
    best.map(|(_, reading, window)| (reading, window))
}
