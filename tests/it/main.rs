//! From outside: what a player, a writer or a script would notice.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod architecture;
mod cli;
mod dice;
mod every_feature;
mod guide;
mod hands;
mod hostile;
mod killed;
mod livesplit;
mod markup;
mod play;
mod practice;
mod prompt;
mod released;
mod replays;
mod reports;
mod run;
mod saves;
mod splits;
#[cfg(all(unix, feature = "tui"))]
mod terminal;
mod verify;
