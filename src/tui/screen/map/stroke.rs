//! Lines of a map as dots, each kind in a stroke that can be told apart without colour.

use ratatui::style::Color;
use ratatui::widgets::canvas::{Painter, Shape};

use crate::engine::world::LineKind;

use super::view::{DOTS, View};

/// What is drawn: a line of the map, or where the play has been.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ink {
    /// A road: single dots.
    Road,
    /// A border: dash and dot.
    Border,
    /// A river: a thin line.
    River,
    /// A coast: a broad line.
    Coast,
    /// A route of the story: long dashes.
    Route,
    /// A wall: a broad straight line.
    Wall,
    /// Siege works: teeth.
    Works,
    /// Where the play has been: broad dashes.
    Been,
}

impl Ink {
    /// All of them, from the lowest to the highest.
    pub(crate) const ALL: [Self; 8] =
        [Self::Road, Self::Border, Self::River, Self::Coast, Self::Route, Self::Wall, Self::Works, Self::Been];

    /// The word of the legend.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Border => "border",
            Self::River => "river",
            Self::Coast => "coast",
            Self::Route => "route",
            Self::Wall => "wall",
            Self::Works => "siege works",
            Self::Been => "your way",
        }
    }

    /// The character that stands for it where braille cannot be shown.
    pub(crate) const fn letter(self) -> char {
        match self {
            Self::Road => '.',
            Self::Border => '-',
            Self::River => '~',
            Self::Coast => '%',
            Self::Route => ':',
            Self::Wall => '#',
            Self::Works => 'x',
            Self::Been => '*',
        }
    }

    /// Whether it bends, as water and roads do, or runs straight from corner to corner.
    const fn bends(self) -> bool {
        matches!(self, Self::Road | Self::Border | Self::River | Self::Coast)
    }

    /// Which dots of its length are inked, over and over; empty means all.
    const fn dashes(self) -> &'static [bool] {
        const DASH_DOT: [bool; 9] = [true, true, true, true, false, false, true, false, false];
        const LONG: [bool; 9] = [true, true, true, true, true, true, false, false, false];
        match self {
            Self::Road => &[true, false, false],
            Self::Border => &DASH_DOT,
            Self::Route => &LONG,
            Self::Been => &[true, true, true, false, false],
            Self::River | Self::Coast | Self::Wall | Self::Works => &[],
        }
    }
}

impl From<LineKind> for Ink {
    fn from(kind: LineKind) -> Self {
        match kind {
            LineKind::Coast => Self::Coast,
            LineKind::River => Self::River,
            LineKind::Road => Self::Road,
            LineKind::Wall => Self::Wall,
            LineKind::Border => Self::Border,
            LineKind::Works => Self::Works,
            LineKind::Route => Self::Route,
        }
    }
}

/// A line as the dots that are inked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stroke {
    /// What it stands for.
    pub(crate) ink: Ink,
    /// Its dots, all within the screen.
    pub(crate) dots: Vec<(u16, u16)>,
}

impl Stroke {
    /// Draws a line as `view` sees it.
    pub(crate) fn new(ink: Ink, points: &[(i32, i32)], view: &View) -> Self {
        let corners: Vec<(f64, f64)> = points.iter().map(|p| view.dot((f64::from(p.0), f64::from(p.1)))).collect();
        let corners = if ink.bends() { bent(&corners) } else { corners };
        let mut pen = Pen { ink, size: view.dots(), at: 0, last: None, dots: Vec::new() };
        for pair in corners.windows(2) {
            if let [from, to] = pair {
                pen.line(*from, *to);
            }
        }
        Self { ink, dots: pen.dots }
    }

    /// The stroke in a colour, for a canvas.
    pub(crate) const fn coloured(&self, color: Color, per_cell: bool) -> Painted<'_> {
        Painted { stroke: self, color, per_cell }
    }
}

/// A stroke and the colour it is painted in.
pub(crate) struct Painted<'a> {
    stroke: &'a Stroke,
    color: Color,
    /// Whether the canvas has one point for a cell, not eight.
    per_cell: bool,
}

impl Shape for Painted<'_> {
    fn draw(&self, painter: &mut Painter<'_, '_>) {
        for &(x, y) in &self.stroke.dots {
            let (x, y) = if self.per_cell { (x / 2, y / 4) } else { (x, y) };
            painter.paint(usize::from(x), usize::from(y), self.color);
        }
    }
}

struct Pen {
    ink: Ink,
    size: (f64, f64),
    /// How many dots of the line have been passed.
    at: usize,
    last: Option<(i32, i32)>,
    dots: Vec<(u16, u16)>,
}

impl Pen {
    fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        let Some((start, end)) = clipped(from, to, self.size) else {
            self.last = None;
            return;
        };
        let (dx, dy) = (end.0 - start.0, end.1 - start.1);
        let steps = dx.abs().max(dy.abs()).ceil().max(1.0);
        let flat = dx.abs() >= dy.abs();
        // Clipped to the screen, so there are few steps and every dot is small.
        for step in 0..=steps as usize {
            let along = step as f64 / steps;
            let dot = (whole(start.0 + dx * along), whole(start.1 + dy * along));
            if self.last != Some(dot) {
                self.last = Some(dot);
                self.ink(dot, flat);
                self.at += 1;
            }
        }
    }

    fn ink(&mut self, (x, y): (i32, i32), flat: bool) {
        let dashes = self.ink.dashes();
        if !dashes.is_empty() && !dashes[self.at % dashes.len()] {
            return;
        }
        self.dot(x, y);
        let (aside_x, aside_y) = if flat { (0, 1) } else { (1, 0) };
        match self.ink {
            Ink::Coast | Ink::Wall | Ink::Been => self.dot(x + aside_x, y + aside_y),
            Ink::Works if self.at.is_multiple_of(3) => {
                self.dot(x + aside_x, y + aside_y);
                self.dot(x - aside_x, y - aside_y);
            }
            Ink::Works | Ink::Road | Ink::Border | Ink::River | Ink::Route => {}
        }
    }

    fn dot(&mut self, x: i32, y: i32) {
        let seen = f64::from(x) < self.size.0 && f64::from(y) < self.size.1;
        if let (true, Ok(x), Ok(y)) = (seen, u16::try_from(x), u16::try_from(y)) {
            self.dots.push((x, y));
        }
    }
}

