//! Ids of an older story, found again through a chapter's `was`.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;

use crate::engine::Chapter;
use crate::engine::id::{ChoiceIx, ItemIx, SceneIx, SiteIx, VarIx};

use super::table::home;

/// How many renamings in a row are followed.
const HOPS: usize = 16;

/// What ids stand for in a chapter, now or under an older name.
pub(super) struct Names<'a> {
    chapter: &'a Chapter,
    /// The scene last found: ids mostly come in their order.
    near: Cell<usize>,
    /// Made when first needed: of a story that is as it was, hardly ever.
    choices: OnceCell<BTreeMap<&'a str, ChoiceIx>>,
    sites: OnceCell<BTreeMap<&'a str, SiteIx>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(chapter: &'a Chapter) -> Self {
        Self { chapter, near: Cell::new(0), choices: OnceCell::new(), sites: OnceCell::new() }
    }

    /// The scene this id stands for now.
    pub(super) fn scene(&self, id: &str) -> Option<SceneIx> {
        follow(id, |id| self.here(id), |id| renamed(&self.chapter.was.scenes, id))
    }

    /// The scene with this id, which is looked for behind the last one first.
    fn here(&self, id: &str) -> Option<SceneIx> {
        const AHEAD: usize = 8;
        let from = self.near.get();
        let ahead = (from..from + AHEAD).map_while(|at| Some((at, self.chapter.scenes.get(at)?)));
        let found = ahead.take_while(|(_, scene)| scene.id.as_str() <= id).last();
        let found = match found {
            Some((at, scene)) if scene.id == id => Some(SceneIx::from(at)),
            _ => self.chapter.find_scene(id),
        };
        found.inspect(|ix| self.near.set(ix.at()))
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
        self.at_home(path)
            .or_else(|| follow(path, |path| self.all_choices().get(path).copied(), |path| self.moved(path)))
    }

    /// A choice of the menu of its scene, which is where nearly all are.
    fn at_home(&self, path: &str) -> Option<ChoiceIx> {
        let scene = self.here(home(path)?)?;
        self.chapter.scene(scene).menu.iter().copied().find(|choice| self.chapter.choice(*choice).path == path)
    }

    fn all_choices(&self) -> &BTreeMap<&'a str, ChoiceIx> {
        let all = self.chapter.choices.iter().enumerate();
        self.choices.get_or_init(|| all.map(|(at, one)| (one.path.as_str(), at.into())).collect())
    }

    fn all_sites(&self) -> &BTreeMap<&'a str, SiteIx> {
        let all = self.chapter.sites.iter().enumerate();
        self.sites.get_or_init(|| all.map(|(at, key)| (key.as_str(), at.into())).collect())
    }

    /// The place of dice this key stands for now: `scene#choice:variable`, `scene:variable`, `deck@name`.
    pub(super) fn site(&self, key: &str) -> Option<SiteIx> {
        let find = |key: &str| self.all_sites().get(key).copied();
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
    let mut found = find(id);
    let mut id = Cow::Borrowed(id);
    for _ in 1..HOPS {
        if found.is_some() {
            break;
        }
        id = Cow::Owned(rename(&id)?);
        found = find(&id);
    }
    found
}
