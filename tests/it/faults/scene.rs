//! What is done while the disk fails, and what must be true after it.

use std::path::Path;

use taiyuan::saves::{Slot, Store};
use taiyuan::speedrun::Replay;

#[cfg(feature = "tui")]
use super::screen;
use super::trace::{Blow, Point, Program, Ran};

/// Something that writes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scene {
    /// Choices that save themselves.
    Autosave,
    /// A new game over the autosave of another.
    NewGame,
    /// A save in the quick slot over an older one.
    Quick,
    /// An ending found again.
    Profile,
    /// A run that is won.
    Run,
    /// Settings that are changed.
    #[cfg(feature = "tui")]
    Settings,
}

impl Scene {
    pub(super) const ALL: &[Self] = &[
        Self::Autosave,
        Self::NewGame,
        Self::Quick,
        Self::Profile,
        Self::Run,
        #[cfg(feature = "tui")]
        Self::Settings,
    ];

    /// What is typed while the disk fails.
    fn input(self) -> &'static str {
        match self {
            Self::Autosave => "1\n1\nundo\n1\n1\n",
            Self::NewGame => "1\n1\n",
            Self::Quick => "1\nsave quick\n1\nsave quick\n1\n",
            Self::Profile => "1\n2\n",
            Self::Run => "\n1\n1\n2\n",
            #[cfg(feature = "tui")]
            Self::Settings => "",
        }
    }

    fn args(self, story: &str) -> Vec<&str> {
        match self {
            Self::Autosave | Self::NewGame | Self::Profile => {
                vec!["play", "--plain", "--story", story, "--chapter", "watch", "--seed", "1"]
            }
            #[cfg(feature = "tui")]
            Self::Settings => vec!["play", "--plain", "--story", story, "--chapter", "watch"],
            Self::Quick => vec!["play", "--plain", "--story", story, "--slot", "quick"],
            Self::Run => vec!["run", "away", "--plain", "--story", story],
        }
    }

    /// What was done in the folder before, undisturbed.
    pub(super) fn prepare(self, story: &str, saves: &Path) {
        let play = |seed: &str, input: &str| {
            let args = ["play", "--plain", "--story", story, "--chapter", "watch", "--seed", seed];
            assert_eq!(Program { args: &args, saves, input }.run().code, Some(0));
        };
        match self {
            Self::Autosave => {}
            Self::NewGame => play("2", "1\n1\n1\n"),
            Self::Quick => play("1", "1\n1\nsave quick\n"),
            Self::Profile => play("1", "2\n"),
            Self::Run => {
                let args = self.args(story);
                assert_eq!(Program { args: &args, saves, input: self.input() }.run().code, Some(0));
            }
            #[cfg(feature = "tui")]
            Self::Settings => screen::prepare(saves),
        }
    }

    /// Every point at which it could be struck.
    pub(super) fn points(self, story: &str, saves: &Path) -> Vec<Point> {
        match self {
            #[cfg(feature = "tui")]
            Self::Settings => screen::all_points(story, saves),
            _ => Program { args: &self.args(story), saves, input: self.input() }.points(),
        }
    }

    /// Does it and strikes at a point.
    pub(super) fn struck(self, story: &str, saves: &Path, point: &Point, blow: Blow) -> Ran {
        match self {
            #[cfg(feature = "tui")]
            Self::Settings => screen::struck(story, saves, point, blow),
            _ => Program { args: &self.args(story), saves, input: self.input() }.struck(point, blow),
        }
    }

    /// Judges what was told by what is there. Answers it in a word, or what is wrong.
    pub(super) fn judge(self, story: &str, saves: &Path, blow: Blow, ran: &Ran) -> Result<&'static str, String> {
        if ran.hangs {
            return Err("it does not end".to_owned());
        }
        match (ran.code, blow) {
            (None, Blow::Kill) | (Some(0), _) => {}
            // The standard library falls over when a folder it has listed cannot be closed. No system does that.
            (Some(101), _) if ran.out.contains("unexpected error during closedir") => {}
            (code, _) => return Err(format!("it ended with {code:?}")),
        }
        match self {
            Self::Autosave => autosave(saves, ran, &[0, 1, 2, 1, 2, 3])?,
            Self::NewGame => new_game(saves, ran)?,
            Self::Quick => {
                autosave(saves, ran, &[2, 3, 3, 4, 4, 5])?;
                quick(saves, ran)?;
            }
            #[cfg(feature = "tui")]
            Self::Settings => screen::judge(saves, ran)?,
            Self::Profile | Self::Run => {}
        }
        let Ran { out: after, code, .. } = self.start_again(story, saves);
        if code != Some(0) || after.contains("not saved") || after.contains("not kept") {
            return Err(format!("the next start says {after}"));
        }
        match self {
            Self::Profile => profile(saves, blow, ran)?,
            Self::Run => run(saves, ran)?,
            _ => {}
        }
        litter(saves)?;
        let told = ["not saved", "Not saved", "not kept", "cannot"].iter().any(|words| ran.out.contains(words));
        Ok(match (ran.code, told) {
            (None, _) => "dead, kept",
            (Some(_), true) => "told",
            (Some(_), false) => "kept",
        })
    }

    /// The next start in the folder.
    fn start_again(self, story: &str, saves: &Path) -> Ran {
        let args = match self {
            Self::Run => self.args(story),
            _ if Store::at(saves).load(&Slot::auto()).is_ok() => {
                vec!["play", "--plain", "--story", story, "--slot", "auto"]
            }
            _ => vec!["play", "--plain", "--story", story, "--chapter", "watch"],
        };
        Program { args: &args, saves, input: "" }.run()
    }
}

