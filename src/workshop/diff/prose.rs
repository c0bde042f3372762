//! Words that were added and cut, each alternative of a text counted once.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::text::Text;
use crate::engine::{Chapter, World};
use crate::workshop::parts::{Holder, passages};
use crate::workshop::stats::words::spelled;

/// Words added and cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// In the old story only.
    pub cut: usize,
    /// In the new story only.
    pub added: usize,
    /// All there are in the new story.
    pub now: usize,
}

impl Words {
    /// Adds others to these.
    pub(super) fn join(&mut self, other: Self) {
        self.cut += other.cut;
        self.added += other.added;
        self.now += other.now;
    }

    /// The same words when they have gone.
    pub(super) fn cut(self) -> Self {
        Self { cut: self.now, added: 0, now: 0 }
    }
}

/// The texts of a part of a story: where they are counted, and by their own key their words.
pub(super) type Prose = BTreeMap<(String, String), Vec<String>>;

fn put(prose: &mut Prose, group: &str, key: String, text: &Text) {
    let paragraphs = text.paragraphs();
    let words =
        paragraphs.iter().flat_map(|p| spelled(&p.inlines).split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    prose.insert((group.to_owned(), key), words.collect());
}

/// The texts of a chapter, by scene or menu; those of neither by what they are.
pub(super) fn chapter(chapter: &Chapter) -> Prose {
    let mut prose = Prose::new();
    for passage in passages(chapter) {
        let group = match passage.holder {
            Holder::Scene(id) => id,
            Holder::Choice(path) => path.split(['#', '/']).next().unwrap_or(path),
            Holder::Ending(_) => "(endings)",
            Holder::Achievement(_) => "(achievements)",
            _ => "(head)",
        };
        put(&mut prose, group, format!("{:?}{}", passage.holder, passage.field), passage.text);
    }
    prose
}

/// The texts that all chapters share.
pub(super) fn world(world: &World) -> Prose {
    let mut prose = Prose::new();
    for (key, text) in [("note", &world.note), ("credits", &world.credits)] {
        text.iter().for_each(|text| put(&mut prose, "(manifest)", key.to_owned(), text));
    }
    world.items.iter().for_each(|item| put(&mut prose, "(items)", item.id.clone(), &item.text));
    world.people.iter().for_each(|one| put(&mut prose, "(people)", one.id.clone(), &one.text));
    world.codex.iter().for_each(|entry| put(&mut prose, "(codex)", entry.id.clone(), &entry.text));
    prose
}

/// All words of a chapter, as if they were new.
pub(super) fn whole(one: &Chapter) -> Words {
    let now = chapter(one).values().map(Vec::len).sum();
    Words { cut: 0, added: now, now }
}

/// Words by where they are counted, where they changed; `all` is added to.
pub(super) fn compare(old: &Prose, new: &Prose, all: &mut Words) -> BTreeMap<String, Words> {
    let mut words: BTreeMap<String, Words> = BTreeMap::new();
    let nothing = Vec::new();
    let gone = old.keys().filter(|key| !new.contains_key(*key));
    for key in new.keys().chain(gone) {
        let (before, now) = (old.get(key).unwrap_or(&nothing), new.get(key).unwrap_or(&nothing));
        let mut change = Words { now: now.len(), ..Words::default() };
        if before != now {
            for op in similar::capture_diff_slices(similar::Algorithm::Myers, before, now) {
                let (tag, was, is) = op.as_tag_tuple();
                if tag != similar::DiffTag::Equal {
                    change.cut += was.len();
                    change.added += is.len();
                }
            }
        }
        words.entry(key.0.clone()).or_default().join(change);
    }
    words.values().for_each(|change| all.join(*change));
    words.retain(|_, change| change.cut + change.added > 0);
    words
}
