//! With what a chapter may be entered.

use crate::engine::Chapter;
use crate::engine::chapter::{Carried, Given};
use crate::engine::dice::{Keyed, Luck, Throw};

/// The least and the greatest value of each thing a chapter carries.
fn ranges(chapter: &Chapter) -> Vec<(Carried, i32, i32)> {
    let range = |what| match what {
        Carried::Var(ix) => chapter.var(ix).bounds(),
        Carried::Item(ix) => (0, chapter.world.item(ix).max),
    };
    let with_range = |carry: &crate::engine::chapter::Carry| {
        let (low, high) = range(carry.what);
        (carry.what, low, high)
    };
    chapter.carries.iter().map(with_range).collect()
}

/// Every way in, unless there are more than `most`.
pub(super) fn every(chapter: &Chapter, most: usize) -> Option<Vec<Vec<Given>>> {
    let mut ways: Vec<Vec<Given>> = vec![Vec::new()];
    for (what, low, high) in ranges(chapter) {
        let values = usize::try_from(i64::from(high) - i64::from(low) + 1).ok()?;
        if ways.len().checked_mul(values)? > most {
            return None;
        }
        let with = |way: &Vec<Given>, value| [way.as_slice(), &[Given { what, value }]].concat();
        ways = ways.iter().flat_map(|way| (low..=high).map(move |value| with(way, value))).collect();
    }
    Some(ways)
}

/// One way in, each as likely.
pub(super) fn drawn(chapter: &Chapter, seed: u64) -> Vec<Given> {
    let draw = |(at, (what, low, high)): (usize, (Carried, i32, i32))| {
        let sides = u32::try_from(i64::from(high) - i64::from(low) + 1).unwrap_or(u32::MAX);
        let count = u32::try_from(at).unwrap_or(u32::MAX);
        let lot = Keyed.draw(Throw { seed, site: "carried", count, low, sides });
        Given { what, value: low.saturating_add(i32::try_from(lot).unwrap_or(i32::MAX)) }
    };
    ranges(chapter).into_iter().enumerate().map(draw).collect()
}
