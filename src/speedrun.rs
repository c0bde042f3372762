//! Runs against the clock: categories, seeds, the clock, splits, replay files and what they prove.
//!
//! Pure but for [`verify::many`], which judges replays on several threads: times and dates are given by the caller,
//! and files are read and written by [`saves`](crate::saves).

pub mod board;
pub mod category;
pub mod clock;
pub mod flags;
pub mod follow;
#[cfg(any(test, fuzzing))]
#[path = "../tests/fuzz/targets/speedrun.rs"]
pub mod fuzz;
pub mod history;
pub mod livesplit;
pub mod lss;
pub mod medal;
pub mod record;
pub mod records;
pub mod replay;
pub mod seal;
pub mod seeds;
pub mod splits;
pub mod timing;
pub mod verify;

pub use board::Board;
pub use category::Category;
pub use clock::{Clock, Reading, Times};
pub use flags::{Flag, Note};
pub use history::{Attempt, History};
pub use medal::Medal;
pub use records::Record;
pub use replay::Replay;
pub use seal::Seal;
pub use seeds::Source;
pub use splits::{Mark, Splits};
