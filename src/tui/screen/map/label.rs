//! Names on a map, placed so that none lies on another and as little as possible lies on a line.

use unicode_width::UnicodeWidthStr;

/// Which cells of a chart are taken, and how much ink lies on each.
#[derive(Clone, Debug)]
pub(crate) struct Board {
    width: i32,
    height: i32,
    taken: Vec<Taken>,
    ink: Vec<u16>,
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Free,
    Mark,
    Name,
}

/// A name and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) x: u16,
    pub(crate) y: u16,
    pub(crate) text: String,
    /// On which side of its mark.
    side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Right,
    Left,
    Above,
    Below,
    RightAbove,
    RightBelow,
    LeftAbove,
    LeftBelow,
}

impl Side {
    /// All of them, with how much a reader dislikes each.
    const ALL: [(Self, u32); 8] = [
        (Self::Right, 0),
        (Self::Left, 3),
        (Self::Above, 4),
        (Self::Below, 4),
        (Self::RightAbove, 6),
        (Self::RightBelow, 6),
        (Self::LeftAbove, 8),
        (Self::LeftBelow, 8),
    ];

    const fn from(self, (x, y): (i32, i32), width: i32) -> (i32, i32) {
        match self {
            Self::Right => (x + 2, y),
            Self::Left => (x - 1 - width, y),
            Self::Above => (x - width / 2, y - 1),
            Self::Below => (x - width / 2, y + 1),
            Self::RightAbove => (x + 1, y - 1),
            Self::RightBelow => (x + 1, y + 1),
            Self::LeftAbove => (x - width, y - 1),
            Self::LeftBelow => (x - width, y + 1),
        }
    }
}

impl Board {
    /// An empty board of so many cells.
    pub(crate) fn new((width, height): (u16, u16)) -> Self {
        let cells = usize::from(width) * usize::from(height);
        Self { width: width.into(), height: height.into(), taken: vec![Taken::Free; cells], ink: vec![0; cells] }
    }

    /// Notes a dot of ink.
    pub(crate) fn ink(&mut self, dot: (u16, u16)) {
        if let Some(at) = self.at(i32::from(dot.0 / 2), i32::from(dot.1 / 4)) {
            self.ink[at] += 1;
        }
    }

    fn at(&self, x: i32, y: i32) -> Option<usize> {
        let inside = x >= 0 && y >= 0 && x < self.width && y < self.height;
        inside.then(|| usize::try_from(y * self.width + x).ok()).flatten()
    }

    fn is_taken(&self, x: i32, y: i32) -> bool {
        self.at(x, y).is_some_and(|at| self.taken[at] != Taken::Free)
    }

    fn is_named(&self, x: i32, y: i32) -> bool {
        self.at(x, y).is_some_and(|at| self.taken[at] == Taken::Name)
    }

    /// Whether a mark may stand in a cell with nothing close beside it.
    pub(crate) fn has_air(&self, (x, y): (u16, u16)) -> bool {
        let (x, y) = (i32::from(x), i32::from(y));
        !(x - 2..=x + 2).any(|x| self.is_taken(x, y)) && !self.is_taken(x, y - 1) && !self.is_taken(x, y + 1)
    }

    /// Whether the cell itself is free.
    pub(crate) fn is_free(&self, (x, y): (u16, u16)) -> bool {
        !self.is_taken(x.into(), y.into())
    }

    /// Takes the cell of a mark.
    pub(crate) fn take(&mut self, (x, y): (u16, u16)) {
        self.set(x.into(), y.into(), 1, Taken::Mark);
    }

    fn set(&mut self, x: i32, y: i32, width: i32, taken: Taken) {
        for x in x..x + width {
            if let Some(at) = self.at(x, y) {
                self.taken[at] = taken;
            }
        }
    }

    /// What it costs to write there; `None` where something stands already or the map ends.
    fn cost(&self, x: i32, y: i32, width: i32) -> Option<u32> {
        if x < 0 || y < 0 || y >= self.height || x + width > self.width {
            return None;
        }
        // Names must not run together, nor into a mark that is not theirs.
        let ends_on_name = self.is_named(x - 2, y) || self.is_named(x + width + 1, y);
        if ends_on_name || (x - 1..=x + width).any(|x| self.is_taken(x, y)) {
            return None;
        }
        Some((x..x + width).filter_map(|x| self.at(x, y)).map(|at| u32::from(self.ink[at].min(4))).sum())
    }

