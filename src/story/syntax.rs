//! A story file as it is written, nothing lost: brackets, what stands in them, and the comments between.
//!
//! What the loader skips - blanks, line ends, comments - is here what matters. Made for [`crate::workshop::fmt`], which
//! writes a file again, and [`crate::workshop::new`], which writes into one.

use super::diagnostic::{Diagnostic, Spot};
use super::fault::Fault;
use super::outline::outline;
use super::outline::token::{Kind, tokens};

/// A file.
#[derive(Clone, Debug)]
pub(crate) struct File<'s> {
    /// Comments before the first bracket.
    pub(crate) head: Vec<Remark<'s>>,
    /// How the first bracket is parted from what stands before it.
    pub(crate) gap: Gap,
    /// Everything.
    pub(crate) body: Group<'s>,
    /// Comments behind the last bracket.
    pub(crate) tail: Vec<Remark<'s>>,
}

/// A pair of brackets and what stands in it.
#[derive(Clone, Debug)]
pub(crate) struct Group<'s> {
    /// The word before the bracket, as in `Int(…)`; empty if there is none.
    pub(crate) name: &'s str,
    /// The opening bracket.
    pub(crate) open: char,
    /// The byte behind the opening bracket.
    pub(crate) start: usize,
    /// The byte of the closing bracket.
    pub(crate) end: usize,
    /// Whether a line ends behind the opening bracket.
    pub(crate) breaks: bool,
    /// Comments behind the opening bracket, in its line.
    pub(crate) behind: Vec<Remark<'s>>,
    /// What it holds.
    pub(crate) items: Vec<Item<'s>>,
    /// Comments before the closing bracket, in lines of their own.
    pub(crate) last: Vec<Remark<'s>>,
}

/// One of the things in a pair of brackets, up to its comma.
#[derive(Clone, Debug)]
pub(crate) struct Item<'s> {
    /// Comments before it.
    pub(crate) before: Vec<Remark<'s>>,
    /// How it is parted from what stands before it.
    pub(crate) gap: Gap,
    /// The name of a field, or an id in its quotes.
    pub(crate) key: Option<&'s str>,
    /// What it is.
    pub(crate) value: Value<'s>,
    /// Comments behind it, in its last line.
    pub(crate) behind: Vec<Remark<'s>>,
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte behind it.
    pub(crate) end: usize,
    /// Whether a comma follows.
    pub(crate) comma: bool,
    /// The byte behind its comma and the comments in its line.
    pub(crate) after: usize,
}

/// What an item is.
#[derive(Clone, Debug)]
pub(crate) enum Value<'s> {
    /// A text in its quotes, a number or a word.
    Plain(&'s str),
    /// Brackets.
    Group(Group<'s>),
}

/// A comment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Remark<'s> {
    /// As it is written, without blanks at its end.
    pub(crate) text: &'s str,
    /// How it is parted from what stands before it.
    pub(crate) gap: Gap,
    /// How many blanks stand before it.
    pub(crate) blanks: usize,
}

/// How two things are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// They stand in one line.
    Line,
    /// A line ends between them.
    Break,
    /// At least one empty line stands between them.
    Blank,
}

impl Remark<'_> {
    /// Whether the comment goes to the end of its line.
    pub(crate) fn ends_line(&self) -> bool {
        self.text.starts_with("//")
    }
}

impl<'s> Group<'s> {
    /// The item with this key: a field's name, or an id without its quotes.
    pub(crate) fn find(&self, key: &str) -> Option<&Item<'s>> {
        self.items.iter().find(|item| item.key.is_some_and(|k| k.trim_matches('"') == key))
    }

    /// The brackets under this key.
    pub(crate) fn group(&self, key: &str) -> Option<&Self> {
        match &self.find(key)?.value {
            Value::Group(group) => Some(group),
            Value::Plain(_) => None,
        }
    }
}

