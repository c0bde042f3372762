//! *The Siege of Taiyuan*: a terminal text adventure, and the branching narrative engine under it.
//!
//! From the bottom up:
//!
//! - [`engine`]: what playing means. Pure: a chapter, a state, `step`, `look`, the log.
//! - [`story`]: RON files into checked chapters, or every fault at once.
//! - [`embed`]: the story inside the program, as its files and as checked chapters.
//! - [`saves`]: what outlives a sitting: slots, the autosave, settings, what was found.
//! - [`speedrun`]: runs against the clock: categories, seeds, splits, replay files and what they prove.
//! - [`play`]: one sitting, with undo and redo; both front ends drive it and it knows no screen.
//! - [`workshop`]: what a writer runs: check, test, walk, stats.
//! - [`plain`]: the whole game as lines of text.
//! - `tui`: the whole game on a screen; behind the feature of that name.
//! - `cli`: arguments in, exit code out.
//!
#![doc = include_str!("dependencies.md")]

mod cli;
pub mod embed;
pub mod engine;
#[cfg(any(test, fuzzing))]
#[path = "../tests/fuzz/targets.rs"]
pub mod fuzz;
pub mod plain;
pub mod play;
pub mod saves;
pub mod speedrun;
pub mod story;
#[cfg(feature = "tui")]
pub(crate) mod tui;
pub mod workshop;

pub use cli::run;
