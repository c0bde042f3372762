//! The rolling seal: a hash over a run's header and then over each thing that happens, so that the eight digits on the
//! screen name all of the run before them. It proves that a file is whole, not that a person played it.

use sha2::{Digest, Sha256};

use crate::engine::log::{Step, hex};

use super::clock::Pause;

/// The seal of a run as far as it got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal([u8; 32]);

impl Seal {
    /// The seal of a run that has not begun: over the fields of its header, in order.
    #[must_use]
    pub fn of(fields: &[&str]) -> Self {
        Self([0; 32]).over("head", fields.iter().map(|field| field.as_bytes()))
    }

    /// The seal after a step: its choice, time, check value and forced luck.
    #[must_use]
    pub fn step(&self, step: &Step) -> Self {
        let forced: Vec<u8> = step.forced.iter().flat_map(|face| face.to_le_bytes()).collect();
        let (at, check) = (step.at.unwrap_or(0).to_le_bytes(), step.check.value().to_le_bytes());
        let state = step.state.unwrap_or(0).to_le_bytes();
        self.over("step", [step.choice.as_bytes(), &at, &check, &state, &forced].into_iter())
    }

    /// The seal after what a step made was noted.
    #[must_use]
    pub fn then(&self, figures: &[(String, String)]) -> Self {
        self.over("then", figures.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]))
    }

    /// The seal after a pause.
    #[must_use]
    pub fn pause(&self, pause: Pause) -> Self {
        self.over("pause", [&pause.at.to_le_bytes()[..], &pause.length.to_le_bytes()].into_iter())
    }

    /// The seal of the whole run, over what it claims.
    #[must_use]
    pub fn end(&self, claim: &[u8]) -> Self {
        self.over("end", std::iter::once(claim))
    }

    /// Eight digits, for the screen.
    #[must_use]
    pub fn short(&self) -> String {
        hex(&self.0[..4])
    }

    /// All of it.
    #[must_use]
    pub fn whole(&self) -> String {
        hex(&self.0)
    }

    fn over<'a>(&self, kind: &str, parts: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(kind.as_bytes());
        for part in parts {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }
}
