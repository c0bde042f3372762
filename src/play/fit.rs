//! How well words answer a search.

/// A letter as it is searched for: small, without its marks.
fn folded(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'ü' | 'ú' | 'ù' | 'ū' | 'ǔ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ü' => 'u',
        'é' | 'è' | 'ê' | 'ē' | 'ě' | 'É' => 'e',
        'á' | 'à' | 'ā' | 'ǎ' | 'â' | 'ä' => 'a',
        'ó' | 'ò' | 'ō' | 'ǒ' | 'ö' => 'o',
        'í' | 'ì' | 'ī' | 'ǐ' => 'i',
        other => other,
    };
    plain.to_lowercase()
}

/// Words as they are searched for.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().flat_map(folded).collect()
}

/// Whether every word sought stands somewhere in a text; both folded.
#[must_use]
pub fn has_words(text: &str, sought: &str) -> bool {
    sought.split_whitespace().all(|word| text.contains(word))
}

/// How far a title is from what was typed, 0 the nearest; `None` if it does not answer at all. Both folded.
///
/// Nearest is the beginning of the title, then the beginning of a word, then anywhere, then the letters in order.
#[must_use]
pub fn distance(title: &str, typed: &str) -> Option<usize> {
    let typed = typed.trim();
    if typed.is_empty() || title.starts_with(typed) {
        return Some(0);
    }
    let at_word = title.match_indices(typed).any(|(at, _)| title[..at].ends_with(|c: char| !c.is_alphanumeric()));
    if at_word {
        return Some(1);
    }
    if title.contains(typed) {
        return Some(2);
    }
    if has_words(title, typed) {
        return Some(3);
    }
    let mut letters = title.chars().enumerate();
    let (mut gaps, mut last) = (0, None);
    for sought in typed.chars().filter(|c| !c.is_whitespace()) {
        let (at, _) = letters.find(|(_, c)| *c == sought)?;
        if last.is_some_and(|last| at > last + 1) {
            gaps += 1;
        }
        last = Some(at);
    }
    Some(4 + gaps)
}

#[cfg(test)]
mod tests {
    use super::{distance, fold, has_words};

    #[test]
    fn the_nearest_title_comes_first() {
        let titles = ["history", "the story so far", "restoring", "sit by the oriel, ay", "map"];
        let found: Vec<_> = titles.iter().map(|t| distance(t, "story")).collect();
        assert_eq!(found, [Some(2), Some(1), None, Some(7), None]);
        assert_eq!(distance("quick save", "save quick"), Some(3));
        assert_eq!(distance("anything", "  "), Some(0));
    }

    #[test]
    fn marks_and_capitals_do_not_hide_a_word() {
        assert_eq!(fold("Nüzhen, Yelü"), "nuzhen, yelu");
        assert!(has_words(&fold("The Liao and the Yelü clan"), &fold("yelu liao")));
        assert!(!has_words("liao", "liao song"));
    }
}
