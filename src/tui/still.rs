//! Texts that depend on no state: the note, credits, codex and chapter blurbs.

use crate::engine::render::{Para, Span, Style};
use crate::engine::text::{Inline, Text};

/// The paragraphs of a text; what would depend on a state is left out.
pub(crate) fn paras(text: &Text) -> Vec<Para> {
    told(text, false)
}

/// The same, for a reader who may have asked for the gentle telling.
pub(crate) fn told(text: &Text, gentle: bool) -> Vec<Para> {
    let para = |paragraph: &crate::engine::text::Paragraph| {
        let mut spans = Vec::new();
        add(&mut spans, &paragraph.inlines, Style::default(), gentle);
        Para { speaker: paragraph.speaker, spans }
    };
    text.paragraphs().iter().map(para).filter(|para| !para.spans.is_empty()).collect()
}

/// The words of a text on one line.
pub(crate) fn line(text: &Text) -> String {
    let words: Vec<String> = paras(text).iter().map(Para::plain).collect();
    words.join(" ").replace('\n', " ")
}

fn add(out: &mut Vec<Span>, inlines: &[Inline], style: Style, gentle: bool) {
    for inline in inlines {
        match inline {
            Inline::Plain(words) => out.push(Span { text: words.clone(), style }),
            Inline::Break => out.push(Span { text: "\n".to_owned(), style }),
            Inline::Emph(inner) => add(out, inner, Style { emph: true, ..style }, gentle),
            Inline::Strong(inner) => add(out, inner, Style { strong: true, ..style }, gentle),
            Inline::Link(entry, inner) => add(out, inner, Style { link: Some(*entry), ..style }, gentle),
            Inline::Gentle(mild, full) => add(out, if gentle { mild } else { full }, style, gentle),
            Inline::Group(group) => {
                if let Some(first) = group.alternatives.first() {
                    add(out, first, style, gentle);
                }
            }
            Inline::If(..) | Inline::Number(_) | Inline::Word(_) | Inline::Spell(..) | Inline::Level(_) => {}
        }
    }
}
