//! What a writer notes beside the story: what is still to do, and which checks to leave aside.

use super::Book;
use crate::story::desk::{Desk, Written};
use crate::story::diagnostic::Spot;
use crate::story::outline::Entry;
use crate::story::parse::value;
use crate::story::raw::{self, Choice, Str};
use crate::story::section::Section;

/// Something noted beside the story, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// What is noted.
    pub note: Noted,
    /// Where.
    pub spot: Spot,
}

/// What is noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noted {
    /// A `todo`.
    Todo(String),
    /// A code of `allow`.
    Allow(String),
}

impl Book {
    /// Every `todo` and `allow` of the story. Only entries that hold one of these words are read again.
    #[must_use]
    pub fn asides(&self) -> Vec<Aside> {
        let mut pen = Pen { desk: Desk::new(&self.sources), found: Vec::new() };
        for file in &self.layout.all {
            let may = |text: &str| text.contains("todo:") || text.contains("allow:");
            if !self.sources.files().get(*file).is_some_and(|source| may(&source.text)) {
                continue;
            }
            for part in &self.outlines[*file].parts {
                for entry in part.entries.iter().filter(|entry| may(self.sources.text(entry.body))) {
                    pen.entry(part.section, entry);
                }
            }
        }
        pen.found
    }
}

struct Pen<'b> {
    desk: Desk<'b>,
    found: Vec<Aside>,
}

impl<'b> Pen<'b> {
    fn entry(&mut self, section: Section, entry: &Entry) {
        let at = entry.body;
        match section {
            Section::Chapter => {
                if let Ok(raw) = value::<raw::Chapter<'_>>(self.desk.sources, entry) {
                    self.todo(raw.todo.as_ref(), at);
                }
            }
            Section::Scenes => {
                if let Ok(raw) = value::<raw::Scene<'_>>(self.desk.sources, entry) {
                    self.todo(raw.todo.as_ref(), at);
                    self.allow(&raw.allow, at);
                    self.choices(&raw.choices, at);
                }
            }
            Section::Menus => {
                if let Ok(raw) = value::<Vec<Choice<'_>>>(self.desk.sources, entry) {
                    self.choices(&raw, at);
                }
            }
            Section::Vars => {
                if let Ok(raw) = value::<raw::Var<'_>>(self.desk.sources, entry) {
                    self.allow(raw.allowed(), at);
                }
            }
            Section::Items => {
                if let Ok(raw) = value::<raw::Item<'_>>(self.desk.sources, entry) {
                    self.allow(&raw.allow, at);
                }
            }
            Section::Codex => {
                if let Ok(raw) = value::<raw::Codex<'_>>(self.desk.sources, entry) {
                    self.allow(&raw.allow, at);
                }
            }
            _ => {}
        }
    }

    fn choices(&mut self, choices: &[Choice<'b>], entry: Spot) {
        for choice in choices {
            self.todo(choice.todo.as_ref(), entry);
            self.allow(&choice.allow, entry);
            self.choices(choice.choices.as_deref().unwrap_or_default(), entry);
        }
    }

    fn todo(&mut self, todo: Option<&Str<'b>>, entry: Spot) {
        if let Some(text) = todo {
            let spot = self.desk.whole(Written { text, entry });
            self.found.push(Aside { note: Noted::Todo(text.to_string()), spot });
        }
    }

    fn allow(&mut self, codes: &[Str<'b>], entry: Spot) {
        for text in codes {
            let spot = self.desk.whole(Written { text, entry });
            self.found.push(Aside { note: Noted::Allow(text.to_string()), spot });
        }
    }
}
