//! *The Siege of Taiyuan*: a terminal text adventure, and the branching narrative engine under it.
//!
//! From the bottom up:

pub mod engine;
pub mod play;
pub mod saves;
pub mod story;
#[cfg(feature = "tui")]
pub(crate) mod tui;
pub mod workshop;
