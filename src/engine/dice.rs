//! Luck: a pure function of the seed, the place where it is asked and how often it was asked there.
//!
//! So a save holds no generator, and adding a scene never moves the luck of another.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A throw about to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throw<'a> {
    /// The seed of the play.
    pub seed: u64,
    /// The key of the place it is made at.
    pub site: &'a str,
    /// How often a throw was made there before.
    pub count: u32,
    /// What the lowest face stands for: 1 for `roll(1..6)`; 0 for a chance, a word or a card.
    pub low: i32,
    /// How many faces there are, at least 1.
    pub sides: u32,
}

/// Something that answers when dice are thrown.
pub trait Luck {
    /// The face that falls, from 0 to `sides` - 1.
    fn draw(&mut self, throw: Throw<'_>) -> u32;
}

/// The luck of the seed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keyed;

impl Luck for Keyed {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        below(&mut stream(throw.seed, throw.site, throw.count), throw.sides)
    }
}

/// Luck that was decided beforehand, then the luck of the seed.
#[derive(Clone, Debug, Default)]
pub struct Forced {
    /// Answers still to be given, the next one last.
    pending: Vec<u32>,
    /// Answers given so far, forced or not.
    given: Vec<u32>,
}

impl Forced {
    /// Gives these answers in order. An answer out of a die's range becomes its nearest face.
    #[must_use]
    pub fn new(answers: &[u32]) -> Self {
        Self { pending: answers.iter().rev().copied().collect(), given: Vec::new() }
    }

    /// What was answered so far.
    #[must_use]
    pub fn given(&self) -> &[u32] {
        &self.given
    }

    /// How many answers were not asked for.
    #[must_use]
    pub fn left(&self) -> usize {
        self.pending.len()
    }
}

impl Luck for Forced {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        let answer = match self.pending.pop() {
            Some(answer) => answer.min(throw.sides.saturating_sub(1)),
            None => Keyed.draw(throw),
        };
        self.given.push(answer);
        answer
    }
}

/// An order of `0..n`, the same for the same seed, key and round.
#[must_use]
pub fn shuffled(seed: u64, key: &str, round: u32, n: usize) -> Vec<usize> {
    let mut stream = stream(seed, key, round);
    let mut order: Vec<usize> = (0..n).collect();
    for at in (1..n).rev() {
        let sides = u32::try_from(at + 1).unwrap_or(u32::MAX);
        order.swap(at, below(&mut stream, sides) as usize);
    }
    order
}

/// The words of luck for one question.
fn stream(seed: u64, site: &str, count: u32) -> ChaCha8Rng {
    let mut hash = Sha256::new();
    hash.update(b"taiyuan dice 1\0");
    hash.update(seed.to_le_bytes());
    hash.update(count.to_le_bytes());
    hash.update(site.as_bytes());
    ChaCha8Rng::from_seed(hash.finalize().into())
}

/// A fair number below `sides`: the high half of a product, refusing the words that would favour a face.
fn below(stream: &mut ChaCha8Rng, sides: u32) -> u32 {
    let sides = sides.max(1);
    let unfair = sides.wrapping_neg() % sides;
    loop {
        let product = u64::from(stream.next_u32()) * u64::from(sides);
        let low = u32::try_from(product & u64::from(u32::MAX)).unwrap_or(0);
        if low >= unfair {
            return u32::try_from(product >> 32).unwrap_or(0);
        }
    }
}
