//! Whom this play has met.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::engine::id::PersonIx;
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Kind, Look, Outcome, Overlay};
use crate::tui::widget::leaf::{Leaf, told};
use crate::tui::widget::list::{self, Item};
use crate::tui::widget::spread::{Click, Opened, Spread};

/// A list of people, and who the selected one is. Enter opens what the codex knows.
#[derive(Debug, Default)]
pub(crate) struct People {
    spread: Spread,
}

fn met(look: &Look<'_>) -> Vec<PersonIx> {
    let mut met: Vec<_> = look.sitting.map(|s| s.known().people).unwrap_or_default().into_iter().collect();
    met.sort_by_key(|ix| look.world.person(*ix).name.to_lowercase());
    met
}

fn items(look: &Look<'_>, met: &[PersonIx]) -> Vec<Item> {
    let item = |ix: &PersonIx| {
        let person = look.world.person(*ix);
        Item::new(person.name.clone()).aside(person.zh.clone().unwrap_or_default())
    };
    met.iter().map(item).collect()
}

impl People {
    fn leaf(&self, look: &Look<'_>, met: &[PersonIx], width: u16) -> Leaf {
        let mut leaf = Leaf::default();
        let Some(ix) = self.spread.selection.at(met.len()).map(|at| met[at]) else { return leaf };
        let person = look.world.person(ix);
        leaf.line(&person.name, width, look.theme.heading);
        if let Some(zh) = &person.zh {
            leaf.line(zh, width, look.theme.quiet);
        }
        leaf.gap();
        leaf.prose(&told(look, &person.text), width, look);
        if let Some(entry) = person.codex {
            leaf.gap();
            leaf.line(&format!("Enter  {} in the codex", look.world.entry(entry).title), width, look.theme.quiet);
        }
        leaf
    }

    fn page(&self, look: &Look<'_>, met: &[PersonIx]) -> Outcome {
        let ix = self.spread.selection.at(met.len()).map(|at| met[at]);
        match ix.and_then(|ix| look.world.person(ix).codex) {
            Some(entry) => Outcome::Act(Action::Open(Kind::Codex(Some(entry)))),
            None => Outcome::Stay,
        }
    }
}

impl Overlay for People {
    fn title(&self, look: &Look<'_>) -> String {
        match met(look).len() {
            0 => "People".to_owned(),
            n => format!("People, {n} met"),
        }
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let met = met(look);
        if met.is_empty() {
            list::line("You have met nobody yet.", area, 0, look.theme.quiet, buf);
            return;
        }
        let items = items(look, &met);
        let opened = Opened::new(&items, area);
        self.spread.draw(opened, &self.leaf(look, &met, opened.page.width), look.theme, buf);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        let verb = keys::verb(key);
        let met = met(look);
        let items = items(look, &met);
        let opened = Opened::new(&items, look.area);
        let leaf = self.leaf(look, &met, opened.page.width);
        match verb {
            Some(Verb::People) => Outcome::Close,
            Some(Verb::Take) => self.page(look, &met),
            _ if self.spread.moves(verb, opened, &leaf) => Outcome::Redraw,
            _ => Outcome::Pass,
        }
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let met = met(look);
        let items = items(look, &met);
        let opened = Opened::new(&items, look.area);
        let leaf = self.leaf(look, &met, opened.page.width);
        match self.spread.mouse(event, opened, &leaf) {
            Click::Nothing => Outcome::Pass,
            Click::Moved => Outcome::Redraw,
            Click::Again(_) => self.page(look, &met),
        }
    }

    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        self.spread.cursor(Opened::new(&items(look, &met(look)), area))
    }

    fn hints(&self, look: &Look<'_>) -> Vec<Verb> {
        if met(look).is_empty() { Vec::new() } else { vec![Verb::Down, Verb::Take] }
    }
}
