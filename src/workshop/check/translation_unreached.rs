//! W024: a translation of a text that nobody reads.

use super::lint::{Lint, Look, Remarks};
use super::survey::Story;
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W024",
    severity: Severity::Warning,
    about: "a translation of a text that nobody reads",
    page: "The translated text belongs to a scene that no way leads to (see W001), so the work is lost until one does.",
    bad: r#"
// one/example.ron
(scenes: {"yard": (text: "A yard.", then: "gate"), "cellar": (text: "A cellar.", then: "gate")})
// words/fr.ron
(words: {"one/cellar": "Une cave."})"#,
    good: r#"
// one/example.ron
(scenes: {"yard": (text: "A yard.", then: "cellar"), "cellar": (text: "A cellar.", then: "gate")})
// words/fr.ron
(words: {
    "title": "Exemple", "one.title": "Une", "one/yard": "Une cour.", "one/cellar": "Une cave.", "one/gate": "Une porte.",
    "one/endings/out.title": "Dehors",
})"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    for (key, spot) in story.books.iter().flat_map(|book| book.translations()) {
        let Some((chapter, rest)) = key.split_once('/') else { continue };
        let Some(survey) = story.chapters.iter().find(|survey| survey.chapter.id == chapter) else { continue };
        let scene = rest.split(['#', '.']).next().unwrap_or(rest);
        let lost = survey.chapter.find_scene(scene).is_some_and(|ix| !survey.ways.reached[ix.at()]);
        if lost {
            remarks.add(spot, format!("nothing leads to the scene `{scene}` whose text this translates"));
        }
    }
}
