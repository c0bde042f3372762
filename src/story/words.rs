//! Translations: texts that take the place of others, by key.

use std::collections::BTreeMap;

use super::desk::Written;
use super::diagnostic::Spot;
use super::parse::Read;
use super::raw::Str;

/// The texts of one language.
#[derive(Default)]
pub(super) struct Words<'s> {
    texts: BTreeMap<String, (Str<'s>, Spot, Spot)>,
}

impl<'s> Words<'s> {
    pub(super) fn new(read: Read<'s, Str<'s>>) -> Self {
        let texts = read.all.into_iter().map(|one| (one.id.to_owned(), (one.raw, one.body, one.key))).collect();
        Self { texts }
    }

    /// The text of a key, if it is translated.
    pub(super) fn find(&self, key: &str) -> Option<Written<'_, 's>> {
        self.texts.get(key).map(|(text, entry, _)| Written { text, entry: *entry })
    }

    /// Every key and where it is written.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, Spot)> {
        self.texts.iter().map(|(key, (_, _, at))| (key.as_str(), *at))
    }
}
