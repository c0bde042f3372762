//! The prose of a chapter: every text by its place, with the conditions inside of it.

use super::by_path;
use super::rules::Rules;
use crate::engine::chapter::Chapter;
use crate::engine::text::{GroupKind, Inline, Text};

/// The hash of everything that is read.
pub(in crate::story) fn prose(chapter: &Chapter) -> [u8; 32] {
    let mut page = Page { rules: Rules::within(chapter, "prose 1") };
    page.chapter();
    page.rules.ink.dry()
}

struct Page<'c> {
    rules: Rules<'c>,
}

impl Page<'_> {
    fn chapter(&mut self) {
        let chapter = self.rules.chapter;
        self.label(&chapter.id);
        self.label(&chapter.title);
        self.text(&chapter.about);
        self.or_none(chapter.date.as_ref());
        for scene in chapter.scenes.iter() {
            self.label(&scene.id);
            self.or_none(scene.title.as_ref());
            self.or_none(scene.date.as_ref());
            self.text(&scene.text);
        }
        for choice in by_path(chapter) {
            self.label(&choice.path);
            self.text(&choice.say);
            self.text(choice.said.as_ref().unwrap_or(&Text::default()));
            self.or_none(choice.locked.as_ref());
        }
        for ending in &chapter.endings {
            self.label(&ending.id);
            self.label(&ending.title);
            self.text(&ending.text);
        }
        for achievement in &chapter.achievements {
            self.label(&achievement.id);
            self.label(&achievement.title);
            self.text(&achievement.text);
        }
        for milestone in &chapter.milestones {
            self.label(&milestone.title);
        }
    }

    fn label(&mut self, text: &str) {
        self.rules.ink.text(text);
    }

    fn or_none(&mut self, text: Option<&Text>) {
        self.rules.ink.flag(text.is_some());
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn text(&mut self, text: &Text) {
        if let Some(words) = text.plain() {
            self.rules.ink.count(words.lines().count());
            return words.lines().for_each(|line| self.plain(line));
        }
        self.rules.ink.count(text.tree().len());
        for paragraph in text.tree() {
            let speaker = paragraph.speaker.map(|ix| self.rules.chapter.world.person(ix).id.as_str());
            self.label(speaker.unwrap_or_default());
            self.inlines(&paragraph.inlines);
        }
    }

    /// A paragraph of words alone, that nobody speaks.
    fn plain(&mut self, words: &str) {
        self.label("");
        self.rules.ink.count(1);
        self.words(words);
    }

    fn words(&mut self, words: &str) {
        self.rules.ink.tag(64);
        self.label(words);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        self.rules.ink.count(inlines.len());
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let chapter = self.rules.chapter;
        match inline {
            Inline::Plain(text) => self.words(text),
            Inline::Break => self.rules.ink.tag(65),
            Inline::Emph(inner) => {
                self.rules.ink.tag(66);
                self.inlines(inner);
            }
            Inline::Strong(inner) => {
                self.rules.ink.tag(67);
                self.inlines(inner);
            }
            Inline::Link(entry, inner) => {
                self.rules.ink.tag(68);
                self.label(&chapter.world.entry(*entry).id);
                self.inlines(inner);
            }
            Inline::Number(expr) => {
                self.rules.ink.tag(69);
                self.rules.expr(expr);
            }
            Inline::Word(ix) => {
                self.rules.ink.tag(70);
                self.label(&chapter.var(*ix).id);
            }
            Inline::Spell(expr, capital) => {
                self.rules.ink.tag(71);
                self.rules.expr(expr);
                self.rules.ink.flag(*capital);
            }
            Inline::Level(ix) => {
                self.rules.ink.tag(72);
                self.label(&chapter.var(*ix).id);
            }
            Inline::Group(group) => {
                self.rules.ink.tag(73);
                self.rules.ink.tag(match group.kind {
                    GroupKind::Sequence => 1,
                    GroupKind::Cycle => 2,
                    GroupKind::Once => 3,
                    GroupKind::Shuffle => 4,
                    GroupKind::First => 5,
                });
                self.rules.ink.count(group.alternatives.len());
                for alternative in &group.alternatives {
                    self.inlines(alternative);
                }
            }
            Inline::If(cond, then, otherwise) => {
                self.rules.ink.tag(74);
                self.rules.cond(cond);
                self.inlines(then);
                self.inlines(otherwise);
            }
            Inline::Gentle(mild, full) => {
                self.rules.ink.tag(75);
                self.inlines(mild);
                self.inlines(full);
            }
        }
    }
}
