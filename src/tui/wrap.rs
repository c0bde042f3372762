//! Styled prose broken into rows of a given width: UAX #14 breaks, display width (太原 is four cells), ragged right.

use ratatui::buffer::Buffer;

use crate::engine::World;
use crate::engine::render::{Para, Span};

use super::theme::Theme;

/// A row of prose, ready to be drawn; styles are looked up in the theme only then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Cells left empty before the first piece.
    pub(crate) indent: u16,
    pub(crate) pieces: Vec<Span>,
}

impl Row {
    /// Draws at most `width` cells at a position.
    pub(crate) fn draw(&self, x: u16, y: u16, width: u16, theme: &Theme, buf: &mut Buffer) {
        let _ = (x, y, width, theme, buf);
    }
}

/// Breaks spans into rows of at most `width` cells; a `\n` ends a row.
pub(crate) fn wrap(spans: &[Span], width: u16) -> Vec<Row> {
    let _ = (spans, width);
    Vec::new()
}

/// Breaks paragraphs, an empty row between them; a speaker's name stands before what they say.
pub(crate) fn paragraphs(paras: &[Para], world: &World, width: u16) -> Vec<Row> {
    let _ = (paras, world, width);
    Vec::new()
}
