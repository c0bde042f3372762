//! Prose as it is written: folded lines, paragraphs and the small markup of the guide, read into a tree.
//!
//! Nothing is looked up here; every mistake of form is an error with its place, and reading goes on behind it.

mod block;
mod group;
mod inline;

use super::expression::{Ast, Misread, Reference};
use super::scan;
use crate::engine::text::GroupKind;

/// How deep groups, links and emphasis may be nested.
const DEEPEST: usize = 60;

/// A text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Prose<'t> {
    pub(super) blocks: Vec<Block<'t>>,
}

/// A paragraph, or a group that holds whole paragraphs.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block<'t> {
    Para(Para<'t>),
    Group(Head<'t>, Vec<Vec<Block<'t>>>),
}

/// What chooses between the alternatives of a group.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Head<'t> {
    Turns(GroupKind),
    If(Ast<'t>),
    Gentle,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Para<'t> {
    pub(super) speaker: Option<Reference<'t>>,
    pub(super) pieces: Vec<Piece<'t>>,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece<'t> {
    Plain(String),
    Break,
    Emph(Vec<Piece<'t>>),
    Strong(Vec<Piece<'t>>),
    Link(Reference<'t>, Vec<Piece<'t>>),
    Value(Ast<'t>),
    Spell(Ast<'t>, bool),
    Level(Reference<'t>),
    Use(Reference<'t>),
    Group(GroupKind, Vec<Vec<Piece<'t>>>),
    If(Ast<'t>, Vec<Piece<'t>>, Vec<Piece<'t>>),
    Gentle(Vec<Piece<'t>>, Vec<Piece<'t>>),
}

/// Reads a text.
pub(super) fn prose(text: &str) -> (Prose<'_>, Vec<Misread>) {
    let mut parser = Parser { text, at: 0, context: Vec::new(), faults: Vec::new() };
    let mut blocks = Vec::new();
    while parser.at < text.len() {
        let (more, _) = parser.blocks();
        blocks.extend(more);
    }
    (Prose { blocks }, parser.faults)
}

/// The signs at which a run of words may end.
const fn is_special(byte: u8) -> bool {
    (byte == b'{')
        | (byte == b'}')
        | (byte == b'|')
        | (byte == b'*')
        | (byte == b'[')
        | (byte == b']')
        | (byte == b'\\')
        | (byte == b'\n')
        | (byte == b'\r')
}

/// The words of a text that holds no sign of markup and no line end, without the blanks around them.
pub(super) fn as_it_stands(text: &str) -> Option<&str> {
    let words = text.trim_start().trim_end_matches([' ', '\t']);
    (!words.starts_with('@') && !scan::any(words.as_bytes(), is_special)).then_some(words)
}

/// What the parser is inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Context {
    Group,
    Link,
    Emph,
    Strong,
}

/// Why a run of pieces ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Bar,
    CloseGroup,
    CloseLink,
    CloseEmph,
    CloseStrong,
    Paragraph,
    End,
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    context: Vec<Context>,
    faults: Vec<Misread>,
}

fn push(pieces: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Plain(last)) => last.push_str(text),
        _ => pieces.push(Piece::Plain(text.to_owned())),
    }
}

fn trim_end(pieces: &mut Vec<Piece>) {
    if let Some(Piece::Plain(last)) = pieces.last_mut() {
        last.truncate(last.trim_end_matches([' ', '\t']).len());
        if last.is_empty() {
            pieces.pop();
        }
    }
}

fn trim_start(pieces: &mut Vec<Piece>) {
    if let Some(Piece::Plain(first)) = pieces.first_mut() {
        *first = first.trim_start().to_owned();
        if first.is_empty() {
            pieces.remove(0);
        }
    }
}
