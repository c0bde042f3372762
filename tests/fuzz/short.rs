//! A moment of fuzzing: everything in the corpus, and each of it changed in a few ways, the same ways every time.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long one execution may take, in a build that is not optimized on a busy machine.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often each file is changed.
const CHANGES: usize = 6;

/// The generator of a linear congruence.
struct Luck(u64);

impl Luck {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most.max(1)
    }
}

/// Bytes with some of them cut, doubled, turned or put from another file, and lines that break off.
fn changed(bytes: &[u8], others: &[Vec<u8>], luck: &mut Luck) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=luck.below(4) {
        let from = luck.below(bytes.len() + 1);
        let to = (from + luck.below(16)).min(bytes.len());
        match luck.below(5) {
            0 => drop(bytes.drain(from..to)),
            1 => {
                let piece = bytes[from..to].to_vec();
                drop(bytes.splice(to..to, piece));
            }
            // What a slip of a writer looks like: a line that breaks off behind a quote, with a letter of more than a byte.
            2 => {
                let after = |from: usize, wanted: u8| {
                    bytes[from..].iter().position(|byte| *byte == wanted).map_or(bytes.len(), |at| from + at)
                };
                let line = after(from, b'\n');
                let torn = (after(line, b'"') + 1 + luck.below(8)).min(bytes.len());
                let end = after(torn, b'\n');
                drop(bytes.splice(torn..end, "ä".bytes()));
            }
            3 => bytes[from..to].iter_mut().for_each(|byte| *byte ^= 1 << luck.below(8)),
            _ => {
                let other = &others[luck.below(others.len())];
                let start = luck.below(other.len());
                let end = (start + luck.below(32)).min(other.len());
                drop(bytes.splice(from..to, other[start..end].iter().copied()));
            }
        }
    }
    bytes
}

fn moment(name: &str, target: fn(&[u8])) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).expect("a corpus").flatten().map(|e| e.path()).collect();
    paths.sort();
    let corpus: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).expect("a file")).collect();
    let mut luck = Luck(7);
    for (path, bytes) in paths.iter().zip(&corpus) {
        for change in 0..=CHANGES {
            let bytes = if change == 0 { bytes.clone() } else { changed(bytes, &corpus, &mut luck) };
            let began = Instant::now();
            target(&bytes);
            assert!(began.elapsed() < PATIENCE, "{}, change {change}: {:?}", path.display(), began.elapsed());
        }
    }
}

#[test]
fn a_story() {
    moment("story", super::story);
}

/// Every story file in a folder and those in it, with what is in it.
fn stories(folder: &Path, into: &mut Vec<(PathBuf, Vec<u8>)>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            stories(&path, into);
        } else if path.extension().is_some_and(|kind| kind == "ron") {
            let bytes = fs::read(&path).expect("a file");
            into.push((path, bytes));
        }
    }
}

#[test]
fn the_shape_of_every_story_of_the_house() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    stories(&house.join("story"), &mut all);
    for (path, bytes) in &all {
        assert!(super::shape(bytes), "{} is not read in haste", path.display());
    }
    stories(&house.join("tests/stories"), &mut all);
    let texts: Vec<Vec<u8>> = all.into_iter().map(|(_, bytes)| bytes).collect();
    let mut luck = Luck(11);
    for bytes in &texts {
        super::shape(bytes);
        for _ in 0..4 * CHANGES {
            super::shape(&changed(bytes, &texts, &mut luck));
        }
    }
}

#[test]
fn an_expression() {
    moment("expression", super::expression);
}

#[test]
fn markup() {
    moment("markup", super::markup);
}

#[test]
fn a_save() {
    moment("save", super::save);
}

#[test]
fn a_replay() {
    moment("replay", super::replay);
}

#[test]
fn lines_at_the_prompt() {
    moment("plain", super::plain);
}

#[cfg(feature = "tui")]
#[test]
fn keys() {
    moment("keys", super::keys);
}
