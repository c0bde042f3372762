//! The app drawn. Nothing changes here.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::tui::keys::{self, Verb};
use crate::tui::overlay::Kind;
use crate::tui::screen::reading::Page;
use crate::tui::screen::sheet::{LEAST, Sheet};
use crate::tui::screen::title::Card;
use crate::tui::terminal::Scene;
use crate::tui::theme::Theme;
use crate::tui::widget::foot::{Foot, Hint, Said};
use crate::tui::widget::head::Head;
use crate::tui::widget::panel::Panel;
use crate::tui::{still, wrap};

use super::{App, Stage, Weight};

impl Widget for &App {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(*buf.area());
        buf.set_style(area, self.theme.page);
        let Some(sheet) = self.sheet.filter(|_| area == self.area) else {
            return too_small(area, &self.theme, buf);
        };
        if let Some((_, top)) = self.over.last() {
            let look = self.look();
            let title = top.title(&look);
            self.head(&title, "", sheet, buf);
            top.draw(&look, sheet.room, buf);
        } else {
            match &self.stage {
                Stage::Title(title) => Card { title, theme: &self.theme }.render(sheet.room, buf),
                Stage::Note(_) => self.note(sheet, buf),
                Stage::Reading => self.reading(sheet, buf),
            }
        }
        self.foot(sheet, buf);
    }
}

impl Scene for App {
    fn cursor(&self) -> Option<Position> {
        let sheet = self.sheet?;
        if let Some((_, top)) = self.over.last() {
            return top.cursor(&self.look(), sheet.room);
        }
        match &self.stage {
            Stage::Title(title) => title.cursor(),
            Stage::Note(_) => None,
            Stage::Reading => self.reading.cursor(sheet.column),
        }
    }
}

/// Says that there is no room to lay anything out.
pub(in crate::tui) fn too_small(area: Rect, theme: &Theme, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let words = format!("too small: {} by {} is enough; nothing is lost", LEAST.0, LEAST.1);
    let rows = wrap::wrap(&[wrap::plain(words)], area.width);
    for (y, row) in (area.top()..area.bottom()).zip(&rows) {
        row.draw((area.x, y), area.width, theme.text, theme, buf);
    }
}

impl App {
    fn head(&self, left: &str, middle: &str, sheet: Sheet, buf: &mut Buffer) {
        let date = self.desk.sitting().and_then(|s| s.page().date.clone()).unwrap_or_default();
        let right = if self.is_reading() { date.as_str() } else { "" };
        let panel = sheet.panel.map(|p| p.x);
        Head { left, middle, right, panel, theme: &self.theme }.render(sheet.head, buf);
    }

    fn reading(&self, sheet: Sheet, buf: &mut Buffer) {
        let Some(sitting) = self.desk.sitting() else { return };
        self.head(&sitting.chapter().title, self.reading.place(), sheet, buf);
        Page { reading: &self.reading, theme: &self.theme }.render(sheet.column, buf);
        if let Some(panel) = sheet.panel {
            Panel { sitting, theme: &self.theme }.render(panel, buf);
        }
        let more = match (self.reading.more_below(), self.reading.looking_back()) {
            (_, true) if sheet.more.width < 40 => "an earlier page · End",
            (_, true) => "an earlier page · End goes to the newest",
            (true, false) => "more · Space",
            (false, false) => "",
        };
        Line::styled(more, self.theme.quiet).render(sheet.more, buf);
    }

    fn note(&self, sheet: Sheet, buf: &mut Buffer) {
        let text = self.world.note.as_ref();
        let paras: Vec<_> = text.map(still::paras).unwrap_or_default();
        let column = sheet.column;
        let mut rows = wrap::wrap(&[wrap::plain("Before the first page")], column.width);
        let heading = rows.len();
        rows.push(wrap::Row::default());
        rows.extend(wrap::paragraphs(&paras, &self.world, column.width));
        let spare = usize::from(column.height).saturating_sub(rows.len());
        let top = column.y + u16::try_from(spare / 3).unwrap_or(0);
        for (at, (y, row)) in (top..column.bottom()).zip(&rows).enumerate() {
            let style = if at < heading { self.theme.heading } else { self.theme.text };
            row.draw((column.x, y), column.width, style, &self.theme, buf);
        }
    }

    fn foot(&self, sheet: Sheet, buf: &mut Buffer) {
        let theme = &self.theme;
        let hints: Vec<Hint> = self.hints().into_iter().map(|verb| self.hint(verb)).collect();
        let said = match &self.status {
            Some((words, Weight::Plain)) => Said::Words(words, theme.text),
            Some((words, Weight::Warning)) => Said::Words(words, theme.warning),
            None => Said::Hints(&hints),
        };
        let playing = self.desk.sitting().is_some_and(|s| s.steps() > 0) && self.is_reading();
        let right = match (playing, self.saved, self.desk.fault()) {
            (true, true, _) => ("saved", theme.quiet),
            (true, false, Some(_)) => ("not saved", theme.warning),
            _ => ("", theme.quiet),
        };
        Foot { said, right, theme }.render(sheet.foot, buf);
    }

    fn lists_runs(&self) -> bool {
        matches!(self.over.last(), Some((Kind::Runs, _)))
    }

    fn hint(&self, verb: Verb) -> Hint {
        let row = keys::row_of(verb);
        let key = row.shown.split(' ').next().unwrap_or_default().to_owned();
        match (verb, self.reading.open()) {
            (Verb::Choose, 0) => (String::new(), ""),
            (Verb::Choose, 1) => ("1".to_owned(), row.short),
            (Verb::Choose, n @ 2..9) => (format!("1-{n}"), row.short),
            (Verb::Up, _) => ("↑↓".to_owned(), "select"),
            (Verb::Stats, _) => ("Tab".to_owned(), row.short),
            (Verb::Take, _) if self.lists_runs() => (key, "begin"),
            (Verb::Right, _) if self.lists_runs() => ("←→".to_owned(), "seed"),
            (Verb::Take, _) if matches!(self.stage, Stage::Note(_)) => (key, "go on"),
            (Verb::Back, _) if matches!(self.stage, Stage::Note(_)) => (key, "back"),
            _ => (key, row.short),
        }
    }
}
