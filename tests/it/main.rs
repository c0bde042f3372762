//! From outside: what a player, a writer or a script would notice.

mod architecture;
mod cli;
mod dice;
mod hostile;
mod markup;
mod play;
mod reports;
mod saves;
#[cfg(all(unix, feature = "tui"))]
mod terminal;
