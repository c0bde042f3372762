//! RON files into checked chapters, or every diagnostic of every file at once.
//!
//! A [`Book`] holds the world and hands out chapters, each read and linked when it is first asked for.

mod amend;
mod asked;
mod book;
mod cursor;
mod desk;
pub mod diagnostic;
mod expression;
pub mod fault;
#[cfg(any(test, fuzzing))]
#[path = "../tests/fuzz/targets/story.rs"]
pub mod fuzz;
mod hash;
mod link;
mod markup;
mod names;
mod outline;
mod parse;
pub mod place;
mod prose;
mod raw;
pub mod report;
mod scan;
mod section;
mod shape;
pub mod source;
mod suggest;
pub(crate) mod syntax;
mod words;

pub use amend::{NotAdded, with_test};
pub use asked::condition;
pub use book::{Aside, Book, Finder, Located, Noted, Title};
pub use diagnostic::{Diagnostic, Severity};
pub use fault::{Code, Fault};
pub use link::scope::Sort;
pub use names::Kind;
pub use report::Report;
pub use source::Sources;

pub(crate) use shape::id_fault;
pub(crate) use suggest::{as_id, closest};
