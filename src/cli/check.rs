//! `check`: read a story and report every fault in it, and what is probably not as meant.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::{Args, ValueEnum};

use super::stop::{CLEAN, FOUND, Stop, takes_colour, terminal_width};
use super::story::{Story, sources};
use crate::play::watch::Watch;
use crate::story::{Book, Report, Severity};
use crate::workshop::check::{Form, examine_books, write};

/// Clears a terminal, and what scrolled out of it.
const CLEAR: &str = "\x1b[H\x1b[2J\x1b[3J";

#[derive(Clone, Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    story: Story,
    /// What else counts as a fault: exit with 1 on it
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Check again whenever a file of the folder is saved, until Ctrl-C
    #[arg(long, conflicts_with = "json", requires = "dir")]
    watch: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Warnings; notes are never counted
    Warnings,
}

pub(super) fn run(args: &Check, out: &mut dyn Write) -> Result<u8, Stop> {
    match (&args.story.dir, args.watch) {
        (Some(dir), true) => args.again_and_again(dir, out),
        _ => Ok(args.code(&args.once(out)?)),
    }
}

impl Check {
    fn once(&self, out: &mut dyn Write) -> Result<Report, Stop> {
        let human = Form::Human { width: terminal_width(), colour: takes_colour(&io::stdout()) };
        let form = if self.story.json { Form::Json } else { human };
        let books = Book::in_every_language(sources(self.story.dir.as_deref())?);
        let report = examine_books(&books);
        if !self.watch {
            // The program ends here: the system takes the memory back at once, and not piece by piece.
            std::mem::forget(books);
        }
        write(&report, form, out).map_err(Stop::could_not)?;
        Ok(report)
    }

    fn again_and_again(&self, dir: &Path, out: &mut dyn Write) -> Result<u8, Stop> {
        // Watched before it is first read, so that nothing saved meanwhile is missed.
        let watch = Watch::new(dir).map_err(Stop::could_not)?;
        loop {
            if io::stdout().is_terminal() {
                write!(out, "{CLEAR}").map_err(Stop::could_not)?;
            }
            let report = self.once(out)?;
            writeln!(out, "\nwatching `{}`; Ctrl-C ends it", dir.display()).map_err(Stop::could_not)?;
            out.flush().map_err(Stop::could_not)?;
            if !watch.wait() {
                return Ok(self.code(&report));
            }
        }
    }

    fn code(&self, report: &Report) -> u8 {
        let denied = self.deny == Some(Deny::Warnings) && report.count(Severity::Warning) > 0;
        if report.has_errors() || denied { FOUND } else { CLEAN }
    }
}
