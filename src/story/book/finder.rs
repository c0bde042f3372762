//! Finds what is written again: only what a finding speaks of is read a second time.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::Book;
use crate::engine::Chapter;
use crate::story::desk::{Desk, Written};
use crate::story::diagnostic::Spot;
use crate::story::outline::Entry;
use crate::story::parse::value;
use crate::story::place::{Field, Holder, Part, Place, Way};
use crate::story::raw::{self, Flow, Str};
use crate::story::section::Section;

/// A place that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Where it is.
    pub spot: Spot,
    /// The codes that are allowed there, and where that is written.
    pub allowed: Vec<(String, Spot)>,
    /// Whether its words came with a snippet.
    pub borrowed: bool,
}

/// An entry, and the chapter whose folder it is in.
type Owned<'b> = (Option<&'b str>, &'b Entry);

/// Finds places of an open story.
pub struct Finder<'b> {
    desk: Desk<'b>,
    /// Entries by section and id.
    entries: BTreeMap<(Section, &'b str), Vec<Owned<'b>>>,
}

impl<'b> Finder<'b> {
    /// Lists the entries of a story.
    #[must_use]
    pub fn new(book: &'b Book) -> Self {
        let mut owners: Vec<Option<&str>> = vec![None; book.outlines.len()];
        for (chapter, files) in &book.layout.chapters {
            for file in files {
                owners[*file] = Some(chapter);
            }
        }
        let mut entries: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for file in &book.layout.all {
            for part in &book.outlines[*file].parts {
                for entry in &part.entries {
                    let id = if part.section == Section::Chapter { "" } else { entry.id.as_str() };
                    entries.entry((part.section, id)).or_default().push((owners[*file], entry));
                }
            }
        }
        Self { desk: Desk::new(&book.sources), entries }
    }

    /// Where something of a chapter is written.
    #[must_use]
    pub fn find(&self, chapter: &Chapter, place: &Place) -> Located {
        let at = |spot| Located { spot, allowed: Vec::new(), borrowed: false };
        match self.entry(chapter, place.holder) {
            Some(entry) => self.read(chapter, place, entry).unwrap_or_else(|| at(entry.key)),
            None => at(Spot::NOWHERE),
        }
    }

