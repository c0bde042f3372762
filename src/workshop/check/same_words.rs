//! W012: two choices with the same words.

use super::lint::{Lint, Look, Remarks};
use super::survey::{Home, Survey};
use crate::engine::chapter::Goes;
use crate::engine::id::ChoiceIx;
use crate::engine::text::Text;
use crate::story::Severity;
use crate::story::place::{Field, Holder};
use crate::workshop::range::{Atom, Decision, Fact, Ranges};

pub(super) const LINT: Lint = Lint {
    code: "W012",
    severity: Severity::Warning,
    about: "two choices of one menu with the same words",
    page: "A reader cannot tell them apart. Two choices with the same words are fine if their conditions keep them from \
           being there together, or if one of them only appears once the other is gone.",
    bad: r#"
scenes: {
    "yard": (text: "A yard with two gates.", choices: [
        (id: "north", say: "Go out by the gate", to: "gate"),
        (id: "south", say: "Go out by the gate", to: "gate"),
    ]),
},"#,
    good: r#"
scenes: {
    "yard": (text: "A yard with two gates.", choices: [
        (id: "north", say: "Go out by the north gate", to: "gate"),
        (id: "south", say: "Go out by the south gate", to: "gate"),
    ]),
},"#,
    look: Look::Chapter(look),
};

fn look(survey: &Survey<'_>, remarks: &mut Remarks) {
    let chapter = survey.chapter;
    let mut ranges = Ranges::new(chapter);
    for scene in chapter.scenes.iter() {
        menu(survey, &scene.menu, &mut ranges, remarks);
    }
    for (at, choice) in chapter.choices.iter().enumerate() {
        if let (Goes::Nested(nested, _), false) = (&choice.goes, survey.homes[at] == Home::Nowhere) {
            menu(survey, nested, &mut ranges, remarks);
        }
    }
}

fn menu(survey: &Survey<'_>, menu: &[ChoiceIx], ranges: &mut Ranges<'_>, remarks: &mut Remarks) {
    let said = |choice: &ChoiceIx| words(&survey.chapter.choice(*choice).say).map(|words| (words, *choice));
    let known: Vec<(&str, ChoiceIx)> = menu.iter().filter_map(said).collect();
    for (at, (words, choice)) in known.iter().enumerate() {
        let mut same = known[..at].iter().filter(|(before, _)| alike(before, words));
        if let Some((_, first)) = same.find(|(_, first)| together(survey, *first, *choice, ranges)) {
            remarks
                .add(Holder::Choice(*choice).at(Field::Text), "two choices of this menu have the same words")
                .see("the other one", Holder::Choice(*first).at(Field::Text));
        }
    }
}

/// Whether words are the same but for capitals.
fn alike(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || !(one.is_ascii() && other.is_ascii()) && one.to_lowercase() == other.to_lowercase()
}

/// Whether both can be on one page.
fn together(survey: &Survey<'_>, one: ChoiceIx, other: ChoiceIx, ranges: &mut Ranges<'_>) -> bool {
    let mut conds = Vec::new();
    let mut facts = Vec::new();
    for ix in [one, other] {
        let choice = survey.chapter.choice(ix);
        // A locked choice is shown while its condition does not hold.
        if choice.locked.is_none() {
            conds.extend(choice.when.as_deref().map(|when| (when, true)));
        }
        if !choice.again {
            facts.push(Fact(Atom::Taken(ix), 0, 0));
        }
    }
    conds.is_empty() || ranges.decide_all(&conds, &facts) != Decision::Never
}

/// The words of a choice that never change, without the sign at their end.
fn words(say: &Text) -> Option<&str> {
    let words = say.plain().filter(|words| !words.is_empty() && !words.contains('\n'))?;
    Some(words.trim_end_matches(['.', '!', '?']))
}
