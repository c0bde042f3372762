//! Writes to disk behind the player's back, in order, and says truthfully what has got there.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
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
    Found(String, Finding),
    /// The autosave, without its notes.
    Compact,
}

/// Adds to what was found.
pub(super) type Finding = Box<dyn Fn(&mut Known) + Send>;

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
    /// Why the profile lacks something that was found.
    unfound: Option<Fault>,
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

    /// Why the play, or something found in it, is not on the disk, if it is not.
    pub(super) fn fault(&self) -> Option<Fault> {
        let tray = self.shared.tray();
        tray.fault.as_ref().or(tray.unfound.as_ref()).cloned()
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
        let mut kept = Kept::default();
        while let Some(order) = self.next() {
            // Whoever waits for an order has to hear of it, whatever became of it.
            let carried_out = catch_unwind(AssertUnwindSafe(|| kept.carry_out(store, order)));
            let outcome = carried_out.unwrap_or_else(|_| {
                kept.autosave = None;
                Outcome::Kept(Err(Fault::Unwritable("the program fell over it".to_owned())))
            });
            let mut tray = self.tray();
            tray.busy = false;
            match outcome {
                Outcome::Kept(written) => tray.fault = written.err(),
                // What was noted is on the disk, compacted or not.
                Outcome::Compacted(Err(_)) if tray.fault.is_none() => {}
                Outcome::Compacted(written) => tray.fault = written.err(),
                Outcome::Answer(answer) => tray.answers.push_back(answer),
                Outcome::Quiet => {}
            }
            tray.unfound.clone_from(&kept.unfound);
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
    /// The autosave was written anew, or not.
    Compacted(Result<(), Fault>),
    /// The player waits to hear.
    Answer(Result<Slot, Fault>),
    /// Nobody needs to know.
    Quiet,
}

/// What the thread has in hand.
#[derive(Default)]
struct Kept {
    autosave: Option<Autosave>,
    /// What was found and is not in the profile yet, by story.
    found: Vec<(String, Finding)>,
    /// Why it is not.
    unfound: Option<Fault>,
}

impl Kept {
    fn carry_out(&mut self, store: &Store, order: Order) -> Outcome {
        match order {
            Order::Play(save) => Outcome::Kept(self.play(store, &save)),
            Order::Keep(save) => Outcome::Kept(match &mut self.autosave {
                Some(autosave) => autosave.keep(*save),
                None => self.play(store, &save),
            }),
            Order::Slot(slot, save) => {
                let saved = store.save(&slot, &save).map(|()| slot);
                if let Some(autosave) = &mut self.autosave {
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
            Order::Found(story, finding) => {
                self.found.push((story, finding));
                self.remember(store);
                Outcome::Quiet
            }
            Order::Compact => {
                self.remember(store);
                match &mut self.autosave {
                    Some(autosave) => Outcome::Compacted(autosave.compact()),
                    None => Outcome::Quiet,
                }
            }
        }
    }

    fn play(&mut self, store: &Store, save: &Save) -> Result<(), Fault> {
        match &mut self.autosave {
            Some(autosave) => autosave.rebase(save),
            None => store.autosave(save).map(|begun| self.autosave = Some(begun)),
        }
    }

    /// Adds what was found to the profile; what cannot be added waits for the next time.
    fn remember(&mut self, store: &Store) {
        if self.found.is_empty() {
            return;
        }
        let remembered = store.remember(|profile| {
            self.found.iter().for_each(|(story, finding)| finding(profile.story(story)));
        });
        self.unfound = remembered.err();
        if matches!(self.unfound, None | Some(Fault::Unsure { .. })) {
            self.found.clear();
        }
    }
}
