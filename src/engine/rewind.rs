//! What undoes the steps of a sitting, one behind the other in few bytes.

use super::pack::{Packed, Packet};
use super::state::Change;

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
        delta.iter().for_each(|change| change.pack(&mut self.bytes));
    }

    /// Forgets the newest step and answers what it changed.
    pub fn pop(&mut self) -> Option<Vec<Change>> {
        let start = self.starts.pop()?;
        let bytes = self.bytes.get(start..)?;
        let mut delta = Vec::with_capacity(bytes.len() / 3);
        let mut from = Packet::new(bytes);
        while !from.is_empty() {
            delta.push(Change::unpack(&mut from)?);
        }
        self.bytes.truncate(start);
        Some(delta)
    }
}

/// The most bytes of a change.
const LONGEST: usize = 11;

#[cfg(test)]
mod tests {
    use super::{Change, Packed, Packet, Rewind};
    use crate::engine::state::Cell;

    /// A cell of each sort, by its number.
    fn cell(kind: u8, number: u32) -> Option<Cell> {
        let mut bytes = vec![kind];
        number.pack(&mut bytes);
        Cell::unpack(&mut Packet::new(&bytes))
    }

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
