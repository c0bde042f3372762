//! Ids of an older story, found again through a chapter's `was`.

use std::collections::BTreeMap;

use crate::engine::Chapter;
use crate::engine::id::{ChoiceIx, ItemIx, SceneIx, SiteIx, VarIx};

/// How many renamings in a row are followed.
const HOPS: usize = 16;

/// What ids stand for in a chapter, now or under an older name.
pub(super) struct Names<'a> {
    chapter: &'a Chapter,
    choices: BTreeMap<&'a str, ChoiceIx>,
    sites: BTreeMap<&'a str, SiteIx>,
}

impl<'a> Names<'a> {
    pub(super) fn of(chapter: &'a Chapter) -> Self {
        let choices = chapter.choices.iter().enumerate().map(|(at, one)| (one.path.as_str(), at.into())).collect();
        let sites = chapter.sites.iter().enumerate().map(|(at, key)| (key.as_str(), at.into())).collect();
        Self { chapter, choices, sites }
    }

    /// The scene this id stands for now.
    pub(super) fn scene(&self, id: &str) -> Option<SceneIx> {
        follow(id, |id| self.chapter.find_scene(id), |id| renamed(&self.chapter.was.scenes, id))
    }

    /// The variable this id stands for now.
    pub(super) fn var(&self, id: &str) -> Option<VarIx> {
        follow(id, |id| self.chapter.find_var(id), |id| renamed(&self.chapter.was.vars, id))
    }

    /// The item this id stands for now.
    pub(super) fn item(&self, id: &str) -> Option<ItemIx> {
        follow(id, |id| self.chapter.world.find_item(id), |id| renamed(&self.chapter.was.items, id))
    }

    /// The choice this path stands for now; its scene may have been renamed as well.
    pub(super) fn choice(&self, path: &str) -> Option<ChoiceIx> {
        follow(path, |path| self.choices.get(path).copied(), |path| self.moved(path))
    }

    /// The place of dice this key stands for now: `scene#choice:variable`, `scene:variable`, `deck@name`.
    pub(super) fn site(&self, key: &str) -> Option<SiteIx> {
        let find = |key: &str| self.sites.get(key).copied();
        find(key).or_else(|| {
            let (place, variable) = key.rsplit_once(':')?;
            let variable = &self.chapter.var(self.var(variable)?).id;
            let place = match self.scene(place) {
                Some(ix) => &self.chapter.scene(ix).id,
                None => &self.chapter.choice(self.choice(place)?).path,
            };
            find(&format!("{place}:{variable}"))
        })
    }

    /// One renaming of a choice: its own, or else its scene's. The new name may be a whole path or the new id alone.
    fn moved(&self, path: &str) -> Option<String> {
        let (home, key) = path.split_once('#').unzip();
        if let Some(new) = renamed(&self.chapter.was.choices, path) {
            let whole = new.contains('#') || new.starts_with('@');
            return Some(match home {
                Some(home) if !whole => format!("{home}#{new}"),
                _ => new,
            });
        }
        let home = &self.chapter.scene(self.scene(home?)?).id;
        Some(format!("{home}#{}", key?)).filter(|new| new != path)
    }
}

fn renamed(was: &[(String, String)], id: &str) -> Option<String> {
    let at = was.binary_search_by(|(old, _)| old.as_str().cmp(id)).ok()?;
    Some(was[at].1.clone())
}

/// What is there under this id, or under what it was renamed to.
fn follow<T>(id: &str, find: impl Fn(&str) -> Option<T>, rename: impl Fn(&str) -> Option<String>) -> Option<T> {
    let mut id = id.to_owned();
    for _ in 0..HOPS {
        if let Some(found) = find(&id) {
            return Some(found);
        }
        id = rename(&id)?;
    }
    None
}
