//! What a writer may have meant.

/// The nearest of some known names, if one is near enough.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let lower = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| {
            *distance <= allowed || (name.len() >= 4 && lower.len() >= 4 && is_part(&lower, name))
        })
        .min()
        .map(|(_, name)| name.to_owned())
}

/// What a field is called here that other tools, or other people, call by another name.
#[rustfmt::skip]
const ALSO: &[(&str, &str)] = &[
    ("action", "do"), ("actions", "do"), ("effect", "do"), ("effects", "do"), ("on_enter", "enter"),
    ("body", "text"), ("content", "text"), ("description", "text"), ("desc", "text"), ("prose", "text"),
    ("condition", "if"), ("cond", "if"), ("requires", "if"), ("when", "if"), ("default", "start"), ("initial", "start"),
    ("divert", "to"), ("goto", "to"), ("link", "to"), ("next", "to"), ("next", "then"), ("target", "to"), ("target", "then"),
    ("goto", "then"), ("to", "then"), ("end", "ending"), ("location", "at"), ("place", "at"), ("label", "say"),
    ("name", "title"), ("options", "choices"), ("reason", "locked"), ("sticky", "again"), ("repeat", "again"),
    ("text", "say"), ("response", "said"), ("result", "said"), ("comment", "note"), ("min", "range"), ("max", "range"),
];

/// The field that may be meant by a name that is none.
pub(crate) fn field(word: &str, known: &[String]) -> Option<String> {
    let is_known = |name: &str| known.iter().any(|known| known == name);
    let also = ALSO.iter().find(|(other, ours)| *other == word && is_known(ours)).map(|(_, ours)| (*ours).to_owned());
    also.or_else(|| closest(word, known.iter().map(String::as_str)))
}

/// Whether one is the other with something before or after it: `gate` and `north_gate`.
fn is_part(word: &str, name: &str) -> bool {
    name.ends_with(word) || name.starts_with(word) || word.ends_with(name) || word.starts_with(name)
}

/// An id as it may be written: `North-Gate 2` becomes `north_gate_2`.
pub(crate) fn as_id(word: &str) -> Option<String> {
    let mut id = String::new();
    for c in word.trim().chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' | '.' => id.push(c),
            'A'..='Z' => id.push(c.to_ascii_lowercase()),
            ' ' | '-' | '/' => id.push('_'),
            _ => {}
        }
    }
    let id = id.trim_start_matches(|c: char| !c.is_ascii_lowercase()).to_owned();
    (!id.is_empty() && id.len() <= 48).then_some(id)
}
