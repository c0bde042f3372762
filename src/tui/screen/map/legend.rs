//! What the signs of a map mean, and a line about the selected place.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::engine::id::PlaceIx;
use crate::engine::world::PlaceKind;
use crate::tui::overlay::Look;
use crate::tui::widget::list;

use super::chart::{self, HERE, ink_style, sign};
use super::stroke::Ink;
use super::survey::{Mark, Survey};

const KINDS: [(PlaceKind, &str); 7] = [
    (PlaceKind::City, "city"),
    (PlaceKind::Town, "town"),
    (PlaceKind::Fort, "fort"),
    (PlaceKind::Camp, "camp"),
    (PlaceKind::Pass, "pass"),
    (PlaceKind::Gate, "gate"),
    (PlaceKind::Site, "place"),
];

fn kind_word(kind: PlaceKind) -> &'static str {
    KINDS.iter().find(|(k, _)| *k == kind).map_or("place", |(_, word)| word)
}

/// How a stroke looks, four cells of it.
fn sample(ink: Ink, plain: bool) -> String {
    if plain {
        return ink.letter().to_string().repeat(4);
    }
    match ink {
        Ink::Road => "⠂⠐⠀⠂",
        Ink::Border => "⠒⠒⠀⠂",
        Ink::River => "⠤⠒⠒⠤",
        Ink::Coast => "⠶⠛⠛⠶",
        Ink::Route => "⠒⠒⠒⠀",
        Ink::Wall => "⠛⠛⠛⠛",
        Ink::Works => "⠺⠲⠗⠺",
        Ink::Been => "⠶⠆⠰⠶",
    }
    .to_owned()
}

/// A row of the legend: a sign, its look, and its meaning.
struct Row {
    sign: String,
    style: Style,
    words: String,
}

fn rows(survey: &Survey<'_>, look: &Look<'_>) -> Vec<Vec<Row>> {
    let theme = look.theme;
    let plain = theme.plain();
    let mut armies: Vec<Row> = Vec::new();
    for (at, side) in survey.sides.iter().enumerate() {
        let style = chart::army_style(at, theme);
        armies.push(Row { sign: side.letter.to_string(), style, words: format!("{}, armies", side.word) });
        for mark in &survey.marks {
            for host in mark.armies.iter().filter(|host| host.side == at) {
                let words = format!("{}: {}", host.name, mark.place.name);
                armies.push(Row { sign: String::new(), style, words });
            }
        }
    }
    let mut places = Vec::new();
    if survey.marks.iter().any(|m| m.here) {
        let style = theme.accent.add_modifier(Modifier::BOLD);
        places.push(Row { sign: HERE.to_owned(), style, words: "you are here".to_owned() });
    }
    for (kind, word) in KINDS {
        if survey.marks.iter().any(|m| m.place.kind == kind) {
            places.push(Row { sign: sign(kind, plain).to_owned(), style: theme.text, words: word.to_owned() });
        }
    }
    let drawn = |ink: &Ink| match ink {
        Ink::Been => survey.trail.len() > 1,
        ink => survey.lines.iter().any(|l| l.ink == *ink),
    };
    let stroke =
        |ink: Ink| Row { sign: sample(ink, plain), style: ink_style(ink, theme), words: ink.word().to_owned() };
    let lines = Ink::ALL.into_iter().rev().filter(drawn).map(stroke).collect();
    vec![places, lines, armies]
}

/// Draws the legend, group under group, or beside each other where the room is low and wide.
pub(super) fn draw(survey: &Survey<'_>, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let groups: Vec<Vec<Row>> = rows(survey, look).into_iter().filter(|g| !g.is_empty()).collect();
    let all: usize = groups.iter().map(|g| g.len() + 1).sum();
    let beside = all > usize::from(area.height) + 1 && area.width > 38;
    let column = area.width / u16::try_from(groups.len().max(1)).unwrap_or(1);
    let (mut x, mut y) = (area.x, area.y);
    for group in groups {
        for row in group {
            if y < area.bottom() {
                let room = if beside { column.saturating_sub(1) } else { area.right().saturating_sub(x) };
                draw_row(&row, Rect { x, y, width: room, height: 1 }, look, buf);
            }
            y = y.saturating_add(1);
        }
        if beside {
            (x, y) = (x.saturating_add(column), area.y);
        } else {
            y = y.saturating_add(1);
        }
    }
}

fn draw_row(row: &Row, line: Rect, look: &Look<'_>, buf: &mut Buffer) {
    list::line(&row.sign, line, 0, row.style, buf);
    let indent = if row.sign.chars().count() > 1 { 6 } else { 3 }.min(line.width);
    let words = Rect { x: line.x + indent, width: line.width - indent, ..line };
    list::line(&row.words, words, 0, look.theme.text, buf);
}

/// The line below the map: of the selected place, or of where the play stands, all that its signs say.
pub(super) fn caption(survey: &Survey<'_>, selected: Option<PlaceIx>, unnamed: usize) -> String {
    let chosen = survey.marks.iter().find(|m| Some(m.ix) == selected);
    let Some(mark) = chosen.or_else(|| survey.marks.iter().find(|m| m.here)) else {
        return more(unnamed);
    };
    let mut words = described(survey, mark);
    if chosen.is_none() && unnamed > 0 {
        words = format!("{words}. {}", more(unnamed));
    }
    words
}

fn more(unnamed: usize) -> String {
    match unnamed {
        0 => String::new(),
        1 => "One more place when you come closer".to_owned(),
        n => format!("{n} more places when you come closer"),
    }
}

fn described(survey: &Survey<'_>, mark: &Mark<'_>) -> String {
    let mut words = mark.place.name.clone();
    if let Some(zh) = &mark.place.zh {
        words = format!("{words} {zh}");
    }
    words = format!("{words}, {}", kind_word(mark.place.kind));
    if mark.here {
        words.push_str(", you are here");
    } else if mark.been {
        words.push_str(", you have been here");
    }
    for host in &mark.armies {
        let side = survey.sides.get(host.side).map_or("", |s| s.word.as_str());
        words.push_str(&format!(", {} ({side})", host.name));
    }
    words
}
