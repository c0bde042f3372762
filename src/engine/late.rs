//! Values that are unpacked when they are first looked at: most texts of a chapter are not read in one sitting.

use std::cmp::Ordering;
use std::fmt::{self, Debug};
use std::ops::{Deref, Index};
use std::sync::OnceLock;

use super::id::narrow;
use super::pack::{Packed, Packet};

/// A value, or the packed bytes of it.
#[derive(Clone, Debug, Default)]
pub struct Late<T> {
    packed: &'static [u8],
    known: OnceLock<T>,
}

fn unpacked<T: Packed<'static> + Default>(bytes: &'static [u8]) -> T {
    T::unpack(&mut Packet::new(bytes)).unwrap_or_default()
}

impl<T> From<T> for Late<T> {
    fn from(value: T) -> Self {
        Self { packed: &[], known: OnceLock::from(value) }
    }
}

impl<T: Packed<'static> + Default> Deref for Late<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.known.get_or_init(|| unpacked(self.packed))
    }
}

impl<T: Packed<'static> + Default + PartialEq> PartialEq for Late<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<'a, T> IntoIterator for &'a Late<Vec<T>>
where
    Vec<T>: Packed<'static>,
{
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Packed<'static> + Default> Packed<'static> for Late<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut packed = Vec::new();
        (**self).pack(&mut packed);
        packed.len().pack(out);
        out.append(&mut packed);
    }

    fn unpack(from: &mut Packet<'static>) -> Option<Self> {
        let length = usize::unpack(from)?;
        Some(Self { packed: from.bytes(length)?, known: OnceLock::new() })
    }
}

/// Values in order that are unpacked one by one, each when it is first looked at: a page needs few of them.
#[derive(Clone)]
pub struct LateVec<T>(Values<T>);

#[derive(Clone)]
enum Values<T> {
    /// As they were linked.
    Known(Vec<T>),
    /// Packed: where each ends, four bytes each, and all of them; and those that were looked at.
    Packed(&'static [u8], Box<[OnceLock<Box<T>>]>),
}

/// How many bytes say where a value ends.
const END: usize = size_of::<u32>();

/// One of so many values, which is now known.
fn looked_at<'a, T: Packed<'static> + Default>(
    cell: &'a OnceLock<Box<T>>,
    bytes: &'static [u8],
    count: usize,
    at: usize,
) -> &'a T {
    cell.get_or_init(|| Box::new(packed_at(bytes, count, at).map(unpacked).unwrap_or_default()))
}

/// The bytes of one of so many values.
fn packed_at(bytes: &[u8], count: usize, at: usize) -> Option<&[u8]> {
    let (ends, values) = bytes.split_at_checked(count.checked_mul(END)?)?;
    let end = |at: usize| Some(u32::from_le_bytes(ends.get(at * END..)?.first_chunk().copied()?) as usize);
    let start = at.checked_sub(1).map_or(Some(0), end)?;
    values.get(start..end(at)?)
}

impl<T> LateVec<T> {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match &self.0 {
            Values::Known(values) => values.len(),
            Values::Packed(_, cells) => cells.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: Packed<'static> + Default> LateVec<T> {
    /// The value at a place, counted from 0.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&T> {
        match &self.0 {
            Values::Known(values) => values.get(at),
            Values::Packed(bytes, cells) => cells.get(at).map(|cell| looked_at(cell, bytes, cells.len(), at)),
        }
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + Clone {
        (0..self.len()).map(|at| &self[at])
    }

    /// The place of the one that is found so; they are sorted by what they are compared by.
    #[must_use]
    pub fn search(&self, mut compare: impl FnMut(&T) -> Ordering) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match compare(&self[middle]) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// All of them, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        if let Values::Packed(..) = self.0 {
            let Self(values) = std::mem::take(self);
            self.0 = Values::Known(Self(values).into_vec());
        }
        match &mut self.0 {
            Values::Known(values) => values.iter_mut(),
            Values::Packed(..) => [].iter_mut(),
        }
    }

    fn into_vec(self) -> Vec<T> {
        match self.0 {
            Values::Known(values) => values,
            Values::Packed(bytes, cells) => {
                let count = cells.len();
                let value = |(at, cell): (usize, OnceLock<Box<T>>)| match cell.into_inner() {
                    Some(known) => *known,
                    None => packed_at(bytes, count, at).map(unpacked).unwrap_or_default(),
                };
                cells.into_iter().enumerate().map(value).collect()
            }
        }
    }
}

impl<T> Default for LateVec<T> {
    fn default() -> Self {
        Self(Values::Known(Vec::new()))
    }
}

impl<T> From<Vec<T>> for LateVec<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Values::Known(values))
    }
}

impl<T> FromIterator<T> for LateVec<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Vec::from_iter(values).into()
    }
}

impl<T: Packed<'static> + Default> Index<usize> for LateVec<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        match &self.0 {
            Values::Known(values) => &values[at],
            Values::Packed(bytes, cells) => looked_at(&cells[at], bytes, cells.len(), at),
        }
    }
}

impl<T: Packed<'static> + Default + Debug> Debug for LateVec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Packed<'static> + Default + PartialEq> PartialEq for LateVec<T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Packed<'static> + Default> Packed<'static> for LateVec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        let (mut ends, mut values) = (Vec::new(), Vec::new());
        for value in self.iter() {
            value.pack(&mut values);
            let end = narrow(values.len());
            ends.extend_from_slice(&end.to_le_bytes());
        }
        self.len().pack(out);
        (ends.len() + values.len()).pack(out);
        out.append(&mut ends);
        out.append(&mut values);
    }

    fn unpack(from: &mut Packet<'static>) -> Option<Self> {
        let (count, length) = (usize::unpack(from)?, usize::unpack(from)?);
        let bytes = from.bytes(length)?;
        // Each has its end, at least.
        let count = count.min(length / END);
        Some(Self(Values::Packed(bytes, (0..count).map(|_| OnceLock::new()).collect())))
    }
}
