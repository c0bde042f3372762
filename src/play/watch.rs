//! Notices that a file of a story changed.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// How long nothing changes when an editor is done.
const QUIET: Duration = Duration::from_millis(60);

/// Watches a folder until it is dropped.
pub struct Watch {
    _watcher: RecommendedWatcher,
    events: Receiver<()>,
}

impl Watch {
    /// Watches a folder and everything below it.
    ///
    /// # Errors
    /// When the system cannot watch it; the words say why.
    pub fn new(dir: &Path) -> Result<Self, String> {
        let (tell, events) = channel();
        let heard = move |event: notify::Result<notify::Event>| {
            if event
                .is_ok_and(|e| !e.kind.is_access() && e.paths.iter().any(|p| p.extension().is_some_and(|x| x == "ron")))
            {
                // Nobody listens any more: the watch is about to be dropped.
                let _ = tell.send(());
            }
        };
        let mut watcher = notify::recommended_watcher(heard).map_err(|e| e.to_string())?;
        watcher.watch(dir, RecursiveMode::Recursive).map_err(|e| e.to_string())?;
        Ok(Self { _watcher: watcher, events })
    }

    /// Waits until something changes, and until an editor that saves in several steps is done. Answers whether the system
    /// still watches.
    #[must_use]
    pub fn wait(&self) -> bool {
        if self.events.recv().is_err() {
            return false;
        }
        while self.events.recv_timeout(QUIET).is_ok() {}
        true
    }

    /// Whether something changed since this was last asked.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.events.try_iter().count() > 0
    }
}
