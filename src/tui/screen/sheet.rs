//! How a screen is divided: head, column, panel and foot. Everything hangs on the same two edges.

use ratatui::layout::Rect;

/// Below this nothing is laid out.
pub(crate) const LEAST: (u16, u16) = (40, 10);
/// From this many columns the panel stands beside the prose.
pub(crate) const PANEL_FROM: u16 = 100;
const PANEL: u16 = 26;
/// The panel of a run: a name, a difference and a time side by side.
const RUN: u16 = 34;
/// So much wider where there is room, for names and golds in full.
const RUN_MORE: u16 = 10;
const BETWEEN: u16 = 4;
/// Left of the column, for the mark before what is selected.
pub(crate) const GUTTER: u16 = 2;

/// The parts of a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) head: Rect,
    /// The prose.
    pub(crate) column: Rect,
    /// The stats, if there is room.
    pub(crate) panel: Option<Rect>,
    /// One row under the column: says that there is more.
    pub(crate) more: Rect,
    pub(crate) foot: Rect,
    /// Everything between head and foot, as wide as both: the room of an overlay.
    pub(crate) room: Rect,
}

impl Sheet {
    /// Divides a screen; `None` when it is too small.
    pub(crate) fn of(area: Rect, measure: u16, panel: bool) -> Option<Self> {
        Self::beside(area, measure, if panel { PANEL } else { 0 })
    }

    /// The same, with the panel of a run.
    pub(crate) fn of_run(area: Rect, measure: u16) -> Option<Self> {
        let spare = area.width.saturating_sub(measure + BETWEEN + RUN + 2 * GUTTER);
        Self::beside(area, measure, RUN + spare.min(RUN_MORE))
    }

    fn beside(area: Rect, measure: u16, panel: u16) -> Option<Self> {
        if area.width < LEAST.0 || area.height < LEAST.1 {
            return None;
        }
        let beside = if panel > 0 && area.width >= PANEL_FROM { panel + BETWEEN } else { 0 };
        let column = measure.min(area.width - beside - 2 * GUTTER);
        let width = column + beside;
        let x = area.x + (area.width - width) / 2;
        let airy = area.height >= 20;
        let top = area.y + u16::from(area.height >= 28);
        let body = top + 1 + u16::from(airy);
        let foot = area.bottom() - 1 - u16::from(area.height >= 34);
        let row = |y| Rect { x, y, width, height: 1 };
        let body = Rect { x, y: body, width: column, height: foot - 1 - body };
        Some(Self {
            head: row(top),
            column: body,
            panel: (beside > 0).then_some(Rect { x: x + column + BETWEEN, width: panel, ..body }),
            more: Rect { x, y: foot - 1, width: column, height: 1 },
            foot: row(foot),
            room: Rect { width, height: foot - body.y, ..body },
        })
    }

    /// With head, foot and room as wide as the screen allows.
    pub(crate) fn widened(self, area: Rect) -> Self {
        let (x, width) = (area.x + GUTTER, area.width - 2 * GUTTER);
        let wide = |part: Rect| Rect { x, width, ..part };
        Self { head: wide(self.head), foot: wide(self.foot), room: wide(self.room), panel: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::{Rect, Sheet};

    fn sheet(width: u16, height: u16) -> Option<Sheet> {
        Sheet::of(Rect::new(0, 0, width, height), 66, true)
    }

    #[test]
    fn parts_stay_inside_at_every_size() {
        for (width, height) in (0..220).flat_map(|w| (0..70).map(move |h| (w, h))) {
            let whole = Rect::new(0, 0, width, height);
            for measure in [50, 66, 80] {
                let Some(sheet) = Sheet::of(whole, measure, measure > 50) else {
                    assert!(width < 40 || height < 10);
                    continue;
                };
                let wide = sheet.widened(whole);
                assert!(wide.room.width >= sheet.room.width);
                let parts =
                    [sheet.head, sheet.column, sheet.more, sheet.foot, sheet.room, wide.head, wide.foot, wide.room];
                for part in parts.into_iter().chain(sheet.panel) {
                    assert_eq!(part.intersection(whole), part, "{width}x{height}");
                    assert!(!part.is_empty(), "{width}x{height}");
                }
                assert!(sheet.column.x >= 2 && sheet.column.width <= measure);
            }
        }
    }

    #[test]
    fn the_measure_is_kept_where_it_fits() {
        for (width, column, panel) in
            [(40, 36, false), (80, 66, false), (99, 66, false), (100, 66, true), (200, 66, true)]
        {
            let sheet = sheet(width, 24).unwrap();
            assert_eq!((sheet.column.width, sheet.panel.is_some()), (column, panel), "at {width}");
        }
    }
}
