//! Which part of a map is seen, and on which dot a point of it falls.
//!
//! A cell is twice as tall as it is wide and holds 2 by 4 dots, so dots are square; a degree of longitude is
//! shorter than one of latitude by the cosine of the latitude. A plan's units are so small, taken as hundredths of a
//! degree, that its cosine is 1.

/// Dots of a cell, across and down.
pub(crate) const DOTS: (f64, f64) = (2.0, 4.0);

/// How far one may zoom in, as a multiple of the whole map.
const CLOSEST: f64 = 40.0;

/// Where the reader looks, whatever the size of the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Camera {
    /// The point in the middle.
    pub(crate) centre: (f64, f64),
    /// How much closer than the whole map.
    pub(crate) zoom: f64,
}

/// West, south, east, north.
pub(crate) type Bounds = (i32, i32, i32, i32);

impl Camera {
    /// The whole of a map.
    pub(crate) fn whole(bounds: Bounds) -> Self {
        let (west, south, east, north) = wide(bounds);
        Self { centre: ((west + east) / 2.0, (south + north) / 2.0), zoom: 1.0 }
    }

    /// Moves by eighths of what is seen.
    pub(crate) fn pan(&mut self, bounds: Bounds, east: f64, north: f64) {
        let (w, s, e, n) = wide(bounds);
        self.centre.0 += east * (e - w) / 8.0 / self.zoom;
        self.centre.1 += north * (n - s) / 8.0 / self.zoom;
        self.keep_in(bounds);
    }

    /// Closer, or farther away, as far as makes sense.
    pub(crate) fn zoom_by(&mut self, bounds: Bounds, factor: f64) {
        self.zoom = (self.zoom * factor).clamp(1.0, CLOSEST);
        if self.zoom < 1.01 {
            *self = Self::whole(bounds);
        }
        self.keep_in(bounds);
    }

    /// Looks at a point.
    pub(crate) fn look_at(&mut self, bounds: Bounds, at: (i32, i32)) {
        self.centre = (f64::from(at.0), f64::from(at.1));
        self.keep_in(bounds);
    }

    fn keep_in(&mut self, bounds: Bounds) {
        let (west, south, east, north) = wide(bounds);
        self.centre.0 = self.centre.0.clamp(west, east);
        self.centre.1 = self.centre.1.clamp(south, north);
    }
}

/// A camera on a screen of some size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct View {
    centre: (f64, f64),
    /// Dots for one unit east, and for one unit north.
    scale: (f64, f64),
    cells: (u16, u16),
}

impl View {
    /// How `camera` sees a map of these bounds on so many cells.
    pub(crate) fn new(camera: Camera, bounds: Bounds, cells: (u16, u16)) -> Self {
        let (west, south, east, north) = wide(bounds);
        let squeeze = libm::cos(((south + north) / 200.0).to_radians()).clamp(0.1, 1.0);
        let across = f64::from(cells.0.max(1)) * DOTS.0 / ((east - west) * squeeze);
        let down = f64::from(cells.1.max(1)) * DOTS.1 / (north - south);
        let scale = across.min(down) * camera.zoom;
        Self { centre: camera.centre, scale: (scale * squeeze, scale), cells }
    }

    /// How many cells it fills.
    pub(crate) const fn cells(&self) -> (u16, u16) {
        self.cells
    }

    /// The size in dots.
    pub(crate) fn dots(&self) -> (f64, f64) {
        (f64::from(self.cells.0) * DOTS.0, f64::from(self.cells.1) * DOTS.1)
    }

    /// The dot a point falls on, counted from the top left; it may lie outside.
    pub(crate) fn dot(&self, at: (f64, f64)) -> (f64, f64) {
        let (width, height) = self.dots();
        (width / 2.0 + (at.0 - self.centre.0) * self.scale.0, height / 2.0 - (at.1 - self.centre.1) * self.scale.1)
    }

    /// The cell a point falls in, if it is seen.
    pub(crate) fn cell(&self, at: (i32, i32)) -> Option<(u16, u16)> {
        let (x, y) = self.dot((f64::from(at.0), f64::from(at.1)));
        let (x, y) = ((x / DOTS.0).floor(), (y / DOTS.1).floor());
        let seen = x >= 0.0 && y >= 0.0 && x < f64::from(self.cells.0) && y < f64::from(self.cells.1);
        // In range, so the casts are exact.
        seen.then_some((x as u16, y as u16))
    }
}

/// The bounds as numbers that never enclose nothing.
fn wide((west, south, east, north): Bounds) -> (f64, f64, f64, f64) {
    let (west, south) = (f64::from(west), f64::from(south));
    (west, south, f64::from(east).max(west + 1.0), f64::from(north).max(south + 1.0))
}

#[cfg(test)]
mod tests {
    use super::{Camera, View};

    /// Dots of a degree east and of a degree north.
    fn degree(bounds: super::Bounds) -> (f64, f64) {
        let view = View::new(Camera::whole(bounds), bounds, (80, 24));
        let (west, south) = view.dot((f64::from(bounds.0), f64::from(bounds.1)));
        let (east, north) = view.dot((f64::from(bounds.0) + 1.0, f64::from(bounds.1) + 1.0));
        (east - west, south - north)
    }

    #[test]
    fn a_degree_east_is_shorter_the_farther_north_it_lies() {
        let (east, north) = degree((11000, 5900, 13000, 6100));
        assert!((east / north - 0.5).abs() < 0.001, "cos 60 is a half: {east} {north}");
        let (east, north) = degree((0, 0, 100, 60));
        assert!((east / north - 1.0).abs() < 0.001, "a plan is square: {east} {north}");
    }

    #[test]
    fn the_whole_map_is_seen_and_nothing_more_than_needed() {
        let bounds = (11000, 3400, 13000, 4720);
        for cells in [(1, 1), (40, 9), (66, 19), (200, 5)] {
            let view = View::new(Camera::whole(bounds), bounds, cells);
            let (width, height) = view.dots();
            let (left, bottom) = view.dot((11000.0, 3400.0));
            let (right, top) = view.dot((13000.0, 4720.0));
            let near = |a: f64, b: f64| (a - b).abs() < 0.001;
            assert!(left >= -0.001 && top >= -0.001 && right <= width + 0.001 && bottom <= height + 0.001);
            assert!((near(left, 0.0) && near(right, width)) || (near(top, 0.0) && near(bottom, height)));
        }
    }

    #[test]
    fn what_is_looked_at_stands_in_the_middle() {
        let bounds = (11000, 3400, 13000, 4720);
        let mut camera = Camera::whole(bounds);
        camera.zoom_by(bounds, 7.0);
        camera.look_at(bounds, (11255, 3787));
        let view = View::new(camera, bounds, (66, 19));
        assert_eq!(view.cell((11255, 3787)), Some((33, 9)));
        assert_eq!(view.cell((13000, 4720)), None);
    }

    #[test]
    fn one_can_neither_leave_the_map_nor_zoom_past_its_ends() {
        let bounds = (0, 0, 100, 60);
        let mut camera = Camera::whole(bounds);
        camera.zoom_by(bounds, 1e9);
        for _ in 0..10_000 {
            camera.pan(bounds, 1.0, -1.0);
        }
        assert_eq!(camera.centre, (100.0, 0.0));
        camera.zoom_by(bounds, 1e-9);
        assert_eq!(camera, Camera::whole(bounds));
    }
}
