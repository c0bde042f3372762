//! The title card drawn: the name as large as there is room for, the menu under it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::Widget;
use tui_big_text::{BigText, PixelSize};
use unicode_width::UnicodeWidthStr;

use crate::tui::theme::Theme;
use crate::tui::wrap;

use super::Title;

/// The menu's width where there is room.
const MENU: u16 = 60;
const BIG: u16 = 4;

/// The title card.
pub(crate) struct Card<'a> {
    pub(crate) title: &'a Title,
    pub(crate) theme: &'a Theme,
}

/// Where the parts of the card stand.
struct Plan {
    over: Rect,
    /// Under the large name: battlements.
    wall: Option<Rect>,
    big: Option<(Rect, PixelSize)>,
    menu: Rect,
    about: Rect,
}

impl Title {
    /// Lays the card out in a room.
    pub(crate) fn lay_out(&mut self, room: Rect) {
        let menu = self.plan(room).menu;
        let mut row = 0;
        let rows = self.entries.iter().map(|entry| {
            row += u16::from(entry.apart) + 1;
            row - 1
        });
        let rows: Vec<u16> = rows.collect();
        // Where the menu is longer than its room, what is selected is seen.
        let selected = rows.get(self.selected).copied().unwrap_or(0);
        let above = (selected + 1).saturating_sub(menu.height);
        let place = |row: u16| match row.checked_sub(above) {
            Some(y) if y < menu.height => Rect { y: menu.y + y, height: 1, ..menu },
            _ => Rect::ZERO,
        };
        self.places = rows.into_iter().map(place).collect();
    }

    /// The name's last word, large, and what stands before it.
    fn words(&self) -> (&str, &str) {
        self.name.rsplit_once(' ').unwrap_or(("", &self.name))
    }

    fn plan(&self, room: Rect) -> Plan {
        let gaps = self.entries.iter().filter(|e| e.apart).count();
        let rows = u16::try_from(self.entries.len() + gaps).unwrap_or(room.height);
        let width = MENU.min(room.width);
        let x = room.x + (room.width - width) / 2;
        let letters = u16::try_from(self.words().1.width()).unwrap_or(u16::MAX);
        let about = if room.height >= rows + 4 { 3 } else { 0 };
        // Two empty rows around the large name give way first.
        let tight = room.height < rows + about + BIG + 4;
        let gap = if tight { 1 } else { 2 };
        let roomy = room.height >= rows + about + BIG + 2 && self.words().1.is_ascii();
        let size = match letters {
            0 => None,
            n if roomy && n <= width / 8 => Some((n * 8, PixelSize::HalfHeight)),
            n if roomy && n <= width / 4 => Some((n * 4, PixelSize::Quadrant)),
            _ => None,
        };
        let walled = size.is_some() && room.height >= rows + about + BIG + 7;
        let top = if size.is_some() { gap + BIG + gap + if walled { 2 } else { 0 } } else { 2 };
        let spare = room.height.saturating_sub(top + rows + about);
        let start = room.y + spare / 3;
        let row = |y: u16, height: u16| Rect { x, y, width, height }.intersection(room);
        Plan {
            over: row(start, 1),
            big: size.map(|(wide, size)| {
                let indent = (width - wide.min(width)) / 2;
                (Rect { x: x + indent, y: start + gap, width: wide, height: BIG }.intersection(room), size)
            }),
            wall: walled.then(|| row(start + 2 + BIG, 2)),
            menu: row(start + top, rows),
            about: row(start + top + rows + 1, about.saturating_sub(1)),
        }
    }

    /// Where the real cursor stands.
    pub(crate) fn cursor(&self) -> Option<Position> {
        let place = self.places.get(self.selected).filter(|place| !place.is_empty())?;
        Some(Position { x: place.x + 2, y: place.y })
    }
}

impl Widget for Card<'_> {
    fn render(self, room: Rect, buf: &mut Buffer) {
        let Self { title, theme } = self;
        let plan = title.plan(room);
        let (before, last) = title.words();
        match plan.big {
            Some((area, size)) => {
                let over = spaced(before);
                Line::styled(over, theme.quiet).centered().render(plan.over, buf);
                let big = BigText::builder()
                    .pixel_size(size)
                    .style(theme.accent)
                    .lines([Line::from(last.to_uppercase())])
                    .build();
                big.render(area, buf);
                if let Some(wall) = plan.wall {
                    battlements(wall, self.theme.faint, buf);
                }
            }
            None => {
                let name = theme.accent.add_modifier(Modifier::BOLD);
                Line::styled(title.name.clone(), name).centered().render(plan.over, buf);
            }
        }
        for (at, (entry, place)) in title.entries.iter().zip(&title.places).enumerate() {
            if place.is_empty() {
                continue;
            }
            let selected = at == title.selected;
            let style = if selected { theme.selected } else { theme.text };
            if selected {
                buf.set_style(*place, style);
                buf.set_string(place.x, place.y, theme.marker(), style.patch(theme.mark));
            }
            let key = if selected { style.patch(theme.mark) } else { theme.digit };
            let width = usize::from(place.width);
            buf.set_stringn(place.x + 2, place.y, &entry.key, width.saturating_sub(2), key);
            let (after, _) = buf.set_stringn(place.x + 5, place.y, &entry.words, width.saturating_sub(5), style);
            let column = (place.x + 18).max(after + 2);
            let quiet = if selected { style.remove_modifier(Modifier::BOLD) } else { theme.quiet };
            let left = usize::from(place.right().saturating_sub(column + 1));
            // Where there is no room for all of it, its last parts say most.
            let whole = entry.beside.as_str();
            let parts = std::iter::successors(Some(whole), |words| Some(words.split_once(", ")?.1));
            let beside = parts.clone().find(|words| words.width() <= left).or_else(|| parts.last()).unwrap_or(whole);
            if left > 0 {
                buf.set_stringn(column, place.y, beside, left, quiet);
            }
        }
        let about = title.entries.get(title.selected).map_or("", |e| e.about.as_str());
        let words = if about.is_empty() { title.credits.as_str() } else { about };
        let indent = 5.min(plan.about.width);
        let rows = sentences(words, plan.about.width - indent, plan.about.height);
        for (y, row) in (plan.about.top()..plan.about.bottom()).zip(&rows) {
            row.draw((plan.about.x + indent, y), plan.about.width - indent, theme.quiet, theme, buf);
        }
    }
}

/// As many whole sentences as there are rows for.
fn sentences(words: &str, width: u16, height: u16) -> Vec<wrap::Row> {
    let mut shown = words.trim_end();
    loop {
        let rows = wrap::wrap(&[wrap::plain(shown)], width);
        if rows.len() <= usize::from(height) {
            return rows;
        }
        let Some((rest, _)) = shown.trim_end_matches('.').rsplit_once(". ") else { return Vec::new() };
        shown = &words[..=rest.len()];
    }
}

/// Merlons, and the wall they stand on.
fn battlements(area: Rect, style: Style, buf: &mut Buffer) {
    let width = usize::from(area.width);
    let rows = ["▄▄ ".repeat(width / 3 + 1), "▀".repeat(width)];
    for (y, row) in (area.top()..area.bottom()).zip(rows) {
        buf.set_stringn(area.x, y, row, width, style);
    }
}

/// Letters set apart, for a line over a large one.
fn spaced(words: &str) -> String {
    let apart = words.to_uppercase().chars().map(|c| c.to_string()).collect::<Vec<_>>();
    apart.join(" ")
}
