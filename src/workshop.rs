//! What a writer runs.

pub mod check;
pub mod explain;
pub mod prove;
pub mod range;
pub mod stats;
pub mod test;
pub mod walk;
