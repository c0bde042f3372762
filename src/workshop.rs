//! What a writer runs.

pub mod check;
pub mod parts;
pub mod prove;
pub mod stats;
pub mod test;
pub mod walk;
pub mod written;
