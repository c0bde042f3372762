//! What was changed between two stories, by what it means: ids, what leads where, conditions and effects, words.

mod facts;
mod prose;
mod renamed;
mod report;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::engine::Chapter;
use crate::workshop::prove::{Budget, prove};
use crate::workshop::ways::Ways;
use facts::{Facts, Kind};
use renamed::renamed;

pub use prose::Words;
pub use report::report;
pub use verdicts::Turned;

/// What was changed between two stories.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The manifest, and what all chapters share.
    pub shared: Part,
    /// Chapters of the new story only.
    pub added: Vec<String>,
    /// Chapters of the old story only.
    pub removed: Vec<String>,
    /// Each chapter that is in both.
    pub chapters: BTreeMap<String, Part>,
    /// Words of both stories altogether.
    pub words: Words,
    /// Claims of which something else is proved now, if proofs were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proofs: Option<Vec<Turned>>,
}

/// What was changed in one part of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Ids that came, went, or are called something else now, by what they stand for.
    pub ids: BTreeMap<Kind, Ids>,
    /// Scenes that some way leads to now, and none did.
    pub reachable: Vec<String>,
    /// Scenes that no way leads to now: those to which one did, and new ones.
    pub unreachable: Vec<String>,
    /// What is in both and is not as it was.
    pub changes: Vec<Change>,
    /// Words by scene and the like, where they changed.
    pub words: BTreeMap<String, Words>,
}

/// Ids of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ids {
    /// In the new story only.
    pub added: Vec<String>,
    /// In the old story only.
    pub removed: Vec<String>,
    /// In both, under the old and the new name.
    pub renamed: Vec<(String, String)>,
}

/// Something that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What sort of thing.
    pub kind: Kind,
    /// Its id, in the new story.
    pub id: String,
    /// What of it.
    pub field: &'static str,
    /// As it was written, without what is in both.
    pub old: Vec<String>,
    /// As it is written, without what is in both.
    pub new: Vec<String>,
}

impl Diff {
    /// Proves what can be proved of both stories, and keeps where they differ.
    pub fn prove(&mut self, old: &[Arc<Chapter>], new: &[Arc<Chapter>], budget: &Budget) {
        let (old, new) = (prove(old, None, budget), prove(new, None, budget));
        self.proofs = Some(verdicts::turned(&old, &new, self));
    }

    /// Whether nothing was changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let none = |part: &Part| *part == Part::default();
        let turned = self.proofs.as_ref().is_some_and(|turned| !turned.is_empty());
        !turned
            && self.added.is_empty()
            && self.removed.is_empty()
            && none(&self.shared)
            && self.chapters.values().all(none)
    }
}

/// Compares two stories, given by their chapters in playing order. Neither may be empty.
#[must_use]
pub fn diff(old: &[Arc<Chapter>], new: &[Arc<Chapter>]) -> Diff {
    let mut diff = Diff::default();
    let find = |all: &[Arc<Chapter>], id: &str| all.iter().find(|chapter| chapter.id == id).cloned();
    let (mut shared_before, mut shared_now, mut shared_names) = (Facts::new(), Facts::new(), Vec::new());
    for before in old.iter().filter(|before| find(new, &before.id).is_none()) {
        shared_before.extend(facts::variables(before, true));
        diff.removed.push(before.id.clone());
        diff.words.join(prose::whole(before).cut());
    }
    for now in new {
        shared_now.extend(facts::variables(now, true));
        let Some(before) = find(old, &now.id) else {
            diff.added.push(now.id.clone());
            diff.words.join(prose::whole(now));
            continue;
        };
        let (before, names) = renamed(&before, now);
        shared_before.extend(facts::variables(&before, true));
        let of_all = |id: &str| now.find_var(id).is_some_and(|ix| now.var(ix).shared);
        let (shared, names): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|(kind, _, name)| *kind == Kind::Variable && of_all(name));
        shared_names.extend(shared.into_iter().filter(|one| !shared_names.contains(one)).collect::<Vec<_>>());
        let mut part = compare(&facts::chapter(&before), &facts::chapter(now), &names);
        (part.reachable, part.unreachable) = reached(&before, now);
        part.words = prose::compare(&prose::chapter(&before), &prose::chapter(now), &mut diff.words);
        diff.chapters.insert(now.id.clone(), part);
    }
    if let (Some(before), Some(now)) = (old.first(), new.first()) {
        let (world, names) = renamed::world(&before.world, new);
        shared_before.extend(facts::world(&world));
        shared_now.extend(facts::world(&now.world));
        shared_names.extend(names);
        diff.shared = compare(&shared_before, &shared_now, &shared_names);
        diff.shared.words = prose::compare(&prose::world(&world), &prose::world(&now.world), &mut diff.words);
    }
    diff
}

