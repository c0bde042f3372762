//! A list one moves through, by key or by mouse.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tui::keys::Verb;
use crate::tui::theme::Theme;

/// The least of an item's words that an aside may leave, in cells.
const LEAST_WORDS: u16 = 14;

/// What a list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// A heading in a row of its own, above this item.
    pub(crate) heading: Option<String>,
    /// The words.
    pub(crate) text: String,
    /// A few quiet words at the right edge.
    pub(crate) aside: String,
    /// Whether it stands back: undone, not yet found.
    pub(crate) dim: bool,
    /// A sign before the words, as wide as that of all others.
    pub(crate) sign: &'static str,
}

impl Item {
    /// Words alone.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// With quiet words at the right edge.
    pub(crate) fn aside(self, aside: impl Into<String>) -> Self {
        Self { aside: aside.into(), ..self }
    }

    /// Under a heading.
    pub(crate) fn under(self, heading: Option<String>) -> Self {
        Self { heading, ..self }
    }

    /// Standing back.
    pub(crate) fn dim(self, dim: bool) -> Self {
        Self { dim, ..self }
    }

    /// With a sign before it.
    pub(crate) fn sign(self, sign: &'static str) -> Self {
        Self { sign, ..self }
    }
}

/// Which item is selected, and which row is at the top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    at: usize,
    top: usize,
}

impl Selection {
    /// With this item selected.
    pub(crate) const fn on(at: usize) -> Self {
        Self { at, top: 0 }
    }

    /// With nothing selected until a key or a press says so.
    pub(crate) const fn nowhere() -> Self {
        Self { at: usize::MAX, top: 0 }
    }

    /// The selected item of a list of `count`.
    pub(crate) fn at(self, count: usize) -> Option<usize> {
        (count > 0 && self.at != usize::MAX).then(|| self.at.min(count.saturating_sub(1)))
    }

    /// Selects an item.
    pub(crate) fn select(&mut self, at: usize) {
        self.at = at;
    }

    /// Moves as a key asks. Answers whether it was a key that moves.
    pub(crate) fn moves(&mut self, verb: Option<Verb>, items: &[Item], height: u16) -> bool {
        let last = items.len().saturating_sub(1);
        let page = usize::from(height).saturating_sub(1).max(1);
        let at = self.at.min(last);
        self.at = match verb {
            Some(Verb::Up | Verb::Down) if self.at == usize::MAX => 0,
            Some(Verb::Up) => at.saturating_sub(1),
            Some(Verb::Down) => (at + 1).min(last),
            Some(Verb::PageUp) => at.saturating_sub(page),
            Some(Verb::PageDown) => (at + page).min(last),
            Some(Verb::Home) => 0,
            Some(Verb::End) => last,
            _ => return false,
        };
        self.top = self.first_row(items, height);
        true
    }

    /// Brings the selected item into sight.
    pub(crate) fn reveal(&mut self, items: &[Item], height: u16) {
        self.top = self.first_row(items, height);
    }

    /// The row at the top: the one it was, unless the selection would be out of sight.
    fn first_row(self, items: &[Item], height: u16) -> usize {
        let height = usize::from(height);
        let rows = rows(items);
        let Some(at) = self.at(items.len()) else { return 0 };
        let row = rows.iter().position(|r| *r == Row::Item(at)).unwrap_or(0);
        // The heading of the selected item is seen with it, where there is room.
        let from = if items[at].heading.is_some() && height > 2 { row.saturating_sub(2) } else { row };
        let low = (row + 1).saturating_sub(height);
        self.top.clamp(low, from.max(low)).min(rows.len().saturating_sub(height).max(low))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Blank,
    Heading(usize),
    Item(usize),
}

fn rows(items: &[Item]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        if item.heading.is_some() {
            if at > 0 {
                rows.push(Row::Blank);
            }
            rows.push(Row::Heading(at));
        }
        rows.push(Row::Item(at));
    }
    rows
}

/// How many rows a list takes in full.
pub(crate) fn height(items: &[Item]) -> u16 {
    u16::try_from(rows(items).len()).unwrap_or(u16::MAX)
}

/// Draws a list. The selected row bears the marker as well as the look.
pub(crate) fn draw(items: &[Item], selection: Selection, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let rows = rows(items);
    let top = selection.first_row(items, area.height);
    let selected = selection.at(items.len());
    let signs = items.iter().map(|i| i.sign.width()).max().unwrap_or(0);
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
        match row {
            Row::Blank => {}
            Row::Heading(at) => {
                let heading = items[*at].heading.as_deref().unwrap_or_default();
                buf.set_stringn(area.x, y, clip(heading, area.width), usize::from(area.width), theme.quiet);
            }
            Row::Item(at) => {
                let line = Rect { y, height: 1, ..area };
                draw_item(&items[*at], selected == Some(*at), signs, line, theme, buf);
            }
        }
    }
    let below = rows.len().saturating_sub(top + usize::from(area.height));
    if below > 0 && area.width > 12 {
        more(below, area, theme, buf);
    }
}

/// Says how much lies below, in the last cells of the last row, if nothing stands there.
fn more(below: usize, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let words = format!("  {below} more");
    let width = u16::try_from(words.width()).unwrap_or(0);
    let free = |x: u16| buf[(x, area.bottom() - 1)].symbol() == " ";
    if width < area.width && (area.right() - width..area.right()).all(free) {
        buf.set_string(area.right() - width, area.bottom() - 1, &words, theme.quiet);
    }
}

