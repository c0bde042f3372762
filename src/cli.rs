//! The command line: one file a command, with its arguments and what it does. The definitions feed parsing, help,
//! completions and the manual page.

mod check;
mod dispatch;
mod explain;
mod play;
mod prove;
mod saves;
mod stats;
mod stop;
mod story;
mod test;
mod walk;

use clap::{Parser, Subcommand};

pub use dispatch::run;

/// The Siege of Taiyuan: an oath, a letter, a ledger.
#[derive(Debug, Parser)]
#[command(name = "taiyuan", version, about, long_about = None, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    play: play::Play,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play. Without a chapter or a slot, the title screen
    Play(play::Play),
    /// List, show, copy or remove saved plays
    Saves {
        #[command(subcommand)]
        what: saves::Saves,
    },
    /// Read a story and report every fault in it, and what is probably not as meant
    Check(check::Check),
    /// Say what a code of `check` means, with examples; without one, list them all
    Explain(explain::Explain),
    /// Run the tests written beside a story
    Test(story::Story),
    /// Play a story many times at random and say what was reached
    Walk(walk::Walk),
    /// Prove what can be reached, that no play gets stuck and that every play can end
    Prove(prove::Prove),
    /// Say what a story is made of
    Stats(story::Story),
    /// Print a completion script
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}
