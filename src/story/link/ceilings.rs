//! What is known of the cheapest plays of a run.

use super::Linker;
use crate::engine::chapter::Ceiling;
use crate::engine::id::VarIx;
use crate::story::desk::Written;
use crate::story::diagnostic::Spot;
use crate::story::fault::Fault;
use crate::story::names::Kind;
use crate::story::raw;

impl<'s> Linker<'_, 's> {
    /// The rows of a run, held against each other: none twice, and no play better than what is proved.
    pub(super) fn ceilings(&self, routes: &[raw::Route<'s>], key: Spot, entry: Spot) -> Vec<Ceiling> {
        let mut ceilings: Vec<Ceiling> = Vec::new();
        for raw in routes {
            let least = match &raw.least {
                None => None,
                Some(text) => match self.scope.id(Kind::Variable, Written { text, entry }) {
                    Some(at) => Some(VarIx::from(at)),
                    None => continue,
                },
            };
            for number in [Some(raw.proved), raw.found].into_iter().flatten().filter(|number| *number < 0) {
                let what = "a figure of a route".to_owned();
                let most = i64::from(i32::MAX);
                self.desk().error(Fault::Bounds { what, least: 0, most, found: i64::from(number) }, key);
            }
            let tracked = raw.tracked.iter().map(|name| name.to_string()).collect();
            let one = Ceiling { seed: raw.seed, least, proved: raw.proved, found: raw.found, tracked };
            if ceilings.iter().any(|other| (other.seed, other.least) == (one.seed, one.least)) {
                self.desk().error(Fault::RouteTwice { what: self.figure(&one) }, key);
            } else {
                ceilings.push(one);
            }
        }
        for bound in &ceilings {
            // The best luck is at least as good as that of any seed.
            let under = |one: &&Ceiling| one.least == bound.least && (bound.seed.is_none() || one.seed == bound.seed);
            for one in ceilings.iter().filter(under) {
                let Some(found) = one.found.filter(|found| *found < bound.proved) else { continue };
                let (what, route) = (self.figure(bound), self.figure(one));
                self.desk().error(Fault::RouteBelowBound { what, proved: bound.proved, route, found }, key);
            }
        }
        ceilings
    }

    /// What a row is of.
    fn figure(&self, one: &Ceiling) -> String {
        let least = one.least.map_or("choices", |var| &self.scope.vars[var.at()].id);
        match one.seed {
            Some(seed) => format!("`{least}` with seed {seed}"),
            None => format!("`{least}` with the best luck"),
        }
    }
}
