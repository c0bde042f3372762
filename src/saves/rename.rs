//! Ids of an older story, found again through a chapter's `was`.

use crate::engine::Chapter;
use crate::engine::id::{ChoiceIx, ItemIx, SceneIx, SiteIx, VarIx};

/// How many renamings in a row are followed.
const HOPS: usize = 16;

/// The scene this id stands for now.
pub(super) fn scene(chapter: &Chapter, id: &str) -> Option<SceneIx> {
    follow(id, |id| chapter.find_scene(id), |id| renamed(&chapter.was.scenes, id))
}

/// The variable this id stands for now.
pub(super) fn var(chapter: &Chapter, id: &str) -> Option<VarIx> {
    follow(id, |id| chapter.find_var(id), |id| renamed(&chapter.was.vars, id))
}

/// The item this id stands for now.
pub(super) fn item(chapter: &Chapter, id: &str) -> Option<ItemIx> {
    follow(id, |id| chapter.world.find_item(id), |id| renamed(&chapter.was.items, id))
}

/// The choice this path stands for now; its scene may have been renamed as well.
pub(super) fn choice(chapter: &Chapter, path: &str) -> Option<ChoiceIx> {
    follow(path, |path| chapter.find_choice(path), |path| moved(chapter, path))
}

/// The place of dice this key stands for now: `scene#choice:variable`, `scene:variable`, `deck@name`.
pub(super) fn site(chapter: &Chapter, key: &str) -> Option<SiteIx> {
    let find = |key: &str| chapter.sites.iter().position(|s| s == key).map(SiteIx::from);
    find(key).or_else(|| {
        let (place, variable) = key.rsplit_once(':')?;
        let variable = &chapter.var(var(chapter, variable)?).id;
        let place = match scene(chapter, place) {
            Some(ix) => &chapter.scene(ix).id,
            None => &chapter.choice(choice(chapter, place)?).path,
        };
        find(&format!("{place}:{variable}"))
    })
}

/// One renaming of a choice: its own, or else its scene's. The new name may be a whole path or the new id alone.
fn moved(chapter: &Chapter, path: &str) -> Option<String> {
    let (home, key) = path.split_once('#').unzip();
    if let Some(new) = renamed(&chapter.was.choices, path) {
        let whole = new.contains('#') || new.starts_with('@');
        return Some(match home {
            Some(home) if !whole => format!("{home}#{new}"),
            _ => new,
        });
    }
    let home = &chapter.scene(scene(chapter, home?)?).id;
    Some(format!("{home}#{}", key?)).filter(|new| new != path)
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