    /// Writes a name beside its mark where it fits best, if it fits at all.
    pub(crate) fn name(&mut self, mark: (u16, u16), text: &str) -> Option<Spot> {
        let width = cells(text);
        let mark = (i32::from(mark.0), i32::from(mark.1));
        self.lift(mark);
        let best = Side::ALL
            .iter()
            .filter_map(|(side, dislike)| {
                let (x, y) = side.from(mark, width);
                self.cost(x, y, width).map(|cost| (cost + dislike, *side, x, y))
            })
            .min_by_key(|(cost, ..)| *cost);
        self.drop(mark);
        let (_, side, x, y) = best?;
        self.write(side, x, y, text)
    }

    /// Lengthens a name in place, if there is room: the same side of the mark, little ink.
    pub(crate) fn lengthen(&mut self, mark: (u16, u16), spot: &Spot, text: &str) -> Option<Spot> {
        let mark = (i32::from(mark.0), i32::from(mark.1));
        let (x, y) = (i32::from(spot.x), i32::from(spot.y));
        self.set(x, y, cells(&spot.text), Taken::Free);
        self.lift(mark);
        let width = cells(text);
        let (to_x, to_y) = spot.side.from(mark, width);
        let cost = self.cost(to_x, to_y, width);
        self.drop(mark);
        if cost.is_some_and(|cost| cost <= 6) {
            return self.write(spot.side, to_x, to_y, text);
        }
        self.set(x, y, cells(&spot.text), Taken::Name);
        None
    }

    /// Writes a line's name at or beside one of its dots, where nothing stands and little is inked.
    pub(crate) fn caption(&mut self, dots: &[(u16, u16)], text: &str) -> Option<Spot> {
        let width = cells(text);
        let step = (dots.len() / 24).max(1);
        let (_, x, y) = dots
            .iter()
            .step_by(step)
            .flat_map(|(x, y)| {
                let (x, y) = (i32::from(x / 2), i32::from(y / 4));
                [(x + 2, y), (x - width - 1, y), (x - width / 2, y - 1), (x - width / 2, y + 1)]
            })
            .filter_map(|(x, y)| self.cost(x, y, width).map(|cost| (cost, x, y)))
            .filter(|(cost, ..)| *cost <= 4)
            .min_by_key(|(cost, ..)| *cost)?;
        self.write(Side::Right, x, y, text)
    }

    fn write(&mut self, side: Side, x: i32, y: i32, text: &str) -> Option<Spot> {
        self.set(x, y, cells(text), Taken::Name);
        Some(Spot { x: u16::try_from(x).ok()?, y: u16::try_from(y).ok()?, text: text.to_owned(), side })
    }

    /// A mark does not stand in the way of its own name.
    fn lift(&mut self, (x, y): (i32, i32)) {
        self.set(x, y, 1, Taken::Free);
    }

    fn drop(&mut self, (x, y): (i32, i32)) {
        self.set(x, y, 1, Taken::Mark);
    }
}

fn cells(text: &str) -> i32 {
    i32::try_from(text.width()).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop};
    use proptest::{prop_assert, proptest};

    use super::{Board, cells};

    fn marks() -> impl Strategy<Value = Vec<((u16, u16), String)>> {
        prop::collection::vec(((0_u16..40, 0_u16..12), "[a-z]{1,14}|[a-z]{1,6} 太原"), 0..40)
    }

    proptest! {
        #[test]
        fn no_name_lies_on_another_or_on_a_mark(marks in marks()) {
            let mut board = Board::new((40, 12));
            let mut covered = std::collections::BTreeSet::new();
            let marks: Vec<_> = marks.into_iter().filter(|(cell, _)| {
                let free = board.is_free(*cell);
                board.take(*cell);
                free && covered.insert((i32::from(cell.0), i32::from(cell.1)))
            }).collect();
            for (cell, name) in marks {
                let Some(mut spot) = board.name(cell, &name) else { continue };
                if let Some(longer) = board.lengthen(cell, &spot, &format!("{name} 城")) {
                    spot = longer;
                }
                let (x, y) = (i32::from(spot.x), i32::from(spot.y));
                prop_assert!(x + cells(&spot.text) <= 40 && y < 12);
                for x in x..x + cells(&spot.text) {
                    prop_assert!(covered.insert((x, y)), "{} at {:?}", spot.text, (x, y));
                }
            }
        }
    }

    #[test]
    fn a_name_keeps_off_the_lines_where_it_can() {
        let mut board = Board::new((30, 5));
        for x in 20..60 {
            board.ink((x, 9));
            board.ink((x, 10));
        }
        board.take((8, 2));
        let spot = board.name((8, 2), "Taiyuan").expect("there is room");
        assert_eq!((spot.x, spot.y), (0, 2), "left of its mark, for a river runs on the right");
    }
}
