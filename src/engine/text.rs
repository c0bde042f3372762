//! Checked prose: paragraphs of inline pieces, as the loader leaves them.

use super::expr::{Cond, Expr};
use super::id::{CodexIx, PersonIx, VarIx};
use super::late::Late;

/// Prose, ready to be rendered against a state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// The paragraphs in order.
    pub paragraphs: Late<Vec<Paragraph>>,
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
    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
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
