//! The steps of a log as text: which choice each was, by its number in a table of keys, and what checks it.

use crate::engine::Log;
use crate::engine::log::{Check, Leg, Step};

use super::bits::{Reader, Writer};
use super::numbered::Numbered;

/// The most steps a save may hold.
const MOST: usize = 1 << 19;

/// Every so many steps the check is kept whole; of the others the lowest bits are enough to see where a play parts from
/// its log, since each is chained over the one before.
const WHOLE: usize = 64;

/// The bits of a check that are kept of the others.
const LOW: u32 = (1 << Check::BITS) - 1;

/// Steps of every leg: tables of the keys of their choices, and the bits.
pub(super) struct Tape {
    /// For each leg, the keys in the order of their first use.
    pub(super) keys: Vec<Vec<String>>,
    pub(super) bits: String,
}

/// Leaves of the checks in a log what a save holds of them.
pub(super) fn thin(log: &mut Log) {
    for leg in &mut log.legs {
        let last = leg.steps.len();
        for (step, number) in leg.steps.iter_mut().zip(1..) {
            step.check = kept(step.check, number, last);
            step.state = None;
        }
    }
}

fn kept(check: Check, number: usize, last: usize) -> Check {
    if number == last || number.is_multiple_of(WHOLE) { check } else { check.low() }
}

impl Tape {
    /// The steps of a log; `None` if they are more than can be read again.
    pub(super) fn of(log: &Log) -> Option<Self> {
        let mut bits = Writer::default();
        let mut keys = Vec::with_capacity(log.legs.len());
        for leg in &log.legs {
            keys.push(wind(leg, &mut bits)?);
        }
        Some(Self { keys, bits: bits.finish() })
    }

    /// Puts the steps back into a log whose legs have none; `None` if they are not whole.
    pub(super) fn unwind(self, log: &mut Log) -> Option<()> {
        let mut bits = Reader::new(&self.bits);
        if self.keys.len() != log.legs.len() {
            return None;
        }
        for (leg, keys) in log.legs.iter_mut().zip(&self.keys) {
            unwind(leg, keys, &mut bits)?;
        }
        bits.at_end().then_some(())
    }
}

fn wind(leg: &Leg, bits: &mut Writer) -> Option<Vec<String>> {
    let count = u32::try_from(leg.steps.len()).ok().filter(|_| leg.steps.len() <= MOST)?;
    let mut numbers = Numbered::default();
    let mut keys = Vec::new();
    let mut picks = Vec::with_capacity(leg.steps.len());
    let mut lows = Vec::with_capacity(leg.steps.len());
    let (mut timed, mut forced) = (false, false);
    // The steps of a long play are more than a processor keeps at hand, and are gone over once.
    for step in &leg.steps {
        let (number, new) = numbers.number(&step.choice);
        if new {
            keys.push(step.choice.clone());
        }
        picks.push(number);
        lows.push(step.check.value() as u32);
        timed |= step.at.is_some();
        forced |= !step.forced.is_empty();
    }
    bits.number(count);
    bits.many(&picks, width(keys.len()));
    bits.flag(timed);
    if timed {
        let mut before = 0;
        for step in &leg.steps {
            bits.flag(step.at.is_some());
            if let Some(at) = step.at {
                moment(at.wrapping_sub(before), bits);
                before = at;
            }
        }
    }
    bits.flag(forced);
    if forced {
        for step in &leg.steps {
            bits.number(u32::try_from(step.forced.len()).ok()?);
            step.forced.iter().for_each(|face| bits.number(*face));
        }
    }
    for (block, number) in lows.chunks_mut(WHOLE).zip((WHOLE..).step_by(WHOLE)) {
        let last = number.min(leg.steps.len());
        let Some((end, rest)) = block.split_last_mut() else { break };
        // Behind its flag, which is a zero.
        rest.iter_mut().for_each(|low| *low &= LOW);
        bits.many(rest, 1 + Check::BITS);
        match leg.steps[last - 1].check {
            Check::Whole(check) => {
                bits.flag(true);
                bits.long(check);
            }
            Check::Low(_) => bits.fixed(*end & LOW, 1 + Check::BITS),
        }
    }
    Some(keys)
}

fn unwind(leg: &mut Leg, keys: &[String], bits: &mut Reader<'_>) -> Option<()> {
    let count = bits.number()? as usize;
    let width = width(keys.len());
    if count > MOST || count * width as usize > bits.left() {
        return None;
    }
    leg.steps.reserve_exact(count);
    for _ in 0..count {
        let choice = keys.get(bits.fixed(width)? as usize)?.clone();
        leg.steps.push(Step { choice, forced: Vec::new(), at: None, check: Check::Low(0), state: None });
    }
    if bits.flag()? {
        let mut before = 0_u64;
        for step in &mut leg.steps {
            if bits.flag()? {
                before = before.wrapping_add(unwound(bits)?);
                step.at = Some(before);
            }
        }
    }
    if bits.flag()? {
        for step in &mut leg.steps {
            let faces = bits.number()? as usize;
            if faces > bits.left() {
                return None;
            }
            step.forced = (0..faces).map(|_| bits.number()).collect::<Option<_>>()?;
        }
    }
    for step in &mut leg.steps {
        step.check = if bits.flag()? { Check::Whole(bits.long()?) } else { Check::Low(bits.fixed(Check::BITS)? as u8) };
    }
    Some(())
}

/// How many bits number so many things.
fn width(count: usize) -> u32 {
    (usize::BITS - count.saturating_sub(1).leading_zeros()).max(1)
}

/// Milliseconds since the choice before: most are some seconds, which ten bits are given to begin with.
fn moment(since: u64, bits: &mut Writer) {
    match u32::try_from(since >> 10) {
        Ok(high) => {
            bits.flag(false);
            bits.number(high);
            bits.fixed(since as u32 & 1023, 10);
        }
        Err(_) => {
            bits.flag(true);
            bits.long(since);
        }
    }
}

fn unwound(bits: &mut Reader<'_>) -> Option<u64> {
    if bits.flag()? {
        return bits.long();
    }
    Some(u64::from(bits.number()?) << 10 | u64::from(bits.fixed(10)?))
}
