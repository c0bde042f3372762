//! The telling as rows: each block is wrapped once a width, and new blocks are added at the end.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::engine::id::narrow;
use crate::engine::{World, render};
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

/// The rows of a transcript at one width. Their words stand in one text: a long sitting has thousands.
#[derive(Debug, Default)]
pub(crate) struct Telling {
    width: u16,
    rewritten: u64,
    rows: Vec<Told>,
    pieces: Vec<Piece>,
    text: String,
    /// Where the rows of each block begin.
    starts: Vec<usize>,
}

/// A row: its pieces end where the next one's begin.
#[derive(Clone, Copy, Debug)]
struct Told {
    /// Its first piece, and where the words of that begin.
    piece: u32,
    text: u32,
    indent: u16,
    tone: Tone,
}

/// Words of one look.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Where its words end.
    end: u32,
    style: render::Style,
}

/// A row as it is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'a> {
    telling: &'a Telling,
    told: Told,
    /// Behind its last piece.
    end: usize,
}

impl<'a> Shown<'a> {
    pub(crate) const fn tone(&self) -> Tone {
        self.told.tone
    }

    /// Draws at most `width` cells at a position, over a base look.
    pub(crate) fn draw(&self, at: (u16, u16), width: u16, base: Style, theme: &Theme, buf: &mut Buffer) {
        wrap::draw(self.told.indent, self.pieces(), at, width, base, theme, buf);
    }

    fn pieces(&self) -> impl Iterator<Item = (&'a str, render::Style)> {
        let Telling { pieces, text, .. } = self.telling;
        let mut from = self.told.text as usize;
        pieces[self.told.piece as usize..self.end].iter().map(move |piece| {
            let words = &text[from..piece.end as usize];
            from = piece.end as usize;
            (words, piece.style)
        })
    }
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

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// A row; the first is the oldest.
    pub(crate) fn row(&self, at: usize) -> Option<Shown<'_>> {
        let told = *self.rows.get(at)?;
        let end = self.rows.get(at + 1).map_or(self.pieces.len(), |next| next.piece as usize);
        Some(Shown { telling: self, told, end })
    }

    /// The first row of a block that has words.
    pub(crate) fn row_of(&self, block: usize) -> usize {
        let start = self.starts.get(block).copied().unwrap_or(self.rows.len());
        let gap = (start..self.len()).filter_map(|at| self.row(at)).take_while(|row| row.pieces().next().is_none());
        start + gap.count()
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
        let (width, quiet) = (self.width, render::Style::default());
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
                let mut spans = vec![render::Span { text: "> ".into(), style: quiet }];
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
        for Row { indent, pieces } in rows {
            self.rows.push(Told { piece: narrow(self.pieces.len()), text: narrow(self.text.len()), indent, tone });
            for piece in pieces {
                self.text.push_str(&piece.text);
                self.pieces.push(Piece { end: narrow(self.text.len()), style: piece.style });
            }
        }
    }

    fn gap(&mut self) {
        self.put(Tone::Text, vec![Row::default()]);
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
