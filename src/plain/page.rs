//! A page as lines.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::engine::World;
use crate::engine::look::words;
use crate::engine::render::Para;
use crate::engine::text::is_hidden;
use crate::play::{Block, Sitting};

use super::lines::{Lines, Shape};

/// Writes a paragraph, broken into lines.
pub(super) fn paragraph(out: &mut Lines<'_>, text: &str) -> io::Result<()> {
    for line in text.split('\n') {
        if line.trim().is_empty() {
            writeln!(out)?;
            continue;
        }
        for row in textwrap::wrap(&harmless(line), out.width()) {
            writeln!(out, "{}", row.trim_end())?;
        }
    }
    Ok(())
}

/// The furthest in that a line goes on.
const INDENT: usize = 15;

/// Writes words behind others, the further lines as far in as the first words reach. Dates stay whole.
pub(super) fn hanging(out: &mut Lines<'_>, before: &str, words: &str) -> io::Result<()> {
    let indent = " ".repeat(before.chars().count().min(INDENT));
    let options = textwrap::Options::new(out.width()).subsequent_indent(&indent);
    let options = options.word_splitter(textwrap::WordSplitter::NoHyphenation);
    for row in textwrap::wrap(&harmless(&format!("{before}{words}")), options) {
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(())
}

/// Writes blocks of what was told.
///
/// # Errors
/// When `out` cannot be written.
pub fn tell(out: &mut dyn Write, world: &World, blocks: &[Block]) -> io::Result<()> {
    told(&mut Lines::new(out, Shape::default()), world, blocks)
}

/// The same, as wide as there is room.
pub(super) fn told(out: &mut Lines<'_>, world: &World, blocks: &[Block]) -> io::Result<()> {
    let mut blocks = blocks;
    if let (true, Some((Block::Chosen { words: said, .. }, rest))) = (out.behind_prompt(), blocks.split_first()) {
        // It stands behind the prompt, as if it had been typed.
        paragraph(out, &words(said))?;
        writeln!(out)?;
        blocks = rest;
    }
    blocks.iter().try_for_each(|one| block(out, world, one))
}

/// Writes a block of what was told.
fn block(out: &mut Lines<'_>, world: &World, block: &Block) -> io::Result<()> {
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
            // Further in than the prompt, so that a line that begins as the prompt does is one.
            hanging(out, "  > ", &words(said))?;
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
    offered(&mut Lines::new(out, Shape::default()), sitting, true)
}

/// The same, as wide as there is room.
pub(super) fn offered(out: &mut Lines<'_>, sitting: &Sitting, locked: bool) -> io::Result<()> {
    let mut number = 0;
    for pick in sitting.picks() {
        match &pick.locked {
            None => {
                number += 1;
                paragraph(out, &format!("{number}. {}", words(&pick.words)))?;
            }
            Some(_) if !locked => {}
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
