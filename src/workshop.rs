//! What a writer runs.

pub mod check;
pub mod figures;
pub mod graph;
pub mod leaves;
pub mod parts;
pub mod prove;
pub mod stats;
pub mod telling;
pub mod test;
pub mod walk;
pub(crate) mod ways;
pub mod written;
