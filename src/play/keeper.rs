//! Writes to disk behind the player's back, in order, and says truthfully what has got there.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};

use crate::saves::{Autosave, Fault, Known, Note, Save, Slot, Store, Written};

/// Something to be written.
pub(super) enum Order {
    /// Another play: a new one, or a slot that was loaded.
    Play(Box<Save>),
    /// The same play, of which more has changed than a note can tell: a chapter was left, the story was edited.
    Whole(Box<Save>),
    /// What happened to the play: a choice, an undo, a jump.
    Keep(Box<Note>),
    /// The play into a slot; the autosave is compacted then.
    Slot(Slot, Written),
    /// The play, as it was last kept, into a rotating backup.
    Backup,
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
    /// Whether the play in hand was lost, and has to be handed over whole.
    dropped: bool,
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

    /// Whether notes are of no use until the play was handed over whole.
    pub(super) fn wants_whole(&self) -> bool {
        self.shared.tray().dropped
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
                kept.hand = Hand::Empty;
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
            tray.dropped = matches!(kept.hand, Hand::Empty);
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
    hand: Hand,
    /// What was found and is not in the profile yet, by story.
    found: Vec<(String, Finding)>,
    /// Why it is not.
    unfound: Option<Fault>,
}

/// The play that is kept.
#[derive(Default)]
enum Hand {
    #[default]
    Empty,
    /// Its autosave could not be begun.
    Unkept(Box<Save>),
    Kept(Box<Autosave>),
}

impl Hand {
    /// Takes up a play.
    fn play(&mut self, store: &Store, save: Box<Save>) -> Result<(), Fault> {
        if let Self::Kept(autosave) = self {
            return autosave.rebase(*save);
        }
        match store.autosave(&save) {
            Ok(begun) => {
                *self = Self::Kept(Box::new(begun));
                Ok(())
            }
            Err(fault) => {
                *self = Self::Unkept(save);
                Err(fault)
            }
        }
    }

    /// Keeps what happened to it.
    fn keep(&mut self, store: &Store, note: Note) -> Result<(), Fault> {
        match std::mem::take(self) {
            Self::Kept(mut autosave) => {
                let kept = autosave.keep(note);
                *self = Self::Kept(autosave);
                kept
            }
            Self::Unkept(mut save) => {
                note.apply(&mut save);
                self.play(store, save)
            }
            Self::Empty => Err(Fault::Unwritable("the play was lost sight of".to_owned())),
        }
    }
}

impl Kept {
    fn carry_out(&mut self, store: &Store, order: Order) -> Outcome {
        match order {
            Order::Play(save) => Outcome::Kept(self.hand.play(store, save)),
            Order::Whole(save) => Outcome::Kept(match &mut self.hand {
                Hand::Kept(autosave) => autosave.restate(*save),
                hand => hand.play(store, save),
            }),
            Order::Keep(note) => Outcome::Kept(self.hand.keep(store, *note)),
            Order::Slot(slot, save) => {
                let saved = store.save_text(&slot, &save).map(|()| slot);
                if let Hand::Kept(autosave) = &mut self.hand {
                    // The slot is what the player asked for; the journal behind it is whole either way.
                    let _ = autosave.compact();
                }
                Outcome::Answer(saved)
            }
            Order::Backup => {
                if let Hand::Kept(autosave) = &self.hand {
                    // A backup more or less is nothing a player has to act on; the autosave reports for itself.
                    let _ = store.backup(autosave.save());
                }
                Outcome::Quiet
            }
            Order::Found(story, finding) => {
                self.found.push((story, finding));
                self.remember(store);
                Outcome::Quiet
            }
            Order::Compact => {
                self.remember(store);
                match &mut self.hand {
                    Hand::Kept(autosave) => Outcome::Compacted(autosave.compact()),
                    Hand::Unkept(_) | Hand::Empty => Outcome::Quiet,
                }
            }
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
