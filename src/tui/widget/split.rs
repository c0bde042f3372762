//! A list and what is selected in it: beside each other where there is room, else one above the other.

use ratatui::layout::Rect;

/// From this width on they stand side by side.
const BESIDE: u16 = 66;

/// Room for a list of so many rows, and for the page beside it or below it.
pub(crate) fn split(area: Rect, list: u16) -> (Rect, Rect) {
    if area.width >= BESIDE {
        let left = (area.width * 2 / 5).clamp(24, 40);
        let gap = 3;
        let right = Rect { x: area.x + left + gap, width: area.width - left - gap, ..area };
        return (Rect { width: left, ..area }, Rect { width: right.width.min(72), ..right });
    }
    let top = list.max(1).min((area.height / 2).max(1)).min(area.height);
    let gap = u16::from(area.height > top + 2);
    let below = Rect { y: area.y.saturating_add(top + gap), height: area.height.saturating_sub(top + gap), ..area };
    (Rect { height: top, ..area }, below)
}
