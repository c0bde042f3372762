//! A route and its proof, for people.

use std::io::{self, Write};

use super::super::figures::{count, many};
use super::{Found, Verdict};

/// What the report speaks of.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The chapter.
    pub chapter: String,
    /// What is looked for.
    pub goal: String,
    /// What is to be least, if not the choices.
    pub least: Option<String>,
    /// The seed.
    pub seed: Option<u64>,
}

impl Heading {
    /// So much of what is to be least.
    fn of(&self, n: i64) -> String {
        match &self.least {
            None => many(usize::try_from(n).unwrap_or(0), "choice"),
            Some(var) => format!("{var} {n}"),
        }
    }
}

/// Writes it.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(heading: &Heading, found: &Found, out: &mut dyn Write) -> io::Result<()> {
    let luck = heading.seed.map_or_else(|| "with the best luck".to_owned(), |seed| format!("with seed {seed}"));
    writeln!(out, "{}: to {}, {luck}", heading.chapter, heading.goal)?;
    let states = format!("{} states closed", count(found.closed));
    match (found.verdict, found.cost, found.bound) {
        (Verdict::Optimal, Some(cost), _) => {
            writeln!(out, "  optimal   {}; {states}, nothing left below", heading.of(cost))?;
        }
        (Verdict::Never, ..) => {
            writeln!(out, "  never     no play comes there; {states}, nothing left")?;
        }
        (_, cost, bound) => {
            let bound = bound.unwrap_or(0);
            writeln!(out, "  bound     no play has less than {}; {states}", heading.of(bound))?;
            match cost {
                Some(cost) => {
                    let whole = bound.max(1);
                    let gap = ((cost - bound) * 100 + whole - 1) / whole;
                    writeln!(out, "  best      {}; {gap} % above the bound at most", heading.of(cost))?;
                }
                None => writeln!(out, "  best      no play was found")?,
            }
        }
    }
    let relaxation = &found.relaxation;
    if let Some(bound) = relaxation.bound.filter(|_| relaxation.states > 0) {
        let tracked = relaxation.tracked.iter().map(|t| format!("`{t}`")).collect::<Vec<_>>().join(", ");
        let (label, how) = match relaxation.tracked.is_empty() {
            true => ("searched", "forgetting only what no cheaper play can come to read".to_owned()),
            false => ("relaxed", format!("forgetting everything but {tracked}")),
        };
        let words = format!("{how}: no play has less than {} ({} states)", heading.of(bound), count(relaxation.states));
        for (at, line) in textwrap::wrap(&words, 68).iter().enumerate() {
            writeln!(out, "  {:<9} {line}", if at == 0 { label } else { "" })?;
        }
    }
    if let Some(route) = &found.route {
        writeln!(out, "  {route}")?;
    }
    Ok(())
}
