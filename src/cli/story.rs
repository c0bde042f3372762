//! Which story a command works on, opened.

use std::io::{self, Write};
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
    /// The chapter with this id, or every one.
    pub(super) fn chosen(&self, id: Option<&str>) -> Result<Vec<Arc<Chapter>>, Stop> {
        all_chapters(open(self.dir.as_deref(), None)?.as_ref(), id)
    }

    /// Every chapter, or the report of what is wrong.
    pub(super) fn chapters(&self) -> Result<Vec<Arc<Chapter>>, Stop> {
        self.chosen(None)
    }
}

pub(super) fn sources(dir: Option<&Path>) -> Result<Sources, Stop> {
    match dir {
        Some(dir) if is_chapter(dir) => Err(Stop::could_not(format!(
            "`{}` is a chapter's folder; name the folder of its story, the one with `story.ron`",
            dir.display()
        ))),
        Some(file) if file.is_file() => Err(Stop::could_not(format!(
            "`{}` is a file; name the folder of its story, the one with `story.ron`",
            file.display()
        ))),
        Some(dir) => Sources::folder(dir).map_err(|e| Stop::could_not(format!("cannot read `{}`: {e}", dir.display()))),
        None => {
            if Path::new("story.ron").is_file() {
                // There is nobody else to tell.
                let _ = writeln!(
                    io::stderr(),
                    "taiyuan: this is about the story in the program; the one in this folder is named `.`"
                );
            }
            Ok(Sources::embedded())
        }
    }
}

/// Whether a folder is a part of the story in the folder that holds it.
fn is_chapter(dir: &Path) -> bool {
    dir.is_dir() && !dir.join("story.ron").is_file() && dir.join("../story.ron").is_file()
}

pub(super) fn open(dir: Option<&Path>, lang: Option<&str>) -> Result<Arc<Book>, Stop> {
    Book::open_in(sources(dir)?, lang).map(Arc::new).map_err(|report| Stop::faults(&report))
}

/// That a story has no chapter of this id, and which it has.
pub(super) fn no_chapter(id: &str, order: &[String]) -> Stop {
    Stop::could_not(format!("there is no chapter `{id}`; there are {}", order.join(", ")))
}

/// The chapter with this id, or every one; or the report of what is wrong with the story.
pub(super) fn all_chapters(book: &Book, id: Option<&str>) -> Result<Vec<Arc<Chapter>>, Stop> {
    let report = book.load_all();
    if report.has_errors() {
        return Err(Stop::faults(&report));
    }
    let order = &book.world().order;
    if let Some(id) = id.filter(|id| !order.iter().any(|known| known == id)) {
        return Err(no_chapter(id, order));
    }
    let wanted = order.iter().filter(|known| id.is_none_or(|id| id == *known));
    wanted.map(|id| book.chapter(id).map_err(|report| Stop::faults(&report))).collect()
}
