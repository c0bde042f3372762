//! Endings and achievements, over all plays.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::play::found::{self, Found};
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Look, Outcome, Overlay};
use crate::tui::widget::leaf::{Leaf, told};
use crate::tui::widget::list::Item;
use crate::tui::widget::spread::{Click, Opened, Spread};

/// A list by chapter, and what the selected one says.
#[derive(Debug, Default)]
pub(crate) struct Endings {
    spread: Spread,
}

fn finds(look: &Look<'_>) -> Vec<Found> {
    found::all(look.world, look.chapters, look.profile)
}

fn items(finds: &[Found]) -> Vec<Item> {
    let item = |f: &Found| {
        let title = if f.found { f.title.clone() } else { "not yet found".to_owned() };
        let rank = f.rank.map(|rank| format!("rank {rank}")).unwrap_or_default();
        Item::new(title).aside(rank).dim(!f.found).sign(if f.found { "*" } else { "-" }).under(f.heading.clone())
    };
    finds.iter().map(item).collect()
}

impl Endings {
    fn leaf(&self, look: &Look<'_>, finds: &[Found], width: u16) -> Leaf {
        let mut leaf = Leaf::default();
        let Some(find) = self.spread.selection.at(finds.len()).map(|at| &finds[at]) else { return leaf };
        let kind = find.kind();
        if find.found {
            leaf.line(&find.title, width, look.theme.heading);
            leaf.line(&kind, width, look.theme.quiet);
            leaf.gap();
            leaf.prose(&told(look, &find.text), width, look);
        } else {
            leaf.line("Not yet found", width, look.theme.locked);
            leaf.line(&kind, width, look.theme.quiet);
        }
        leaf
    }
}

impl Overlay for Endings {
    fn title(&self, look: &Look<'_>) -> String {
        let (found, all) = found::endings(&finds(look));
        format!("Endings, {found} of {all}")
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let finds = finds(look);
        let items = items(&finds);
        let opened = Opened::new(&items, area);
        self.spread.draw(opened, &self.leaf(look, &finds, opened.page.width), look.theme, buf);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        let verb = keys::verb(key);
        let finds = finds(look);
        let items = items(&finds);
        let opened = Opened::new(&items, look.area);
        let leaf = self.leaf(look, &finds, opened.page.width);
        match verb {
            Some(Verb::Endings) => Outcome::Close,
            _ if self.spread.moves(verb, opened, &leaf) => Outcome::Redraw,
            _ => Outcome::Pass,
        }
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let finds = finds(look);
        let items = items(&finds);
        let opened = Opened::new(&items, look.area);
        let leaf = self.leaf(look, &finds, opened.page.width);
        match self.spread.mouse(event, opened, &leaf) {
            Click::Nothing => Outcome::Pass,
            Click::Moved | Click::Again(_) => Outcome::Redraw,
        }
    }

    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        self.spread.cursor(Opened::new(&items(&finds(look)), area))
    }

    fn hints(&self, _: &Look<'_>) -> Vec<Verb> {
        vec![Verb::Down, Verb::PageDown]
    }
}
