//! Timers of others that follow a run: LiveSplit, which listens on a TCP port, and LiveSplit One, which connects to us.
//!
//! Each link has a thread of its own. The game hands it cues and never waits: if the other side is slow, rude or gone, the
//! link is off for that run and the game does not notice. Nothing is ever read from a timer but whether it is there.

mod desktop;
mod one;
mod script;

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crate::engine::log::hex;

use super::category::Category;
use super::clock::Times;
use script::{Command, Script};

/// The port LiveSplit listens on.
pub const DESKTOP_PORT: u16 = 16_834;
/// The port LiveSplit One is told to connect to.
pub const ONE_PORT: u16 = 16_835;

/// How many cues may wait. A run has fewer.
const WAITING: usize = 1_024;
/// How often a timer hears how late it is.
const BEAT: Duration = Duration::from_millis(100);
/// How long a timer may take to answer or to listen.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long the program waits for last words. A timer that answers a byte at a time could take minutes.
const FAREWELL: Duration = Duration::from_secs(1);

/// Something that happens in a run.
#[derive(Clone, Copy, Debug)]
pub enum Cue<'a> {
    /// The first page is laid out.
    Ready {
        /// The category.
        category: &'a Category,
        /// The seed.
        seed: u64,
    },
    /// The clock starts.
    Begin,
    /// The clock says this.
    Time(Times),
    /// A split is passed.
    Split {
        /// Which, from 0.
        split: usize,
        /// When.
        times: Times,
    },
    /// The attempt is given up, and another will begin.
    Reset {
        /// Its seed.
        seed: u64,
    },
    /// The runner leaves.
    Leave,
}

/// How a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Nobody is there.
    Off,
    /// A timer follows.
    On,
}

/// A thread that passes cues on.
#[derive(Debug)]
pub struct Link {
    name: &'static str,
    /// LiveSplit's own address, or the one that LiveSplit One is to connect to.
    at: String,
    cues: SyncSender<Note>,
    shared: Arc<Shared>,
    /// Closed by the thread when it ends.
    over: Receiver<()>,
}

/// A cue, on its way to the thread.
#[derive(Clone, Debug)]
enum Note {
    Ready { seed: u64, rules: String },
    Begin,
    Split { split: usize, game: u64 },
    Reset { seed: u64 },
    Leave,
}

#[derive(Debug, Default)]
struct Shared {
    /// The game time of the last cue; only the newest matters.
    game: AtomicU64,
    on: AtomicU8,
}

/// Something that commands can be sent to.
trait Timer: Send {
    /// Looks for the other side, if it is not there, and after it, if it is.
    fn seek(&mut self);
    /// Sends a command, and answers whether anyone heard it.
    fn send(&mut self, command: &Command) -> bool;
    /// Whether anyone is there.
    fn is_there(&self) -> bool;
}

impl Link {
    /// Drives LiveSplit's server at an address, as `HOST:PORT` or a host alone.
    ///
    /// # Errors
    /// When the address stands for nothing.
    pub fn desktop(address: &str) -> io::Result<Self> {
        let with_port =
            |address: &str| address.to_socket_addrs().or_else(|_| (address, DESKTOP_PORT).to_socket_addrs());
        let address = with_port(address)?.next().ok_or(io::ErrorKind::NotFound)?;
        Self::start("LiveSplit", address.to_string(), Box::new(desktop::Desktop::at(address)))
    }

    /// Serves LiveSplit One on a port of this machine.
    ///
    /// # Errors
    /// When the port cannot be listened on.
    pub fn one(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port)))?;
        listener.set_nonblocking(true)?;
        let at = format!("ws://localhost:{}", listener.local_addr()?.port());
        Self::start("LiveSplit One", at, Box::new(one::One::on(listener)))
    }

    fn start(name: &'static str, at: String, timer: Box<dyn Timer>) -> io::Result<Self> {
        let (cues, notes) = sync_channel(WAITING);
        let shared = Arc::<Shared>::default();
        let theirs = Arc::clone(&shared);
        let (alive, over) = sync_channel::<()>(0);
        thread::Builder::new().name("timer".to_owned()).spawn(move || {
            pass_on(timer, &notes, &theirs);
            drop(alive);
        })?;
        Ok(Self { name, at, cues, shared, over })
    }

    /// What is at the other end.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// How it is.
    #[must_use]
    pub fn health(&self) -> Health {
        if self.shared.on.load(Ordering::Relaxed) == 0 { Health::Off } else { Health::On }
    }

    /// Hands a cue on, without waiting.
    pub fn cue(&self, cue: &Cue<'_>) {
        let note = match *cue {
            Cue::Time(times) => return self.shared.game.store(times.game, Ordering::Relaxed),
            Cue::Ready { category, seed } => {
                Note::Ready { seed, rules: hex(&category.chapter().rules()).chars().take(8).collect() }
            }
            Cue::Begin => {
                self.shared.game.store(0, Ordering::Relaxed);
                Note::Begin
            }
            Cue::Split { split, times } => Note::Split { split, game: times.game },
            Cue::Reset { seed } => Note::Reset { seed },
            Cue::Leave => Note::Leave,
        };
        // A full queue means that the other side is long lost.
        let _ = self.cues.try_send(note);
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.health() {
            Health::On => f.write_str("follows"),
            Health::Off => write!(f, "nobody yet at {}", self.at),
        }
    }
}

impl Drop for Link {
    /// Lets the last words be said, if they are heard soon.
    fn drop(&mut self) {
        let (closed, _) = sync_channel(0);
        self.cues = closed;
        let _ = self.over.recv_timeout(FAREWELL);
    }
}

/// Passes notes on until the game is left.
fn pass_on(mut timer: Box<dyn Timer>, notes: &Receiver<Note>, shared: &Shared) {
    let mut script = Script::default();
    timer.seek();
    loop {
        shared.on.store(u8::from(timer.is_there()), Ordering::Relaxed);
        let commands = match notes.recv_timeout(BEAT) {
            Ok(note) => script.commands(note, timer.is_there()),
            Err(RecvTimeoutError::Timeout) => {
                timer.seek();
                script.beat(shared.game.load(Ordering::Relaxed))
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        for command in &commands {
            if !timer.send(command) {
                break;
            }
        }
    }
}
