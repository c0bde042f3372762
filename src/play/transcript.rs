//! What has been told since the sitting began, block by block, with a mark where each step begins.

use crate::engine::id::{PlaceIx, SceneIx};
use crate::engine::look::words;
use crate::engine::render::{Para, Span};
use crate::engine::{Chapter, Event};

/// A piece of the telling. Never changes once written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A chapter begins.
    Chapter(String),
    /// A scene begins somewhere else, or under a title of its own.
    Heading {
        /// The scene.
        scene: SceneIx,
        /// Its title.
        title: Option<String>,
        /// Where.
        place: Option<PlaceIx>,
        /// When.
        date: Option<String>,
    },
    /// A paragraph of a scene.
    Text(Para),
    /// A paragraph said after a choice.
    Said(Para),
    /// What the player chose.
    Chosen {
        /// The step, from 1.
        step: usize,
        /// The words of the menu.
        words: Vec<Span>,
    },
    /// A quiet line: a change of stats or things, a person met, an achievement.
    Note(String),
    /// The chapter ended.
    Ended {
        /// The ending's title.
        title: String,
        /// Its line.
        text: String,
    },
}

/// The blocks of a sitting.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    blocks: Vec<Block>,
    /// Where each step's blocks begin; the first entry is the opening's.
    starts: Vec<usize>,
    /// Grows whenever blocks are taken back, so that a cache of rows can tell.
    rewritten: u64,
    /// The place of the last heading.
    place: Option<PlaceIx>,
}

impl Transcript {
    /// Every block, oldest first.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// How many steps (the opening counts one) have been told.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether nothing was told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The first block of the newest step: what should stand at the top of the view.
    #[must_use]
    pub fn newest(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The first block of a step; step 0 is the opening.
    #[must_use]
    pub fn start_of(&self, step: usize) -> Option<usize> {
        self.starts.get(step).copied()
    }

    /// A number that changes whenever blocks were taken back or replaced.
    #[must_use]
    pub fn rewritten(&self) -> u64 {
        self.rewritten
    }

    /// Tells the events of one step.
    pub fn tell(&mut self, chapter: &Chapter, step: usize, events: Vec<Event>) {
        self.starts.push(self.blocks.len());
        for event in events {
            self.event(chapter, step, event);
        }
    }

    /// Begins a chapter; its opening events follow with [`tell`](Self::tell).
    pub fn chapter(&mut self, title: &str) {
        self.place = None;
        self.blocks.push(Block::Chapter(title.to_owned()));
    }

    /// Takes back the newest step.
    pub fn take_back(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.blocks.truncate(start);
            if let Some(Block::Chapter(_)) = self.blocks.last() {
                self.blocks.pop();
            }
            self.rewritten += 1;
            self.place = self.blocks.iter().rev().find_map(|b| match b {
                Block::Heading { place, .. } => *place,
                _ => None,
            });
        }
    }

    /// Adds a quiet line to the newest step.
    pub fn note(&mut self, line: impl Into<String>) {
        self.blocks.push(Block::Note(line.into()));
    }

    fn event(&mut self, chapter: &Chapter, step: usize, event: Event) {
        match event {
            Event::Chose { say, .. } => self.blocks.push(Block::Chosen { step, words: close(say) }),
            Event::Said(paras) => self.blocks.extend(paras.into_iter().map(|para| Block::Said(closed(para)))),
            Event::Scene { scene, title, place, date, text } => {
                let moved = place.is_some() && place != self.place;
                if title.is_some() || moved {
                    self.place = place.or(self.place);
                    let place = if moved { place } else { None };
                    self.blocks.push(Block::Heading { scene, title, place, date });
                }
                self.blocks.extend(text.into_iter().map(|para| Block::Text(closed(para))));
            }
            Event::Stat { var, from, to } => {
                let var = chapter.var(var);
                if let Some(line) = change_of_stat(var, from, to) {
                    self.join(line);
                }
            }
            Event::Item { item, from, to } => {
                let name = &chapter.world.item(item).name;
                let line = match (to > from, to - from) {
                    (true, 1) => format!("You now carry {name}"),
                    (true, n) => format!("You now carry {n} more: {name}"),
                    (false, _) if to == 0 => format!("You no longer carry {name}"),
                    (false, _) => format!("You still carry {to}: {name}"),
                };
                self.join(line);
            }
            Event::Achieved(ix) => {
                self.blocks.push(Block::Note(format!("Achievement: {}", chapter.achievements[ix.at()].title)));
            }
            Event::Ended(ix) => {
                let ending = &chapter.endings[ix.at()];
                let text = plain(&ending.text);
                self.blocks.push(Block::Ended { title: ending.title.clone(), text });
            }
            Event::Learned(_) | Event::Met(_) | Event::Milestone(_) => {}
        }
    }

    /// Notes of one step share a line.
    fn join(&mut self, line: String) {
        match self.blocks.last_mut() {
            Some(Block::Note(last)) if !last.starts_with("Achievement") => {
                last.push_str(" · ");
                last.push_str(&line);
            }
            _ => self.blocks.push(Block::Note(line)),
        }
    }
}

/// Words that are kept for long, without room to grow.
fn close(mut spans: Vec<Span>) -> Vec<Span> {
    spans.iter_mut().for_each(|span| span.text.shrink_to_fit());
    spans.shrink_to_fit();
    spans
}

fn closed(para: Para) -> Para {
    Para { spans: close(para.spans), ..para }
}

/// What is told of a variable's change: its words where the range has them, else its number.
fn change_of_stat(var: &crate::engine::chapter::Var, from: i32, to: i32) -> Option<String> {
    let shown = var.shown.as_ref()?;
    let label = &shown.label;
    let direction = if to > from { "up" } else { "down" };
    Some(match (var.level(from), var.level(to)) {
        (Some(a), Some(b)) if a != b => format!("{label}: {a}, now {b}"),
        _ => match var.kind {
            crate::engine::chapter::VarKind::Int(..) if shown.show.is_none() => {
                format!("{label} {direction} {}, now {to}", (to - from).abs())
            }
            crate::engine::chapter::VarKind::Int(..) => format!("{label} {direction}"),
            _ => format!("{label}: {}", var.written(to)),
        },
    })
}

/// A text that depends on no state, as plain words.
pub(super) fn plain(text: &crate::engine::text::Text) -> String {
    use crate::engine::text::Inline;
    fn add(out: &mut String, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Plain(t) => out.push_str(t),
                Inline::Break => out.push('\n'),
                Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => add(out, inner),
                _ => {}
            }
        }
    }
    let mut out = String::new();
    for paragraph in text.paragraphs().iter() {
        if !out.is_empty() {
            out.push('\n');
        }
        add(&mut out, &paragraph.inlines);
    }
    out
}

/// A block's words without their looks.
#[must_use]
pub fn plain_block(block: &Block) -> String {
    match block {
        Block::Chapter(title) => title.clone(),
        Block::Heading { title, date, .. } => {
            [title.as_deref(), date.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        Block::Text(para) | Block::Said(para) => para.plain(),
        Block::Chosen { words: said, .. } => words(said),
        Block::Note(line) => line.clone(),
        Block::Ended { title, text } => format!("{title}\n{text}"),
    }
}
