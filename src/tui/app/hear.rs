//! Keys, the mouse and pasted text: the topmost overlay hears first, then the stage.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Outcome};
use crate::tui::screen::title;

use super::{App, Stage, Wish};

/// Rows a turn of the wheel moves.
const WHEEL: isize = 3;

impl App {
    /// A key was pressed.
    pub(crate) fn key(&mut self, key: KeyEvent) {
        if key.kind == KeyEventKind::Release {
            return;
        }
        self.now = (self.around.now)();
        let verb = keys::verb(key);
        match verb {
            Some(Verb::Suspend) => return self.wish = Some(Wish::Suspend),
            Some(Verb::Redraw) => return self.wish = Some(Wish::Redraw),
            Some(Verb::Quit) => return self.wish = Some(Wish::Interrupt),
            _ => {}
        }
        if self.status.take().is_some() {
            self.dirty = true;
        }
        if self.sheet.is_none() {
            // Too small to see what a key would do.
            return;
        }
        if self.over.is_empty() { self.stage_key(key, verb) } else { self.overlay_key(key, verb) }
    }

    fn overlay_key(&mut self, key: KeyEvent, verb: Option<Verb>) {
        let Some((kind, mut top)) = self.over.pop() else { return };
        let outcome = top.key(&self.look(), key);
        let typing = top.typing();
        self.over.push((kind, top));
        if !self.outcome(outcome) {
            return;
        }
        match verb {
            Some(Verb::Back) => self.close(),
            Some(verb) if !typing => match super::act::overlay_of(verb) {
                // Its own key closes an overlay; another's takes its place.
                Some(other) if std::mem::discriminant(&other) == std::mem::discriminant(&kind) => self.close(),
                Some(other) => {
                    self.over.clear();
                    self.open(other);
                }
                None if matches!(verb, Verb::Leave) => self.act(Action::Title),
                None => {}
            },
            _ => {}
        }
    }

    /// Does what an overlay answered. Whether it passed.
    fn outcome(&mut self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Pass => return true,
            Outcome::Stay => {}
            Outcome::Redraw => self.dirty = true,
            Outcome::Close => self.close(),
            Outcome::Act(action) => {
                if !action.stays() {
                    self.close();
                }
                self.act(action);
            }
        }
        false
    }

    fn close(&mut self) {
        self.over.pop();
        self.dirty = true;
    }

    fn stage_key(&mut self, key: KeyEvent, verb: Option<Verb>) {
        match &mut self.stage {
            Stage::Title(title) => {
                self.dirty = true;
                let said = match (verb, keys::choice_at(key)) {
                    (_, Some(at)) => title.take(at),
                    (Some(verb), None) => title.hear(verb),
                    (None, None) => title::Said::Nothing,
                };
                match said {
                    title::Said::Nothing => self.dirty = false,
                    title::Said::Moved => {}
                    title::Said::Act(action) => self.act(action),
                    title::Said::Pass(verb) => self.act(Action::Do(verb)),
                }
            }
            Stage::Note(chapter) => match verb {
                Some(Verb::Take | Verb::PageDown) => {
                    let chapter = std::mem::take(chapter);
                    self.begin(&chapter);
                }
                Some(Verb::Back | Verb::Leave) => self.show_title(),
                Some(Verb::Settings) => self.act(Action::Do(Verb::Settings)),
                _ => {}
            },
            Stage::Reading => {
                if let Some(at) = keys::choice_at(key) {
                    if self.reading.looking_back() {
                        // The numbers on the screen are none of this page: the newest comes first, as with Enter.
                        self.reading.end();
                    } else if let Some(action) = self.reading.action(at) {
                        self.act(action);
                    }
                } else if let Some(verb) = verb {
                    self.reading_verb(verb);
                }
            }
        }
    }

    /// What a command does on the reading screen.
    pub(super) fn reading_verb(&mut self, verb: Verb) {
        self.dirty = true;
        match verb {
            Verb::Up => self.reading.up(),
            Verb::Down => self.reading.down(),
            Verb::PageUp => self.reading.page_up(),
            Verb::PageDown => self.reading.page_down(),
            Verb::Home => self.reading.home(),
            Verb::End => self.reading.end(),
            Verb::Take => {
                if let Some(action) = self.reading.enter() {
                    self.act(action);
                }
            }
            other => self.act(Action::Do(other)),
        }
    }

    /// The mouse did something.
    pub(crate) fn mouse(&mut self, event: MouseEvent) {
        if matches!(event.kind, MouseEventKind::Moved | MouseEventKind::Drag(_)) || self.sheet.is_none() {
            return;
        }
        self.now = (self.around.now)();
        if let Some((kind, mut top)) = self.over.pop() {
            let outcome = top.mouse(&self.look(), event);
            self.over.push((kind, top));
            if self.outcome(outcome) {
                self.turn_wheel(event);
            }
            return;
        }
        let Some(sheet) = self.sheet else { return };
        let at = Position { x: event.column, y: event.row };
        let press = event.kind == MouseEventKind::Down(MouseButton::Left);
        match &mut self.stage {
            Stage::Title(title) => {
                if press && let Some(action) = title.click(at) {
                    self.dirty = true;
                    self.act(action);
                }
            }
            Stage::Note(_) => {}
            Stage::Reading => match event.kind {
                MouseEventKind::ScrollDown => self.scroll(WHEEL),
                MouseEventKind::ScrollUp => self.scroll(-WHEEL),
                _ if press && at.y >= sheet.column.y && at.y < sheet.column.bottom() => {
                    let beside = at.x + 2 < sheet.column.x || at.x >= sheet.column.right();
                    let offer = self.reading.offer_at(usize::from(at.y - sheet.column.y)).filter(|_| !beside);
                    if let Some(action) = offer.and_then(|offer| self.reading.action(offer)) {
                        self.act(action);
                    }
                }
                _ => {}
            },
        }
    }

    fn scroll(&mut self, rows: isize) {
        self.reading.scroll(rows);
        self.dirty = true;
    }

    /// An overlay that does not know the wheel hears arrows instead.
    fn turn_wheel(&mut self, event: MouseEvent) {
        let code = match event.kind {
            MouseEventKind::ScrollDown => KeyCode::Down,
            MouseEventKind::ScrollUp => KeyCode::Up,
            _ => return,
        };
        for _ in 0..WHEEL {
            if let Some((kind, mut top)) = self.over.pop() {
                let outcome = top.key(&self.look(), KeyEvent::from(code));
                self.over.push((kind, top));
                self.outcome(outcome);
            }
        }
    }

    /// Text was pasted: only a field wants it.
    pub(crate) fn paste(&mut self, text: &str) {
        if let Some((kind, mut top)) = self.over.pop() {
            let outcome = top.paste(&self.look(), text);
            self.over.push((kind, top));
            self.outcome(outcome);
        }
    }
}
