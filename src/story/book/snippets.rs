//! Snippets that no text uses: they are taken into texts when these are linked, so only the files still know.

use std::collections::BTreeSet;

use super::Book;
use crate::story::diagnostic::Spot;
use crate::story::section::Section;

impl Book {
    /// The ids of snippets that no text of the story has with `{use: …}`, and where they stand.
    #[must_use]
    pub fn unused_snippets(&self) -> Vec<(&str, Spot)> {
        let parts = || self.layout.all.iter().flat_map(|file| &self.outlines[*file].parts);
        let entries = || parts().filter(|part| part.section == Section::Snippets).flat_map(|part| &part.entries);
        if entries().next().is_none() {
            return Vec::new();
        }
        let texts = self.sources.files().iter().map(|file| file.text.as_ref());
        let used: BTreeSet<&str> =
            texts.flat_map(|text| text.match_indices("use").filter_map(|at| id(text, at.0))).collect();
        entries()
            .filter(|entry| !used.contains(entry.id.as_str()))
            .map(|entry| (entry.id.as_str(), entry.key))
            .collect()
    }
}

/// The id behind a `use` at this byte, if it stands at the head of a group.
fn id(text: &str, at: usize) -> Option<&str> {
    text[..at].trim_end().strip_suffix('{')?;
    let rest = text[at..].strip_prefix("use")?.trim_start().strip_prefix(':')?.trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    Some(&rest[..end])
}
