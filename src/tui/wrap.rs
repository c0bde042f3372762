//! Styled prose broken into rows of a given width: UAX #14 breaks, display width (太原 is four cells), ragged right.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::engine::World;
use crate::engine::render::{self, Para, Span};
use crate::engine::text::is_hidden;

use super::theme::Theme;

/// A row of prose, ready to be drawn; styles are looked up in the theme only then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Cells left empty before the first piece.
    pub(crate) indent: u16,
    pub(crate) pieces: Vec<Span>,
}

impl Row {
    /// Draws at most `width` cells at a position, over a base look.
    pub(crate) fn draw(&self, at: (u16, u16), width: u16, base: Style, theme: &Theme, buf: &mut Buffer) {
        let pieces = self.pieces.iter().map(|piece| (piece.text.as_str(), piece.style));
        draw(self.indent, pieces, at, width, base, theme, buf);
    }

    /// The cells it takes.
    pub(crate) fn width(&self) -> u16 {
        let cells: usize = self.pieces.iter().map(|p| p.text.width()).sum();
        u16::try_from(cells).unwrap_or(u16::MAX).saturating_add(self.indent)
    }

    /// The words alone.
    pub(crate) fn plain(&self) -> String {
        self.pieces.iter().map(|p| p.text.as_str()).collect()
    }
}

/// Draws pieces of prose behind so many empty cells, at most `width` cells at a position, over a base look.
pub(crate) fn draw<'a>(
    indent: u16,
    pieces: impl Iterator<Item = (&'a str, render::Style)>,
    (x, y): (u16, u16),
    width: u16,
    base: Style,
    theme: &Theme,
    buf: &mut Buffer,
) {
    let mut left = width.saturating_sub(indent);
    let mut at = x.saturating_add(indent.min(width));
    for (words, style) in pieces {
        if left == 0 || !buf.area.contains((at, y).into()) {
            return;
        }
        let (end, _) = buf.set_stringn(at, y, words, usize::from(left), theme.span(base, style));
        left = left.saturating_sub(end.saturating_sub(at));
        at = end;
    }
}

/// Breaks spans into rows of at most `width` cells; a `\n` ends a row. Never empty.
pub(crate) fn wrap(spans: &[Span], width: u16) -> Vec<Row> {
    hang(spans, width, 0, 0)
}

/// The same, the first row set in by `first` cells and the others by `rest`.
pub(crate) fn hang(spans: &[Span], width: u16, first: u16, rest: u16) -> Vec<Row> {
    let text: String = spans.iter().flat_map(|s| s.text.chars()).filter(|c| is_safe(*c)).collect();
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        for (from, to) in fill(line, rows.is_empty(), width, first, rest) {
            let indent = if rows.is_empty() { first } else { rest };
            rows.push(Row { indent: indent.min(width), pieces: slice(spans, start + from, start + to) });
        }
        start += line.len() + 1;
    }
    rows
}

/// Breaks paragraphs, an empty row between them; a speaker's name stands before what they say.
pub(crate) fn paragraphs(paras: &[Para], world: &World, width: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    for para in paras {
        if !rows.is_empty() {
            rows.push(Row::default());
        }
        rows.extend(paragraph(para, world, width));
    }
    rows
}

/// Breaks one paragraph. What is spoken is set in under the speaker's name.
pub(crate) fn paragraph(para: &Para, world: &World, width: u16) -> Vec<Row> {
    let Some(person) = para.speaker.map(|p| world.person(p)) else { return wrap(&para.spans, width) };
    let name = render::Style { emph: true, ..render::Style::default() };
    let mut spans = vec![Span { text: format!("{}  ", person.name), style: name }];
    spans.extend(para.spans.iter().cloned());
    hang(&spans, width, 0, SPOKEN)
}

/// How far what is spoken is set in.
const SPOKEN: u16 = 2;

/// Plain words as one span.
pub(crate) fn plain(text: impl Into<String>) -> Span {
    Span { text: text.into(), style: render::Style::default() }
}

/// A place or a date as it begins a line.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Characters that may reach a terminal. A `\n` is ours; other controls, the marks that turn the reading direction
/// and the invisible tags are left out.
fn is_safe(c: char) -> bool {
    c == '\n' || !(c.is_control() || is_hidden(c))
}

