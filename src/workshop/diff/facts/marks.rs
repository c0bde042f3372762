//! What of a text is not words: conditions, numbers, links, who speaks, and how groups move.

use super::Of;
use crate::engine::text::{GroupKind, Inline, Text};
use crate::workshop::written;

impl Of<'_> {
    /// The marks of a text, in its order.
    pub(super) fn marks(&self, text: Option<&Text>) -> Vec<String> {
        let mut marks = Vec::new();
        for paragraph in text.iter().flat_map(|text| text.tree()) {
            marks.extend(paragraph.speaker.map(|ix| format!("@{}", self.0.world.person(ix).id)));
            self.of_inlines(&paragraph.inlines, &mut marks);
        }
        marks
    }

    fn of_inlines(&self, inlines: &[Inline], marks: &mut Vec<String>) {
        for inline in inlines {
            match inline {
                Inline::Plain(_) | Inline::Break => {}
                Inline::Emph(inner) | Inline::Strong(inner) => self.of_inlines(inner, marks),
                Inline::Link(entry, inner) => {
                    marks.push(format!("link to {}", self.0.world.entry(*entry).id));
                    self.of_inlines(inner, marks);
                }
                Inline::Number(expr) => marks.push(format!("{{{}}}", written::number(self.0, expr))),
                Inline::Word(var) => marks.push(format!("{{{}}}", self.0.var(*var).id)),
                Inline::Spell(expr, _) => marks.push(format!("{{spell: {}}}", written::number(self.0, expr))),
                Inline::Level(var) => marks.push(format!("{{level: {}}}", self.0.var(*var).id)),
                Inline::Group(group) => {
                    let kind = match group.kind {
                        GroupKind::Sequence => "sequence",
                        GroupKind::Cycle => "cycle",
                        GroupKind::Once => "once",
                        GroupKind::Shuffle => "shuffle",
                        GroupKind::First => "first",
                    };
                    marks.push(format!("{kind} of {}", group.alternatives.len()));
                    group.alternatives.iter().for_each(|one| self.of_inlines(one, marks));
                }
                Inline::If(cond, then, otherwise) => {
                    marks.push(format!("if {}", self.cond(cond)));
                    self.of_inlines(then, marks);
                    self.of_inlines(otherwise, marks);
                }
                Inline::Gentle(mild, full) => {
                    marks.push("gentle".to_owned());
                    self.of_inlines(mild, marks);
                    self.of_inlines(full, marks);
                }
            }
        }
    }
}
