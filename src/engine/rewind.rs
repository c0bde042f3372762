//! What undoes the steps of a sitting, one behind the other in few bytes.

use super::state::{Cell, Change};

/// The deltas of steps taken, the newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewind {
    /// Each change of each step: what sort of cell, its number if there are several, what it held.
    bytes: Vec<u8>,
    /// Where each step begins.
    starts: Vec<usize>,
}

impl Rewind {
    /// How many steps can be undone.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is nothing to undo.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// How many bytes of memory it holds.
    #[must_use]
    pub const fn held(&self) -> usize {
        self.bytes.capacity() + self.starts.capacity() * size_of::<usize>()
    }

    /// Notes what a step changed.
    pub fn push(&mut self, delta: &[Change]) {
        // It grows by an eighth, so that a long sitting does not hold as much again of nothing.
        if self.bytes.capacity() - self.bytes.len() < delta.len() * LONGEST {
            self.bytes.reserve_exact(self.bytes.len() / 8 + delta.len() * LONGEST);
        }
        if self.starts.len() == self.starts.capacity() {
            self.starts.reserve_exact(self.starts.len() / 8 + 16);
        }
        self.starts.push(self.bytes.len());
        for Change { cell, old } in delta {
            let (kind, number) = parts(*cell);
            self.bytes.push(kind);
            if kind >= NUMBERED {
                self.number(number);
            }
            self.number((old << 1 ^ old >> 31) as u32);
        }
    }

    /// Forgets the newest step and answers what it changed.
    pub fn pop(&mut self) -> Option<Vec<Change>> {
        let start = self.starts.pop()?;
        let mut bytes = self.bytes.get(start..)?;
        let mut delta = Vec::with_capacity(bytes.len() / 3);
        while let Some((kind, rest)) = bytes.split_first() {
            bytes = rest;
            let number = if *kind >= NUMBERED { take(&mut bytes)? } else { 0 };
            let old = take(&mut bytes)?;
            delta.push(Change { cell: cell(*kind, number)?, old: (old >> 1) as i32 ^ -((old & 1) as i32) });
        }
        self.bytes.truncate(start);
        Some(delta)
    }

    /// Seven bits a byte, the lowest first; all but the last have the eighth.
    fn number(&mut self, mut number: u32) {
        while number >= 128 {
            self.bytes.push(number as u8 | 128);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

/// The most bytes of a change.
const LONGEST: usize = 11;

/// The first sort of cell of which there are several.
const NUMBERED: u8 = 5;

fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 127) << shift;
        if *byte < 128 {
            return Some(number);
        }
    }
    None
}

const fn parts(cell: Cell) -> (u8, u32) {
    match cell {
        Cell::Scene => (0, 0),
        Cell::Open => (1, 0),
        Cell::Depth => (2, 0),
        Cell::Turn => (3, 0),
        Cell::Ended => (4, 0),
        Cell::Stack(at) => (5, at),
        Cell::Var(at) => (6, at),
        Cell::Item(at) => (7, at),
        Cell::Visits(at) => (8, at),
        Cell::Last(at) => (9, at),
        Cell::Taken(at) => (10, at),
        Cell::Drawn(at) => (11, at),
        Cell::Achieved(at) => (12, at),
    }
}

const fn cell(kind: u8, number: u32) -> Option<Cell> {
    Some(match kind {
        0 => Cell::Scene,
        1 => Cell::Open,
        2 => Cell::Depth,
        3 => Cell::Turn,
        4 => Cell::Ended,
        5 => Cell::Stack(number),
        6 => Cell::Var(number),
        7 => Cell::Item(number),
        8 => Cell::Visits(number),
        9 => Cell::Last(number),
        10 => Cell::Taken(number),
        11 => Cell::Drawn(number),
        12 => Cell::Achieved(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Cell, Change, Rewind, cell};

    #[test]
    fn what_was_noted_comes_back_from_the_newest_on() {
        let olds = [0, 1, -1, 63, 64, -65, 9_999, i32::MAX, i32::MIN];
        let delta = |number: u32| -> Vec<Change> {
            let cells = (0..13).filter_map(|kind| cell(kind, number));
            cells
                .zip(olds.into_iter().cycle().skip(number as usize % 9))
                .map(|(cell, old)| Change { cell, old })
                .collect()
        };
        let numbers = [0, 1, 127, 128, 30_000, u32::MAX];
        let mut rewind = Rewind::default();
        numbers.iter().for_each(|number| rewind.push(&delta(*number)));
        rewind.push(&[]);
        assert_eq!(rewind.len(), 7);
        assert_eq!(rewind.pop(), Some(Vec::new()));
        for number in numbers.iter().rev() {
            let changed: Vec<Change> = delta(*number);
            let single = |change: &Change| matches!(change.cell, Cell::Scene | Cell::Turn);
            let back = rewind.pop().unwrap();
            assert!(back.iter().any(single));
            assert_eq!(back, changed);
        }
        assert_eq!((rewind.pop(), rewind.is_empty()), (None, true));
    }
}
