//! Texts made ready to be read very often: how many words a reader is told, and which alternatives are shown.

use std::collections::BTreeMap;

use serde::Serialize;

use super::parts::Holder;
use super::written;
use crate::engine::Chapter;
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx, VarIx};
use crate::engine::render::position;
use crate::engine::state::State;
use crate::engine::text::{Group, GroupKind, Inline, Text};

/// An alternative of a text: words that are shown only sometimes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// The text: a scene's id or a choice's path, with `.title`, `.said` or `.locked` behind it.
    pub text: String,
    /// When it is shown, in short: `if grain < 8`, `else`, `cycle 2 of 3`.
    pub when: String,
    /// How its words begin.
    pub words: String,
}

/// Every text of a chapter that is read on the way.
pub struct Telling<'c> {
    chapter: &'c Chapter,
    scenes: Vec<[Draft<'c>; 2]>,
    choices: Vec<[Draft<'c>; 3]>,
    alternatives: Vec<Alternative>,
}

/// A text made ready.
#[derive(Default)]
struct Draft<'c> {
    paragraphs: Vec<Vec<Bit<'c>>>,
    forks: bool,
}

enum Bit<'c> {
    /// Words as written: how many, and whether the first and the last touch what is around them.
    Words { count: u32, opens: bool, closes: bool },
    /// The word for a variable's range.
    Level(VarIx),
    /// A group with alternatives.
    Turns(&'c Group, Vec<Branch<'c>>),
    /// One thing or the other.
    If(&'c Cond, [Branch<'c>; 2]),
}

/// One way a fork can go, and the number of the alternative if it has words.
type Branch<'c> = (Option<u32>, Vec<Bit<'c>>);

/// A number or a word of the state: one word to a reader.
const ONE: Bit<'static> = Bit::Words { count: 1, opens: true, closes: true };

impl<'c> Telling<'c> {
    /// Makes the texts of a chapter ready.
    #[must_use]
    pub fn new(chapter: &'c Chapter) -> Self {
        let mut scribe =
            Scribe { chapter, text: String::new(), ifs: 0, seen: BTreeMap::new(), alternatives: Vec::new() };
        let none = Draft::default;
        let scenes = chapter.scenes.iter().map(|scene| {
            let holder = Holder::Scene(&scene.id);
            [
                scribe.draft(holder, "", &scene.text),
                scene.title.as_ref().map_or_else(none, |title| scribe.draft(holder, ".title", title)),
            ]
        });
        let scenes = scenes.collect();
        let choices = chapter.choices.iter().map(|choice| {
            let holder = Holder::Choice(&choice.path);
            [
                scribe.draft(holder, "", &choice.say),
                scribe.draft(holder, ".said", &choice.said),
                choice.locked.as_ref().map_or_else(none, |text| scribe.draft(holder, ".locked", text)),
            ]
        });
        let choices = choices.collect();
        Self { chapter, scenes, choices, alternatives: scribe.alternatives }
    }

    /// The alternatives, by number.
    #[must_use]
    pub fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// Reads a scene that was just entered: how many words, `note` hearing the alternatives shown.
    pub fn scene(&self, state: &State, scene: SceneIx, note: &mut dyn FnMut(u32)) -> u32 {
        let round = state.visits[scene.at()].saturating_sub(1);
        let [text, title] = &self.scenes[scene.at()];
        let mut eye = Eye::new(self.chapter, state, round, note);
        if title.forks {
            eye.draft(title);
        }
        eye.words = 0;
        eye.draft(text);
        eye.words
    }

    /// Reads what a choice said.
    pub fn said(&self, state: &State, choice: ChoiceIx, note: &mut dyn FnMut(u32)) -> u32 {
        self.choice(1, state, choice, note)
    }

    /// Reads the words of a choice in the menu.
    pub fn say(&self, state: &State, choice: ChoiceIx, note: &mut dyn FnMut(u32)) -> u32 {
        self.choice(0, state, choice, note)
    }

    /// Notes the alternatives of a choice that is in the open menu.
    pub fn offered(&self, state: &State, choice: ChoiceIx, locked: bool, note: &mut dyn FnMut(u32)) {
        for at in [Some(0), locked.then_some(2)].into_iter().flatten() {
            if self.choices[choice.at()][at].forks {
                self.choice(at, state, choice, note);
            }
        }
    }

