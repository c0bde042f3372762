//! A program on a pseudo-terminal, and the screen a person would see.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::num::NonZeroU16;

/// How long anything may take on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// What the terminal was told besides what it shows.
#[derive(Default)]
pub(crate) struct Heard {
    /// Titles set.
    pub(crate) titles: Vec<String>,
    /// Texts put on the clipboard.
    pub(crate) clipboard: usize,
    /// Bells.
    pub(crate) bells: usize,
}

impl vt100::Callbacks for Heard {
    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.titles.push(String::from_utf8_lossy(title).into_owned());
    }

    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], _: &[u8]) {
        self.clipboard += 1;
    }

    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.bells += 1;
    }
}

/// The program and its terminal.
pub(crate) struct Tty {
    /// `None` once it was hung up.
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser<Heard>,
    /// Every byte written so far.
    pub(crate) raw: Vec<u8>,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Tty {
    /// Starts `taiyuan` with these arguments and variables on a terminal of 80 by 24.
    pub(crate) fn start(args: &[&str], saves: &Path, variables: &[(&str, &str)]) -> Self {
        Self::start_by(&[], args, saves, variables)
    }

    /// The same, by another program that has what is to be run as its last arguments.
    pub(crate) fn start_by(by: &[&str], args: &[&str], saves: &Path, variables: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let words: Vec<&str> = [by, &[env!("CARGO_BIN_EXE_taiyuan")], args].concat();
        let mut command = CommandBuilder::new(words[0]);
        command.args(&words[1..]);
        for name in ["NO_COLOR", "COLORTERM", "COLUMNS", "LINES", "TAIYUAN_PANIC"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("TAIYUAN_SAVES", saves);
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(n @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        let (rows, columns) = (NonZeroU16::new(24).unwrap(), NonZeroU16::new(80).unwrap());
        let parser = vt100::Parser::new_with_callbacks(rows, columns, 0, Heard::default());
        Self { master: Some(pair.master), writer, child, output, parser, raw: Vec::new() }
    }

    /// Takes in output until something is so.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, so: impl Fn(&vt100::Screen) -> bool) {
        assert!(self.comes(what, so), "it went away before {what}:\n{}", self.text());
    }

    /// Takes in output until something is so. Answers whether it came before the program went away.
    #[track_caller]
    pub(crate) fn comes(&mut self, what: &str, so: impl Fn(&vt100::Screen) -> bool) -> bool {
        let end = Instant::now() + DEADLINE;
        while self.in_a_frame() || !so(self.parser.screen()) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take_in(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("no {what} in time on\n{}", self.text()),
                Err(RecvTimeoutError::Disconnected) => return so(self.parser.screen()),
            }
        }
        true
    }

    /// The number of the process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Whether a synchronized update has begun and not ended: nobody sees what is there yet.
    fn in_a_frame(&self) -> bool {
        let last = |mark: &[u8]| self.raw.windows(mark.len()).rposition(|w| w == mark);
        last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
    }

    /// Waits until these words are on the screen.
    #[track_caller]
    pub(crate) fn sees(&mut self, words: &str) {
        self.wait(&format!("`{words}`"), |screen| screen.contents().contains(words));
    }

    fn take_in(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        self.parser.process(bytes);
        for (question, answer) in [(&b"\x1b[6n"[..], &b"\x1b[1;1R"[..]), (b"\x1b[c", b"\x1b[?1;2c")] {
            if bytes.windows(question.len()).any(|w| w == question) {
                self.send_bytes(answer);
            }
        }
    }

    /// Types.
    pub(crate) fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    fn send_bytes(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        if let (Some(r), Some(c)) = (NonZeroU16::new(rows), NonZeroU16::new(columns)) {
            self.parser.screen_mut().set_size(r, c);
        }
        self.master.as_ref().unwrap().resize(size(columns, rows)).unwrap();
    }

    /// Sends a signal by name.
    pub(crate) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([&format!("-{name}"), &self.pid().to_string()]).status().unwrap().success());
    }

    /// Closes the terminal under the program, as closing a window does, and waits until the program has gone.
    pub(crate) fn hang_up(&mut self) {
        // The reading thread holds the terminal open until it has something to hand on and nobody to hand it to.
        self.output = channel().1;
        self.send("?");
        self.writer = Box::new(std::io::sink());
        self.master = None;
        let end = Instant::now() + DEADLINE;
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < end, "it runs on without a terminal");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until the program is stopped.
    #[cfg(target_os = "linux")]
    pub(crate) fn stopped(&self) {
        let stat = format!("/proc/{}/stat", self.pid());
        let end = Instant::now() + DEADLINE;
        while !std::fs::read_to_string(&stat).unwrap().contains(") T ") {
            assert!(Instant::now() < end, "it does not stop");
            thread::yield_now();
        }
    }

    /// Waits for the end and answers the exit code.
    pub(crate) fn exit(&mut self) -> u32 {
        let end = Instant::now() + DEADLINE;
        loop {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take_in(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end:\n{}", self.text()),
            }
        }
        self.child.wait().unwrap().exit_code()
    }

    /// The screen as text.
    pub(crate) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub(crate) fn heard(&self) -> &Heard {
        self.parser.callbacks()
    }

    /// Whether lines are edited and echoed by the terminal again, as a shell wants it.
    #[cfg(unix)]
    pub(crate) fn cooked(&self) -> bool {
        const ICANON_AND_ECHO: [u64; 2] = if cfg!(target_os = "linux") { [0o2, 0o10] } else { [0x100, 0x8] };
        let flags = u64::from(self.master.as_ref().unwrap().get_termios().unwrap().local_flags.bits());
        ICANON_AND_ECHO.iter().all(|flag| flags & flag != 0)
    }

    /// Whether everything is as it was before the program ran.
    #[cfg(unix)]
    #[track_caller]
    pub(crate) fn given_back(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was left");
        assert!(!screen.hide_cursor(), "the cursor is back");
        assert!(!screen.bracketed_paste(), "pastes are plain again");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is free");
        assert!(self.cooked(), "the terminal is cooked");
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
