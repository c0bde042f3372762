//! LiveSplit One: it connects to us, and we send it JSON over a WebSocket.

use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use tungstenite::{Message, WebSocket};

use super::script::Command;
use super::{PATIENCE, Timer};

/// How many timers may follow at once: a screen, a stream, and one being reloaded.
const MOST: usize = 4;
/// How long is listened for what a timer says of itself.
const GLANCE: Duration = Duration::from_millis(1);

/// A server for LiveSplit One.
pub(super) struct One {
    listener: TcpListener,
    clients: Vec<WebSocket<TcpStream>>,
}

impl One {
    /// On a listener that does not block.
    pub(super) const fn on(listener: TcpListener) -> Self {
        Self { listener, clients: Vec::new() }
    }

    fn welcome(&mut self) {
        while let Ok((stream, _)) = self.listener.accept() {
            if let Some(client) = shake_hands(stream) {
                if self.clients.len() == MOST {
                    self.clients.remove(0);
                }
                self.clients.push(client);
            }
        }
    }

    /// Reads what timers say and forgets it, so that one that closes is noticed.
    fn listen(&mut self) {
        self.clients.retain_mut(|client| {
            for _ in 0..32 {
                match client.read() {
                    Ok(Message::Close(_)) => return false,
                    Ok(_) => {}
                    Err(tungstenite::Error::Io(e)) => {
                        return matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
                    }
                    Err(_) => return false,
                }
            }
            true
        });
    }
}

impl Timer for One {
    fn seek(&mut self) {
        self.welcome();
        self.listen();
    }

    fn send(&mut self, command: &Command) -> bool {
        for line in lines(command) {
            self.clients.retain_mut(|client| client.send(Message::text(line.clone())).is_ok());
        }
        !self.clients.is_empty()
    }

    fn is_there(&self) -> bool {
        !self.clients.is_empty()
    }
}

fn shake_hands(stream: TcpStream) -> Option<WebSocket<TcpStream>> {
    stream.set_nonblocking(false).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    stream.set_nodelay(true).ok()?;
    let client = tungstenite::accept(stream).ok()?;
    client.get_ref().set_read_timeout(Some(GLANCE)).ok()?;
    Some(client)
}

/// A command as LiveSplit One reads it; their names are in camel case, and times are strings.
fn lines(command: &Command) -> Vec<String> {
    let plain = |name: &str| vec![format!("{{\"command\":\"{name}\"}}")];
    match command {
        Command::GameTimeOnly => {
            vec!["{\"command\":\"setCurrentTimingMethod\",\"timingMethod\":\"GameTime\"}".to_owned()]
        }
        Command::Variable(name, value) => {
            vec![format!("{{\"command\":\"setCustomVariable\",\"key\":\"{name}\",\"value\":\"{value}\"}}")]
        }
        Command::Reset => vec!["{\"command\":\"reset\",\"saveAttempt\":true}".to_owned()],
        Command::Start => ["start", "initializeGameTime", "pauseGameTime"].map(plain).concat(),
        Command::GameTime(ms) => {
            let (minutes, seconds, ms) = (ms / 60_000, ms / 1_000 % 60, ms % 1_000);
            vec![format!("{{\"command\":\"setGameTime\",\"time\":\"{minutes}:{seconds:02}.{ms:03}\"}}")]
        }
        Command::Split => plain("split"),
        Command::Skip => plain("skipSplit"),
    }
}