impl<'s> File<'s> {
    /// Reads a file. The number is for the places of its faults.
    ///
    /// # Errors
    /// What is wrong with its shape.
    pub(crate) fn read(file: usize, text: &'s str) -> Result<Self, Vec<Diagnostic>> {
        let faults = outline(file, text).faults;
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut reader = Reader { text, marks: marks(file, text), at: 0 };
        reader.file().map_err(|at| {
            let end = text.len();
            let (start, end) = reader.marks.get(at).map_or((end, end), |mark| (mark.start, mark.end));
            let found = format!("`{}`", &text[start..end]);
            let fault = Fault::Expected { wanted: "a value, a comma or a bracket".to_owned(), found };
            vec![Diagnostic::error(fault, Spot::new(file, start..end))]
        })
    }
}

/// A token or a comment, and how it is parted from the one before.
#[derive(Clone, Copy, Debug)]
struct Mark {
    kind: Option<Kind>,
    start: usize,
    end: usize,
    gap: Gap,
    blanks: usize,
}

/// Tokens and the comments between them.
fn marks(file: usize, text: &str) -> Vec<Mark> {
    let (tokens, _) = tokens(file, text);
    let mut marks = Vec::with_capacity(tokens.len() * 2);
    let mut at = 0;
    for token in tokens {
        let (kind, start, end) = (token.kind, token.start(), token.end());
        let (gap, blanks) = between(text, &mut marks, at, start);
        marks.push(Mark { kind: Some(kind), start, end, gap, blanks });
        at = end;
    }
    between(text, &mut marks, at, text.len());
    marks
}

/// Notes the comments between two bytes; how what stands behind them is parted from the last.
fn between(text: &str, marks: &mut Vec<Mark>, from: usize, to: usize) -> (Gap, usize) {
    let mut at = from;
    loop {
        let rest = &text[at..to];
        let start = at + rest.find('/').unwrap_or(rest.len());
        let blank = &text[at..start];
        let gap = match blank.matches('\n').count() {
            0 => Gap::Line,
            1 => Gap::Break,
            _ => Gap::Blank,
        };
        let blanks = blank.chars().rev().take_while(|c| *c != '\n').filter(|c| *c == ' ').count();
        if start == to {
            return (gap, blanks);
        }
        let end = start + comment(&text[start..to]);
        let length = text[start..end].trim_end().len();
        marks.push(Mark { kind: None, start, end: start + length, gap, blanks });
        at = end;
    }
}

/// How long the comment is with which a text begins.
fn comment(text: &str) -> usize {
    if !text.starts_with("/*") {
        return text.find('\n').unwrap_or(text.len());
    }
    let (mut depth, mut at) = (0usize, 0);
    while at < text.len() {
        match text.as_bytes().get(at..at + 2) {
            Some(b"/*") => depth += 1,
            Some(b"*/") => depth = depth.saturating_sub(1),
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            break;
        }
    }
    at.min(text.len())
}

struct Reader<'s> {
    text: &'s str,
    marks: Vec<Mark>,
    at: usize,
}

/// What stands where it cannot: the number of a mark.
type Astray = usize;

impl<'s> Reader<'s> {
    fn peek(&self) -> Option<Mark> {
        self.marks.get(self.at).copied()
    }

