//! What is known of a number: that it lies between two others. And of a condition: yes, no, or either.

use crate::engine::expr::Compare;

/// Every whole number from `low` to `high`, both included; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) low: i32,
    pub(crate) high: i32,
}

/// What is known of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Tri {
    No,
    Either,
    Yes,
}

impl Span {
    pub(crate) const fn new(low: i32, high: i32) -> Self {
        Self { low, high }
    }

    pub(crate) const fn only(value: i32) -> Self {
        Self { low: value, high: value }
    }

    /// The value, if there is only one.
    pub(crate) fn exact(self) -> Option<i32> {
        (self.low == self.high).then_some(self.low)
    }

    pub(crate) fn hull(self, other: Self) -> Self {
        Self::new(self.low.min(other.low), self.high.max(other.high))
    }

    pub(crate) fn clamp(self, low: i32, high: i32) -> Self {
        Self::new(self.low.clamp(low, high), self.high.clamp(low, high))
    }

    pub(crate) fn add(self, other: Self) -> Self {
        Self::new(self.low.saturating_add(other.low), self.high.saturating_add(other.high))
    }

    pub(crate) fn sub(self, other: Self) -> Self {
        Self::new(self.low.saturating_sub(other.high), self.high.saturating_sub(other.low))
    }

    pub(crate) fn mul(self, other: Self) -> Self {
        let products = [
            self.low.saturating_mul(other.low),
            self.low.saturating_mul(other.high),
            self.high.saturating_mul(other.low),
            self.high.saturating_mul(other.high),
        ];
        let [a, b, c, d] = products;
        Self::new(a.min(b).min(c).min(d), a.max(b).max(c).max(d))
    }

    pub(crate) fn neg(self) -> Self {
        Self::new(self.high.saturating_neg(), self.low.saturating_neg())
    }

    pub(crate) fn min(self, other: Self) -> Self {
        Self::new(self.low.min(other.low), self.high.min(other.high))
    }

    pub(crate) fn max(self, other: Self) -> Self {
        Self::new(self.low.max(other.low), self.high.max(other.high))
    }

    /// How many of the marks it has reached.
    pub(crate) fn band(self, marks: &[i32]) -> Self {
        let reached = |x: i32| marks.iter().map(|mark| i32::from(x >= *mark)).sum();
        Self::new(reached(self.low), reached(self.high))
    }

    pub(crate) fn compare(self, how: Compare, other: Self) -> Tri {
        match how {
            Compare::Eq => match (self.exact(), other.exact()) {
                (Some(a), Some(b)) => Tri::from(a == b),
                _ if self.high < other.low || other.high < self.low => Tri::No,
                _ => Tri::Either,
            },
            Compare::Ne => self.compare(Compare::Eq, other).not(),
            Compare::Lt if self.high < other.low => Tri::Yes,
            Compare::Lt if self.low >= other.high => Tri::No,
            Compare::Lt => Tri::Either,
            Compare::Le => other.compare(Compare::Lt, self).not(),
            Compare::Gt => other.compare(Compare::Lt, self),
            Compare::Ge => self.compare(Compare::Lt, other).not(),
        }
    }

    /// Whether it is anything but zero.
    pub(crate) fn truth(self) -> Tri {
        self.compare(Compare::Ne, Self::only(0))
    }
}

impl Tri {
    pub(crate) const fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Either => Self::Either,
            Self::Yes => Self::No,
        }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether it may hold.
    pub(crate) fn may(self) -> bool {
        self != Self::No
    }

    /// Whether it holds for certain.
    pub(crate) fn must(self) -> bool {
        self == Self::Yes
    }

    /// As a number: 0, 1 or either.
    pub(crate) const fn number(self) -> Span {
        match self {
            Self::No => Span::only(0),
            Self::Either => Span::new(0, 1),
            Self::Yes => Span::only(1),
        }
    }
}

impl From<bool> for Tri {
    fn from(b: bool) -> Self {
        if b { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span() -> impl Strategy<Value = (Span, i32)> {
        (-50_i32..50, 0_i32..9)
            .prop_flat_map(|(low, more)| (low..=low + more).prop_map(move |value| (Span::new(low, low + more), value)))
    }

    proptest! {
        #[test]
        fn a_span_holds_every_result_of_its_values((a, x) in span(), (b, y) in span()) {
            let holds = |s: Span, v: i32| s.low <= v && v <= s.high;
            prop_assert!(holds(a.add(b), x + y));
            prop_assert!(holds(a.sub(b), x - y));
            prop_assert!(holds(a.mul(b), x * y));
            prop_assert!(holds(a.neg(), -x));
            prop_assert!(holds(Span::min(a, b), x.min(y)));
            prop_assert!(holds(Span::max(a, b), x.max(y)));
            prop_assert!(holds(a.hull(b), x) && holds(a.hull(b), y));
            prop_assert!(holds(a.clamp(-5, 5), x.clamp(-5, 5)));
            prop_assert!(holds(a.band(&[-9, 0, 7]), i32::from(x >= -9) + i32::from(x >= 0) + i32::from(x >= 7)));
            for how in [Compare::Eq, Compare::Ne, Compare::Lt, Compare::Le, Compare::Gt, Compare::Ge] {
                let known = a.compare(how, b);
                prop_assert!(known == Tri::Either || known == Tri::from(how.holds(x, y)));
            }
        }
    }
}
