//! The layout of a story file: indentation, commas, blanks and empty lines are ours, line ends and words the writer's.

use unicode_width::UnicodeWidthStr;

use crate::story::syntax::{File, Gap, Group, Item, Remark, Value};

/// The most columns of a line that can be broken.
pub const WIDTH: usize = 160;

/// How far what stands in a bracket is indented.
const STEP: usize = 4;

/// Writes a file in the one layout. `eol` is how a line ends.
pub(super) fn lay_out(file: &File<'_>, eol: &str) -> String {
    let mut page = Page { out: String::new(), column: 0, indent: 0, empty: true, eol };
    let mut line_is_over = false;
    for remark in &file.head {
        page.part(if page.out.is_empty() { Gap::Line } else { remark.gap }, line_is_over, 0);
        page.write(remark.text);
        line_is_over = remark.ends_line();
    }
    page.part(if page.out.is_empty() { Gap::Line } else { file.gap }, line_is_over, 0);
    page.group(&file.body, 0);
    line_is_over = false;
    for remark in &file.tail {
        page.part(remark.gap, line_is_over, 0);
        page.write(remark.text);
        line_is_over = remark.ends_line();
    }
    page.out.push_str(eol);
    page.out
}

/// How a pair of brackets is laid out when it is not all in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// The brackets stand in lines of their own.
    Block,
    /// The first and the last item stand beside the brackets.
    Hang,
}

struct Page<'a> {
    out: String,
    /// Where the next character goes.
    column: usize,
    /// How far the line is indented.
    indent: usize,
    /// Whether nothing stands in the line yet.
    empty: bool,
    eol: &'a str,
}

