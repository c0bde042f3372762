//! What was proved of the old story and is not so of the new, and the other way round.

use serde::Serialize;

use super::{Diff, Kind};
use crate::workshop::prove::{Claim, Proof, Verdict};

/// A claim of which something else is known now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turned {
    /// The chapter.
    pub chapter: String,
    /// What is claimed, in words, of ids as they are now.
    pub claim: String,
    /// What came of it in the old story; nothing if it is about something new.
    pub old: Option<&'static str>,
    /// What comes of it in the new one.
    pub new: &'static str,
}

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Proved(_) => "proved",
        Verdict::Refuted(_) => "refuted",
        Verdict::Open { .. } => "not decided",
    }
}

/// Compares proofs of both stories, claim by claim. What is new is told of only if it does not hold.
pub(super) fn turned(old: &[Proof], new: &[Proof], diff: &Diff) -> Vec<Turned> {
    let mut all = Vec::new();
    for now in new {
        let before = old.iter().find(|proof| proof.chapter == now.chapter);
        let before: Vec<(Claim, &Verdict)> = before.map_or_else(Vec::new, |proof| {
            proof.claims.iter().map(|(claim, verdict)| (renamed(claim, &now.chapter, diff), verdict)).collect()
        });
        for (claim, verdict) in &now.claims {
            // Alternatives are numbered: one more, and all behind it are others.
            if matches!(claim, Claim::Alternative { .. }) {
                continue;
            }
            let old = before.iter().find(|(other, _)| other == claim).map(|(_, verdict)| word(verdict));
            let new = word(verdict);
            if old.unwrap_or("proved") != new {
                all.push(Turned { chapter: now.chapter.clone(), claim: claim.words(), old, new });
            }
        }
    }
    all
}

/// The claim under the names that things have now.
fn renamed(claim: &Claim, chapter: &str, diff: &Diff) -> Claim {
    let now = |kind, id: &str| {
        let ids = diff.chapters.get(chapter).and_then(|part| part.ids.get(&kind));
        ids.and_then(|ids| ids.renamed.iter().find(|(old, _)| old == id)).map(|(_, new)| new.clone())
    };
    let path = |path: &String| {
        let of_scene = || {
            let (scene, key) = path.split_once('#')?;
            Some(format!("{}#{key}", now(Kind::Scene, scene)?))
        };
        now(Kind::Choice, path).or_else(of_scene).unwrap_or_else(|| path.clone())
    };
    match claim {
        Claim::Scene(id) => Claim::Scene(now(Kind::Scene, id).unwrap_or_else(|| id.clone())),
        Claim::Choice(choice) => Claim::Choice(path(choice)),
        Claim::Locked(choice) => Claim::Locked(path(choice)),
        Claim::Strict(var) => Claim::Strict(now(Kind::Variable, var).unwrap_or_else(|| var.clone())),
        other => other.clone(),
    }
}
