//! What a writer runs.

pub mod check;
mod disk;
pub mod fmt;
pub mod new;
pub mod prove;
pub mod stats;
pub mod test;
pub mod walk;
