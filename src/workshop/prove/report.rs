//! A proof in words.

use std::io::{self, Write};

use super::{Basis, Cause, Claim, Proof, Verdict};

/// Writes a proof: what is wrong or open first, then what holds, counted by kind. `all` shows every witness. What is
/// refuted for the same reason is told together.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(proof: &Proof, all: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", proof.chapter)?;
    for (claim, verdict) in &proof.claims {
        match verdict {
            Verdict::Proved(basis) if all => tell(claim, "proved", basis, out)?,
            Verdict::Proved(Basis::Argument(why)) => {
                writeln!(out, "  proved     {}\n             {why}", claim.words())?
            }
            Verdict::Proved(Basis::Play { .. }) => {}
            Verdict::Refuted(basis) => {
                if !proof.causes.iter().any(|cause| cause.behind.contains(claim)) {
                    tell(claim, "refuted", basis, out)?;
                    let cause = proof.causes.iter().find(|cause| cause.claim == *claim);
                    cause.map_or(Ok(()), |cause| blocked(cause, out))?;
                }
            }
            Verdict::Open { states } => {
                writeln!(
                    out,
                    "  not proved {}\n             undecided after {states} states; `--budget N` looks further",
                    claim.words()
                )?;
            }
        }
    }
    if !all {
        let kinds = proof.reached();
        for (kind, reached, every) in kinds {
            writeln!(
                out,
                "  proved     {reached} of {every} {kind} can be reached, each by a play that was played again"
            )?;
        }
    }
    Ok(())
}

/// The conditions that block something, and what else they keep away.
fn blocked(cause: &Cause, out: &mut dyn Write) -> io::Result<()> {
    for condition in cause.blocked_by.iter().take(CONDITIONS) {
        writeln!(out, "             blocked by `{condition}`")?;
    }
    if cause.blocked_by.len() > CONDITIONS {
        writeln!(out, "             and {} more conditions", cause.blocked_by.len() - CONDITIONS)?;
    }
    for claim in &cause.behind {
        writeln!(out, "             so neither: {}", claim.words())?;
    }
    Ok(())
}

/// How many conditions that stand before one thing are told.
const CONDITIONS: usize = 6;

fn tell(claim: &Claim, verdict: &str, basis: &Basis, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {verdict:<10} {}", claim.words())?;
    match basis {
        Basis::Argument(why) => writeln!(out, "             {why}"),
        Basis::Play { route, before, round } => {
            for route in before {
                writeln!(out, "             first: {route}")?;
            }
            writeln!(out, "             {route}")?;
            match round.as_slice() {
                [] => Ok(()),
                [one] => {
                    writeln!(out, "             no ending can be reached from there: `{one}` leads only to itself")
                }
                some => {
                    let names: Vec<String> = some.iter().map(|id| format!("`{id}`")).collect();
                    writeln!(
                        out,
                        "             no ending can be reached from there; it goes round in {}",
                        names.join(", ")
                    )
                }
            }
        }
    }
}
