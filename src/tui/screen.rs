//! The screens: what fills the terminal, and what lies over it.

mod codex;
pub(crate) mod ending;
mod endings;
mod help;
mod history;
mod inventory;
mod map;
mod palette;
mod people;
pub(crate) mod reading;
mod report;
pub(crate) mod run;
pub(crate) mod runs;
mod settings;
pub(crate) mod sheet;
mod slots;
mod stats;
#[cfg(test)]
mod tests;
pub(crate) mod title;

use super::overlay::{Kind, Look, Overlay};

/// Opens an overlay.
pub(crate) fn open(kind: Kind, look: &Look<'_>) -> Box<dyn Overlay> {
    match kind {
        Kind::Things => Box::new(inventory::Inventory::default()),
        Kind::Stats => Box::new(stats::Stats::default()),
        Kind::People => Box::new(people::People::default()),
        Kind::Codex(entry) => Box::new(codex::Codex::at(entry, look)),
        Kind::Map => Box::new(map::Atlas::new(look)),
        Kind::Place(place) => Box::new(map::Atlas::at(place, look)),
        Kind::History => Box::new(history::History::new(look)),
        Kind::Save => Box::new(slots::Slots::save(look)),
        Kind::Load => Box::new(slots::Slots::load()),
        Kind::Settings => Box::new(settings::Preferences::default()),
        Kind::Help => Box::new(help::Help::default()),
        Kind::Palette => Box::new(palette::Palette::default()),
        Kind::Endings => Box::new(endings::Endings::default()),
        Kind::Runs => Box::new(runs::Runs::default()),
        Kind::Ending => Box::new(ending::EndingPage),
        Kind::Report => Box::new(report::Report::new(look.report)),
    }
}
