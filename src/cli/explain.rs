//! `explain`: what a code means, with a story that earns it and the same story mended.

use std::io::Write;

use clap::Args;

use super::stop::{CLEAN, Stop, terminal_width};
use crate::workshop::explain::{find, list, pages, write};

#[derive(Clone, Debug, Args)]
pub(super) struct Explain {
    /// A code, such as E081 or W002
    code: Option<String>,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Explain, out: &mut dyn Write) -> Result<u8, Stop> {
    let page = match &args.code {
        Some(code) => Some(find(code).ok_or_else(|| Stop::could_not(format!("there is no code `{code}`")))?),
        None => None,
    };
    if args.json {
        let document =
            page.map_or_else(|| serde_json::to_string_pretty(&pages()), |p| serde_json::to_string_pretty(&p));
        writeln!(out, "{}", document.map_err(Stop::could_not)?).map_err(Stop::could_not)?;
        return Ok(CLEAN);
    }
    let written = match &page {
        Some(page) => write(page, terminal_width(), out),
        None => list(out),
    };
    written.map_err(Stop::could_not)?;
    Ok(CLEAN)
}
