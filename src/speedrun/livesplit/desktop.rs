//! LiveSplit's own server: lines of text over TCP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::speedrun::lss::time;

use super::script::Command;
use super::{PATIENCE, Timer};

/// How long a connection may take, and an answer.
const GREETING: Duration = Duration::from_millis(300);
/// How many beats to wait before looking for LiveSplit again: two seconds.
const AGAIN: u32 = 20;
/// The longest answer listened to.
const LONGEST: u64 = 256;

/// A client of LiveSplit's server.
pub(super) struct Desktop {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
    /// Beats left until it is looked for again.
    waits: u32,
}

impl Desktop {
    pub(super) const fn at(address: SocketAddr) -> Self {
        Self { address, stream: None, waits: 0 }
    }

    fn connect(&self) -> Option<BufReader<TcpStream>> {
        let stream = TcpStream::connect_timeout(&self.address, GREETING).ok()?;
        stream.set_read_timeout(Some(GREETING)).ok()?;
        stream.set_write_timeout(Some(PATIENCE)).ok()?;
        stream.set_nodelay(true).ok()?;
        let mut stream = BufReader::new(stream);
        (ask(&mut stream, "ping")? == "pong").then_some(stream)
    }
}

impl Timer for Desktop {
    fn seek(&mut self) {
        if self.stream.is_some() {
            return;
        }
        match self.waits.checked_sub(1) {
            Some(left) => self.waits = left,
            None => {
                self.waits = AGAIN;
                self.stream = self.connect();
            }
        }
    }

    fn send(&mut self, command: &Command) -> bool {
        let Some(stream) = &mut self.stream else { return false };
        let sent = match command {
            // A reset of a timer that does not run would be kept by LiveSplit as an attempt.
            Command::Reset => match ask(stream, "getcurrenttimerphase") {
                Some(phase) if phase == "NotRunning" => Some(()),
                Some(_) => tell(stream, "reset"),
                None => None,
            },
            Command::GameTimeOnly => {
                tell(stream, "alwayspausegametime").and_then(|()| tell(stream, "switchto gametime"))
            }
            Command::Variable(name, value) => tell(stream, &format!("setcustomvariable [\"{name}\",\"{value}\"]")),
            Command::Start => tell(stream, "starttimer"),
            Command::GameTime(ms) => tell(stream, &format!("setgametime {}", time(*ms))),
            Command::Split => tell(stream, "split"),
            Command::Skip => tell(stream, "skipsplit"),
        };
        if sent.is_none() {
            self.stream = None;
        }
        sent.is_some()
    }

    fn is_there(&self) -> bool {
        self.stream.is_some()
    }
}

fn tell(stream: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    stream.get_mut().write_all(format!("{line}\n").as_bytes()).ok()
}

fn ask(stream: &mut BufReader<TcpStream>, line: &str) -> Option<String> {
    tell(stream, line)?;
    let mut answer = String::new();
    stream.by_ref().take(LONGEST).read_line(&mut answer).ok()?;
    answer.ends_with('\n').then(|| answer.trim_end().to_owned())
}
