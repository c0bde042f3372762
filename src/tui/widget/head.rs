//! The head line: which part, where, when.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::tui::theme::Theme;

/// One line over a screen. When room is short the middle goes first, then the left.
pub(crate) struct Head<'a> {
    pub(crate) left: &'a str,
    pub(crate) middle: &'a str,
    pub(crate) right: &'a str,
    /// The column the right-hand words begin in, if they stand over a panel; else they end at the edge.
    pub(crate) panel: Option<u16>,
    pub(crate) theme: &'a Theme,
}

fn cells(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

impl Widget for Head<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let put = |buf: &mut Buffer, x: u16, text: &str, style| {
            buf.set_stringn(x, area.y, text, usize::from(area.right().saturating_sub(x)), style);
        };
        let right = cells(self.right).min(area.width);
        let begins = match self.panel {
            Some(x) if x + right <= area.right() => x,
            _ => area.right() - right,
        };
        put(buf, begins, self.right, self.theme.quiet);
        let room = begins.saturating_sub(area.x);
        let (left, middle) = (cells(self.left), cells(self.middle));
        if left + 4 + middle + 2 <= room {
            put(buf, area.x, self.left, self.theme.accent);
            // In the middle of what is left, so that it never touches either side.
            let start = (area.x + room.saturating_sub(middle) / 2).max(area.x + left + 3);
            put(buf, start.min(begins.saturating_sub(middle + 2)), self.middle, self.theme.quiet);
        } else if !self.middle.is_empty() && middle + 2 <= room {
            put(buf, area.x, self.middle, self.theme.accent);
        } else if left + 2 <= room || self.right.is_empty() {
            put(buf, area.x, self.left, self.theme.accent);
        }
    }
}