impl Page<'_> {
    fn write(&mut self, text: &str) {
        self.out.push_str(text);
        self.empty = false;
        match text.rsplit_once('\n') {
            Some((_, last)) => self.column = last.width(),
            None => self.column += text.width(),
        }
    }

    /// Parts what was written from what follows. Nothing is put behind an opening bracket.
    fn part(&mut self, gap: Gap, line_is_over: bool, indent: usize) {
        let gap = if line_is_over { gap.max(Gap::Break) } else { gap };
        if gap == Gap::Line {
            if !self.empty && !self.out.ends_with(['(', '[', '{']) {
                self.write(" ");
            }
            return;
        }
        self.out.push_str(self.eol);
        if gap == Gap::Blank {
            self.out.push_str(self.eol);
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        (self.column, self.indent, self.empty) = (indent, indent, true);
    }

    /// A pair of brackets; `room` columns must be left behind it.
    fn group(&mut self, group: &Group<'_>, room: usize) {
        let at_start = group.name.is_empty() && self.empty;
        let base = self.indent;
        let (style, forced) = self.style(group, room);
        let inner = if style == Style::Hang && at_start { base + 1 } else { base + STEP };
        self.write(group.name);
        self.write(group.open.encode_utf8(&mut [0; 4]));
        let mut line_is_over = self.behind(&group.behind);
        let one_a_line = forced && group.items.iter().any(has_fields);
        for (at, item) in group.items.iter().enumerate() {
            let first = at == 0 && item.before.is_empty();
            line_is_over |= at == 0 && style == Style::Block;
            for (n, remark) in item.before.iter().enumerate() {
                let gap = if at == 0 && n == 0 { remark.gap.min(Gap::Break) } else { remark.gap };
                self.part(gap, line_is_over, inner);
                self.write(remark.text);
                line_is_over = remark.ends_line();
            }
            let last = at + 1 == group.items.len();
            let room = if last && style == Style::Hang { 1 + room } else { 1 };
            let mut gap = if first { item.gap.min(Gap::Break) } else { item.gap };
            if at > 0 && (one_a_line || self.column + 1 + lead(item, room, inner) > WIDTH) {
                gap = gap.max(Gap::Break);
            }
            self.part(gap, line_is_over, inner);
            self.item(item, room);
            if !last || style == Style::Block {
                self.write(",");
            }
            line_is_over = self.behind(&item.behind);
        }
        for remark in &group.last {
            let gap = if group.items.is_empty() { Gap::Break } else { remark.gap };
            self.part(gap.max(Gap::Break), line_is_over, inner);
            self.write(remark.text);
        }
        if style == Style::Block {
            self.part(Gap::Break, true, base);
        }
        self.write(closing(group.open));
    }

    fn item(&mut self, item: &Item<'_>, room: usize) {
        if let Some(key) = item.key {
            self.write(key);
            self.write(": ");
        }
        match &item.value {
            Value::Plain(text) => self.write(text),
            Value::Group(group) => self.group(group, room),
        }
    }

    /// Comments behind something, in its line; whether the line is then over.
    fn behind(&mut self, remarks: &[Remark<'_>]) -> bool {
        for remark in remarks {
            let blanks = if remark.ends_line() { remark.blanks.max(1) } else { 1 };
            self.write(&" ".repeat(blanks));
            self.write(remark.text);
        }
        remarks.iter().any(Remark::ends_line)
    }

    /// How brackets are laid out that begin here, and whether they are broken only because they are too long.
    fn style(&self, group: &Group<'_>, room: usize) -> (Style, bool) {
        let Some(last) = group.items.last() else {
            let empty = group.behind.is_empty() && group.last.is_empty();
            return (if empty { Style::Hang } else { Style::Block }, false);
        };
        if stands_open(group, last) {
            return (Style::Block, false);
        }
        let forced = flat(group).is_some_and(|width| self.column + width + room > WIDTH);
        if forced && group.open != '(' && group.items.len() > 1 {
            return (Style::Block, true);
        }
        (Style::Hang, false)
    }
}

/// Whether the brackets stand in lines of their own, as they are written.
fn stands_open(group: &Group<'_>, last: &Item<'_>) -> bool {
    let parted = group.items.first().is_some_and(|item| item.gap.max(gap_of(&item.before)) > Gap::Line);
    group.breaks
        || parted
        || group.behind.iter().any(Remark::ends_line)
        || !group.last.is_empty()
        || last.behind.iter().any(Remark::ends_line)
}

fn gap_of(remarks: &[Remark<'_>]) -> Gap {
    remarks.first().map_or(Gap::Line, |remark| remark.gap)
}

/// Whether an item is a field, or has fields.
fn has_fields(item: &Item<'_>) -> bool {
    item.key.is_some() || matches!(&item.value, Value::Group(group) if group.items.iter().any(|i| i.key.is_some()))
}

fn closing(open: char) -> &'static str {
    match open {
        '(' => ")",
        '[' => "]",
        _ => "}",
    }
}

fn key_width(item: &Item<'_>) -> usize {
    item.key.map_or(0, |key| key.width() + 2)
}

fn head_width(group: &Group<'_>) -> usize {
    group.name.width() + 1
}

/// The width of a pair of brackets in one line, if nothing in it ends a line.
fn flat(group: &Group<'_>) -> Option<usize> {
    if group.breaks || !group.behind.is_empty() || !group.last.is_empty() {
        return None;
    }
    let mut width = head_width(group) + 1 + 2 * group.items.len().saturating_sub(1);
    for item in &group.items {
        width += flat_item(item)?;
    }
    Some(width)
}

fn flat_item(item: &Item<'_>) -> Option<usize> {
    if item.gap > Gap::Line || !item.before.is_empty() || !item.behind.is_empty() {
        return None;
    }
    key_width(item).checked_add(flat_value(&item.value)?)
}

fn flat_value(value: &Value<'_>) -> Option<usize> {
    match value {
        Value::Plain(text) => (!text.contains('\n')).then(|| text.width()),
        Value::Group(group) => flat(group),
    }
}

/// How many columns of an item must stand in its first line, `room` behind it included; `inner` is where a line begins.
fn lead(item: &Item<'_>, room: usize, inner: usize) -> usize {
    let key = key_width(item);
    match &item.value {
        Value::Plain(text) => match text.split_once('\n') {
            Some((first, _)) => key + first.width(),
            None => key + text.width() + room,
        },
        Value::Group(group) => match flat(group) {
            Some(width) if inner + key + width + room <= WIDTH => key + width + room,
            Some(_) => key + least(group, room),
            None => key + written_lead(group, room),
        },
    }
}

/// The first line of brackets that are too long for one line.
fn least(group: &Group<'_>, room: usize) -> usize {
    let first = |item: &Item<'_>, room: usize| {
        key_width(item)
            + match &item.value {
                Value::Plain(text) => text.width() + room,
                Value::Group(group) => least(group, room),
            }
    };
    match group.items.as_slice() {
        [] => head_width(group) + 1 + room,
        [one] => head_width(group) + first(one, 1 + room),
        [..] if group.open != '(' => head_width(group),
        [one, ..] => head_width(group) + first(one, 1),
    }
}

/// The first line of brackets in which a line ends.
fn written_lead(group: &Group<'_>, room: usize) -> usize {
    let mut width = head_width(group);
    let Some(last) = group.items.last() else { return width };
    if stands_open(group, last) {
        return width;
    }
    for (at, item) in group.items.iter().enumerate() {
        if at > 0 {
            if item.gap > Gap::Line || !item.before.is_empty() {
                return width;
            }
            width += 1;
        }
        width += key_width(item);
        match (&item.value, flat_value(&item.value)) {
            (_, Some(flat)) => width += flat + 1,
            (Value::Plain(text), None) => return width + text.split('\n').next().map_or(0, UnicodeWidthStr::width),
            (Value::Group(group), None) => return width + written_lead(group, 1),
        }
    }
    width + room
}
