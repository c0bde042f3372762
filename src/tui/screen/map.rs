//! The map: coasts, roads and walls, where the play stands and has been, and the armies as they stand now.

mod chart;
mod label;
mod legend;
mod stroke;
mod survey;
mod view;

use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::engine::id::PlaceIx;
use crate::engine::world::Map;
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Kind, Look, Outcome, Overlay};
use crate::tui::widget::list;

use chart::Chart;
use survey::{Standpoint, Survey, on_map, survey};
use view::{Camera, View};

/// From this many columns on the legend stands beside the map.
const BESIDE: u16 = 96;

/// The legend's columns.
const LEGEND: u16 = 26;

/// On fewer rows than this the map opens near where the play stands, not whole.
const FEW_ROWS: u16 = 14;

/// The maps of the story, one of them open.
#[derive(Debug, Default)]
pub(crate) struct Atlas {
    /// The position of the open map in the order of [`maps`].
    map: usize,
    /// Where the reader looks; until a key moves it, it follows from the size of the screen.
    camera: Option<Camera>,
    selected: Option<PlaceIx>,
    /// Whether the legend is shown, if the reader has said.
    legend: Option<bool>,
}

/// The chapter's own map first, then its others, then those of the world.
fn maps<'a>(look: &Look<'a>) -> Vec<&'a Map> {
    let chapter = look.sitting.map(|s| s.chapter());
    let mut maps: Vec<&Map> = chapter.iter().flat_map(|c| &c.maps).chain(&look.world.maps).collect();
    if let Some(first) = chapter.and_then(|c| c.map.as_deref()) {
        maps.sort_by_key(|m| m.id != first);
    }
    maps
}

/// Where a place of the play's journey lies.
fn standing(look: &Look<'_>) -> Option<PlaceIx> {
    look.sitting.and_then(|s| s.place())
}

impl Atlas {
    /// Opens the map that best shows where the play stands: the one the chapter names, else one of the chapter's that
    /// has the very place, else one of the chapter's that has its city, else one of the world's.
    pub(crate) fn new(look: &Look<'_>) -> Self {
        let chapter = look.sitting.map(|s| s.chapter());
        let named = chapter.and_then(|c| c.map.as_deref());
        let own = |map: &Map| chapter.is_some_and(|c| c.maps.iter().any(|m| m.id == map.id));
        let place = standing(look);
        let rank = |at: usize, map: &Map| {
            let place = place?;
            let found = on_map(look.world, &map.id, place)?;
            Some((named != Some(map.id.as_str()), !own(map), found != place, at))
        };
        let best = maps(look).into_iter().enumerate().filter_map(|(at, map)| rank(at, map)).min();
        Self { map: best.map_or(0, |(.., at)| at), ..Self::default() }
    }

    /// Opens a map that shows this place, with it selected.
    pub(crate) fn at(place: PlaceIx, look: &Look<'_>) -> Self {
        let mut atlas = Self::new(look);
        let here = |map: &&Map| look.world.place(place).map.as_deref() == Some(map.id.as_str());
        if let Some((at, map)) = maps(look).iter().enumerate().find(|(_, map)| here(map)) {
            atlas.map = at;
            atlas.go_to(map, place, look);
        }
        atlas
    }

