//! A story as playing needs it: the one in the program as it was built, or a folder read now.

use std::path::Path;
use std::sync::Arc;

use super::stop::Stop;
use super::story::{all_chapters, no_chapter, open};
use crate::embed::Built;
use crate::engine::{Chapter, World};
use crate::play::sitting::Chapters;
use crate::story::Book;

/// A story to be played.
#[derive(Clone)]
pub(super) enum Playable {
    Built(Arc<Built>),
    Read(Arc<Book>),
}

impl Playable {
    /// The story in a folder, or the one in the program; in a language, or as it is written.
    pub(super) fn open(dir: Option<&Path>, lang: Option<&str>) -> Result<Self, Stop> {
        if dir.is_none()
            && lang.is_none()
            && let Some(built) = Built::open()
        {
            return Ok(Self::Built(Arc::new(built)));
        }
        let book = open(dir, lang)?;
        if let Some(lang) = lang
            && !book.languages().any(|l| l == lang)
        {
            return Err(Stop::could_not(format!("the story is not translated into `{lang}`")));
        }
        Ok(Self::Read(book))
    }

    /// What all chapters share.
    pub(super) fn world(&self) -> &Arc<World> {
        match self {
            Self::Built(built) => built.world(),
            Self::Read(book) => book.world(),
        }
    }

    /// A chapter, or what is wrong with it.
    pub(super) fn chapter(&self, id: &str) -> Result<Arc<Chapter>, Stop> {
        let missing = || no_chapter(id, &self.world().order);
        match self {
            Self::Built(built) => built.chapter(id).ok_or_else(missing),
            Self::Read(book) => book.chapter(id).map_err(|report| Stop::faults(&report)),
        }
    }

    /// Every chapter in playing order, or what is wrong with the story.
    pub(super) fn all(&self) -> Result<Vec<Arc<Chapter>>, Stop> {
        match self {
            Self::Built(_) => self.world().order.iter().map(|id| self.chapter(id)).collect(),
            Self::Read(book) => all_chapters(book, None),
        }
    }

    /// Its chapters, as a play wants them.
    pub(super) fn chapters(&self) -> Chapters {
        match self.clone() {
            Self::Built(built) => Arc::new(move |id| built.chapter(id)),
            Self::Read(book) => Arc::new(move |id| book.chapter(id).ok()),
        }
    }
}
