//! Effects as they are kept: packed, and done as they stand, from the front, without a tree to follow.
//!
//! Who wants to look into them has them unpacked, once.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::chapter::Chapter;
use super::effect::{Deed, Effect};
use super::expr::Reading;
use super::few::Few;
use super::pack::{Packed, Packet, deed};
use super::state::State;

/// Effects in order; most scenes and choices have none. A clone shares them.
#[derive(Clone, Default)]
pub struct Script(Option<Arc<Lines>>);

struct Lines {
    packed: Bytes,
    known: OnceLock<Box<[Effect]>>,
}

/// Where packed bytes are.
enum Bytes {
    /// In the program.
    Shipped(&'static [u8]),
    /// Its own: an effect or two are no longer than these.
    Own(Few<u8, 30>),
}

impl Script {
    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The effects, to be looked into once: they are not kept.
    #[must_use]
    pub fn seen_once(&self) -> Cow<'_, [Effect]> {
        match &self.0 {
            Some(lines) if lines.known.get().is_none() => Cow::Owned(lines.unpacked()),
            _ => Cow::Borrowed(self),
        }
    }

    /// A byte of them.
    pub(super) fn near(&self) -> u8 {
        self.0.as_ref().map_or(0, |lines| lines.bytes().first().copied().unwrap_or(0))
    }

    /// The effects, to be done one by one.
    pub(super) fn acts(&self) -> Acts<'_> {
        let mut from = Packet::new(self.0.as_ref().map_or(&[], |lines| lines.bytes()));
        Acts { left: usize::unpack(&mut from).unwrap_or(0), from }
    }

    fn packed(bytes: Bytes) -> Self {
        let lines = Lines { packed: bytes, known: OnceLock::new() };
        let none = matches!(lines.bytes(), [] | [0]);
        Self((!none).then(|| Arc::new(lines)))
    }
}

impl Lines {
    fn bytes(&self) -> &[u8] {
        match &self.packed {
            Bytes::Shipped(bytes) => bytes,
            Bytes::Own(bytes) => bytes,
        }
    }

    fn unpacked(&self) -> Vec<Effect> {
        Vec::unpack(&mut Packet::new(self.bytes())).unwrap_or_default()
    }
}

/// Effects that are still to be done.
pub(super) struct Acts<'s> {
    left: usize,
    from: Packet<'s>,
}

impl Acts<'_> {
    /// What the next of them comes to in this state, if its condition holds; `None` behind the last.
    pub(super) fn next(&mut self, chapter: &Chapter, state: &State) -> Option<Option<Deed>> {
        self.left = self.left.checked_sub(1)?;
        deed(&mut self.from, &Reading::new(chapter, state))
    }
}

impl Deref for Script {
    type Target = [Effect];

    fn deref(&self) -> &[Effect] {
        let Some(lines) = &self.0 else { return &[] };
        lines.known.get_or_init(|| lines.unpacked().into_boxed_slice())
    }
}

impl From<Vec<Effect>> for Script {
    fn from(effects: Vec<Effect>) -> Self {
        if effects.is_empty() {
            return Self::default();
        }
        let mut packed = Vec::new();
        effects.pack(&mut packed);
        Self::packed(Bytes::Own(packed.into()))
    }
}

impl FromIterator<Effect> for Script {
    fn from_iter<I: IntoIterator<Item = Effect>>(effects: I) -> Self {
        Vec::from_iter(effects).into()
    }
}

impl<'a> IntoIterator for &'a Script {
    type Item = &'a Effect;
    type IntoIter = std::slice::Iter<'a, Effect>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.seen_once().fmt(f)
    }
}

impl PartialEq for Script {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Packed<'static> for Script {
    fn pack(&self, out: &mut Vec<u8>) {
        let bytes: &[u8] = self.0.as_ref().map_or(&[0], |lines| lines.bytes());
        bytes.len().pack(out);
        out.extend_from_slice(bytes);
    }

    fn unpack(from: &mut Packet<'static>) -> Option<Self> {
        let length = usize::unpack(from)?;
        from.bytes(length).map(|bytes| Self::packed(Bytes::Shipped(bytes)))
    }
}
