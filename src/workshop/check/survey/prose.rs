//! The words of texts.

use crate::engine::text::{Inline, Text};

/// Shows every piece of a text that is more than plain words to a visitor, pieces within pieces too.
pub(in crate::workshop::check) fn each<'t>(text: &'t Text, visit: &mut dyn FnMut(&'t Inline)) {
    text.tree().iter().for_each(|paragraph| inside(&paragraph.inlines, visit));
}

fn inside<'t>(inlines: &'t [Inline], visit: &mut dyn FnMut(&'t Inline)) {
    for inline in inlines {
        visit(inline);
        match inline {
            Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => inside(inner, visit),
            Inline::Group(group) => group.alternatives.iter().for_each(|inner| inside(inner, visit)),
            Inline::If(_, a, b) | Inline::Gentle(a, b) => {
                inside(a, visit);
                inside(b, visit);
            }
            Inline::Plain(_)
            | Inline::Break
            | Inline::Number(_)
            | Inline::Word(_)
            | Inline::Spell(..)
            | Inline::Level(_) => {}
        }
    }
}

/// Shows every run of plain words of a text to a visitor.
pub(in crate::workshop::check) fn each_plain<'t>(text: &'t Text, visit: &mut dyn FnMut(&'t str)) {
    if let Some(words) = text.plain() {
        return words.lines().for_each(visit);
    }
    each(text, &mut |inline| {
        if let Inline::Plain(words) = inline {
            visit(words);
        }
    });
}

/// Whether two bytes that follow one another are such. All are asked, without a branch: many at a time.
pub(in crate::workshop::check) fn any_pair(words: &str, such: impl Fn(u8, u8) -> bool) -> bool {
    let bytes = words.as_bytes();
    bytes.iter().zip(bytes.iter().skip(1)).fold(false, |any, (one, next)| any | such(*one, *next))
}

/// The first plain words of some pieces, to find them by.
pub(in crate::workshop::check) fn first_words(inlines: &[Inline]) -> Option<&str> {
    let mut found = None;
    inside(inlines, &mut |inline| {
        if let (None, Inline::Plain(words)) = (found, inline) {
            found = Some(words.trim()).filter(|words| !words.is_empty());
        }
    });
    found
}

/// The measure of a text with those alternatives of each group that measure most.
pub(in crate::workshop::check) fn longest(text: &Text, measure: &dyn Fn(&Inline) -> usize) -> usize {
    text.paragraphs().iter().map(|paragraph| most(&paragraph.inlines, measure)).sum()
}

fn most(inlines: &[Inline], measure: &dyn Fn(&Inline) -> usize) -> usize {
    let one = |inline: &Inline| match inline {
        Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => most(inner, measure),
        Inline::Group(group) => group.alternatives.iter().map(|inner| most(inner, measure)).max().unwrap_or(0),
        Inline::If(_, a, b) | Inline::Gentle(a, b) => most(a, measure).max(most(b, measure)),
        leaf => measure(leaf),
    };
    inlines.iter().map(one).sum()
}
