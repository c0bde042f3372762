//! W018: straight and curly quotes in one story.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Story, Told, prose, shared_texts};
use crate::story::Severity;

pub(super) const LINT: Lint = Lint {
    code: "W018",
    severity: Severity::Warning,
    about: "straight and curly quotes in one story",
    page: "Most texts of the story have the one sort of quotes or apostrophes and this one has the other. Either is fine; \
           both together look like a mistake. The rarer sort is told of.",
    bad: r##"
scenes: {
    "yard": (text: "@clerk: “Late,” he says.", then: "lane"),
    "lane": (text: r#"@clerk: "Late again," he says. "And wet.""#, then: "gate"),
    "gate": (text: r#"@clerk: "Well?" he says."#, ending: "out"),
},
people: {"clerk": (name: "the clerk")},"##,
    good: r##"
scenes: {
    "yard": (text: r#"@clerk: "Late," he says."#, then: "lane"),
    "lane": (text: r#"@clerk: "Late again," he says. "And wet.""#, then: "gate"),
    "gate": (text: r#"@clerk: "Well?" he says."#, ending: "out"),
},
people: {"clerk": (name: "the clerk")},"##,
    look: Look::Story(look),
};

/// Quotes and apostrophes: straight, curly.
const SORTS: [(&[char], &[char], &str); 2] = [(&['"'], &['“', '”'], "quotes"), (&['\''], &['‘', '’'], "apostrophes")];

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    let shared = shared_texts(story.written.world());
    let own =
        story.chapters.iter().enumerate().flat_map(|(at, chapter)| chapter.told.iter().map(move |told| (at, told)));
    let all: Vec<(usize, &Told<'_>)> = own.chain(shared.iter().map(|told| (0, told))).collect();
    for (straight, curly, what) in SORTS {
        let holding = |signs| all.iter().filter_map(|(at, told)| Some((*at, *told, holding(told, signs)?))).collect();
        let (straights, curlies): (Vec<_>, Vec<_>) = (holding(straight), holding(curly));
        let (rare, signs, here, elsewhere) = if curlies.len() <= straights.len() {
            (curlies, curly, "curly", "straight")
        } else {
            (straights, straight, "straight", "curly")
        };
        for (at, told, plain) in rare {
            remarks.chapter = at;
            let from = plain.find(signs).unwrap_or(0);
            let behind = plain[from..].char_indices().nth(1).map_or(plain.len(), |(len, _)| from + len);
            let word = plain[behind..].find(' ').map_or(plain.len(), |len| behind + len);
            remarks
                .add(told.holder.at(told.field).words(&plain[from..word]), format!("{here} {what}"))
                .label(format!("elsewhere {what} are {elsewhere}"));
        }
    }
}

/// The first words of a text with one of these signs.
fn holding<'t>(told: &Told<'t>, signs: &[char]) -> Option<&'t str> {
    let mut found = None;
    prose::each_plain(told.text, &mut |plain| found = found.or(plain.contains(signs).then_some(plain)));
    found
}
