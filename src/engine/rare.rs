//! What few of many have: apart from them, and nothing where there is nothing.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::pack::{Packed, Packet};

/// What can be missing altogether.
pub trait Seldom: Clone + Default + PartialEq + 'static {
    /// One that has nothing.
    fn none() -> &'static Self;
}

/// A value that mostly is that of [`Seldom::none`], and takes no place then.
#[derive(Clone)]
pub struct Rare<T>(Option<Box<T>>);

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Seldom> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(value) => value,
            None => T::none(),
        }
    }
}

impl<T: Seldom> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Seldom> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::none()).then(|| Box::new(value)))
    }
}

impl<T: Seldom> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Seldom + fmt::Debug> fmt::Debug for Rare<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<'b, T: Seldom + Packed<'b>> Packed<'b> for Rare<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        Packed::unpack(from).map(Self)
    }
}
