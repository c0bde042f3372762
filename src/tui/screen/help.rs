//! Every key, from the one table.

use crossterm::event::{KeyEvent, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::tui::keys::{self, Mode, Verb};
use crate::tui::overlay::{Look, Outcome, Overlay, scrolls};
use crate::tui::widget::leaf::{Leaf, told};
use crate::tui::wrap::{hang, plain};

/// The list of keys.
#[derive(Debug, Default)]
pub(crate) struct Help {
    top: usize,
}

fn leaf(look: &Look<'_>, width: u16) -> Leaf {
    let mut leaf = Leaf::default();
    let theme = look.theme;
    let parts = keys::parts(look.mode);
    let column = parts.iter().flat_map(|(_, rows)| rows).map(|row| row.shown.width()).max().unwrap_or(0) + 2;
    for (title, rows) in parts {
        leaf.gap();
        leaf.line(title, width, theme.heading);
        for row in rows {
            let pad = " ".repeat(column - row.shown.width());
            let indent = u16::try_from(column).unwrap_or(0);
            for line in hang(&[plain(format!("{}{pad}{}", row.shown, row.does))], width, 0, indent) {
                leaf.push(line, theme.text);
            }
        }
    }
    let about = [&look.world.note, &look.world.credits].into_iter().flatten();
    for text in about.filter(|_| look.mode == Mode::Story) {
        leaf.gap();
        leaf.prose(&told(look, text), width, look);
    }
    leaf
}

fn measure(area: Rect) -> u16 {
    area.width.min(76)
}

impl Help {
    fn scroll(&mut self, look: &Look<'_>, by: isize) -> Outcome {
        let most = leaf(look, measure(look.area)).most(look.area.height);
        let top = self.top.min(most).saturating_add_signed(by).min(most);
        if top == self.top {
            return Outcome::Stay;
        }
        self.top = top;
        Outcome::Redraw
    }
}

impl Overlay for Help {
    fn title(&self, _: &Look<'_>) -> String {
        "Keys".to_owned()
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        leaf(look, measure(area)).draw(self.top, area, look.theme, buf);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        let page = isize::try_from(look.area.height.saturating_sub(1).max(1)).unwrap_or(1);
        match keys::verb(key) {
            Some(Verb::Help) => Outcome::Close,
            Some(Verb::Up) => self.scroll(look, -1),
            Some(Verb::Down) => self.scroll(look, 1),
            Some(Verb::PageUp) => self.scroll(look, -page),
            Some(Verb::PageDown) => self.scroll(look, page),
            Some(Verb::Home) => self.scroll(look, isize::MIN),
            Some(Verb::End) => self.scroll(look, isize::MAX),
            _ => Outcome::Pass,
        }
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        match event.kind {
            MouseEventKind::ScrollUp => self.scroll(look, -3),
            MouseEventKind::ScrollDown => self.scroll(look, 3),
            _ => Outcome::Pass,
        }
    }

    fn hints(&self, look: &Look<'_>) -> Vec<Verb> {
        scrolls(self.top, leaf(look, measure(look.area)).most(look.area.height))
    }
}
