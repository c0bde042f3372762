//! A bar that shows how far along its range a number is.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;

/// A bar of `width` cells: full ones, then empty ones. Something above nothing always shows one full cell.
pub(crate) fn gauge(along: (i32, i32), width: u16, theme: &Theme) -> Line<'static> {
    inked(along, width, theme.gauge, theme)
}

/// The same, its full cells in another ink.
pub(crate) fn inked((value, most): (i32, i32), width: u16, ink: Style, theme: &Theme) -> Line<'static> {
    let full = filled(value, most, width);
    let (on, off) = theme.gauge_marks();
    Line::from(vec![
        Span::styled(on.to_string().repeat(full), ink),
        Span::styled(off.to_string().repeat(usize::from(width) - full), theme.faint),
    ])
}

fn filled(value: i32, most: i32, width: u16) -> usize {
    if value <= 0 || most <= 0 {
        return 0;
    }
    let cells = i64::from(value.min(most)) * i64::from(width) / i64::from(most);
    usize::try_from(cells.max(1)).unwrap_or(0).min(usize::from(width))
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn the_last_grain_still_shows() {
        assert_eq!([filled(0, 900, 10), filled(1, 900, 10), filled(899, 900, 10), filled(900, 900, 10)], [0, 1, 9, 10]);
        assert_eq!([filled(5, 0, 10), filled(-5, 10, 10), filled(50, 10, 10), filled(5, 10, 0)], [0, 0, 10, 0]);
    }
}
