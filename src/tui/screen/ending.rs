//! The page after the last page: how it ended, and what it came to.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use tui_big_text::{BigText, PixelSize};
use unicode_width::UnicodeWidthStr;

use crate::play::{Block, Sitting};
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Look, Outcome, Overlay};
use crate::tui::widget::panel::numbered;
use crate::tui::wrap;

const WIDTH: u16 = 56;

/// The ending reached.
pub(crate) struct EndingPage;

/// The words of the ending reached.
fn ending(sitting: &Sitting) -> Option<(&str, &str)> {
    sitting.transcript().blocks().iter().rev().find_map(|block| match block {
        Block::Ended { title, text } => Some((title.as_str(), text.as_str())),
        _ => None,
    })
}

/// The chapter that can be gone on to, in words.
fn way_on(sitting: &Sitting) -> Option<String> {
    sitting.next_chapter()?;
    sitting.picks().first().map(|pick| crate::engine::look::words(&pick.words))
}

impl Overlay for EndingPage {
    fn title(&self, look: &Look<'_>) -> String {
        look.sitting.map(|s| s.chapter().title.clone()).unwrap_or_default()
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let Some(sitting) = look.sitting else { return };
        let Some((title, text)) = ending(sitting) else { return };
        let theme = look.theme;
        let width = WIDTH.min(area.width);
        let x = area.x + (area.width - width) / 2;
        let letters = u16::try_from(title.width()).unwrap_or(u16::MAX);
        let size = match letters {
            n if !title.is_ascii() || area.height < 18 || n == 0 => None,
            n if n <= width / 8 => Some((n * 8, PixelSize::HalfHeight)),
            n if n <= width / 4 => Some((n * 4, PixelSize::Quadrant)),
            _ => None,
        };
        let words = wrap::wrap(&[wrap::plain(text)], width);
        let sums = sums(look, sitting);
        let tall = size.map_or(1, |_| 4) + words.len() + sums.len() + 4;
        let spare = usize::from(area.height).saturating_sub(tall);
        let mut y = area.y + u16::try_from(spare / 3).unwrap_or(0);
        let row = |y: u16, height: u16| Rect { x, y, width, height }.intersection(area);
        match size {
            Some((wide, size)) => {
                let place = Rect { x: x + (width - wide) / 2, y, width: wide, height: 4 }.intersection(area);
                BigText::builder()
                    .pixel_size(size)
                    .style(theme.accent)
                    .lines([Line::from(title.to_uppercase())])
                    .build()
                    .render(place, buf);
                y += 5;
            }
            None => {
                let style = theme.accent.add_modifier(Modifier::BOLD);
                Line::styled(title, style).centered().render(row(y, 1), buf);
                y += 2;
            }
        }
        for line in &words {
            Line::styled(line.plain(), theme.text).centered().render(row(y, 1), buf);
            y += 1;
        }
        y += 1;
        Line::styled("· · ·", theme.faint).centered().render(row(y, 1), buf);
        y += 2;
        let label = sums.iter().map(|(label, _)| label.width()).max().unwrap_or(0);
        let wide = label + 3 + sums.iter().map(|(_, value)| value.width()).max().unwrap_or(0);
        let indent = width.saturating_sub(u16::try_from(wide).unwrap_or(width)) / 2;
        for (name, value) in &sums {
            let place = row(y, 1);
            if place.is_empty() {
                break;
            }
            let start = (place.x + indent).min(place.right());
            let left = usize::from(place.right() - start);
            buf.set_stringn(start, y, name, left, theme.quiet);
            let skip = label + 3;
            let at = start + u16::try_from(skip).unwrap_or(0);
            if at < place.right() {
                buf.set_stringn(at, y, value, left.saturating_sub(skip), theme.text);
            }
            y += 1;
        }
        // On a short screen the way on is worth more than the last of the sums.
        let y = (y + 1).min(area.bottom().saturating_sub(1));
        if let Some(words) = way_on(sitting) {
            let line = Line::from(vec![Span::styled("1  ", theme.accent), Span::styled(words, theme.text)]);
            Clear.render(row(y, 1), buf);
            line.centered().render(row(y, 1), buf);
        }
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        if key.code == KeyCode::Char('1') && look.sitting.and_then(way_on).is_some() {
            return Outcome::Act(Action::Choose(0));
        }
        match keys::verb(key) {
            Some(Verb::Take | Verb::PageDown) => Outcome::Close,
            Some(Verb::Undo) => Outcome::Act(Action::Undo),
            _ => Outcome::Pass,
        }
    }

    fn hints(&self, _: &Look<'_>) -> Vec<Verb> {
        vec![Verb::History, Verb::Endings, Verb::Undo, Verb::Leave]
    }
}

/// What the play came to: how things stood, how many choices, how many endings are found.
fn sums(look: &Look<'_>, sitting: &Sitting) -> Vec<(String, String)> {
    let mut sums: Vec<(String, String)> = Vec::new();
    if let Some(date) = &sitting.page().date {
        sums.push(("The last page".to_owned(), date.clone()));
    }
    for stat in sitting.stats() {
        let value = match stat.level {
            Some(level) if level != stat.written => format!("{}, {level}", numbered(&stat.written)),
            _ => numbered(&stat.written),
        };
        sums.push((stat.label, value));
    }
    sums.push(("Choices".to_owned(), sitting.steps().to_string()));
    let chapter = sitting.chapter();
    let found = chapter.endings.iter().filter(|e| look.profile.has_ending(&chapter.id, &e.id)).count();
    sums.push(("Endings found".to_owned(), format!("{found} of {} in {}", chapter.endings.len(), chapter.title)));
    sums
}
