//! What a writer runs.

pub mod check;
pub mod stats;
pub mod test;
pub mod walk;
