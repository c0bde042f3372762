//! Runs against the clock: every category, what stands on its boards, and Enter to begin.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::speedrun::clock::written;
use crate::speedrun::seeds::Wanted;
use crate::speedrun::{Category, History, Record, Source};
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Look, Outcome, Overlay};
use crate::tui::widget::leaf::Leaf;
use crate::tui::widget::list::Item;
use crate::tui::widget::spread::{Click, Opened, Spread};
use crate::tui::wrap;

/// How wide the names of facts are.
const FACT: u16 = 16;

/// A category and everything that was attempted at it.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    pub(crate) category: Category,
    pub(crate) history: History,
}

/// The categories, and the seed that the next run is to have.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    spread: Spread,
    /// Which of the boards of the selected category.
    board: usize,
}

/// A board that can be run on.
struct Stand {
    wanted: Wanted,
    record: Record,
}

impl Shelf {
    /// The boards a run can be begun on: the category's own seed, this week's, a new one; then those that were typed or
    /// agreed on before.
    fn stands(&self, now: u64) -> Vec<Stand> {
        let set = self.category.run().seed;
        let stand = |wanted: Wanted| {
            let (seed, source) = wanted.seed(set, now, || 0);
            Stand { wanted, record: Record::of(&self.history, &self.category, seed, source) }
        };
        let mut stands = vec![stand(Wanted::Set), stand(Wanted::Weekly), stand(Wanted::Random)];
        for record in Record::all(&self.history, &self.category) {
            let wanted = match (&record.source, record.seed) {
                (Source::Typed, Some(seed)) => Wanted::Typed(seed),
                (Source::Race(phrase), _) => Wanted::Race(phrase.clone()),
                _ => continue,
            };
            stands.push(Stand { wanted, record });
        }
        stands
    }
}

fn items(look: &Look<'_>) -> Vec<Item> {
    let mut above = None;
    let many = look.runs.iter().any(|one| one.category.chapter().id != look.runs[0].category.chapter().id);
    let item = |shelf: &Shelf| {
        let (chapter, run) = (shelf.category.chapter(), shelf.category.run());
        let record = Record::of(&shelf.history, &shelf.category, run.seed, Source::Set);
        let best = record.board.best().and_then(|best| best.finish.as_ref()).map(|finish| written(finish.real));
        let sign = if best.is_some() { "*" } else { "-" };
        let heading = (many && above.as_ref() != Some(&chapter.id)).then(|| chapter.title.clone());
        above = Some(chapter.id.clone());
        Item::new(&run.title).aside(best.unwrap_or_default()).sign(sign).under(heading)
    };
    look.runs.iter().map(item).collect()
}

impl Runs {
    fn shelf<'a>(&self, look: &Look<'a>) -> Option<&'a Shelf> {
        look.runs.get(self.spread.selection.at(look.runs.len())?)
    }

    fn leaf(&self, look: &Look<'_>, width: u16) -> Leaf {
        let mut leaf = Leaf::default();
        let Some(shelf) = self.shelf(look) else {
            leaf.line("This story has nothing to run.", width, look.theme.quiet);
            return leaf;
        };
        let run = shelf.category.run();
        leaf.line(&run.title, width, look.theme.heading);
        leaf.line(&run.about, width, look.theme.text);
        leaf.gap();
        let stands = shelf.stands(look.now);
        let at = self.board.min(stands.len() - 1);
        let mut fact = |name: &str, words: &str| {
            let name = format!("{name:<0$}", usize::from(FACT));
            for row in wrap::hang(&[wrap::plain(name + words)], width, 0, FACT) {
                leaf.push(row, look.theme.text);
            }
        };
        fact("runs on", &format!("‹ {} ›", stands[at].record.name()));
        for (name, words) in stands[at].record.facts(&shelf.category) {
            fact(name, &words);
        }
        let splits: Vec<&str> = shelf.category.splits().iter().map(|split| split.title.as_str()).collect();
        fact("splits", &splits.join(" · "));
        leaf
    }

    /// Begins the selected category on the seed that is shown.
    fn begin(&self, look: &Look<'_>) -> Outcome {
        let Some(shelf) = self.shelf(look) else { return Outcome::Stay };
        let mut stands = shelf.stands(look.now);
        let wanted = stands.swap_remove(self.board.min(stands.len() - 1)).wanted;
        Outcome::Act(Action::Run { category: shelf.category.path(), wanted })
    }

    /// Shows the next board of the selected category, or the one before.
    fn turn(&mut self, look: &Look<'_>, on: bool) -> Outcome {
        let Some(shelf) = self.shelf(look) else { return Outcome::Stay };
        let count = shelf.stands(look.now).len();
        let at = self.board.min(count - 1);
        self.board = if on { (at + 1) % count } else { (at + count - 1) % count };
        Outcome::Redraw
    }
}

impl Overlay for Runs {
    fn title(&self, _: &Look<'_>) -> String {
        "Against the clock".to_owned()
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let items = items(look);
        let opened = Opened::new(&items, area);
        self.spread.draw(opened, &self.leaf(look, opened.page.width), look.theme, buf);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        let verb = keys::verb(key);
        let items = items(look);
        let opened = Opened::new(&items, look.area);
        let leaf = self.leaf(look, opened.page.width);
        match verb {
            Some(Verb::Runs) => Outcome::Close,
            Some(Verb::Take) => self.begin(look),
            Some(Verb::Left | Verb::Right) => self.turn(look, verb == Some(Verb::Right)),
            _ if self.spread.moves(verb, opened, &leaf) => Outcome::Redraw,
            _ => Outcome::Pass,
        }
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let items = items(look);
        let opened = Opened::new(&items, look.area);
        let leaf = self.leaf(look, opened.page.width);
        match self.spread.mouse(event, opened, &leaf) {
            Click::Nothing => Outcome::Pass,
            Click::Moved => Outcome::Redraw,
            Click::Again(_) => self.begin(look),
        }
    }

    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        self.spread.cursor(Opened::new(&items(look), area))
    }

    fn hints(&self, _: &Look<'_>) -> Vec<Verb> {
        vec![Verb::Take, Verb::Right, Verb::Down, Verb::PageDown]
    }
}
