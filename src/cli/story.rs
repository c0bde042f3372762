//! Which story a command works on, opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::stop::Stop;
use crate::engine::Chapter;
use crate::story::{Book, Sources};

#[derive(Clone, Debug, Args)]
pub(super) struct Story {
    /// The story's folder; the story in the program if left out
    pub(super) dir: Option<PathBuf>,
    /// One JSON document
    #[arg(long)]
    pub(super) json: bool,
}

impl Story {
    /// Every chapter, or the report of what is wrong.
    pub(super) fn chapters(&self) -> Result<Vec<Arc<Chapter>>, Stop> {
        all_chapters(self.dir.as_deref())
    }
}

pub(super) fn sources(dir: Option<&Path>) -> Result<Sources, Stop> {
    match dir {
        Some(dir) => Sources::folder(dir).map_err(|e| Stop::could_not(format!("cannot read `{}`: {e}", dir.display()))),
        None => Ok(Sources::embedded()),
    }
}

pub(super) fn open(dir: Option<&Path>, lang: Option<&str>) -> Result<Arc<Book>, Stop> {
    Book::open_in(sources(dir)?, lang).map(Arc::new).map_err(|report| Stop::faults(&report))
}

/// Every chapter of a story, or the report of what is wrong with it.
pub(super) fn all_chapters(dir: Option<&Path>) -> Result<Vec<Arc<Chapter>>, Stop> {
    let book = open(dir, None)?;
    let report = book.load_all();
    if report.has_errors() {
        return Err(Stop::faults(&report));
    }
    let order = &book.world().order;
    order.iter().map(|id| book.chapter(id).map_err(|report| Stop::faults(&report))).collect()
}
