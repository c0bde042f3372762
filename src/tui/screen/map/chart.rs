//! A survey set down on cells: strokes, marks and names.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Context};
use unicode_width::UnicodeWidthStr;

use crate::engine::id::PlaceIx;
use crate::engine::world::PlaceKind;
use crate::tui::theme::Theme;

use super::label::{Board, Spot};
use super::stroke::{Ink, Stroke};
use super::survey::{Mark, Survey};
use super::view::View;

/// A map ready to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chart {
    pub(crate) strokes: Vec<Stroke>,
    pub(crate) marks: Vec<Stamp>,
    pub(crate) names: Vec<Name>,
    /// Places within the view that have no name on it for want of room.
    pub(crate) unnamed: usize,
}

/// A place's sign in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) place: PlaceIx,
    pub(crate) cell: (u16, u16),
    kind: PlaceKind,
    voice: Voice,
}

/// A name, and the place a press on it selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) spot: Spot,
    voice: Voice,
    place: Option<PlaceIx>,
}

/// How loudly a name is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Where the play stands.
    Here,
    /// What the reader has selected.
    Selected,
    /// Where the play has been.
    Been,
    /// An army of the side at this position.
    Army(usize),
    /// A place.
    Place,
    /// A line: a river, a route.
    Line(Ink),
}

/// The sign of a place. Narrow in every terminal.
pub(crate) const fn sign(kind: PlaceKind, plain: bool) -> &'static str {
    match (kind, plain) {
        (PlaceKind::City, false) => "◉",
        (PlaceKind::City, true) => "O",
        (PlaceKind::Town, false) => "◦",
        (PlaceKind::Town, true) => "o",
        (PlaceKind::Fort, false) => "▪",
        (PlaceKind::Fort, true) => "H",
        (PlaceKind::Camp, false) => "▴",
        (PlaceKind::Camp, true) => "A",
        (PlaceKind::Pass, _) => "=",
        (PlaceKind::Gate, false) => "▫",
        (PlaceKind::Gate, true) => "n",
        (PlaceKind::Site, _) => "+",
    }
}

/// The sign of where the play stands.
pub(crate) const HERE: &str = "@";

impl Chart {
    /// Sets a survey down as `view` sees it.
    pub(crate) fn new(survey: &Survey<'_>, view: &View, selected: Option<PlaceIx>) -> Self {
        let mut strokes: Vec<Stroke> = survey.lines.iter().map(|l| Stroke::new(l.ink, l.points, view)).collect();
        strokes.extend(legs(&survey.trail).into_iter().map(|leg| Stroke::new(Ink::Been, &leg, view)));
        let mut board = Board::new(view.cells());
        for dot in strokes.iter().flat_map(|s| &s.dots) {
            board.ink(*dot);
        }
        let mut chart = Self { strokes, ..Self::default() };
        let named = chart.name_places(survey, view, selected, &mut board);
        chart.name_lines(survey, view, &mut board);
        chart.add_characters(survey, &named, &mut board);
        chart.strokes.sort_by_key(|s| s.ink);
        chart
    }

