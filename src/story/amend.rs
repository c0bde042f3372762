//! A story file with something more in it, everything else as it was written.

use super::outline::outline;
use super::section::Section;

/// Why nothing was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAdded {
    /// The file has faults of its own.
    #[error("the file has faults; `check` tells them")]
    Faults,
    /// Its last bracket was not found.
    #[error("the file does not end in a bracket")]
    NoEnd,
}

/// The file with a test behind its last one, or with a `tests` section of its own. `test` ends in `),` and a line end.
///
/// # Errors
/// [`NotAdded`] if the file cannot be read.
pub fn with_test(file: &str, test: &str) -> Result<String, NotAdded> {
    if file.trim().is_empty() {
        return Ok(format!("(\n    tests: [\n{test}    ],\n)\n"));
    }
    let outline = outline(0, file);
    if !outline.faults.is_empty() || outline.partial {
        return Err(NotAdded::Faults);
    }
    let tests = outline.parts.iter().rev().filter(|part| part.section == Section::Tests);
    if let Some(last) = tests.filter_map(|part| part.entries.last()).next() {
        let (before, after) = file.split_at_checked(last.body.end).ok_or(NotAdded::NoEnd)?;
        // The comma behind the last test, if it had one, is now behind the new one.
        let test = test.trim_end().trim_end_matches(',');
        return Ok(format!("{before},\n{test}{after}"));
    }
    let end = file.rfind(')').ok_or(NotAdded::NoEnd)?;
    let (before, after) = file.split_at(end);
    let before = before.trim_end();
    let comma = if before.ends_with([',', '(']) { "" } else { "," };
    Ok(format!("{before}{comma}\n    tests: [\n{test}    ],\n{after}"))
}

#[cfg(test)]
mod tests {
    use super::with_test;

    const TEST: &str = "        (name: \"b\"),\n";

    #[test]
    fn a_test_goes_behind_the_last_one() {
        let file = "(\n    tests: [\n        (name: \"a\"), // why\n    ],\n)\n";
        let expected = "(\n    tests: [\n        (name: \"a\"),\n        (name: \"b\"), // why\n    ],\n)\n";
        assert_eq!(with_test(file, TEST).unwrap(), expected);
        let bare = "(tests: [(name: \"a\")])";
        assert_eq!(with_test(bare, TEST).unwrap(), "(tests: [(name: \"a\"),\n        (name: \"b\")])");
    }

    #[test]
    fn a_file_without_tests_gets_a_section() {
        let expected = "(\n    tests: [\n        (name: \"b\"),\n    ],\n)\n";
        assert_eq!(with_test("", TEST).unwrap(), expected);
        let file = "(\n    items: {}\n)\n";
        let expected = "(\n    items: {},\n    tests: [\n        (name: \"b\"),\n    ],\n)\n";
        assert_eq!(with_test(file, TEST).unwrap(), expected);
        assert!(with_test("(items: {", TEST).is_err());
    }
}
