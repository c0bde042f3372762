//! The card of a run that is over: what it came to, and its seal.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;
use tui_big_text::{BigText, PixelSize};

use crate::play::run::{Runner, Stage, Won};
use crate::speedrun::clock::{difference, written};
use crate::speedrun::verify::Verdict;
use crate::tui::theme::Theme;

use super::{delta, edges, look, tenths};

/// The widest the card is drawn.
const WIDTH: u16 = 64;

/// The card.
pub(crate) struct Card<'a> {
    pub(crate) runner: &'a Runner,
    pub(crate) theme: &'a Theme,
}

/// A row of words at both edges.
type Row = ((String, Style), (String, Style));

impl Widget for Card<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let width = WIDTH.min(area.width);
        let area = Rect { x: area.x + (area.width - width) / 2, width, ..area };
        let mut y = area.y;
        let (splits, facts) = (self.splits(width), self.facts());
        let spare = usize::from(area.height).saturating_sub(facts.len() + 2);
        if self.runner.stage() == Stage::Won {
            let time = written(self.runner.times().real);
            let letters = u16::try_from(time.len()).unwrap_or(u16::MAX);
            let big = letters.saturating_mul(4);
            if big <= width && spare >= 5 + splits.len() {
                let place = Rect { x: area.x + (width - big) / 2, y, width: big, height: 4 };
                let style = self.theme.accent;
                let lines = [Line::from(time)];
                BigText::builder().pixel_size(PixelSize::Quadrant).style(style).lines(lines).build().render(place, buf);
                y += 5;
            } else {
                let style = self.theme.accent.add_modifier(self.theme.strong);
                Line::styled(time, style).centered().render(Rect { y, height: 1, ..area }, buf);
                y += 2;
            }
        } else {
            let row = Rect { y, height: 1, ..area };
            Line::styled("the goal was not reached", self.theme.warning).centered().render(row, buf);
            y += 2;
        }
        let room = usize::from(area.bottom().saturating_sub(y)).saturating_sub(facts.len() + 1);
        let rows = self.fitting(splits, room).into_iter().chain(facts);
        for (y, (left, right)) in (y..area.bottom()).zip(rows) {
            edges(Rect { y, height: 1, ..area }, (&left.0, left.1), (&right.0, right.1), buf);
        }
    }
}

impl Card<'_> {
    /// As many splits as fit, the last ones; the row over them says how many are left out.
    fn fitting(&self, splits: Vec<Row>, room: usize) -> Vec<Row> {
        let left = splits.len().saturating_sub(room);
        if room < 2 {
            return Vec::new();
        }
        // The row that says so takes the place of one more.
        let left = left + usize::from(left > 0);
        let earlier = || ((format!("{left} before: t on the last page"), self.theme.quiet), Default::default());
        let shown = splits.into_iter().skip(left);
        (left > 0).then(earlier).into_iter().chain(shown).chain([Row::default()]).collect()
    }

    fn splits(&self, width: u16) -> Vec<Row> {
        let (runner, theme) = (self.runner, self.theme);
        let splits = runner.splits();
        let time = |at: usize| splits.marks()[at].map(|mark| mark.real);
        let row = |(at, split): (usize, &crate::speedrun::category::Split)| {
            let title = (split.title.clone(), theme.text);
            match splits.marks()[at] {
                None => (title, ("-".to_owned(), theme.quiet)),
                Some(mark) => {
                    let compared = runner.board().compare(splits, at);
                    let real = written(mark.real);
                    let words = if width < WIDTH {
                        format!("{} {:>8}", delta(compared), tenths(&real))
                    } else {
                        let before = (0..at).rev().find_map(time).unwrap_or_default();
                        let segment = written(mark.real.saturating_sub(before));
                        format!("{}  {segment:>10}  {real:>10}", delta(compared))
                    };
                    (title, (words, look(compared, theme)))
                }
            }
        };
        let splits = runner.category().splits().iter().enumerate().map(row);
        let names = format!("{:>10}  {:>10}", "segment", "time");
        let head = (width >= WIDTH).then(|| (Default::default(), (names, theme.quiet)));
        head.into_iter().chain(splits).collect()
    }

    fn facts(&self) -> Vec<Row> {
        let (runner, theme) = (self.runner, self.theme);
        let (seed, source) = runner.seed();
        let category = runner.category();
        let fact = |name: &str, value: String| ((name.to_owned(), theme.quiet), (value, theme.text));
        let state = runner.sitting().state();
        let date = runner.sitting().page().date.clone().unwrap_or_default();
        let mut facts = vec![
            fact(&category.run().title, date),
            fact("seed", format!("{seed} ({source})")),
            fact("choices", state.turn.to_string()),
        ];
        if let Some((what, score)) = category.counts().zip(category.score(state)).filter(|(what, _)| *what != "choices")
        {
            facts.push(fact(&what.to_lowercase(), score.to_string()));
        }
        facts.extend(runner.lost().map(|name| fact("replay", name.to_owned())));
        let Some(Won { attempt, seal, verdict, path }) = runner.won() else { return facts };
        if let Some(finish) = &attempt.finish {
            if finish.game != finish.real {
                facts.push(fact("game time", written(finish.game)));
            }
            facts.push(self.best(finish.rank()));
            if let Some(medal) = runner.medal() {
                facts.push((("medal".to_owned(), theme.quiet), (medal.name().to_owned(), theme.accent)));
            }
        }
        let style = if *verdict == Verdict::Valid { theme.text } else { theme.warning };
        let why = verdict.to_string();
        let judged = if why.is_empty() { verdict.word().to_owned() } else { format!("{}: {why}", verdict.word()) };
        facts.push((("replay".to_owned(), theme.quiet), (judged, style)));
        if let Some(name) = path.as_ref().and_then(|path| path.file_name()) {
            facts.push((Default::default(), (name.to_string_lossy().into_owned(), theme.quiet)));
        }
        let (front, back) = seal.split_at(seal.len() / 2);
        facts.push(fact("seal", front.to_owned()));
        facts.push(fact("", back.to_owned()));
        facts
    }

    /// How it compares with the best before it.
    fn best(&self, rank: (i32, u64)) -> Row {
        let theme = self.theme;
        let before = self.runner.board().best().and_then(|best| best.finish.as_ref());
        let signed = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
        let (name, words) = match before {
            None => ("personal best", "the first".to_owned()),
            Some(before) => {
                let name = if rank < before.rank() { "personal best" } else { "to the personal best" };
                (name, difference(signed(rank.1) - signed(before.real)))
            }
        };
        ((name.to_owned(), theme.accent), (words, theme.text))
    }
}
