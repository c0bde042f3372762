//! Tests written beside the story: plays them and says which expectation failed, where, and what was there instead.

mod miss;
mod nearest;
mod performance;
pub mod record;
mod report;
mod script;

use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::engine::Chapter;
use crate::engine::chapter::Test;
use miss::misses;
use performance::Performance;

pub use miss::Miss;
pub use report::report;

/// Which tests are run, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Orders<'a> {
    /// Only tests whose name holds this.
    pub only: Option<&'a str>,
    /// The story's folder: recorded transcripts lie in it. Without it none is compared.
    pub folder: Option<&'a Path>,
    /// Keep what is told now as the recorded transcript, where it differs.
    pub bless: bool,
}

/// What came of the tests of a chapter.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Outcome {
    /// How many were run.
    pub ran: usize,
    /// Those that failed.
    pub failures: Vec<Failure>,
    /// Transcripts that were written, by their path in the story's folder.
    pub blessed: Vec<String>,
    /// Transcripts that were not compared: the story's folder was not given.
    pub uncompared: usize,
}

/// A test that failed.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// The chapter's id.
    pub chapter: String,
    /// The test's name.
    pub test: String,
    /// Where it is written.
    pub origin: String,
    /// What was not so.
    pub why: Vec<Miss>,
    /// The scene the play stands in.
    pub scene: String,
    /// The choices it made.
    pub made: Vec<String>,
    /// What could be chosen then.
    pub open: Vec<String>,
    /// The page it stands on, as lines of text.
    pub page: Vec<String>,
}

impl Outcome {
    /// Adds what came of the tests of another chapter.
    pub fn add(&mut self, other: Self) {
        self.ran += other.ran;
        self.failures.extend(other.failures);
        self.blessed.extend(other.blessed);
        self.uncompared += other.uncompared;
    }
}

/// Runs every test of a chapter, without transcripts. Answers how many there were, and those that failed.
#[must_use]
pub fn run(chapter: &Chapter) -> (usize, Vec<Failure>) {
    let outcome = run_with(chapter, &Orders::default());
    (outcome.ran, outcome.failures)
}

/// Runs tests of a chapter.
#[must_use]
pub fn run_with(chapter: &Chapter, orders: &Orders<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    for test in &chapter.tests {
        if orders.only.is_some_and(|part| !test.name.contains(part)) {
            continue;
        }
        outcome.ran += 1;
        let play = Performance::of(chapter, test);
        let mut why = misses(&play, test);
        compare(&play, test, orders, &mut outcome, &mut why);
        if !why.is_empty() {
            outcome.failures.push(failure(&play, test, why));
        }
    }
    outcome
}

/// Holds what was told against the recorded transcript, or keeps it.
fn compare(play: &Performance<'_>, test: &Test, orders: &Orders<'_>, outcome: &mut Outcome, why: &mut Vec<Miss>) {
    let Some(file) = &test.transcript else { return };
    let Some(folder) = orders.folder else {
        outcome.uncompared += 1;
        return;
    };
    let path = folder.join(file);
    let kept = fs::read_to_string(&path).ok().map(|text| text.replace("\r\n", "\n"));
    if kept.as_deref() == Some(play.told()) {
        return;
    }
    // A play that could not be played to its end is no record of anything.
    if orders.bless && play.refused().is_none() {
        match fs::write(&path, play.told()) {
            Ok(()) => outcome.blessed.push(file.clone()),
            Err(error) => why.push(Miss::Unwritten { file: file.clone(), error: error.to_string() }),
        }
        return;
    }
    why.push(match kept {
        Some(kept) => miss::differs(file, &kept, play.told()),
        None => Miss::NoTranscript { file: file.clone() },
    });
}

fn failure(play: &Performance<'_>, test: &Test, why: Vec<Miss>) -> Failure {
    Failure {
        chapter: play.chapter().id.clone(),
        test: test.name.clone(),
        origin: test.origin.clone(),
        why,
        scene: play.scene().to_owned(),
        made: play.made().to_vec(),
        open: play.open(),
        page: play.page(),
    }
}
