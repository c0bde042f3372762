//! The reading screen drawn: only the rows in view, whatever the length of the sitting.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use crate::tui::screen::sheet::GUTTER;
use crate::tui::theme::Theme;

use super::Reading;

/// The column of prose and choices.
pub(crate) struct Page<'a> {
    pub(crate) reading: &'a Reading,
    pub(crate) theme: &'a Theme,
}

impl Widget for Page<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self { reading, theme } = self;
        for (y, at) in (area.top()..area.bottom()).zip(reading.top..) {
            if let Some(told) = reading.telling.row(at) {
                let style = told.tone().style(at >= reading.fresh, theme);
                told.draw((area.x, y), area.width, style, theme, buf);
            } else if let Some(line) = at.checked_sub(reading.menu_top()).and_then(|at| reading.menu.get(at)) {
                let selected = line.open.is_some() && line.open == Some(reading.selected);
                let style = match line.open {
                    Some(_) if selected => theme.selected,
                    Some(_) => theme.text,
                    None => theme.locked,
                };
                if selected {
                    let whole = Rect { x: area.x - GUTTER, y, width: area.width + GUTTER + 1, height: 1 };
                    buf.set_style(whole.intersection(*buf.area()), theme.selected);
                }
                if let Some(key) = line.key {
                    if selected {
                        buf.set_string(area.x - GUTTER, y, theme.marker(), theme.selected.patch(theme.mark));
                    }
                    let digit = if selected { theme.selected.patch(theme.mark) } else { theme.digit };
                    buf.set_string(area.x, y, key.to_string(), digit);
                }
                line.row.draw((area.x, y), area.width, style, theme, buf);
            }
        }
    }
}

impl Reading {
    /// Where the real cursor stands: on the digit of the selected choice, if that is in view.
    pub(crate) fn cursor(&self, area: Rect) -> Option<Position> {
        let row = self.selected_row()?.checked_sub(self.top).filter(|row| *row < self.height)?;
        Some(Position { x: area.x, y: area.y + u16::try_from(row).ok()? })
    }
}
