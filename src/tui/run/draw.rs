//! A run drawn. Nothing changes here.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::play::run::Stage;
use crate::speedrun::clock::written;
use crate::tui::app::draw::too_small;
use crate::tui::keys::{self, Mode, Verb};
use crate::tui::screen::reading::Page;
use crate::tui::screen::run::board::{HEAD, Splits};
use crate::tui::screen::run::card::Card;
use crate::tui::screen::run::edges;
use crate::tui::screen::run::ready::Ready;
use crate::tui::screen::run::status::Status;
use crate::tui::screen::sheet::Sheet;
use crate::tui::terminal::Scene;
use crate::tui::widget::foot::{Foot, Hint, Said};
use crate::tui::widget::head::Head;
use crate::tui::widget::panel::Panel;
use crate::tui::wrap;

use super::Track;

/// What a pause says instead of the page.
const PAUSED: &str = "paused – p goes on; real time is running";

impl Widget for &Track {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(*buf.area());
        buf.set_style(area, self.theme.page);
        let Some(sheet) = self.sheet.filter(|_| area == self.area) else {
            return too_small(area, &self.theme, buf);
        };
        if let (Some((_, top)), true) = (self.over.last(), self.runner.stage() != Stage::Paused) {
            let look = self.look();
            let title = top.title(&look);
            self.clock(&title, sheet, buf);
            top.draw(&look, sheet.room, buf);
        } else {
            self.page(sheet, buf);
        }
        self.foot(sheet, buf);
    }
}

impl Scene for Track {
    fn cursor(&self) -> Option<Position> {
        let sheet = self.sheet?;
        if let Some((_, top)) = self.over.last() {
            return top.cursor(&self.look(), sheet.room);
        }
        (self.runner.stage() == Stage::Running).then(|| self.pages.cursor(sheet.column))?
    }
}

impl Track {
    fn page(&self, sheet: Sheet, buf: &mut Buffer) {
        let (runner, theme) = (&self.runner, &self.theme);
        match runner.stage() {
            Stage::Ready => {
                self.head(&runner.category().run().title, sheet, buf);
                Ready { runner, theme }.render(sheet.room, buf);
            }
            Stage::Paused => {
                Status { runner, theme }.render(sheet.head, buf);
                let y = sheet.room.y + sheet.room.height / 3;
                let rows = wrap::wrap(&[wrap::plain(PAUSED.to_owned())], sheet.room.width);
                for (y, row) in (y..sheet.room.bottom()).zip(rows) {
                    let place = Rect { y, height: 1, ..sheet.room };
                    Line::styled(row.plain(), theme.quiet).centered().render(place, buf);
                }
            }
            Stage::Won | Stage::Lost if self.card => {
                self.head(&runner.category().run().title, sheet, buf);
                Card { runner, theme }.render(sheet.room, buf);
            }
            _ if self.lists() => {
                self.head(self.pages.place(), sheet, buf);
                Splits { runner, theme, pressed: self.pressed() }.render(sheet.room, buf);
            }
            Stage::Running | Stage::Won | Stage::Lost => self.reading(sheet, buf),
        }
    }

    fn reading(&self, sheet: Sheet, buf: &mut Buffer) {
        let (runner, theme) = (&self.runner, &self.theme);
        match sheet.panel {
            Some(panel) => {
                self.head(self.pages.place(), sheet, buf);
                let splits = Splits { runner, theme, pressed: self.pressed() };
                if self.splits {
                    splits.render(panel, buf);
                } else {
                    // The clock stays, whatever stands under it.
                    let clock = HEAD.min(panel.height);
                    splits.render(Rect { height: clock, ..panel }, buf);
                    let rest = (clock + 1).min(panel.height);
                    let below = Rect { y: panel.y + rest, height: panel.height - rest, ..panel };
                    Panel { sitting: runner.sitting(), theme }.render(below, buf);
                }
            }
            None => Status { runner, theme }.render(sheet.head, buf),
        }
        Page { reading: &self.pages, theme }.render(sheet.column, buf);
        let more = match (self.pages.more_below(), self.mode()) {
            (false, _) => "",
            (true, Mode::Watch) => "more · PgDn",
            (true, _) => "more · Space",
        };
        let keys = self.pressed().filter(|_| sheet.panel.is_none()).map(|keys| keys.join(" ")).unwrap_or_default();
        edges(sheet.more, (more, theme.quiet), (&keys, theme.quiet), buf);
    }

    /// The head of what lies over a page: a runner sees the clock on every screen.
    fn clock(&self, left: &str, sheet: Sheet, buf: &mut Buffer) {
        let time = written(self.runner.times().real);
        let right = if self.runner.stage() == Stage::Ready { "" } else { &time };
        Head { left, middle: "", right, panel: None, theme: &self.theme }.render(sheet.head, buf);
    }

