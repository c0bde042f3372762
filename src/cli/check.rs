//! `check`: read a story and report every fault in it.

use std::io::{self, IsTerminal, Write};

use super::stop::{CLEAN, FOUND, Stop, terminal_width};
use super::story::{Story, sources};
use crate::workshop;
use crate::workshop::check::Form;

pub(super) fn run(args: &Story, out: &mut dyn Write) -> Result<u8, Stop> {
    let human = Form::Human { width: terminal_width(), colour: io::stdout().is_terminal() };
    let form = if args.json { Form::Json } else { human };
    let found = workshop::check::check(sources(args.dir.as_deref())?, form, out).map_err(Stop::could_not)?;
    Ok(if found { FOUND } else { CLEAN })
}
