//! A page of rows that is scrolled, such as a codex entry.

use crate::engine::render::Para;
use crate::engine::text::Text;
use crate::tui::overlay::Look;
use crate::tui::still;
use crate::tui::theme::Theme;
use crate::tui::wrap::{self, Row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Rows with their looks, drawn from some row on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaf {
    rows: Vec<(Row, Style)>,
}

impl Leaf {
    /// A line of one look, broken if it must be.
    pub(crate) fn line(&mut self, text: &str, width: u16, look: Style) {
        self.rows.extend(wrap::wrap(&[wrap::plain(text)], width).into_iter().map(|row| (row, look)));
    }

    /// A line as it is, cut where the page ends: drawings keep their columns.
    pub(crate) fn drawn(&mut self, text: &str, look: Style) {
        self.rows.push((Row { indent: 0, pieces: vec![wrap::plain(text)] }, look));
    }

    /// Paragraphs, an empty row between them.
    pub(crate) fn prose(&mut self, paras: &[Para], width: u16, look: &Look<'_>) {
        let rows = wrap::paragraphs(paras, look.world, width);
        self.rows.extend(rows.into_iter().map(|row| (row, look.theme.text)));
    }

    /// Rows that are broken already.
    pub(crate) fn push(&mut self, row: Row, look: Style) {
        self.rows.push((row, look));
    }

    /// An empty row, unless the page is empty.
    pub(crate) fn gap(&mut self) {
        if !self.rows.is_empty() {
            self.rows.push((Row::default(), Style::new()));
        }
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The farthest one can scroll on so many rows.
    pub(crate) fn most(&self, height: u16) -> usize {
        self.rows.len().saturating_sub(usize::from(height))
    }

    /// Draws from row `top` on. Where more lies below, the last row says so.
    pub(crate) fn draw(&self, top: usize, area: Rect, theme: &Theme, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let top = top.min(self.most(area.height));
        let rows = self.shown(top, area.height);
        for (y, (row, look)) in (area.y..area.bottom()).zip(self.rows.iter().skip(top).take(rows)) {
            row.draw((area.x, y), area.width, *look, theme, buf);
        }
        let below = self.rows.len().saturating_sub(top + rows);
        if below > 0 && rows < usize::from(area.height) {
            let words = if below == 1 { "1 more line".to_owned() } else { format!("{below} more lines") };
            buf.set_stringn(area.x, area.bottom() - 1, words, usize::from(area.width), theme.quiet);
        }
    }

    /// How many rows are seen from row `top` on: the last of the page is kept for saying that there is more.
    fn shown(&self, top: usize, height: u16) -> usize {
        let height = usize::from(height);
        if height > 2 && self.rows.len() > top + height { height - 1 } else { height }
    }
}

/// A text of the world, as the reader wants to be told.
pub(crate) fn told(look: &Look<'_>, text: &Text) -> Vec<Para> {
    still::told(text, look.settings.gentle)
}
