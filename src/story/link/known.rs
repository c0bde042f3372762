//! What was linked before: the same words mean the same wherever they stand in a chapter, and stories say much again.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::engine::effect::Effect;
use crate::engine::expr::Cond;
use crate::engine::script::Script;
use crate::story::raw::Str;

/// The most of each kind that are kept in mind: a story that never repeats itself is not to pay for it.
const MOST: usize = 4096;

/// Effects and conditions that have their meaning.
#[derive(Default)]
pub(in crate::story) struct Known<'s> {
    scripts: Memory<Box<[Str<'s>]>, (Script, bool)>,
    conditions: Memory<Str<'s>, Arc<Cond>>,
}

/// A list of effects with its meaning.
pub(super) struct Linked {
    pub(super) effects: Vec<Effect>,
    /// Whether none of them was at fault.
    pub(super) whole: bool,
    /// Whether dice fall: each list has places of its own for them.
    pub(super) dice: bool,
    /// Whether one sets a strict variable.
    pub(super) strict: bool,
}

impl<'s> Known<'s> {
    /// The effects written like this, and whether they touch a strict variable.
    pub(super) fn script(&self, texts: &[Str<'s>], link: impl FnOnce() -> Linked) -> (Script, bool) {
        if texts.is_empty() {
            return (Script::default(), false);
        }
        if let Some(known) = self.scripts.get(texts) {
            return known;
        }
        let linked = link();
        let meant = (Script::from(linked.effects), linked.strict);
        if linked.whole && !linked.dice {
            self.scripts.keep(texts, &meant);
        }
        meant
    }

    /// The condition written like this.
    pub(super) fn condition(&self, text: &Str<'s>, link: impl FnOnce() -> Option<Cond>) -> Option<Arc<Cond>> {
        self.conditions.get(text).or_else(|| {
            let meant = Arc::new(link()?);
            self.conditions.keep(text, &meant);
            Some(meant)
        })
    }
}

/// Meanings by what is written. Never gone through in its order, which means nothing.
struct Memory<W, M>(RefCell<HashTable<(W, M)>>);

impl<W, M> Default for Memory<W, M> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<W, M: Clone> Memory<W, M> {
    fn get<Q: Hash + Eq + ?Sized>(&self, written: &Q) -> Option<M>
    where
        W: Borrow<Q>,
    {
        let known = self.0.borrow();
        known.find(hash(written), |(other, _)| other.borrow() == written).map(|(_, meant)| meant.clone())
    }

    fn keep<Q: Hash + ToOwned<Owned = O> + ?Sized, O: Into<W>>(&self, written: &Q, meant: &M)
    where
        W: Borrow<Q>,
    {
        let mut known = self.0.borrow_mut();
        if known.len() < MOST {
            let one = (written.to_owned().into(), meant.clone());
            known.insert_unique(hash(written), one, |(other, _)| hash(other.borrow()));
        }
    }
}

fn hash<Q: Hash + ?Sized>(written: &Q) -> u64 {
    FxBuildHasher.hash_one(written)
}
