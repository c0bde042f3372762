//! The same work as other engines do: a story of N passages of sixty words, one change of a variable and three choices,
//! one of them behind a condition. `tests/bench/peers.py` makes the story, runs the others and compares.
//!
//! `cargo bench --bench peers -- written JSON DIR` writes the abstract story as one of ours; `-- step DIR K` plays K steps,
//! every text and choice made; `-- save DIR` and `-- undo DIR K` do so and then save, load and go back. Times are those
//! of the thread on its processor.
#![allow(clippy::unwrap_used, missing_docs, reason = "a bench that cannot go on has failed")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use rustix::time::{ClockId, clock_gettime};
use serde::Deserialize;
use taiyuan::engine::id::ChoiceIx;
use taiyuan::engine::log::{Leg, Taken};
use taiyuan::engine::look::{Page, look, look_into};
use taiyuan::engine::render::{Reader, Span};
use taiyuan::engine::rewind::Rewind;
use taiyuan::engine::state::State;
use taiyuan::engine::step::{begin, step};
use taiyuan::engine::{Chapter, Log, dice};
use taiyuan::saves::{self, Moment, Save};
use taiyuan::story::{Book, Sources};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let told = match args.as_slice() {
        ["written", json, dir] => written(Path::new(json), Path::new(dir)),
        ["step", dir, steps] => stepped(&opened(dir), steps.parse().unwrap()),
        ["save", dir] => saved(&opened(dir)),
        ["undo", dir, steps] => undone(&opened(dir), steps.parse().unwrap()),
        _ => "see tests/bench/peers.py".to_owned(),
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{told}").unwrap();
}

#[derive(Deserialize)]
struct Abstract {
    start: String,
    vars: std::collections::BTreeMap<String, i32>,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    text: String,
    effects: Vec<String>,
    choices: Vec<Way>,
}

#[derive(Deserialize)]
struct Way {
    text: String,
    to: String,
    when: Option<String>,
}

fn written(json: &Path, dir: &Path) -> String {
    let story: Abstract = serde_json::from_str(&fs::read_to_string(json).unwrap()).unwrap();
    let folder = dir.join("part");
    fs::create_dir_all(&folder).unwrap();
    let manifest = "(story: (id: \"bench\", title: \"Bench\", version: \"1\", chapters: [\"part\"]))\n";
    fs::write(dir.join("story.ron"), manifest).unwrap();
    let vars: Vec<String> = story.vars.keys().map(|id| format!("{id:?}: Int(range: (0, 99))")).collect();
    let head = format!(
        "(\n    chapter: (title: \"Part\", start: {:?}),\n    vars: {{{}}},\n)\n",
        story.start,
        vars.join(", ")
    );
    fs::write(folder.join("chapter.ron"), head).unwrap();
    for (file, nodes) in story.nodes.chunks(1_000).enumerate() {
        let mut out = String::from("(scenes: {\n");
        nodes.iter().for_each(|node| scene(node, &mut out));
        out.push_str("})\n");
        fs::write(folder.join(format!("scenes_{file:03}.ron")), out).unwrap();
    }
    format!("{} passages", story.nodes.len())
}

fn scene(node: &Node, out: &mut String) {
    let enter: Vec<String> = node.effects.iter().map(|effect| format!("{:?}", wrapping(effect))).collect();
    let _ = write!(
        out,
        "    {:?}: (\n        enter: [{}],\n        text: {:?},\n        choices: [\n",
        node.id,
        enter.join(", "),
        node.text
    );
    for (at, way) in node.choices.iter().enumerate() {
        let when = way.when.as_ref().map_or_else(String::new, |when| format!("if: {when:?}, "));
        let (say, to) = (&way.text, &way.to);
        let _ = writeln!(out, "            (id: \"c{at}\", say: {say:?}, again: true, {when}to: {to:?}),");
    }
    out.push_str("        ],\n    ),\n");
}

/// `v3 = (v3 + 5) % 100` in a language without remainders; the sum is never 200 or more.
fn wrapping(effect: &str) -> String {
    let (var, sum) = effect.split_once(" = (").unwrap();
    let (sum, _) = sum.split_once(')').unwrap();
    format!("{var} = if({sum} >= 100, {sum} - 100, {sum})")
}

