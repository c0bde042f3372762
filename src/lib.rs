//! *The Siege of Taiyuan*: a terminal text adventure, and the branching narrative engine under it.
//!
//! From the bottom up:

mod cli;
pub mod engine;
pub mod plain;
pub mod play;
pub mod saves;
pub mod story;
#[cfg(feature = "tui")]
pub(crate) mod tui;
pub mod workshop;

pub use cli::run;
