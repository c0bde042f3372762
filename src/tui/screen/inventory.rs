//! What is carried.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::engine::id::ItemIx;
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Look, Outcome, Overlay};
use crate::tui::widget::leaf::{Leaf, told};
use crate::tui::widget::list::{self, Item};
use crate::tui::widget::spread::{Click, Opened, Spread};

/// A list of things, and what the hand and the eye find of the selected one.
#[derive(Debug, Default)]
pub(crate) struct Inventory {
    spread: Spread,
}

fn things(look: &Look<'_>) -> Vec<(ItemIx, i32)> {
    look.sitting.map(|s| s.things()).unwrap_or_default()
}

fn items(look: &Look<'_>) -> Vec<Item> {
    let name = |(ix, count): (ItemIx, i32)| {
        let aside = if count > 1 { count.to_string() } else { String::new() };
        Item::new(look.world.item(ix).name.clone()).aside(aside)
    };
    things(look).into_iter().map(name).collect()
}

impl Inventory {
    fn leaf(&self, look: &Look<'_>, items: &[Item], width: u16) -> Leaf {
        let mut leaf = Leaf::default();
        let Some((ix, count)) = self.spread.at(items).and_then(|at| things(look).get(at).copied()) else { return leaf };
        let item = look.world.item(ix);
        leaf.line(&item.name, width, look.theme.heading);
        if count > 1 {
            leaf.line(&format!("You carry {count} of them"), width, look.theme.quiet);
        }
        leaf.gap();
        leaf.prose(&told(look, &item.text), width, look);
        if !item.art.is_empty() {
            leaf.gap();
            for line in &item.art {
                leaf.drawn(line, look.theme.accent);
            }
        }
        leaf
    }
}

impl Overlay for Inventory {
    fn title(&self, look: &Look<'_>) -> String {
        match things(look).len() {
            0 => "You carry nothing".to_owned(),
            1 => "You carry one thing".to_owned(),
            n => format!("You carry {n} things"),
        }
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let items = items(look);
        if items.is_empty() {
            list::line("Your hands are empty.", area, 0, look.theme.quiet, buf);
            return;
        }
        let opened = Opened::new(&items, area);
        let leaf = self.leaf(look, &items, opened.page.width);
        self.spread.draw(opened, &leaf, look.theme, buf);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        let verb = keys::verb(key);
        if verb == Some(Verb::Things) {
            return Outcome::Close;
        }
        let items = items(look);
        let opened = Opened::new(&items, look.area);
        let leaf = self.leaf(look, &items, opened.page.width);
        if self.spread.moves(verb, opened, &leaf) { Outcome::Redraw } else { Outcome::Pass }
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let items = items(look);
        let opened = Opened::new(&items, look.area);
        let leaf = self.leaf(look, &items, opened.page.width);
        match self.spread.mouse(event, opened, &leaf) {
            Click::Nothing => Outcome::Pass,
            Click::Moved | Click::Again(_) => Outcome::Redraw,
        }
    }

    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        self.spread.cursor(Opened::new(&items(look), area))
    }

    fn hints(&self, look: &Look<'_>) -> Vec<Verb> {
        if things(look).is_empty() { Vec::new() } else { vec![Verb::Down, Verb::PageDown] }
    }
}
