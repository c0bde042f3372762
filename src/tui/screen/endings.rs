//! Endings and achievements, over all plays.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::engine::Chapter;
use crate::engine::text::Text;
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

/// A row: an ending or an achievement, found or not.
struct Find {
    title: String,
    text: Text,
    /// An ending's rank; an achievement has none.
    rank: Option<u32>,
    found: bool,
    heading: Option<String>,
}

fn finds(look: &Look<'_>) -> Vec<Find> {
    let chapters = look.world.order.iter().filter_map(|id| (look.chapters)(id));
    chapters.flat_map(|chapter| of_chapter(look, &chapter)).collect()
}

fn of_chapter(look: &Look<'_>, chapter: &Chapter) -> Vec<Find> {
    let mut endings: Vec<_> = chapter.endings.iter().collect();
    endings.sort_by_key(|e| e.rank);
    let mut finds: Vec<Find> = endings
        .into_iter()
        .map(|e| Find {
            title: e.title.clone(),
            text: e.text.clone(),
            rank: Some(e.rank),
            found: look.profile.has_ending(&chapter.id, &e.id),
            heading: None,
        })
        .collect();
    head(&mut finds, &chapter.title);
    let mut feats: Vec<Find> = chapter
        .achievements
        .iter()
        .map(|a| Find {
            title: a.title.clone(),
            text: a.text.clone(),
            rank: None,
            found: look.profile.has_achievement(&chapter.id, &a.id),
            heading: None,
        })
        .collect();
    head(&mut feats, "Achievements");
    finds.append(&mut feats);
    finds
}

/// Puts a heading over the first, with how many are found.
fn head(finds: &mut [Find], title: &str) {
    let found = finds.iter().filter(|f| f.found).count();
    let heading = format!("{title}, {found} of {}", finds.len());
    if let Some(first) = finds.first_mut() {
        first.heading = Some(heading);
    }
}

fn items(finds: &[Find]) -> Vec<Item> {
    let item = |f: &Find| {
        let title = if f.found { f.title.clone() } else { "not yet found".to_owned() };
        let rank = f.rank.map(|rank| format!("rank {rank}")).unwrap_or_default();
        Item::new(title).aside(rank).dim(!f.found).sign(if f.found { "*" } else { "-" }).under(f.heading.clone())
    };
    finds.iter().map(item).collect()
}

impl Endings {
    fn leaf(&self, look: &Look<'_>, finds: &[Find], width: u16) -> Leaf {
        let mut leaf = Leaf::default();
        let Some(find) = self.spread.selection.at(finds.len()).map(|at| &finds[at]) else { return leaf };
        let kind = match find.rank {
            Some(rank) => format!("Ending, rank {rank} (1 is the best)"),
            None => "Achievement".to_owned(),
        };
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
        let finds = finds(look);
        let (all, found) =
            finds.iter().filter(|f| f.rank.is_some()).fold((0, 0), |n, f| (n.0 + 1, n.1 + u32::from(f.found)));
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
