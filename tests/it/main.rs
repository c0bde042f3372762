//! From outside: what a player, a writer or a script would notice.

mod architecture;
mod cli;
mod dice;
mod play;
mod saves;
mod terminal;