    /// Names what the reader asks after first of all, then sets every sign, then names the rest.
    fn name_places<'a>(
        &mut self,
        survey: &'a Survey<'a>,
        view: &View,
        selected: Option<PlaceIx>,
        board: &mut Board,
    ) -> Vec<Named<'a>> {
        let asked = |mark: &&Mark<'_>| mark.here || selected == Some(mark.ix);
        let (first, rest): (Vec<&Mark<'_>>, Vec<_>) = survey.marks.iter().partition(asked);
        let mut named = Vec::new();
        for group in [first, rest] {
            let stamped: Vec<_> =
                group.into_iter().filter_map(|mark| self.stamp(mark, view, selected, board)).collect();
            for (mark, cell, voice) in stamped {
                if let Some(at) = self.name(mark, cell, voice, board) {
                    named.push(Named { mark, cell, at });
                }
                self.name_armies(survey, mark, cell, board);
            }
        }
        named
    }

    /// Sets a place's sign, if it is seen and there is room.
    fn stamp<'a>(
        &mut self,
        mark: &'a Mark<'a>,
        view: &View,
        selected: Option<PlaceIx>,
        board: &mut Board,
    ) -> Option<(&'a Mark<'a>, (u16, u16), Voice)> {
        let cell = view.cell(mark.place.at)?;
        let voice = match (mark.here, selected == Some(mark.ix), mark.been) {
            (true, ..) => Voice::Here,
            (_, true, _) => Voice::Selected,
            (_, _, true) => Voice::Been,
            _ => Voice::Place,
        };
        let matters = voice != Voice::Place || !mark.armies.is_empty();
        let room = if matters { board.is_free(cell) } else { board.has_air(cell) };
        if !room {
            self.unnamed += 1;
            return None;
        }
        board.take(cell);
        self.marks.push(Stamp { place: mark.ix, cell, kind: mark.place.kind, voice });
        Some((mark, cell, voice))
    }

    /// Writes a place's name, and answers its position in `names`.
    fn name(&mut self, mark: &Mark<'_>, cell: (u16, u16), voice: Voice, board: &mut Board) -> Option<usize> {
        let name = mark.place.name.as_str();
        let spot = match voice {
            Voice::Here => board
                .name(cell, &format!("{name}: you are here"))
                .or_else(|| board.name(cell, &format!("{name} (you)")))
                .or_else(|| board.name(cell, "you"))
                .or_else(|| board.name(cell, name)),
            _ => board.name(cell, name),
        };
        let Some(spot) = spot else {
            self.unnamed += 1;
            // A bare cross tells nothing.
            if voice == Voice::Place && mark.place.kind == PlaceKind::Site {
                self.marks.retain(|stamp| stamp.place != mark.ix);
            }
            return None;
        };
        self.names.push(Name { spot, voice, place: Some(mark.ix) });
        Some(self.names.len() - 1)
    }

    fn name_armies(&mut self, survey: &Survey<'_>, mark: &Mark<'_>, cell: (u16, u16), board: &mut Board) {
        for host in &mark.armies {
            let Some(side) = survey.sides.get(host.side) else { continue };
            let long = format!("{} {} ({})", side.letter, host.name, side.word);
            let short = format!("{} {}", side.letter, host.name);
            let letter = side.letter.to_string();
            let spot = [long, short, letter].iter().find_map(|text| board.name(cell, text));
            let voice = Voice::Army(host.side);
            self.names.extend(spot.map(|spot| Name { spot, voice, place: Some(mark.ix) }));
        }
    }

    fn name_lines(&mut self, survey: &Survey<'_>, view: &View, board: &mut Board) {
        let room = usize::from(view.cells().0) * usize::from(view.cells().1) / 160;
        let mut lines: Vec<(usize, &str)> =
            survey.lines.iter().enumerate().filter_map(|(at, l)| l.name.map(|n| (at, n))).collect();
        lines.retain(|(at, name)| {
            let long_enough = self.strokes[*at].dots.len() >= name.len();
            // A place that bears the name says it already.
            let said = survey.marks.iter().any(|mark| mark.place.name == *name);
            long_enough && !said && !matches!(survey.lines[*at].ink, Ink::Coast | Ink::Border | Ink::Road)
        });
        lines.sort_by_key(|(at, _)| std::cmp::Reverse(self.strokes[*at].dots.len()));
        for (at, name) in lines.into_iter().take(room) {
            if let Some(spot) = board.caption(&self.strokes[at].dots, name) {
                self.names.push(Name { spot, voice: Voice::Line(survey.lines[at].ink), place: None });
            }
        }
    }

    fn add_characters(&mut self, survey: &Survey<'_>, named: &[Named<'_>], board: &mut Board) {
        let crowded = survey.marks.len() > 4 * named.len();
        for named in named {
            let Some(zh) = named.mark.place.zh.as_deref().filter(|_| !crowded || named.mark.rank() > 5) else {
                continue;
            };
            let spot = &self.names[named.at].spot;
            let text = format!("{} {zh}", spot.text);
            if let Some(longer) = board.lengthen(named.cell, spot, &text) {
                self.names[named.at].spot = longer;
            }
        }
    }

    /// The place whose name is under a cell, or whose sign is near it.
    pub(crate) fn place_at(&self, (x, y): (u16, u16)) -> Option<PlaceIx> {
        let under = |name: &&Name| {
            let width = u16::try_from(name.spot.text.width()).unwrap_or(0);
            name.spot.y == y && (name.spot.x..name.spot.x.saturating_add(width)).contains(&x)
        };
        if let Some(name) = self.names.iter().find(under) {
            return name.place;
        }
        let far = |stamp: &&Stamp| (stamp.cell.0.abs_diff(x), stamp.cell.1.abs_diff(y));
        self.marks.iter().filter(|s| far(s).0 <= 2 && far(s).1 <= 1).min_by_key(far).map(|s| s.place)
    }

    /// Draws the chart.
    pub(crate) fn draw(&self, area: Rect, theme: &Theme, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        self.draw_strokes(area, theme, buf);
        for stamp in &self.marks {
            let sign = if stamp.voice == Voice::Here { HERE } else { sign(stamp.kind, theme.plain()) };
            write(buf, area, stamp.cell, sign, mark_style(stamp.voice, theme), theme);
        }
        for name in &self.names {
            self.clear_ends(&name.spot, area, theme, buf);
        }
        for Name { spot, voice, .. } in &self.names {
            write(buf, area, (spot.x, spot.y), &spot.text, voice_style(*voice, theme), theme);
        }
    }

    /// Blanks the cell before and after a name, so that no line runs into its letters.
    fn clear_ends(&self, spot: &Spot, area: Rect, theme: &Theme, buf: &mut Buffer) {
        let width = u16::try_from(spot.text.width()).unwrap_or(0);
        for x in [spot.x.checked_sub(1), spot.x.checked_add(width)].into_iter().flatten() {
            let free = self.marks.iter().all(|stamp| stamp.cell != (x, spot.y));
            if free && x < area.width && spot.y < area.height {
                write(buf, area, (x, spot.y), " ", theme.text, theme);
            }
        }
    }

    fn draw_strokes(&self, area: Rect, theme: &Theme, buf: &mut Buffer) {
        let plain = theme.plain();
        let paint = |ctx: &mut Context<'_>| {
            for ink in Ink::ALL {
                if plain {
                    ctx.marker(Marker::Custom(ink.letter()));
                }
                let color = ink_style(ink, theme).fg.unwrap_or(Color::Reset);
                for stroke in self.strokes.iter().filter(|s| s.ink == ink) {
                    ctx.draw(&stroke.coloured(color, plain));
                }
            }
        };
        let marker = if plain { Marker::Custom('.') } else { Marker::Braille };
        let canvas = Canvas::default().marker(marker).paint(paint);
        let canvas = canvas.background_color(theme.page.bg.unwrap_or(Color::Reset));
        (&canvas).render(area, buf);
    }
}