    fn choice(&self, at: usize, state: &State, choice: ChoiceIx, note: &mut dyn FnMut(u32)) -> u32 {
        let mut eye = Eye::new(self.chapter, state, state.taken[choice.at()], note);
        eye.draft(&self.choices[choice.at()][at]);
        eye.words
    }
}

/// Reads a text.
struct Eye<'a, 'c> {
    chapter: &'c Chapter,
    state: &'a State,
    round: u32,
    note: &'a mut dyn FnMut(u32),
    words: u32,
    /// Whether the last character was part of a word.
    inside: bool,
}

impl<'a, 'c> Eye<'a, 'c> {
    fn new(chapter: &'c Chapter, state: &'a State, round: u32, note: &'a mut dyn FnMut(u32)) -> Self {
        Self { chapter, state, round, note, words: 0, inside: false }
    }

    fn draft(&mut self, draft: &Draft<'c>) {
        for paragraph in &draft.paragraphs {
            self.inside = false;
            self.bits(paragraph);
        }
    }

    fn bits(&mut self, bits: &[Bit<'c>]) {
        for bit in bits {
            match bit {
                Bit::Words { count, opens, closes } => self.add(*count, *opens, *closes),
                Bit::Level(var) => {
                    let word = self.chapter.var(*var).level(self.state.vars[var.at()]).unwrap_or_default();
                    let count = u32::try_from(word.split_whitespace().count()).unwrap_or(0);
                    if count > 0 {
                        self.add(count, true, true);
                    }
                }
                Bit::Turns(group, branches) => {
                    if let Some(branch) = position(group, self.round, self.state.seed).and_then(|at| branches.get(at)) {
                        self.branch(branch);
                    }
                }
                Bit::If(cond, [then, otherwise]) => {
                    self.branch(if cond.holds(self.chapter, self.state) { then } else { otherwise });
                }
            }
        }
    }

    fn branch(&mut self, (number, bits): &Branch<'c>) {
        if let Some(number) = number {
            (self.note)(*number);
        }
        self.bits(bits);
    }

    fn add(&mut self, count: u32, opens: bool, closes: bool) {
        self.words += count - u32::from(self.inside && opens && count > 0);
        self.inside = closes;
    }
}

/// Makes texts ready.
struct Scribe<'c> {
    chapter: &'c Chapter,
    /// The text being made ready, and how many `{if}` it had.
    text: String,
    ifs: usize,
    /// Alternatives of groups: a group around paragraphs is met once for each.
    seen: BTreeMap<(&'c str, usize), u32>,
    alternatives: Vec<Alternative>,
}

impl<'c> Scribe<'c> {
    fn draft(&mut self, holder: Holder<'c>, field: &str, text: &'c Text) -> Draft<'c> {
        self.text = format!("{holder}{field}");
        let before = self.ifs + self.seen.len();
        let paragraphs = text.paragraphs.iter().map(|p| self.bits(&p.inlines)).collect();
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
                    let branches = branches.map(|(at, one)| (self.turn(group, at, one), self.bits(one))).collect();
                    bits.push(Bit::Turns(group, branches));
                }
                Inline::If(cond, then, otherwise) => {
                    self.ifs += 1;
                    let asked = written::cond(self.chapter, cond);
                    let then = (self.fork(format!("if {asked}"), then), self.bits(then));
                    let otherwise = (self.fork(format!("else of {asked}"), otherwise), self.bits(otherwise));
                    bits.push(Bit::If(cond, [then, otherwise]));
                }
                // The full telling: the mild one is another reader's.
                Inline::Gentle(_, full) => self.write(full, bits),
            }
        }
    }

    fn turn(&mut self, group: &'c Group, at: usize, inlines: &'c [Inline]) -> Option<u32> {
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
        let number = self.fork(format!("{kind} {} of {}", at + 1, group.alternatives.len()), inlines)?;
        self.seen.insert((&group.key, at), number);
        Some(number)
    }

    fn fork(&mut self, when: String, inlines: &[Inline]) -> Option<u32> {
        if inlines.is_empty() {
            return None;
        }
        let number = u32::try_from(self.alternatives.len()).ok()?;
        self.alternatives.push(Alternative { text: self.text.clone(), when, words: beginning(inlines) });
        Some(number)
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
