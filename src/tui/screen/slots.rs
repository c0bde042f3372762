//! Saved plays: looked at, saved to, loaded, removed.

mod preview;

use crossterm::event::{KeyCode, KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::saves::{Fault, slot};
use crate::tui::kept::Slot;
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Look, Outcome, Overlay};
use crate::tui::widget::field::Field;
use crate::tui::widget::leaf::Leaf;
use crate::tui::widget::list::{self, Item};
use crate::tui::widget::spread::{Click, Opened, Spread};
use crate::tui::wrap;

use preview::{ago_short, preview};

const LABEL: &str = "Save as  ";
/// How a name is spelled, in few words: it has to fit a narrow screen.
const SPELLED: &str = "1 to 32 of a-z, 0-9, - and _";

/// The list of saves, to load from or to save to.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// The name to save under; without one the list is for loading.
    name: Option<Field>,
    spread: Spread,
    asked: Option<Asked>,
}

/// What waits for a second key.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    /// Whether this slot shall be removed.
    Remove(String),
    /// Whether this slot shall be written over.
    Replace(String),
}

impl Slots {
    /// For loading.
    pub(crate) fn load() -> Self {
        Self::default()
    }

    /// For saving, with a name proposed.
    pub(crate) fn save(look: &Look<'_>) -> Self {
        Self { name: Some(Field::proposing(&proposed(look))), spread: Spread::nowhere(), ..Self::default() }
    }

    /// The slots that can be used: any for loading, the player's own for saving.
    fn slots<'a>(&self, look: &Look<'a>) -> Vec<&'a Slot> {
        let own = |s: &&Slot| self.name.is_none() || matches!(s.slot.kind(), slot::Kind::Named | slot::Kind::Quick);
        look.slots.iter().filter(own).collect()
    }

    fn items(&self, look: &Look<'_>) -> Vec<Item> {
        let slots = self.slots(look);
        slots.iter().map(|s| Item::new(called(s)).aside(ago_short(s, look.now)).dim(s.summary.is_err())).collect()
    }

    fn selected<'a>(&self, look: &Look<'a>) -> Option<&'a Slot> {
        let slots = self.slots(look);
        self.spread.selection.at(slots.len()).map(|at| slots[at])
    }

    fn leaf(&self, look: &Look<'_>, width: u16) -> Leaf {
        let mut leaf = Leaf::default();
        let slot = self.selected(look);
        if let Some(slot) = slot {
            preview(slot, look, width, &mut leaf);
        }
        leaf
    }

    /// What is said below the name or above the list, and whether it is a warning.
    fn words(&self) -> Option<(String, bool)> {
        match &self.asked {
            Some(Asked::Remove(name)) => {
                return Some((format!("Remove `{name}`? y removes it, any other key keeps it"), true));
            }
            Some(Asked::Replace(name)) => {
                return Some((format!("`{name}` is taken. Enter again writes over it"), true));
            }
            None => {}
        }
        let field = self.name.as_ref()?;
        if field.is_empty() {
            return Some((SPELLED.to_owned(), false));
        }
        Some(match slot::Slot::for_player(field.words()) {
            Ok(_) => ("Enter saves; type another name, or choose one that is there".to_owned(), false),
            // The name stands right above, and may be as long as it likes.
            Err(Fault::BadName(_)) => (SPELLED.to_owned(), true),
            Err(fault) => (fault.to_string(), true),
        })
    }

    /// The rows of the name and of what is said, and the room for the list.
    fn areas(&self, area: Rect) -> (Rect, Rect, Rect) {
        let rows = |from: u16, rows: u16| {
            let from = from.min(area.height);
            Rect { y: area.y.saturating_add(from), height: rows.min(area.height - from), ..area }
        };
        let name = u16::from(self.name.is_some());
        let said = self.words().map_or(0, |(said, _)| lines(&said, area.width).len());
        // Under a name there is always a row for words, so that the list stays where it is.
        let words = u16::try_from(said).unwrap_or(u16::MAX).max(name);
        let used = name.saturating_add(words);
        let used = used.saturating_add(u16::from(used > 0 && area.height > 10));
        (rows(0, name), rows(name, words), rows(used, u16::MAX))
    }

    fn take(&mut self, look: &Look<'_>) -> Outcome {
        let Some(field) = &self.name else {
            let slot = self.selected(look).filter(|s| s.summary.is_ok());
            return slot.map_or(Outcome::Stay, |s| Outcome::Act(Action::Load(s.slot.to_string())));
        };
        let name = field.words().to_owned();
        if slot::Slot::for_player(&name).is_err() {
            return Outcome::Stay;
        }
        let taken = look.slots.iter().any(|s| s.slot.as_str() == name);
        let sure = self.asked.take() == Some(Asked::Replace(name.clone()));
        if taken && !sure {
            self.asked = Some(Asked::Replace(name));
            return Outcome::Redraw;
        }
        Outcome::Act(Action::Save(name))
    }

    fn ask_to_remove(&mut self, look: &Look<'_>) -> Outcome {
        match self.selected(look) {
            Some(slot) => {
                self.asked = Some(Asked::Remove(slot.slot.to_string()));
                Outcome::Redraw
            }
            None => Outcome::Stay,
        }
    }

    /// The selected slot's name becomes the name to save under.
    fn adopt(&mut self, look: &Look<'_>) {
        let name = self.selected(look).map(|s| s.slot.to_string());
        if let (Some(field), Some(name)) = (&mut self.name, name) {
            *field = Field::proposing(&name);
        }
    }
}

