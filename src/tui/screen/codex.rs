//! What is known of the world: entries, a live search, and links from one to another.

use std::collections::BTreeSet;

use crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::engine::id::CodexIx;
use crate::engine::render::Para;
use crate::engine::world::Basis;
use crate::play::fit::{fold, has_words};
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Look, Outcome, Overlay};
use crate::tui::widget::field::Field;
use crate::tui::widget::leaf::{Leaf, told};
use crate::tui::widget::list::{self, Item};
use crate::tui::widget::spread::{Click, Opened, Spread};
use crate::tui::wrap::{Row, plain};

const LABEL: &str = "Search  ";

/// The codex.
#[derive(Debug, Default)]
pub(crate) struct Codex {
    spread: Spread,
    field: Field,
    typing: bool,
    /// Which of the entry's links is selected.
    link: usize,
    /// The entries come from, to go back to.
    trail: Vec<CodexIx>,
}

/// An open entry as it is drawn.
#[derive(Default)]
struct Entry {
    leaf: Leaf,
    links: Vec<CodexIx>,
    /// The row of the first link.
    first: usize,
}

/// What a codex knows now.
struct Known {
    all: BTreeSet<CodexIx>,
    /// Those that answer the search, by title.
    shown: Vec<CodexIx>,
    items: Vec<Item>,
}

/// On whose word an entry stands, for the reader.
const fn word(basis: Basis) -> &'static str {
    match basis {
        Basis::Seed => "from the source article",
        Basis::Record => "from the record",
        Basis::Ours => "ours, made for this story",
    }
}

/// A title as it is filed: without its article.
fn filed(title: &str) -> String {
    let title = fold(title);
    title.strip_prefix("the ").map_or(title.clone(), str::to_owned)
}

/// Every entry the reader may open: what this play has met, and what any play has.
pub(crate) fn unlocked(look: &Look<'_>) -> BTreeSet<CodexIx> {
    let mut all = look.sitting.map(|s| s.known().codex).unwrap_or_default();
    all.extend(look.profile.codex.iter().filter_map(|id| look.world.find_codex(id)));
    all
}

impl Codex {
    /// The codex, open at an entry if one is named.
    pub(crate) fn at(entry: Option<CodexIx>, look: &Look<'_>) -> Self {
        let mut codex = Self::default();
        if let Some(at) = entry.and_then(|entry| codex.known(look).shown.iter().position(|ix| *ix == entry)) {
            codex.spread = Spread::on(at);
        }
        codex
    }

    fn known(&self, look: &Look<'_>) -> Known {
        let all = unlocked(look);
        let sought = fold(self.field.words());
        let answers = |ix: &CodexIx| {
            let entry = look.world.entry(*ix);
            let title = fold(&entry.title);
            if sought.trim().is_empty() || has_words(&title, &sought) {
                return Some(0);
            }
            let text: String = told(look, &entry.text).iter().map(|p| fold(&p.plain()) + " ").collect();
            has_words(&format!("{title} {text}"), &sought).then_some(1)
        };
        let mut shown: Vec<(i32, String, CodexIx)> = all
            .iter()
            .filter_map(|ix| answers(ix).map(|near| (near, filed(&look.world.entry(*ix).title), *ix)))
            .collect();
        shown.sort();
        let shown: Vec<CodexIx> = shown.into_iter().map(|(.., ix)| ix).collect();
        let items = shown.iter().map(|ix| Item::new(look.world.entry(*ix).title.clone())).collect();
        Known { all, shown, items }
    }

    fn selected(&self, known: &Known) -> Option<CodexIx> {
        self.spread.at(&known.items).map(|at| known.shown[at])
    }

