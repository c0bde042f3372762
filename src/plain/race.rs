//! A run at a prompt: the page, its choices, and what the clock says of it.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Write};

use crate::engine::log::hex;
use crate::play::run::{Runner, Stage, Won, key_of};
use crate::play::sitting::Trouble as Refused;
use crate::speedrun::clock::{difference, written};
use crate::speedrun::{Note, Reading};

use super::command::Command;
use super::lines::{Lines, Shape};
use super::lookup;
use super::page::{offered, paragraph, told};
use super::session::ask;

/// Why a run at a prompt stopped before its time.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A line could not be read or written.
    #[error("cannot go on: {0}")]
    Pipe(#[from] io::Error),
    /// The play could not go on.
    #[error(transparent)]
    Play(#[from] Refused),
}

/// What may be typed: words, what they do in a run, and in practice.
const HELP: &[(&str, Option<&str>, Option<&str>)] = &[
    ("1, 2, 3 ...", Some("choose; there is no undo"), Some("choose")),
    ("back, forward", None, Some("a choice back, or on again")),
    ("mark, return", None, Some("mark this page, and come back to it")),
    ("luck high", None, Some("`high`, `low`, `seed`, or faces `3,0,5`")),
    ("loop", None, Some("back to the mark at the next split")),
    ("look", Some(LOOK), Some(LOOK)),
    ("splits", Some(SPLITS), Some(SPLITS)),
    ("stats", Some(STATS), Some(STATS)),
    ("pause", Some("stop game time; real time goes on"), Some("stop the clock")),
    ("reset", Some("give this attempt up and begin the next at once"), None),
    ("new", Some("the same, on a new seed"), None),
    ("quit", Some("leave; what was begun counts as an attempt"), Some("leave")),
];
const LOOK: &str = "read the page again";
const SPLITS: &str = "the splits so far, and the time";
const STATS: &str = "how things stand; `inventory`, `map` and `codex WORD` too";

/// Runs until the goal is reached, the story ends, the input ends, or `quit`.
///
/// # Errors
/// [`Trouble`] if a line cannot be read or written.
pub fn run(
    runner: &mut Runner,
    clock: &dyn Fn() -> Reading,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
    shape: Shape,
) -> Result<(), Trouble> {
    let out = &mut Lines::new(out, shape);
    let outcome = Race { runner, clock, told: 0 }.run(input, out);
    runner.leave();
    if let Some(fault) = runner.fault() {
        // Whoever reads this may be gone.
        let _ = paragraph(out, &format!("(not kept: {fault})\n"));
    }
    match outcome {
        Err(Trouble::Pipe(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

struct Race<'a> {
    runner: &'a mut Runner,
    clock: &'a dyn Fn() -> Reading,
    /// Blocks already written.
    told: usize,
}

impl Race<'_> {
    fn run(&mut self, input: &mut dyn BufRead, out: &mut Lines<'_>) -> Result<(), Trouble> {
        self.head(out)?;
        if ask(input, out)?.is_none() {
            return Ok(());
        }
        self.runner.begin((self.clock)());
        self.page(out)?;
        while let Some(line) = ask(input, out)? {
            let now = (self.clock)();
            match line.trim() {
                "" if self.runner.stage() == Stage::Paused => {
                    self.runner.pause(now);
                    self.page(out)?;
                }
                "" => {}
                "pause" => {
                    self.runner.pause(now);
                    let paused = self.runner.stage() == Stage::Paused;
                    writeln!(out, "{}", if paused { "(paused; Enter goes on)\n" } else { "" })?;
                }
                word @ ("reset" | "new") => {
                    self.runner.reset(word == "new", now)?;
                    self.told = 0;
                    let (seed, source) = self.runner.seed();
                    writeln!(out, "(attempt {}, seed {seed}, {source})\n", self.runner.number())?;
                    self.page(out)?;
                }
                "splits" => self.splits(out)?,
                word if self.runner.drill().is_some() && self.drill(word, now, out)? => {}
                word => match Command::read(word) {
                    Command::Quit => return Ok(out.flush()?),
                    command => self.command(&command, now, out)?,
                },
            }
            match self.runner.stage() {
                Stage::Won | Stage::Lost if self.runner.drill().is_some() => {
                    writeln!(out, "(it is over; `back` or `return`)")?;
                }
                Stage::Won => return Ok(self.card(out)?),
                Stage::Lost => {
                    writeln!(out, "The goal was not reached: {}", self.runner.category().run().about)?;
                    if let Some(name) = self.runner.lost() {
                        writeln!(out, "replay     {name}")?;
                    }
                    return Ok(out.flush()?);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Does what is asked for in a story as well.
    fn command(&mut self, command: &Command, now: Reading, out: &mut Lines<'_>) -> Result<(), Trouble> {
        if self.runner.stage() == Stage::Paused && *command != Command::Help {
            // Behind a pause nothing is seen, so nothing can be done.
            return Ok(writeln!(out, "(paused; Enter goes on)")?);
        }
        match command {
            Command::Number(number) => self.choose(*number, now, out)?,
            Command::Look => {
                self.told = self.runner.sitting().transcript().newest();
                self.page(out)?;
            }
            Command::Lookup(lookup) => {
                lookup::answer(lookup, self.runner.sitting(), &BTreeSet::new(), out)?;
            }
            Command::Help => {
                let practice = self.runner.drill().is_some();
                for (words, run, drill) in HELP {
                    if let Some(what) = if practice { drill } else { run } {
                        writeln!(out, "{words:<14} {what}")?;
                    }
                }
            }
            Command::Undo | Command::Redo | Command::Jump(_) if self.runner.drill().is_none() => {
                writeln!(out, "Nothing is taken back in a run. `reset` begins the next attempt.")?;
            }
            Command::Undo | Command::Redo | Command::Jump(_) => {
                writeln!(out, "In practice that is `back`, `forward` and `return`.")?;
            }
            Command::Save(_) | Command::Load(_) | Command::Slots | Command::Delete(_) => {
                writeln!(out, "A run is not saved; its replay is kept when it is won.")?;
            }
            Command::Endings
            | Command::Settings(_)
            | Command::History
            | Command::Reload
            | Command::Quit
            | Command::Nothing
            | Command::Unknown(_) => {
                paragraph(out, "That is nothing known in a run. `help` lists what is.")?;
            }
        }
        Ok(())
    }

    /// Does what a word of practice asks; answers whether it is one.
    fn drill(&mut self, line: &str, now: Reading, out: &mut Lines<'_>) -> Result<bool, Trouble> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "back" => self.runner.back(),
            "forward" => self.runner.forward(),
            "return" => self.runner.to_mark(now),
            "mark" => self.runner.mark(now),
            "luck" | "loop" => {
                let Some(drill) = self.runner.drill_mut() else { return Ok(false) };
                match (word, rest.trim().parse()) {
                    ("loop", _) => drill.repeats = !drill.repeats,
                    (_, Ok(luck)) => drill.luck = luck,
                    (_, Err(why)) => writeln!(out, "{why}")?,
                }
                let repeats = if drill.repeats { "on" } else { "off" };
                writeln!(out, "(luck {}; loop {repeats})\n", drill.luck)?;
                return Ok(true);
            }
            _ => return Ok(false),
        }
        self.told = self.runner.sitting().transcript().newest();
        self.page(out)?;
        Ok(true)
    }

    fn head(&self, out: &mut Lines<'_>) -> io::Result<()> {
        let category = self.runner.category();
        let (run, (seed, source)) = (category.run(), self.runner.seed());
        writeln!(out, "{}\n", run.title.to_uppercase())?;
        paragraph(out, &run.about)?;
        writeln!(out, "\nseed     {seed} ({source})")?;
        writeln!(out, "rules    {}", hex(&category.chapter().rules()[..4]))?;
        match self.runner.drill() {
            None => writeln!(out, "attempt  {}", self.runner.number())?,
            Some(drill) => writeln!(out, "practice {drill}")?,
        }
        for link in self.runner.links() {
            writeln!(out, "{}: {link}", link.name())?;
        }
        if let Some(best) = self.runner.board().best().and_then(|best| best.finish.as_ref()) {
            writeln!(out, "best     {}", written(best.real))?;
        }
        if self.runner.recovered() > 0 {
            writeln!(out, "\n(an attempt that was cut off is counted, as far as it got)")?;
        }
        writeln!(out, "\nEnter starts the clock.")
    }

    /// What was told since the last page, the splits that were passed, and the choices.
    fn page(&mut self, out: &mut Lines<'_>) -> io::Result<()> {
        self.runner.remark(Note::Prompt);
        let sitting = self.runner.sitting();
        let blocks = sitting.transcript().blocks();
        told(out, sitting.world(), &blocks[self.told.min(blocks.len())..])?;
        self.told = blocks.len();
        for &split in self.runner.passed() {
            writeln!(out, "({})\n", self.split(split).trim_end())?;
        }
        let ghost = self.runner.ghost().at(self.runner.sitting().steps() + 1);
        if let Some((drill, step)) = self.runner.drill().zip(ghost) {
            let best = drill.best.map(|ms| format!("; segment best {}", written(ms))).unwrap_or_default();
            paragraph(out, &format!("(practice; the best chooses: {}{best})\n", step.words))?;
        }
        if let Some(fault) = self.runner.fault() {
            paragraph(out, &format!("(not kept: {fault})\n"))?;
        }
        if self.runner.stage() == Stage::Running {
            offered(out, sitting, true)?;
        }
        Ok(())
    }

    fn choose(&mut self, number: usize, now: Reading, out: &mut Lines<'_>) -> Result<(), Trouble> {
        let open: Vec<_> = self.runner.sitting().picks().into_iter().filter(|p| p.locked.is_none()).collect();
        let key = number.checked_sub(1).and_then(|at| open.get(at)).and_then(|pick| key_of(&pick.kind));
        match key {
            Some(key) => {
                self.runner.choose(key, now)?;
                Ok(self.page(out)?)
            }
            None => Ok(writeln!(out, "The choices are 1 to {}.", open.len())?),
        }
    }

    fn split(&self, at: usize) -> String {
        let title = &self.runner.category().splits()[at].title;
        let Some(mark) = self.runner.splits().marks()[at] else {
            let skipped = if at < self.runner.splits().current() { "skipped" } else { "-" };
            return format!("{title:<24} {skipped}");
        };
        let compared = self.runner.board().compare(self.runner.splits(), at);
        let delta = compared.delta.map(difference).unwrap_or_default();
        format!("{title:<24} {:>11} {delta:>11} {}", written(mark.real), compared.word())
    }

    fn splits(&mut self, out: &mut Lines<'_>) -> io::Result<()> {
        for at in 0..self.runner.category().splits().len() {
            writeln!(out, "{}", self.split(at).trim_end())?;
        }
        let times = self.runner.tick((self.clock)());
        writeln!(out, "{:<24} {:>11}", "now", written(times.real))
    }

    fn card(&mut self, out: &mut Lines<'_>) -> io::Result<()> {
        self.splits(out)?;
        let category = self.runner.category();
        let Some(won) = self.runner.won() else { return out.flush() };
        let Won { attempt, seal, verdict, path } = won;
        let Some(finish) = &attempt.finish else { return out.flush() };
        writeln!(out, "\n{}", category.run().title.to_uppercase())?;
        writeln!(out, "real time  {}", written(finish.real))?;
        writeln!(out, "game time  {}", written(finish.game))?;
        writeln!(out, "choices    {}", finish.turns)?;
        if let (Some(what), Some(score)) = (category.counts(), finish.score) {
            writeln!(out, "{:<10} {score}", what.to_lowercase())?;
        }
        if let Some(medal) = self.runner.medal() {
            writeln!(out, "medal      {}", medal.name())?;
        }
        writeln!(out, "seed       {} ({})", attempt.seed, attempt.source)?;
        writeln!(out, "seal       {seal}")?;
        writeln!(out, "verdict    {} {verdict}", verdict.word())?;
        match path {
            Some(path) => writeln!(out, "replay     {}", path.display())?,
            None => writeln!(out, "replay     not kept")?,
        }
        out.flush()
    }
}
