//! The manifest and the world, before any chapter.

use super::words;
use crate::engine::world::World;
use crate::story::desk::{Desk, Written};
use crate::story::diagnostic::{Diagnostic, Note, Spot};
use crate::story::fault::Fault;
use crate::story::link::world::{Files, Shared, world};
use crate::story::markup::{Block, Piece, prose};
use crate::story::names::{Found, Kind, Table};
use crate::story::outline::Outline;
use crate::story::parse::{One, Read, section};
use crate::story::raw;
use crate::story::section::Section;
use crate::story::shape::{Layout, id_fault};
use crate::story::source::Sources;

/// The world, its tables of names, and the keys of its texts.
type Opened = (World, Shared, Vec<String>);

/// Reads what all chapters share, as far as it can be read.
pub(super) fn open_world(
    sources: &Sources,
    outlines: &[Outline],
    layout: &Layout,
    language: Option<&str>,
) -> (Opened, Vec<Diagnostic>) {
    let desk = Desk::new(sources);
    let words = words(&desk, outlines, layout, language);
    let manifest = manifest(&desk, outlines, layout);
    if let Some(one) = &manifest {
        listed(&desk, outlines, layout, one);
    }
    let chapters: Vec<String> = layout.chapters.keys().cloned().collect();
    let parts = layout.all.iter().flat_map(|file| &outlines[*file].parts).filter(|p| p.section == Section::Maps);
    let maps = parts.flat_map(|part| part.entries.iter().map(|entry| entry.id.as_str())).collect();
    let files = Files {
        all: &layout.all,
        shared: &layout.shared,
        chapters: &chapters,
        translated: !layout.words.is_empty(),
        maps,
    };
    let opened = world(&desk, outlines, &files, &words, manifest.as_ref());
    let table = Table::new(opened.2.iter().map(String::as_str), [], false);
    for (key, at) in words.keys() {
        let owner = key.split(['/', '.']).next().unwrap_or_default();
        // A chapter looks after its own.
        if !layout.chapters.contains_key(owner) && table.find(key) == Found::None {
            let meant = table.meant(key);
            desk.error(Fault::Unknown { kind: Kind::Text, name: key.to_owned(), meant, other: None }, at);
        }
    }
    drop(words);
    drop(manifest);
    (opened, desk.into_faults())
}

fn manifest<'s>(desk: &Desk<'s>, outlines: &'s [Outline], layout: &Layout) -> Option<One<'s, raw::Story<'s>>> {
    let at_home: Vec<usize> =
        layout.shared.iter().copied().filter(|file| desk.sources.files()[*file].path == "story.ron").collect();
    let read: Read<'s, raw::Story<'s>> = section(desk, outlines, &at_home, Section::Story);
    let elsewhere = layout.all.iter().flat_map(|file| &outlines[*file].parts).any(|p| p.section == Section::Story);
    let mut all = read.all.into_iter();
    let first = all.next();
    if let (Some(first), Some(second)) = (&first, all.next()) {
        let fault = Fault::SectionTwice { name: "story".to_owned() };
        desk.add(Diagnostic::error(fault, second.key).with(Note::First, first.key));
    }
    let broken = layout.shared.iter().any(|file| outlines[*file].partial);
    if first.is_none() && !elsewhere && !broken {
        desk.error(Fault::NoManifest { folder: desk.sources.root().to_owned(), below: Vec::new() }, Spot::NOWHERE);
    }
    first
}

/// Compares the manifest's list with the chapters that exist.
fn listed<'s>(desk: &Desk<'s>, outlines: &'s [Outline], layout: &Layout, one: &One<'s, raw::Story<'s>>) {
    for text in one.raw.chapters.iter().chain([&one.raw.id]) {
        if let Some(fault) = id_fault(text, false) {
            desk.about(fault, Written { text, entry: one.body });
        }
    }
    for text in &one.raw.chapters {
        if !layout.chapters.contains_key(&**text) {
            desk.about(Fault::ChapterMissing { id: text.to_string() }, Written { text, entry: one.body });
        }
    }
    for (id, files) in &layout.chapters {
        if one.raw.chapters.iter().all(|listed| **listed != **id) {
            let parts = files.iter().flat_map(|file| &outlines[*file].parts);
            let at = parts.filter(|part| part.section == Section::Chapter).map(|part| part.name).next();
            desk.error(Fault::ChapterUnlisted { id: id.clone() }, at.unwrap_or(Spot::NOWHERE));
        }
    }
}

/// The words of a text as they stand, without anything that needs a state.
pub(super) fn plain(text: &str) -> String {
    fn add(pieces: &[Piece], out: &mut String) {
        for piece in pieces {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Break => out.push('\n'),
                Piece::Emph(inner) | Piece::Strong(inner) | Piece::Link(_, inner) => add(inner, out),
                Piece::Group(_, alternatives) => add(alternatives.first().map_or(&[], Vec::as_slice), out),
                Piece::Gentle(mild, _) => add(mild, out),
                Piece::Value(_) | Piece::Spell(..) | Piece::Level(_) | Piece::Use(_) | Piece::If(..) => {}
            }
        }
    }
    let (prose, _) = prose(text);
    let paragraphs = prose.blocks.iter().filter_map(|block| {
        let Block::Para(para) = block else { return None };
        let mut out = String::new();
        add(&para.pieces, &mut out);
        Some(out)
    });
    paragraphs.collect::<Vec<_>>().join("\n")
}
