//! Before the clock runs: what is run, on which seed, by which rules, against what.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::engine::log::hex;
use crate::play::run::Runner;
use crate::speedrun::clock::written;
use crate::speedrun::records::told;
use crate::tui::theme::Theme;
use crate::tui::wrap;

/// The page.
pub(crate) struct Ready<'a> {
    pub(crate) runner: &'a Runner,
    pub(crate) theme: &'a Theme,
}

impl Widget for Ready<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let (runner, theme) = (self.runner, self.theme);
        let category = runner.category();
        let (seed, source) = runner.seed();
        let board = runner.board();
        let time = |ms: Option<u64>| ms.map_or_else(|| "-".to_owned(), written);
        let best = board.best().and_then(|best| best.finish.as_ref()).map(|finish| finish.real);
        let splits: Vec<&str> = category.splits().iter().map(|split| split.title.as_str()).collect();
        let attempt = match runner.drill() {
            None => ("attempt", runner.number().to_string()),
            Some(drill) => ("practice", drill.to_string()),
        };
        let mut rows = vec![
            ("seed", format!("{seed} ({source})")),
            ("rules", hex(&category.chapter().rules()[..4])),
            attempt,
            ("finished", board.finished.to_string()),
            ("personal best", time(best)),
            ("sum of best", time(board.sum_of_best())),
            ("splits", splits.join(" · ")),
        ];
        if let Some(ceiling) = runner.ceiling() {
            rows.push(("ceiling", told(category, source.named(seed), &ceiling)));
        }
        if let Some(counts) = category.counts() {
            rows.push(("ranked by", counts.to_lowercase()));
        }
        if runner.recovered() > 0 {
            rows.push(("note", "an attempt that was cut off is counted, as far as it got".to_owned()));
        }
        rows.extend(runner.links().iter().map(|link| (link.name(), link.to_string())));
        let laid = |name: Option<&'static str>, words: String| {
            let indent = if name.is_some() { 16 } else { 0 };
            (name, wrap::hang(&[wrap::plain(words)], area.width, indent, indent))
        };
        let about = [category.run().about.clone(), String::new()].map(|words| laid(None, words));
        let mut rows: Vec<_> = rows.into_iter().map(|(name, words)| laid(Some(name), words)).collect();
        let start = [String::new(), "Enter starts the clock.".to_owned()].map(|words| laid(None, words));
        // What the foot says as well goes first, then what is on the panel later.
        let mut shown = 0..2;
        for name in ["", "splits", "finished", "ceiling", "sum of best", "rules"] {
            let lines = about.iter().chain(&rows).chain(&start[shown.clone()]);
            if lines.map(|(_, lines)| lines.len()).sum::<usize>() <= usize::from(area.height) {
                break;
            }
            shown = 0..0;
            rows.retain(|(row, _)| *row != Some(name));
        }
        let mut y = area.y;
        for (name, lines) in about.iter().chain(&rows).chain(&start[shown]) {
            for (at, row) in lines.iter().enumerate() {
                if y >= area.bottom() {
                    return;
                }
                if let (0, Some(name)) = (at, *name) {
                    buf.set_stringn(area.x, y, name, usize::from(area.width), theme.quiet);
                }
                row.draw((area.x, y), area.width, theme.text, theme, buf);
                y += 1;
            }
        }
    }
}