    fn entry(&self, chapter: &Chapter, holder: Holder) -> Option<&'b Entry> {
        let world = &chapter.world;
        let (section, id) = match holder {
            Holder::Chapter => (Section::Chapter, ""),
            Holder::Scene(ix) => (Section::Scenes, chapter.scene(ix).id.as_str()),
            Holder::Choice(ix) => match owner(&chapter.choice(ix).path) {
                (Some(menu), _) => (Section::Menus, menu),
                (None, scene) => (Section::Scenes, scene),
            },
            Holder::Deck(ix) => (Section::Decks, chapter.decks[ix.at()].id.as_str()),
            Holder::Var(ix) => (Section::Vars, chapter.var(ix).id.as_str()),
            Holder::Derived(ix) => (Section::Derived, chapter.derived[ix.at()].id.as_str()),
            Holder::Ending(ix) => (Section::Endings, chapter.endings[ix.at()].id.as_str()),
            Holder::Milestone(ix) => (Section::Milestones, chapter.milestones[ix.at()].id.as_str()),
            Holder::Achievement(ix) => (Section::Achievements, chapter.achievements[ix.at()].id.as_str()),
            Holder::Run(at) => (Section::Runs, chapter.runs[at].id.as_str()),
            Holder::Item(ix) => (Section::Items, world.item(ix).id.as_str()),
            Holder::Person(ix) => (Section::People, world.person(ix).id.as_str()),
            Holder::Place(ix) => (Section::Places, world.place(ix).id.as_str()),
            Holder::Codex(ix) => (Section::Codex, world.entry(ix).id.as_str()),
        };
        let all = self.entries.get(&(section, id))?;
        let own = all.iter().find(|(owner, _)| *owner == Some(chapter.id.as_str()));
        own.or_else(|| all.first()).map(|(_, entry)| *entry)
    }

    fn read(&self, chapter: &Chapter, place: &Place, entry: &Entry) -> Option<Located> {
        let field = place.field;
        match place.holder {
            Holder::Scene(_) => {
                let raw: raw::Scene<'_> = self.raw(entry)?;
                if let (Field::Arrow(Way::Then, _), None, Some(card)) = (field, &raw.then, &raw.card) {
                    let deck = chapter.decks.iter().position(|deck| deck.id == *card.deck)?;
                    return Some(self.find(chapter, &Place { holder: Holder::Deck(deck.into()), ..place.clone() }));
                }
                let text = match field {
                    Field::Text => raw.text.as_ref(),
                    Field::Title => raw.title.as_ref(),
                    Field::Date => raw.date.as_ref(),
                    Field::If => raw.card.as_ref().and_then(|card| card.when.as_ref()),
                    Field::Effect(at) => raw.enter.get(at),
                    Field::Arrow(Way::Otherwise, at) => raw.otherwise.as_ref().and_then(|flow| arrow(flow, at)),
                    Field::Arrow(_, at) => raw.then.as_ref().and_then(|flow| arrow(flow, at)),
                    _ => None,
                };
                Some(self.located(text, place, entry, &[&raw.allow]))
            }
            Holder::Choice(ix) => self.choice(&chapter.choice(ix).path, place, entry),
            Holder::Deck(_) => {
                let raw: raw::Deck<'_> = self.raw(entry)?;
                let text = match field {
                    Field::Arrow(Way::Empty, at) => arrow(&raw.none, at),
                    Field::Arrow(_, at) => raw.then.as_ref().and_then(|flow| arrow(flow, at)),
                    _ => None,
                };
                Some(self.located(text, place, entry, &[]))
            }
            Holder::Var(_) => {
                let raw: raw::Var<'_> = self.raw(entry)?;
                let (raw::Var::Int { label, show, when, .. }
                | raw::Var::Flag { label, show, when, .. }
                | raw::Var::Word { label, show, when, .. }) = &raw;
                let text = match field {
                    Field::Title => label.as_ref(),
                    Field::Show => show.as_ref(),
                    Field::If => when.as_ref(),
                    _ => None,
                };
                Some(self.located(text, place, entry, &[raw.allowed()]))
            }
            Holder::Derived(_) => {
                let raw: Str<'_> = self.raw(entry)?;
                Some(self.located(Some(&raw).filter(|_| field != Field::Id), place, entry, &[]))
            }
            Holder::Ending(_) => {
                let raw: raw::Ending<'_> = self.raw(entry)?;
                let text = if field == Field::Title { Some(&raw.title) } else { raw.text.as_ref() };
                Some(self.located(text.filter(|_| field != Field::Id), place, entry, &[]))
            }
            Holder::Achievement(_) => {
                let raw: raw::Achievement<'_> = self.raw(entry)?;
                let text = match field {
                    Field::If => Some(&raw.when),
                    Field::Text => raw.text.as_ref(),
                    _ => None,
                };
                Some(self.located(text, place, entry, &[]))
            }
            Holder::Run(_) => {
                let raw: raw::Run<'_> = self.raw(entry)?;
                Some(self.located(Some(&raw.goal).filter(|_| field == Field::If), place, entry, &[]))
            }
            Holder::Item(_) => {
                let raw: raw::Item<'_> = self.raw(entry)?;
                let text = raw.text.as_ref().filter(|_| field == Field::Text);
                Some(self.located(text, place, entry, &[&raw.allow]))
            }
            Holder::Person(_) => {
                let raw: raw::Person<'_> = self.raw(entry)?;
                Some(self.located(raw.text.as_ref().filter(|_| field == Field::Text), place, entry, &[]))
            }
            Holder::Codex(_) => {
                let raw: raw::Codex<'_> = self.raw(entry)?;
                Some(self.located(Some(&raw.text).filter(|_| field == Field::Text), place, entry, &[&raw.allow]))
            }
            Holder::Chapter | Holder::Milestone(_) | Holder::Place(_) => Some(self.located(None, place, entry, &[])),
        }
    }

    fn choice(&self, path: &str, place: &Place, entry: &Entry) -> Option<Located> {
        let (menu, _) = owner(path);
        let (mut list, scene_allow) = match menu {
            Some(_) => (self.raw::<Vec<raw::Choice<'_>>>(entry)?, Vec::new()),
            None => {
                let scene: raw::Scene<'_> = self.raw(entry)?;
                (scene.choices, scene.allow)
            }
        };
        let keys = path.split_once('#').map_or_else(|| path.split_once('/').map_or("", |(_, keys)| keys), |(_, k)| k);
        let mut allow = vec![scene_allow];
        let mut keys = keys.split('/').peekable();
        loop {
            let key = keys.next()?;
            let at = list.iter().position(|choice| *choice.id == *key)?;
            let choice = list.swap_remove(at);
            if keys.peek().is_some() {
                allow.push(choice.allow);
                list = choice.choices?;
                continue;
            }
            let text = match place.field {
                Field::Text => Some(&choice.say),
                Field::Said => choice.said.as_ref(),
                Field::Locked => choice.locked.as_ref(),
                Field::If => choice.when.as_ref(),
                Field::Effect(at) => choice.effects.get(at),
                Field::Arrow(Way::Then, at) => choice.then.as_ref().and_then(|flow| arrow(flow, at)),
                Field::Arrow(_, at) => choice.to.as_ref().and_then(|flow| arrow(flow, at)),
                _ => None,
            };
            let allow: Vec<&Vec<Str<'_>>> = allow.iter().chain([&choice.allow]).collect();
            let mut found = self.located(Some(text.unwrap_or(&choice.id)), place, entry, &allow);
            if text.is_none() {
                found.spot = self.desk.whole(Written { text: &choice.id, entry: entry.body });
            }
            return Some(found);
        }
    }

    fn raw<T: Deserialize<'b>>(&self, entry: &Entry) -> Option<T> {
        value(self.desk.sources, entry).ok()
    }

    /// The place of a text, or of its entry's id where there is none.
    fn located(&self, text: Option<&Str<'b>>, place: &Place, entry: &Entry, allow: &[&Vec<Str<'b>>]) -> Located {
        let code = |text: &Str<'b>| (text.to_string(), self.desk.whole(Written { text, entry: entry.body }));
        let allowed = allow.iter().flat_map(|list| list.iter().map(code)).collect();
        let part = |text| self.part(Written { text, entry: entry.body }, &place.part);
        let (spot, borrowed) = text.map_or((entry.key, false), part);
        Located { spot, allowed, borrowed }
    }

    /// Where a part of a text is, and whether that is in a snippet.
    fn part(&self, written: Written<'_, 'b>, part: &Part) -> (Spot, bool) {
        let words = match part {
            Part::Whole => return (self.desk.whole(written), false),
            Part::Guard => {
                let from = written.text.find(" if ").map_or(0, |at| at + " if ".len());
                return (self.desk.part(written, from..written.text.len()), false);
            }
            Part::Words(words) | Part::HeadOf(words) => words,
        };
        if let Some(range) = within(written.text, words, part) {
            return (self.desk.part(written, range), false);
        }
        let snippets = self.entries.iter().filter(|((section, _), _)| *section == Section::Snippets);
        for (_, entry) in snippets.flat_map(|(_, entries)| entries) {
            if let Some(text) = self.raw::<Str<'_>>(entry)
                && let Some(range) = within(&text, words, part)
            {
                return (self.desk.part(Written { text: &text, entry: entry.body }, range), true);
            }
        }
        (self.desk.whole(written), false)
    }
}

