//! A route: choices in order, with the luck they need. What a proof, a walk or a search hands back, and a play can follow.
//!
//! Written on one line: `siege@council_start seed=7 grain=300 | watch hold[3,2] ask/salt`. The scene, the seed and given
//! values may be left out. Numbers in brackets are faces in the order they are asked for, from 0.

use std::fmt;
use std::str::FromStr;

use super::chapter::{Chapter, Given};
use super::dice::{Forced, Keyed};
use super::id::SceneIx;
use super::log::{self, Desync};
use super::state::State;
use super::step::{Stage, begin, find, step_with};

/// A way through a chapter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// The chapter's id.
    pub chapter: String,
    /// The scene it begins in; the chapter's own start if absent.
    pub start: Option<String>,
    /// What is set before the first page: ids and values as the writer would write them.
    pub given: Vec<(String, String)>,
    /// The seed of the luck that is not forced.
    pub seed: u64,
    /// The choices.
    pub steps: Vec<Leap>,
}

/// One choice of a route.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leap {
    /// The choice's key.
    pub choice: String,
    /// The faces it needs, in the order they are asked for; those after them are the seed's.
    pub forced: Vec<u32>,
}

/// Why a line is no route.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotARoute {
    /// There is no `|` between head and choices.
    #[error("a route is written `chapter | choice choice`; there is no `|`")]
    NoBar,
    /// Nothing stands before the `|`.
    #[error("no chapter stands before the `|`")]
    NoChapter,
    /// A word of the head is neither `seed=N` nor `name=value`.
    #[error("`{0}` is not of the form `name=value`")]
    Head(String),
    /// The seed is no number.
    #[error("the seed `{0}` is not a number")]
    Seed(String),
    /// Faces are not numbers in brackets.
    #[error("the luck of `{0}` is not written `choice[1,2]`")]
    Luck(String),
}

impl Route {
    /// The scene and values it begins with, in this chapter.
    ///
    /// # Errors
    /// [`Desync`] if the chapter has no such scene, variable, item or value.
    pub fn entry(&self, chapter: &Chapter) -> Result<(SceneIx, Vec<Given>), Desync> {
        let start = match &self.start {
            Some(id) => chapter.find_scene(id).ok_or_else(|| Desync::Start(id.clone()))?,
            None => chapter.start,
        };
        let read = |(id, value): &(String, String)| {
            log::read(chapter, id, value).ok_or_else(|| Desync::Given(id.clone(), value.clone()))
        };
        Ok((start, self.given.iter().map(read).collect::<Result<_, _>>()?))
    }

    /// Plays it to its last choice.
    ///
    /// # Errors
    /// [`Desync`] if it cannot begin, or at the first choice that is refused.
    pub fn play(&self, chapter: &Chapter, stage: &mut dyn Stage) -> Result<State, Desync> {
        let (start, given) = self.entry(chapter)?;
        let mut state = begin(chapter, start, self.seed, &given, &mut Keyed, stage);
        for (at, leap) in self.steps.iter().enumerate() {
            let refused = |refusal| Desync::Refused { step: at + 1, refusal };
            let choice = find(chapter, &state, &leap.choice).map_err(refused)?;
            step_with(chapter, &mut state, choice, &mut Forced::new(&leap.forced), stage).map_err(refused)?;
        }
        Ok(state)
    }
}

impl fmt::Display for Leap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.choice)?;
        if let Some((first, rest)) = self.forced.split_first() {
            write!(f, "[{first}")?;
            rest.iter().try_for_each(|face| write!(f, ",{face}"))?;
            f.write_str("]")?;
        }
        Ok(())
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.chapter)?;
        if let Some(start) = &self.start {
            write!(f, "@{start}")?;
        }
        if self.seed != 0 {
            write!(f, " seed={}", self.seed)?;
        }
        self.given.iter().try_for_each(|(id, value)| write!(f, " {id}={value}"))?;
        f.write_str(" |")?;
        self.steps.iter().try_for_each(|leap| write!(f, " {leap}"))
    }
}

impl FromStr for Leap {
    type Err = NotARoute;

    fn from_str(word: &str) -> Result<Self, NotARoute> {
        let Some((choice, luck)) = word.split_once('[') else {
            return Ok(Self { choice: word.to_owned(), forced: Vec::new() });
        };
        let wrong = || NotARoute::Luck(word.to_owned());
        let faces = luck.strip_suffix(']').ok_or_else(wrong)?;
        let forced = faces.split(',').map(|face| face.trim().parse().map_err(|_| wrong())).collect::<Result<_, _>>()?;
        Ok(Self { choice: choice.to_owned(), forced })
    }
}

impl FromStr for Route {
    type Err = NotARoute;

    fn from_str(line: &str) -> Result<Self, NotARoute> {
        let (head, steps) = line.split_once('|').ok_or(NotARoute::NoBar)?;
        let mut head = head.split_whitespace();
        let at = head.next().ok_or(NotARoute::NoChapter)?;
        let (chapter, start) = match at.split_once('@') {
            Some((chapter, start)) => (chapter, Some(start.to_owned())),
            None => (at, None),
        };
        let mut route = Self { chapter: chapter.to_owned(), start, ..Self::default() };
        for word in head {
            match word.split_once('=') {
                Some(("seed", seed)) => route.seed = seed.parse().map_err(|_| NotARoute::Seed(seed.to_owned()))?,
                Some((id, value)) => route.given.push((id.to_owned(), value.to_owned())),
                None => return Err(NotARoute::Head(word.to_owned())),
            }
        }
        route.steps = steps.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        Ok(route)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_read_back_as_it_was_written() {
        let line = "siege@council_start seed=7 grain=300 | watch hold[3,2] ask/salt @camp/eat";
        let route: Route = line.parse().unwrap();
        assert_eq!(route.start.as_deref(), Some("council_start"));
        assert_eq!(route.steps[1], Leap { choice: "hold".into(), forced: vec![3, 2] });
        assert_eq!(route.to_string(), line);
    }

    #[test]
    fn a_line_that_is_no_route_says_why() {
        let why = |line: &str| line.parse::<Route>().unwrap_err().to_string();
        assert_eq!(why("watch hold"), "a route is written `chapter | choice choice`; there is no `|`");
        assert_eq!(why("siege seed=x | a"), "the seed `x` is not a number");
        assert_eq!(why("siege | a[b]"), "the luck of `a[b]` is not written `choice[1,2]`");
        assert_eq!(why("siege grain | a"), "`grain` is not of the form `name=value`");
    }
}
