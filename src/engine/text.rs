//! Checked prose: paragraphs of inline pieces, as the loader leaves them.
//!
//! Most texts are words and nothing else. They are kept as one run of bytes, where they stand in their file if they can
//! be read there as they are: a page is then made without following a tree, and a chapter is little more than its files.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::excerpt::Excerpt;
use super::expr::{Cond, Expr};
use super::id::{CodexIx, PersonIx, VarIx};
use super::late::Late;
use super::pack::{Packed, Packet};

/// Prose, ready to be rendered against a state.
#[derive(Clone, Default)]
pub struct Text(Form);

/// How a text is kept.
#[derive(Clone)]
enum Form {
    /// Plain words inside the program.
    Shipped(&'static str),
    /// Plain words of its own.
    Own(Box<str>),
    /// Plain words of a file.
    Part(Excerpt),
    /// Anything else.
    Tree(Box<Late<Vec<Paragraph>>>),
}

impl Default for Form {
    fn default() -> Self {
        Self::Shipped("")
    }
}

/// One paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Who speaks it, or whom it is about.
    pub speaker: Option<PersonIx>,
    /// What it says.
    pub inlines: Vec<Inline>,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Words as written. Holds no control character.
    Plain(String),
    /// A line end that is kept.
    Break,
    /// `*emphasis*`
    Emph(Vec<Inline>),
    /// `**strong**`
    Strong(Vec<Inline>),
    /// `[words](entry)`
    Link(CodexIx, Vec<Inline>),
    /// `{number}`
    Number(Expr),
    /// `{word}`: the word a variable holds.
    Word(VarIx),
    /// `{spell: number}`; the flag asks for a capital.
    Spell(Expr, bool),
    /// `{level: variable}`: the word for its range.
    Level(VarIx),
    /// A group with alternatives.
    Group(Group),
    /// `{if cond: then|else}`
    If(Cond, Vec<Inline>, Vec<Inline>),
    /// `{gentle: mild|full}`
    Gentle(Vec<Inline>, Vec<Inline>),
}

/// A group with alternatives.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// How the position moves.
    pub kind: GroupKind,
    /// A stable key: the text's key and the number of the group in it. A shuffle is keyed by it.
    pub key: String,
    /// The alternatives; at least one.
    pub alternatives: Vec<Vec<Inline>>,
}

/// How a group moves through its alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// Each in turn, then the last for good.
    Sequence,
    /// Each in turn, round and round.
    Cycle,
    /// Each in turn, then nothing.
    Once,
    /// In an order drawn from the seed, a new one each round.
    Shuffle,
    /// The first once, then the second for good.
    First,
}

impl Text {
    /// Words of a file, between two of its bytes; `None` unless they are plain: one paragraph that is read as it stands.
    #[must_use]
    pub fn part(file: &Arc<Cow<'static, str>>, start: usize, end: usize) -> Option<Self> {
        let words = Excerpt::of(file, start, end)?;
        is_plain(&words).then(|| Self(Form::Part(words)))
    }

    /// The words of a text that is nothing else: a line for each paragraph, none of them empty, with no blank to spare.
    #[must_use]
    pub fn plain(&self) -> Option<&str> {
        match &self.0 {
            Form::Shipped(words) => Some(words),
            Form::Own(words) => Some(words),
            Form::Part(words) => Some(words),
            Form::Tree(_) => None,
        }
    }

    /// The same, where it is known to be one line without looking for its end.
    pub(super) fn line(&self) -> Option<&str> {
        if let Form::Part(..) = self.0 { self.plain() } else { None }
    }

    /// A byte of it.
    pub(super) fn near(&self) -> u8 {
        match &self.0 {
            Form::Shipped(words) => words.as_bytes().first().copied().unwrap_or(0),
            Form::Own(words) => words.as_bytes().first().copied().unwrap_or(0),
            Form::Part(words) => words.near(),
            Form::Tree(_) => 0,
        }
    }

    /// The paragraphs of a text that is more than plain words; of any other, none.
    #[must_use]
    pub fn tree(&self) -> &[Paragraph] {
        match &self.0 {
            Form::Tree(paragraphs) => paragraphs,
            Form::Shipped(_) | Form::Own(_) | Form::Part(..) => &[],
        }
    }

    /// The paragraphs in order, made anew for plain words.
    #[must_use]
    pub fn paragraphs(&self) -> Cow<'_, [Paragraph]> {
        let paragraph = |words: &str| Paragraph { speaker: None, inlines: vec![Inline::Plain(words.to_owned())] };
        match self.plain() {
            Some(words) => Cow::Owned(words.lines().map(paragraph).collect()),
            None => Cow::Borrowed(self.tree()),
        }
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plain().map_or_else(|| self.tree().is_empty(), str::is_empty)
    }
}

/// Plain words are kept as such.
impl From<Vec<Paragraph>> for Text {
    fn from(paragraphs: Vec<Paragraph>) -> Self {
        let plain = |paragraph: &Paragraph| match (paragraph.speaker, paragraph.inlines.as_slice()) {
            (None, [Inline::Plain(words)]) => is_plain(words),
            _ => false,
        };
        if !paragraphs.iter().all(plain) {
            return Self(Form::Tree(Box::new(paragraphs.into())));
        }
        let words = paragraphs.into_iter().flat_map(|paragraph| paragraph.inlines).filter_map(|inline| match inline {
            Inline::Plain(words) => Some(words),
            _ => None,
        });
        Self(Form::Own(words.collect::<Vec<_>>().join("\n").into_boxed_str()))
    }
}

/// Whether words are read as they stand: not empty, on one line, with no blank at an end and none beside another.
fn is_plain(words: &str) -> bool {
    let Some((_, behind)) = words.as_bytes().split_first() else { return false };
    // Every pair is asked, without a branch: many at a time.
    let pairs = words.as_bytes().iter().zip(behind);
    let odd = pairs.fold(false, |odd, (a, b)| odd | ((*a == b' ') & (*b == b' ')) | (*a < b' '));
    !odd && words.trim().len() == words.len()
}

/// What it says; where it is kept is nobody's concern.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.plain() {
            Some(words) => f.debug_tuple("Text").field(&words).finish(),
            None => f.debug_tuple("Text").field(&self.tree()).finish(),
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        match (self.plain(), other.plain()) {
            (None, None) => self.tree() == other.tree(),
            (one, other) => one == other,
        }
    }
}

impl Packed<'static> for Text {
    fn pack(&self, out: &mut Vec<u8>) {
        let plain = self.plain();
        plain.is_some().pack(out);
        match (plain, &self.0) {
            (Some(words), _) => {
                words.len().pack(out);
                out.extend_from_slice(words.as_bytes());
            }
            (None, Form::Tree(paragraphs)) => paragraphs.pack(out),
            (None, _) => {}
        }
    }

    fn unpack(from: &mut Packet<'static>) -> Option<Self> {
        Some(Self(if bool::unpack(from)? { Form::Shipped(from.text()?) } else { Form::Tree(Packed::unpack(from)?) }))
    }
}

/// Whether a character is a control or one that nobody sees: it could move the cursor or turn the line around.
/// Line ends and tabs are not.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
