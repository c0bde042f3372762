//! Commands, codex entries and places, found by typing a few letters of their names.

use crossterm::event::{KeyCode, KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::play::fit::{distance, fold};
use crate::tui::keys::{self, TABLE, Verb, Where};
use crate::tui::overlay::{Action, Kind, Look, Outcome, Overlay};
use crate::tui::widget::field::Field;
use crate::tui::widget::list::{self, Item, Selection};
use crate::tui::widget::spread::{Click, click};

use super::codex::unlocked;

const LABEL: &str = "Find  ";

/// A field and what answers to it.
#[derive(Debug, Default)]
pub(crate) struct Palette {
    field: Field,
    selection: Selection,
}

/// Something that can be asked for.
struct Candidate {
    words: String,
    aside: String,
    action: Action,
}

/// Rows of the table that are no commands by themselves.
const fn is_command(verb: Verb) -> bool {
    !matches!(
        verb,
        Verb::Choose
            | Verb::Up
            | Verb::Down
            | Verb::Take
            | Verb::PageUp
            | Verb::PageDown
            | Verb::Home
            | Verb::End
            | Verb::Back
            | Verb::Palette
    )
}

fn candidates(look: &Look<'_>) -> Vec<Candidate> {
    let command = |row: &keys::Row| Candidate {
        words: format!("{}: {}", row.short, row.does),
        aside: row.shown.to_owned(),
        action: Action::Do(row.verb),
    };
    let places = [Where::Reading, Where::Everywhere, Where::Files];
    // Before a story is open, only what is about none.
    let apt = |row: &&keys::Row| look.sitting.is_some() || !row.verb.wants_a_play();
    let commands = TABLE.iter().filter(|row| is_command(row.verb) && places.contains(&row.place));
    let commands = commands.filter(apt).map(command);
    let mut all: Vec<Candidate> = commands.collect();
    let mut seen: Vec<_> = look.sitting.map(|s| s.journey()).unwrap_or_default();
    seen.sort_unstable();
    seen.dedup();
    all.extend(seen.into_iter().map(|ix| Candidate {
        words: look.world.place(ix).name.clone(),
        aside: "place".to_owned(),
        action: Action::Open(Kind::Place(ix)),
    }));
    all.extend(unlocked(look).into_iter().map(|ix| Candidate {
        words: look.world.entry(ix).title.clone(),
        aside: "codex".to_owned(),
        action: Action::Open(Kind::Codex(Some(ix))),
    }));
    all
}

impl Palette {
    fn found(&self, look: &Look<'_>) -> Vec<Candidate> {
        let typed = fold(self.field.words());
        let mut found: Vec<(usize, Candidate)> = candidates(look)
            .into_iter()
            .filter_map(|c| distance(&fold(&c.words), &typed).map(|far| (far, c)))
            // Letters that merely stand in order somewhere in a long line are no answer.
            .filter(|(far, _)| *far < 7)
            .collect();
        found.sort_by_key(|(far, _)| *far);
        found.into_iter().map(|(_, c)| c).collect()
    }

    fn items(found: &[Candidate]) -> Vec<Item> {
        found.iter().map(|c| Item::new(c.words.clone()).aside(c.aside.clone())).collect()
    }

    fn areas(area: Rect) -> (Rect, Rect) {
        let used = if area.height > 8 { 2 } else { 1 }.min(area.height);
        let width = area.width.min(76);
        let line = Rect { height: area.height.min(1), width, ..area };
        (line, Rect { y: area.y.saturating_add(used), height: area.height - used, width, ..area })
    }

    fn take(&self, found: &[Candidate]) -> Outcome {
        match self.selection.at(found.len()) {
            Some(at) => Outcome::Act(found[at].action.clone()),
            None => Outcome::Stay,
        }
    }
}

impl Overlay for Palette {
    fn title(&self, _: &Look<'_>) -> String {
        "Commands".to_owned()
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let (line, room) = Self::areas(area);
        self.field.draw(LABEL, line, look.theme, buf);
        let items = Self::items(&self.found(look));
        if items.is_empty() {
            list::line("Nothing answers to these letters.", room, 0, look.theme.quiet, buf);
        }
        list::draw(&items, self.selection, room, look.theme, buf);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        let found = self.found(look);
        match key.code {
            KeyCode::Enter => return self.take(&found),
            KeyCode::Esc => return Outcome::Close,
            _ => {}
        }
        let verb = if matches!(key.code, KeyCode::Char(_)) { None } else { keys::verb(key) };
        if self.selection.moves(verb, &Self::items(&found), Self::areas(look.area).1.height) {
            return Outcome::Redraw;
        }
        if self.field.key(key) {
            self.selection = Selection::default();
            return Outcome::Redraw;
        }
        Outcome::Pass
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let found = self.found(look);
        match click(&mut self.selection, &Self::items(&found), Self::areas(look.area).1, event) {
            Click::Nothing => Outcome::Pass,
            Click::Moved => Outcome::Redraw,
            Click::Again(_) => self.take(&found),
        }
    }

    fn paste(&mut self, _: &Look<'_>, text: &str) -> Outcome {
        self.field.paste(text);
        self.selection = Selection::default();
        Outcome::Redraw
    }

    fn typing(&self) -> bool {
        true
    }

    fn cursor(&self, _: &Look<'_>, area: Rect) -> Option<Position> {
        self.field.cursor(LABEL, Self::areas(area).0)
    }

    fn hints(&self, _: &Look<'_>) -> Vec<Verb> {
        vec![Verb::Take]
    }
}
