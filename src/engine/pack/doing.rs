//! Packed effects, conditions and numbers, worked out as they are read: nothing is unpacked.
//!
//! Nothing in them has another effect than its value, so both sides of a choice are read and one is dropped. The numbers
//! are those of `forms`.

use super::{Packed, Packet};
use crate::engine::effect::Deed;
use crate::engine::expr::{Compare, Reading};
use crate::engine::id::VarIx;

/// What the next effect comes to, if its condition holds; `None` if the bytes are not those of one.
pub(in crate::engine) fn deed(from: &mut Packet<'_>, state: &Reading<'_>) -> Option<Option<Deed>> {
    let when = if bool::unpack(from)? { holds(from, state)? } else { true };
    let tag = from.byte()?;
    let deed = match tag {
        0 => Deed::Set(Packed::unpack(from)?, number(from, state)?),
        1 => Deed::Set(Packed::unpack(from)?, holds(from, state)?.into()),
        2 => Deed::Roll(Packed::unpack(from)?, Packed::unpack(from)?, Packed::unpack(from)?, Packed::unpack(from)?),
        3 => Deed::Chance(Packed::unpack(from)?, Packed::unpack(from)?, Packed::unpack(from)?),
        4 => Deed::OneOf(Packed::unpack(from)?, Packed::unpack(from)?, Packed::unpack(from)?),
        5 => Deed::Give(Packed::unpack(from)?, number(from, state)?),
        6 => Deed::Take(Packed::unpack(from)?, number(from, state)?),
        7 => Deed::Learn(Packed::unpack(from)?),
        _ => return None,
    };
    Some(when.then_some(deed))
}

/// Most numbers are variables and constants of one byte: they are read without looking further.
#[inline]
fn number(from: &mut Packet<'_>, state: &Reading<'_>) -> Option<i32> {
    match from.0 {
        [0, folded @ 0..0x80, rest @ ..] => {
            from.0 = rest;
            Some(i32::from(folded >> 1) ^ -i32::from(folded & 1))
        }
        [1, var @ 0..0x80, rest @ ..] => {
            from.0 = rest;
            Some(state.var(VarIx((*var).into())))
        }
        _ => any_number(from, state),
    }
}

fn any_number(from: &mut Packet<'_>, state: &Reading<'_>) -> Option<i32> {
    let tag = from.byte()?;
    Some(match tag {
        0 => Packed::unpack(from)?,
        1 => state.var(Packed::unpack(from)?),
        2 => state.derived(Packed::unpack(from)?),
        3 => number(from, state)?.saturating_add(number(from, state)?),
        4 => number(from, state)?.saturating_sub(number(from, state)?),
        5 => number(from, state)?.saturating_mul(number(from, state)?),
        6 => number(from, state)?.saturating_neg(),
        7 => number(from, state)?.min(number(from, state)?),
        8 => number(from, state)?.max(number(from, state)?),
        9 => {
            let (when, then, other) = (holds(from, state)?, number(from, state)?, number(from, state)?);
            if when { then } else { other }
        }
        10 => {
            let (of, marks) = (number(from, state)?, usize::unpack(from)?);
            let mut reached = 0;
            for _ in 0..marks {
                reached += i32::from(of >= i32::unpack(from)?);
            }
            reached
        }
        11 => state.count(Packed::unpack(from)?),
        12 => state.visits(Packed::unpack(from)?),
        13 => state.taken(Packed::unpack(from)?),
        14 => state.since(Packed::unpack(from)?),
        15 => state.turns(),
        _ => return None,
    })
}

fn holds(from: &mut Packet<'_>, state: &Reading<'_>) -> Option<bool> {
    let tag = from.byte()?;
    Some(match tag {
        0 => bool::unpack(from)?,
        1 => state.var(Packed::unpack(from)?) != 0,
        2 => state.derived(Packed::unpack(from)?) != 0,
        3 => !holds(from, state)?,
        4 => {
            let mut all = true;
            for _ in 0..usize::unpack(from)? {
                all &= holds(from, state)?;
            }
            all
        }
        5 => {
            let mut any = false;
            for _ in 0..usize::unpack(from)? {
                any |= holds(from, state)?;
            }
            any
        }
        6 => {
            let how = Compare::unpack(from)?;
            how.holds(number(from, state)?, number(from, state)?)
        }
        7 => state.count(Packed::unpack(from)?) > 0,
        8 => state.visits(Packed::unpack(from)?) > 0,
        _ => return None,
    })
}