    fn map<'a>(&self, look: &Look<'a>) -> Option<&'a Map> {
        let maps = maps(look);
        maps.get(self.map.min(maps.len().saturating_sub(1))).copied()
    }

    fn survey<'a>(map: &'a Map, look: &Look<'a>, journey: &'a [PlaceIx]) -> Survey<'a> {
        let play = look.sitting.map(|s| Standpoint { chapter: s.chapter(), state: s.state(), journey });
        survey(map, look.world, play)
    }

    fn camera(&self, map: &Map, look: &Look<'_>, chart: Rect) -> Camera {
        if let Some(camera) = self.camera {
            return camera;
        }
        let mut camera = Camera::whole(map.bounds);
        let here = standing(look).and_then(|ix| on_map(look.world, &map.id, ix));
        if let Some(here) = here.filter(|_| chart.height < FEW_ROWS) {
            camera.zoom_by(map.bounds, 3.0);
            camera.look_at(map.bounds, look.world.place(here).at);
        }
        camera
    }

    /// The chart, the legend if it is shown, and the line below.
    fn areas(&self, area: Rect) -> (Rect, Option<Rect>, Rect) {
        let foot = u16::from(area.height > 3);
        let line = Rect { y: area.bottom() - foot, height: foot, ..area };
        let body = Rect { height: area.height - foot, ..area };
        let shown = self.legend.unwrap_or(area.width >= BESIDE);
        if !shown {
            return (body, None, line);
        }
        if area.width >= BESIDE {
            let chart = Rect { width: area.width - LEGEND - 2, ..body };
            let legend = Rect { x: chart.right() + 2, width: LEGEND, ..body };
            return (chart, Some(legend), line);
        }
        // No room beside the map: the legend takes its place until it is asked away.
        (Rect { height: 0, ..body }, Some(body), line)
    }

    fn go_to(&mut self, map: &Map, place: PlaceIx, look: &Look<'_>) {
        let chart = self.areas(look.area).0;
        let mut camera = self.camera(map, look, chart);
        let at = look.world.place(place).at;
        let (width, height) = (chart.width, chart.height);
        let seen = View::new(camera, map.bounds, (width, height)).cell(at);
        let well_inside = |(x, y): (u16, u16)| x > 4 && y > 1 && x + 5 < width && y + 2 < height;
        if !seen.is_some_and(well_inside) {
            camera.look_at(map.bounds, at);
        }
        self.camera = Some(camera);
        self.selected = Some(place);
    }

    fn next(&mut self, map: &Map, look: &Look<'_>, forward: bool) -> Outcome {
        let journey = look.sitting.map(|s| s.journey()).unwrap_or_default();
        let survey = Self::survey(map, look, &journey);
        let count = survey.marks.len();
        if count == 0 {
            return Outcome::Stay;
        }
        let at = survey.marks.iter().position(|m| Some(m.ix) == self.selected);
        let next = match (at, forward) {
            // The first mark is where the play stands: the line below speaks of it already.
            (None, _) => usize::from(survey.marks[0].here) % count,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        self.go_to(map, survey.marks[next].ix, look);
        Outcome::Redraw
    }

    fn moved(&mut self, map: &Map, look: &Look<'_>, how: impl FnOnce(&mut Camera)) -> Outcome {
        let mut camera = self.camera(map, look, self.areas(look.area).0);
        how(&mut camera);
        self.camera = Some(camera);
        Outcome::Redraw
    }

    fn turn_map(&mut self, look: &Look<'_>) -> Outcome {
        let count = maps(look).len();
        if count < 2 {
            return Outcome::Stay;
        }
        *self = Self { map: (self.map + 1) % count, legend: self.legend, ..Self::default() };
        Outcome::Redraw
    }

    fn chart<'a>(&self, map: &'a Map, survey: &Survey<'a>, look: &Look<'_>, area: Rect) -> Chart {
        let camera = self.camera(map, look, area);
        let view = View::new(camera, map.bounds, (area.width, area.height));
        Chart::new(survey, &view, self.selected)
    }

    /// The place of the mark nearest to a position, if one is near.
    fn place_at(&self, map: &Map, look: &Look<'_>, at: Position) -> Option<PlaceIx> {
        let area = self.areas(look.area).0;
        if !area.contains(at) {
            return None;
        }
        let journey = look.sitting.map(|s| s.journey()).unwrap_or_default();
        let chart = self.chart(map, &Self::survey(map, look, &journey), look, area);
        chart.place_at((at.x - area.x, at.y - area.y))
    }

    fn codex(&self, look: &Look<'_>) -> Outcome {
        match self.selected.and_then(|ix| look.world.place(ix).codex) {
            Some(entry) => Outcome::Act(Action::Open(Kind::Codex(Some(entry)))),
            None => Outcome::Stay,
        }
    }
}

