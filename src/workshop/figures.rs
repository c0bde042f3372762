//! Numbers, bars and lists for people.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::engine::render::in_threes;

/// The widest line of a report.
pub const WIDTH: usize = 80;

/// A count with commas.
#[must_use]
pub fn count(n: usize) -> String {
    in_threes(&n.to_string())
}

/// So many of something: `1 choice`, `1,200 choices`.
#[must_use]
pub fn many(n: usize, one: &str) -> String {
    format!("{} {one}{}", count(n), if n == 1 { "" } else { "s" })
}

/// A part of a whole in a hundred, never rounded to none or to all: ` 62 %`.
#[must_use]
pub fn percent(part: usize, whole: usize) -> String {
    let whole = whole.max(1);
    let rounded = (part * 100 + whole / 2) / whole;
    match (part, rounded) {
        (0, _) => "  0 %".to_owned(),
        (_, 0) => " <1 %".to_owned(),
        (_, 100..) if part < whole => ">99 %".to_owned(),
        (_, n) => format!("{n:>3} %"),
    }
}

/// A bar: a part of the most, over so many columns.
#[must_use]
pub fn bar(part: usize, most: usize, columns: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (part * columns * 8).div_ceil(most.max(1)).min(columns * 8);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// Text filled up with blanks to so many columns; 中文 is two wide.
#[must_use]
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// Text cut to so many columns, with `…` where something is missing.
#[must_use]
pub fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) + 1 > columns {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

/// Writes words one after another, broken into lines that begin with so many blanks.
///
/// # Errors
/// When `out` cannot be written.
pub fn list(out: &mut dyn Write, words: &[String], indent: usize) -> io::Result<()> {
    let blanks = " ".repeat(indent);
    let mut line = blanks.clone();
    for (at, word) in words.iter().enumerate() {
        let word = if at + 1 < words.len() { format!("{word},") } else { word.clone() };
        if line.width() > indent && line.width() + 1 + word.width() > WIDTH {
            writeln!(out, "{line}")?;
            line.clone_from(&blanks);
        }
        if line.width() > indent {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if line.width() > indent { writeln!(out, "{line}") } else { Ok(()) }
}

/// Text broken into lines of so many columns.
#[must_use]
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    textwrap::wrap(text, columns).iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Least, median and most of some numbers.
#[must_use]
pub fn spread(mut numbers: Vec<usize>) -> [usize; 3] {
    numbers.sort_unstable();
    match (numbers.first(), numbers.get(numbers.len() / 2), numbers.last()) {
        (Some(&least), Some(&median), Some(&most)) => [least, median, most],
        _ => [0; 3],
    }
}

/// One row of a histogram: from, to, and how many fall between them.
pub type Row = (usize, usize, usize);

/// How numbers are distributed, in about so many rows of round bounds.
#[must_use]
pub fn histogram(numbers: &[usize], rows: usize) -> Vec<Row> {
    let (Some(&least), Some(&most)) = (numbers.iter().min(), numbers.iter().max()) else { return Vec::new() };
    let rough = (most - least) / rows.max(1) + 1;
    let mut step = 1;
    while step < rough {
        // 1, 2, 5, 10, 20, 50 …
        step = if step.to_string().starts_with('2') { step / 2 * 5 } else { step * 2 };
    }
    let first = least / step * step;
    let mut all: Vec<Row> =
        (0..=(most - first) / step).map(|at| (first + at * step, first + (at + 1) * step - 1, 0)).collect();
    for n in numbers {
        all[(n - first) / step].2 += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_whole_are_never_rounded_to_nothing_or_everything() {
        assert_eq!(
            [percent(0, 9), percent(1, 999), percent(998, 999), percent(999, 999), percent(1, 2)],
            ["  0 %", " <1 %", ">99 %", "100 %", " 50 %"]
        );
    }

    #[test]
    fn a_bar_shows_the_least_there_is() {
        assert_eq!(bar(0, 100, 10), "");
        assert_eq!(bar(1, 1000, 10), "▏");
        assert_eq!(bar(50, 100, 10), "█████");
        assert_eq!(bar(100, 100, 10), "██████████");
    }

    #[test]
    fn a_histogram_has_round_bounds_and_loses_nothing() {
        let rows = histogram(&[13, 17, 48, 95, 96], 5);
        assert_eq!(rows, [(0, 19, 2), (20, 39, 0), (40, 59, 1), (60, 79, 0), (80, 99, 2)]);
        assert_eq!(histogram(&[7], 5), [(7, 7, 1)]);
    }

    #[test]
    fn wide_characters_count_for_two() {
        assert_eq!(padded("太原", 6), "太原  ");
        assert_eq!(cut("太原府城", 6), "太原…");
    }

    #[test]
    fn a_list_stays_within_the_line() {
        let words: Vec<String> = (0..40).map(|n| format!("word_{n}")).collect();
        let mut out = Vec::new();
        list(&mut out, &words, 4).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.lines().all(|l| l.width() <= WIDTH && l.starts_with("    word")), "{out}");
        assert_eq!(out.matches("word_").count(), 40);
    }
}
