//! The foot line: what the keys do here, and at the right edge what is safe.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::tui::theme::Theme;

/// A key and what it does.
pub(crate) type Hint = (String, &'static str);

/// What stands at the left of the foot.
pub(crate) enum Said<'a> {
    /// As many of these as fit, the most wanted first.
    Hints(&'a [Hint]),
    /// Something that just happened.
    Words(&'a str, Style),
}

/// One line under a screen.
pub(crate) struct Foot<'a> {
    pub(crate) said: Said<'a>,
    pub(crate) right: (&'a str, Style),
    pub(crate) theme: &'a Theme,
}

impl Widget for Foot<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let right = u16::try_from(self.right.0.width()).unwrap_or(u16::MAX).min(area.width);
        buf.set_stringn(area.right() - right, area.y, self.right.0, usize::from(right), self.right.1);
        let end = area.right() - right - if right > 0 { 4 } else { 0 }.min(area.width - right);
        match self.said {
            Said::Words(words, style) => {
                buf.set_stringn(area.x, area.y, words, usize::from(end.saturating_sub(area.x)), style);
            }
            Said::Hints(hints) => {
                let wide = |(key, does): &Hint| u16::try_from(key.width() + 1 + does.width()).unwrap_or(u16::MAX);
                // The last says how to get away, or where help is: the others leave it its room.
                let mut x = area.x;
                let away = hints.last().map_or(0, |hint| wide(hint).saturating_add(3));
                for (at, hint) in hints.iter().enumerate() {
                    let (key, does) = hint;
                    let wide = wide(hint);
                    let kept = if at + 1 < hints.len() { away } else { 0 };
                    if x.saturating_add(wide).saturating_add(kept) > end {
                        continue;
                    }
                    let (after, _) = buf.set_stringn(x, area.y, key, usize::from(end - x), self.theme.digit);
                    buf.set_stringn(after + 1, area.y, does, usize::from(end - after - 1), self.theme.quiet);
                    x = x.saturating_add(wide + 3);
                    if x >= end {
                        break;
                    }
                }
            }
        }
    }
}
