//! Prose against a state: what a reader sees. Changes nothing and draws no dice.

use super::chapter::Chapter;
use super::dice::shuffled;
use super::id::{CodexIx, PersonIx};
use super::state::State;
use super::text::{Group, GroupKind, Inline, Text};

/// How the reader wants to be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// Withhold the worst lines.
    pub gentle: bool,
}

/// A rendered paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Para {
    /// Who speaks it, or whom it is about.
    pub speaker: Option<PersonIx>,
    /// Its words. A line end is a `\n`.
    pub spans: Vec<Span>,
}

/// Words of one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// How they look.
    pub style: Style,
}

/// How words look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Emphasis.
    pub emph: bool,
    /// Strong.
    pub strong: bool,
    /// A link to a codex entry.
    pub link: Option<CodexIx>,
}

impl Para {
    /// The words without their looks.
    #[must_use]
    pub fn plain(&self) -> String {
        self.spans.iter().map(|s| s.text.as_str()).collect()
    }
}

/// Renders a text; `round` is which showing of it this is, from 0.
#[must_use]
pub fn render(text: &Text, round: u32, chapter: &Chapter, state: &State, reader: Reader) -> Vec<Para> {
    let mut paras = Vec::new();
    render_into(&mut paras, text, round, chapter, state, reader);
    paras
}

/// The same, in the place of what was rendered before.
pub(super) fn render_into(
    paras: &mut Vec<Para>,
    text: &Text,
    round: u32,
    chapter: &Chapter,
    state: &State,
    reader: Reader,
) {
    if let Some(line) = text.line() {
        paras.resize_with(1, Para::default);
        return write_para(&mut paras[0], line);
    }
    let Some(words) = text.plain() else {
        paras.clear();
        for paragraph in text.tree() {
            let mut pen = Pen { chapter, state, reader, round, spans: Vec::new() };
            pen.inlines(&paragraph.inlines, Style::default());
            let spans = pen.trimmed();
            if !spans.is_empty() {
                paras.push(Para { speaker: paragraph.speaker, spans });
            }
        }
        return;
    };
    let mut count = 0;
    for line in words.lines() {
        if count == paras.len() {
            paras.push(Para::default());
        }
        write_para(&mut paras[count], line);
        count += 1;
    }
    paras.truncate(count);
}

/// A paragraph that nobody speaks, without a look, in the place of what was there.
fn write_para(para: &mut Para, words: &str) {
    para.speaker = None;
    write_plain(&mut para.spans, words);
}

/// Renders a text of one line, such as a choice or a date.
#[must_use]
pub fn render_line(text: &Text, round: u32, chapter: &Chapter, state: &State, reader: Reader) -> Vec<Span> {
    let mut spans = Vec::new();
    render_line_into(&mut spans, text, round, chapter, state, reader);
    spans
}

/// The same, in the place of what was rendered before.
pub(super) fn render_line_into(
    spans: &mut Vec<Span>,
    text: &Text,
    round: u32,
    chapter: &Chapter,
    state: &State,
    reader: Reader,
) {
    if let Some(line) = text.line() {
        return write_plain(spans, line);
    }
    match text.plain() {
        Some("") => spans.clear(),
        Some(words) if !words.contains('\n') => write_plain(spans, words),
        _ => {
            let mut paras = render(text, round, chapter, state, reader).into_iter();
            *spans = paras.next().map(|para| para.spans).unwrap_or_default();
            for para in paras {
                spans.push(Span { text: " ".to_owned(), style: Style::default() });
                spans.extend(para.spans);
            }
        }
    }
}

/// Words without a look, in the place of what was there.
fn write_plain(spans: &mut Vec<Span>, words: &str) {
    spans.truncate(1);
    match spans.first_mut() {
        Some(span) => {
            span.style = Style::default();
            span.text.clear();
            span.text.push_str(words);
        }
        None => spans.push(Span { text: words.to_owned(), style: Style::default() }),
    }
}

struct Pen<'a> {
    chapter: &'a Chapter,
    state: &'a State,
    reader: Reader,
    round: u32,
    spans: Vec<Span>,
}

