//! What a writer runs.

pub mod check;
pub mod test;
pub mod walk;
