//! Remarks with their places in the files, but for those that the writer allows.

use std::collections::BTreeSet;

use super::allow_idle;
use super::lint::{At, Remarked};
use super::survey::Story;
use crate::story::diagnostic::{Note, Remark, Spot};
use crate::story::{Diagnostic, Finder, Noted};

/// Finds the places of what was remarked, and any `allow` that allowed none of it.
pub(super) fn locate(story: &Story<'_>, all: Vec<Remarked>) -> Vec<Diagnostic> {
    let asides = story.written.asides();
    let allows = asides.into_iter().filter_map(|aside| match aside.note {
        Noted::Allow(code) => Some((aside.spot, code)),
        Noted::Todo(_) => None,
    });
    let mut idle: Vec<(Spot, String)> = allows.collect();
    if all.is_empty() && idle.is_empty() {
        return Vec::new();
    }
    let finder = Finder::new(story.written);
    let mut used = BTreeSet::new();
    let mut told: Vec<Diagnostic> =
        all.into_iter().filter_map(|remarked| located(&finder, story, remarked, &mut used)).collect();
    idle.retain(|(spot, _)| !used.contains(spot));
    told.extend(idle.into_iter().map(|(spot, code)| {
        let lint = allow_idle::LINT;
        let title = format!("nothing of `{code}` is here to allow");
        Diagnostic::remark(lint.severity, Remark { code: lint.code, title, label: None, help: None }, spot)
    }));
    told
}

fn located(
    finder: &Finder<'_>,
    story: &Story<'_>,
    remarked: Remarked,
    used: &mut BTreeSet<Spot>,
) -> Option<Diagnostic> {
    let chapter = story.chapters.get(remarked.chapter)?.chapter;
    let spot = match &remarked.at {
        At::Spot(spot) => *spot,
        At::Place(place) => {
            let found = finder.find(chapter, place);
            let allow = found.allowed.into_iter().find(|(code, _)| code.eq_ignore_ascii_case(remarked.code));
            if let Some((_, allow)) = allow {
                used.insert(allow);
                return None;
            }
            if remarked.own && found.borrowed {
                return None;
            }
            found.spot
        }
    };
    let Remarked { code, severity, title, label, help, related, .. } = remarked;
    let diagnostic = Diagnostic::remark(severity, Remark { code, title, label, help }, spot);
    let with = |told: Diagnostic, (note, place)| told.with(Note::Said(note), finder.find(chapter, &place).spot);
    Some(related.into_iter().fold(diagnostic, with))
}
