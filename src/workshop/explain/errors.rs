//! Pages for what keeps a story from being played, by what it is about.

mod names;
mod prose;
mod rules;
mod shape;
mod tables;
mod ways;

use super::Page;
use crate::story::{Code, Severity};

/// A code, what to know of it, a story that earns it and the same one mended; no story where one would be too long to show.
type Entry = (Code, &'static str, &'static str, &'static str);

/// Every page, in the order of the codes.
pub(super) fn pages() -> Vec<Page> {
    let tables: [&[Entry]; 7] =
        [shape::BRACKETS, shape::SECTIONS, rules::PAGES, prose::PAGES, names::PAGES, ways::PAGES, tables::PAGES];
    let entries = tables.into_iter().flatten();
    let mut pages: Vec<Page> = entries.map(|&(code, text, bad, good)| page(code, text, bad, good)).collect();
    pages.sort_by_key(|page| page.code);
    pages
}

fn page(code: Code, text: &'static str, bad: &'static str, good: &'static str) -> Page {
    Page { code: code.as_str(), severity: Severity::Error, about: clause(code.about()), text, bad, good }
}

/// A sentence as a part of another: without its capital and its full stop.
fn clause(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    let first = letters.next().map(|c| c.to_ascii_lowercase());
    let rest = letters.as_str();
    if rest.starts_with(char::is_uppercase) {
        return sentence.trim_end_matches('.').to_owned();
    }
    first.into_iter().chain(rest.chars()).collect()
}