fn opened(dir: &str) -> Arc<Chapter> {
    let book = Book::open(Sources::folder(Path::new(dir)).unwrap()).unwrap();
    book.chapter("part").unwrap_or_else(|report| panic!("{}", report.render(100, false)))
}

/// Microseconds of this thread on its processor.
fn now() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e6 + time.tv_nsec as f64 / 1e3
}

fn took<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = now();
    let done = work();
    (done, now() - start)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Chooses as the others do.
struct Driver {
    x: u32,
    bytes: u64,
    page: Page,
}

impl Driver {
    fn new(chapter: &Chapter, state: &State) -> Self {
        Self { x: 12_345, bytes: 0, page: look(chapter, state, Reader::default()) }
    }

    /// Makes the page, and picks one of its choices.
    fn pick(&mut self, chapter: &Chapter, state: &State) -> ChoiceIx {
        look_into(&mut self.page, chapter, state, Reader::default());
        let page = &self.page;
        let texts = page.text.iter().flat_map(|para| &para.spans);
        let says = page.offers.iter().flat_map(|offer| &offer.say);
        self.bytes += texts.chain(says).map(|Span { text, .. }| text.len() as u64).sum::<u64>();
        self.x = self.x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        page.offers[(self.x >> 16) as usize % page.offers.len()].choice
    }
}

fn first(chapter: &Chapter) -> State {
    begin(chapter, chapter.start, 1, &[], &mut dice::Keyed, &mut ())
}

fn stepped(chapter: &Chapter, steps: u64) -> String {
    let mut state = first(chapter);
    let mut driver = Driver::new(chapter, &state);
    let ((), micros) = took(|| {
        for _ in 0..steps {
            let choice = driver.pick(chapter, &state);
            step(chapter, &mut state, choice).unwrap();
        }
    });
    let per_step = micros / steps as f64;
    let last = chapter.scene(state.scene).id.clone();
    format!("steps {steps} us_per_step {per_step:.4} bytes {} last {last}", driver.bytes)
}

fn saved(chapter: &Arc<Chapter>) -> String {
    let mut state = first(chapter);
    let mut leg = Leg::new(chapter, chapter.start, &[]);
    let root = leg.root(chapter, &state);
    let mut driver = Driver::new(chapter, &state);
    for _ in 0..10_000 {
        let choice = driver.pick(chapter, &state);
        let delta = step(chapter, &mut state, choice).unwrap();
        let key = chapter.choice(choice).key();
        leg.push(root, Taken { chapter, key, delta: &delta, after: &state, forced: &[], at: None });
    }
    let visited = state.visits.iter().filter(|n| **n > 0).count();
    let page = look(chapter, &state, Reader::default());
    let log = Log { seed: 1, legs: vec![leg] };
    let moment = || Moment::of(chapter, &state, &page, 0, 0, &[]);
    let write = || Save::text(chapter, &state, &log, None, moment()).unwrap();
    let text = write();
    let text = text.as_str();
    let load = || saves::load(Save::read(text.as_bytes()).unwrap(), &|_| Some(Arc::clone(chapter))).unwrap();
    assert_eq!(load().state, state);
    let write_us = median((0..51).map(|_| took(write).1).collect());
    let load_us = median((0..51).map(|_| took(load).1).collect());
    format!("visited {visited} save_bytes {} save_us {write_us:.1} restore_us {load_us:.1}", text.len())
}

fn undone(chapter: &Chapter, steps: usize) -> String {
    let mut state = first(chapter);
    let mut driver = Driver::new(chapter, &state);
    let mut rewind = Rewind::default();
    for _ in 0..steps {
        let choice = driver.pick(chapter, &state);
        rewind.push(&step(chapter, &mut state, choice).unwrap());
    }
    let bytes = rewind.held();
    let ((), micros) = took(|| {
        while let Some(delta) = rewind.pop() {
            state.undo(&delta);
        }
    });
    assert_eq!(state, first(chapter));
    format!("undo_us {:.4} bytes_per_step {}", micros / steps as f64, bytes / steps)
}
