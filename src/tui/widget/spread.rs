//! A list, and a page about what is selected in it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::keys::Verb;
use crate::tui::theme::Theme;

use super::leaf::Leaf;
use super::list::{self, Item, Selection};
use super::split::split;

/// Where the reader is: which item, and how far down its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spread {
    pub(crate) selection: Selection,
    scroll: usize,
}

/// What a mouse did to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Click {
    /// Nothing of the list's.
    Nothing,
    /// It moved.
    Moved,
    /// The selected item was clicked once more.
    Again(usize),
}

/// The items and where they are drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opened<'a> {
    pub(crate) items: &'a [Item],
    pub(crate) list: Rect,
    pub(crate) page: Rect,
}

impl<'a> Opened<'a> {
    /// Items in an area that both halves share.
    pub(crate) fn new(items: &'a [Item], area: Rect) -> Self {
        let (list, page) = split(area, list::height(items));
        Self { items, list, page }
    }
}

impl Spread {
    /// With this item selected.
    pub(crate) const fn on(at: usize) -> Self {
        Self { selection: Selection::on(at), scroll: 0 }
    }

    /// With nothing selected yet.
    pub(crate) const fn nowhere() -> Self {
        Self { selection: Selection::nowhere(), scroll: 0 }
    }

    /// The selected item.
    pub(crate) fn at(self, items: &[Item]) -> Option<usize> {
        self.selection.at(items.len())
    }

    /// Selects an item and turns to the top of its page.
    pub(crate) fn select(&mut self, at: usize) {
        *self = Self { selection: self.selection, scroll: 0 };
        self.selection.select(at);
    }

    /// Moves as a key asks: paging keys turn the page, the others move in the list.
    pub(crate) fn moves(&mut self, verb: Option<Verb>, opened: Opened<'_>, leaf: &Leaf) -> bool {
        let page = usize::from(opened.page.height).saturating_sub(2).max(1);
        let most = leaf.most(opened.page.height);
        match verb {
            Some(Verb::PageDown) if most > 0 => self.scroll = (self.scroll + page).min(most),
            Some(Verb::PageUp) if most > 0 => self.scroll = self.scroll.min(most).saturating_sub(page),
            _ if self.selection.moves(verb, opened.items, opened.list.height) => self.scroll = 0,
            _ => return false,
        }
        true
    }

    /// Turns the page until a row of it is seen.
    pub(crate) fn show(&mut self, row: usize, page: Rect, leaf: &Leaf) {
        // The last row may be saying that there is more.
        let height = usize::from(page.height).saturating_sub(1).max(1);
        let low = (row + 1).saturating_sub(height);
        self.scroll = self.scroll.clamp(low, row.max(low)).min(leaf.most(page.height));
    }

    /// The row of the page under a position of the screen.
    pub(crate) fn row_at(self, at: Position, page: Rect, leaf: &Leaf) -> Option<usize> {
        let top = self.scroll.min(leaf.most(page.height));
        page.contains(at).then(|| top + usize::from(at.y - page.y))
    }

    /// Hears the mouse: the wheel moves what is under it, a press selects.
    pub(crate) fn mouse(&mut self, event: MouseEvent, opened: Opened<'_>, leaf: &Leaf) -> Click {
        let at = Position::new(event.column, event.row);
        let verb = match event.kind {
            MouseEventKind::ScrollUp => Verb::Up,
            MouseEventKind::ScrollDown => Verb::Down,
            MouseEventKind::Down(MouseButton::Left) => {
                let Some(hit) = list::hit(opened.items, self.selection, opened.list, at) else { return Click::Nothing };
                if self.at(opened.items) == Some(hit) {
                    return Click::Again(hit);
                }
                self.select(hit);
                return Click::Moved;
            }
            _ => return Click::Nothing,
        };
        if opened.page.contains(at) {
            let most = leaf.most(opened.page.height);
            self.scroll = if verb == Verb::Up { self.scroll.saturating_sub(3) } else { (self.scroll + 3).min(most) };
        } else {
            self.moves(Some(verb), opened, leaf);
        }
        Click::Moved
    }

    /// Draws both halves.
    pub(crate) fn draw(self, opened: Opened<'_>, leaf: &Leaf, theme: &Theme, buf: &mut Buffer) {
        list::draw(opened.items, self.selection, opened.list, theme, buf);
        leaf.draw(self.scroll, opened.page, theme, buf);
    }

    /// Where the real cursor stands.
    pub(crate) fn cursor(self, opened: Opened<'_>) -> Option<Position> {
        list::cursor(opened.items, self.selection, opened.list)
    }
}

/// Hears the mouse over a list that fills its area.
pub(crate) fn click(selection: &mut Selection, items: &[Item], area: Rect, event: MouseEvent) -> Click {
    let verb = match event.kind {
        MouseEventKind::ScrollUp => Verb::Up,
        MouseEventKind::ScrollDown => Verb::Down,
        MouseEventKind::Down(MouseButton::Left) => {
            let at = Position::new(event.column, event.row);
            return match list::hit(items, *selection, area, at) {
                Some(hit) if selection.at(items.len()) == Some(hit) => Click::Again(hit),
                Some(hit) => {
                    selection.select(hit);
                    Click::Moved
                }
                None => Click::Nothing,
            };
        }
        _ => return Click::Nothing,
    };
    selection.moves(Some(verb), items, area.height);
    Click::Moved
}
