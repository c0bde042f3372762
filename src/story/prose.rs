//! The words for faults: what is wrong, what is marked, and what to do about it.

mod help;
mod title;

use super::diagnostic::Note;
use super::fault::Fault;
use super::link::scope::Sort;
use super::names::Kind;

pub(super) use help::help;
pub(super) use title::title;

/// What stands at the mark.
pub(super) fn label(fault: &Fault) -> Option<String> {
    Some(match fault {
        Fault::MissingComma { .. } => "a comma belongs here".to_owned(),
        Fault::UnclosedText | Fault::UnclosedRaw { .. } | Fault::UnclosedComment | Fault::UnclosedGroup => {
            "opens here".to_owned()
        }
        Fault::Unclosed { open } => format!("`{}` should come before this", partner(*open)),
        Fault::MissingField { name, .. } => format!("no `{name}` in here"),
        Fault::Duplicate { .. } | Fault::SectionTwice { .. } | Fault::FileTwice { .. } => "and here".to_owned(),
        Fault::FlowRing { .. } | Fault::VisitRing { .. } => "the ring begins here".to_owned(),
        Fault::Unknown { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
        _ => return None,
    })
}

/// What another place has to do with it.
pub(super) fn note(note: Note) -> &'static str {
    match note {
        Note::First => "declared here",
        Note::Opened => "opened here",
        Note::Outside => "this stands outside",
        Note::Declared => "declared here",
        Note::Dice => "the dice fall here",
        Note::Way => "then here",
        Note::Said(said) => said,
    }
}

impl Kind {
    /// What a writer calls it.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Scene => "scene",
            Self::Item => "item",
            Self::Variable => "variable",
            Self::Derived => "derived variable",
            Self::Person => "person",
            Self::Place => "place",
            Self::Codex => "codex entry",
            Self::Deck => "deck",
            Self::Menu => "menu",
            Self::Snippet => "snippet",
            Self::Ending => "ending",
            Self::Milestone => "milestone",
            Self::Achievement => "achievement",
            Self::Run => "run",
            Self::Choice => "choice",
            Self::Chapter => "chapter",
            Self::Map => "map",
            Self::Text => "text",
        }
    }

    const fn article(self) -> &'static str {
        match self {
            Self::Item | Self::Ending | Self::Achievement => "an",
            _ => "a",
        }
    }
}

impl Sort {
    const fn noun(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Flag => "yes or no",
            Self::Word => "a word",
        }
    }
}

fn did(meant: &str) -> String {
    format!("did you mean `{meant}`?")
}

fn hash(count: usize) -> String {
    "#".repeat(count)
}

fn ticked(text: &str) -> String {
    if text.starts_with('`') { text.to_owned() } else { format!("`{text}`") }
}

fn partner(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        other => other,
    }
}

fn way(ids: &[String]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" -> ")
}

fn list(words: impl Iterator<Item = String>) -> String {
    joined(words, "or")
}

fn all(words: impl Iterator<Item = String>) -> String {
    joined(words, "and")
}

fn joined(words: impl Iterator<Item = String>, by: &str) -> String {
    let words: Vec<_> = words.map(|w| format!("`{w}`")).collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} {by} {last}", most.join(", ")),
    }
}

/// A text short enough for one line.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 40 { line } else { line.chars().take(39).chain(['…']).collect() }
}
