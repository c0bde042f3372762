//! What is wrong with the story's files, as the loader tells it.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Look, Outcome, Overlay};
use crate::tui::wrap;

/// How far the rest of a long line is set in.
const HANG: u16 = 8;

/// Lines kept as they are: carets stand under what they point at.
pub(crate) struct Report {
    lines: Vec<String>,
    top: usize,
}

impl Report {
    pub(crate) fn new(text: &str) -> Self {
        Self { lines: text.lines().map(str::to_owned).collect(), top: 0 }
    }
}

impl Report {
    /// The rows at a width, and whether each says what is wrong. Only what does not fit is broken.
    fn rows(&self, width: u16) -> Vec<(wrap::Row, bool)> {
        let rows = |line: &String| {
            let loud = line.starts_with("error") || line.starts_with("warning");
            wrap::hang(&[wrap::plain(line)], width, 0, HANG).into_iter().map(move |row| (row, loud))
        };
        self.lines.iter().flat_map(rows).collect()
    }
}

impl Overlay for Report {
    fn title(&self, _look: &Look<'_>) -> String {
        "The story cannot be read; you play on in what was read before".to_owned()
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        for (y, (row, loud)) in (area.top()..area.bottom()).zip(self.rows(area.width).into_iter().skip(self.top)) {
            let style = if loud { look.theme.warning } else { look.theme.text };
            row.draw((area.x, y), area.width, style, look.theme, buf);
        }
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        let room = usize::from(look.area.height).max(1);
        let last = self.rows(look.area.width).len().saturating_sub(room);
        let to = match keys::verb(key) {
            Some(Verb::Up) => self.top.saturating_sub(1),
            Some(Verb::Down) => self.top + 1,
            Some(Verb::PageUp) => self.top.saturating_sub(room),
            Some(Verb::PageDown) => self.top + room,
            Some(Verb::Home) => 0,
            Some(Verb::End) => last,
            Some(Verb::Reload) => return Outcome::Act(Action::Reload),
            _ => return Outcome::Pass,
        };
        self.top = to.min(last);
        Outcome::Redraw
    }

    fn hints(&self, _: &Look<'_>) -> Vec<Verb> {
        vec![Verb::Down, Verb::Reload]
    }
}
