//! The foot line: what the keys do here, and at the right edge what is safe.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use crate::tui::theme::Theme;
use crate::tui::wrap;

/// A key and what it does.
pub(crate) type Hint = (String, &'static str);

/// What stands at the left of the foot.
pub(crate) enum Said<'a> {
    /// As many of these as fit, the most wanted first.
    Hints(&'a [Hint]),
    /// Something that just happened.
    Words(&'a str, Style),
}

/// One line under a screen; words that are longer take those above it.
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
                // What does not fit takes the rows above: the end of a sentence may be what matters.
                let mut rows = wrap::wrap(&[wrap::plain(words)], area.width);
                if rows.last().is_some_and(|last| last.width() > end.saturating_sub(area.x)) {
                    rows.push(wrap::Row::default());
                }
                let above = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_sub(1);
                let top = area.y.saturating_sub(above).max(buf.area().top());
                for (y, row) in (top..=area.y).zip(&rows) {
                    if y < area.y {
                        Clear.render(Rect { y, height: 1, ..area }, buf);
                        buf.set_style(Rect { y, height: 1, ..area }, self.theme.page);
                    }
                    row.draw((area.x, y), area.width, style, self.theme, buf);
                }
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

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use ratatui::widgets::{Clear, Widget};

    use super::{Foot, Said};
    use crate::tui::theme::{Depth, Paper, Theme};

    fn rows(words: &str, right: &str) -> Vec<String> {
        let screen = Rect::new(0, 0, 30, 6);
        let mut buf = Buffer::filled(screen, ratatui::buffer::Cell::new("#"));
        let theme = Theme::new(Paper::Dark, Depth::Sixteen, "soot");
        let foot = Rect { x: 2, y: 5, width: 26, height: 1 };
        Clear.render(foot, &mut buf);
        let (said, right) = (Said::Words(words, Style::default()), (right, Style::default()));
        Foot { said, right, theme: &theme }.render(foot, &mut buf);
        let row = |y| (0..30).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..6).map(row).collect()
    }

    #[test]
    fn words_that_do_not_fit_take_the_rows_above_whole() {
        let hashes = "#".repeat(30);
        let short = rows("saved", "");
        assert_eq!((&short[4], short[5].as_str()), (&hashes, "##saved                     ##"));
        let long = rows("another game is open there: this one saves nothing else", "not saved");
        assert_eq!(long[2], hashes);
        assert_eq!(long[3], "##another game is open      ##");
        let said: String = long[3..].iter().map(|row| row.trim_matches('#')).collect::<Vec<_>>().join(" ");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(said, "another game is open there: this one saves nothing else not saved");
    }
}
