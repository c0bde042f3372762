//! A run in one line, for screens without a panel: the clock, the last split, the seal.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::play::run::Runner;
use crate::speedrun::clock::written;
use crate::tui::theme::Theme;

use super::{delta, edges, look, tenths};

/// The line.
pub(crate) struct Status<'a> {
    pub(crate) runner: &'a Runner,
    pub(crate) theme: &'a Theme,
}

impl Widget for Status<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let (runner, theme) = (self.runner, self.theme);
        let clock = written(runner.times().real);
        let practice = || {
            let drill = runner.drill()?;
            let Some(watch) = &drill.watch else { return Some("practice".to_owned()) };
            Some(if watch.playing { format!("replay {}%", watch.speed()) } else { "stopped".to_owned() })
        };
        let seal = runner.seal().or_else(practice).unwrap_or_default();
        edges(area, (&clock, theme.text.add_modifier(theme.strong)), (&seal, theme.quiet), buf);
        // As wide as it will be for the longest run, so that nothing moves while it counts.
        let x = area.x + 11;
        let end = area.right().saturating_sub(if runner.drill().is_some() { 13 } else { 9 });
        let middle = Rect { x, width: end.saturating_sub(x), ..area };
        let (splits, board, names) = (runner.splits(), runner.board(), runner.category().splits());
        let passed = (0..splits.current().min(names.len())).rev().find(|at| splits.marks()[*at].is_some());
        let last = passed.map(|at| (&names[at].title, board.compare(splits, at)));
        let next = names.get(splits.current()).map(|split| format!("{} {}", theme.marker(), split.title));
        let next = next.unwrap_or_default();
        match last {
            Some((title, compared)) => {
                let difference = delta(compared);
                // Without a best there is nothing to be ahead of, and the split might be the next one.
                let word = match (compared.gold, compared.delta) {
                    (true, _) => "",
                    (false, None) => "passed",
                    (false, Some(_)) => compared.word(),
                };
                let words = [title.as_str(), difference.as_str(), word];
                let words = words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ");
                let best = board.best_possible(splits, runner.times().real);
                let best = best.map(|ms| format!("best possible {}", tenths(&written(ms)))).unwrap_or_default();
                let fits = |right: &String| words.width() + right.width() + 2 <= usize::from(middle.width);
                let best = [best, next].into_iter().find(|right| !right.is_empty() && fits(right)).unwrap_or_default();
                let style = look(compared, theme);
                if words.width() > usize::from(middle.width) {
                    // The number matters more than the name.
                    return edges(middle, (title, style), (&difference, style), buf);
                }
                edges(middle, (words.trim_end(), style), (&best, theme.quiet), buf);
            }
            None => edges(middle, (&next, theme.quiet), ("", theme.quiet), buf),
        }
    }
}
