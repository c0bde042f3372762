//! The packed form of checked chapters: bytes that are read back without parsing, linking or checking again.
//!
//! It is made when the program is built and lives no longer than the program: no file is ever written in it.

mod doing;
mod forms;

use std::sync::Arc;

use super::chapter::Chapter;
use super::world::World;
pub(super) use doing::deed;

/// What has a packed form. What stays where it is packed can be read only from bytes that stay.
pub trait Packed<'b>: Sized {
    /// Writes it after what is written already.
    fn pack(&self, out: &mut Vec<u8>);

    /// Takes it off the front; `None` if the bytes are not those of one.
    fn unpack(from: &mut Packet<'b>) -> Option<Self>;
}

/// Packed bytes that are still to be read.
#[derive(Clone, Copy, Debug)]
pub struct Packet<'b>(&'b [u8]);

impl<'b> Packet<'b> {
    /// All of these bytes.
    #[must_use]
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// So many bytes off the front.
    pub fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A text, where it stands.
    pub fn text(&mut self) -> Option<&'b str> {
        let length = usize::unpack(self)?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }
}

/// A packed chapter; its world is packed apart.
#[must_use]
pub fn chapter(chapter: &Chapter) -> Vec<u8> {
    let mut out = Vec::new();
    forms::pack_chapter(chapter, &mut out);
    out
}

/// A chapter from its packed bytes and its world; `None` if the bytes are not those of one.
#[must_use]
pub fn chapter_of(bytes: &'static [u8], world: &Arc<World>) -> Option<Chapter> {
    forms::unpack_chapter(&mut Packet::new(bytes), world)
}

/// A packed world.
#[must_use]
pub fn world(world: &World) -> Vec<u8> {
    let mut out = Vec::new();
    world.pack(&mut out);
    out
}

/// A world from its packed bytes; `None` if the bytes are not those of one.
#[must_use]
pub fn world_of(bytes: &'static [u8]) -> Option<World> {
    World::unpack(&mut Packet::new(bytes))
}

/// Seven bits a byte, the least first; the high bit says that more follow.
impl<'b> Packed<'b> for u64 {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut left = *self;
        while left >= 0x80 {
            out.push(low_bits(left) | 0x80);
            left >>= 7;
        }
        out.push(low_bits(left));
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        let first = from.byte()?;
        if first < 0x80 {
            return Some(first.into());
        }
        let mut number = Self::from(first & 0x7f);
        for shift in (7..Self::BITS).step_by(7) {
            let byte = from.byte()?;
            number |= Self::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

fn low_bits(number: u64) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or(0)
}

impl<'b> Packed<'b> for usize {
    fn pack(&self, out: &mut Vec<u8>) {
        (*self as u64).pack(out);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        Self::try_from(u64::unpack(from)?).ok()
    }
}

impl<'b> Packed<'b> for u32 {
    fn pack(&self, out: &mut Vec<u8>) {
        u64::from(*self).pack(out);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        Self::try_from(u64::unpack(from)?).ok()
    }
}

/// Small numbers of either sign are short.
impl<'b> Packed<'b> for i32 {
    fn pack(&self, out: &mut Vec<u8>) {
        ((self << 1) ^ (self >> 31)).cast_unsigned().pack(out);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        let folded = u32::unpack(from)?;
        Some((folded >> 1).cast_signed() ^ -(folded & 1).cast_signed())
    }
}

impl<'b> Packed<'b> for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        Some(from.byte()? != 0)
    }
}

impl<'b> Packed<'b> for [u8; 32] {
    fn pack(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        from.bytes(32)?.try_into().ok()
    }
}

impl<'b> Packed<'b> for String {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        from.text().map(str::to_owned)
    }
}

impl<'b, T: Packed<'b>> Packed<'b> for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(value) = self {
            value.pack(out);
        }
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        Some(if bool::unpack(from)? { Some(T::unpack(from)?) } else { None })
    }
}

impl<'b, T: Packed<'b>> Packed<'b> for Box<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (**self).pack(out);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

impl<'b, T: Packed<'b>> Packed<'b> for Arc<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (**self).pack(out);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

/// Writes how many there are, and each.
pub(super) fn pack_all<'b, T: Packed<'b>>(all: &[T], out: &mut Vec<u8>) {
    all.len().pack(out);
    all.iter().for_each(|one| one.pack(out));
}

impl<'b, T: Packed<'b>> Packed<'b> for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_all(self, out);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        let length = usize::unpack(from)?;
        // Everything packed has a byte at least.
        let mut all = Self::with_capacity(length.min(from.0.len()));
        for _ in 0..length {
            all.push(T::unpack(from)?);
        }
        Some(all)
    }
}

impl<'b, T: Packed<'b>> Packed<'b> for Box<[T]> {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_all(self, out);
    }

    fn unpack(from: &mut Packet<'b>) -> Option<Self> {
        Vec::unpack(from).map(Vec::into_boxed_slice)
    }
}

macro_rules! tuple {
    ($($part:ident $at:tt),*) => {
        impl<'b, $($part: Packed<'b>),*> Packed<'b> for ($($part,)*) {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$at.pack(out);)*
            }

            fn unpack(from: &mut Packet<'b>) -> Option<Self> {
                Some(($($part::unpack(from)?,)*))
            }
        }
    };
}

tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2, D 3);
