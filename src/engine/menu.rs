//! The choices of a menu, in place where they are few: a page needs them every time.

use std::fmt;
use std::ops::Deref;

use super::id::ChoiceIx;
use super::pack::{Packed, Packet};

/// So many choices need no place of their own.
const FEW: usize = 5;

/// Choices in order.
#[derive(Clone)]
pub struct Menu(Kept);

#[derive(Clone)]
enum Kept {
    /// So many of these.
    Few(u8, [ChoiceIx; FEW]),
    Many(Box<[ChoiceIx]>),
}

impl Default for Menu {
    fn default() -> Self {
        Self(Kept::Few(0, [ChoiceIx(0); FEW]))
    }
}

impl Deref for Menu {
    type Target = [ChoiceIx];

    fn deref(&self) -> &[ChoiceIx] {
        match &self.0 {
            Kept::Few(count, choices) => choices.get(..usize::from(*count)).unwrap_or_default(),
            Kept::Many(choices) => choices,
        }
    }
}

impl From<Vec<ChoiceIx>> for Menu {
    fn from(choices: Vec<ChoiceIx>) -> Self {
        let mut few = [ChoiceIx(0); FEW];
        Self(match (u8::try_from(choices.len()), few.get_mut(..choices.len())) {
            (Ok(count), Some(here)) => {
                here.copy_from_slice(&choices);
                Kept::Few(count, few)
            }
            _ => Kept::Many(choices.into_boxed_slice()),
        })
    }
}

impl FromIterator<ChoiceIx> for Menu {
    fn from_iter<I: IntoIterator<Item = ChoiceIx>>(choices: I) -> Self {
        Vec::from_iter(choices).into()
    }
}

impl<'a> IntoIterator for &'a Menu {
    type Item = &'a ChoiceIx;
    type IntoIter = std::slice::Iter<'a, ChoiceIx>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Menu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for Menu {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Packed<'_> for Menu {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        self.iter().for_each(|choice| choice.pack(out));
    }

    fn unpack(from: &mut Packet<'_>) -> Option<Self> {
        Vec::unpack(from).map(Self::from)
    }
}