/// What a list calls a slot.
fn called(slot: &Slot) -> String {
    match slot.slot.kind() {
        slot::Kind::Auto => "autosave".to_owned(),
        slot::Kind::Quick => "quick save".to_owned(),
        slot::Kind::Backup => format!("backup {}", slot.slot.as_str().trim_start_matches("auto-")),
        slot::Kind::Named => slot.slot.to_string(),
    }
}

/// A name from the chapter and the date: `siege-day-41`.
fn proposed(look: &Look<'_>) -> String {
    let Some(sitting) = look.sitting else { return String::new() };
    let date = sitting.page().date.clone().unwrap_or_default();
    let mut name = String::new();
    for c in format!("{}-{date}", sitting.chapter().id).to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' | '_' => name.push(c),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    name.truncate(32);
    name.trim_end_matches('-').to_owned()
}

impl Overlay for Slots {
    fn title(&self, look: &Look<'_>) -> String {
        match (&self.name, self.slots(look).len()) {
            (Some(_), _) => "Save".to_owned(),
            (None, 1) => "Saved games, one".to_owned(),
            (None, n) => format!("Saved games, {n}"),
        }
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let (name, words, room) = self.areas(area);
        if let Some(field) = &self.name {
            field.draw(LABEL, name, look.theme, buf);
        }
        if let Some((said, warning)) = self.words() {
            let style = if warning { look.theme.warning } else { look.theme.quiet };
            for (y, row) in (words.top()..words.bottom()).zip(&lines(&said, words.width)) {
                row.draw((words.x, y), words.width, style, look.theme, buf);
            }
        }
        let items = self.items(look);
        if items.is_empty() {
            if self.name.is_none() {
                list::line("Nothing is saved yet.", room, 0, look.theme.quiet, buf);
            }
            return;
        }
        let opened = Opened::new(&items, room);
        self.spread.draw(opened, &self.leaf(look, opened.page.width), look.theme, buf);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        if let Some(Asked::Remove(name)) = self.asked.clone() {
            self.asked = None;
            let yes = matches!(key.code, KeyCode::Char('y' | 'Y'));
            return if yes { Outcome::Act(Action::Remove(name)) } else { Outcome::Redraw };
        }
        if key.code == KeyCode::Enter {
            return self.take(look);
        }
        let asked = self.asked.take().is_some();
        let typing = self.name.is_some();
        let verb = match (typing, key.code) {
            // While a name is typed, letters are letters.
            (true, KeyCode::Char(_) | KeyCode::Home | KeyCode::End | KeyCode::Delete) => None,
            _ => keys::verb(key),
        };
        if let Some(field) = &mut self.name
            && !matches!(key.code, KeyCode::Up | KeyCode::Down)
            && field.key(key)
        {
            self.spread = Spread::nowhere();
            return Outcome::Redraw;
        }
        let items = self.items(look);
        let opened = Opened::new(&items, self.areas(look.area).2);
        let leaf = self.leaf(look, opened.page.width);
        match verb {
            Some(Verb::Remove) => return self.ask_to_remove(look),
            Some(Verb::Load) if !typing => return Outcome::Close,
            Some(Verb::Back) if asked => return Outcome::Redraw,
            _ => {}
        }
        if !self.spread.moves(verb, opened, &leaf) {
            return if asked { Outcome::Redraw } else { Outcome::Pass };
        }
        if matches!(verb, Some(Verb::Up | Verb::Down)) {
            self.adopt(look);
        }
        Outcome::Redraw
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let items = self.items(look);
        let opened = Opened::new(&items, self.areas(look.area).2);
        let leaf = self.leaf(look, opened.page.width);
        match self.spread.mouse(event, opened, &leaf) {
            Click::Nothing => Outcome::Pass,
            Click::Moved => {
                self.asked = None;
                self.adopt(look);
                Outcome::Redraw
            }
            Click::Again(_) => {
                if self.name.is_some() {
                    self.adopt(look);
                }
                self.take(look)
            }
        }
    }

    fn paste(&mut self, _: &Look<'_>, text: &str) -> Outcome {
        match &mut self.name {
            Some(field) => {
                field.paste(text);
                self.spread = Spread::nowhere();
                Outcome::Redraw
            }
            None => Outcome::Stay,
        }
    }

    fn typing(&self) -> bool {
        self.name.is_some()
    }

    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        let (name, _, room) = self.areas(area);
        match &self.name {
            Some(field) => field.cursor(LABEL, name),
            None => self.spread.cursor(Opened::new(&self.items(look), room)),
        }
    }

    fn hints(&self, look: &Look<'_>) -> Vec<Verb> {
        match (&self.name, self.slots(look).is_empty()) {
            (Some(_), _) => vec![Verb::Take],
            (None, true) => Vec::new(),
            (None, false) => vec![Verb::Take, Verb::Remove],
        }
    }
}

/// What is said, as wide as this.
fn lines(said: &str, width: u16) -> Vec<wrap::Row> {
    wrap::wrap(&[wrap::plain(said)], width)
}