/// The menu of a choice's path, or the scene.
fn owner(path: &str) -> (Option<&str>, &str) {
    match path.strip_prefix('@') {
        Some(rest) => (Some(rest.split('/').next().unwrap_or(rest)), ""),
        None => (None, path.split('#').next().unwrap_or(path)),
    }
}

/// The condition of an arrow, or else its target.
fn arrow<'f, 's>(flow: &'f Flow<'s>, at: usize) -> Option<&'f Str<'s>> {
    match flow {
        Flow::One(text) => Some(text),
        Flow::Many(arrows) => {
            let arrow = arrows.get(at)?;
            arrow.when.as_ref().or(arrow.to.as_ref()).or(arrow.draw.as_ref())
        }
    }
}

fn within(text: &str, words: &str, part: &Part) -> Option<Range<usize>> {
    let found = find(text, words)?;
    if !matches!(part, Part::HeadOf(_)) {
        return Some(found);
    }
    let start = text[..found.start].rfind("{if")?;
    let end = text[start..].find(':')?;
    Some(start..start + end)
}

/// Finds words in a text as it is written: with line ends, indentation and escapes between them.
fn find(text: &str, words: &str) -> Option<Range<usize>> {
    let first = words.chars().next()?;
    let starts = text.char_indices().filter(|(_, c)| *c == first).map(|(at, _)| at);
    starts.into_iter().find_map(|start| Some(start..start + matched(&text[start..], words)?))
}

/// How many bytes of a text are these words.
fn matched(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for wanted in words.chars() {
        rest = match rest.strip_prefix(wanted) {
            Some(rest) if wanted != '\\' => rest,
            _ => match wanted {
                ' ' => {
                    let behind = rest.trim_start();
                    let blank = &rest[..rest.len() - behind.len()];
                    blank.contains('\n').then_some(behind)?
                }
                _ => rest.strip_prefix('\\')?.strip_prefix(wanted)?,
            },
        };
    }
    Some(text.len() - rest.len())
}
