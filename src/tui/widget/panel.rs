//! The side panel: how things stand and what is carried.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::engine::Event;
use crate::engine::id::VarIx;
use crate::engine::look::Stat;
use crate::engine::render::with_commas;
use crate::play::Sitting;
use crate::tui::theme::Theme;
use crate::tui::wrap;

use super::gauge::inked;

const BAR: u16 = 10;
/// The longest label that keeps a value beside it.
const LABEL: u16 = 11;

/// Stats with bar, word and number; under them the things.
pub(crate) struct Panel<'a> {
    pub(crate) sitting: &'a Sitting,
    pub(crate) theme: &'a Theme,
}

struct Row<'a> {
    label: Option<(&'a str, Style)>,
    value: Line<'a>,
}

impl Panel<'_> {
    fn stat<'a>(&self, stat: &'a Stat, room: u16, close: bool) -> Vec<Row<'a>> {
        let changed = self
            .sitting
            .newest()
            .iter()
            .any(|e| matches!(e, Event::Stat { var, from, to } if *var == stat.var && from != to));
        let label = if changed { self.theme.text.add_modifier(self.theme.strong) } else { self.theme.quiet };
        let mut words = numbered(&stat.written);
        if let Some(level) = stat.level.as_ref().filter(|l| **l != stat.written) {
            let joined = if words.is_empty() { level.clone() } else { join(&words, level, room) };
            words = joined;
        }
        let mut rows = Vec::new();
        let mut first = Some((stat.label.as_str(), label));
        if let Some(along) = stat.gauge {
            let ink = if self.is_bad(stat.var, along) { self.theme.low } else { self.theme.gauge };
            rows.push(Row { label: first.take(), value: inked(along, BAR.min(room), ink, self.theme) });
        }
        if first.is_some() || !close {
            for row in wrap::wrap(&[wrap::plain(words)], room) {
                rows.push(Row { label: first.take(), value: Line::styled(row.plain(), self.theme.text) });
            }
        }
        rows
    }

    /// Whether a quarter or less is left of something wanted, or to go of something unwanted.
    fn is_bad(&self, var: VarIx, (value, most): (i32, i32)) -> bool {
        let low_is_good = self.sitting.chapter().var(var).shown.as_ref().is_some_and(|s| s.low_is_good);
        let left = if low_is_good { most.saturating_sub(value) } else { value };
        i64::from(left) * 4 <= i64::from(most)
    }

    fn rows<'a>(&self, stats: &'a [Stat], label: u16, width: u16, close: bool) -> Vec<Row<'a>> {
        stats.iter().flat_map(|stat| self.stat(stat, width.saturating_sub(label + 2), close)).collect()
    }
}

impl Widget for Panel<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let stats = self.sitting.stats();
        let longest = stats.iter().map(|s| s.label.width()).max().unwrap_or(0);
        let label = u16::try_from(longest).unwrap_or(LABEL).min(LABEL);
        let things = self.sitting.things();
        let below = if things.is_empty() { 0 } else { things.len() + 2 };
        let mut rows = self.rows(&stats, label, area.width, false);
        if rows.len() + below > usize::from(area.height) {
            rows = self.rows(&stats, label, area.width, true);
        }
        let mut y = area.y;
        for row in rows {
            if y >= area.bottom() {
                return;
            }
            if let Some((words, style)) = row.label {
                buf.set_stringn(area.x, y, words, usize::from(label), style);
            }
            buf.set_line(area.x + label + 2, y, &row.value, area.width.saturating_sub(label + 2));
            y += 1;
        }
        if things.is_empty() || y + 2 >= area.bottom() {
            return;
        }
        y += u16::from(!stats.is_empty());
        buf.set_stringn(area.x, y, "You carry", usize::from(area.width), self.theme.quiet);
        let world = self.sitting.world();
        let room = usize::from(area.bottom() - y - 1);
        let shown = if things.len() > room { room.saturating_sub(1) } else { things.len() };
        for (ix, count) in &things[..shown] {
            y += 1;
            let name = &world.item(*ix).name;
            let words = if *count > 1 { format!("{name}, {count}") } else { name.clone() };
            buf.set_stringn(area.x, y, words, usize::from(area.width), self.theme.text);
        }
        if shown < things.len() {
            let rest = format!("and {} more: i", things.len() - shown);
            buf.set_stringn(area.x, y + 1, rest, usize::from(area.width), self.theme.quiet);
        }
    }
}

/// A bare number as it is read: `9,640`.
pub(crate) fn numbered(written: &str) -> String {
    written.parse().map_or_else(|_| written.to_owned(), with_commas)
}

/// A value and its word on one row, or on two when one is too short.
fn join(value: &str, word: &str, room: u16) -> String {
    let fits = value.width() + 2 + word.width() <= usize::from(room);
    if fits { format!("{value}, {word}") } else { format!("{value}\n{word}") }
}