/// Compares facts about the same things under the same names. `names` are the renamed: what, its old id, its new.
fn compare(old: &Facts, new: &Facts, names: &[(Kind, String, String)]) -> Part {
    let mut part = Part::default();
    for (kind, before, now) in names {
        part.ids.entry(*kind).or_default().renamed.push((before.clone(), now.clone()));
    }
    for (kind, id) in old.keys().filter(|key| !new.contains_key(*key)) {
        part.ids.entry(*kind).or_default().removed.push(id.clone());
    }
    for ((kind, id), fields) in new {
        let Some(before) = old.get(&(*kind, id.clone())) else {
            part.ids.entry(*kind).or_default().added.push(id.clone());
            continue;
        };
        let (nothing, none) = (Vec::new(), Vec::new());
        let gone = before.iter().filter(|(field, _)| fields.iter().all(|(name, _)| name != field));
        let gone = gone.map(|(field, _)| (field, &none));
        for (field, now) in fields.iter().map(|(field, now)| (field, now)).chain(gone) {
            let was = before.iter().find(|(name, _)| name == field).map_or(&nothing, |(_, was)| was);
            let compared =
                if *field == facts::ORDER { apart(&common(was, now), &common(now, was)) } else { apart(was, now) };
            if let Some((old, new)) = compared {
                part.changes.push(Change { kind: *kind, id: id.clone(), field, old, new });
            }
        }
    }
    part
}

/// The lines of one that the other has as well.
fn common(of: &[String], with: &[String]) -> Vec<String> {
    of.iter().filter(|line| with.contains(line)).cloned().collect()
}

/// The lines of each that the other does not have, if there are any.
fn apart(old: &[String], new: &[String]) -> Option<(Vec<String>, Vec<String>)> {
    if old == new {
        return None;
    }
    let (mut cut, mut added) = (Vec::new(), Vec::new());
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, old, new) {
        let (tag, was, now) = op.as_tag_tuple();
        if tag != similar::DiffTag::Equal {
            cut.extend_from_slice(&old[was]);
            added.extend_from_slice(&new[now]);
        }
    }
    Some((cut, added))
}

/// Scenes that are reached now and were there and were not, and scenes that are not and were or are new.
fn reached(old: &Chapter, new: &Chapter) -> (Vec<String>, Vec<String>) {
    let ids = |chapter: &Chapter| chapter.scenes.iter().map(|scene| scene.id.to_string()).collect::<BTreeSet<_>>();
    let behind = |chapter: &Chapter| -> BTreeSet<String> {
        let scenes = Ways::of(chapter).behind(chapter.start).into_iter();
        scenes.map(|ix| chapter.scene(ix).id.to_string()).collect()
    };
    let (before, now) = (behind(old), behind(new));
    let (known, all) = (ids(old), ids(new));
    let came = now.iter().filter(|id| known.contains(*id) && !before.contains(*id)).cloned().collect();
    let went = all.iter().filter(|id| !now.contains(*id) && (before.contains(*id) || !known.contains(*id)));
    (came, went.cloned().collect())
}
