//! The whole game as plain lines: for screen readers, pipes and terminals that can do no more.
//!
//! No escape byte, no redraw: a page, its choices as `N. text`, a prompt. `help` says what may be answered.

mod command;
#[cfg(any(test, fuzzing))]
#[path = "../tests/fuzz/targets/plain.rs"]
pub mod fuzz;
mod lines;
mod lookup;
mod page;
pub mod race;
mod session;

pub use lines::{Shape, WIDEST};
pub use page::{choices, tell};
pub use session::{Setup, Trouble, run};