impl Pen<'_> {
    fn write(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_owned(), style }),
        }
    }

    fn inlines(&mut self, inlines: &[Inline], style: Style) {
        for inline in inlines {
            match inline {
                Inline::Plain(text) => self.write(text, style),
                Inline::Break => self.write("\n", style),
                Inline::Emph(inner) => self.inlines(inner, Style { emph: true, ..style }),
                Inline::Strong(inner) => self.inlines(inner, Style { strong: true, ..style }),
                Inline::Link(entry, inner) => self.inlines(inner, Style { link: Some(*entry), ..style }),
                Inline::Number(expr) => {
                    self.write(&with_commas(expr.eval(self.chapter, self.state)), style);
                }
                Inline::Word(ix) => {
                    self.write(&self.chapter.var(*ix).written(self.state.vars[ix.at()]), style);
                }
                Inline::Spell(expr, capital) => {
                    self.write(&spelled(expr.eval(self.chapter, self.state), *capital), style);
                }
                Inline::Level(ix) => {
                    let value = self.state.vars[ix.at()];
                    self.write(self.chapter.var(*ix).level(value).unwrap_or_default(), style);
                }
                Inline::Group(group) => self.group(group, style),
                Inline::If(cond, then, otherwise) => {
                    let holds = cond.holds(self.chapter, self.state);
                    self.inlines(if holds { then } else { otherwise }, style);
                }
                Inline::Gentle(mild, full) => {
                    self.inlines(if self.reader.gentle { mild } else { full }, style);
                }
            }
        }
    }

    fn group(&mut self, group: &Group, style: Style) {
        if let Some(alternative) =
            position(group, self.round, self.state.seed).and_then(|at| group.alternatives.get(at))
        {
            self.inlines(alternative, style);
        }
    }

    /// Without the doubled, leading and trailing blanks that absent alternatives leave behind.
    fn trimmed(self) -> Vec<Span> {
        let mut out = self.spans;
        let mut after_blank = true;
        out.retain_mut(|Span { text, .. }| {
            if (after_blank && text.starts_with(' ')) || has_blanks_together(text) {
                *text = squeezed(text, after_blank);
            }
            after_blank = if text.is_empty() { after_blank } else { text.ends_with([' ', '\n']) };
            !text.is_empty()
        });
        while let Some(last) = out.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            out.pop();
        }
        out
    }
}

/// Whether two blanks stand side by side, line ends among them: what most texts never have.
fn has_blanks_together(text: &str) -> bool {
    let blank = |byte: &u8| (*byte == b' ') | (*byte == b'\n');
    let bytes = text.as_bytes();
    bytes.iter().zip(bytes.iter().skip(1)).fold(false, |found, (a, b)| found | (blank(a) & blank(b)))
}

/// A text without doubled blanks and blanks beside a line end.
fn squeezed(text: &str, mut after_blank: bool) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        if c == ' ' && after_blank {
            continue;
        }
        if c == '\n' {
            while kept.ends_with(' ') {
                kept.pop();
            }
        }
        after_blank = c == ' ' || c == '\n';
        kept.push(c);
    }
    kept
}

/// Which alternative of a group a showing shows, if any; `round` is which showing it is, from 0.
#[must_use]
pub fn position(group: &Group, round: u32, seed: u64) -> Option<usize> {
    let n = group.alternatives.len();
    let round = round as usize;
    let at = match group.kind {
        GroupKind::Sequence => round.min(n.saturating_sub(1)),
        GroupKind::First => round.min(1),
        GroupKind::Once => round,
        GroupKind::Cycle => round % n.max(1),
        GroupKind::Shuffle => {
            let lap = u32::try_from(round / n.max(1)).unwrap_or(u32::MAX);
            *shuffled(seed, &group.key, lap, n).get(round % n.max(1))?
        }
    };
    (at < n).then_some(at)
}

/// A number as it is read: `31,200`.
#[must_use]
pub fn with_commas(n: i32) -> String {
    let sign = if n < 0 { "-" } else { "" };
    format!("{sign}{}", in_threes(&n.unsigned_abs().to_string()))
}

/// Digits with a comma before every third from the end.
#[must_use]
pub fn in_threes(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number in words, from none to one hundred; otherwise in digits.
fn spelled(n: i32, capital: bool) -> String {
    const SMALL: [&str; 20] = [
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let word = match usize::try_from(n) {
        Ok(small @ 0..20) => SMALL[small].to_owned(),
        Ok(100) => "a hundred".to_owned(),
        Ok(n @ 20..100) if n % 10 == 0 => TENS[n / 10].to_owned(),
        Ok(n @ 20..100) => format!("{}-{}", TENS[n / 10], SMALL[n % 10]),
        _ => return with_commas(n),
    };
    if !capital {
        return word;
    }
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
