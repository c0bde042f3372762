//! A list that stands in place while it is short: most are, and what a page or a step needs every time is near then.

use std::fmt;
use std::ops::Deref;

use super::pack::{Packed, Packet, pack_all};

/// Values in order, `N` of them at most in place. `N` is at most 255.
#[derive(Clone)]
pub struct Few<T, const N: usize>(Kept<T, N>);

#[derive(Clone)]
enum Kept<T, const N: usize> {
    /// So many of these.
    Here(u8, [T; N]),
    Elsewhere(Box<[T]>),
}

impl<T, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Self(Kept::Elsewhere(Box::default()))
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Kept::Here(count, values) => values.get(..usize::from(*count)).unwrap_or_default(),
            Kept::Elsewhere(values) => values,
        }
    }
}

impl<T: Copy, const N: usize> From<Vec<T>> for Few<T, N> {
    fn from(values: Vec<T>) -> Self {
        let Some(first) = values.first() else { return Self::default() };
        let mut few = [*first; N];
        Self(match (u8::try_from(values.len()), few.get_mut(..values.len())) {
            (Ok(count), Some(here)) => {
                here.copy_from_slice(&values);
                Kept::Here(count, few)
            }
            _ => Kept::Elsewhere(values.into_boxed_slice()),
        })
    }
}

impl<T: Copy, const N: usize> FromIterator<T> for Few<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Vec::from_iter(values).into()
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a Few<T, N> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: fmt::Debug, const N: usize> fmt::Debug for Few<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: PartialEq, const N: usize> PartialEq for Few<T, N> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<'b, T: Packed<'b> + Copy, const N: usize> Packed<'b> for Few<T, N> {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_all(self, out);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        Vec::unpack(from).map(Self::from)
    }
}
