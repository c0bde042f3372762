//! A proof in words.

use std::io::{self, Write};

use super::{Basis, Claim, Proof, Verdict};

/// Writes a proof: what is wrong or open first, then what holds, counted by kind. `all` shows every witness.
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
            Verdict::Refuted(basis) => tell(claim, "refuted", basis, out)?,
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
                "  proved    {reached} of {every} {kind} can be reached, each by a play that was played again"
            )?;
        }
    }
    Ok(())
}

fn tell(claim: &Claim, verdict: &str, basis: &Basis, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {verdict:<10} {}", claim.words())?;
    match basis {
        Basis::Argument(why) => writeln!(out, "             {why}"),
        Basis::Play { route, before } => {
            for route in before {
                writeln!(out, "             first: {route}")?;
            }
            writeln!(out, "             {route}")
        }
    }
}
