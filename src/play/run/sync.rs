//! Syncs the file of a running attempt behind the runner's back. A choice is in the file before its page is drawn, so
//! that a program that dies loses none; the disk has it a moment later, so that a power cut costs the last one at most.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use crate::saves::store::Draft;

/// A thread that syncs a file whenever something was added. It ends with the attempt.
pub(super) struct Sync {
    bell: SyncSender<()>,
}

impl Sync {
    /// Of a file; none if no thread can be started, and then the system syncs when it likes.
    pub(super) fn of(draft: &Draft) -> Option<Self> {
        let file = draft.again()?;
        let (bell, rings) = sync_channel(1);
        let work = move || {
            while rings.recv().is_ok() {
                // What cannot be synced was written all the same, and whoever writes next hears why not.
                let _ = file.sync_data();
            }
        };
        thread::Builder::new().name("sync".to_owned()).spawn(work).ok()?;
        Some(Self { bell })
    }

    /// Something was added. One that waits already will do.
    pub(super) fn ring(&self) {
        let _ = self.bell.try_send(());
    }
}
