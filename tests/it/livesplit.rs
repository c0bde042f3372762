//! The real program against timers that speak the real protocols: LiveSplit's server, and LiveSplit One.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::run::digits;

/// The program at a category, its input open.
fn start(saves: &Path, args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_taiyuan"))
        .args([&["run", "break_out", "--plain"], args].concat())
        .env("TAIYUAN_SAVES", saves)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn say(child: &mut Child, words: &str) {
    child.stdin.as_mut().unwrap().write_all(words.as_bytes()).unwrap();
}

/// LiveSplit's server: it answers what has an answer, and hands on every line.
pub(crate) fn server() -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, lines) = channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut running = false;
        for line in BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok) {
            match line.as_str() {
                "ping" => stream.write_all(b"pong\r\n").unwrap(),
                "getcurrenttimerphase" => {
                    let phase: &[u8] = if running { b"Running\r\n" } else { b"NotRunning\r\n" };
                    stream.write_all(phase).unwrap();
                }
                "starttimer" => running = true,
                "reset" => running = false,
                _ => {}
            }
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    (port, lines)
}

/// Lines up to and with this one, game times other than the first left out.
pub(crate) fn until(lines: &Receiver<String>, last: &str) -> Vec<String> {
    let mut heard = Vec::new();
    loop {
        let line =
            lines.recv_timeout(Duration::from_secs(20)).unwrap_or_else(|_| panic!("no `{last}` after {heard:?}"));
        let done = line == last;
        if !line.starts_with("setgametime 00:00:0") || line.ends_with("00.0000000") {
            heard.push(line);
        }
        if done {
            return heard;
        }
    }
}

#[test]
fn livesplit_is_driven_as_an_auto_splitter_drives_it() {
    let saves = tempfile::tempdir().unwrap();
    let (port, lines) = server();
    let mut child = start(saves.path(), &[&format!("--livesplit=127.0.0.1:{port}")]);
    assert_eq!(until(&lines, "switchto gametime"), ["ping", "alwayspausegametime", "switchto gametime"]);
    say(&mut child, "\n");
    let begun = until(&lines, "setgametime 00:00:00.0000000");
    assert_eq!(begun[0], r#"setcustomvariable ["Seed","1126"]"#);
    assert!(begun[1].starts_with(r#"setcustomvariable ["Story",""#), "{begun:?}");
    assert_eq!(begun[2..], ["getcurrenttimerphase", "starttimer", "setgametime 00:00:00.0000000"]);
    let (category, digits) = digits("siege-break_out");
    say(&mut child, "1\nreset\n");
    assert_eq!(until(&lines, "reset"), ["getcurrenttimerphase", "reset"]);
    until(&lines, "starttimer");
    say(&mut child, &(digits.join("\n") + "\n"));
    let splits = category.splits().len();
    let mut passed = 0;
    while passed < splits {
        let heard = lines.recv_timeout(Duration::from_secs(20)).unwrap();
        passed += usize::from(heard == "split" || heard == "skipsplit");
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_timer_that_hangs_closes_or_lies_never_holds_the_game_up() {
    // One that never answers, one that closes at once, one that floods, and none at all.
    let manners: [fn(TcpStream); 3] = [
        |stream| thread::sleep(Duration::from_secs(stream.peer_addr().map_or(0, |_| 20))),
        drop,
        |mut stream| while stream.write_all(&[b'x'; 4096]).is_ok() {},
    ];
    let mut ports = vec!["127.0.0.1:9".to_owned()];
    for manner in manners {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        ports.push(listener.local_addr().unwrap().to_string());
        thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(manner));
    }
    let (_, digits) = digits("siege-break_out");
    for port in ports {
        let saves = tempfile::tempdir().unwrap();
        let started = Instant::now();
        let mut child = start(saves.path(), &[&format!("--livesplit={port}")]);
        say(&mut child, &format!("\n{}\n", digits.join("\n")));
        assert_eq!(child.wait().unwrap().code(), Some(0));
        let kept = std::fs::read_to_string(saves.path().join("runs/taiyuan-siege-break_out.ron")).unwrap();
        let finish = kept.split("finish:(real:").nth(1).and_then(|rest| rest.split(',').next()).unwrap();
        let took: u64 = finish.parse().unwrap();
        assert!(took < 15_000, "{port}: {took} ms for a run that needs a second or two");
        assert!(started.elapsed() < Duration::from_secs(25), "{port}");
    }
}

#[test]
fn livesplit_one_is_told_in_its_own_words() {
    let saves = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut child = start(saves.path(), &[&format!("--livesplit-one={port}")]);
    let end = Instant::now() + Duration::from_secs(20);
    let mut stream = loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Ok(stream) => break stream,
            Err(e) => assert!(Instant::now() < end, "{e}"),
        }
        thread::sleep(Duration::from_millis(50));
    };
    // The handshake of RFC 6455, with its own example.
    let request = format!(
        "GET /any HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).unwrap() > 0, "{head}");
    }
    assert!(head.to_lowercase().contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="), "{head}");
    thread::sleep(Duration::from_millis(300));
    say(&mut child, "\n1\nreset\nquit\n");
    let mut heard = Vec::new();
    while heard.iter().filter(|line: &&String| line.contains("\"reset\"")).count() < 3 {
        let Some(text) = frame(&mut reader) else { break };
        heard.push(text);
    }
    let find =
        |text: &str| heard.iter().position(|line| line == text).unwrap_or_else(|| panic!("no {text} in {heard:?}"));
    let method = find(r#"{"command":"setCurrentTimingMethod","timingMethod":"GameTime"}"#);
    let seed = find(r#"{"command":"setCustomVariable","key":"Seed","value":"1126"}"#);
    let begun = find(r#"{"command":"start"}"#);
    let time = find(r#"{"command":"setGameTime","time":"0:00.000"}"#);
    assert!(method < seed && seed < begun && begun < time, "{heard:?}");
    find(r#"{"command":"reset","saveAttempt":true}"#);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// The text of the next frame; a server's are not masked.
pub(crate) fn frame(reader: &mut impl Read) -> Option<String> {
    let mut head = [0; 2];
    reader.read_exact(&mut head).ok()?;
    let length = match head[1] {
        126 => {
            let mut long = [0; 2];
            reader.read_exact(&mut long).ok()?;
            usize::from(u16::from_be_bytes(long))
        }
        short => usize::from(short),
    };
    let mut text = vec![0; length];
    reader.read_exact(&mut text).ok()?;
    String::from_utf8(text).ok()
}

#[test]
fn a_port_that_is_taken_and_a_host_that_is_none_are_said() {
    let saves = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let args = ["run", "river", "--plain", &format!("--livesplit-one={port}")];
    let out = crate::cli::taiyuan(saves.path(), &args, "");
    let error = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(error.contains(&format!("`--livesplit-one={port}`: ")), "{error}");
}
