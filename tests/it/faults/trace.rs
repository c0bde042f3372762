//! Runs the program under `strace`, which makes one of its calls on the saves folder fail, or kills it there.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Every call that opens, changes or names a file.
const CALLS: &str =
    "openat,read,write,fsync,fdatasync,ftruncate,flock,link,linkat,rename,renameat2,unlink,unlinkat,close,mkdir";

/// How long a run may take: no fault makes the program wait.
const DEADLINE: Duration = Duration::from_secs(10);

/// What stands for the number of the process in the name of a file.
const PID: &str = "PID";

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blow {
    /// It fails with this error, and does nothing.
    Error(&'static str),
    /// The program is dead before it is done.
    Kill,
}

impl Blow {
    pub(super) const ALL: [Self; 5] =
        [Self::Error("EIO"), Self::Error("ENOSPC"), Self::Error("EACCES"), Self::Error("EINTR"), Self::Kill];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Error(name) => name,
            Self::Kill => "SIGKILL",
        }
    }
}

/// A call the program makes: which, on what in the folder, and the how-manieth such call of its thread.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point {
    pub(super) path: String,
    pub(super) call: String,
    pub(super) nth: usize,
}

/// A program as it is to be started: its command line, and what it is to read when it is no terminal it runs on.
pub(super) struct Program<'a> {
    pub(super) args: &'a [&'a str],
    pub(super) saves: &'a Path,
    pub(super) input: &'a str,
}

/// What a run came to.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) out: String,
    /// `None` if it was killed.
    pub(super) code: Option<i32>,
    /// Whether it had to be killed because it did not end.
    pub(super) hangs: bool,
}

/// Whether `strace` is here and may look at another program.
pub(super) fn is_here() -> bool {
    let tried =
        Command::new("strace").args(["-qq", "-o", "/dev/null", "-e", "inject=rename:error=EIO", "true"]).output();
    tried.is_ok_and(|out| out.status.success())
}

/// The shell line that waits for a word before it becomes the program, so that nothing is missed.
pub(super) const WAIT: [&str; 4] = ["sh", "-c", "read -r word; exec \"$@\"", "sh"];

/// An `strace` that looks at a process.
pub(super) struct Watch(Child);

impl Watch {
    /// Looks at a process and notes every call.
    pub(super) fn noting(pid: u32, log: &Path) -> Self {
        Self::on(pid, log, &["-y".to_owned(), "-s".to_owned(), "0".to_owned(), format!("-etrace={CALLS}")])
    }

    /// Looks at a process and strikes at a point of it.
    pub(super) fn striking(pid: u32, saves: &Path, point: &Point, blow: Blow) -> Self {
        let what = match blow {
            Blow::Error(name) => format!("error={name}"),
            Blow::Kill => "signal=KILL".to_owned(),
        };
        let path = saves.join(&point.path).display().to_string().replace(PID, &pid.to_string());
        let path = path.trim_end_matches('/').to_owned();
        let inject = format!("-einject={}:{what}:when={}", point.call, point.nth);
        Self::on(pid, Path::new("/dev/null"), &["-P".to_owned(), path, format!("-etrace={}", point.call), inject])
    }

    fn on(pid: u32, log: &Path, args: &[String]) -> Self {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-p", &pid.to_string(), "-o"]).arg(log).args(args);
        let mut child = strace.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        while !said.contains("attached") {
            assert_ne!(lines.read_line(&mut said).unwrap(), 0, "strace cannot look at the program: {said}");
        }
        // It goes on to speak of every thread.
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        Self(child)
    }

    /// Waits until what it looks at has gone.
    pub(super) fn end(mut self) {
        self.0.wait().unwrap();
    }
}

impl Program<'_> {
    /// Runs it undisturbed and answers what it came to.
    pub(super) fn run(&self) -> Ran {
        self.start(&[]).finish(self.input)
    }

    /// Runs it and answers every point at which it could be struck.
    pub(super) fn points(&self) -> Vec<Point> {
        let log = tempfile::NamedTempFile::new().unwrap();
        let held = self.start(&WAIT);
        let pid = held.0.id();
        let watch = Watch::noting(pid, log.path());
        let ran = held.finish(&format!("go\n{}", self.input));
        watch.end();
        assert_eq!(ran.code, Some(0), "{}", ran.out);
        points(&std::fs::read_to_string(log.path()).unwrap(), self.saves, pid)
    }

    /// Runs it and strikes at a point.
    pub(super) fn struck(&self, point: &Point, blow: Blow) -> Ran {
        let held = self.start(&WAIT);
        let watch = Watch::striking(held.0.id(), self.saves, point, blow);
        let ran = held.finish(&format!("go\n{}", self.input));
        watch.end();
        ran
    }

    fn start(&self, before: &[&str]) -> Held {
        let words: Vec<&str> =
            before.iter().copied().chain([env!("CARGO_BIN_EXE_taiyuan")]).chain(self.args.iter().copied()).collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).env("TAIYUAN_SAVES", self.saves).env("TERM", "dumb");
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        Held(child.unwrap())
    }
}

/// A program that waits for its input.
struct Held(Child);

impl Held {
    /// Gives it its input and waits for its end.
    fn finish(mut self, input: &str) -> Ran {
        // One that was killed reads no more of it.
        let _ = self.0.stdin.take().unwrap().write_all(input.as_bytes());
        let end = Instant::now() + DEADLINE;
        let mut hangs = false;
        while self.0.try_wait().unwrap().is_none() {
            hangs = Instant::now() > end;
            if hangs {
                self.0.kill().unwrap();
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let output = self.0.wait_with_output().unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        Ran { out: out + &err, code: output.status.code(), hangs }
    }
}

/// The points of a folder in a log of `strace`, in the order in which they were first come to.
pub(super) fn points(log: &str, saves: &Path, pid: u32) -> Vec<Point> {
    let mut seen: BTreeMap<(&str, &str, String), usize> = BTreeMap::new();
    let mut points = Vec::new();
    for line in log.lines() {
        let Some((thread, call)) = line.split_once(char::is_whitespace) else { continue };
        let Some((call, rest)) = call.trim_start().split_once('(') else { continue };
        // What it answers may name a file as well.
        let args = rest.split(") = ").next().unwrap_or(rest);
        let mut paths: Vec<String> = args.split(['"', '<', '>']).filter_map(|word| inside(word, saves, pid)).collect();
        paths.dedup();
        for (at, path) in paths.iter().enumerate() {
            let nth = seen.entry((thread, call, path.clone())).or_default();
            *nth += 1;
            let point = Point { path: path.clone(), call: call.to_owned(), nth: *nth };
            if at == 0 && !points.contains(&point) {
                points.push(point);
            }
        }
    }
    points
}

/// The path inside the folder that a word of a log is; the folder itself is empty.
fn inside(word: &str, saves: &Path, pid: u32) -> Option<String> {
    let path = PathBuf::from(word.trim_end_matches(" (deleted)"));
    let path = path.strip_prefix(saves).ok()?;
    Some(path.display().to_string().replace(&format!(".{pid}."), &format!(".{PID}.")))
}
