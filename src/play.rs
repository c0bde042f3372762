//! One sitting: a story being played, with its log, undo and redo, autosave and profile. Knows no screen;
//! both front ends drive it.

pub mod desk;
mod finds;
pub mod fit;
pub mod found;
mod keeper;
pub mod run;
pub mod seed;
pub mod sitting;
pub mod transcript;
pub mod watch;

pub use desk::{Desk, Now, Problem};
pub use sitting::{OffRoute, Pick, PickKind, Sitting};
pub use transcript::{Block, Transcript};
