//! What `workshop::written` writes reads back as what it was: for every condition, number and effect of the stories.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use taiyuan::engine::Chapter;
use taiyuan::engine::effect::{Act, Effect};
use taiyuan::engine::expr::{Cond, Expr};
use taiyuan::engine::id::SiteIx;
use taiyuan::story::{Book, Sources};
use taiyuan::workshop::parts::{Part, parts};
use taiyuan::workshop::written;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// An effect without the number of its place.
fn placeless(effect: &Effect) -> Effect {
    let nowhere = SiteIx(0);
    let act = match effect.act.clone() {
        Act::Roll(var, low, high, _) => Act::Roll(var, low, high, nowhere),
        Act::Chance(var, percent, _) => Act::Chance(var, percent, nowhere),
        Act::OneOf(var, words, _) => Act::OneOf(var, words, nowhere),
        other => other,
    };
    Effect { when: effect.when.clone(), act }
}

/// A chapter's parts, each once, by what is written of it.
#[derive(Default)]
struct Read {
    conds: Vec<(String, Cond)>,
    numbers: Vec<(String, Expr)>,
    effects: Vec<(String, Effect)>,
}

impl Read {
    fn of(chapter: &Chapter) -> Self {
        let mut read = Self::default();
        parts(chapter, &mut |_, part| match part {
            Part::Asks(cond) => read.conds.push((written::cond(chapter, cond), cond.clone())),
            Part::Counts(expr) => read.numbers.push((written::number(chapter, expr), expr.clone())),
            Part::Does(effect) => read.effects.push((written::effect(chapter, effect), placeless(effect))),
            Part::Names(_) => {}
        });
        read.conds.dedup_by(|a, b| a.0 == b.0);
        read
    }

    /// A file that asks, counts and does all of it again, behind everything that is there.
    fn file(&self, chapter: &Chapter) -> String {
        let mut out = String::from("(\nachievements: {\n");
        for (at, (cond, _)) in self.conds.iter().enumerate() {
            let _ = writeln!(out, "\"zz_{at:05}\": (title: \"a\", text: \"a\", if: {cond:?}),");
        }
        out.push_str("},\nscenes: {\n");
        let ending = &chapter.endings[0].id;
        for (at, (number, _)) in self.numbers.iter().enumerate() {
            let _ = writeln!(
                out,
                "\"zy_{at:05}\": (text: \"a\", ending: \"{ending}\", enter: [\"give({}, {number})\"]),",
                chapter.world.items[0].id
            );
        }
        for (at, (effect, _)) in self.effects.iter().enumerate() {
            let _ = writeln!(out, "\"zz_{at:05}\": (text: \"a\", ending: \"{ending}\", enter: [{effect:?}]),");
        }
        out.push_str("},\n)\n");
        out
    }

    /// What the file says when it is read.
    fn again(&self, chapter: &Chapter) -> Self {
        let scenes = |start: &str| {
            let all = chapter.scenes.iter().filter(move |s| s.id.starts_with(start));
            all.map(|s| s.enter[0].clone()).collect::<Vec<_>>()
        };
        let conds = chapter.achievements.iter().filter(|a| a.id.starts_with("zz_")).map(|a| a.when.clone());
        let numbers = scenes("zy_").into_iter().map(|effect| match effect.act {
            Act::Give(_, expr) => expr,
            other => panic!("{other:?}"),
        });
        let effects = scenes("zz_").into_iter().map(|effect| placeless(&effect));
        Self {
            conds: self.conds.iter().map(|(text, _)| text.clone()).zip(conds).collect(),
            numbers: self.numbers.iter().map(|(text, _)| text.clone()).zip(numbers).collect(),
            effects: self.effects.iter().map(|(text, _)| text.clone()).zip(effects).collect(),
        }
    }
}

fn open(folder: &Path) -> Vec<Arc<Chapter>> {
    let book = Book::open(Sources::folder(folder).unwrap()).unwrap();
    book.world().order.iter().map(|id| book.chapter(id).unwrap_or_else(|report| panic!("{report}"))).collect()
}

/// How many conditions, numbers and effects were read back.
fn reads_back(story: &str) -> usize {
    let dir = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(story), dir.path());
    let before: Vec<Read> = open(dir.path())
        .iter()
        .map(|chapter| {
            let read = Read::of(chapter);
            fs::write(dir.path().join(&chapter.id).join("zz.ron"), read.file(chapter)).unwrap();
            read
        })
        .collect();
    let mut count = 0;
    for (read, chapter) in before.iter().zip(open(dir.path())) {
        let again = read.again(&chapter);
        assert_eq!(again.conds, read.conds);
        assert_eq!(again.numbers, read.numbers);
        assert_eq!(again.effects, read.effects);
        count += read.conds.len() + read.numbers.len() + read.effects.len();
    }
    count
}

#[test]
fn the_shipped_story_reads_back() {
    assert!(reads_back("story") > 1_000);
}

#[test]
fn every_feature_reads_back() {
    assert!(reads_back("tests/stories/good/every_feature") > 50);
}

#[test]
fn what_needs_brackets_has_them_and_nothing_else() {
    let same = [
        "(grain == 1 or oath) and not (grain == 2 and oath)",
        "grain == 1 or grain == 2 and oath",
        "not grain == 1",
        "grain - (2 - grain) == -(grain + 1) * 3 + -4",
        "(not oath) == (grain > 1)",
        "if(oath and grain > 2, 1, 0) == if(oath, 0, 1)",
        "band(grain, 1, 5) * (grain + 1) > max(min(grain, 2), -1)",
        "ration == half and ration != one",
    ];
    let mut file = String::from(
        "vars: {\"oath\": Flag(), \"grain\": Int(range: (0, 9)), \"ration\": Word(of: [\"half\", \"one\"])},
        scenes: {\"start\": (text: \"a\", ending: \"a\")}, endings: {\"a\": (title: \"a\", rank: 1)}, achievements: {",
    );
    for (at, cond) in same.iter().enumerate() {
        let _ = write!(file, "\"c_{at}\": (title: \"a\", text: \"a\", if: \"{cond}\"),");
    }
    file.push('}');
    let chapter = &crate::small::chapter(&file);
    let written: Vec<String> = chapter.achievements.iter().map(|a| written::cond(chapter, &a.when)).collect();
    assert_eq!(written, same);
}
