//! The command line: one file a command, with its arguments and what it does. The definitions feed parsing, help,
//! completions and the manual page.

mod check;
mod compat;
mod diff;
mod dispatch;
mod explain;
mod fmt;
mod graph;
mod harmless;
mod kept;
mod new;
mod play;
mod playable;
mod practice;
mod prove;
mod records;
mod replay;
mod route;
mod run;
mod saves;
mod splits;
mod stats;
mod stop;
mod story;
mod test;
mod verify;
mod walk;

use clap::{Parser, Subcommand};

pub use dispatch::run;

/// The Siege of Taiyuan: an oath, a letter, a ledger.
#[derive(Debug, Parser)]
#[command(name = "taiyuan", version, about, long_about = None, max_term_width = 100)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    play: play::Play,
}

/// How most plays begin: without any other command. Parsed first, since it has little to set up.
#[derive(Debug, Parser)]
struct PlayAlone {
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
    /// Run a category against the clock
    Run(run::Run),
    /// Practise a part of a category; nothing of it is kept
    Practice(practice::Practice),
    /// Show what was attempted at a category, or write it for LiveSplit
    Splits(splits::Splits),
    /// Show what was attempted, reached and earned at every category, and what is possible
    Records(records::Records),
    /// Judge replays: valid, or what is wrong with them
    Verify(verify::Verify),
    /// Look into replays
    Replay(replay::Replay),
    /// Read a story and report every fault in it, and what is probably not as meant
    Check(check::Check),
    /// Say what a code of `check` means, with examples; without one, list them all
    Explain(explain::Explain),
    /// Run the tests written beside a story
    Test(test::Test),
    /// Play a story many times at random and say what was reached
    Walk(walk::Walk),
    /// Prove what can be reached, that no play gets stuck and that every play can end
    Prove(prove::Prove),
    /// Find the cheapest way to a goal, and say how far that is proved
    Route(route::Route),
    /// Say what a story is made of
    Stats(stats::Stats),
    /// Say what becomes of saves when a story is edited
    Compat(compat::Compat),
    /// Say what was changed between two stories
    Diff(diff::Diff),
    /// Lay out story files: indentation, commas and line lengths; never words
    Fmt(fmt::Fmt),
    /// Begin a story, a chapter, a scene or an item
    New(new::New),
    /// Draw a story: for Graphviz, for Mermaid, or as data
    Graph(graph::Graph),
    /// Print a completion script
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}
