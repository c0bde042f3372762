//! W023: texts that a translation leaves as they are.

use std::collections::BTreeSet;

use super::lint::{Lint, Look, Remarks};
use super::survey::Story;
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W023",
    severity: Severity::Note,
    about: "texts that a translation leaves as they are",
    page: "A translation is a second set of texts; what it does not hold is shown as it was written. This note says how \
           much of the story is translated, and names the first texts that are not. It is never counted as a warning.",
    bad: r#"
// words/fr.ron
(words: {"one/yard": "Une cour."})"#,
    good: r#"
// words/fr.ron
(words: {
    "title": "Exemple", "one.title": "Une", "one/yard": "Une cour.", "one/yard#go": "Aller", "one/gate": "Une porte.",
    "one/endings/out.title": "Dehors",
})"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    if story.books.iter().all(|book| book.language().is_none()) {
        return;
    }
    let all: BTreeSet<String> = story.written.text_keys().into_iter().collect();
    for book in story.books {
        let Some(language) = book.language() else { continue };
        let translated = book.translations();
        let Some((_, first)) = translated.first() else { continue };
        let have: BTreeSet<&str> = translated.iter().map(|(key, _)| key.as_str()).collect();
        let missing: Vec<&str> = all.iter().map(String::as_str).filter(|key| !have.contains(key)).collect();
        let named = missing.iter().take(5).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let more = if missing.len() > 5 { " …" } else { "" };
        if !missing.is_empty() {
            let title = format!("`{language}` leaves {} of {} texts as they are", missing.len(), all.len());
            remarks.add(*first, title).help(format!("not translated: {named}{more}"));
        }
    }
}
