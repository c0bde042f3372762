//! How long `prove` takes on the shipped story: `cargo bench --bench prove`. With `-- --texts`, alternatives of texts as well.
//! First how many states it looks at in a second on one core, the siege being the model.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench that cannot go on has failed")]

use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use taiyuan::engine::Chapter;
use taiyuan::story::Book;
use taiyuan::story::Sources;
use taiyuan::workshop::prove::{Budget, Explored, Verdict, explore, prove};

/// What the siege is looked at by: as much as is tracked where its proofs need the most.
const MODELS: [&[&str]; 2] = [
    &["acts", "day", "fired", "inner", "outer_lost", "parley", "until"],
    &["acts", "day", "fired", "inner", "outer_lost", "parley", "resolve", "until"],
];

fn main() {
    let texts = std::env::args().any(|arg| arg == "--texts");
    let book = Book::open(Sources::embedded()).unwrap();
    let chapters: Vec<Arc<Chapter>> = book.world().order.iter().map(|id| book.chapter(id).unwrap()).collect();
    let mut out = std::io::stdout().lock();
    let siege = chapters.iter().find(|chapter| chapter.id == "siege").unwrap();
    for tracked in MODELS {
        let start = Instant::now();
        let Explored { states, whole } = explore(siege, tracked, 8_000_000);
        let speed = states as f64 / start.elapsed().as_secs_f64();
        assert!(whole);
        writeln!(out, "{states:>9} states {speed:>9.0} states/s on one core: siege by {}", tracked.join(", ")).unwrap();
    }
    writeln!(out, "{:<12} {:>8} {:>8} {:>12} {:>12}", "chapter", "claims", "open", "states", "states/s").unwrap();
    let began = Instant::now();
    for chapter in &chapters {
        let start = Instant::now();
        let budget = Budget { texts, ..Budget::default() };
        let proof = prove(&chapters, Some(&chapter.id), &budget).remove(0);
        let seconds = start.elapsed().as_secs_f64();
        let open = proof.claims.iter().filter(|(_, v)| matches!(v, Verdict::Open { .. })).count();
        let (claims, states) = (proof.claims.len(), proof.states);
        let speed = states as f64 / seconds;
        writeln!(out, "{:<12} {claims:>8} {open:>8} {states:>12} {speed:>12.0}", proof.chapter).unwrap();
    }
    let memory = peak().map_or_else(|| "unknown".to_owned(), |mib| format!("{mib} MiB"));
    writeln!(out, "{:.1} s in all, peak memory {memory}", began.elapsed().as_secs_f64()).unwrap();
}

/// The most memory that was in use, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib / 1024)
}
