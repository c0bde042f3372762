//! What is wrong with a story, as facts. The words for them are in `prose`.

use super::fault::Fault;
use super::prose;
use super::source::Sources;

/// A range of bytes of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The number of the file in its [`Sources`].
    pub file: usize,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Spot {
    /// No place in any file: what is wrong is that something is missing altogether.
    pub const NOWHERE: Self = Self { file: usize::MAX, start: 0, end: 0 };

    /// A range of a file.
    #[must_use]
    pub fn new(file: usize, range: std::ops::Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// A part of this range, counted from its start.
    #[must_use]
    pub fn part(self, range: std::ops::Range<usize>) -> Self {
        Self::new(self.file, self.start + range.start..self.start + range.end)
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The story cannot be played.
    Error,
    /// The story can be played, and something is probably not as meant.
    Warning,
    /// Nothing is wrong; a writer may want to know.
    Note,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub what: What,
    /// Where.
    pub at: Spot,
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

/// What a diagnostic speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// What keeps the story from being played.
    Fault(Fault),
    /// What a check of the workshop remarks.
    Remark(Box<Remark>),
}

/// What a check remarks, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The stable code: `W001`.
    pub code: &'static str,
    /// What is wrong, in one line.
    pub title: String,
    /// What stands at the mark.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

/// Another place that belongs to a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub at: Spot,
    /// What is there.
    pub note: Note,
}

/// What another place has to do with a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The same id was declared here first.
    First,
    /// A bracket, quote or group opened here.
    Opened,
    /// A field that its bracket does not hold.
    Outside,
    /// The list of words or the range is declared here.
    Declared,
    /// The dice fall here.
    Dice,
    /// The next step of a ring or a way.
    Way,
    /// What a check says of it.
    Said(&'static str),
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(fault: Fault, at: Spot) -> Self {
        Self { severity: Severity::Error, what: What::Fault(fault), at, related: Vec::new() }
    }

    /// A remark at a place.
    #[must_use]
    pub fn remark(severity: Severity, remark: Remark, at: Spot) -> Self {
        Self { severity, what: What::Remark(Box::new(remark)), at, related: Vec::new() }
    }

    /// The fault, unless it is a remark.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        match &self.what {
            What::Fault(fault) => Some(fault),
            What::Remark(_) => None,
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match &self.what {
            What::Fault(fault) => fault.code().as_str(),
            What::Remark(remark) => remark.code,
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.what {
            What::Fault(fault) => prose::title(fault),
            What::Remark(remark) => remark.title.clone(),
        }
    }

    /// What stands at the mark.
    #[must_use]
    pub fn label(&self) -> Option<String> {
        match &self.what {
            What::Fault(fault) => prose::label(fault),
            What::Remark(remark) => remark.label.clone(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match &self.what {
            What::Fault(fault) => prose::help(fault),
            What::Remark(remark) => remark.help.clone(),
        }
    }

    /// The same with another place that belongs to it.
    #[must_use]
    pub fn with(mut self, note: Note, at: Spot) -> Self {
        self.related.push(Related { at, note });
        self
    }

    /// Line and column of its first character.
    #[must_use]
    pub fn place(&self, sources: &Sources) -> (usize, usize) {
        sources.place(self.at.file, self.at.start)
    }
}
