//! Beginnings: a story, a chapter, a scene or an item that is sound as it stands and waits to be written over.
//!
//! Everything is planned in memory and read as a story is read; only a plan without a fault is written.

mod insert;
mod plan;
mod refusal;
mod template;

use crate::story::syntax::{File, Group};
use crate::story::{Book, Sources, as_id, closest, id_fault};
use insert::{Insertion, add, add_to_list, add_to_section, count, entry};
pub use plan::{Plan, Planned};
use plan::{edit, first_words, sound};
pub use refusal::Refusal;

/// A story of one small chapter. The name is that of its folder.
///
/// # Errors
/// [`Refusal`] if the name cannot be made into an id.
pub fn story(name: &str, title: Option<&str>) -> Result<Plan, Refusal> {
    let id = as_id(name).map(|id| id.replace('.', "_")).filter(|id| id_fault(id, false).is_none());
    let id = id.ok_or_else(|| Refusal::Id { id: name.to_owned(), meant: None })?;
    let title = title.map_or_else(|| template::title(name), str::to_owned);
    if title.contains(['"', '\\']) || title.chars().any(char::is_control) {
        return Err(Refusal::Title(title));
    }
    let files = vec![
        Planned::new("story.ron", template::story(&id, &title), "the title, and the chapters in order"),
        Planned::new("world/things.ron", template::THINGS.to_owned(), "an item and a person"),
        Planned::new("crossing/chapter.ron", template::CROSSING.to_owned(), "four scenes, two endings and two tests"),
    ];
    let next = ["play --watch --story", "check", "test", "walk", "prove"].map(str::to_owned).to_vec();
    sound(&Sources::default(), Plan { files, next })
}

/// A chapter, behind those there are.
///
/// # Errors
/// [`Refusal`] if it cannot be added.
pub fn chapter(sources: &Sources, id: &str) -> Result<Plan, Refusal> {
    let book = opened(sources)?;
    spelled(id)?;
    let path = format!("{id}/chapter.ron");
    let in_folder = |path: &str| path.split_once('/').is_some_and(|(folder, _)| folder == id);
    if id == "words" || book.world().order.iter().any(|known| known == id) {
        return Err(Refusal::There { what: "chapter", id: id.to_owned() });
    }
    if sources.files().iter().any(|file| in_folder(&file.path)) {
        return Err(Refusal::Folder(id.to_owned()));
    }
    let manifest = edit(sources, "story.ron", |text, file| {
        let list = file.group("story")?.group("chapters")?;
        let last = list.items.last()?;
        if list.breaks {
            return Some(add(text, list, None, &format!("\"{id}\",")));
        }
        Some(vec![Insertion { at: last.end, text: format!(", \"{id}\"") }])
    })?;
    let manifest = manifest.holding(format!("`{id}` in the list of chapters"), &format!("\"{id}\""));
    let chapter = Planned::new(&path, template::chapter(id), "two scenes, an ending and a test");
    let next = vec![format!("play --chapter {id} --watch --story"), "check".into(), "test".into()];
    sound(sources, Plan { files: vec![chapter, manifest], next })
}

/// A scene, and a choice in another scene that leads to it and back.
///
/// It stands behind that scene, or in a file of its own name in the chapter's folder.
///
/// # Errors
/// [`Refusal`] if it cannot be added.
pub fn scene(sources: &Sources, chapter: &str, id: &str, from: &str, file: Option<&str>) -> Result<Plan, Refusal> {
    let book = opened(sources)?;
    spelled(id)?;
    let home = home_of(sources, &book, chapter, from)?;
    let known = book.chapter(chapter).map_err(|report| Refusal::Faults(Box::new(report)))?;
    if known.find_scene(id).is_some() {
        return Err(Refusal::There { what: "scene", id: id.to_owned() });
    }
    let choice_id = free_id(sources, &home, from, id);
    let choice = template::way_to(id, &choice_id);
    let rows = template::scene(id);
    let told = format!("scene `{id}`");
    let lead = format!("choice `{choice_id}` in scene `{from}`, which leads there");
    let way = |text: &str, body: &Group<'_>| {
        entry(body, "scenes", from).map(|scene| add_to_list(text, scene, "choices", "text", &choice))
    };
    let path = file.map_or_else(|| Ok(home.clone()), |name| file_name(chapter, name))?;
    let mut files = Vec::new();
    if path == home {
        let both = |text: &str, body: &Group<'_>| {
            let mut all = way(text, body)?;
            all.extend(add_to_section(text, body, "scenes", Some(from), &rows));
            Some(all)
        };
        let both = edit(sources, &home, both)?;
        files.push(both.holding(lead, first_words(&choice)).holding(told, first_words(&rows)));
    } else {
        files.push(if sources.files().iter().any(|f| f.path == path) {
            edit(sources, &path, |text, body| Some(add_to_section(text, body, "scenes", None, &rows)))?
                .holding(told, first_words(&rows))
        } else {
            Planned::new(&path, template::file("scenes", &rows), &told)
        });
        files.push(edit(sources, &home, way)?.holding(lead, first_words(&choice)));
    }
    let next = vec![format!("play --chapter {chapter} --watch --story"), "check".into()];
    sound(sources, Plan { files, next })
}

