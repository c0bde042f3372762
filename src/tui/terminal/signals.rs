//! Signals, noted by flags that the loop looks at.

use std::io;

/// A signal that asks for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Go, with this number.
    Go(i32),
    /// Stop until the shell brings the program back.
    #[cfg_attr(not(unix), expect(dead_code, reason = "only a shell with job control asks for it"))]
    Stop,
    /// It was stopped and is running again.
    #[cfg_attr(not(unix), expect(dead_code, reason = "only a shell with job control asks for it"))]
    Continued,
}

#[cfg(unix)]
mod flags {
    use std::io::{self, IsTerminal};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::flag;

    use super::Signal;

    /// The flags.
    #[derive(Debug, Default)]
    pub(crate) struct Signals {
        go: Arc<AtomicUsize>,
        stop: Arc<AtomicBool>,
        continued: Arc<AtomicBool>,
    }

    impl Signals {
        /// Listens from now on.
        pub(crate) fn listen() -> io::Result<Self> {
            let signals = Self::default();
            for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
                flag::register_usize(signal, Arc::clone(&signals.go), usize::try_from(signal).unwrap_or(0))?;
            }
            flag::register(SIGTSTP, Arc::clone(&signals.stop))?;
            flag::register(SIGCONT, Arc::clone(&signals.continued))?;
            thread::Builder::new().name("hang-up".to_owned()).spawn(leave_with_the_terminal)?;
            Ok(signals)
        }

        /// What was asked since, the most pressing first.
        pub(crate) fn next(&self) -> Option<Signal> {
            match i32::try_from(self.go.load(Ordering::Relaxed)) {
                Ok(number) if number != 0 => return Some(Signal::Go(number)),
                _ => {}
            }
            if self.stop.swap(false, Ordering::Relaxed) {
                return Some(Signal::Stop);
            }
            self.continued.swap(false, Ordering::Relaxed).then_some(Signal::Continued)
        }

        /// The stop is over and dealt with.
        pub(crate) fn forget_stop(&self) {
            self.stop.store(false, Ordering::Relaxed);
            self.continued.store(false, Ordering::Relaxed);
        }
    }

    /// Ends the program when its terminal has gone away.
    ///
    /// The reader of events reads the end of a closed terminal for ever and comes back to no loop that could look at a
    /// flag. By the time this ends it, the keeper has written every choice.
    fn leave_with_the_terminal() {
        const LOOK: Duration = Duration::from_secs(1);
        loop {
            thread::sleep(LOOK);
            if !io::stdin().is_terminal() {
                // The loop's own chance to go in good order.
                thread::sleep(LOOK);
                let _ = signal_hook::low_level::emulate_default_handler(SIGHUP);
            }
        }
    }

    /// Stops this program as its shell expects.
    pub(in crate::tui::terminal) fn stop() -> io::Result<()> {
        signal_hook::low_level::emulate_default_handler(SIGTSTP)
    }
}

#[cfg(not(unix))]
mod flags {
    use std::io;

    use super::Signal;

    /// There are none here: `^C` comes as a key.
    #[derive(Debug, Default)]
    pub(crate) struct Signals;

    impl Signals {
        /// Listens to nothing.
        pub(crate) fn listen() -> io::Result<Self> {
            Ok(Self)
        }

        /// Nothing.
        pub(crate) fn next(&self) -> Option<Signal> {
            None
        }

        /// Nothing to forget.
        pub(crate) fn forget_stop(&self) {}
    }

    /// There is no shell to go back to.
    pub(in crate::tui::terminal) fn stop() -> io::Result<()> {
        Ok(())
    }
}

pub(crate) use flags::Signals;

/// Stops this program.
pub(super) fn stop() -> io::Result<()> {
    flags::stop()
}
