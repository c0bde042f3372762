//! The title screen.

mod card;

use ratatui::layout::{Position, Rect};

use crate::engine::World;
use crate::play::sitting::Chapters;
use crate::tui::kept::{Profile, Slot};
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Kind};
use crate::tui::still;

pub(crate) use card::Card;

/// A line of the menu.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    key: String,
    words: String,
    /// Said quietly beside it.
    beside: String,
    /// A line or two for what is selected.
    about: String,
    action: Action,
    /// The part's colour.
    accent: String,
    /// Whether a gap stands before it.
    apart: bool,
}

/// The title and its menu.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Title {
    name: String,
    credits: String,
    entries: Vec<Entry>,
    selected: usize,
    /// Where each entry stands, as last laid out.
    places: Vec<Rect>,
}

/// What a key did.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    Nothing,
    Moved,
    Act(Action),
    Pass(Verb),
}

impl Title {
    /// The title of a story, with what can be gone on with.
    pub(crate) fn of(world: &World, chapters: &Chapters, latest: Option<&Slot>, known: &Profile) -> Self {
        let mut entries = Vec::new();
        if let Some(summary) = latest.and_then(|slot| slot.summary.as_ref().ok()) {
            let moment = &summary.moment;
            let parts = [Some(summary.chapter_title.as_str()), moment.place.as_deref(), moment.date.as_deref()];
            let about = moment.last.last().map(|last| format!("Last: {last}")).unwrap_or_default();
            let chapter = chapters(&summary.chapter);
            entries.push(Entry {
                words: "Continue".into(),
                beside: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
                about,
                accent: chapter.map(|c| c.accent.clone()).unwrap_or_default(),
                ..Entry::new(Action::Continue)
            });
        }
        let (mut endings, mut found, mut runs) = (0, 0, 0);
        for (at, id) in world.order.iter().enumerate() {
            let Some(chapter) = chapters(id) else { continue };
            endings += chapter.endings.len();
            runs += chapter.runs.len();
            found += chapter.endings.iter().filter(|e| known.has_ending(id, &e.id)).count();
            entries.push(Entry {
                words: chapter.title.clone(),
                beside: new_game(at, world.order.len()),
                about: still::line(&chapter.about),
                accent: chapter.accent.clone(),
                ..Entry::new(Action::NewGame { chapter: id.clone() })
            });
        }
        for (at, entry) in entries.iter_mut().enumerate() {
            entry.key = keys::choice_key(at).map(String::from).unwrap_or_default();
        }
        let command = |verb: Verb, words: &str, action| Entry {
            key: keys::row_of(verb).shown.split(' ').next().unwrap_or_default().to_owned(),
            words: words.to_owned(),
            ..Entry::new(action)
        };
        if runs > 0 {
            let beside = "against the clock".to_owned();
            entries.push(Entry { apart: true, beside, ..command(Verb::Runs, "Runs", Action::Open(Kind::Runs)) });
        }
        entries.push(Entry { apart: runs == 0, ..command(Verb::Load, "Saved games", Action::Open(Kind::Load)) });
        entries.push(command(Verb::Codex, "Codex", Action::Open(Kind::Codex(None))));
        let beside = if found > 0 { format!("{found} of {endings} found") } else { String::new() };
        entries.push(Entry { beside, ..command(Verb::Endings, "Endings", Action::Open(Kind::Endings)) });
        entries.push(command(Verb::Settings, "Settings", Action::Open(Kind::Settings)));
        entries.push(command(Verb::Help, "Help", Action::Open(Kind::Help)));
        entries.push(command(Verb::Leave, "Leave", Action::Quit));
        let credits = world.credits.as_ref().map(still::line).unwrap_or_default();
        Self { name: world.title.clone(), credits, entries, selected: 0, places: Vec::new() }
    }

    /// Takes the words of another; the same entry stays selected.
    pub(crate) fn renew(&mut self, anew: Self) {
        let selected = self.entries.get(self.selected).map(|entry| &entry.action);
        let at = selected.and_then(|action| anew.entries.iter().position(|entry| entry.action == *action));
        *self = Self { selected: at.unwrap_or(0), ..anew };
    }

    /// The colour of the part that is selected.
    pub(crate) fn accent(&self) -> &str {
        let own = self.entries.get(self.selected).map_or("", |e| e.accent.as_str());
        if own.is_empty() { "soot" } else { own }
    }

    /// Takes the entry with this number.
    pub(crate) fn take(&self, at: usize) -> Said {
        let key = keys::choice_key(at).map(String::from);
        let entry = self.entries.iter().find(|e| Some(&e.key) == key.as_ref());
        entry.map_or(Said::Nothing, |e| Said::Act(e.action.clone()))
    }

    /// Hears a command.
    pub(crate) fn hear(&mut self, verb: Verb) -> Said {
        let last = self.entries.len().saturating_sub(1);
        let to = match verb {
            Verb::Up => self.selected.saturating_sub(1),
            Verb::Down => (self.selected + 1).min(last),
            Verb::Home => 0,
            Verb::End => last,
            Verb::Take => {
                return self.entries.get(self.selected).map_or(Said::Nothing, |e| Said::Act(e.action.clone()));
            }
            other => return Said::Pass(other),
        };
        if to == self.selected {
            return Said::Nothing;
        }
        self.selected = to;
        Said::Moved
    }

    /// The entry under the mouse.
    pub(crate) fn click(&mut self, at: Position) -> Option<Action> {
        let hit = self.places.iter().position(|place| place.contains(at))?;
        self.selected = hit;
        self.entries.get(hit).map(|e| e.action.clone())
    }
}

/// What stands beside a part.
fn new_game(at: usize, parts: usize) -> String {
    const PARTS: [&str; 6] = ["one", "two", "three", "four", "five", "six"];
    match PARTS.get(at) {
        Some(number) if parts > 1 => format!("new game, part {number}"),
        _ => "new game".to_owned(),
    }
}

impl Entry {
    const fn new(action: Action) -> Self {
        Self {
            key: String::new(),
            words: String::new(),
            beside: String::new(),
            about: String::new(),
            action,
            accent: String::new(),
            apart: false,
        }
    }
}
