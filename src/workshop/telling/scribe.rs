//! Texts into drafts: words counted beforehand, alternatives numbered.

use std::collections::BTreeMap;

use super::{Alternative, Bit, Draft};
use crate::engine::Chapter;
use crate::engine::text::{Group, GroupKind, Inline, Text};
use crate::workshop::parts::Holder;
use crate::workshop::written;

/// A number or a word of the state: one word to a reader.
const ONE: Bit<'static> = Bit::Words { count: 1, opens: true, closes: true };

/// Makes texts ready.
pub(super) struct Scribe<'c> {
    chapter: &'c Chapter,
    /// The text being made ready, and how many `{if}` it had.
    text: String,
    ifs: usize,
    /// Alternatives of groups: a group around paragraphs is met once for each.
    seen: BTreeMap<(&'c str, usize), u32>,
    /// Forks by when they are shown and how their words begin: one that stands word for word in another text, as a
    /// snippet does, is the same.
    known: BTreeMap<(String, String), Vec<(&'c Inline, u32)>>,
    pub(super) alternatives: Vec<Alternative>,
}

impl<'c> Scribe<'c> {
    pub(super) fn new(chapter: &'c Chapter) -> Self {
        Self {
            chapter,
            text: String::new(),
            ifs: 0,
            seen: BTreeMap::new(),
            known: BTreeMap::new(),
            alternatives: Vec::new(),
        }
    }

    pub(super) fn draft(&mut self, holder: Holder<'c>, field: &str, text: &'c Text) -> Draft<'c> {
        self.text = format!("{holder}{field}");
        let before = self.ifs + self.seen.len();
        let paragraphs = match text.plain() {
            Some(plain) => plain.lines().map(|line| vec![words(line)]).collect(),
            None => text.tree().iter().map(|p| self.bits(&p.inlines)).collect(),
        };
        Draft { paragraphs, forks: self.ifs + self.seen.len() > before }
    }

    fn bits(&mut self, inlines: &'c [Inline]) -> Vec<Bit<'c>> {
        let mut bits = Vec::with_capacity(inlines.len());
        self.write(inlines, &mut bits);
        bits
    }

    fn write(&mut self, inlines: &'c [Inline], bits: &mut Vec<Bit<'c>>) {
        for inline in inlines {
            match inline {
                Inline::Plain(text) => bits.push(words(text)),
                Inline::Break => bits.push(Bit::Words { count: 0, opens: false, closes: false }),
                Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => self.write(inner, bits),
                Inline::Number(_) | Inline::Word(_) | Inline::Spell(..) => bits.push(ONE),
                Inline::Level(var) => bits.push(Bit::Level(*var)),
                Inline::Group(group) => {
                    let branches = group.alternatives.iter().enumerate();
                    let branches = branches.map(|(at, one)| (self.turn(inline, group, at), self.bits(one))).collect();
                    bits.push(Bit::Turns(group, branches));
                }
                Inline::If(cond, then, otherwise) => {
                    self.ifs += 1;
                    let asked = written::cond(self.chapter, cond);
                    let then = (self.fork(inline, format!("if {asked}"), then), self.bits(then));
                    let otherwise = (self.fork(inline, format!("else of {asked}"), otherwise), self.bits(otherwise));
                    bits.push(Bit::If(cond, [then, otherwise]));
                }
                // The full telling: the mild one is another reader's.
                Inline::Gentle(_, full) => self.write(full, bits),
            }
        }
    }

    fn turn(&mut self, fork: &'c Inline, group: &'c Group, at: usize) -> Option<u32> {
        let inlines = group.alternatives.get(at)?;
        if inlines.is_empty() {
            return None;
        }
        if let Some(&number) = self.seen.get(&(group.key.as_str(), at)) {
            return Some(number);
        }
        let kind = match group.kind {
            GroupKind::Sequence => "sequence",
            GroupKind::Cycle => "cycle",
            GroupKind::Once => "once",
            GroupKind::Shuffle => "shuffle",
            GroupKind::First => "first",
        };
        let number = self.fork(fork, format!("{kind} {} of {}", at + 1, group.alternatives.len()), inlines)?;
        self.seen.insert((&group.key, at), number);
        Some(number)
    }

    fn fork(&mut self, fork: &'c Inline, when: String, inlines: &[Inline]) -> Option<u32> {
        if inlines.is_empty() {
            return None;
        }
        let words = beginning(inlines);
        let alike = self.known.entry((when.clone(), words.clone())).or_default();
        let elsewhere = |number: u32| self.alternatives.get(number as usize).is_some_and(|a| a.text != self.text);
        if let Some((_, number)) = alike.iter().find(|(other, number)| elsewhere(*number) && same(fork, other)) {
            return Some(*number);
        }
        let number = u32::try_from(self.alternatives.len()).ok()?;
        alike.push((fork, number));
        self.alternatives.push(Alternative { text: self.text.clone(), when, words });
        Some(number)
    }
}

/// Whether two forks say the same at the same time: the key of a group is that of its text.
fn same(one: &Inline, other: &Inline) -> bool {
    match (one, other) {
        (Inline::Group(a), Inline::Group(b)) => a.kind == b.kind && a.alternatives == b.alternatives,
        _ => one == other,
    }
}

fn words(text: &str) -> Bit<'static> {
    Bit::Words {
        count: u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX),
        opens: text.starts_with(|c: char| !c.is_whitespace()),
        closes: text.ends_with(|c: char| !c.is_whitespace()),
    }
}

/// The first words of some inlines, each first alternative taken; what the state says is left as `…`.
#[must_use]
pub fn beginning(inlines: &[Inline]) -> String {
    /// Enough to know a passage by.
    const MOST: usize = 60;
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Plain(text) => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => out.push_str(&beginning(inner)),
            Inline::Number(_) | Inline::Word(_) | Inline::Spell(..) | Inline::Level(_) => out.push('…'),
            Inline::Group(group) => {
                out.push_str(&group.alternatives.first().map_or_else(String::new, |a| beginning(a)))
            }
            Inline::If(_, one, other) | Inline::Gentle(other, one) => {
                out.push_str(&beginning(if one.is_empty() { other } else { one }));
            }
        }
        if out.chars().count() > MOST {
            let mut short: String = out.chars().take(MOST).collect();
            short.truncate(short.rfind(' ').unwrap_or(short.len()));
            return format!("{}…", short.trim());
        }
    }
    out.trim().to_owned()
}
