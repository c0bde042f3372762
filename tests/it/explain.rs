//! The pages of `explain`: every code has one, and its examples are what they are said to be.

use std::collections::BTreeSet;

use taiyuan::story::Code;
use taiyuan::workshop::check::{LINTS, examine};
use taiyuan::workshop::explain::example::sources;
use taiyuan::workshop::explain::{find, list, pages, write};

#[test]
fn every_code_has_a_page_and_only_one() {
    let have: Vec<&str> = pages().iter().map(|page| page.code).collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|c| c.as_str()).chain(LINTS.iter().map(|l| l.code)).collect();
    let missing: Vec<_> = codes.iter().filter(|code| !have.contains(code)).collect();
    assert!(missing.is_empty(), "no page for {missing:?}");
    assert_eq!(have.len(), codes.len());
    assert!(have.is_sorted());
}

#[test]
fn only_what_is_too_long_to_show_has_no_example() {
    let without: Vec<_> = pages().iter().filter(|page| page.bad.is_empty()).map(|page| page.code).collect();
    assert_eq!(without, ["E001", "E019", "E037", "E038", "E049", "E095"]);
}

#[test]
fn bad_examples_earn_their_code_and_good_ones_do_not() {
    let mut wrong = Vec::new();
    for page in pages().iter().filter(|page| !page.bad.is_empty()) {
        let bad = examine(sources(page.bad));
        if bad.diagnostics.iter().all(|d| d.code() != page.code) {
            wrong.push(format!("{}: the bad example does not earn it\n{bad}", page.code));
        }
        let good = examine(sources(page.good));
        if !good.is_empty() {
            wrong.push(format!("{}: the good example is not clean\n{good}", page.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_page_shows_what_check_says() {
    let page = find("w001").unwrap();
    let mut out = Vec::new();
    write(&page, 80, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.starts_with("W001: a scene that no way leads to\n\n"), "{text}");
    assert!(text.contains("    warning[W001]: nothing leads to the scene `cellar`"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn the_list_has_a_line_for_every_code() {
    let mut out = Vec::new();
    list(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with(['E', 'W'])).count(), pages().len());
}