/// How many choices a slot holds.
fn steps(saves: &Path, slot: &Slot) -> Option<usize> {
    let opened = Store::at(saves).load(slot).ok()?;
    Some(opened.save.log.legs.iter().map(|leg| leg.steps.len()).sum())
}

/// What was told before each prompt.
fn prompts(out: &str) -> Vec<String> {
    let mut parts: Vec<String> = out.split("\n> ").map(str::to_owned).collect();
    parts.pop();
    parts
}

/// The choices that stand at each prompt are in the autosave, unless the prompt said that they are not.
fn autosave(saves: &Path, ran: &Ran, made: &[usize]) -> Result<(), String> {
    let prompts = prompts(&ran.out);
    let reported = prompts.iter().zip(made).rev().find(|(prompt, _)| !prompt.contains("(not saved: "));
    let reported = reported.map_or(0, |(_, made)| *made);
    let last = made.get(prompts.len().saturating_sub(1)).copied().unwrap_or_default();
    let highest = made.iter().copied().take(prompts.len() + 1).max().unwrap_or_default();
    let kept = steps(saves, &Slot::auto());
    let fits = match kept {
        None => reported == made[0],
        Some(kept) if ran.code.is_some() => kept == reported || kept == last,
        Some(kept) => (reported.min(made[prompts.len().min(made.len() - 1)])..=highest).contains(&kept),
    };
    fits.then_some(()).ok_or_else(|| format!("{reported} choices were reported saved, {kept:?} are kept"))
}

/// Either the game before is still the autosave, or it is a backup.
fn new_game(saves: &Path, ran: &Ran) -> Result<(), String> {
    let store = Store::at(saves);
    let seeds =
        |slot: &str| store.load(&slot.parse().unwrap()).ok().map(|opened| (opened.save.log.seed, opened.save.log));
    let before = ["auto", "auto-1"].into_iter().filter_map(seeds);
    if !before.clone().any(|(seed, log)| seed == 2 && log.legs[0].steps.len() == 3) {
        return Err("the game before is lost".to_owned());
    }
    let new = seeds("auto").filter(|(seed, _)| *seed == 1).map_or(0, |(_, log)| log.legs[0].steps.len());
    let prompts = prompts(&ran.out);
    let reported = prompts.iter().rposition(|prompt| !prompt.contains("(not saved: ")).unwrap_or_default();
    (new >= reported).then_some(()).ok_or_else(|| format!("{reported} choices were reported saved, {new} are kept"))
}

