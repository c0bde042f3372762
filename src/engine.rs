//! What playing means. Pure: no terminal, file, clock, thread, environment or ambient luck.
//!
//! [`Chapter`] is the checked story graph, [`State`] where a play stands; [`look`](look::look) shows the page,
//! [`step`](step::step) takes a choice. Undo, saves, replays and proofs are folds of `step`.

pub mod canon;
pub mod chapter;
pub mod dice;
pub mod effect;
pub mod event;
pub mod excerpt;
pub mod expr;
pub mod few;
pub mod id;
pub mod late;
pub mod log;
pub mod look;
pub mod pack;
pub mod rare;
pub mod render;
pub mod rewind;
pub mod route;
pub mod script;
pub mod seal;
pub mod state;
pub mod step;
pub mod text;
pub mod world;

pub use chapter::Chapter;
pub use event::{Event, Turn};
pub use log::Log;
pub use look::Page;
pub use route::Route;
pub use state::State;
pub use world::World;
