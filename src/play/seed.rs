//! A fresh seed from the system: the one place where a play takes something it was not given.

/// A seed nobody chose. Small enough to be read aloud and typed again.
#[must_use]
pub fn fresh() -> u64 {
    u64::from(getrandom::u32().unwrap_or(1126)) % 1_000_000
}
