//! A page as lines.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::engine::World;
use crate::engine::look::words;
use crate::engine::render::Para;
use crate::engine::text::is_hidden;
use crate::play::{Block, Sitting};

/// The widest line, in columns.
const WIDTH: usize = 80;

/// Writes a paragraph, broken into lines.
pub(super) fn paragraph(out: &mut dyn Write, text: &str) -> io::Result<()> {
    for line in text.split('\n') {
        if line.trim().is_empty() {
            writeln!(out)?;
            continue;
        }
        for row in textwrap::wrap(&harmless(line), WIDTH) {
            writeln!(out, "{}", row.trim_end())?;
        }
    }
    Ok(())
}

/// Writes blocks of what was told.
///
/// # Errors
/// When `out` cannot be written.
pub fn tell(out: &mut dyn Write, world: &World, blocks: &[Block]) -> io::Result<()> {
    blocks.iter().try_for_each(|one| block(out, world, one))
}

/// Writes a block of what was told.
pub(super) fn block(out: &mut dyn Write, world: &World, block: &Block) -> io::Result<()> {
    match block {
        Block::Chapter(title) => writeln!(out, "{}\n", title.to_uppercase()),
        Block::Heading { title, place, date, .. } => {
            let place = place.map(|p| world.place(p).name.as_str());
            let parts: Vec<&str> = [title.as_deref(), place, date.as_deref()].into_iter().flatten().collect();
            paragraph(out, &format!("[{}]", parts.join(", ")))?;
            writeln!(out)
        }
        Block::Text(para) | Block::Said(para) => {
            paragraph(out, &spoken(world, para))?;
            writeln!(out)
        }
        Block::Chosen { words: said, .. } => {
            paragraph(out, &format!("> {}", words(said)))?;
            writeln!(out)
        }
        Block::Note(line) => {
            paragraph(out, &format!("({line})"))?;
            writeln!(out)
        }
        Block::Ended { title, text } => {
            writeln!(out, "THE END: {}", harmless(title))?;
            paragraph(out, text)?;
            writeln!(out)
        }
    }
}

/// Writes the choices. Those that can be taken are numbered from 1.
///
/// # Errors
/// When `out` cannot be written.
pub fn choices(out: &mut dyn Write, sitting: &Sitting) -> io::Result<()> {
    let mut number = 0;
    for pick in sitting.picks() {
        match &pick.locked {
            None => {
                number += 1;
                paragraph(out, &format!("{number}. {}", words(&pick.words)))?;
            }
            Some(reason) => paragraph(out, &format!("-  {} ({})", words(&pick.words), words(reason)))?,
        }
    }
    writeln!(out)
}

/// A paragraph with its speaker's name before it.
fn spoken(world: &World, para: &Para) -> String {
    match para.speaker {
        Some(person) => format!("{}: {}", world.person(person).name, para.plain()),
        None => para.plain(),
    }
}

/// Text without what could move a cursor or turn a line around. The loader refuses such text; names typed by a player
/// have not been through it.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let seen = |c: char| !c.is_control() && !is_hidden(c);
    // Nearly all lines are, and are not written anew.
    if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) || text.chars().all(seen) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| seen(*c)).collect())
}
