//! A line one types into.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::backend::crossterm::EventHandler;
use tui_input::{Input, InputRequest};
use unicode_width::UnicodeWidthStr;

use crate::engine::text::is_hidden;
use crate::tui::theme::Theme;

/// The longest a field may grow, in characters.
const LONGEST: usize = 200;

/// A text field with a label before it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Field {
    input: Input,
    /// Whether the words are a proposal: what is typed takes their place.
    proposed: bool,
}

impl Field {
    /// With words in it that the first letter typed takes the place of, and the cursor after them.
    pub(crate) fn proposing(words: &str) -> Self {
        Self { input: Input::new(words.to_owned()), proposed: true }
    }

    /// The words typed.
    pub(crate) fn words(&self) -> &str {
        self.input.value()
    }

    /// Whether nothing is typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.words().is_empty()
    }

    /// Takes everything back.
    pub(crate) fn clear(&mut self) {
        self.input.reset();
    }

    /// Hears a key. Answers whether it was one for a field.
    pub(crate) fn key(&mut self, key: KeyEvent) -> bool {
        let typed = matches!(key.code, KeyCode::Char(_)) && !key.modifiers.contains(KeyModifiers::CONTROL);
        if typed && self.words().chars().count() >= LONGEST {
            return true;
        }
        let editing = matches!(
            (key.code, key.modifiers.contains(KeyModifiers::CONTROL)),
            (KeyCode::Char('u' | 'w' | 'k' | 'a' | 'e' | 'h' | 'y'), true)
                | (KeyCode::Backspace | KeyCode::Delete | KeyCode::Left | KeyCode::Right, _)
                | (KeyCode::Char(_), false)
        );
        if editing && std::mem::take(&mut self.proposed) && (typed || key.code == KeyCode::Backspace) {
            self.clear();
        }
        editing && (self.input.handle_event(&Event::Key(key)).is_some() || typed)
    }

    /// Takes in pasted words, line ends as blanks.
    pub(crate) fn paste(&mut self, text: &str) {
        if std::mem::take(&mut self.proposed) {
            self.clear();
        }
        let room = LONGEST.saturating_sub(self.words().chars().count());
        for c in text
            .trim()
            .chars()
            .map(|c| if c == '\n' { ' ' } else { c })
            .filter(|c| !c.is_control() && !is_hidden(*c))
            .take(room)
        {
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    /// Draws the label and as much of the words as there is room for, the cursor always among them.
    pub(crate) fn draw(&self, label: &str, area: Rect, theme: &Theme, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        let (x, _) = buf.set_stringn(area.x, area.y, label, usize::from(area.width), theme.quiet);
        let room = area.right().saturating_sub(x);
        if room < 2 {
            return;
        }
        let skip = self.input.visual_scroll(usize::from(room) - 1);
        let mut passed = 0;
        let words: String = self
            .words()
            .chars()
            .skip_while(|c| {
                let skipped = passed < skip;
                passed += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
                skipped
            })
            .collect();
        let look = if self.proposed { theme.selected } else { theme.heading };
        let (end, _) = buf.set_stringn(x, area.y, &words, usize::from(room), look);
        for at in end..area.right() {
            buf[(at, area.y)].set_char('_').set_style(theme.faint);
        }
    }

    /// Where the cursor stands.
    pub(crate) fn cursor(&self, label: &str, area: Rect) -> Option<Position> {
        let x = area.x.saturating_add(u16::try_from(label.width()).ok()?);
        let room = area.right().checked_sub(x).filter(|room| *room >= 2)?;
        let skip = self.input.visual_scroll(usize::from(room) - 1);
        let at = u16::try_from(self.input.visual_cursor().saturating_sub(skip)).ok()?;
        (area.height > 0).then(|| Position::new(x + at.min(room - 1), area.y))
    }
}
