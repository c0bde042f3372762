//! What can be looked up at a prompt, in a story and in a run.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::engine::Chapter;
use crate::engine::look::words;
use crate::engine::render::{Reader, render};
use crate::engine::text::Text;
use crate::play::Sitting;

use super::command::Lookup;
use super::page::paragraph;

/// Writes what is asked for. `known` is what was learned in other plays.
pub(super) fn answer(
    lookup: &Lookup,
    sitting: &Sitting,
    known: &BTreeSet<String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match lookup {
        Lookup::Inventory => inventory(sitting, out),
        Lookup::Stats => stats(sitting, out),
        Lookup::People => people(sitting, out),
        Lookup::Map => map(sitting, out),
        Lookup::Codex(word) => codex(sitting, known, word, out),
    }
}

fn inventory(sitting: &Sitting, out: &mut dyn Write) -> io::Result<()> {
    let things = sitting.things();
    if things.is_empty() {
        writeln!(out, "You carry nothing that matters.")?;
    }
    for (ix, count) in things {
        let item = sitting.world().item(ix);
        let many = if count > 1 { format!(" ({count})") } else { String::new() };
        paragraph(out, &format!("{}{many}", item.name))?;
        text(out, &item.text, sitting.chapter())?;
    }
    Ok(())
}

fn stats(sitting: &Sitting, out: &mut dyn Write) -> io::Result<()> {
    let stats = sitting.stats();
    if stats.is_empty() {
        writeln!(out, "Nothing is counted here.")?;
    }
    for stat in stats {
        let level = stat.level.map_or_else(String::new, |level| format!(", {level}"));
        paragraph(out, &format!("{}: {}{level}", stat.label, stat.written))?;
    }
    Ok(())
}

fn people(sitting: &Sitting, out: &mut dyn Write) -> io::Result<()> {
    let met = sitting.known().people;
    if met.is_empty() {
        writeln!(out, "You have met nobody whose name matters yet.")?;
    }
    for ix in met {
        let person = sitting.world().person(ix);
        let zh = person.zh.as_ref().map_or_else(String::new, |zh| format!(" {zh}"));
        paragraph(out, &format!("{}{zh}", person.name))?;
        text(out, &person.text, sitting.chapter())?;
    }
    Ok(())
}

fn codex(sitting: &Sitting, known: &BTreeSet<String>, word: &str, out: &mut dyn Write) -> io::Result<()> {
    let world = sitting.world();
    let also = known.iter().filter_map(|id| world.find_codex(id));
    let known: BTreeSet<_> = sitting.known().codex.into_iter().chain(also).collect();
    let word = word.to_lowercase();
    let named: Vec<_> = known.iter().filter(|ix| world.entry(**ix).title.to_lowercase().contains(&word)).collect();
    if word.is_empty() || named.len() > 3 {
        writeln!(out, "You know {} of {} entries.", known.len(), world.codex.len())?;
        let titles: Vec<&str> = named.iter().map(|ix| world.entry(**ix).title.as_str()).collect();
        return paragraph(out, &titles.join("; "));
    }
    for ix in &named {
        let entry = world.entry(**ix);
        paragraph(out, &format!("{} ({})", entry.title, basis(entry.basis)))?;
        text(out, &entry.text, sitting.chapter())?;
    }
    if named.is_empty() {
        paragraph(out, &format!("Nothing you know is called `{word}`."))?;
    }
    Ok(())
}

fn map(sitting: &Sitting, out: &mut dyn Write) -> io::Result<()> {
    let (world, chapter, state) = (sitting.world(), sitting.chapter(), sitting.state());
    let journey = sitting.journey();
    let holds = |arms: &&crate::engine::chapter::Arms| crate::engine::expr::holds(arms.when.as_ref(), chapter, state);
    let standing = |map: &'_ crate::engine::world::Map| {
        let stand = |army: &crate::engine::world::Army| {
            let arms = army.at.iter().find(holds)?;
            Some(format!("{} ({}): {}", army.name, army.side, world.place(arms.place).name))
        };
        map.armies.iter().filter_map(stand).collect::<Vec<_>>()
    };
    let maps = chapter.maps.iter().chain(&world.maps).map(|map| (&map.title, standing(map)));
    let maps: Vec<_> = maps.filter(|(_, armies)| !armies.is_empty()).collect();
    if journey.is_empty() && maps.is_empty() {
        return writeln!(out, "There is no map of this.");
    }
    if let Some(here) = journey.last() {
        paragraph(out, &format!("You are at {}.", world.place(*here).name))?;
    }
    let been: Vec<&str> = journey.iter().map(|p| world.place(*p).name.as_str()).collect();
    if been.len() > 1 {
        paragraph(out, &format!("You came by {}.", been.join(", ")))?;
    }
    for (title, armies) in maps {
        paragraph(out, &format!("{title}:"))?;
        for army in armies {
            paragraph(out, &army)?;
        }
    }
    Ok(())
}

/// Writes a text that the state of a play does not change.
pub(super) fn text(out: &mut dyn Write, text: &Text, chapter: &Chapter) -> io::Result<()> {
    let state = crate::engine::State::fresh(chapter, 0, &[]);
    for para in render(text, 0, chapter, &state, Reader::default()) {
        paragraph(out, &words(&para.spans))?;
    }
    writeln!(out)
}

const fn basis(basis: crate::engine::world::Basis) -> &'static str {
    match basis {
        crate::engine::world::Basis::Seed => "from the article the story starts from",
        crate::engine::world::Basis::Record => "from the record",
        crate::engine::world::Basis::Ours => "ours",
    }
}