/// Byte ranges of the rows of one line.
fn fill(line: &str, opening: bool, width: u16, first: u16, rest: u16) -> Vec<(usize, usize)> {
    let room = |row: usize| {
        let indent = if row == 0 && opening { first } else { rest };
        usize::from(width.saturating_sub(indent)).max(1)
    };
    let mut rows = Vec::new();
    let (mut from, mut to, mut used, mut at) = (0, 0, 0, 0);
    for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let wide = word.word.width();
        if used > 0 && used + wide > room(rows.len()) {
            if to > from {
                rows.push((from, to));
            }
            (from, used) = (at, 0);
        }
        if wide > room(rows.len()) {
            // A word longer than a row is broken wherever the row ends.
            for (offset, cluster) in word.word.grapheme_indices(true) {
                let cells = cluster.width();
                if used > 0 && used + cells > room(rows.len()) {
                    rows.push((from, at + offset));
                    (from, used) = (at + offset, 0);
                }
                used += cells;
            }
        } else {
            used += wide;
        }
        to = at + word.word.len();
        used += word.whitespace.len();
        at = to + word.whitespace.len();
    }
    rows.push((from, to));
    rows
}

/// The part of the spans between two byte offsets of their safe characters.
fn slice(spans: &[Span], from: usize, to: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = 0;
    for span in spans {
        if at >= to {
            break;
        }
        let mut text = String::new();
        for c in span.text.chars().filter(|c| is_safe(*c)) {
            if (from..to).contains(&at) {
                text.push(c);
            }
            at += c.len_utf8();
        }
        if !text.is_empty() {
            out.push(Span { text, style: span.style });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::{Row, Span, hang, plain, wrap};
    use crate::engine::render;

    fn lines(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|r| format!("{}{}", " ".repeat(usize::from(r.indent)), r.plain())).collect()
    }

    #[test]
    fn words_stay_whole_and_rows_end_without_blanks() {
        let rows = wrap(&[plain("Snow on the north gate. The drums have not stopped.")], 20);
        assert_eq!(lines(&rows), ["Snow on the north", "gate. The drums have", "not stopped."]);
    }

    #[test]
    fn a_wide_character_takes_two_cells() {
        let rows = wrap(&[plain("太原城下起了大雪")], 6);
        assert_eq!(lines(&rows), ["太原城", "下起了", "大雪"]);
    }

    #[test]
    fn looks_survive_a_break() {
        let strong = render::Style { strong: true, ..render::Style::default() };
        let spans = [plain("two "), Span { text: "strong words".into(), style: strong }, plain(" here")];
        let rows = wrap(&spans, 10);
        assert_eq!(lines(&rows), ["two strong", "words here"]);
        assert_eq!(rows[1].pieces, [Span { text: "words".into(), style: strong }, plain(" here")]);
    }

    #[test]
    fn a_word_longer_than_a_row_is_cut() {
        assert_eq!(lines(&wrap(&[plain("Wanyanzonghan is here")], 6)), ["Wanyan", "zongha", "n is", "here"]);
    }

    #[test]
    fn kept_line_ends_and_hanging_rows() {
        let rows = hang(&[plain("Grain, 31,200.\nMouths, 24,816.")], 12, 0, 2);
        assert_eq!(lines(&rows), ["Grain,", "  31,200.", "  Mouths,", "  24,816."]);
    }

    #[test]
    fn nothing_that_steers_a_terminal_gets_through() {
        let rows = wrap(&[plain("a\u{1b}[2Jb\u{202e}c\u{9b}d\te")], 40);
        assert_eq!(lines(&rows), ["a[2Jbcde"]);
    }

    proptest! {
        #[test]
        fn no_row_is_too_wide_and_no_word_is_lost(text in "[a-z 太—é\\n-]{0,80}", width in 2u16..40, cut in any::<u8>()) {
            let at = text.char_indices().map(|(i, _)| i).nth(usize::from(cut) % (text.chars().count() + 1));
            let (a, b) = text.split_at(at.unwrap_or(text.len()));
            let rows = wrap(&[plain(a), plain(b)], width);
            assert!(rows.iter().all(|r| r.width() <= width), "{rows:?}");
            let kept: String = rows.iter().flat_map(|r| r.plain().chars().collect::<Vec<_>>()).filter(|c| *c != ' ').collect();
            let wanted: String = text.chars().filter(|c| !matches!(c, ' ' | '\n')).collect();
            assert_eq!(kept, wanted);
        }
    }
}
