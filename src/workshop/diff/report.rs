//! What was changed, for people.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::facts::Kind;
use super::{Change, Diff, Ids, Part, Turned, Words};
use crate::workshop::figures::{count, list, padded};

/// Writes what was changed.
///
/// # Errors
/// When `out` cannot be written.
pub fn report(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    if diff.is_empty() {
        return writeln!(out, "nothing was changed that is compared: not notes, tags, tests, maps and layout");
    }
    section("the story", &diff.shared, out)?;
    for (what, chapters) in [("added", &diff.added), ("removed", &diff.removed)] {
        for chapter in chapters {
            writeln!(out, "{chapter}: {what}\n")?;
        }
    }
    for (id, part) in &diff.chapters {
        section(id, part, out)?;
    }
    proofs(diff, out)?;
    let Words { cut, added, now } = diff.words;
    writeln!(out, "in all {} words cut, {} added; {} now", count(cut), count(added), count(now))
}

/// Each claim of which something else is known now, with what was known and what is.
fn proofs(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    let Some(turned) = &diff.proofs else { return Ok(()) };
    if turned.is_empty() {
        return writeln!(out, "what is proved of one is proved of the other\n");
    }
    writeln!(out, "proved of one and not of the other")?;
    for Turned { chapter, claim, old, new } in turned {
        writeln!(out, "  {chapter}: {claim}")?;
        writeln!(out, "      {} -> {new}", old.unwrap_or("new"))?;
    }
    writeln!(out)
}

fn section(name: &str, part: &Part, out: &mut dyn Write) -> io::Result<()> {
    if *part == Part::default() {
        return Ok(());
    }
    writeln!(out, "{name}")?;
    for (kind, Ids { added, removed, renamed }) in &part.ids {
        for (what, ids) in [("added", added), ("removed", removed)] {
            names(&format!("{} {what}", plural(*kind)), ids, out)?;
        }
        let renamed: Vec<String> = renamed.iter().map(|(old, new)| format!("{old} -> {new}")).collect();
        names(&format!("{} renamed", plural(*kind)), &renamed, out)?;
    }
    names("scenes that can be reached now", &part.reachable, out)?;
    names("scenes that nothing leads to now", &part.unreachable, out)?;
    changes(&part.changes, out)?;
    words(&part.words, out)?;
    writeln!(out)
}

fn names(what: &str, ids: &[String], out: &mut dyn Write) -> io::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {what}: {}", count(ids.len()))?;
    list(out, ids, 6)
}

/// Each thing once, each of its fields with what it was and what it is.
fn changes(changes: &[Change], out: &mut dyn Write) -> io::Result<()> {
    let mut last = None;
    for change in changes {
        let thing = (change.kind, &change.id);
        if last != Some(thing) {
            writeln!(out, "  {} `{}`", singular(change.kind), change.id)?;
            last = Some(thing);
        }
        let rows = change.old.iter().map(|row| ('-', row)).chain(change.new.iter().map(|row| ('+', row)));
        for (at, (sign, row)) in rows.enumerate() {
            let field = if at == 0 { change.field } else { "" };
            writeln!(out, "      {} {sign} {row}", padded(field, 10))?;
        }
    }
    Ok(())
}

/// The places with most words changed first.
fn words(words: &BTreeMap<String, Words>, out: &mut dyn Write) -> io::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let mut rows: Vec<_> = words.iter().collect();
    rows.sort_by_key(|(_, words)| Reverse(words.cut + words.added));
    let wide = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0).max(28);
    writeln!(out, "  {}{:>10}{:>10}{:>10}", padded("words of", wide), "cut", "added", "now")?;
    let mut all = Words::default();
    for (name, words) in &rows {
        row(name, **words, wide, out)?;
        all.join(**words);
    }
    if rows.len() > 1 { row("these", all, wide, out) } else { Ok(()) }
}

fn row(name: &str, words: Words, wide: usize, out: &mut dyn Write) -> io::Result<()> {
    let [cut, added, now] = [words.cut, words.added, words.now].map(|n| if n == 0 { "-".to_owned() } else { count(n) });
    writeln!(out, "  {}{cut:>10}{added:>10}{now:>10}", padded(name, wide))
}

fn singular(kind: Kind) -> &'static str {
    match kind {
        Kind::Story => "story",
        Kind::Chapter => "chapter",
        Kind::Scene => "scene",
        Kind::Choice => "choice",
        Kind::Deck => "deck",
        Kind::Ending => "ending",
        Kind::Milestone => "milestone",
        Kind::Achievement => "achievement",
        Kind::Run => "run",
        Kind::Variable => "variable",
        Kind::Derived => "derived variable",
        Kind::Item => "item",
        Kind::Person => "person",
        Kind::Place => "place",
        Kind::Codex => "codex entry",
    }
}

fn plural(kind: Kind) -> String {
    match kind {
        Kind::Story => "stories".to_owned(),
        Kind::Person => "people".to_owned(),
        Kind::Codex => "codex entries".to_owned(),
        other => format!("{}s", singular(other)),
    }
}
