//! The command line: definitions and dispatch. One definition feeds parsing, help, completions and the manual page.

mod dispatch;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use dispatch::run;

/// The Siege of Taiyuan: an oath, a letter, a ledger.
#[derive(Debug, Parser)]
#[command(name = "taiyuan", version, about, long_about = None, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    play: Play,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play. Without a chapter or a slot, the title screen
    Play(Play),
    /// List, show, copy or remove saved plays
    Saves {
        #[command(subcommand)]
        what: Saves,
    },
    /// Read a story and report every fault in it
    Check(Story),
    /// Run the tests written beside a story
    Test(Story),
    /// Play a story many times at random and say what was reached
    Walk(Walk),
    /// Say what a story is made of
    Stats(Story),
    /// Print a completion script
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Clone, Debug, Default, Args)]
struct Play {
    /// Play the story in this folder instead of the one in the program
    #[arg(long, value_name = "DIR")]
    story: Option<PathBuf>,
    /// Begin this chapter
    #[arg(long, value_name = "ID")]
    chapter: Option<String>,
    /// Load this slot
    #[arg(long, value_name = "NAME", conflicts_with = "chapter")]
    slot: Option<String>,
    /// The seed of all luck, when a chapter is begun
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Keep saves here
    #[arg(long, value_name = "DIR", env = "TAIYUAN_SAVES")]
    saves: Option<PathBuf>,
    /// Lines of text: no screen, no colours, numbers and words as answers
    #[arg(long)]
    plain: bool,
    /// Read the story again whenever a file of it changes
    #[arg(long, requires = "story")]
    watch: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
    /// Colours, for this sitting
    #[arg(long, value_enum)]
    theme: Option<Theme>,
    /// The gentle telling, for this sitting
    #[arg(long)]
    gentle: bool,
    /// Read the story in another language, if it has one
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Theme {
    Auto,
    Dark,
    Light,
    Contrast,
    Mono,
}

#[derive(Debug, Subcommand)]
enum Saves {
    /// One line for each slot
    List(At),
    /// What a slot holds
    Show {
        /// The slot
        slot: String,
        #[command(flatten)]
        at: At,
    },
    /// Copy a slot to a file
    Export {
        /// The slot
        slot: String,
        /// The file, which must not exist yet
        file: PathBuf,
        #[command(flatten)]
        at: At,
    },
    /// Copy a file into a slot
    Import {
        /// The file
        file: PathBuf,
        /// The slot
        slot: String,
        #[command(flatten)]
        at: At,
    },
    /// Remove a slot and its backup
    Remove {
        /// The slot
        slot: String,
        #[command(flatten)]
        at: At,
    },
}

#[derive(Clone, Debug, Args)]
struct At {
    /// Where the saves are
    #[arg(long, value_name = "DIR", env = "TAIYUAN_SAVES")]
    saves: Option<PathBuf>,
}

#[derive(Clone, Debug, Args)]
struct Story {
    /// The story's folder; the story in the program if left out
    dir: Option<PathBuf>,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Debug, Args)]
struct Walk {
    #[command(flatten)]
    story: Story,
    /// How many plays of each chapter
    #[arg(long, default_value_t = 500, value_name = "N")]
    plays: usize,
    /// The first seed; the next play has the next
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Only this chapter
    #[arg(long, value_name = "ID")]
    chapter: Option<String>,
    /// Begin in this scene
    #[arg(long, value_name = "SCENE", requires = "chapter")]
    from: Option<String>,
    /// How choices are picked
    #[arg(long, value_enum, default_value_t = Hand::Uniform)]
    hand: Hand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Hand {
    /// Each as likely
    Uniform,
    /// The one taken least often so far
    Least,
}
