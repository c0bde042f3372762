//! From outside: what a player, a writer or a script would notice.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod architecture;
mod check;
mod cli;
mod dice;
mod every_feature;
mod explain;
mod guide;
mod hands;
mod hostile;
mod killed;
mod markup;
mod play;
mod prompt;
mod released;
mod reports;
mod saves;
#[cfg(all(unix, feature = "tui"))]
mod terminal;
