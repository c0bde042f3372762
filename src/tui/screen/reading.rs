//! The reading screen: the telling as one long scroll, the menu under it, and where the reader is in both.

pub(crate) mod offers;
mod page;
mod telling;

use crate::play::{Block, Sitting};
use crate::tui::kept::Settings;
use crate::tui::overlay::Action;
use crate::tui::wrap;

use super::sheet::Sheet;
use offers::{Line, Offer};
use telling::Telling;

pub(crate) use page::Page;

/// Where a reader is.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    telling: Telling,
    offers: Vec<Offer>,
    menu: Vec<Line>,
    /// The row at the top of the view.
    top: usize,
    /// The first row of the page being read, and of its newest part.
    page: usize,
    fresh: usize,
    /// Which open offer is selected.
    selected: usize,
    /// Rows the view has.
    height: usize,
    airy: bool,
    /// What was last laid out: the sitting's version, the width, whether locked choices are shown.
    laid: Option<(u64, u16, bool, bool)>,
    /// Whether the view has been moved since the page was turned.
    moved: bool,
    /// Whether the end of the page has been in view since it was turned to.
    read: bool,
    /// Where the play is, for the head line.
    place: String,
    /// The step last laid out: a new one turns the page.
    step: Option<(u64, usize)>,
}

impl Reading {
    /// Forgets everything: another play begins.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Lays out what changed. Turns to the new page if there is one.
    pub(crate) fn lay_out(&mut self, sitting: &Sitting, sheet: &Sheet, settings: &Settings) {
        let width = sheet.column.width;
        let height = usize::from(sheet.column.height);
        let laid = (sitting.version(), width, settings.locked, settings.airy);
        let resized = height != self.height || self.laid.is_some_and(|l| l.1 != width);
        if self.laid == Some(laid) && !resized {
            return;
        }
        let mark = resized.then(|| self.mark());
        self.height = height;
        self.airy = settings.airy;
        let place = sitting.page().place.or_else(|| sitting.place());
        self.place = place.map_or_else(String::new, |p| wrap::capital(&sitting.world().place(p).name));
        self.telling.follow(sitting.transcript(), sitting.world(), width);
        self.offers = offers::offers(sitting);
        if !settings.locked {
            self.offers.retain(|o| o.takes.is_ok());
        }
        self.menu = offers::lines(&self.offers, width, settings.airy);
        let (page, fresh) = pages(sitting.transcript(), height);
        self.fresh = self.telling.row_of(fresh);
        self.page = self.telling.row_of(page);
        self.laid = Some(laid);
        let step = Some((sitting.transcript().rewritten(), sitting.transcript().len()));
        if step != self.step {
            self.step = step;
            self.selected = 0;
            self.read = false;
            self.turn_to_newest();
        } else if resized && !self.moved {
            self.turn_to_newest();
        } else if let Some((block, offset)) = mark {
            self.top = (self.telling.row_of_block(block) + offset).min(self.last_top());
        }
        self.selected = self.selected.min(self.open().saturating_sub(1));
        self.top = self.top.min(self.last_top());
        self.read |= !self.more_below();
    }

    /// Takes the menu away: there is nothing to choose any more.
    pub(crate) fn close_menu(&mut self) {
        self.offers.clear();
        self.menu.clear();
        self.top = self.top.min(self.last_top());
    }

    /// The block at the top of the view, so that it stays there at another width.
    fn mark(&self) -> (usize, usize) {
        self.telling.block_at(self.top)
    }

    fn turn_to_newest(&mut self) {
        // A page that goes on is kept whole as long as it fits; a new part stands at the top otherwise.
        self.top = if self.total() <= self.page + self.height { self.page } else { self.fresh };
        self.moved = false;
    }

    /// Rows of telling and menu together.
    fn total(&self) -> usize {
        self.menu_top() + self.menu.len()
    }

    fn menu_top(&self) -> usize {
        self.telling.len() + usize::from(!self.menu.is_empty())
    }

    /// How far the view can be moved down: the newest page at the top, or the last row at the bottom.
    fn last_top(&self) -> usize {
        let newest = if self.total() <= self.page + self.height { self.page } else { self.fresh };
        self.total().saturating_sub(self.height).max(newest)
    }