fn draw_item(item: &Item, selected: bool, signs: usize, line: Rect, theme: &Theme, buf: &mut Buffer) {
    let look = match (selected, item.dim) {
        (true, _) => theme.selected,
        (false, true) => theme.locked,
        (false, false) => theme.text,
    };
    if selected {
        buf.set_style(line, theme.selected);
        buf.set_stringn(line.x, line.y, theme.marker(), usize::from(line.width), theme.selected);
    }
    let mut left = line.x.saturating_add(2);
    if signs > 0 && left < line.right() {
        buf.set_stringn(left, line.y, item.sign, usize::from(line.right() - left), look);
        left = left.saturating_add(u16::try_from(signs + 1).unwrap_or(0));
    }
    let aside = u16::try_from(item.aside.width()).unwrap_or(u16::MAX);
    let room = line.right().saturating_sub(left);
    let words = u16::try_from(item.text.width()).unwrap_or(u16::MAX);
    // The aside gives way where it would leave too little of the words.
    let rest = room.saturating_sub(aside.saturating_add(2));
    let fits = aside > 0 && rest >= words.min(LEAST_WORDS);
    let room = if fits { rest } else { room };
    if left < line.right() {
        buf.set_stringn(left, line.y, clip(&item.text, room), usize::from(room), look);
    }
    if fits {
        let look = if selected { theme.selected } else { theme.quiet };
        buf.set_string(line.right() - aside, line.y, &item.aside, look);
    }
}

/// The item under a position of the screen.
pub(crate) fn hit(items: &[Item], selection: Selection, area: Rect, at: Position) -> Option<usize> {
    if !area.contains(at) {
        return None;
    }
    let top = selection.first_row(items, area.height);
    match rows(items).get(top + usize::from(at.y - area.y)) {
        Some(Row::Item(at)) => Some(*at),
        _ => None,
    }
}

/// Where the selected row's marker stands, for the real cursor.
pub(crate) fn cursor(items: &[Item], selection: Selection, area: Rect) -> Option<Position> {
    let at = selection.at(items.len())?;
    let row = rows(items).iter().position(|r| *r == Row::Item(at))?;
    let down = u16::try_from(row.checked_sub(selection.first_row(items, area.height))?).ok()?;
    (down < area.height && area.width > 0).then(|| Position::new(area.x, area.y + down))
}

/// As much of a line as fits, with three dots where it is cut.
pub(crate) fn clip(text: &str, width: u16) -> std::borrow::Cow<'_, str> {
    let width = usize::from(width);
    if text.width() <= width {
        return text.into();
    }
    let dots = if width > 6 { "..." } else { "" };
    let mut out = String::new();
    let mut used = dots.len();
    for cluster in text.graphemes(true) {
        used += cluster.width();
        if used > width {
            break;
        }
        out.push_str(cluster);
    }
    (out.trim_end().to_owned() + dots).into()
}

/// A plain line, cut to fit.
pub(crate) fn line(text: &str, area: Rect, row: u16, look: Style, buf: &mut Buffer) {
    let y = area.y.saturating_add(row);
    if row < area.height && area.width > 0 && buf.area.contains(Position::new(area.x, y)) {
        buf.set_stringn(area.x, y, clip(text, area.width), usize::from(area.width), look);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::{Position, Rect};

    use super::{Item, Selection, clip, draw, hit};
    use crate::tui::keys::Verb;
    use crate::tui::theme::Theme;

    fn many() -> Vec<Item> {
        let item =
            |n: usize| Item::new(format!("item {n}")).under((n.is_multiple_of(5)).then(|| format!("part {}", n / 5)));
        (0..20).map(item).collect()
    }

    fn text(buf: &Buffer) -> Vec<String> {
        let row = |y| (0..buf.area.width).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
        (0..buf.area.height).map(row).collect()
    }

    #[test]
    fn the_selected_row_is_always_seen_and_marked_without_colour() {
        let items = many();
        let mut selection = Selection::default();
        let area = Rect::new(0, 0, 20, 4);
        for step in 0..20 {
            let mut buf = Buffer::empty(area);
            draw(&items, selection, area, &Theme::mono(), &mut buf);
            assert!(text(&buf).iter().any(|row| row.starts_with(&format!("> item {step}"))), "{:?}", text(&buf));
            selection.moves(Some(Verb::Down), &items, area.height);
        }
    }

    #[test]
    fn a_click_hits_what_is_drawn_there() {
        let items = many();
        let mut selection = Selection::default();
        let area = Rect::new(3, 2, 20, 7);
        selection.moves(Some(Verb::End), &items, area.height);
        let mut buf = Buffer::empty(Rect::new(0, 0, 30, 12));
        draw(&items, selection, area, &Theme::mono(), &mut buf);
        for (y, row) in text(&buf).iter().enumerate() {
            let at = hit(&items, selection, area, Position::new(6, u16::try_from(y).unwrap()));
            let words = at.map(|at| items[at].text.clone());
            assert_eq!(words.is_some(), row.contains("item"), "{row}");
            assert!(words.is_none_or(|words| row.ends_with(&words)), "{row}");
        }
    }

    #[test]
    fn wide_letters_are_cut_by_cells() {
        assert_eq!(clip("太原府城下", 10), "太原府城下");
        assert_eq!(clip("太原府城下", 9), "太原府...");
        assert_eq!(clip("太原", 3), "太");
        assert_eq!(clip("太原", 0), "");
    }
}
