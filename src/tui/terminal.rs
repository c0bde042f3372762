//! The terminal: taken, given back whatever happens, drawn on only when something changed.

mod late;
mod signals;

use std::io::{self, BufWriter, IsTerminal, Stdout, Write, stdin, stdout};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode, size,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;
use terminal_colorsaurus::{Color, QueryOptions, color_palette};

pub(super) use late::Late;
pub(super) use signals::{Signal, Signals};

use super::theme::{Depth, Paper};

/// Whether the terminal is ours now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// A frame is one write.
const FRAME: usize = 64 << 10;

/// What fills the terminal.
pub(super) trait Scene {
    /// Where the real cursor stands.
    fn cursor(&self) -> Option<Position>;
}

/// The terminal while it is ours. Dropping it gives it back.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: bool,
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn take() -> io::Result<Self> {
        take()?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(FRAME, stdout()));
        match Terminal::new(backend) {
            Ok(terminal) => Ok(Self { terminal, mouse: false }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// The size of the screen.
    pub(super) fn area(&self) -> Rect {
        size().map_or(Rect::ZERO, |(width, height)| Rect::new(0, 0, width, height))
    }

    /// Draws what changed as one synchronized update.
    pub(super) fn draw<'a, T: Scene>(&mut self, scene: &'a T) -> io::Result<()>
    where
        &'a T: Widget,
    {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            frame.render_widget(scene, frame.area());
            if let Some(position) = scene.cursor().filter(|p| frame.area().contains(*p)) {
                frame.set_cursor_position(position);
            }
        })?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Forgets what is on the screen, so that every cell is drawn again. `Terminal::clear` would ask the terminal
    /// where its cursor is, and wait for an answer that may never come.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.terminal.resize(self.area())
    }

    /// Takes the mouse or lets it go.
    pub(super) fn set_mouse(&mut self, wanted: bool) -> io::Result<()> {
        if wanted == self.mouse {
            return Ok(());
        }
        self.mouse = wanted;
        if wanted { execute!(stdout(), EnableMouseCapture) } else { execute!(stdout(), DisableMouseCapture) }
    }

    /// Gives the terminal back, stops, and takes it again when the shell says so.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        give_back();
        signals::stop()?;
        self.retake()
    }

    /// Takes the terminal again, as after a stop that could not be heard.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        take()?;
        if self.mouse {
            execute!(stdout(), EnableMouseCapture)?;
        }
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)
}

/// Gives the terminal back as it was. There is nobody to tell if it fails.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = stdout();
        let _ = execute!(out, EndSynchronizedUpdate, DisableMouseCapture, DisableBracketedPaste);
        let _ = execute!(out, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
        let _ = out.flush();
    }
}

/// A panic gives the terminal back before it speaks, and says that nothing chosen is lost.
pub(super) fn speak_on_panic() {
    let main = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() != main {
            // The screen is not this thread's to give back; its owner finds out by itself.
            return;
        }
        give_back();
        before(info);
        let mut err = io::stderr();
        let _ = writeln!(err, "\nThis is a fault in the game, not in what you did.");
        let _ = writeln!(err, "Every choice you made was saved as you made it: `taiyuan`, then Continue.");
    }));
}

/// Whether there is a terminal to play on.
pub(super) fn is_there() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

/// How many colours the terminal shows.
pub(super) fn depth() -> Depth {
    let var = |name| std::env::var(name).unwrap_or_default();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    Depth::of(no_color, &var("TERM"), &var("COLORTERM"))
}

/// Whether the terminal is dark or light; it has a tenth of a second to say so.
pub(super) fn paper() -> Paper {
    let mut options = QueryOptions::default();
    options.timeout = Duration::from_millis(100);
    let Ok(palette) = color_palette(options) else { return Paper::Dark };
    let parts = |color: &Color| [color.r, color.g, color.b];
    seen(parts(&palette.background), parts(&palette.foreground))
}

/// What a background is under a foreground: light if it is the lighter of the two.
fn seen(background: [u16; 3], foreground: [u16; 3]) -> Paper {
    // Half as light as white, to the eye.
    const MIDDLE: [u16; 3] = [0x7777; 3];
    let (back, fore) = (light(background), light(foreground));
    if back > fore || back == fore && back > light(MIDDLE) { Paper::Light } else { Paper::Dark }
}

/// How much light a colour gives: near enough to compare two, and without powers.
fn light(color: [u16; 3]) -> u64 {
    let [red, green, blue] = color.map(|part| u64::from(part) * u64::from(part));
    2126 * red + 7152 * green + 722 * blue
}

#[cfg(test)]
mod tests {
    use super::{Paper, seen};

    #[test]
    fn paper_is_light_if_it_is_lighter_than_the_ink() {
        let (black, white) = ([0; 3], [0xffff; 3]);
        let (cream, slate) = ([0xfdfd, 0xf6f6, 0xe3e3], [0x6565, 0x7b7b, 0x8383]);
        let (blue, yellow) = ([0, 0, 0xffff], [0xffff, 0xffff, 0]);
        for (background, foreground, paper) in [
            (black, white, Paper::Dark),
            (white, black, Paper::Light),
            (cream, slate, Paper::Light),
            (slate, cream, Paper::Dark),
            (blue, yellow, Paper::Dark),
            (yellow, blue, Paper::Light),
            (black, black, Paper::Dark),
            (white, white, Paper::Light),
        ] {
            assert_eq!(seen(background, foreground), paper, "{foreground:?} on {background:?}");
        }
    }
}
