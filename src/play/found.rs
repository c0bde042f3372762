//! Endings and achievements of a story, and which of them were found over all plays.

use crate::engine::text::Text;
use crate::engine::{Chapter, World};
use crate::saves::Known;

use super::sitting::Chapters;

/// An ending or an achievement, found or not.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its title; for nobody's eyes before it is found.
    pub title: String,
    /// What is told of it; the same.
    pub text: Text,
    /// An ending's rank, 1 for the best; an achievement has none.
    pub rank: Option<u32>,
    /// Whether it was found.
    pub found: bool,
    /// What stands over it, if it is the first of its kind in its chapter.
    pub heading: Option<String>,
}

impl Found {
    /// Of which kind it is, in words.
    #[must_use]
    pub fn kind(&self) -> String {
        match self.rank {
            Some(rank) => format!("Ending, rank {rank} (1 is the best)"),
            None => "Achievement".to_owned(),
        }
    }
}

/// Everything there is to find, chapter by chapter: endings by rank, then achievements.
#[must_use]
pub fn all(world: &World, chapters: &Chapters, known: &Known) -> Vec<Found> {
    world.order.iter().filter_map(|id| chapters(id)).flat_map(|chapter| of_chapter(&chapter, known)).collect()
}

/// How many endings were found, and of how many.
#[must_use]
pub fn endings(all: &[Found]) -> (usize, usize) {
    let endings = || all.iter().filter(|one| one.rank.is_some());
    (endings().filter(|one| one.found).count(), endings().count())
}

fn of_chapter(chapter: &Chapter, known: &Known) -> Vec<Found> {
    let mut endings: Vec<_> = chapter.endings.iter().collect();
    endings.sort_by_key(|e| e.rank);
    let ending = |e: &crate::engine::chapter::Ending| Found {
        title: e.title.clone(),
        text: e.text.clone(),
        rank: Some(e.rank),
        found: known.has_ending(&chapter.id, &e.id),
        heading: None,
    };
    let mut all: Vec<Found> = endings.into_iter().map(ending).collect();
    head(&mut all, &chapter.title);
    let feat = |a: &crate::engine::chapter::Achievement| Found {
        title: a.title.clone(),
        text: a.text.clone(),
        rank: None,
        found: known.has_achievement(&chapter.id, &a.id),
        heading: None,
    };
    let mut feats: Vec<Found> = chapter.achievements.iter().map(feat).collect();
    head(&mut feats, "Achievements");
    all.append(&mut feats);
    all
}

/// Puts a heading over the first, with how many are found.
fn head(all: &mut [Found], title: &str) {
    let found = all.iter().filter(|one| one.found).count();
    let heading = format!("{title}, {found} of {}", all.len());
    if let Some(first) = all.first_mut() {
        first.heading = Some(heading);
    }
}