impl Overlay for Atlas {
    fn title(&self, look: &Look<'_>) -> String {
        self.map(look).map_or_else(|| "Map".to_owned(), |map| map.title.clone())
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Some(map) = self.map(look) else {
            list::line("There is no map of this part.", area, 0, look.theme.quiet, buf);
            return;
        };
        let journey = look.sitting.map(|s| s.journey()).unwrap_or_default();
        let survey = Self::survey(map, look, &journey);
        let (body, legend, line) = self.areas(area);
        let chart = self.chart(map, &survey, look, body);
        chart.draw(body, look.theme, buf);
        if let Some(legend) = legend {
            legend::draw(&survey, look, legend, buf);
        }
        let words = legend::caption(&survey, self.selected, chart.unnamed);
        list::line(&words, line, 0, look.theme.quiet, buf);
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        if keys::verb(key) == Some(Verb::Map) {
            return Outcome::Close;
        }
        let Some(map) = self.map(look) else { return Outcome::Pass };
        let bounds = map.bounds;
        match keys::verb_on_map(key) {
            Some(Verb::Up) => self.moved(map, look, |c| c.pan(bounds, 0.0, 1.0)),
            Some(Verb::Down) => self.moved(map, look, |c| c.pan(bounds, 0.0, -1.0)),
            Some(Verb::Left) => self.moved(map, look, |c| c.pan(bounds, -1.0, 0.0)),
            Some(Verb::Right) => self.moved(map, look, |c| c.pan(bounds, 1.0, 0.0)),
            Some(Verb::Closer) => self.moved(map, look, |c| c.zoom_by(bounds, 1.5)),
            Some(Verb::Farther) => self.moved(map, look, |c| c.zoom_by(bounds, 1.0 / 1.5)),
            Some(Verb::Whole) => self.moved(map, look, |c| *c = Camera::whole(bounds)),
            Some(Verb::NextPlace) => self.next(map, look, true),
            Some(Verb::PlaceBefore) => self.next(map, look, false),
            Some(Verb::NextMap) => self.turn_map(look),
            Some(Verb::Take) => self.codex(look),
            Some(Verb::Legend) => {
                self.legend = Some(!self.legend.unwrap_or(look.area.width >= BESIDE));
                Outcome::Redraw
            }
            _ => Outcome::Pass,
        }
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let Some(map) = self.map(look) else { return Outcome::Pass };
        let bounds = map.bounds;
        match event.kind {
            MouseEventKind::ScrollUp => self.moved(map, look, |c| c.zoom_by(bounds, 1.25)),
            MouseEventKind::ScrollDown => self.moved(map, look, |c| c.zoom_by(bounds, 0.8)),
            MouseEventKind::Down(MouseButton::Left) => {
                match self.place_at(map, look, Position::new(event.column, event.row)) {
                    Some(place) if self.selected == Some(place) => self.codex(look),
                    Some(place) => {
                        self.selected = Some(place);
                        Outcome::Redraw
                    }
                    None => Outcome::Stay,
                }
            }
            _ => Outcome::Pass,
        }
    }

    fn wide(&self) -> bool {
        true
    }

    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        let map = self.map(look)?;
        let place = self.selected.or_else(|| standing(look).and_then(|ix| on_map(look.world, &map.id, ix)))?;
        let chart = self.areas(area).0;
        let view = View::new(self.camera(map, look, chart), map.bounds, (chart.width, chart.height));
        let (x, y) = view.cell(look.world.place(place).at)?;
        Some(Position::new(chart.x + x, chart.y + y))
    }

    fn hints(&self, _: &Look<'_>) -> Vec<Verb> {
        vec![Verb::NextPlace, Verb::Closer, Verb::Farther, Verb::Whole, Verb::NextMap, Verb::Legend]
    }
}