    fn entry(&self, look: &Look<'_>, known: &Known, width: u16) -> Entry {
        let Some(ix) = self.selected(known) else { return Entry::default() };
        let row = look.world.entry(ix);
        let theme = look.theme;
        let mut leaf = Leaf::default();
        leaf.line(&row.title, width, theme.heading);
        leaf.line(word(row.basis), width, theme.quiet);
        leaf.gap();
        let paras = told(look, &row.text);
        leaf.prose(&paras, width, look);
        let mut links = linked(&paras);
        links.extend(&row.see);
        let mut seen = BTreeSet::from([ix]);
        links.retain(|link| seen.insert(*link));
        let hidden = links.iter().filter(|link| !known.all.contains(link)).count();
        links.retain(|link| known.all.contains(link));
        if links.is_empty() && hidden == 0 {
            return Entry { first: leaf.len(), leaf, links };
        }
        leaf.gap();
        leaf.line("See also", width, theme.quiet);
        let first = leaf.len();
        for (at, link) in links.iter().enumerate() {
            let here = at == self.link.min(links.len() - 1);
            let marker = if here { theme.marker() } else { " " };
            let words = plain(format!("{marker} {}", look.world.entry(*link).title));
            leaf.push(Row { indent: 0, pieces: vec![words] }, if here { theme.selected } else { theme.text });
        }
        match hidden {
            0 => {}
            1 => leaf.line("  and one entry you have not met", width, theme.locked),
            n => leaf.line(&format!("  and {n} entries you have not met"), width, theme.locked),
        }
        Entry { leaf, links, first }
    }

    /// The row of the search field, if it is there, and the room below it.
    fn areas(&self, area: Rect) -> (Option<Rect>, Rect) {
        if !self.typing && self.field.is_empty() {
            return (None, area);
        }
        let line = Rect { height: area.height.min(1), ..area };
        let gap = if area.height > 10 { 2 } else { 1 }.min(area.height);
        (Some(line), Rect { y: area.y.saturating_add(gap), height: area.height - gap, ..area })
    }

    fn opened<'a>(&self, known: &'a Known, area: Rect) -> Opened<'a> {
        Opened::new(&known.items, self.areas(area).1)
    }

    /// Opens an entry that a link leads to.
    fn follow(&mut self, look: &Look<'_>, from: Option<CodexIx>, to: CodexIx) -> Outcome {
        self.trail.extend(from);
        self.open(look, to)
    }

    fn open(&mut self, look: &Look<'_>, entry: CodexIx) -> Outcome {
        self.typing = false;
        if !self.known(look).shown.contains(&entry) {
            self.field.clear();
        }
        let known = self.known(look);
        if let Some(at) = known.shown.iter().position(|ix| *ix == entry) {
            self.spread.select(at);
            self.spread.selection.reveal(&known.items, self.opened(&known, look.area).list.height);
            self.link = 0;
        }
        Outcome::Redraw
    }

    fn back(&mut self, look: &Look<'_>) -> Outcome {
        match self.trail.pop() {
            Some(entry) => self.open(look, entry),
            None => Outcome::Stay,
        }
    }

    fn typed(&mut self, key: KeyEvent) -> Option<Outcome> {
        match key.code {
            KeyCode::Esc => {
                self.field.clear();
                self.typing = false;
            }
            KeyCode::Enter => self.typing = false,
            _ if self.field.key(key) => self.spread.select(0),
            _ => return None,
        }
        self.link = 0;
        Some(Outcome::Redraw)
    }

    fn turn_to_link(&mut self, look: &Look<'_>, known: &Known, by: isize) -> Outcome {
        let opened = self.opened(known, look.area);
        let entry = self.entry(look, known, opened.page.width);
        if entry.links.is_empty() {
            return Outcome::Stay;
        }
        let last = entry.links.len() - 1;
        self.link = match (self.link.min(last), by) {
            (at, 1) if at == last => 0,
            (0, -1) => last,
            (at, by) => at.saturating_add_signed(by),
        };
        self.spread.show(entry.first + self.link, opened.page, &entry.leaf);
        Outcome::Redraw
    }
}

