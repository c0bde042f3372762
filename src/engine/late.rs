//! Values that are unpacked when they are first looked at: most texts of a chapter are not read in one sitting.

use std::ops::Deref;
use std::sync::OnceLock;

use super::pack::{Packed, Packet};

/// A value, or the packed bytes of it.
#[derive(Clone, Debug, Default)]
pub struct Late<T> {
    packed: &'static [u8],
    known: OnceLock<T>,
}

impl<T: Packed<'static> + Default> Late<T> {
    /// The value itself.
    pub fn into_inner(self) -> T {
        let packed = self.packed;
        self.known.into_inner().unwrap_or_else(|| unpacked(packed))
    }
}

fn unpacked<T: Packed<'static> + Default>(bytes: &'static [u8]) -> T {
    T::unpack(&mut Packet::new(bytes)).unwrap_or_default()
}

impl<T> From<T> for Late<T> {
    fn from(value: T) -> Self {
        Self { packed: &[], known: OnceLock::from(value) }
    }
}

impl<T> FromIterator<T> for Late<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Vec::from_iter(values).into()
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
