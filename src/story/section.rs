//! The sections a file may have, and where each may stand.

/// A section of a story file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Story,
    Chapter,
    Scenes,
    Menus,
    Decks,
    Snippets,
    Derived,
    Milestones,
    Achievements,
    Endings,
    Runs,
    Tests,
    Was,
    Vars,
    Items,
    People,
    Places,
    Codex,
    Maps,
    Words,
}

/// How a section is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `{"id": …}`
    Map,
    /// `[…]`
    List,
    /// `(…)`
    Record,
}

/// Where a section may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// `story.ron`
    Manifest,
    /// A chapter's folder.
    Chapter,
    /// Anywhere but a translation.
    Anywhere,
    /// `words/LANG`.
    Words,
}

const ALL: [(&str, Section, Shape, Home); 20] = [
    ("story", Section::Story, Shape::Record, Home::Manifest),
    ("chapter", Section::Chapter, Shape::Record, Home::Chapter),
    ("scenes", Section::Scenes, Shape::Map, Home::Chapter),
    ("menus", Section::Menus, Shape::Map, Home::Chapter),
    ("decks", Section::Decks, Shape::Map, Home::Chapter),
    ("snippets", Section::Snippets, Shape::Map, Home::Anywhere),
    ("derived", Section::Derived, Shape::Map, Home::Chapter),
    ("milestones", Section::Milestones, Shape::Map, Home::Chapter),
    ("achievements", Section::Achievements, Shape::Map, Home::Chapter),
    ("endings", Section::Endings, Shape::Map, Home::Chapter),
    ("runs", Section::Runs, Shape::Map, Home::Chapter),
    ("tests", Section::Tests, Shape::List, Home::Chapter),
    ("was", Section::Was, Shape::Record, Home::Chapter),
    ("vars", Section::Vars, Shape::Map, Home::Anywhere),
    ("items", Section::Items, Shape::Map, Home::Anywhere),
    ("people", Section::People, Shape::Map, Home::Anywhere),
    ("places", Section::Places, Shape::Map, Home::Anywhere),
    ("codex", Section::Codex, Shape::Map, Home::Anywhere),
    ("maps", Section::Maps, Shape::Map, Home::Anywhere),
    ("words", Section::Words, Shape::Map, Home::Words),
];

/// The names of the fields of a scene that most scenes have: none of them is an id.
pub(super) const SCENE_FIELDS: [&str; 12] =
    ["text", "choices", "use", "then", "otherwise", "enter", "at", "date", "title", "meets", "ending", "back"];

impl Section {
    /// The section with this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|(known, ..)| *known == name).map(|(_, section, ..)| *section)
    }

    /// Every name.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        ALL.iter().map(|(name, ..)| *name)
    }

    fn row(self) -> (&'static str, Self, Shape, Home) {
        ALL[self as usize]
    }

    /// As it is written.
    pub(super) fn name(self) -> &'static str {
        self.row().0
    }

    /// How it is written.
    pub(super) fn shape(self) -> Shape {
        self.row().2
    }

    /// Where it may stand.
    pub(super) fn home(self) -> Home {
        self.row().3
    }
}
