//! The choices of a page as rows, each with the key that takes it.

use crate::engine::render::{Span, Style};
use crate::play::Sitting;
use crate::tui::keys;
use crate::tui::overlay::{Action, Kind};
use crate::tui::wrap::{self, Row};

/// Cells before the words: the digit and two blanks.
const HANG: u16 = 3;

/// Something that can be chosen, or cannot and says why.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Offer {
    pub(crate) words: Vec<Span>,
    /// The reason, and no action, when it is locked.
    pub(crate) takes: Result<Action, Vec<Span>>,
}

/// A row of the menu.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) row: Row,
    /// Which open offer the row belongs to; `None` if it is locked.
    pub(crate) open: Option<usize>,
    /// The key, on the first row of an open offer.
    pub(crate) key: Option<char>,
}

/// What the page offers: the story's choices, or after the last page what can be done then.
pub(crate) fn offers(sitting: &Sitting) -> Vec<Offer> {
    let mut offers: Vec<Offer> = sitting
        .picks()
        .into_iter()
        .enumerate()
        .map(|(at, pick)| Offer { words: pick.words, takes: pick.locked.map_or(Ok(Action::Choose(at)), Err) })
        .collect();
    if sitting.state().ended.is_some() {
        let mut offer = |words: &str, action| {
            offers.push(Offer { words: vec![wrap::plain(words)], takes: Ok(action) });
        };
        offer("Turn the last page", Action::Open(Kind::Ending));
        if sitting.steps() > 0 {
            offer("Take back the last choice", Action::Undo);
        }
        offer("The endings found so far", Action::Open(Kind::Endings));
        offer("Close the book", Action::Title);
    }
    offers
}

/// Wraps the menu.
pub(crate) fn lines(offers: &[Offer], width: u16, airy: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open = 0;
    for offer in offers {
        if airy && !lines.is_empty() {
            lines.push(Line::default());
        }
        match &offer.takes {
            Ok(_) => {
                let rows = wrap::hang(&offer.words, width, HANG, HANG);
                lines.extend(rows.into_iter().enumerate().map(|(at, row)| Line {
                    row,
                    open: Some(open),
                    key: if at == 0 { keys::choice_key(open) } else { None },
                }));
                open += 1;
            }
            Err(reason) => {
                let rows = wrap::hang(&with_reason(&offer.words, reason), width, HANG, HANG + 2);
                lines.extend(rows.into_iter().map(|row| Line { row, open: None, key: None }));
            }
        }
    }
    lines
}

fn with_reason(words: &[Span], reason: &[Span]) -> Vec<Span> {
    let mut spans = words.to_vec();
    if reason.iter().any(|s| !s.text.trim().is_empty()) {
        spans.push(wrap::plain(" – "));
        spans.extend(reason.iter().map(|s| Span { text: s.text.clone(), style: Style { emph: true, ..s.style } }));
    }
    spans
}
