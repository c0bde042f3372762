//! The panel of a run: the clock, the splits, what is possible, and the personal best's ghost.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::play::run::Runner;
use crate::play::run::drill::Drill;
use crate::speedrun::clock::{difference, written};
use crate::speedrun::livesplit::Health;
use crate::speedrun::{Flag, Source};
use crate::tui::theme::Theme;

use super::{delta, edges, look, tenths};

/// How many rows the clock and what is run take.
pub(crate) const HEAD: u16 = 2;

/// The panel.
pub(crate) struct Splits<'a> {
    pub(crate) runner: &'a Runner,
    pub(crate) theme: &'a Theme,
    /// The keys pressed last, if they are to be shown.
    pub(crate) pressed: Option<&'a [String]>,
}

/// A row of words at both edges.
type Row = ((String, Style), (String, Style));

impl Widget for Splits<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let head = self.head();
        let sums = self.sums();
        // On a low screen the splits come before what is reckoned from them.
        let below = usize::from(area.height).saturating_sub(head.len() + 2);
        let count = self.runner.category().splits().len();
        let room = below.saturating_sub(sums.len()).max(below.min(count));
        let mut rows = head;
        rows.push(Self::gap());
        rows.extend(self.window(room));
        rows.push(Self::gap());
        rows.extend(sums);
        for (y, (left, right)) in (area.top()..area.bottom()).zip(rows) {
            let row = Rect { y, height: 1, ..area };
            edges(row, (&left.0, left.1), (&right.0, right.1), buf);
        }
    }
}

impl Splits<'_> {
    fn gap() -> Row {
        ((String::new(), Style::new()), (String::new(), Style::new()))
    }

    fn head(&self) -> Vec<Row> {
        let (runner, theme) = (self.runner, self.theme);
        let (seed, source) = runner.seed();
        let clock = theme.text.add_modifier(theme.strong);
        let attempt = match runner.drill() {
            Some(Drill { watch: Some(_), .. }) => "replay".to_owned(),
            Some(_) => "practice, not ranked".to_owned(),
            None => format!("attempt {}", runner.number()),
        };
        let mood = if runner.drill().is_some() { theme.warning } else { theme.quiet };
        let seed = match source {
            Source::Set | Source::Typed => format!("seed {seed}"),
            other => format!("{other} {seed}"),
        };
        vec![
            ((written(runner.times().real), clock), (attempt, mood)),
            ((runner.category().run().title.clone(), theme.accent), (seed, theme.quiet)),
        ]
    }

    /// As many splits as fit: around the one run to, and always the last.
    fn window(&self, room: usize) -> Vec<Row> {
        let count = self.runner.category().splits().len();
        let current = self.runner.splits().current().min(count - 1);
        let room = room.min(count).max(1);
        let from = (current + 2).saturating_sub(room).min(count - room);
        (from..from + room)
            .map(|at| if at + 1 == from + room { count - 1 } else { at })
            .map(|at| self.split(at))
            .collect()
    }

    fn split(&self, at: usize) -> Row {
        let (runner, theme) = (self.runner, self.theme);
        let title = &runner.category().splits()[at].title;
        let (splits, board) = (runner.splits(), runner.board());
        let best = || board.best_mark(at).map_or_else(|| "-".to_owned(), |mark| tenths(&written(mark.real)));
        match splits.marks()[at] {
            Some(mark) => {
                let compared = board.compare(splits, at);
                let words = format!("{} {:>8}", delta(compared), tenths(&written(mark.real)));
                ((title.clone(), theme.text), (words, look(compared, theme)))
            }
            None if at < splits.current() => ((title.clone(), theme.quiet), ("skipped".to_owned(), theme.quiet)),
            None if at == splits.current() => {
                let marked = format!("{} {title}", theme.marker());
                ((marked, theme.text.add_modifier(theme.strong)), (best(), theme.quiet))
            }
            None => ((title.clone(), theme.quiet), (best(), theme.quiet)),
        }
    }

    fn sums(&self) -> Vec<Row> {
        let (runner, theme) = (self.runner, self.theme);
        let (board, splits, standing) = (runner.board(), runner.splits(), runner.standing());
        let time = |ms: Option<u64>| ms.map_or_else(|| "-".to_owned(), |ms| tenths(&written(ms)));
        let row = |name: &str, value: String| ((name.to_owned(), theme.quiet), (value, theme.text));
        let best = standing.best().and_then(|best| best.finish.as_ref()).map(|finish| finish.real);
        let state = runner.sitting().state();
        let mut rows = vec![
            row("personal best", time(best)),
            row("sum of best", time(standing.sum_of_best())),
            row("best possible", time(board.best_possible(splits, runner.times().real))),
            row("to save here", time(board.possible_save(splits.current()))),
        ];
        let category = runner.category();
        let counted = category.counts().zip(category.score(state)).filter(|(what, _)| *what != "choices");
        rows.push(row("choices", state.turn.to_string()));
        rows.extend(counted.map(|(what, score)| row(&what.to_lowercase(), score.to_string())));
        match runner.drill() {
            Some(Drill { watch: Some(watch), .. }) => {
                let stopped = if watch.playing { "" } else { "stopped, " };
                rows.push(row("speed", format!("{stopped}{}%", watch.speed())));
            }
            Some(drill) => {
                rows.push(row("this segment", tenths(&written(drill.segment(runner.times().real)))));
                rows.push(row("last, best", format!("{}, {}", time(drill.last), time(drill.best))));
                rows.push(row("luck", drill.luck.to_string()));
                rows.push(row("loop", if drill.repeats { "on" } else { "off" }.to_owned()));
                rows.extend(self.advice());
            }
            None => {
                rows.push(row("seal", runner.seal().unwrap_or_default()));
                rows.extend(self.ghost());
            }
        }
        let flags = runner.flags().into_iter().filter(|flag| *flag != Flag::Practice);
        rows.extend(flags.map(|flag| ((flag.words().to_owned(), theme.warning), Default::default())));
        for link in runner.links() {
            let health = if link.health() == Health::On { "follows" } else { "off" };
            rows.push(row(link.name(), health.to_owned()));
        }
        rows.extend(self.pressed.map(|keys| row("keys", keys.join(" "))));
        rows
    }

    /// What the best run chooses next.
    fn advice(&self) -> Vec<Row> {
        let Some(step) = self.runner.ghost().at(self.runner.sitting().steps() + 1) else { return Vec::new() };
        let (quiet, read) = (self.theme.quiet, self.theme.read);
        vec![
            (("the best chooses".to_owned(), quiet), Default::default()),
            ((format!("  {}", step.words), read), Default::default()),
        ]
    }

    /// What the personal best had chosen here, and how far off it was: only of choices that are made.
    fn ghost(&self) -> Vec<Row> {
        let (runner, theme) = (self.runner, self.theme);
        let turn = runner.sitting().steps();
        let last = runner.sitting().log().legs.first().and_then(|leg| leg.steps.last());
        let Some((step, at)) = runner.ghost().at(turn).zip(last.and_then(|step| step.at)) else { return Vec::new() };
        let signed = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
        let delta = tenths(&difference(signed(at) - signed(step.at)));
        vec![
            (("best chose here".to_owned(), theme.quiet), (delta, theme.text)),
            ((format!("  {}", step.words), theme.read), Default::default()),
        ]
    }
}
