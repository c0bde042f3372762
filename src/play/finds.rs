//! What steps find for the profile: endings, achievements, codex entries and people.

use std::sync::Arc;

use crate::engine::{Chapter, Event, State};
use crate::saves::Known;

/// Finds of one play.
pub(super) struct Finds {
    pub(super) chapter: Arc<Chapter>,
    /// Where the play stands after them.
    pub(super) state: State,
    /// Events, of which those that may be finds count.
    pub(super) events: Vec<Event>,
    /// Whether a play was begun with them.
    pub(super) began: bool,
    /// Whether the next chapter can go on from where it ended.
    pub(super) goes_on: bool,
    /// When, in seconds since 1970.
    pub(super) when: u64,
}

impl Finds {
    /// Adds them to what was found in the story.
    pub(super) fn add_to(&self, known: &mut Known) {
        let chapter = &self.chapter;
        if self.began {
            known.began();
        }
        for event in &self.events {
            match event {
                Event::Learned(ix) => known.learned(&chapter.world.entry(*ix).id),
                Event::Met(ix) => known.met(&chapter.world.person(*ix).id),
                Event::Achieved(ix) => known.achieved(&chapter.id, &chapter.achievements[ix.at()].id, self.when),
                Event::Ended(_) if self.goes_on => known.ended(chapter, &self.state, self.when),
                Event::Ended(ix) => known.reached(&chapter.id, &chapter.endings[ix.at()].id, self.when),
                _ => {}
            }
        }
    }
}

/// Whether an event may add to what was found.
pub(super) const fn is_find(event: &Event) -> bool {
    matches!(event, Event::Learned(_) | Event::Met(_) | Event::Achieved(_) | Event::Ended(_))
}
