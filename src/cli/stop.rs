//! Why the program stops, and with which code.

use std::io::{self, IsTerminal};

use crate::story::Report;

/// Clean.
pub(super) const CLEAN: u8 = 0;
/// Something was found.
pub(super) const FOUND: u8 = 1;
/// It could not run.
pub(super) const COULD_NOT: u8 = 2;

/// Why the program stops, in words, and with which code.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) words: String,
    pub(super) code: u8,
}

impl Stop {
    pub(super) fn could_not(why: impl std::fmt::Display) -> Self {
        Self { words: format!("taiyuan: {why}"), code: COULD_NOT }
    }

    /// Something is wrong with what was looked at.
    pub(super) fn found(what: impl std::fmt::Display) -> Self {
        Self { words: format!("taiyuan: {what}"), code: FOUND }
    }

    /// A story with faults cannot be run; finding them is the work of `check` alone.
    pub(super) fn faults(report: &Report) -> Self {
        let words = report.render(terminal_width(), takes_colour(&io::stderr()));
        Self { words, code: COULD_NOT }
    }
}

/// Whether colours may be written there: to a terminal that has some, of somebody who wants them.
pub(super) fn takes_colour(to: &impl IsTerminal) -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    to.is_terminal() && !unwanted && !is_dumb()
}

/// Whether the terminal does nothing but put one character behind another, or there is none.
pub(super) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_none_or(|name| name == "dumb" || name.is_empty())
}

/// Columns for a report.
pub(super) fn terminal_width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(100)
}
