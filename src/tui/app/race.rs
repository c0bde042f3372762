//! Runs that are begun from the list of categories.

use std::sync::Arc;

use crate::play::run::{Runner, Setup};
use crate::play::seed;
use crate::saves::Fault;
use crate::speedrun::seeds::Wanted;
use crate::speedrun::{Category, Reading};
use crate::tui::run::Track;

use super::App;

impl App {
    /// A run of a category, before its clock runs; none if it cannot be begun, and the foot says why.
    pub(crate) fn race(&mut self, category: &str, wanted: Wanted, now: Reading) -> Option<Track> {
        let chapters = Arc::clone(self.desk.chapters());
        let (id, _) = category.split_once('/')?;
        let chapter = chapters(id)?;
        let category = Category::find([&chapter], category).ok()?;
        let setup = Setup {
            chapters: Arc::clone(&chapters),
            category,
            wanted,
            random: seed::fresh,
            reader: self.reader(),
            store: self.desk.store().clone(),
            links: Vec::new(),
        };
        match Runner::new(setup, now) {
            Ok(runner) => Some(Track::new(runner, chapters, self.settings.clone(), self.tinted(&chapter.accent))),
            Err(trouble) => {
                self.warn(trouble.to_string());
                self.dirty = true;
                None
            }
        }
    }

    /// The runner is back: what was attempted is listed anew, and what was found is known.
    pub(crate) fn after_race(&mut self, fault: Option<&Fault>) {
        self.desk.read_known();
        self.renew_title();
        self.list_runs();
        if let Some(fault) = fault {
            self.warn(format!("not kept: {fault}"));
        }
        self.dirty = true;
    }
}
