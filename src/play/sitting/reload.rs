//! Playing on while the story is edited.

use std::sync::Arc;

use super::{Chapters, Sitting, Trouble};
use crate::engine::Log;

/// A play that an edited story cut short: an edit is often half done, and the next may let it go on as it was.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    /// What was left. Whoever plays on from here has taken leave of the rest.
    stands: Log,
    whole: Log,
}

impl Cut {
    /// Whether the play is where it was cut.
    fn fits(&self, log: &Log) -> bool {
        let left = self.stands.legs.iter().map(|leg| &leg.steps);
        self.stands.seed == log.seed && left.eq(log.legs.iter().map(|leg| &leg.steps))
    }
}

impl Sitting {
    /// Plays on in an edited story: replays the log in it; if a step no longer does what it did, stands as far as the
    /// log agreed. What is lost comes back if the next edit lets it, unless the play went on meanwhile. Answers how many
    /// steps were lost.
    ///
    /// # Errors
    /// [`Trouble::NoChapter`] if the story has lost a chapter of the log; the play then goes on in the old one.
    pub fn reload(&mut self, chapters: Chapters) -> Result<usize, Trouble> {
        let log = self.cut.as_ref().filter(|cut| cut.fits(&self.log)).map_or(&self.log, |cut| &cut.whole).clone();
        let first = log.legs.first().ok_or_else(|| Trouble::NoChapter(String::new()))?;
        let chapter = chapters(&first.chapter).ok_or_else(|| Trouble::NoChapter(first.chapter.clone()))?;
        let (start, given) = first.entry(&chapter).unwrap_or((chapter.start, Vec::new()));
        let mut fresh = Self::begin(Arc::clone(&chapters), &first.chapter, Some(start), log.seed, &given, self.reader)?;
        let wanted: usize = log.legs.iter().map(|l| l.steps.len()).sum::<usize>() + log.legs.len() - 1;
        'legs: for (at, leg) in log.legs.iter().enumerate() {
            if at > 0 {
                let chapter = chapters(&leg.chapter).ok_or_else(|| Trouble::NoChapter(leg.chapter.clone()))?;
                let Ok((start, given)) = leg.entry(&chapter) else { break };
                fresh.enter(chapter, start, given);
            }
            for step in &leg.steps {
                if fresh.take(&step.choice, &step.forced, step.at).is_err() {
                    break 'legs;
                }
            }
        }
        fresh.version = self.version + 1;
        let lost = wanted.saturating_sub(fresh.steps());
        fresh.cut = (lost > 0).then(|| Box::new(Cut { stands: fresh.log.clone(), whole: log }));
        *self = fresh;
        Ok(lost)
    }
}
