//! Words of prose as they are written: each alternative once.

use crate::engine::text::{Inline, Text};

/// Words of a text, each alternative once.
#[must_use]
pub fn words(text: &Text) -> usize {
    match text.plain() {
        Some(words) => words.split_whitespace().count(),
        None => text.tree().iter().map(|p| spelled(&p.inlines).split_whitespace().count()).sum(),
    }
}

/// A piece of prose, with a blank behind each alternative.
pub(in crate::workshop) fn spelled(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Plain(text) => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => out.push_str(&spelled(inner)),
            Inline::Number(_) | Inline::Word(_) | Inline::Spell(..) | Inline::Level(_) => out.push('x'),
            Inline::Group(group) => {
                for alternative in &group.alternatives {
                    out.push_str(&spelled(alternative));
                    out.push(' ');
                }
            }
            Inline::If(_, a, b) | Inline::Gentle(a, b) => {
                out.push_str(&spelled(a));
                out.push(' ');
                out.push_str(&spelled(b));
            }
        }
    }
    out
}
