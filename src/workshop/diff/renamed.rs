//! An old chapter under the names that the new story has for what is in it, so that a new name is no other difference.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::facts::Kind;
use crate::engine::{Chapter, World};

/// How many renamings in a row are followed.
const HOPS: usize = 16;

/// What was renamed: what it is, its old id, its new one.
type Names = Vec<(Kind, String, String)>;

/// What an id is called now: itself, unless it is no longer there and was renamed.
fn now(id: &str, was: &[(String, String)], there: &dyn Fn(&str) -> bool) -> String {
    let mut name = id;
    for _ in 0..HOPS {
        if there(name) {
            return name.to_owned();
        }
        match was.iter().find(|(old, _)| old == name) {
            Some((_, new)) => name = new,
            None => break,
        }
    }
    id.to_owned()
}

/// The old chapter under new names, and what was renamed.
pub(super) fn renamed(old: &Chapter, new: &Chapter) -> (Chapter, Names) {
    let mut chapter = old.clone();
    let mut names = Names::new();
    let mut note = |kind, id: &str, name: &str| {
        if id != name {
            names.push((kind, id.to_owned(), name.to_owned()));
        }
    };
    for var in &mut chapter.vars {
        let name = now(&var.id, &new.was.vars, &|id| new.find_var(id).is_some());
        note(Kind::Variable, &var.id, &name);
        var.id = name;
    }
    for scene in chapter.scenes.iter_mut() {
        let name = now(&scene.id, &new.was.scenes, &|id| new.find_scene(id).is_some());
        note(Kind::Scene, &scene.id, &name);
        scene.id = name.into();
    }
    let paths: BTreeSet<&str> = new.choices.iter().map(|choice| choice.path.as_str()).collect();
    for choice in chapter.choices.iter_mut() {
        let name = now(&choice.path, &new.was.choices, &|path| paths.contains(path));
        if choice.path == name
            && let Some((scene, key)) = name.split_once('#')
        {
            // That its scene is called something else is told of the scene.
            let scene = now(scene, &new.was.scenes, &|id| new.find_scene(id).is_some());
            choice.path = format!("{scene}#{key}").into();
        } else {
            note(Kind::Choice, &choice.path, &name);
            choice.path = name.into();
        }
    }
    let (world, _) = self::world(&old.world, std::slice::from_ref(&Arc::new(new.clone())));
    chapter.world = Arc::new(world);
    (chapter, names)
}

/// What all chapters share under new names, and what was renamed.
pub(super) fn world(old: &World, new: &[Arc<Chapter>]) -> (World, Names) {
    let mut world = old.clone();
    let mut names = Names::new();
    let was: Vec<(String, String)> = new.iter().flat_map(|chapter| chapter.was.items.iter().cloned()).collect();
    let there = |id: &str| new.iter().any(|chapter| chapter.world.find_item(id).is_some());
    for item in world.items.iter_mut() {
        let name = now(&item.id, &was, &there);
        if name != item.id {
            names.push((Kind::Item, item.id.clone(), name.clone()));
            item.id = name;
        }
    }
    (world, names)
}
