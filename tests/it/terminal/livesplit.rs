//! Timers of others, driven by a run on a real terminal.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::tty::Tty;
use crate::livesplit::{server, until};
use crate::small;

/// A road with two milestones, of which the first can be passed by.
const ROAD: &str = r##"
    vars: {"steps": Int(range: (0, 99), start: 0, label: "Steps")},
    scenes: {
        "start": (text: "A road.", choices: [
            (id: "on", say: "Go on", again: true, do: ["steps += 1"], to: "start"),
            (id: "inn", say: "To the inn", to: "inn"),
            (id: "past", say: "Past the inn", to: "gate"),
        ]),
        "inn": (text: "An inn.", milestone: "inn", choices: [(id: "up", say: "Up the hill", to: "gate")]),
        "gate": (text: "A gate.", milestone: "gate", choices: [(id: "in", say: "In", to: "town")]),
        "town": (text: "A town.", ending: "there"),
    },
    milestones: {"inn": (title: "The inn"), "gate": (title: "The gate")},
    endings: {"there": (title: "There", rank: 1)},
    runs: {"road": (title: "The road", start: "start", goal: "seen(town)", milestones: ["inn", "gate"], seed: 7, rank: Time)},
"##;

/// A run on the road, ready, with its story and its saves.
fn ready(link: &str) -> (Tty, TempDir, TempDir) {
    let (story, saves) = (small::folder(ROAD), tempfile::tempdir().unwrap());
    let args = ["run", "road", "--story", story.path().to_str().unwrap(), link];
    let mut tty = Tty::start(&args, saves.path(), &[]);
    tty.resize(100, 30);
    tty.sees("Enter starts the clock.");
    (tty, story, saves)
}

#[test]
fn livesplit_starts_splits_skips_stands_still_in_a_pause_resets_and_ends() {
    let (port, lines) = server();
    let (mut tty, _story, _saves) = ready(&format!("--livesplit=127.0.0.1:{port}"));
    until(&lines, "switchto gametime");
    tty.send("\r");
    until(&lines, "starttimer");
    tty.sees("LiveSplit                  follows");
    tty.send("2");
    until(&lines, "split");
    tty.send("\x12");
    assert_eq!(until(&lines, "reset").last().unwrap(), "reset");
    until(&lines, "starttimer");
    tty.send("13");
    let heard = until(&lines, "split");
    assert!(heard.ends_with(&["skipsplit".to_owned(), "split".to_owned()]), "{heard:?}");
    tty.send("p");
    tty.sees("paused");
    // The beat that was on its way when the pause began may still come.
    thread::sleep(Duration::from_millis(400));
    while lines.try_recv().is_ok() {}
    thread::sleep(Duration::from_millis(400));
    let said: Vec<String> = lines.try_iter().collect();
    assert!(said.is_empty(), "game time stands still: {said:?}");
    tty.send("p");
    tty.sees("A gate.");
    tty.send("1");
    until(&lines, "split");
    tty.sees("the first");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    let rest: Vec<String> = lines.try_iter().filter(|line| line == "starttimer" || line == "split").collect();
    assert!(rest.is_empty(), "nothing is begun after the end: {rest:?}");
}

#[test]
fn livesplit_that_closes_in_the_middle_of_a_run_costs_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (close, closing) = channel::<()>();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        drop(listener);
        stream.write_all(b"pong\r\nNotRunning\r\n").unwrap();
        let mut other = stream.try_clone().unwrap();
        thread::spawn(move || while other.read(&mut [0; 512]).is_ok_and(|n| n > 0) {});
        let _ = closing.recv();
        let _ = stream.shutdown(std::net::Shutdown::Both);
    });
    let (mut tty, _story, saves) = ready(&format!("--livesplit=127.0.0.1:{port}"));
    tty.send("\r");
    tty.sees("LiveSplit                  follows");
    close.send(()).unwrap();
    tty.send("1");
    tty.sees("LiveSplit                      off");
    tty.send("31");
    tty.sees("the first");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    assert_eq!(std::fs::read_dir(saves.path().join("replays")).unwrap().count(), 1, "the run is kept");
}

