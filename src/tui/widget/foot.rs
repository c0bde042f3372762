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
                let mut x = area.x;
                for (key, does) in hints {
                    let wide = u16::try_from(key.width() + 1 + does.width()).unwrap_or(u16::MAX);
                    if x.saturating_add(wide) > end {
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
