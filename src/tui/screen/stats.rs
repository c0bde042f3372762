//! How things stand.

use crossterm::event::{KeyEvent, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::engine::look::Stat;
use crate::engine::render::with_commas;
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Look, Outcome, Overlay, scrolls};
use crate::tui::widget::gauge::gauge;
use crate::tui::widget::list;

/// Every number the story shows: its bar, its word, its number.
#[derive(Debug, Default)]
pub(crate) struct Stats {
    top: usize,
}

/// From this width on a stat takes one row.
const ONE_ROW: u16 = 56;

/// A row as it is drawn.
struct Row {
    stat: Option<Stat>,
    /// A second row of the stat above, with its bar.
    bar: bool,
}

fn rows(stats: Vec<Stat>, width: u16) -> Vec<Row> {
    let mut rows = Vec::new();
    for stat in stats {
        let bar = width < ONE_ROW && stat.gauge.is_some();
        rows.push(Row { stat: Some(stat.clone()), bar: false });
        if bar {
            rows.push(Row { stat: Some(stat), bar: true });
        } else if width >= ONE_ROW {
            rows.push(Row { stat: None, bar: false });
        }
    }
    rows
}

/// The number as it is read: in the story's words, with the most it can be where it is a bare number.
fn number(stat: &Stat) -> String {
    match stat.gauge {
        Some((value, most)) if stat.written == value.to_string() => format!("{value} of {most}"),
        _ => stat.written.parse().map_or_else(|_| stat.written.clone(), with_commas),
    }
}

fn less_is_better(look: &Look<'_>, stat: &Stat) -> bool {
    let shown = look.sitting.and_then(|s| s.chapter().var(stat.var).shown.as_ref().map(|shown| shown.low_is_good));
    shown.unwrap_or(false)
}

impl Stats {
    fn draw_row(row: &Row, labels: u16, look: &Look<'_>, line: Rect, buf: &mut Buffer) {
        let Some(stat) = &row.stat else { return };
        let theme = look.theme;
        let wide = line.width >= ONE_ROW;
        let bar_width = if wide { 20 } else { line.width.saturating_sub(2).min(30) };
        if row.bar {
            if let Some(of) = stat.gauge {
                let area = Rect { x: line.x + 2.min(line.width), width: bar_width, ..line };
                gauge(of, bar_width, theme).render(area.intersection(line), buf);
            }
            return;
        }
        let put = |x: u16, text: &str, style: Style, buf: &mut Buffer| {
            if x < line.width {
                let room = line.width - x;
                buf.set_stringn(line.x + x, line.y, list::clip(text, room), usize::from(room), style);
            }
        };
        put(0, &stat.label, theme.text, buf);
        let mut words = number(stat);
        if let Some(level) = &stat.level {
            words = format!("{level}, {words}");
        }
        if less_is_better(look, stat) {
            words.push_str(", less is better");
        }
        if !wide {
            put(labels + 2, &words, theme.quiet, buf);
            return;
        }
        let mut x = labels + 3;
        if let Some(of) = stat.gauge {
            let area = Rect { x: line.x + x, width: bar_width, ..line };
            gauge(of, bar_width, theme).render(area.intersection(line), buf);
        }
        x += bar_width + 3;
        put(x, &words, theme.text, buf);
    }

    fn most(look: &Look<'_>, area: Rect) -> usize {
        let stats = look.sitting.map(|s| s.stats()).unwrap_or_default();
        rows(stats, area.width).len().saturating_sub(usize::from(area.height))
    }

    fn scroll(&mut self, look: &Look<'_>, by: isize) -> Outcome {
        let top = self.top.saturating_add_signed(by).min(Self::most(look, look.area));
        if top == self.top {
            return Outcome::Stay;
        }
        self.top = top;
        Outcome::Redraw
    }
}

impl Overlay for Stats {
    fn title(&self, _: &Look<'_>) -> String {
        "How things stand".to_owned()
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let stats = look.sitting.map(|s| s.stats()).unwrap_or_default();
        if stats.is_empty() {
            list::line("There is nothing to count here.", area, 0, look.theme.quiet, buf);
            return;
        }
        let labels = stats.iter().map(|s| s.label.width()).max().unwrap_or(0);
        let labels = u16::try_from(labels).unwrap_or(u16::MAX).min(area.width / 2);
        let rows = rows(stats, area.width);
        let top = self.top.min(rows.len().saturating_sub(usize::from(area.height)));
        for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
            Self::draw_row(row, labels, look, Rect { y, height: 1, ..area }, buf);
        }
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        let page = isize::try_from(look.area.height.saturating_sub(1).max(1)).unwrap_or(1);
        match keys::verb(key) {
            Some(Verb::Stats) => Outcome::Close,
            Some(Verb::Up) => self.scroll(look, -1),
            Some(Verb::Down) => self.scroll(look, 1),
            Some(Verb::PageUp) => self.scroll(look, -page),
            Some(Verb::PageDown) => self.scroll(look, page),
            _ => Outcome::Pass,
        }
    }

    fn hints(&self, look: &Look<'_>) -> Vec<Verb> {
        scrolls(self.top, Self::most(look, look.area))
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        match event.kind {
            MouseEventKind::ScrollUp => self.scroll(look, -1),
            MouseEventKind::ScrollDown => self.scroll(look, 1),
            _ => Outcome::Pass,
        }
    }
}
