//! How long `check` takes: `cargo bench --bench check`. With `-- write DIR SCENES` it writes such a story instead.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench that cannot go on has failed")]

mod seeded;

use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use taiyuan::story::{Book, Sources};
use taiyuan::workshop::check::examine;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", dir, scenes] => write(Path::new(dir), scenes.parse().unwrap()),
        _ => measure(),
    }
}

fn write(dir: &Path, scenes: usize) {
    for (path, text) in seeded::story(scenes, 1126) {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

fn measure() {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:>8} {:>8} {:>10} {:>10} {:>12}", "scenes", "MB", "load ms", "check ms", "us a scene").unwrap();
    for scenes in [1_000, 3_000, 10_000, 30_000, 100_000] {
        let texts = seeded::story(scenes, 1126);
        let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
        let best = |work: &dyn Fn() -> bool| {
            let one = |_| {
                let start = Instant::now();
                assert!(work());
                start.elapsed()
            };
            (0..3).map(one).min().unwrap().as_secs_f64() * 1e3
        };
        let load = best(&|| Book::check(Sources::from_texts(texts.clone())).is_empty());
        let check = best(&|| examine(Sources::from_texts(texts.clone())).is_empty());
        let mb = bytes as f64 / 1e6;
        writeln!(out, "{scenes:>8} {mb:>8.1} {load:>10.1} {check:>10.1} {:>12.1}", check * 1e3 / scenes as f64)
            .unwrap();
    }
}
