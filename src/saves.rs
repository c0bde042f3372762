//! What outlives a sitting: slots, the autosave, settings, and what a player has found.
//!
//! A [`Save`] is a log, a snapshot by the writer's ids and a summary for a list of slots. [`load`](load::load) turns
//! one back into a play, whatever was done to the story since. The only files are touched by [`store`].

mod bits;
pub mod fault;
pub mod format;
#[cfg(any(test, fuzzing))]
#[path = "../tests/fuzz/targets/saves.rs"]
pub mod fuzz;
mod journal;
pub mod load;
mod migrate;
mod numbered;
pub mod profile;
mod rename;
pub mod settings;
pub mod slot;
pub mod snapshot;
pub mod stamp;
pub mod store;
mod table;
mod tape;

pub use fault::Fault;
pub use format::{Moment, Save, Summary, Written};
pub use journal::{News, Note};
pub use load::{How, Loaded, load};
pub use profile::{Finished, Known, Profile};
pub use settings::Settings;
pub use slot::{Kind, Slot};
pub use snapshot::Snapshot;
pub use store::{Autosave, Entry, Mode, Opened, Store};
