//! Writing into a file that is there: every byte of it stays, and what is added stands as its neighbours do.

use crate::story::syntax::{Gap, Group, Item, Value};

/// What is written into a text, and before which byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Insertion {
    pub(super) at: usize,
    pub(super) text: String,
}

/// The text with everything inserted.
pub(super) fn insert(text: &str, mut all: Vec<Insertion>) -> String {
    all.sort_by_key(|one| one.at);
    let mut out = String::with_capacity(text.len() + all.iter().map(|one| one.text.len()).sum::<usize>());
    let mut from = 0;
    for one in all {
        out.push_str(&text[from..one.at]);
        out.push_str(&one.text);
        from = one.at;
    }
    out.push_str(&text[from..]);
    out
}

/// Adds something to a pair of brackets, behind the item with this number or behind the last.
pub(super) fn add(text: &str, group: &Group<'_>, behind: Option<usize>, what: &str) -> Vec<Insertion> {
    let base = line_indent(text, group.start);
    let Some(neighbour) = behind.and_then(|at| group.items.get(at)).or_else(|| group.items.last()) else {
        let what = indented(what, base + 4);
        return vec![Insertion { at: group.start, text: format!("\n{what}\n{}", " ".repeat(base)) }];
    };
    let own_line = |item: &Item<'_>| starts_line(text, item.start);
    let first = group.items.iter().find(|item| own_line(item));
    let indent = first.map_or(base + 4, |item| line_indent(text, item.start));
    let mut all = Vec::new();
    if !neighbour.comma {
        all.push(Insertion { at: neighbour.end, text: ",".to_owned() });
    }
    if !group.breaks && group.behind.is_empty() {
        all.push(Insertion { at: group.start, text: format!("\n{}", " ".repeat(indent)) });
    }
    let next = group.items.iter().find(|item| item.start > neighbour.start);
    let blank = if parted(next.unwrap_or(neighbour)) { "\n" } else { "" };
    let mut what = format!("\n{blank}{}", indented(what, indent));
    let last = group.items.last().is_some_and(|last| last.start == neighbour.start);
    if last && !text[neighbour.after..group.end].contains('\n') {
        what.push('\n');
        what.push_str(&" ".repeat(base));
    }
    all.push(Insertion { at: neighbour.after, text: what });
    all
}

/// Adds a field that is a list of one thing, or adds to the list if the field is there.
pub(super) fn add_to_list(text: &str, owner: &Group<'_>, field: &str, before: &str, what: &str) -> Vec<Insertion> {
    match owner.group(field) {
        Some(list) => add(text, list, None, what),
        None => {
            let behind = owner.items.iter().position(|item| item.key == Some(before));
            add(text, owner, behind, &format!("{field}: [\n{}\n],", indented(what, 4)))
        }
    }
}

/// Adds an entry to a section, or the section with the entry.
pub(super) fn add_to_section(
    text: &str,
    file: &Group<'_>,
    section: &str,
    after: Option<&str>,
    what: &str,
) -> Vec<Insertion> {
    match file.group(section) {
        Some(group) => {
            let behind = after.and_then(|id| group.items.iter().position(|item| names(item, id)));
            add(text, group, behind, what)
        }
        None => add(text, file, None, &format!("{section}: {{\n{}\n}},", indented(what, 4))),
    }
}

/// Whether an empty line stands before an item and its comments.
fn parted(item: &Item<'_>) -> bool {
    item.before.first().map_or(item.gap, |remark| remark.gap) == Gap::Blank
}

fn names(item: &Item<'_>, id: &str) -> bool {
    item.key.is_some_and(|key| key.trim_matches('"') == id)
}

/// How many things a section of a file holds.
pub(super) fn count(file: &Group<'_>, section: &str) -> usize {
    file.group(section).map_or(0, |group| group.items.len())
}

/// The brackets of an entry of a section.
pub(super) fn entry<'g, 's>(file: &'g Group<'s>, section: &str, id: &str) -> Option<&'g Group<'s>> {
    match &file.group(section)?.find(id)?.value {
        Value::Group(group) => Some(group),
        Value::Plain(_) => None,
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_indent(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}

fn starts_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].trim().is_empty()
}

fn indented(text: &str, by: usize) -> String {
    let margin = " ".repeat(by);
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{margin}{line}") };
    text.trim_end().lines().map(line).collect::<Vec<_>>().join("\n")
}