/// An item, and two choices in a scene: to take it, and to use it.
///
/// # Errors
/// [`Refusal`] if it cannot be added.
pub fn item(sources: &Sources, id: &str, chapter: &str, scene: &str) -> Result<Plan, Refusal> {
    let book = opened(sources)?;
    spelled(id)?;
    if book.world().find_item(id).is_some() {
        return Err(Refusal::There { what: "item", id: id.to_owned() });
    }
    let home = home_of(sources, &book, chapter, scene)?;
    let row = template::item(id);
    let told = format!("item `{id}`");
    let taken = format!("choices to take it and to use it, in scene `{scene}`");
    let (take, make_use) =
        (free_id(sources, &home, scene, &format!("take_{id}")), free_id(sources, &home, scene, &format!("use_{id}")));
    let choices = template::ways_of(id, &take, &make_use);
    let found = |text: &str, body: &Group<'_>| {
        entry(body, "scenes", scene).map(|scene| add_to_list(text, scene, "choices", "text", &choices))
    };
    let shelf = shelf(sources);
    let mut files = Vec::new();
    if shelf.as_ref() == Some(&home) {
        let both = |text: &str, body: &Group<'_>| {
            let mut all = found(text, body)?;
            all.extend(add_to_section(text, body, "items", None, &row));
            Some(all)
        };
        let both = edit(sources, &home, both)?;
        files.push(both.holding(taken, first_words(&choices)).holding(told, first_words(&row)));
    } else {
        files.push(match shelf {
            Some(path) => edit(sources, &path, |text, body| Some(add_to_section(text, body, "items", None, &row)))?
                .holding(told, first_words(&row)),
            None => Planned::new("world/items.ron", template::file("items", &row), &told),
        });
        files.push(edit(sources, &home, found)?.holding(taken, first_words(&choices)));
    }
    let next = vec![format!("play --chapter {chapter} --watch --story"), "check".into()];
    sound(sources, Plan { files, next })
}

fn opened(sources: &Sources) -> Result<Book, Refusal> {
    let report = Book::check(sources.clone());
    if !report.is_empty() {
        return Err(Refusal::Unsound(Box::new(report)));
    }
    Book::open(sources.clone()).map_err(|report| Refusal::Unsound(Box::new(report)))
}

fn spelled(id: &str) -> Result<(), Refusal> {
    match id_fault(id, false) {
        Some(_) => Err(Refusal::Id {
            id: id.to_owned(),
            meant: as_id(id).map(|id| id.replace('.', "_")).filter(|meant| meant != id),
        }),
        None => Ok(()),
    }
}

/// The file in which a scene stands that choices can be added to.
fn home_of(sources: &Sources, book: &Book, chapter: &str, scene: &str) -> Result<String, Refusal> {
    let unknown = |what, id: &str, known: &mut dyn Iterator<Item = &str>| Refusal::Unknown {
        what,
        id: id.to_owned(),
        meant: closest(id, known),
    };
    let order = &book.world().order;
    if order.iter().all(|known| known != chapter) {
        return Err(unknown("chapter", chapter, &mut order.iter().map(String::as_str)));
    }
    let known = book.chapter(chapter).map_err(|report| Refusal::Faults(Box::new(report)))?;
    let Some(ix) = known.find_scene(scene) else {
        return Err(unknown("scene", scene, &mut known.scenes.iter().map(|scene| scene.id.as_str())));
    };
    if known.scene(ix).ending.is_some() {
        return Err(Refusal::Ends(scene.to_owned()));
    }
    let prefix = format!("{chapter}/");
    let in_chapter = sources.files().iter().filter(|file| file.path.starts_with(&prefix));
    let mut homes = in_chapter
        .filter(|file| File::read(0, &file.text).is_ok_and(|read| entry(&read.body, "scenes", scene).is_some()));
    homes.next().map(|file| file.path.clone()).ok_or_else(|| Refusal::Strange(scene.to_owned()))
}

/// An id that no choice of a scene has yet.
fn free_id(sources: &Sources, home: &str, scene: &str, id: &str) -> String {
    let text = sources.files().iter().find(|file| file.path == home).map_or("", |file| &*file.text);
    let Ok(file) = File::read(0, text) else { return id.to_owned() };
    let choices = entry(&file.body, "scenes", scene).and_then(|scene| scene.group("choices"));
    let written = choices.map_or("", |list| &text[list.start..list.end]);
    let free = |id: &String| !written.contains(&format!("\"{id}\""));
    std::iter::once(id.to_owned())
        .chain((2..100).map(|n| format!("{id}_{n}")))
        .find(free)
        .unwrap_or_else(|| id.to_owned())
}

/// The file with the most items, those of chapters last.
fn shelf(sources: &Sources) -> Option<String> {
    let items = |text: &str| File::read(0, text).map_or(0, |file| count(&file.body, "items"));
    let chapters = |path: &str| {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder).to_owned();
        sources
            .files()
            .iter()
            .filter(|file| file.folder() == Some(&folder))
            .any(|file| File::read(0, &file.text).is_ok_and(|read| read.body.find("chapter").is_some()))
    };
    let shelves = sources.files().iter().map(|file| (items(&file.text), file)).filter(|(count, _)| *count > 0);
    shelves.max_by_key(|(count, file)| (!chapters(&file.path), *count)).map(|(_, file)| file.path.clone())
}

fn file_name(chapter: &str, name: &str) -> Result<String, Refusal> {
    let stem = name.strip_suffix(".ron").unwrap_or(name);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if stem.is_empty() || !stem.chars().all(plain) {
        return Err(Refusal::File(name.to_owned()));
    }
    Ok(format!("{chapter}/{stem}.ron"))
}