    fn head(&self, left: &str, sheet: Sheet, buf: &mut Buffer) {
        let date = self.runner.sitting().page().date.clone().unwrap_or_default();
        let panel = sheet.panel.map(|p| p.x);
        let right = if self.runner.stage() == Stage::Ready { "" } else { date.as_str() };
        Head { left, middle: "", right, panel, theme: &self.theme }.render(sheet.head, buf);
    }

    /// The keys pressed last, if they are to be shown.
    fn pressed(&self) -> Option<&[String]> {
        self.shows_pressed.then_some(self.pressed.as_slice())
    }

    fn foot(&self, sheet: Sheet, buf: &mut Buffer) {
        let theme = &self.theme;
        let hints: Vec<Hint> = self.hints().into_iter().map(|verb| self.hint(verb)).collect();
        let fault = self.runner.fault().map(|fault| format!("not kept: {fault}"));
        let said = match (&fault, self.said) {
            (Some(words), _) => Said::Words(words, theme.warning),
            (None, Some(words)) => Said::Words(words, theme.quiet),
            (None, None) => Said::Hints(&hints),
        };
        Foot { said, right: ("", theme.quiet), theme }.render(sheet.foot, buf);
    }

    fn hints(&self) -> Vec<Verb> {
        if let Some((_, top)) = self.over.last() {
            let mut hints = top.hints(&self.look());
            hints.push(Verb::Back);
            return hints;
        }
        match self.runner.stage() {
            Stage::Ready => vec![Verb::Take, Verb::NewSeed, Verb::Help, Verb::Leave],
            Stage::Paused => vec![Verb::Pause, Verb::Reset, Verb::Leave],
            _ if self.lists() => vec![Verb::Panel, Verb::Leave],
            Stage::Running => match self.mode() {
                Mode::Watch => {
                    let step =
                        [Verb::Pause, Verb::StepBack, Verb::StepOn, Verb::NextSplit, Verb::Closer, Verb::Farther];
                    step.into_iter().chain([Verb::Panel, Verb::Help, Verb::Leave]).collect()
                }
                Mode::Practice => {
                    let drill = [Verb::StepBack, Verb::StepOn, Verb::Mark, Verb::ToMark, Verb::Luck, Verb::Repeat];
                    let rest = [Verb::Panel, Verb::Help, Verb::Leave];
                    [Verb::Choose].into_iter().chain(drill).chain(rest).collect()
                }
                Mode::Run | Mode::Story => {
                    let run = [Verb::Choose, Verb::Reset, Verb::Pause, Verb::Panel, Verb::Help, Verb::NewSeed];
                    run.into_iter().chain([Verb::Stats, Verb::Things, Verb::Map, Verb::Leave]).collect()
                }
            },
            Stage::Won | Stage::Lost => match self.mode() {
                Mode::Watch => vec![Verb::StepBack, Verb::Take, Verb::Leave],
                Mode::Practice => vec![Verb::StepBack, Verb::ToMark, Verb::Take, Verb::Leave],
                Mode::Run | Mode::Story => vec![Verb::Reset, Verb::NewSeed, Verb::Take, Verb::Leave],
            },
        }
    }

    fn hint(&self, verb: Verb) -> Hint {
        let row = keys::row_of(verb);
        let key = row.shown.split(' ').next().unwrap_or_default().to_owned();
        if !self.over.is_empty() {
            // What lies over the page takes the keys in its own sense.
            return (key, row.short);
        }
        match (verb, self.runner.stage(), self.pages.open()) {
            (Verb::Choose, _, 0) => (String::new(), ""),
            (Verb::Choose, _, 1) => ("1".to_owned(), row.short),
            (Verb::Choose, _, n @ 2..9) => (format!("1-{n}"), row.short),
            (Verb::Stats, ..) => ("Tab".to_owned(), row.short),
            (Verb::Panel, ..) if self.lists() => (key, "the page"),
            (Verb::Panel, ..) if self.has_no_panel() => (key, "splits"),
            (Verb::Closer, ..) => (key, "faster"),
            (Verb::Farther, ..) => (key, "slower"),
            (Verb::Pause, Stage::Paused, _) => (key, "go on"),
            (Verb::Take, Stage::Ready, _) => (key, "start the clock"),
            (Verb::Take, Stage::Won | Stage::Lost, _) => (key, if self.card { "the last page" } else { "the card" }),
            (Verb::Reset, Stage::Won | Stage::Lost, _) => (key, "again"),
            _ => (key, row.short),
        }
    }
}
