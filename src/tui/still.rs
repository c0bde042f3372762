//! Texts that depend on no state: the note, credits, codex and chapter blurbs.

use crate::engine::render::{Para, Span, Style};
use crate::engine::text::{Inline, Text};

/// The paragraphs of a text; what would depend on a state is left out.
pub(crate) fn paras(text: &Text) -> Vec<Para> {
    let para = |paragraph: &crate::engine::text::Paragraph| {
        let mut spans = Vec::new();
        add(&mut spans, &paragraph.inlines, Style::default());
        Para { speaker: paragraph.speaker, spans }
    };
    text.paragraphs.iter().map(para).collect()
}

/// The words of a text on one line.
pub(crate) fn line(text: &Text) -> String {
    let words: Vec<String> = paras(text).iter().map(Para::plain).collect();
    words.join(" ").replace('\n', " ")
}

fn add(out: &mut Vec<Span>, inlines: &[Inline], style: Style) {
    for inline in inlines {
        match inline {
            Inline::Plain(words) => out.push(Span { text: words.clone(), style }),
            Inline::Break => out.push(Span { text: "\n".to_owned(), style }),
            Inline::Emph(inner) => add(out, inner, Style { emph: true, ..style }),
            Inline::Strong(inner) => add(out, inner, Style { strong: true, ..style }),
            Inline::Link(entry, inner) => add(out, inner, Style { link: Some(*entry), ..style }),
            _ => {}
        }
    }
}
