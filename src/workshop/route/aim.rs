//! What a route leads to, and how it begins, by the names a writer gave them.

use crate::engine::Chapter;
use crate::engine::chapter::Given;
use crate::engine::expr::Cond;
use crate::engine::id::{ItemIx, SceneIx};
use crate::story::{self, Report};

/// A goal, by what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// In words: ``the ending `fall` ``.
    pub words: String,
    /// What holds there.
    pub goal: Cond,
    /// The run whose goal it is, by its number in the chapter.
    pub run: Option<usize>,
}

/// How a route begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The scene.
    pub scene: SceneIx,
    /// What is set.
    pub given: Vec<Given>,
}

/// Why a text is no goal, or no beginning.
#[derive(Debug, thiserror::Error)]
pub enum NoAim {
    /// It is no name, and no condition either.
    #[error("it is no run, ending, milestone, scene or item, and no condition that can be read")]
    Unread(Report),
    /// There is nothing of this kind with this id.
    #[error("there is no {kind} `{id}`")]
    Unknown {
        /// The kind.
        kind: &'static str,
        /// The id.
        id: String,
    },
    /// No scene reaches it.
    #[error("no scene has the {kind} `{id}`")]
    Nowhere {
        /// The kind.
        kind: &'static str,
        /// The id.
        id: String,
    },
}

/// Kinds of names, in the order in which they are tried.
const KINDS: [&str; 5] = ["run", "ending", "milestone", "scene", "item"];

impl Aim {
    /// Reads a goal: a name, a kind and a name such as `scene:camp`, or a condition.
    ///
    /// # Errors
    /// [`NoAim`] if it is neither.
    pub fn read(chapter: &Chapter, text: &str) -> Result<Self, NoAim> {
        let text = text.trim();
        if let Some((kind, id)) = text.split_once(':')
            && let Some(kind) = KINDS.into_iter().find(|k| *k == kind.trim())
        {
            let id = id.trim();
            return named(chapter, kind, id).unwrap_or_else(|| Err(NoAim::Unknown { kind, id: id.to_owned() }));
        }
        if let Some(found) = KINDS.into_iter().find_map(|kind| named(chapter, kind, text)) {
            return found;
        }
        match story::condition(chapter, text) {
            Ok(goal) => Ok(Self { words: format!("`{text}`"), goal, run: None }),
            Err(report) => Err(NoAim::Unread(report)),
        }
    }
}

impl Beginning {
    /// Where a play of the chapter begins.
    #[must_use]
    pub const fn of_chapter(chapter: &Chapter) -> Self {
        Self { scene: chapter.start, given: Vec::new() }
    }

    /// Where a run begins.
    #[must_use]
    pub fn of_run(chapter: &Chapter, run: usize) -> Self {
        let run = &chapter.runs[run];
        Self { scene: run.start, given: run.given.clone() }
    }

    /// Reads the id of a run or of a scene; the run's number comes with it.
    ///
    /// # Errors
    /// [`NoAim`] if there is neither.
    pub fn read(chapter: &Chapter, id: &str) -> Result<(Self, Option<usize>), NoAim> {
        if let Some(run) = chapter.runs.iter().position(|run| run.id == id) {
            return Ok((Self::of_run(chapter, run), Some(run)));
        }
        match chapter.find_scene(id) {
            Some(scene) => Ok((Self { scene, given: Vec::new() }, None)),
            None => Err(NoAim::Unknown { kind: "run or scene", id: id.to_owned() }),
        }
    }
}

/// The aim of this kind with this id, if there is one.
fn named(chapter: &Chapter, kind: &'static str, id: &str) -> Option<Result<Aim, NoAim>> {
    let words = format!("the {kind} `{id}`");
    let aim = |goal: Cond, run: Option<usize>| Some(Ok(Aim { words: words.clone(), goal, run }));
    let scenes = |has: &dyn Fn(SceneIx) -> bool| {
        let all = (0..chapter.scenes.len()).map(SceneIx::from).filter(|s| has(*s)).map(Cond::Seen);
        let mut all: Vec<Cond> = all.collect();
        match all.len() {
            0 => Some(Err(NoAim::Nowhere { kind, id: id.to_owned() })),
            1 => aim(all.swap_remove(0), None),
            _ => aim(Cond::Any(all), None),
        }
    };
    match kind {
        "run" => {
            let at = chapter.runs.iter().position(|run| run.id == id)?;
            aim(chapter.runs[at].goal.clone(), Some(at))
        }
        "ending" => {
            let ending = chapter.find_ending(id)?;
            scenes(&|s| chapter.scene(s).ending == Some(ending))
        }
        "milestone" => {
            let at = chapter.milestones.iter().position(|m| m.id == id)?;
            scenes(&|s| chapter.scene(s).milestone.is_some_and(|m| m.at() == at))
        }
        "scene" => aim(Cond::Seen(chapter.find_scene(id)?), None),
        _ => {
            let at = chapter.world.items.iter().position(|item| item.id == id)?;
            aim(Cond::Has(ItemIx::from(at)), None)
        }
    }
}
