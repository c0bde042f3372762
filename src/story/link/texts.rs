//! Prose: markup into checked text, with snippets written in where they are used.

use std::borrow::Cow;
use std::fmt::Arguments;

use super::scope::Scope;
use super::value::Typed;
use crate::engine::id::{CodexIx, PersonIx, VarIx};
use crate::engine::text::{Group, Inline, Paragraph, Text};
use crate::story::desk::Written;
use crate::story::diagnostic::Spot;
use crate::story::expression::{Ast, Reference};
use crate::story::fault::Fault;
use crate::story::markup::{Block, Head, Para, Piece, as_it_stands, prose};
use crate::story::names::{Found, Kind};
use crate::story::raw::Str;

/// The most bytes a text may have.
const MOST_BYTES: usize = 64 << 10;

/// The most snippets that one text may use, those of its snippets counted in.
const MOST_SNIPPETS: usize = 200;

/// A text while it is being read.
struct Pen<'p, 's> {
    key: Arguments<'p>,
    groups: usize,
    /// Snippets that are being written in, outermost first.
    using: Vec<&'s str>,
    /// How many snippets have been written in.
    used: usize,
}

impl<'s> Scope<'_, 's> {
    /// A text that may be absent.
    pub(in crate::story) fn text_or_none(
        &self,
        key: Arguments<'_>,
        text: Option<&Str<'s>>,
        entry: Spot,
    ) -> Option<Text> {
        text.map(|text| self.text(key, text, entry))
    }

    /// A text; a translation of its key takes its place.
    pub(in crate::story) fn text(&self, key: Arguments<'_>, text: &Str<'s>, entry: Spot) -> Text {
        let written = self.worded(key, Written { text, entry });
        self.as_it_stands(written).unwrap_or_else(|| {
            let mut pen = Pen { key, groups: 0, using: Vec::new(), used: 0 };
            self.paragraphs(written, &mut pen).into()
        })
    }

    /// What is written under a key: its translation, if there is one. The key is noted where keys are wanted.
    fn worded<'w>(&'w self, key: Arguments<'_>, written: Written<'w, 's>) -> Written<'w, 's> {
        let Some(keys) = &self.keys else { return written };
        let key = key.to_string();
        let found = self.words.find(&key).unwrap_or(written);
        keys.borrow_mut().push(key);
        found
    }

    /// A text without markup on one line of its file: it stays where it stands.
    fn as_it_stands(&self, written: Written<'_, 's>) -> Option<Text> {
        let Cow::Borrowed(text) = written.text.0 else { return None };
        let words = as_it_stands(text).filter(|_| text.len() <= MOST_BYTES)?;
        let at = self.desk.sources.find(written.entry.file, words)?;
        Text::part(&self.desk.sources.files().get(at.file)?.text, at.start, at.end)
    }

    /// Words without markup: a name, a title.
    pub(in crate::story) fn label(&self, key: Arguments<'_>, text: &Str<'s>, entry: Spot) -> String {
        let written = self.worded(key, Written { text, entry });
        self.without_tabs(written);
        written.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Refuses tabs that came in through escapes.
    fn without_tabs(&self, written: Written<'_, 's>) {
        if let Cow::Owned(text) = &written.text.0 {
            for (at, c) in text.char_indices() {
                if c == '\t' {
                    self.desk.inside(Fault::Tab, written, at..at + 1);
                }
            }
        }
    }

    fn paragraphs(&self, written: Written<'_, 's>, pen: &mut Pen<'_, 's>) -> Vec<Paragraph> {
        if written.text.len() > MOST_BYTES {
            self.desk.about(Fault::TextTooLong { most: MOST_BYTES, found: written.text.len() }, written);
            return Vec::new();
        }
        self.without_tabs(written);
        let (prose, misread) = prose(written.text);
        for mut misread in misread {
            if let Fault::UnknownHead { head, meant: meant @ None } = &mut misread.fault {
                *meant = self.question_about(head);
            }
            self.desk.misread(misread, written);
        }
        let mut paragraphs = Vec::with_capacity(prose.blocks.len());
        self.blocks(prose.blocks, written, pen, &mut paragraphs);
        paragraphs
    }

    /// The head of a group that asks about this name, if it stands for something that can be asked about.
    fn question_about(&self, name: &str) -> Option<String> {
        match self.name(name) {
            Typed::Flag(_) => Some(format!("if {name}")),
            Typed::Number(_) => Some(format!("if {name} > 0")),
            Typed::Word(var) => Some(format!("if {name} == {}", self.vars[var.at()].written(0))),
            Typed::Bare(_) | Typed::Bad => None,
        }
    }

    fn blocks(&self, blocks: Vec<Block>, written: Written<'_, 's>, pen: &mut Pen<'_, 's>, out: &mut Vec<Paragraph>) {
        for block in blocks {
            match block {
                Block::Para(para) => self.paragraph(para, written, pen, out),
                Block::Group(head, alternatives) => self.block_group(&head, alternatives, written, pen, out),
            }
        }
    }

    fn paragraph(&self, para: Para, written: Written<'_, 's>, pen: &mut Pen<'_, 's>, out: &mut Vec<Paragraph>) {
        let speaker = para.speaker.and_then(|r| self.reference(Kind::Person, &r, written)).map(PersonIx::from);
        // A snippet of several paragraphs keeps them where it stands alone.
        if let ([Piece::Use(reference)], None) = (para.pieces.as_slice(), speaker) {
            out.extend(self.snippet(reference, written, pen).unwrap_or_default());
            return;
        }
        let inlines = self.inner(para.pieces, written, pen);
        out.push(Paragraph { speaker, inlines });
    }

    /// Every paragraph of every alternative becomes one that is empty unless its alternative is the one to show.
    fn block_group(
        &self,
        head: &Head,
        alternatives: Vec<Vec<Block>>,
        written: Written<'_, 's>,
        pen: &mut Pen<'_, 's>,
        out: &mut Vec<Paragraph>,
    ) {
        let key = format!("{}:{}", pen.key, pen.groups);
        pen.groups += usize::from(matches!(head, Head::Turns(_)));
        let cond = match head {
            Head::If(ast) => match self.flag(ast, written) {
                Some(cond) => Some(cond),
                None => return,
            },
            _ => None,
        };
        let count = alternatives.len().max(2);
        for (at, blocks) in alternatives.into_iter().enumerate() {
            let mut paragraphs = Vec::new();
            self.blocks(blocks, written, pen, &mut paragraphs);
            for Paragraph { speaker, inlines } in paragraphs {
                let only = |inlines| {
                    let mut slots = vec![Vec::new(); count];
                    slots[at] = inlines;
                    slots
                };
                let inline = match (head, &cond) {
                    (Head::Turns(kind), _) => {
                        Inline::Group(Group { kind: *kind, key: key.clone(), alternatives: only(inlines) })
                    }
                    (Head::If(_), Some(cond)) => match at {
                        0 => Inline::If(cond.clone(), inlines, Vec::new()),
                        _ => Inline::If(cond.clone(), Vec::new(), inlines),
                    },
                    _ => match at {
                        0 => Inline::Gentle(inlines, Vec::new()),
                        _ => Inline::Gentle(Vec::new(), inlines),
                    },
                };
                out.push(Paragraph { speaker, inlines: vec![inline] });
            }
        }
    }

    fn inner(&self, pieces: Vec<Piece>, written: Written<'_, 's>, pen: &mut Pen<'_, 's>) -> Vec<Inline> {
        let mut out = Vec::new();
        self.pieces(pieces, written, pen, &mut out);
        out
    }

    fn pieces(&self, pieces: Vec<Piece>, written: Written<'_, 's>, pen: &mut Pen<'_, 's>, out: &mut Vec<Inline>) {
        for piece in pieces {
            match piece {
                Piece::Plain(text) => match out.last_mut() {
                    Some(Inline::Plain(last)) => last.push_str(&text),
                    _ => out.push(Inline::Plain(text)),
                },
                Piece::Break => out.push(Inline::Break),
                Piece::Emph(inner) => out.push(Inline::Emph(self.inner(inner, written, pen))),
                Piece::Strong(inner) => out.push(Inline::Strong(self.inner(inner, written, pen))),
                Piece::Link(entry, inner) => {
                    let inner = self.inner(inner, written, pen);
                    if let Some(at) = self.reference(Kind::Codex, &entry, written) {
                        out.push(Inline::Link(CodexIx::from(at), inner));
                    }
                }
                Piece::Value(ast) => out.extend(self.shown(&ast, written)),
                Piece::Spell(ast, capital) => out.extend(self.number(&ast, written).map(|e| Inline::Spell(e, capital))),
                Piece::Level(reference) => out.extend(self.level(&reference, written)),
                Piece::Use(reference) => {
                    for (at, paragraph) in
                        self.snippet(&reference, written, pen).unwrap_or_default().into_iter().enumerate()
                    {
                        if at > 0 {
                            out.push(Inline::Plain(" ".to_owned()));
                        }
                        out.extend(paragraph.inlines);
                    }
                }
                Piece::Group(kind, alternatives) => {
                    let key = format!("{}:{}", pen.key, pen.groups);
                    pen.groups += 1;
                    let alternatives = alternatives.into_iter().map(|a| self.inner(a, written, pen)).collect();
                    out.push(Inline::Group(Group { kind, key, alternatives }));
                }
                Piece::If(cond, then, otherwise) => {
                    let cond = self.flag(&cond, written);
                    let then = self.inner(then, written, pen);
                    let otherwise = self.inner(otherwise, written, pen);
                    out.extend(cond.map(|cond| Inline::If(cond, then, otherwise)));
                }
                Piece::Gentle(mild, full) => {
                    let mild = self.inner(mild, written, pen);
                    let full = self.inner(full, written, pen);
                    out.push(Inline::Gentle(mild, full));
                }
            }
        }
    }

    fn shown(&self, ast: &Ast, written: Written<'_, 's>) -> Option<Inline> {
        match self.typed(ast, written) {
            Typed::Number(expr) => Some(Inline::Number(expr)),
            Typed::Word(var) => Some(Inline::Word(var)),
            Typed::Flag(_) => {
                let part = written.text.get(ast.span.clone()).unwrap_or("").trim().to_owned();
                self.desk.inside(Fault::FlagAsText { part }, written, ast.span.clone());
                None
            }
            Typed::Bare(name) => {
                self.unknown_variable(&name, ast.span.clone(), written);
                None
            }
            Typed::Bad => None,
        }
    }

    fn level(&self, reference: &Reference, written: Written<'_, 's>) -> Option<Inline> {
        if self.shared {
            self.unknown_variable(reference.id, reference.span.clone(), written);
            return None;
        }
        let at = match self.names.find(Kind::Variable, reference.id) {
            Found::At(at) => at,
            Found::Unread => return None,
            Found::None => {
                self.unknown_variable(reference.id, reference.span.clone(), written);
                return None;
            }
        };
        if self.vars[at].shown.as_ref().is_none_or(|s| s.levels.is_empty()) {
            self.desk.inside(Fault::NoLevels { variable: reference.id.to_owned() }, written, reference.span.clone());
            return None;
        }
        Some(Inline::Level(VarIx::from(at)))
    }

    fn snippet(
        &self,
        reference: &Reference,
        written: Written<'_, 's>,
        pen: &mut Pen<'_, 's>,
    ) -> Option<Vec<Paragraph>> {
        self.reference(Kind::Snippet, reference, written)?;
        let (id, body) = self.snippets.get_key_value(reference.id)?;
        if let Some(at) = pen.using.iter().position(|used| used == id) {
            let mut ring: Vec<String> = pen.using[at..].iter().map(|s| (*s).to_owned()).collect();
            ring.push((*id).to_owned());
            self.desk.inside(Fault::SnippetRing { ring }, written, reference.span.clone());
            return None;
        }
        pen.used += 1;
        if pen.used > MOST_SNIPPETS {
            let fault = Fault::TooMany { what: "snippets written into one text".to_owned(), most: MOST_SNIPPETS };
            if pen.used == MOST_SNIPPETS + 1 {
                self.desk.inside(fault, written, reference.span.clone());
            }
            return None;
        }
        pen.using.push(id);
        let paragraphs = self.paragraphs(*body, pen);
        pen.using.pop();
        Some(paragraphs)
    }
}
