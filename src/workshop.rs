//! What a writer runs.

pub(crate) mod ways;

pub mod check;
pub mod compat;
pub mod diff;
mod disk;
pub mod explain;
pub mod figures;
pub mod fmt;
pub mod graph;
pub mod leaves;
mod lots;
pub mod new;
pub mod parts;
pub mod prove;
pub mod range;
pub mod route;
pub mod stats;
pub mod telling;
pub mod test;
pub mod walk;
pub mod written;
