//! What there is to draw on a map now: lines that hold, places, armies, and where the play has been.

use crate::engine::expr::holds;
use crate::engine::id::PlaceIx;
use crate::engine::world::{Army, Map, Place, PlaceKind};
use crate::engine::{Chapter, State, World};

use super::stroke::Ink;

/// What a map shows in some state.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Survey<'a> {
    /// Lines in the order of the map.
    pub(crate) lines: Vec<Course<'a>>,
    /// Where the play has been, in order.
    pub(crate) trail: Vec<(i32, i32)>,
    /// Places, those that matter most first.
    pub(crate) marks: Vec<Mark<'a>>,
    /// The sides that have an army on the map, and the letter that stands for each.
    pub(crate) sides: Vec<Side>,
}

/// A line that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Course<'a> {
    pub(crate) ink: Ink,
    pub(crate) name: Option<&'a str>,
    pub(crate) points: &'a [(i32, i32)],
}

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark<'a> {
    pub(crate) ix: PlaceIx,
    pub(crate) place: &'a Place,
    /// Whether the play stands here.
    pub(crate) here: bool,
    /// Whether the play has been here.
    pub(crate) been: bool,
    pub(crate) armies: Vec<Host<'a>>,
}

/// An army where it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host<'a> {
    pub(crate) name: &'a str,
    /// The position of its side in `Survey::sides`.
    pub(crate) side: usize,
}

/// A side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Side {
    /// The letter drawn before its armies.
    pub(crate) letter: char,
    /// Its word, as it is read.
    pub(crate) word: String,
}

/// Where a play stands, as a map needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standpoint<'a> {
    pub(crate) chapter: &'a Chapter,
    pub(crate) state: &'a State,
    /// Where the play has been; the last is where it is.
    pub(crate) journey: &'a [PlaceIx],
}

/// Surveys a map; without a play it shows the country alone.
pub(crate) fn survey<'a>(map: &'a Map, world: &'a World, play: Option<Standpoint<'a>>) -> Survey<'a> {
    let shown = |line: &&crate::engine::world::Line| match play {
        Some(play) => holds(line.when.as_ref(), play.chapter, play.state),
        None => line.when.is_none(),
    };
    let lines = map.lines.iter().filter(shown);
    let lines = lines.map(|l| Course { ink: l.kind.into(), name: l.name.as_deref(), points: &l.points }).collect();

    let mut trail: Vec<PlaceIx> = Vec::new();
    for place in play.map_or(&[][..], |p| p.journey) {
        if let Some(place) = on_map(world, &map.id, *place) {
            trail.push(place);
        }
    }
    trail.dedup();
    let here = play.and_then(|p| p.journey.last()).and_then(|place| on_map(world, &map.id, *place));

    let mut sides: Vec<Side> = Vec::new();
    let hosts = play.map_or_else(Vec::new, |play| hosts(map, world, play, &mut sides));
    let of_map = world.places.iter().enumerate().filter(|(_, p)| p.map.as_deref() == Some(map.id.as_str()));
    let mut marks: Vec<Mark<'a>> = of_map
        .map(|(at, place)| {
            let ix = PlaceIx::from(at);
            let armies = hosts.iter().filter(|(stands, _)| *stands == ix).map(|(_, host)| host.clone()).collect();
            Mark { ix, place, here: here == Some(ix), been: trail.contains(&ix), armies }
        })
        .collect();
    marks.sort_by_key(|mark| std::cmp::Reverse(mark.rank()));
    let trail = trail.iter().map(|ix| world.place(*ix).at).collect();
    Survey { lines, trail, marks, sides }
}

impl Mark<'_> {
    /// How much it matters to the reader.
    pub(crate) fn rank(&self) -> u32 {
        let kind = match self.place.kind {
            PlaceKind::City => 6,
            PlaceKind::Gate => 5,
            PlaceKind::Camp | PlaceKind::Fort => 4,
            PlaceKind::Pass | PlaceKind::Town => 3,
            PlaceKind::Site => 1,
        };
        kind + 10 * u32::from(self.been) + 20 * u32::from(!self.armies.is_empty()) + 40 * u32::from(self.here)
    }
}

/// The armies that stand on the map now, and where. A shared map borrows those of the chapter's own maps.
fn hosts<'a>(map: &'a Map, world: &'a World, play: Standpoint<'a>, sides: &mut Vec<Side>) -> Vec<(PlaceIx, Host<'a>)> {
    let mut armies: Vec<&'a Army> = map.armies.iter().collect();
    if armies.is_empty() {
        armies.extend(play.chapter.maps.iter().flat_map(|m| &m.armies));
    }
    let mut out: Vec<(PlaceIx, Host<'a>)> = Vec::new();
    for army in armies {
        if out.iter().any(|(_, host)| host.name == army.name) {
            continue;
        }
        let stands = army.at.iter().find(|arms| holds(arms.when.as_ref(), play.chapter, play.state));
        if let Some(place) = stands.and_then(|arms| on_map(world, &map.id, arms.place)) {
            let side = side_of(&army.side, sides);
            out.push((place, Host { name: &army.name, side }));
        }
    }
    out
}

/// The position of a side, which gets a letter of its own when it is first seen.
fn side_of(side: &str, sides: &mut Vec<Side>) -> usize {
    let mut letters = side.chars();
    let word: String = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    if let Some(at) = sides.iter().position(|s| s.word == word) {
        return at;
    }
    let free = |c: &char| sides.iter().all(|s| s.letter != *c);
    let letter = word.chars().flat_map(char::to_uppercase).chain('A'..='Z').find(free).unwrap_or('?');
    sides.push(Side { letter, word });
    sides.len() - 1
}

/// Where a place lies on a map: itself, or the place of that map that bears its name, or the city that its plan is of.
pub(crate) fn on_map(world: &World, map: &str, ix: PlaceIx) -> Option<PlaceIx> {
    let place = world.place(ix);
    if place.map.as_deref() == Some(map) {
        return Some(ix);
    }
    let last = |id: &str| id.rsplit('.').next().map(str::to_owned);
    let plan = place.map.as_deref();
    let root = place.id.split('.').next();
    let ranks = world.places.iter().enumerate().filter(|(_, p)| p.map.as_deref() == Some(map)).filter_map(|(at, p)| {
        let named = p.name == place.name && (p.zh == place.zh || p.zh.is_none() || place.zh.is_none());
        let tail = last(&p.id);
        let rank = if named {
            0
        } else if tail.is_some() && tail == last(&place.id) {
            1
        } else if tail.is_some() && tail.as_deref() == plan {
            2
        } else if tail.is_some() && tail.as_deref() == root {
            3
        } else {
            return None;
        };
        Some((rank, at))
    });
    ranks.min().map(|(_, at)| PlaceIx::from(at))
}