/// The legs of a trail, each once however often it was walked.
fn legs(trail: &[(i32, i32)]) -> BTreeSet<[(i32, i32); 2]> {
    trail.windows(2).map(|pair| [pair[0].min(pair[1]), pair[0].max(pair[1])]).collect()
}

struct Named<'a> {
    mark: &'a Mark<'a>,
    cell: (u16, u16),
    /// The position in `Chart::names`.
    at: usize,
}

fn write(buf: &mut Buffer, area: Rect, (x, y): (u16, u16), text: &str, style: Style, theme: &Theme) {
    let (x, y) = (area.x.saturating_add(x), area.y.saturating_add(y));
    if x >= area.right() || y >= area.bottom() {
        return;
    }
    let room = usize::from(area.right() - x);
    let width = text.width().min(room);
    for at in x..x + u16::try_from(width).unwrap_or(0) {
        let cell = &mut buf[(at, y)];
        cell.reset();
        cell.set_style(theme.page);
    }
    buf.set_stringn(x, y, text, room, style);
}

/// The look of a stroke.
pub(crate) fn ink_style(ink: Ink, theme: &Theme) -> Style {
    match ink {
        Ink::Road => theme.quiet,
        Ink::Border => theme.locked,
        Ink::River | Ink::Coast => theme.water,
        Ink::Wall => theme.text,
        Ink::Works => theme.warning,
        Ink::Route => theme.quiet,
        Ink::Been => theme.accent,
    }
}

fn mark_style(voice: Voice, theme: &Theme) -> Style {
    match voice {
        Voice::Here => theme.accent.add_modifier(Modifier::BOLD | Modifier::REVERSED),
        Voice::Selected => theme.selected,
        Voice::Been => theme.accent,
        Voice::Army(_) | Voice::Place | Voice::Line(_) => theme.text,
    }
}

fn voice_style(voice: Voice, theme: &Theme) -> Style {
    match voice {
        Voice::Here => theme.accent.add_modifier(theme.strong),
        Voice::Selected => theme.selected,
        Voice::Been => theme.text.add_modifier(theme.strong),
        Voice::Army(side) => army_style(side, theme),
        Voice::Place => theme.text,
        Voice::Line(Ink::River) => theme.water.add_modifier(theme.emph),
        Voice::Line(_) => theme.quiet.add_modifier(theme.emph),
    }
}

/// The look of an army's name; its letter says the side.
pub(super) fn army_style(side: usize, theme: &Theme) -> Style {
    let style = if side == 0 { theme.warning } else { theme.heading };
    style.add_modifier(theme.strong)
}
