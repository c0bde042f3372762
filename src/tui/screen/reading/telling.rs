//! The telling as rows: each block is wrapped once a width, and new blocks are added at the end.

use ratatui::style::{Modifier, Style};

use crate::engine::World;
use crate::play::{Block, Transcript};
use crate::tui::theme::Theme;
use crate::tui::wrap::{self, Row};

/// How a row looks, before its own emphasis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Text,
    Chapter,
    Heading,
    Place,
    Chosen,
    Note,
    Ending,
}

/// A row of the telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) row: Row,
    pub(crate) tone: Tone,
}

/// The rows of a transcript at one width.
#[derive(Debug, Default)]
pub(crate) struct Telling {
    width: u16,
    rewritten: u64,
    rows: Vec<Told>,
    /// Where the rows of each block begin.
    starts: Vec<usize>,
}

impl Telling {
    /// Wraps what was told since, or everything when the width changed or something was taken back.
    pub(crate) fn follow(&mut self, transcript: &Transcript, world: &World, width: u16) {
        let blocks = transcript.blocks();
        if width != self.width || transcript.rewritten() != self.rewritten || blocks.len() < self.starts.len() {
            *self = Self { width, rewritten: transcript.rewritten(), ..Self::default() };
        }
        for at in self.starts.len()..blocks.len() {
            self.starts.push(self.rows.len());
            let before = at.checked_sub(1).map(|b| &blocks[b]);
            self.add(before, &blocks[at], world);
        }
    }

    /// Every row, oldest first.
    pub(crate) fn rows(&self) -> &[Told] {
        &self.rows
    }

    /// The first row of a block that has words.
    pub(crate) fn row_of(&self, block: usize) -> usize {
        let start = self.starts.get(block).copied().unwrap_or(self.rows.len());
        let gap = self.rows.iter().skip(start).take_while(|t| t.row.pieces.is_empty()).count();
        start + gap
    }

    /// The first row of a block, the gap before it included.
    pub(crate) fn row_of_block(&self, block: usize) -> usize {
        self.starts.get(block).copied().unwrap_or(self.rows.len())
    }

    /// The block a row belongs to, and how far down in it.
    pub(crate) fn block_at(&self, row: usize) -> (usize, usize) {
        let block = self.starts.partition_point(|start| *start <= row).saturating_sub(1);
        (block, row.saturating_sub(self.row_of_block(block)))
    }

    fn add(&mut self, before: Option<&Block>, block: &Block, world: &World) {
        let (width, quiet) = (self.width, crate::engine::render::Style::default());
        let close = matches!((before, block), (Some(Block::Note(_)), Block::Note(_)));
        if before.is_some() && !close {
            self.gap();
        }
        match block {
            Block::Chapter(title) => {
                if before.is_some() {
                    self.gap();
                }
                self.put(Tone::Chapter, wrap::wrap(&[wrap::plain(title)], width));
            }
            Block::Heading { title, place, date, .. } => {
                let place = place.map(|p| world.place(p).name.clone());
                let place = place.filter(|p| title.as_ref().is_none_or(|t| !same(t, p)));
                let under = [place.as_deref(), date.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
                let under = wrap::capital(&under);
                match title {
                    Some(title) => {
                        self.put(Tone::Heading, wrap::wrap(&[wrap::plain(title)], width));
                        if !under.is_empty() {
                            self.put(Tone::Place, wrap::wrap(&[wrap::plain(under)], width));
                        }
                    }
                    None => self.put(Tone::Place, wrap::wrap(&[wrap::plain(under)], width)),
                }
            }
            Block::Text(para) | Block::Said(para) => self.put(Tone::Text, wrap::paragraph(para, world, width)),
            Block::Chosen { words, .. } => {
                let mut spans = vec![crate::engine::render::Span { text: "> ".into(), style: quiet }];
                spans.extend(words.iter().cloned());
                self.put(Tone::Chosen, wrap::hang(&spans, width, 0, 2));
            }
            Block::Note(line) => self.put(Tone::Note, wrap::wrap(&[wrap::plain(line)], width)),
            Block::Ended { title, text } => {
                self.put(Tone::Ending, wrap::wrap(&[wrap::plain(title)], width));
                if !text.is_empty() {
                    self.gap();
                    self.put(Tone::Note, wrap::wrap(&[wrap::plain(text)], width));
                }
            }
        }
    }

    fn put(&mut self, tone: Tone, rows: Vec<Row>) {
        self.rows.extend(rows.into_iter().map(|row| Told { row, tone }));
    }

    fn gap(&mut self) {
        self.rows.push(Told { row: Row::default(), tone: Tone::Text });
    }
}

impl Tone {
    /// The look of a row; `fresh` rows belong to the page being read.
    pub(crate) fn style(self, fresh: bool, theme: &Theme) -> Style {
        match self {
            Self::Text if fresh => theme.text,
            Self::Text => theme.read,
            Self::Chapter => theme.accent.add_modifier(Modifier::BOLD),
            Self::Heading => theme.heading,
            Self::Place => theme.quiet,
            Self::Chosen => theme.chosen,
            Self::Note => theme.quiet.add_modifier(theme.emph),
            Self::Ending => theme.accent.add_modifier(Modifier::BOLD),
        }
    }
}

/// Whether a scene's title says no more than the name of its place.
fn same(title: &str, place: &str) -> bool {
    title.eq_ignore_ascii_case(place) || place.to_ascii_lowercase().ends_with(&title.to_ascii_lowercase())
}