    /// Whether something lies below the view.
    pub(crate) fn more_below(&self) -> bool {
        self.top + self.height < self.total()
    }

    /// Whether the view has been moved back from the newest page.
    pub(crate) fn looking_back(&self) -> bool {
        self.top < self.fresh.min(self.last_top()) && self.more_below()
    }

    /// Where the play is.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// How many offers are open.
    pub(crate) fn open(&self) -> usize {
        self.offers.iter().filter(|o| o.takes.is_ok()).count()
    }

    /// What an open offer does.
    pub(crate) fn action(&self, open: usize) -> Option<Action> {
        self.offers.iter().filter_map(|o| o.takes.as_ref().ok()).nth(open).cloned()
    }

    /// What Enter does: takes the selected offer, or first brings it into view, and all that can be chosen beside it.
    pub(crate) fn enter(&mut self) -> Option<Action> {
        if self.read && self.selected_row().is_some_and(|row| row < self.top + self.height) {
            return self.action(self.selected);
        }
        self.page_down();
        None
    }

    /// The row of the scroll the selected offer begins in.
    fn selected_row(&self) -> Option<usize> {
        let at = self.menu.iter().position(|l| l.open == Some(self.selected))?;
        Some(self.menu_top() + at)
    }

    /// Down a row: through the text first, then through the menu.
    pub(crate) fn down(&mut self) {
        if self.more_below() {
            self.scroll(1);
        } else if self.selected + 1 < self.open() {
            self.selected += 1;
        }
    }

    /// Up a row: through the menu first, then through the text.
    pub(crate) fn up(&mut self) {
        let seen = self.selected_row().is_some_and(|row| (self.top..self.top + self.height).contains(&row));
        if self.selected > 0 && seen {
            self.selected -= 1;
        } else {
            self.scroll(-1);
        }
    }

    /// Moves the view.
    pub(crate) fn scroll(&mut self, rows: isize) {
        self.move_to(self.top.saturating_add_signed(rows));
    }

    /// On by a page; a row stays in view to read on from.
    pub(crate) fn page_down(&mut self) {
        if self.more_below() {
            self.move_to(self.top + self.page_rows());
        }
    }

    /// Back by a page.
    pub(crate) fn page_up(&mut self) {
        self.move_to(self.top.saturating_sub(self.page_rows()));
    }

    fn page_rows(&self) -> usize {
        self.height.saturating_sub(2).max(1)
    }

    /// To the first page of the sitting.
    pub(crate) fn home(&mut self) {
        self.move_to(0);
    }

    /// To the newest page; to its end when already there.
    pub(crate) fn end(&mut self) {
        let before = self.top;
        self.turn_to_newest();
        if before >= self.top {
            self.move_to(self.last_top());
        }
    }

    fn move_to(&mut self, top: usize) {
        self.top = top.min(self.last_top());
        self.read |= !self.more_below();
        self.moved = true;
    }

    /// The open offer at a row of the view.
    pub(crate) fn offer_at(&self, row: usize) -> Option<usize> {
        let at = (self.top + row).checked_sub(self.menu_top())?;
        self.menu.get(at)?.open
    }
}

/// The first blocks of the page and of its newest part. A step that tells no scene goes on with the page before, as long
/// as that may fit into so many rows.
fn pages(transcript: &crate::play::Transcript, height: usize) -> (usize, usize) {
    let blocks = transcript.blocks();
    let fresh = transcript.newest();
    let (mut page, mut end) = (fresh, blocks.len());
    let mut step = transcript.len();
    while step > 1 && blocks.len() - page.min(blocks.len()) <= height {
        let told = &blocks[page.min(end)..end];
        if told.iter().any(|b| matches!(b, Block::Text(_) | Block::Heading { .. } | Block::Ended { .. })) {
            break;
        }
        step -= 1;
        end = page.min(end);
        page = transcript.start_of(step - 1).unwrap_or(0);
    }
    // A chapter's title stands before its first step.
    let titled = |at: usize| matches!(at.checked_sub(1).map(|b| &blocks[b]), Some(Block::Chapter(_)));
    let up = |at: usize| if titled(at) { at - 1 } else { at };
    (up(page), up(fresh))
}
