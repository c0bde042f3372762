//! The disk refusing, and the program dying, at every call it makes on its saves folder: what was reported as saved
//! is there, what was not saved was told, and the next start leaves nothing behind.

mod scene;
#[cfg(feature = "tui")]
mod screen;
mod trace;

use std::fmt::Write as _;
use std::path::Path;

use crate::killed::story;
use scene::Scene;
use trace::{Blow, Point};

/// The calls of a scene and what every blow at them led to, a row each; and what went wrong.
struct Table {
    rows: String,
    wrong: Vec<String>,
    tried: usize,
}

/// Strikes at points of a scene: at every `stride`-th pair of point and blow, from `first` on.
fn strike(scene: Scene, first: usize, stride: usize) -> Table {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().canonicalize().unwrap();
    let story = story(&dir);
    let folder = |name: &str| {
        let saves = dir.join(name);
        scene.prepare(&story, &saves);
        saves
    };
    let saves = folder("dry");
    let points = scene.points(&story, &saves);
    let mut table = Table { rows: String::new(), wrong: Vec::new(), tried: 0 };
    for (at, point) in points.iter().enumerate() {
        let mut cells = String::new();
        for (nth, blow) in Blow::ALL.into_iter().enumerate() {
            let number = at * Blow::ALL.len() + nth;
            if number < first || !(number - first).is_multiple_of(stride) {
                let _ = write!(cells, " {:<10}", "");
                continue;
            }
            let saves = folder(&format!("saves-{number}"));
            table.tried += 1;
            let outcome = try_one(scene, &story, &saves, point, blow);
            let _ = write!(cells, " {:<10}", outcome.as_ref().map_or("WRONG", |word| word));
            table.wrong.extend(outcome.err());
        }
        if !cells.trim().is_empty() {
            let (call, path) = (&point.call, if point.path.is_empty() { "." } else { &point.path });
            let _ = writeln!(
                table.rows,
                "{:<9} {call:<10} {path:<34} {:>3} {}",
                format!("{scene:?}"),
                point.nth,
                cells.trim_end()
            );
        }
    }
    table
}

fn try_one(scene: Scene, story: &str, saves: &Path, point: &Point, blow: Blow) -> Result<&'static str, String> {
    let ran = scene.struck(story, saves, point, blow);
    scene.judge(story, saves, blow, &ran).map_err(|wrong| {
        let Point { path, call, nth } = point;
        format!("{scene:?}: {} at {call} {nth} of `{path}`: {wrong}\n{}", blow.name(), ran.out)
    })
}

#[expect(clippy::print_stdout, reason = "the table is what a full run is for")]
fn strike_at(scenes: &[Scene], first: usize, stride: usize) {
    if !trace::is_here() {
        println!("SKIP: there is no strace here, or it may not look at a program");
        return;
    }
    let tables: Vec<Table> = std::thread::scope(|threads| {
        let started: Vec<_> = scenes.iter().map(|&scene| threads.spawn(move || strike(scene, first, stride))).collect();
        started.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    print!("{:<9} {:<10} {:<34} {:>3} ", "scene", "call", "file", "nth");
    println!("{}", Blow::ALL.map(|blow| format!("{:<11}", blow.name())).concat().trim_end());
    tables.iter().for_each(|table| print!("{}", table.rows));
    println!("{} blows", tables.iter().map(|table| table.tried).sum::<usize>());
    let wrong: Vec<&str> = tables.iter().flat_map(|table| table.wrong.iter().map(String::as_str)).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n----\n"));
}

#[test]
fn a_disk_that_fails_here_and_there_costs_nothing_that_was_reported_saved() {
    strike_at(Scene::ALL, 3, 53);
}

#[test]
#[ignore = "tries every call with every fault: minutes; `cargo test --test it faults -- --ignored --nocapture`"]
fn a_disk_that_fails_anywhere_costs_nothing_that_was_reported_saved() {
    strike_at(Scene::ALL, 0, 1);
}
