//! The words of what is new.

/// What all chapters of a new story share.
pub(super) const THINGS: &str = include_str!("template/things.ron");
/// The chapter of a new story.
pub(super) const CROSSING: &str = include_str!("template/crossing.ron");

/// The manifest of a new story.
pub(super) fn story(id: &str, title: &str) -> String {
    include_str!("template/story.ron").replace("__ID__", id).replace("__TITLE__", title)
}

/// The file of a new chapter.
pub(super) fn chapter(id: &str) -> String {
    include_str!("template/chapter.ron").replace("__TITLE__", &title(id))
}

/// The entry of a new scene.
pub(super) fn scene(id: &str) -> String {
    include_str!("template/scene.ron").replace("__ID__", id).replace("__TITLE__", &title(id))
}

/// A choice that leads to a scene, which comes back by itself.
pub(super) fn way_to(scene: &str, id: &str) -> String {
    format!("(id: \"{id}\", say: \"See: {}\", visit: \"{scene}\"),", words(scene))
}

/// The entry of a new item.
pub(super) fn item(id: &str) -> String {
    let words = words(id);
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("\"{id}\": (name: \"{article} {words}\", text: \"Write here what the hand and the eye find.\"),")
}

/// Choices to take an item and to use it.
pub(super) fn ways_of(item: &str, take: &str, make_use: &str) -> String {
    let words = words(item);
    format!(
        "(id: \"{take}\", say: \"Take the {words}\", do: [\"give({item})\"]),\n\
         (id: \"{make_use}\", say: \"Use the {words}\", if: \"has({item})\", said: \"Write here what it does.\"),"
    )
}

/// A file with one section.
pub(super) fn file(section: &str, rows: &str) -> String {
    let rows: Vec<String> =
        rows.lines().map(|line| if line.is_empty() { String::new() } else { format!("        {line}") }).collect();
    format!("(\n    {section}: {{\n{}\n    }},\n)\n", rows.join("\n"))
}

/// An id, or the name of a folder, as words.
fn words(id: &str) -> String {
    id.split(['_', '-', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An id, or the name of a folder, as a title.
pub(super) fn title(id: &str) -> String {
    let words = words(id);
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
