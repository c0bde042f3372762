//! Writes to disk behind the player's back, in order, and says truthfully what has got there.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};

use crate::saves::{Autosave, Fault, Known, Save, Slot, Store};

/// Something to be written.
pub(super) enum Order {
    /// Another play: a new one, or a slot that was loaded.
    Play(Box<Save>),
    /// The play as it stands now: after a choice, an undo, a jump.
    Keep(Box<Save>),
    /// The play into a slot; the autosave is compacted then.
    Slot(Slot, Box<Save>),
    /// The play into a rotating backup.
    Backup(Box<Save>),
    /// What was found, into the profile of a story.
    Found(String, Box<dyn FnOnce(&mut Known) + Send>),
    /// The autosave, without its notes.
    Compact,
}

/// A thread that writes what it is given, in order. It starts with the first order.
pub(super) struct Keeper {
    shared: Arc<Shared>,
    store: Store,
    /// Nothing in it if the system gave no thread.
    thread: OnceLock<Option<JoinHandle<()>>>,
}

struct Shared {
    desk: Mutex<Tray>,
    bell: Condvar,
}

#[derive(Default)]
struct Tray {
    orders: VecDeque<Order>,
    /// Whether an order is being carried out.
    busy: bool,
    closing: bool,
    /// Why the last autosave order failed; cleared by the next that succeeds.
    fault: Option<Fault>,
    /// Answers to orders that a player waits to hear of.
    answers: VecDeque<Result<Slot, Fault>>,
}

impl Keeper {
    pub(super) fn new(store: Store) -> Self {
        let shared = Arc::new(Shared { desk: Mutex::default(), bell: Condvar::new() });
        Self { shared, store, thread: OnceLock::new() }
    }

    fn start(&self) -> Option<JoinHandle<()>> {
        let (shared, store) = (Arc::clone(&self.shared), self.store.clone());
        thread::Builder::new().name("keeper".to_owned()).spawn(move || shared.work(&store)).ok()
    }

    fn works(&self) -> bool {
        self.thread.get().is_some_and(Option::is_some)
    }

    pub(super) fn order(&self, order: Order) {
        if matches!(order, Order::Compact) && !self.works() {
            // Nothing was ever kept.
            return;
        }
        let started = self.thread.get_or_init(|| self.start()).is_some();
        let mut tray = self.shared.tray();
        if started {
            tray.orders.push_back(order);
            self.shared.bell.notify_all();
        } else {
            tray.fault = Some(Fault::Unwritable("no thread could be started".to_owned()));
        }
    }

    /// Whether everything ordered is on the disk.
    pub(super) fn idle(&self) -> bool {
        let tray = self.shared.tray();
        tray.orders.is_empty() && !tray.busy
    }

    /// Waits until everything ordered was carried out, well or not.
    pub(super) fn wait(&self) {
        let mut tray = self.shared.tray();
        while self.works() && (tray.busy || !tray.orders.is_empty()) {
            tray = self.shared.bell.wait(tray).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Why the play is not on the disk, if it is not.
    pub(super) fn fault(&self) -> Option<Fault> {
        self.shared.tray().fault.clone()
    }

    /// The next answer to a save the player asked for.
    pub(super) fn answer(&self) -> Option<Result<Slot, Fault>> {
        self.shared.tray().answers.pop_front()
    }
}

impl Drop for Keeper {
    /// Carries out what was ordered, then stops.
    fn drop(&mut self) {
        self.shared.tray().closing = true;
        self.shared.bell.notify_all();
        if let Some(Some(thread)) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn tray(&self) -> MutexGuard<'_, Tray> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, store: &Store) {
        let mut autosave: Option<Autosave> = None;
        while let Some(order) = self.next() {
            let outcome = carry_out(store, &mut autosave, order);
            let mut tray = self.tray();
            tray.busy = false;
            match outcome {
                Outcome::Kept(kept) => tray.fault = kept.err(),
                Outcome::Answer(answer) => tray.answers.push_back(answer),
                Outcome::Quiet => {}
            }
            self.bell.notify_all();
        }
    }

    fn next(&self) -> Option<Order> {
        let mut tray = self.tray();
        loop {
            if let Some(order) = tray.orders.pop_front() {
                tray.busy = true;
                return Some(order);
            }
            if tray.closing {
                return None;
            }
            tray = self.bell.wait(tray).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

enum Outcome {
    /// The autosave was written, or not.
    Kept(Result<(), Fault>),
    /// The player waits to hear.
    Answer(Result<Slot, Fault>),
    /// Nobody needs to know.
    Quiet,
}

fn carry_out(store: &Store, autosave: &mut Option<Autosave>, order: Order) -> Outcome {
    match order {
        Order::Play(save) => Outcome::Kept(match autosave {
            Some(autosave) => autosave.rebase(&save),
            None => store.autosave(&save).map(|begun| *autosave = Some(begun)),
        }),
        Order::Keep(save) => match autosave {
            Some(autosave) => Outcome::Kept(autosave.keep(*save)),
            None => carry_out(store, autosave, Order::Play(save)),
        },
        Order::Slot(slot, save) => {
            let saved = store.save(&slot, &save).map(|()| slot);
            if let Some(autosave) = autosave {
                // The slot is what the player asked for; the journal behind it is whole either way.
                let _ = autosave.compact();
            }
            Outcome::Answer(saved)
        }
        Order::Backup(save) => {
            // A backup more or less is nothing a player has to act on; the autosave reports for itself.
            let _ = store.backup(&save);
            Outcome::Quiet
        }
        Order::Found(story, change) => {
            let _ = store.remember(|profile| change(profile.story(&story)));
            Outcome::Quiet
        }
        Order::Compact => match autosave {
            Some(autosave) => Outcome::Kept(autosave.compact()),
            None => Outcome::Quiet,
        },
    }
}
