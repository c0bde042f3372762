//! What is drawn of a run beside its pages.

pub(crate) mod board;
pub(crate) mod card;
pub(crate) mod ready;
pub(crate) mod status;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use crate::speedrun::board::Compared;
use crate::speedrun::clock::difference;
use crate::tui::theme::Theme;

/// Words at both edges of a row; those at the left give way.
pub(crate) fn edges(row: Rect, left: (&str, Style), right: (&str, Style), buf: &mut Buffer) {
    if row.is_empty() {
        return;
    }
    let wide = u16::try_from(right.0.width()).unwrap_or(u16::MAX).min(row.width);
    buf.set_stringn(row.right() - wide, row.y, right.0, usize::from(wide), right.1);
    let room = row.width.saturating_sub(wide + u16::from(wide > 0));
    buf.set_stringn(row.x, row.y, cut(left.0, room), usize::from(room), left.1);
}

/// Words that fit, the last cell a dot if some are left out.
fn cut(words: &str, room: u16) -> String {
    if words.width() <= usize::from(room) {
        return words.to_owned();
    }
    let mut out = String::new();
    for c in words.chars() {
        let next: String = out.chars().chain([c]).collect();
        if next.width() + 1 > usize::from(room) {
            break;
        }
        out = next;
    }
    out.trim_end().to_owned() + "…"
}

/// A comparison in short: the sign says ahead or behind, and a gold is named.
pub(crate) fn delta(compared: Compared) -> String {
    let time = compared.delta.map(|ms| tenths(&difference(ms))).unwrap_or_default();
    match (compared.gold, time.is_empty()) {
        (true, true) => "gold".to_owned(),
        (true, false) => format!("gold {time}"),
        (false, _) => time,
    }
}

/// The look of a comparison; its words say the same.
pub(crate) fn look(compared: Compared, theme: &Theme) -> Style {
    match (compared.gold, compared.delta) {
        (true, _) => theme.accent.add_modifier(theme.strong),
        (false, Some(ms)) if ms > 0 => theme.low,
        (false, _) => theme.gauge,
    }
}

/// A time in tenths of a second.
pub(crate) fn tenths(written: &str) -> String {
    written.get(..written.len().saturating_sub(2)).unwrap_or(written).to_owned()
}