/// The entries a text links to.
fn linked(paras: &[Para]) -> Vec<CodexIx> {
    paras.iter().flat_map(|p| &p.spans).filter_map(|s| s.style.link).collect()
}

impl Overlay for Codex {
    fn title(&self, look: &Look<'_>) -> String {
        let known = self.known(look);
        let count = format!("Codex, {} of {}", known.all.len(), look.world.codex.len());
        if self.field.is_empty() { count } else { format!("{count}, {} found", known.shown.len()) }
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let known = self.known(look);
        let (line, room) = self.areas(area);
        if let Some(line) = line {
            self.field.draw(LABEL, line, look.theme, buf);
        }
        if known.items.is_empty() {
            let words =
                if known.all.is_empty() { "Nothing is known yet." } else { "Nothing known answers to these words." };
            list::line(words, room, 0, look.theme.quiet, buf);
            return;
        }
        let opened = self.opened(&known, area);
        let entry = self.entry(look, &known, opened.page.width);
        self.spread.draw(opened, &entry.leaf, look.theme, buf);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        if self.typing
            && let Some(heard) = self.typed(key)
        {
            return heard;
        }
        let known = self.known(look);
        let opened = self.opened(&known, look.area);
        let entry = self.entry(look, &known, opened.page.width);
        let verb = keys::verb(key);
        match (key.code, verb) {
            (KeyCode::Backspace, _) => self.back(look),
            (KeyCode::Tab | KeyCode::Right, _) => self.turn_to_link(look, &known, 1),
            (KeyCode::BackTab | KeyCode::Left, _) => self.turn_to_link(look, &known, -1),
            (KeyCode::Esc, _) if !self.field.is_empty() => {
                self.field.clear();
                Outcome::Redraw
            }
            (_, Some(Verb::Search)) => {
                self.typing = true;
                Outcome::Redraw
            }
            (_, Some(Verb::Codex)) => Outcome::Close,
            (_, Some(Verb::Take)) => {
                let from = self.selected(&known);
                match entry.links.get(self.link.min(entry.links.len().saturating_sub(1))) {
                    Some(link) => self.follow(look, from, *link),
                    None => Outcome::Stay,
                }
            }
            _ if self.spread.moves(verb, opened, &entry.leaf) => {
                if !matches!(verb, Some(Verb::PageUp | Verb::PageDown)) {
                    self.link = 0;
                }
                Outcome::Redraw
            }
            _ => Outcome::Pass,
        }
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let known = self.known(look);
        let opened = self.opened(&known, look.area);
        let entry = self.entry(look, &known, opened.page.width);
        let at = Position::new(event.column, event.row);
        if event.kind == MouseEventKind::Down(MouseButton::Left) {
            let row = self.spread.row_at(at, opened.page, &entry.leaf);
            let link = row.and_then(|row| row.checked_sub(entry.first)).and_then(|at| entry.links.get(at));
            if let Some(link) = link {
                let from = self.selected(&known);
                return self.follow(look, from, *link);
            }
        }
        match self.spread.mouse(event, opened, &entry.leaf) {
            Click::Nothing => Outcome::Pass,
            Click::Moved | Click::Again(_) => Outcome::Redraw,
        }
    }

    fn paste(&mut self, _: &Look<'_>, text: &str) -> Outcome {
        self.typing = true;
        self.field.paste(text);
        self.spread.select(0);
        Outcome::Redraw
    }

    fn typing(&self) -> bool {
        self.typing
    }

    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        let known = self.known(look);
        match self.areas(area).0 {
            Some(line) if self.typing => self.field.cursor(LABEL, line),
            _ => self.spread.cursor(self.opened(&known, area)),
        }
    }

    fn hints(&self, look: &Look<'_>) -> Vec<Verb> {
        if unlocked(look).is_empty() { Vec::new() } else { vec![Verb::Search, Verb::Take, Verb::PageDown] }
    }
}