/// How long keys took until what they did was seen, and how long the way out, in milliseconds.
fn times(link: &str) -> (Vec<u128>, u128) {
    let (mut tty, _story, _saves) = ready(link);
    tty.send("\r");
    tty.sees("choices                          0");
    let mut took = Vec::new();
    for n in 1..=9 {
        let pressed = Instant::now();
        tty.send("1");
        tty.sees(&format!("choices                          {n}"));
        took.push(pressed.elapsed().as_millis());
    }
    let pressed = Instant::now();
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    took.sort_unstable();
    (took, pressed.elapsed().as_millis())
}

/// A server on a port of its own.
fn serve(manner: fn(TcpStream)) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || manner(stream));
        }
    });
    port
}

#[test]
fn no_manner_of_a_timer_is_felt_at_a_key_or_on_the_way_out() {
    // Silent; gone at once; a byte at a time, for ever; a flood; polite once, and then deaf.
    let manners: [fn(TcpStream); 5] = [
        |stream| {
            thread::sleep(Duration::from_secs(30));
            drop(stream);
        },
        drop,
        |mut stream| {
            while stream.write_all(b"p").is_ok() {
                thread::sleep(Duration::from_millis(100));
            }
        },
        |mut stream| while stream.write_all(&[b'x'; 4096]).is_ok() {},
        |mut stream| {
            let _ = stream.write_all(b"pong\r\n");
            thread::sleep(Duration::from_secs(30));
        },
    ];
    let ports: Vec<u16> = manners.into_iter().map(serve).collect();
    let absent = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    for port in ports.into_iter().chain([absent]) {
        let (took, out) = times(&format!("--livesplit=127.0.0.1:{port}"));
        // Any wait for a timer is of 300 milliseconds or more.
        assert!(took[took.len() / 2] < 100, "{took:?}");
        assert!(out < 3_000, "{out} ms to leave");
    }
}

/// What a follower of LiveSplit One's sort is told, as it comes.
fn follower(port: u16) -> (TcpStream, Receiver<String>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let request = "GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    let mut other = stream.try_clone().unwrap();
    let (sender, lines) = channel();
    thread::spawn(move || {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") && other.read_exact(&mut byte).is_ok() {
            head.push(byte[0]);
        }
        while let Some(text) = crate::livesplit::frame(&mut other) {
            if sender.send(text).is_err() {
                return;
            }
        }
    });
    (stream, lines)
}

fn hears(lines: &Receiver<String>, command: &str) -> Vec<String> {
    let mut heard = Vec::new();
    loop {
        let line = lines.recv_timeout(Duration::from_secs(20));
        let line = line.unwrap_or_else(|_| panic!("no `{command}` after {heard:?}"));
        let done = line.contains(&format!("\"command\":\"{command}\""));
        heard.push(line);
        if done {
            return heard;
        }
    }
}

#[test]
fn livesplit_one_follows_a_run_and_others_that_say_nothing_are_not_felt() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (mut tty, _story, _saves) = ready(&format!("--livesplit-one={port}"));
    tty.sees(&format!("nobody yet at ws://localhost:{port}"));
    let (stream, lines) = follower(port);
    // One that connects and never speaks, and one that speaks nonsense.
    let silent = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let mut rude = TcpStream::connect(("127.0.0.1", port)).unwrap();
    rude.write_all(&[0; 64]).unwrap();
    // They are looked for ten times a second, and the silent one is waited for a while.
    thread::sleep(Duration::from_millis(1_000));
    tty.send("\r");
    hears(&lines, "start");
    tty.sees("LiveSplit One              follows");
    tty.send("2");
    hears(&lines, "split");
    tty.send("\x12");
    hears(&lines, "reset");
    hears(&lines, "start");
    tty.send("3");
    hears(&lines, "skipSplit");
    hears(&lines, "split");
    tty.send("p");
    tty.sees("paused");
    tty.send("p");
    tty.sees("A gate.");
    drop((stream, lines));
    let pressed = Instant::now();
    tty.send("1");
    tty.sees("the first");
    assert!(pressed.elapsed() < Duration::from_secs(2), "nobody follows any more");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    drop((silent, rude));
}