/// The quick slot holds what was last said to be saved in it, and what was said not to be is not there.
fn quick(saves: &Path, ran: &Ran) -> Result<(), String> {
    let told: Vec<&str> =
        ran.out.lines().filter_map(|l| l.find("aved as ").or(l.find("Not saved: ")).map(|at| &l[at..])).collect();
    let mut answers = [3, 4].into_iter().zip(&told);
    let reported = answers.rfind(|(_, told)| told.starts_with("aved")).map_or(2, |(steps, _)| steps);
    let unsure = told.last().is_some_and(|told| told.contains("would not confirm"));
    let kept = steps(saves, &Slot::quick()).ok_or("the quick slot cannot be loaded")?;
    let wanted = match ran.code {
        Some(_) if !unsure => reported..=reported,
        _ => reported..=4,
    };
    wanted
        .contains(&kept)
        .then_some(())
        .ok_or_else(|| format!("{reported} was reported saved, {kept} is there: {told:?}"))
}

/// What was found before is there, and what was found now, unless the player was told that it is not.
fn profile(saves: &Path, blow: Blow, ran: &Ran) -> Result<(), String> {
    let (profile, fault) = Store::at(saves).profile();
    let known = profile.of("long").cloned().unwrap_or_default();
    let times = known.endings.get("watch/over").map_or(0, |found| found.times);
    let told = ran.code == Some(101) || ran.out.contains("(not saved: ");
    let least = if blow == Blow::Kill || told { 1 } else { 2 };
    if fault.is_some() || times < least || known.plays < least {
        return Err(format!("{} plays and {times} endings are known; {fault:?}", known.plays));
    }
    Ok(())
}

/// Every choice that was seen is in a replay, and a run that was won is one that can be verified.
fn run(saves: &Path, ran: &Ran) -> Result<(), String> {
    let store = Store::at(saves);
    let seen = prompts(&ran.out).len().saturating_sub(2) + ran.out.matches("verdict").count();
    let attempts = store.attempts("long-watch-away").map_err(|fault| fault.to_string())?.unwrap_or_default();
    let names = std::fs::read_dir(saves.join("replays")).unwrap().map(|entry| entry.unwrap().path());
    let replays: Vec<Replay> = names
        .filter(|path| path.extension().is_some_and(|end| end == "replay"))
        .map(|path| {
            Replay::read(&std::fs::read(&path).unwrap()).map_err(|fault| format!("{}: {fault}", path.display()))
        })
        .collect::<Result<_, _>>()?;
    let won = replays.iter().filter(|replay| replay.end.is_some()).count();
    let longest = replays.iter().skip(1).map(|replay| replay.leg().steps.len()).max().unwrap_or_default();
    let (told, listed) = (ran.out.contains("not kept"), attempts.lines().count());
    if ran.code.is_some() && !told && (won, listed) != (2, 2) {
        return Err(format!("{won} runs that were won are kept, {listed} attempts are listed"));
    }
    if listed > 2 {
        return Err(format!("two attempts are {listed} in the list"));
    }
    let kept = told || won == 2 || longest >= seen;
    kept.then_some(()).ok_or_else(|| format!("{seen} choices were seen, {longest} are kept"))
}

/// Nothing lies about that nobody will ever use.
fn litter(saves: &Path) -> Result<(), String> {
    let mut folders = vec![saves.to_owned()];
    while let Some(folder) = folders.pop() {
        // Where nothing could be written there may be no folder.
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".tmp") || name.contains(".unread-") || name.starts_with(".running-") {
                return Err(format!("`{name}` lies about"));
            }
        }
    }
    Ok(())
}
