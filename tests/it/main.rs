//! From outside: what a player, a writer or a script would notice.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod again;
mod architecture;
mod bad_replays;
mod beside;
mod check;
mod cli;
mod compat;
mod derived;
mod desync;
mod dice;
mod diff;
mod embed;
mod escapes;
mod every_feature;
mod explain;
#[cfg(target_os = "linux")]
mod faults;
mod fmt;
mod follow;
mod graph;
mod guide;
mod hands;
mod hostile;
mod killed;
mod livesplit;
mod markup;
mod mutation;
mod new;
mod oracle;
mod play;
mod practice;
mod prompt;
mod prove;
mod range;
mod records;
mod released;
mod replays;
mod reports;
mod route;
mod run;
mod saves;
mod script;
mod second;
mod seeded;
mod small;
mod splits;
mod spoilt;
mod stats;
mod story_tests;
#[cfg(all(unix, feature = "tui"))]
mod terminal;
mod verify;
mod walk;
mod written;
