//! What a slot holds, before it is loaded.

use crate::tui::kept::Slot;
use crate::tui::overlay::Look;
use crate::tui::widget::leaf::Leaf;

/// How long ago a slot was written.
pub(super) fn ago(slot: &Slot, now: u64) -> String {
    let Ok(summary) = &slot.summary else { return "unreadable".to_owned() };
    let seconds = now.saturating_sub(summary.moment.saved);
    let (count, one) = match seconds {
        0..60 => return "just now".to_owned(),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{} ago", counted(count, one))
}

fn counted(count: u64, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// The same, for a narrow list.
pub(super) fn ago_short(slot: &Slot, now: u64) -> String {
    ago(slot, now).replace(" minutes ", " min ").replace(" minute ", " min ")
}

/// How long was played.
fn played(seconds: u64) -> String {
    match (seconds / 3_600, seconds / 60 % 60) {
        (0, 0) => "under a minute".to_owned(),
        (0, minutes) => counted(minutes, "minute"),
        (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
    }
}

/// Writes a slot's page: where and when, how long, the last choices, and whether the story has changed since.
pub(super) fn preview(slot: &Slot, look: &Look<'_>, width: u16, leaf: &mut Leaf) {
    let theme = look.theme;
    let summary = match &slot.summary {
        Ok(summary) => summary,
        Err(fault) => {
            leaf.line(&format!("This save cannot be loaded: {fault}"), width, theme.warning);
            return;
        }
    };
    let moment = &summary.moment;
    leaf.line(&summary.chapter_title, width, theme.heading);
    let stands = [moment.place.as_deref(), moment.date.as_deref()];
    let stands: Vec<&str> = stands.into_iter().flatten().collect();
    if !stands.is_empty() {
        leaf.line(&stands.join(", "), width, theme.text);
    }
    let choices = counted(moment.turn.into(), "choice");
    leaf.line(
        &format!("Played {}, {choices} in this part, saved {}", played(moment.played), ago(slot, look.now)),
        width,
        theme.quiet,
    );
    if summary.story != look.world.id {
        leaf.line(&format!("Of another story: {}", summary.title), width, theme.warning);
    } else if (look.chapters)(&summary.chapter).is_some_and(|chapter| summary.edited(&chapter)) {
        leaf.line("The story has changed since; what can be kept of it will be", width, theme.warning);
    }
    if let Some(fault) = &slot.backup {
        leaf.line(&format!("Read from its backup: {fault}"), width, theme.warning);
    }
    if !moment.last.is_empty() {
        leaf.gap();
        leaf.line("The last choices", width, theme.quiet);
        for words in &moment.last {
            leaf.line(&format!("> {words}"), width, theme.chosen);
        }
    }
}