/// The dot a number falls on. One that should be whole and fell short of it by a rounding error counts as whole.
fn whole(at: f64) -> i32 {
    (at + 1e-6).floor() as i32
}

/// A curve through the corners (Catmull-Rom), with a point about every three dots.
fn bent(corners: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let Some(&first) = corners.first() else { return Vec::new() };
    let mut out = vec![first];
    for at in 1..corners.len() {
        let (b, c) = (corners[at - 1], corners[at]);
        let a = if at >= 2 && !sharp(corners[at - 2], b, c) { corners[at - 2] } else { b };
        let d = corners.get(at + 1).copied().filter(|d| !sharp(b, c, *d)).unwrap_or(c);
        let length = length((c.0 - b.0, c.1 - b.1));
        let pieces = (length / 3.0).clamp(1.0, 64.0) as usize;
        for piece in 1..=pieces {
            let t = piece as f64 / pieces as f64;
            out.push((curve(a.0, b.0, c.0, d.0, t), curve(a.1, b.1, c.1, d.1, t)));
        }
    }
    out
}

/// Whether a line turns so hard at `b` that somebody dug it so.
fn sharp(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> bool {
    let (from, to) = ((b.0 - a.0, b.1 - a.1), (c.0 - b.0, c.1 - b.1));
    let straight = from.0 * to.0 + from.1 * to.1;
    straight < 0.2 * length(from) * length(to)
}

fn length((x, y): (f64, f64)) -> f64 {
    (x * x + y * y).sqrt()
}

fn curve(a: f64, b: f64, c: f64, d: f64, t: f64) -> f64 {
    let (t2, t3) = (t * t, t * t * t);
    0.5 * (2.0 * b + (c - a) * t + (2.0 * a - 5.0 * b + 4.0 * c - d) * t2 + (3.0 * b - a - 3.0 * c + d) * t3)
}

/// The part of a line that lies on a screen of this size and a little beyond (Liang-Barsky).
fn clipped(from: (f64, f64), to: (f64, f64), size: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let (margin_x, margin_y) = DOTS;
    let sides = [
        (-dx, from.0 + margin_x),
        (dx, size.0 + margin_x - from.0),
        (-dy, from.1 + margin_y),
        (dy, size.1 + margin_y - from.1),
    ];
    for (p, q) in sides {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    let at = |t: f64| (from.0 + dx * t, from.1 + dy * t);
    (enter <= leave).then(|| (at(enter), at(leave)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::view::{Camera, View};
    use super::{Ink, Stroke};

    const PLAN: (i32, i32, i32, i32) = (0, 0, 100, 60);

    fn drawn(ink: Ink, points: &[(i32, i32)]) -> Vec<(u16, u16)> {
        Stroke::new(ink, points, &View::new(Camera::whole(PLAN), PLAN, (100, 30))).dots
    }

    #[test]
    fn no_two_kinds_of_line_look_alike() {
        let strokes: BTreeSet<_> = Ink::ALL.iter().map(|ink| drawn(*ink, &[(10, 30), (90, 30)])).collect();
        // Walls and coasts are both broad; what tells them apart is that a coast bends.
        assert_eq!(strokes.len(), Ink::ALL.len() - 1);
        let corner = [(10, 10), (40, 30), (90, 35)];
        assert_ne!(drawn(Ink::Coast, &corner), drawn(Ink::Wall, &corner));
        let letters: BTreeSet<char> = Ink::ALL.iter().map(|ink| ink.letter()).collect();
        assert_eq!(letters.len(), Ink::ALL.len());
    }

    #[test]
    fn a_straight_line_has_no_gap() {
        for (cells, east) in (10..130).flat_map(|cells| [(cells, 60), (cells, 90), (cells, 140)]) {
            let view = View::new(Camera::whole(PLAN), PLAN, (cells, 20));
            let dots = Stroke::new(Ink::River, &[(-20, 30), (east, 30)], &view).dots;
            assert!(dots.windows(2).all(|d| d[1].0 == d[0].0 + 1), "{cells} {east}: {dots:?}");
        }
    }

    #[test]
    fn what_was_dug_square_stays_square() {
        let dots = drawn(Ink::River, &[(10, 10), (10, 50), (90, 50)]);
        let (left, top) = (dots.iter().map(|d| d.0).min(), dots.iter().map(|d| d.1).min());
        assert_eq!((left, top), (Some(20), Some(20)), "no curve swings out beyond the corner");
    }

    #[test]
    fn a_line_that_goes_to_the_end_of_the_world_costs_no_more_than_the_screen() {
        let far = [(i32::MIN, 30), (i32::MAX, 31), (50, i32::MIN), (50, i32::MAX)];
        for ink in Ink::ALL {
            let dots = drawn(ink, &far);
            assert!(dots.len() < 4000 && dots.iter().all(|(x, y)| *x < 200 && *y < 120));
        }
        assert!(drawn(Ink::Wall, &[(500, 500), (900, 900)]).is_empty());
        assert!(drawn(Ink::Wall, &[]).is_empty());
    }
}
