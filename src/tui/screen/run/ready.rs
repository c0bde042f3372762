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
        let about = [(None, category.run().about.clone()), (None, String::new())];
        let mut lines: Vec<_> =
            about.into_iter().chain(rows.into_iter().map(|(name, words)| (Some(name), words))).collect();
        lines.extend([(None, String::new()), (None, "Enter starts the clock.".to_owned())]);
        let high = |(name, words): &(Option<&str>, String)| {
            wrap::hang(&[wrap::plain(words.clone())], area.width, indent(name.is_some()), indent(name.is_some())).len()
        };
        // What the foot says as well goes first, then what is on the panel later.
        for name in [None, Some("splits"), Some("finished"), Some("ceiling"), Some("sum of best"), Some("rules")] {
            if lines.iter().map(high).sum::<usize>() <= usize::from(area.height) {
                break;
            }
            let about = name.is_none().then(|| lines.remove(0));
            lines.retain(|(row, _)| *row != name);
            lines.splice(0..0, about);
        }
        let mut y = area.y;
        for (name, words) in lines {
            let indent = indent(name.is_some());
            for (at, row) in wrap::hang(&[wrap::plain(words)], area.width, indent, indent).iter().enumerate() {
                if y >= area.bottom() {
                    return;
                }
                if let (0, Some(name)) = (at, name) {
                    buf.set_stringn(area.x, y, name, usize::from(area.width), theme.quiet);
                }
                row.draw((area.x, y), area.width, theme.text, theme, buf);
                y += 1;
            }
        }
    }
}

/// Where words stand in a row, with a name before them or without.
const fn indent(named: bool) -> u16 {
    if named { 16 } else { 0 }
}
