//! A condition that is asked of a chapter from outside its files: by a command, not by a writer.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::desk::{Desk, Written};
use super::diagnostic::Spot;
use super::link::known::Known;
use super::link::scope::{Scope, Sort};
use super::names::{Kind, Names, Table, Tables};
use super::raw::Str;
use super::report::Report;
use super::source::Sources;
use super::words::Words;
use crate::engine::chapter::{Chapter, Meaning};
use crate::engine::expr::Cond;

/// What a condition means in a chapter.
///
/// # Errors
/// What is wrong with it, in the words of a fault in a story file.
pub fn condition(chapter: &Chapter, text: &str) -> Result<Cond, Report> {
    let sources = Arc::new(Sources::from_texts(vec![("goal".to_owned(), text.to_owned())]));
    let desk = Desk::new(&sources);
    let words = Words::default();
    let derived = chapter.derived.iter().map(|d| match d.is {
        Meaning::Number(_) => Some(Sort::Number),
        Meaning::Flag(_) => Some(Sort::Flag),
    });
    let scope = Scope {
        desk: &desk,
        names: names(chapter),
        vars: chapter.vars.clone(),
        derived: RefCell::new(derived.collect()),
        snippets: BTreeMap::new(),
        shared: false,
        words: &words,
        keys: None,
        known: Known::default(),
        sites: RefCell::new(Vec::new()),
    };
    let whole = sources.files().first().map_or("", |file| &file.text);
    let entry = Spot { file: 0, start: 0, end: whole.len() };
    let found = scope.condition(Written { text: &Str(Cow::Borrowed(whole)), entry });
    drop(scope);
    let faults = desk.into_faults();
    match found {
        Some(cond) if faults.is_empty() => Ok(cond),
        _ => Err(Report::new(Arc::clone(&sources), faults)),
    }
}

/// What a condition may name.
fn names(chapter: &Chapter) -> Names<'_> {
    let mut tables = Tables::new();
    let mut set = |kind, ids: Vec<&str>| tables.insert(kind, Table::new(ids, [], false));
    set(Kind::Scene, chapter.scenes.iter().map(|s| &*s.id).collect());
    set(Kind::Item, chapter.world.items.iter().map(|i| &*i.id).collect());
    set(Kind::Variable, chapter.vars.iter().map(|v| &*v.id).collect());
    set(Kind::Derived, chapter.derived.iter().map(|d| &*d.id).collect());
    set(Kind::Ending, chapter.endings.iter().map(|e| &*e.id).collect());
    set(Kind::Milestone, chapter.milestones.iter().map(|m| &*m.id).collect());
    set(Kind::Run, chapter.runs.iter().map(|r| &*r.id).collect());
    Names::new(tables, || Table::new(chapter.choices.iter().map(|c| &*c.path), [], false))
}
