//! Seeded random plays: what they reach, how long they are, how they end. A play that gets stuck is handed back.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::engine::chapter::Given;
use crate::engine::dice::{Keyed, Luck, Throw};
use crate::engine::event::{open, tell};
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::look::open_choices;
use crate::engine::render::Reader;
use crate::engine::state::State;
use crate::engine::{Chapter, Event};

/// A play longer than this many choices is handed back as one that does not end.
const LONGEST: usize = 5_000;

/// How a walk picks among open choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Each as likely.
    Uniform,
    /// The one taken least often in all plays so far; among equals, each as likely.
    LeastUsed,
}

/// What many plays of a chapter came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Walked {
    /// The chapter's id.
    pub chapter: String,
    /// How many plays.
    pub plays: usize,
    /// Endings by how often they were reached.
    pub endings: BTreeMap<String, usize>,
    /// Choices made: least, median, most.
    pub lengths: [usize; 3],
    /// Words read: least, median, most.
    pub words: [usize; 3],
    /// Scenes entered by some play, and all.
    pub scenes: [usize; 2],
    /// Choices taken by some play, and all.
    pub choices: [usize; 2],
    /// Scenes no play entered.
    pub unseen: Vec<String>,
    /// Choices no play took.
    pub untaken: Vec<String>,
    /// Plays that got stuck or did not end: the seed and the choices.
    pub stuck: Vec<Stuck>,
}

/// A play that got stuck.
#[derive(Clone, Debug, Serialize)]
pub struct Stuck {
    /// Its seed.
    pub seed: u64,
    /// The scene it stands in.
    pub scene: String,
    /// Its choices.
    pub route: Vec<String>,
}

/// Plays a chapter `plays` times with seeds from `seed` on.
#[must_use]
pub fn walk(chapter: &Chapter, start: SceneIx, given: &[Given], plays: usize, seed: u64, hand: Hand) -> Walked {
    let mut seen = vec![0_u64; chapter.scenes.len()];
    let mut taken = vec![0_u64; chapter.choices.len()];
    let mut lengths = Vec::with_capacity(plays);
    let mut words = Vec::with_capacity(plays);
    let mut walked = Walked { chapter: chapter.id.clone(), plays, ..Walked::default() };
    for play in 0..plays {
        let seed = seed.wrapping_add(play as u64);
        let (mut state, events) = open(chapter, start, seed, given, Reader::default());
        let mut read = count_words(&events);
        let mut route = Vec::new();
        while let Some(choice) = pick(chapter, &state, hand, &taken) {
            taken[choice.at()] += 1;
            route.push(chapter.choice(choice).key.clone());
            let Ok(turn) = tell(chapter, &mut state, choice, &mut Keyed, Reader::default()) else { break };
            read += count_words(&turn.events);
            if route.len() >= LONGEST {
                break;
            }
        }
        for (at, visits) in state.visits.iter().enumerate() {
            seen[at] += u64::from(*visits);
        }
        lengths.push(route.len());
        words.push(read);
        match state.ended {
            Some(ending) => *walked.endings.entry(chapter.endings[ending.at()].id.clone()).or_default() += 1,
            None => walked.stuck.push(Stuck { seed, scene: chapter.scene(state.scene).id.clone(), route }),
        }
    }
    walked.lengths = spread(lengths);
    walked.words = spread(words);
    walked.scenes = [seen.iter().filter(|n| **n > 0).count(), seen.len()];
    walked.choices = [taken.iter().filter(|n| **n > 0).count(), taken.len()];
    walked.unseen = unused(&seen, |at| chapter.scenes[at].id.clone());
    walked.untaken = unused(&taken, |at| chapter.choices[at].path.clone());
    walked
}

/// Writes what the plays came to.
///
/// # Errors
/// When `out` cannot be written.
pub fn report(walked: &Walked, out: &mut dyn Write) -> io::Result<()> {
    let [least, median, most] = walked.lengths;
    let [few, middle, many] = walked.words;
    writeln!(out, "{}: {} plays, {} stuck", walked.chapter, walked.plays, walked.stuck.len())?;
    writeln!(out, "  choices made   {least} least, {median} median, {most} most")?;
    writeln!(out, "  words read     {few} least, {middle} median, {many} most")?;
    writeln!(out, "  scenes seen    {} of {}", walked.scenes[0], walked.scenes[1])?;
    writeln!(out, "  choices taken  {} of {}", walked.choices[0], walked.choices[1])?;
    let mut endings: Vec<_> = walked.endings.iter().collect();
    endings.sort_by_key(|(id, n)| (std::cmp::Reverse(**n), (*id).clone()));
    for (id, n) in endings {
        writeln!(out, "  {n:>6}  {id}")?;
    }
    if !walked.unseen.is_empty() {
        writeln!(out, "  no play entered: {}", walked.unseen.join(", "))?;
    }
    if !walked.untaken.is_empty() {
        writeln!(out, "  no play took: {}", walked.untaken.join(", "))?;
    }
    for stuck in walked.stuck.iter().take(3) {
        writeln!(out, "  stuck in `{}`, seed {}: {}", stuck.scene, stuck.seed, stuck.route.join(" "))?;
    }
    Ok(())
}

fn pick(chapter: &Chapter, state: &State, hand: Hand, taken: &[u64]) -> Option<ChoiceIx> {
    let mut open: Vec<ChoiceIx> = open_choices(chapter, state).collect();
    if hand == Hand::LeastUsed {
        let least = open.iter().map(|c| taken[c.at()]).min()?;
        open.retain(|c| taken[c.at()] == least);
    }
    let sides = u32::try_from(open.len()).ok().filter(|n| *n > 0)?;
    let at = Keyed.draw(Throw { seed: state.seed, site: "walk", count: state.turn, low: 0, sides });
    open.get(at as usize).copied()
}

fn count_words(events: &[Event]) -> usize {
    let paras = |text: &[crate::engine::render::Para]| -> usize {
        text.iter().map(|p| p.plain().split_whitespace().count()).sum()
    };
    events
        .iter()
        .map(|event| match event {
            Event::Said(text) | Event::Scene { text, .. } => paras(text),
            Event::Chose { say, .. } => crate::engine::look::words(say).split_whitespace().count(),
            _ => 0,
        })
        .sum()
}

fn spread(mut numbers: Vec<usize>) -> [usize; 3] {
    numbers.sort_unstable();
    match (numbers.first(), numbers.get(numbers.len() / 2), numbers.last()) {
        (Some(&least), Some(&median), Some(&most)) => [least, median, most],
        _ => [0; 3],
    }
}

fn unused(counts: &[u64], name: impl Fn(usize) -> String) -> Vec<String> {
    counts.iter().enumerate().filter(|(_, n)| **n == 0).map(|(at, _)| name(at)).collect()
}
