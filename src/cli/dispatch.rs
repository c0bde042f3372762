//! Does what the arguments ask.

use std::cell::Cell;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use super::harmless::Harmless;
use super::stop::{CLEAN, COULD_NOT, Stop, takes_colour};
use super::{
    Arguments, Command, PlayAlone, check, compat, diff, explain, fmt, graph, new, play, practice, prove, records,
    replay, route, saves, splits, stats, test, verify, walk,
};

/// Runs the program and answers its exit code.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let arguments = match parsed(&args) {
        Ok(arguments) => arguments,
        Err(error) => {
            tell(&error);
            return ExitCode::from(if error.use_stderr() { COULD_NOT } else { CLEAN });
        }
    };
    let left = Cell::new(false);
    let code = dispatch(arguments, &left).unwrap_or_else(|stop| {
        if left.get() {
            return CLEAN;
        }
        let styled = io::stderr().is_terminal();
        let _ = writeln!(Harmless::new(io::stderr(), styled), "{}", stop.words.trim_end());
        stop.code
    });
    ExitCode::from(code)
}

/// The arguments, or the message of the whole command line where they are not those of a play.
fn parsed(args: &[OsString]) -> Result<Arguments, clap::Error> {
    let named = usize::from(args.get(1).is_some_and(|arg| arg == "play"));
    let alone = args.iter().take(1).chain(args.iter().skip(1 + named));
    match PlayAlone::try_parse_from(alone) {
        Ok(PlayAlone { play }) => Ok(Arguments { command: None, play }),
        Err(_) => Arguments::try_parse_from(args),
    }
}

/// Says what is wrong with the arguments, or what was asked about them.
fn tell(error: &clap::Error) {
    fn to(out: impl Write, styled: bool, error: &clap::Error) {
        let words = error.render();
        let words = if styled { words.ansi().to_string() } else { words.to_string() };
        // There is nobody else to tell.
        let _ = write!(Harmless::new(out, styled), "{words}");
    }
    if error.use_stderr() {
        to(io::stderr(), takes_colour(&io::stderr()), error);
    } else {
        to(io::stdout(), takes_colour(&io::stdout()), error);
    }
}

/// Standard output that notes when its reader has left: `prove | head` ends without a word.
struct Pipe<'a, W> {
    to: W,
    left: &'a Cell<bool>,
}

impl<W: Write> Write for Pipe<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes);
        self.note(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.to.flush();
        self.note(flushed)
    }
}

impl<W> Pipe<'_, W> {
    fn note<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if result.as_ref().is_err_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
            self.left.set(true);
        }
        result
    }
}

fn dispatch(arguments: Arguments, left: &Cell<bool>) -> Result<u8, Stop> {
    let styled = io::stdout().is_terminal();
    let mut out = BufWriter::new(Harmless::new(Pipe { to: io::stdout().lock(), left }, styled));
    let code = match arguments.command {
        None => {
            drop(out);
            return play::run(&arguments.play);
        }
        Some(Command::Play(args)) => {
            drop(out);
            return play::run(&args);
        }
        Some(Command::Saves { what }) => saves::run(what, &mut out)?,
        Some(Command::Run(args)) => super::run::run(&args, &mut out)?,
        Some(Command::Practice(args)) => practice::run(&args, &mut out)?,
        Some(Command::Splits(args)) => splits::run(&args, &mut out)?,
        Some(Command::Records(args)) => records::run(&args, &mut out)?,
        Some(Command::Verify(args)) => verify::run(&args, &mut out)?,
        Some(Command::Replay(args)) => replay::run(&args, &mut out)?,
        Some(Command::Check(args)) => check::run(&args, &mut out)?,
        Some(Command::Explain(args)) => explain::run(&args, &mut out)?,
        Some(Command::Test(args)) => test::run(&args, &mut out)?,
        Some(Command::Walk(args)) => walk::run(&args, &mut out)?,
        Some(Command::Prove(args)) => prove::run(&args, &mut out)?,
        Some(Command::Route(args)) => route::run(&args, &mut out)?,
        Some(Command::Stats(args)) => stats::run(&args, &mut out)?,
        Some(Command::Compat(args)) => compat::run(&args, &mut out)?,
        Some(Command::Diff(args)) => diff::run(&args, &mut out)?,
        Some(Command::Fmt(args)) => fmt::run(&args, &mut out)?,
        Some(Command::New(args)) => new::run(&args, &mut out)?,
        Some(Command::Graph(args)) => graph::run(&args, &mut out)?,
        Some(Command::Completions { shell }) => {
            clap_complete::generate(shell, &mut Arguments::command(), "taiyuan", &mut out);
            CLEAN
        }
        Some(Command::Man) => {
            clap_mangen::Man::new(Arguments::command()).render(&mut out).map_err(Stop::could_not)?;
            CLEAN
        }
    };
    out.flush().map_err(Stop::could_not)?;
    Ok(code)
}