    fn word(&self, mark: Mark) -> &'s str {
        &self.text[mark.start..mark.end]
    }

    fn remark(&self, mark: Mark) -> Remark<'s> {
        Remark { text: self.word(mark), gap: mark.gap, blanks: mark.blanks }
    }

    /// The comments that stand here, and how what follows them is parted from them.
    fn remarks(&mut self) -> (Vec<Remark<'s>>, Option<Mark>) {
        let mut all = Vec::new();
        while let Some(mark) = self.peek() {
            if mark.kind.is_some() {
                return (all, Some(mark));
            }
            all.push(self.remark(mark));
            self.at += 1;
        }
        (all, None)
    }

    /// The next token; comments before it are put aside.
    fn token(&mut self, aside: &mut Vec<Remark<'s>>) -> Result<Mark, Astray> {
        let (remarks, next) = self.remarks();
        aside.extend(remarks);
        let next = next.ok_or(self.at)?;
        self.at += 1;
        Ok(next)
    }

    fn next_is(&self, wanted: impl Fn(Kind) -> bool) -> bool {
        let next = self.marks[self.at.min(self.marks.len())..].iter().find_map(|mark| mark.kind);
        next.is_some_and(wanted)
    }

    fn file(&mut self) -> Result<File<'s>, Astray> {
        let (head, first) = self.remarks();
        let Some(Mark { kind: Some(Kind::Open(_)), gap, .. }) = first else { return Err(self.at) };
        let body = self.group("")?;
        let (tail, after) = self.remarks();
        match after {
            None => Ok(File { head, gap, body, tail }),
            Some(_) => Err(self.at),
        }
    }

    fn group(&mut self, name: &'s str) -> Result<Group<'s>, Astray> {
        let Some(open @ Mark { kind: Some(Kind::Open(bracket)), .. }) = self.peek() else { return Err(self.at) };
        self.at += 1;
        let breaks = self.peek().is_some_and(|mark| mark.gap > Gap::Line);
        let mut group = Group {
            name,
            open: char::from(bracket),
            start: open.end,
            end: open.end,
            breaks,
            behind: Vec::new(),
            items: Vec::new(),
            last: Vec::new(),
        };
        let mut before: Vec<Remark<'s>> = Vec::new();
        let mut parted = Gap::Line;
        loop {
            let mark = self.peek().ok_or(self.at)?;
            let Some(kind) = mark.kind else {
                self.at += 1;
                let remark = Remark { gap: mark.gap.max(parted), ..self.remark(mark) };
                let in_line = remark.gap == Gap::Line && before.is_empty();
                match group.items.last_mut() {
                    Some(item) if in_line => {
                        item.behind.push(remark);
                        item.after = mark.end;
                    }
                    None if in_line => group.behind.push(remark),
                    _ => before.push(remark),
                }
                parted = Gap::Line;
                continue;
            };
            match kind {
                Kind::Comma => {
                    parted = parted.max(mark.gap);
                    self.at += 1;
                    let item = group.items.last_mut().ok_or(self.at)?;
                    (item.comma, item.after) = (true, item.after.max(mark.end));
                }
                Kind::Close(_) => {
                    self.at += 1;
                    group.end = mark.start;
                    group.last = before;
                    return Ok(group);
                }
                _ => {
                    let gap = mark.gap.max(parted);
                    let item = self.item(std::mem::take(&mut before), gap)?;
                    group.items.push(item);
                    parted = Gap::Line;
                }
            }
        }
    }

    /// One item. Comments within it, outside of its own brackets, are moved before it.
    fn item(&mut self, mut before: Vec<Remark<'s>>, mut gap: Gap) -> Result<Item<'s>, Astray> {
        let start = self.peek().map_or(0, |mark| mark.start);
        let mut within: Vec<Remark<'s>> = Vec::new();
        let mut key = None;
        let mut first = self.token(&mut within)?;
        if matches!(first.kind, Some(Kind::Word | Kind::Text { .. })) && self.next_is(|kind| kind == Kind::Colon) {
            key = Some(self.word(first));
            self.token(&mut within)?;
            first = self.token(&mut within)?;
        }
        let value = match first.kind {
            Some(Kind::Open(_)) => {
                self.at -= 1;
                Value::Group(self.group("")?)
            }
            Some(Kind::Word) if self.next_is(|kind| kind == Kind::Open(b'(')) => {
                within.extend(self.remarks().0);
                Value::Group(self.group(self.word(first))?)
            }
            Some(Kind::Word | Kind::Text { .. }) => Value::Plain(self.word(first)),
            _ => return Err(self.at - 1),
        };
        let end = self.marks[self.at - 1].end;
        if !within.is_empty() {
            before.extend(within.into_iter().map(|remark| Remark { gap: Gap::Break, ..remark }));
            gap = Gap::Break;
        }
        Ok(Item { before, gap, key, value, behind: Vec::new(), start, end, comma: false, after: end })
    }
}
