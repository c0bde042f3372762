//! From outside: what a player, a writer or a script would notice.

mod architecture;
mod dice;
#[cfg(feature = "tui")]
mod terminal;
