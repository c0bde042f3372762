//! Everything that was chosen, and a way back to any of it.

use crossterm::event::{KeyCode, KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use crate::play::fit::{fold, has_words};
use crate::play::sitting::Past;
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Look, Outcome, Overlay};
use crate::tui::widget::field::Field;
use crate::tui::widget::leaf::Leaf;
use crate::tui::widget::list::{self, Item, Selection};
use crate::tui::widget::spread::{Click, click};

const LABEL: &str = "Search  ";

/// The list of choices. It opens where the play stands.
#[derive(Debug, Default)]
pub(crate) struct History {
    selection: Selection,
    field: Field,
    typing: bool,
}

/// The steps that answer the search, and their rows.
struct Steps {
    steps: Vec<usize>,
    items: Vec<Item>,
}

impl History {
    /// Opens at the current step.
    pub(crate) fn new(look: &Look<'_>) -> Self {
        let mut history = Self { selection: Selection::on(look.sitting.map_or(0, |s| s.steps())), ..Self::default() };
        history.selection.reveal(&history.steps(look).items, look.area.height);
        history
    }

    fn steps(&self, look: &Look<'_>) -> Steps {
        let Some(sitting) = look.sitting else { return Steps { steps: Vec::new(), items: Vec::new() } };
        let past = sitting.past();
        let now = sitting.steps();
        let sought = fold(self.field.words());
        let first = past.first().map_or_else(|| sitting.chapter().title.clone(), |p| p.chapter.clone());
        let opening = Past { chapter: first, words: "the beginning".to_owned(), undone: false };
        let mut heading = None;
        let (mut steps, mut items) = (Vec::new(), Vec::new());
        for (step, past) in std::iter::once(&opening).chain(&past).enumerate() {
            if !has_words(&fold(&past.words), &sought) {
                continue;
            }
            let chapter = (heading.as_ref() != Some(&past.chapter)).then(|| past.chapter.clone());
            heading = Some(past.chapter.clone());
            let aside = match (step == now, past.undone) {
                (true, _) => "you are here",
                (_, true) => "undone",
                _ => "",
            };
            let sign = match (step == now, past.undone) {
                (true, _) => "*",
                (_, true) => "-",
                _ => " ",
            };
            let words = if step == 0 { past.words.clone() } else { format!("{step:>3}  {}", past.words) };
            items.push(Item::new(words).sign(sign).aside(aside).dim(past.undone).under(chapter));
            steps.push(step);
        }
        Steps { steps, items }
    }

    /// The search line, the list, and the words of the selected step where they do not fit in the list.
    fn areas(&self, area: Rect, items: &[Item]) -> (Option<Rect>, Rect, Option<Rect>) {
        let searching = self.typing || !self.field.is_empty();
        let line = searching.then_some(Rect { height: area.height.min(1), ..area });
        let top = u16::from(searching).min(area.height);
        let cut = items.iter().any(|item| item.text.width() + 4 > usize::from(area.width));
        let foot = if cut && area.height >= top + 7 { 3 } else { 0 };
        let list = Rect { y: area.y.saturating_add(top), height: area.height - top - foot, ..area };
        let below = (foot > 0).then(|| Rect { y: area.bottom() - foot + 1, height: foot - 1, ..area });
        (line, list, below)
    }

    fn jump(&self, steps: &Steps) -> Outcome {
        match self.selection.at(steps.steps.len()) {
            Some(at) => Outcome::Act(Action::Jump(steps.steps[at])),
            None => Outcome::Stay,
        }
    }
}

impl Overlay for History {
    fn title(&self, look: &Look<'_>) -> String {
        let (done, undone) = look.sitting.map_or((0, 0), |s| (s.steps(), s.undone()));
        let choices = if done == 1 { "one choice".to_owned() } else { format!("{done} choices") };
        if undone == 0 { format!("History, {choices}") } else { format!("History, {choices}, {undone} undone") }
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let steps = self.steps(look);
        let (line, list, below) = self.areas(area, &steps.items);
        if let Some(line) = line {
            self.field.draw(LABEL, line, look.theme, buf);
        }
        if steps.items.is_empty() {
            list::line("No choice answers to these words.", list, 0, look.theme.quiet, buf);
            return;
        }
        list::draw(&steps.items, self.selection, list, look.theme, buf);
        if let (Some(below), Some(at)) = (below, self.selection.at(steps.items.len())) {
            let mut leaf = Leaf::default();
            leaf.line(steps.items[at].text.trim_start(), below.width, look.theme.quiet);
            leaf.draw(0, below, look.theme, buf);
        }
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        if self.typing {
            match key.code {
                KeyCode::Esc => {
                    *self = Self::new(look);
                    return Outcome::Redraw;
                }
                KeyCode::Enter => {
                    self.typing = false;
                    return Outcome::Redraw;
                }
                _ if self.field.key(key) => {
                    self.selection = Selection::default();
                    return Outcome::Redraw;
                }
                _ => {}
            }
        }
        let steps = self.steps(look);
        let list = self.areas(look.area, &steps.items).1;
        match keys::verb(key) {
            Some(Verb::History) => Outcome::Close,
            Some(Verb::Back) if !self.field.is_empty() => {
                *self = Self::new(look);
                Outcome::Redraw
            }
            Some(Verb::Search) => {
                self.typing = true;
                Outcome::Redraw
            }
            Some(Verb::Take) => self.jump(&steps),
            verb if self.selection.moves(verb, &steps.items, list.height) => Outcome::Redraw,
            _ => Outcome::Pass,
        }
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let steps = self.steps(look);
        let list = self.areas(look.area, &steps.items).1;
        match click(&mut self.selection, &steps.items, list, event) {
            Click::Nothing => Outcome::Pass,
            Click::Moved => Outcome::Redraw,
            Click::Again(_) => self.jump(&steps),
        }
    }

    fn paste(&mut self, _: &Look<'_>, text: &str) -> Outcome {
        self.typing = true;
        self.field.paste(text);
        self.selection = Selection::default();
        Outcome::Redraw
    }

    fn typing(&self) -> bool {
        self.typing
    }

    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        let steps = self.steps(look);
        let (line, list, _) = self.areas(area, &steps.items);
        match line {
            Some(line) if self.typing => self.field.cursor(LABEL, line),
            _ => list::cursor(&steps.items, self.selection, list),
        }
    }

    fn hints(&self, _: &Look<'_>) -> Vec<Verb> {
        vec![Verb::Take, Verb::Search]
    }
}
