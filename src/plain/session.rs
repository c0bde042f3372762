//! A sitting at a prompt.

use std::io::{self, BufRead, Write};

use crate::engine::World;
use crate::engine::render::Reader;
use crate::play::desk::{Desk, Now, PRACTICE, Problem};
use crate::play::sitting::Chapters;
use crate::play::{PickKind, found, seed};
use crate::saves::{Entry, Kind, Slot, stamp};

use super::command::{Command, HELP, TITLE_HELP};
use super::lines::{Lines, Shape};
use super::lookup;
use super::page::{hanging, offered, paragraph, told};

/// What a sitting begins with. A play that lies on the desk already is gone on with.
pub struct Setup<'a> {
    /// The desk to play at.
    pub desk: Desk,
    /// What all chapters share.
    pub world: &'a World,
    /// Begin this chapter.
    pub chapter: Option<String>,
    /// Load this slot.
    pub slot: Option<String>,
    /// The seed, when a chapter is begun.
    pub seed: Option<u64>,
    /// How the reader is told.
    pub reader: Reader,
    /// Show choices that cannot be taken, with the reason.
    pub locked: bool,
    /// Reads the story again: chapters, or the report of what is wrong.
    pub reload: Option<&'a dyn Fn() -> Result<Chapters, String>>,
    /// What the clock says.
    pub clock: &'a dyn Fn() -> Now,
    /// How lines are written.
    pub shape: Shape,
}

/// Why a sitting at a prompt stopped before its time.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A line could not be read or written.
    #[error("cannot go on: {0}")]
    Pipe(#[from] io::Error),
    /// The play could not begin.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// A slot was named that there is not, or that cannot be.
    #[error("slot `{name}`: {why}")]
    Slot {
        /// The name.
        name: String,
        /// What is wrong.
        why: String,
    },
}

const KEPT: &str = "It comes back with an edit that has room for it, unless you choose first.";

/// What is said behind the last ending: a reader may want the last choice back.
const THE_END: &str = "(This is the end. `undo` takes your last choice back; Enter leaves.)";

