//! What a check is, and what it remarks.

use super::survey::{Story, Survey, Told};
use crate::engine::Chapter;
use crate::story::Severity;
use crate::story::diagnostic::Spot;
use crate::story::place::Place;

/// A check: where it looks, and the words for what it finds.
#[derive(Clone, Copy, Debug)]
pub struct Lint {
    /// A stable code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it stands for, in one sentence.
    pub about: &'static str,
    /// Why it is told and what to do, for `explain`.
    pub page: &'static str,
    /// A story that earns it.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    pub(super) look: Look,
}

/// Where a check looks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Look {
    /// At each chapter by itself.
    Chapter(fn(&Survey<'_>, &mut Remarks)),
    /// At the whole story.
    Story(fn(&Story<'_>, &mut Remarks)),
    /// At each text by itself, with the chapter it belongs to; those of all chapters with the first.
    Text(fn(&Told<'_>, &Chapter, &mut Remarks)),
}

/// What one check remarks.
#[derive(Debug)]
pub(super) struct Remarks {
    code: &'static str,
    severity: Severity,
    /// The chapter that is looked at.
    pub(super) chapter: usize,
    pub(super) all: Vec<Remarked>,
}

/// Where something is.
#[derive(Clone, Debug)]
pub(super) enum At {
    /// In something that is written in the chapter.
    Place(Place),
    /// There.
    Spot(Spot),
}

impl From<Place> for At {
    fn from(place: Place) -> Self {
        Self::Place(place)
    }
}

impl From<Spot> for At {
    fn from(spot: Spot) -> Self {
        Self::Spot(spot)
    }
}

/// Something remarked, not yet found in its file.
#[derive(Clone, Debug)]
pub(super) struct Remarked {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) chapter: usize,
    pub(super) at: At,
    pub(super) title: String,
    pub(super) label: Option<String>,
    pub(super) help: Option<String>,
    pub(super) related: Vec<(&'static str, Place)>,
    pub(super) own: bool,
}

impl Remarks {
    pub(super) const fn new(lint: &Lint) -> Self {
        Self { code: lint.code, severity: lint.severity, chapter: 0, all: Vec::new() }
    }

    /// Remarks something; more can be said of it.
    pub(super) fn add(&mut self, at: impl Into<At>, title: impl Into<String>) -> &mut Remarked {
        let last = self.all.len();
        self.all.push(Remarked {
            code: self.code,
            severity: self.severity,
            chapter: self.chapter,
            at: at.into(),
            title: title.into(),
            label: None,
            help: None,
            related: Vec::new(),
            own: false,
        });
        &mut self.all[last]
    }
}

impl Remarked {
    /// What to do about it.
    pub(super) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// What stands at the mark.
    pub(super) fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }

    /// Another place that belongs to it.
    pub(super) fn see(&mut self, what: &'static str, place: Place) -> &mut Self {
        self.related.push((what, place));
        self
    }

    /// Only of words that are written where they are told of, not of those of a snippet.
    pub(super) const fn own(&mut self) -> &mut Self {
        self.own = true;
        self
    }
}
