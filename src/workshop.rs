//! What a writer runs.

pub mod test;
pub mod walk;