/// Plays until the end of input, `quit`, or an empty line behind the last ending.
///
/// # Errors
/// [`Trouble`] if it cannot begin, or a line cannot be read or written.
pub fn run(setup: Setup<'_>, input: &mut dyn BufRead, out: &mut dyn Write) -> Result<(), Trouble> {
    let out = &mut Lines::new(out, setup.shape);
    let mut session = Session { setup, told: 0, rewritten: 0, asked: None };
    let outcome = session.play(input, out);
    session.setup.desk.leave();
    if let Some(fault) = session.setup.desk.fault() {
        // Whoever reads this may be gone.
        let _ = paragraph(out, &format!("(not saved: {fault})"));
    }
    match outcome {
        // Whoever read our lines has gone: there is nobody left to tell.
        Err(Trouble::Pipe(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

struct Session<'a> {
    setup: Setup<'a>,
    /// Blocks already written.
    told: usize,
    rewritten: u64,
    /// What the same words once more do.
    asked: Option<Asked>,
}

/// What is done when it is asked for twice.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    /// Write over this slot.
    Replace(String),
    /// Remove this one.
    Remove(String),
}

/// What a line led to.
enum Next {
    /// The page, then the prompt.
    Page,
    /// The prompt alone.
    Prompt,
    Leave,
}

impl Session<'_> {
    fn play(&mut self, input: &mut dyn BufRead, out: &mut Lines<'_>) -> Result<(), Trouble> {
        for fault in self.setup.desk.cautions() {
            paragraph(out, &format!("({fault})"))?;
            writeln!(out)?;
        }
        if let Some(chapter) = self.setup.chapter.clone() {
            self.begin(&chapter)?;
        } else if self.setup.desk.sitting().is_some() {
            writeln!(out, "({PRACTICE})\n")?;
        } else if let Some(name) = self.setup.slot.clone() {
            let slot: Slot = name.parse().map_err(|_| Trouble::Slot {
                name: name.clone(),
                why: "a slot's name has 1 to 32 of a-z, 0-9, _ and -".to_owned(),
            })?;
            for note in self.setup.desk.open(&slot, self.setup.reader, (self.setup.clock)())? {
                paragraph(out, &format!("({note})"))?;
                writeln!(out)?;
            }
            self.tell_newest();
        } else if !self.choose_a_part(input, out)? {
            return Ok(());
        }
        let mut next = Next::Page;
        loop {
            match next {
                Next::Page => {
                    self.tell(out)?;
                    if self.over() {
                        paragraph(out, THE_END)?;
                    } else if let Some(sitting) = self.setup.desk.sitting() {
                        offered(out, sitting, self.setup.locked)?;
                        if sitting.picks().iter().all(|p| p.locked.is_some()) {
                            writeln!(out, "There is no way on from here. Try `undo`.\n")?;
                        }
                    }
                }
                Next::Prompt => {}
                Next::Leave => return Ok(out.flush()?),
            }
            // The prompt is a promise that every choice before it is on the disk, or that the player was told.
            out.flush()?;
            self.setup.desk.flush();
            if let Some(fault) = self.setup.desk.fault() {
                paragraph(out, &format!("(not saved: {fault})"))?;
            }
            next = match ask(input, out)? {
                Some(line) => self.answer(&line, out)?,
                None => Next::Leave,
            };
        }
    }

    /// The title, and which part to play. Answers whether one was begun.
    fn choose_a_part(&mut self, input: &mut dyn BufRead, out: &mut Lines<'_>) -> Result<bool, Trouble> {
        let world = self.setup.world;
        writeln!(out, "{}\n", world.title.to_uppercase())?;
        let chapters: Vec<_> = world.order.iter().filter_map(|id| (self.setup.desk.chapters())(id)).collect();
        if let (Some(note), Some(chapter)) = (&world.note, chapters.first()) {
            lookup::text(out, note, chapter)?;
        }
        let latest = self.setup.desk.latest((self.setup.clock)());
        let mut number = 0;
        if let Some(Ok(summary)) = latest.as_ref().map(|e| &e.summary) {
            number += 1;
            let parts =
                [Some(summary.chapter_title.as_str()), summary.moment.place.as_deref(), summary.moment.date.as_deref()];
            let place = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
            paragraph(out, &format!("{number}. Go on: {place}"))?;
        }
        for chapter in &chapters {
            number += 1;
            paragraph(out, &format!("{number}. Begin {}", chapter.title))?;
        }
        writeln!(out)?;
        while let Some(line) = ask(input, out)? {
            let picked = match Command::read(&line) {
                Command::Number(n) if (1..=number).contains(&n) => n,
                Command::Quit => return Ok(false),
                Command::Load(name) if !name.is_empty() => match self.load(&name, out)? {
                    Next::Page => return Ok(true),
                    Next::Prompt | Next::Leave => continue,
                },
                Command::Help => {
                    help(TITLE_HELP, out)?;
                    continue;
                }
                command => {
                    if !self.aside(command, out)? {
                        writeln!(out, "A number from 1 to {number}, `load NAME`, or `help`.")?;
                    }
                    continue;
                }
            };
            match (&latest, picked) {
                (Some(entry), 1) => match self.load(entry.slot.as_str(), out)? {
                    Next::Page => return Ok(true),
                    Next::Prompt | Next::Leave => {}
                },
                (found, n) => {
                    let at = n - 1 - usize::from(found.is_some());
                    self.begin(&chapters[at].id)?;
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn begin(&mut self, id: &str) -> Result<(), Trouble> {
        let seed = self.setup.seed.unwrap_or_else(seed::fresh);
        let given = match (self.setup.desk.chapters())(id) {
            Some(chapter) => self.setup.desk.carried_into(&chapter),
            None => Vec::new(),
        };
        let now = (self.setup.clock)();
        Ok(self.setup.desk.begin(id, None, seed, &given, self.setup.reader, now)?)
    }

    /// Whether the last ending is told, and nothing is left to choose.
    fn over(&self) -> bool {
        self.setup.desk.sitting().is_some_and(|sitting| sitting.over())
    }

    /// The newest page is to be told again, and nothing before it.
    fn tell_newest(&mut self) {
        if let Some(sitting) = self.setup.desk.sitting() {
            let transcript = sitting.transcript();
            (self.told, self.rewritten) = (transcript.newest(), transcript.rewritten());
        }
    }

    /// Writes what has been told since the last time.
    fn tell(&mut self, out: &mut Lines<'_>) -> io::Result<()> {
        let Some(sitting) = self.setup.desk.sitting() else { return Ok(()) };
        let transcript = sitting.transcript();
        if self.rewritten != transcript.rewritten() || self.told > transcript.blocks().len() {
            (self.told, self.rewritten) = (transcript.newest(), transcript.rewritten());
        }
        told(out, self.setup.world, &transcript.blocks()[self.told..])?;
        self.told = transcript.blocks().len();
        Ok(())
    }

    /// Answers what has nothing to do with the page: slots, endings, settings. Says whether it was that.
    fn aside(&mut self, command: Command, out: &mut Lines<'_>) -> io::Result<bool> {
        let asked = self.asked.take();
        match command {
            Command::Slots => self.slots(out)?,
            Command::Endings => lookup::endings(
                &found::all(self.setup.world, self.setup.desk.chapters(), self.setup.desk.known()),
                self.setup.world,
                self.setup.desk.chapters(),
                out,
            )?,
            Command::Settings(wanted) => self.settings(wanted, out)?,
            Command::Delete(name) => self.delete(&name, asked, out)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Removes a slot that was asked for twice.
    fn delete(&mut self, name: &str, asked: Option<Asked>, out: &mut Lines<'_>) -> io::Result<()> {
        let slot = match name.parse::<Slot>() {
            Ok(slot) => slot,
            Err(fault) => return paragraph(out, &format!("Not removed: {fault}")),
        };
        let there = self.setup.desk.slots().is_ok_and(|slots| slots.iter().any(|entry| entry.slot == slot));
        if !there {
            return paragraph(out, &format!("There is no save `{slot}`; `slots` lists them."));
        }
        if asked != Some(Asked::Remove(name.to_owned())) {
            self.asked = Some(Asked::Remove(name.to_owned()));
            return paragraph(out, &format!("`delete {slot}` once more removes it for good."));
        }
        match self.setup.desk.remove(&slot) {
            Ok(()) => writeln!(out, "Removed `{slot}`."),
            Err(fault) => paragraph(out, &format!("Not removed: {fault}")),
        }
    }

    /// Saves; over a save of the player's own only if asked for twice.
    fn save(&mut self, name: &str, asked: Option<Asked>, now: Now, out: &mut Lines<'_>) -> io::Result<()> {
        let taken = self.setup.desk.slots().unwrap_or_default().into_iter().find(|entry| entry.slot.as_str() == name);
        let named = taken.filter(|entry| entry.slot.kind() == Kind::Named);
        if let Some(entry) = named.filter(|_| asked != Some(Asked::Replace(name.to_owned()))) {
            self.asked = Some(Asked::Replace(name.to_owned()));
            hanging(out, &format!("{}: ", entry.slot), &stands(&entry))?;
            return paragraph(out, &format!("`save {name}` once more writes over it."));
        }
        match self.setup.desk.save(name, now) {
            Ok(slot) => writeln!(out, "Saved as `{slot}`."),
            Err(problem) => paragraph(out, &format!("Not saved: {problem}")),
        }
    }

    /// How what can be set stands, once one of it is set.
    fn settings(&mut self, wanted: Option<(String, String)>, out: &mut Lines<'_>) -> io::Result<()> {
        let mut settings = self.setup.desk.store().settings().0;
        if let Some((name, value)) = wanted {
            let on = match value.as_str() {
                "on" | "yes" => true,
                "off" | "no" => false,
                _ => return writeln!(out, "`on` or `off`, as in `gentle on`."),
            };
            match name.as_str() {
                "gentle" => settings.gentle = on,
                "locked" => settings.locked = on,
                _ => return writeln!(out, "Here `gentle` and `locked` can be set."),
            }
            self.setup.reader.gentle = settings.gentle;
            self.setup.locked = settings.locked;
            if let Some(sitting) = self.setup.desk.sitting_mut() {
                sitting.set_reader(self.setup.reader);
            }
            if let Err(fault) = self.setup.desk.keep_settings(&settings) {
                paragraph(out, &format!("(not kept: {fault})"))?;
            }
        }
        let word = |on: bool| if on { "on" } else { "off" };
        paragraph(
            out,
            &format!("gentle {}: the milder words, where the story has them", word(self.setup.reader.gentle)),
        )?;
        paragraph(
            out,
            &format!("locked {}: choices that cannot be taken are shown, with the reason", word(self.setup.locked)),
        )
    }

    fn answer(&mut self, line: &str, out: &mut Lines<'_>) -> Result<Next, Trouble> {
        let now = (self.setup.clock)();
        let asked = self.asked.take();
        match Command::read(line) {
            Command::Number(n) => return self.number(n, out),
            Command::Look => {
                self.tell_newest();
                return Ok(Next::Page);
            }
            Command::Undo => {
                if self.setup.desk.undo(now) {
                    writeln!(out, "(taken back)\n")?;
                    return Ok(Next::Page);
                }
                writeln!(out, "There is nothing to take back.")?;
            }
            Command::Redo => {
                if self.setup.desk.redo(now) {
                    return Ok(Next::Page);
                }
                writeln!(out, "There is nothing to do again.")?;
            }
            Command::Jump(step) => {
                let made = self.setup.desk.sitting().map_or(0, |sitting| sitting.past().len());
                if step > made {
                    writeln!(out, "There are {made} choices to stand after; `history` lists them.")?;
                    return Ok(Next::Prompt);
                }
                self.setup.desk.jump(step, now);
                self.tell_newest();
                return Ok(Next::Page);
            }
            Command::Save(name) if name.is_empty() => {
                writeln!(out, "Not saved: a save needs a name, as in `save before-the-gate`.")?;
            }
            Command::Save(name) => self.save(&name, asked, now, out)?,
            Command::Load(name) => return self.load(&name, out),
            command @ (Command::Slots | Command::Endings | Command::Settings(_) | Command::Delete(_)) => {
                self.asked = asked;
                self.aside(command, out)?;
            }
            Command::Lookup(lookup) => {
                if let Some(sitting) = self.setup.desk.sitting() {
                    lookup::answer(&lookup, sitting, &self.setup.desk.known().codex, out)?;
                }
            }
            Command::History => self.history(out)?,
            Command::Reload => return self.reload(out),
            Command::Help => help(HELP, out)?,
            Command::Quit => return Ok(Next::Leave),
            Command::Nothing if self.over() => return Ok(Next::Leave),
            Command::Nothing => {}
            Command::Unknown(line) => {
                paragraph(out, &format!("`{line}` is nothing known here. `help` lists what is."))?;
            }
        }
        Ok(Next::Prompt)
    }

    fn number(&mut self, n: usize, out: &mut Lines<'_>) -> Result<Next, Trouble> {
        let Some(sitting) = self.setup.desk.sitting() else { return Ok(Next::Leave) };
        let open: Vec<PickKind> = sitting.picks().into_iter().filter(|p| p.locked.is_none()).map(|p| p.kind).collect();
        match n.checked_sub(1).and_then(|at| open.get(at)) {
            Some(pick) => {
                self.setup.desk.choose(pick, (self.setup.clock)())?;
                Ok(Next::Page)
            }
            None if self.over() => {
                paragraph(out, THE_END)?;
                Ok(Next::Prompt)
            }
            None => {
                writeln!(out, "The choices are 1 to {}.", open.len())?;
                Ok(Next::Prompt)
            }
        }
    }

    fn load(&mut self, name: &str, out: &mut Lines<'_>) -> Result<Next, Trouble> {
        let opened = match name.parse::<Slot>() {
            Ok(slot) => self.setup.desk.open(&slot, self.setup.reader, (self.setup.clock)()),
            Err(fault) => Err(Problem::Save(fault)),
        };
        match opened {
            Ok(notes) => {
                for note in notes {
                    paragraph(out, &format!("({note})"))?;
                }
                self.tell_newest();
                Ok(Next::Page)
            }
            Err(problem) => {
                paragraph(out, &format!("Not loaded: {problem}"))?;
                Ok(Next::Prompt)
            }
        }
    }

    fn reload(&mut self, out: &mut Lines<'_>) -> Result<Next, Trouble> {
        let Some(read) = self.setup.reload else {
            writeln!(out, "The story is inside the program. Start with `--story DIR` to play one that can change.")?;
            return Ok(Next::Prompt);
        };
        match read() {
            Ok(chapters) => {
                let lost = self.setup.desk.reload(chapters, (self.setup.clock)())?;
                let gone = match lost {
                    0 => String::new(),
                    1 => format!("; your last choice is not in it. {KEPT}"),
                    n => format!("; what came of your last {n} choices is not in it. {KEPT}"),
                };
                paragraph(out, &format!("(the story was read again{gone})"))?;
                writeln!(out)?;
                self.tell_newest();
                Ok(Next::Page)
            }
            Err(report) => {
                writeln!(out, "{report}")?;
                writeln!(out, "The game goes on with the story as it was.")?;
                Ok(Next::Prompt)
            }
        }
    }

    fn slots(&self, out: &mut Lines<'_>) -> io::Result<()> {
        let slots = match self.setup.desk.slots() {
            Ok(slots) => slots,
            Err(fault) => return paragraph(out, &fault.to_string()),
        };
        if slots.is_empty() {
            writeln!(out, "Nothing is saved yet.")?;
        }
        for entry in slots {
            hanging(out, &format!("{}: ", entry.slot), &stands(&entry))?;
        }
        Ok(())
    }

    fn history(&self, out: &mut Lines<'_>) -> io::Result<()> {
        let Some(sitting) = self.setup.desk.sitting() else { return Ok(()) };
        for (at, past) in sitting.past().iter().enumerate() {
            let mark = if past.undone { " (undone)" } else { "" };
            paragraph(out, &format!("{}. {}{mark}", at + 1, past.words))?;
        }
        if sitting.past().is_empty() {
            writeln!(out, "You have chosen nothing yet.")?;
        }
        Ok(())
    }
}

/// A slot in a sentence: where it stands, how long was played, when it was saved.
fn stands(entry: &Entry) -> String {
    match &entry.summary {
        Ok(s) => {
            let m = &s.moment;
            let parts = [Some(s.chapter_title.as_str()), m.place.as_deref(), m.date.as_deref()];
            let place = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
            format!("{place}; played {}; saved {}", stamp::length(m.played), stamp::utc(m.saved))
        }
        Err(fault) => format!("cannot be read: {fault}"),
    }
}

/// What may be typed, a line or two each.
fn help(rows: &[(&str, &str)], out: &mut Lines<'_>) -> io::Result<()> {
    rows.iter().try_for_each(|(words, what)| hanging(out, &format!("{words:<14} "), what))
}

/// Writes the prompt and reads a line; `None` at the end of input.
pub(super) fn ask(input: &mut dyn BufRead, out: &mut Lines<'_>) -> io::Result<Option<String>> {
    /// A longer line is no answer to anything.
    const LONGEST: u64 = 4096;
    out.prompt()?;
    let mut line = Vec::new();
    let read = io::Read::take(&mut *input, LONGEST).read_until(b'\n', &mut line)?;
    if read == 0 {
        writeln!(out)?;
        return Ok(None);
    }
    if !line.ends_with(b"\n") && read as u64 == LONGEST {
        input.skip_until(b'\n')?;
    }
    Ok(Some(String::from_utf8_lossy(&line).into_owned()))
}
