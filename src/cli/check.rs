//! `check`: read a story and report every fault in it, and what is probably not as meant.

use std::io::{self, IsTerminal, Write};

use clap::{Args, ValueEnum};

use super::stop::{CLEAN, FOUND, Stop, terminal_width};
use super::story::{Story, sources};
use crate::story::{Report, Severity};
use crate::workshop::check::{Form, examine, write};

#[derive(Clone, Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    story: Story,
    /// What else counts as a fault: exit with 1 on it
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    /// Warnings; notes are never counted
    Warnings,
}

pub(super) fn run(args: &Check, out: &mut dyn Write) -> Result<u8, Stop> {
    let human = Form::Human { width: terminal_width(), colour: io::stdout().is_terminal() };
    let form = if args.story.json { Form::Json } else { human };
    let report = examine(sources(args.story.dir.as_deref())?);
    write(&report, form, out).map_err(Stop::could_not)?;
    Ok(args.code(&report))
}

impl Check {
    fn code(&self, report: &Report) -> u8 {
        let denied = self.deny == Some(Deny::Warnings) && report.count(Severity::Warning) > 0;
        if report.has_errors() || denied { FOUND } else { CLEAN }
    }
}
