//! What can be looked up at a prompt, in a story and in a run.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::engine::id::CodexIx;
use crate::engine::look::words;
use crate::engine::render::{Reader, render};
use crate::engine::text::Text;
use crate::engine::{Chapter, World};
use crate::play::Sitting;
use crate::play::fit::{fold, has_words};
use crate::play::found::{self, Found};
use crate::play::sitting::Chapters;

use super::command::Lookup;
use super::lines::Lines;
use super::page::{hanging, paragraph};

/// So many of the places one came by are named.
const STOPS: usize = 6;

/// Writes what is asked for. `known` is what was learned in other plays.
pub(super) fn answer(
    lookup: &Lookup,
    sitting: &Sitting,
    known: &BTreeSet<String>,
    out: &mut Lines<'_>,
) -> io::Result<()> {
    match lookup {
        Lookup::Inventory => inventory(sitting, out),
        Lookup::Stats => stats(sitting, out),
        Lookup::People => people(sitting, out),
        Lookup::Map => map(sitting, out),
        Lookup::Codex(word) => codex(sitting, known, word, out),
    }
}

fn inventory(sitting: &Sitting, out: &mut Lines<'_>) -> io::Result<()> {
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

fn stats(sitting: &Sitting, out: &mut Lines<'_>) -> io::Result<()> {
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

fn people(sitting: &Sitting, out: &mut Lines<'_>) -> io::Result<()> {
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

fn codex(sitting: &Sitting, known: &BTreeSet<String>, word: &str, out: &mut Lines<'_>) -> io::Result<()> {
    let world = sitting.world();
    let also = known.iter().filter_map(|id| world.find_codex(id));
    let known: BTreeSet<_> = sitting.known().codex.into_iter().chain(also).collect();
    let word = fold(word);
    let named: Vec<_> = known.iter().filter(|ix| fold(&world.entry(**ix).title).contains(&word)).collect();
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
    if !named.is_empty() {
        return Ok(());
    }
    // Nothing is called so: the entries that speak of it.
    let chapter = sitting.chapter();
    let speaks = |ix: &&CodexIx| has_words(&fold(&plain(&world.entry(**ix).text, chapter)), &word);
    let about: Vec<&str> = known.iter().filter(speaks).map(|ix| world.entry(*ix).title.as_str()).collect();
    if about.is_empty() {
        return paragraph(out, &format!("Nothing you know is called `{word}` or speaks of it."));
    }
    paragraph(out, &format!("Nothing is called `{word}`. Of what you know, these speak of it: {}.", about.join("; ")))
}

fn map(sitting: &Sitting, out: &mut Lines<'_>) -> io::Result<()> {
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
    if let Some((_, before)) = been.split_last().filter(|(_, before)| !before.is_empty()) {
        paragraph(out, &format!("You came by {}.", before[before.len().saturating_sub(STOPS)..].join(", ")))?;
    }
    for (title, armies) in maps {
        paragraph(out, &format!("{title}:"))?;
        for army in armies {
            paragraph(out, &army)?;
        }
    }
    Ok(())
}

/// Endings and achievements, those that were found with their words.
pub(super) fn endings(all: &[Found], world: &World, chapters: &Chapters, out: &mut Lines<'_>) -> io::Result<()> {
    let (found, of) = found::endings(all);
    writeln!(out, "Endings, {found} of {of}")?;
    let Some(chapter) = world.order.first().and_then(|id| chapters(id)) else { return Ok(()) };
    let mut hidden = 0;
    for (one, next) in all.iter().zip(all.iter().skip(1).map(Some).chain([None])) {
        if let Some(heading) = &one.heading {
            writeln!(out, "\n{heading}")?;
        }
        if one.found {
            hanging(out, "* ", &format!("{}. {}", one.title, plain(&one.text, &chapter)))?;
        } else {
            hidden += 1;
        }
        if hidden > 0 && next.is_none_or(|next| next.heading.is_some()) {
            writeln!(out, "- {hidden} not yet found")?;
            hidden = 0;
        }
    }
    writeln!(out)
}

/// The words of a text that the state of a play does not change, in one line.
fn plain(text: &Text, chapter: &Chapter) -> String {
    let state = crate::engine::State::fresh(chapter, 0, &[]);
    let paras = render(text, 0, chapter, &state, Reader::default());
    paras.iter().map(|para| words(&para.spans)).collect::<Vec<_>>().join(" ")
}

/// Writes a text that the state of a play does not change.
pub(super) fn text(out: &mut Lines<'_>, text: &Text, chapter: &Chapter) -> io::Result<()> {
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
