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
const SORTS: [(char, [char; 2], &str); 2] = [('"', ['“', '”'], "quotes"), ('\'', ['‘', '’'], "apostrophes")];

/// Words that hold a sign, with the chapter and the text they are in.
type Holding<'a, 't> = Vec<(usize, &'a Told<'t>, &'t str)>;

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    let shared = shared_texts(story.written.world());
    let own =
        story.chapters.iter().enumerate().flat_map(|(at, chapter)| chapter.told.iter().map(move |told| (at, told)));
    let mut straights: [Holding<'_, '_>; 2] = Default::default();
    let mut curlies: [Holding<'_, '_>; 2] = Default::default();
    for (at, told) in own.chain(shared.iter().map(|told| (0, told))) {
        prose::each_plain(told.text, &mut |plain| {
            let ascii = plain.is_ascii();
            for (sort, (straight, curly, _)) in SORTS.iter().enumerate() {
                if plain.contains(*straight) {
                    straights[sort].push((at, told, plain));
                }
                if !ascii && plain.contains(*curly) {
                    curlies[sort].push((at, told, plain));
                }
            }
        });
    }
    for ((straights, curlies), (straight, curly, what)) in straights.into_iter().zip(curlies).zip(SORTS) {
        let (rare, here, elsewhere) = if curlies.len() <= straights.len() {
            (curlies, "curly", "straight")
        } else {
            (straights, "straight", "curly")
        };
        for (at, told, plain) in rare {
            remarks.chapter = at;
            let sign = if here == "curly" { plain.find(curly) } else { plain.find(straight) };
            let from = sign.unwrap_or(0);
            let behind = plain[from..].char_indices().nth(1).map_or(plain.len(), |(len, _)| from + len);
            let word = plain[behind..].find(' ').map_or(plain.len(), |len| behind + len);
            remarks
                .add(told.holder.at(told.field).words(&plain[from..word]), format!("{here} {what}"))
                .label(format!("elsewhere {what} are {elsewhere}"));
        }
    }
}
