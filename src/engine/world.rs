//! What all chapters share: things, people, places, codex and maps.

use super::chapter::Arms;
use super::id::{CodexIx, ItemIx, PersonIx, PlaceIx};
use super::late::{Late, LateVec};
use super::text::Text;

/// The story's shared tables. Ids are sorted, so a table can be searched by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// The story's id, kept in saves: a save of another story is refused.
    pub id: String,
    /// The title shown on the first screen.
    pub title: String,
    /// The writer's version of the story.
    pub version: String,
    /// What a player should know before the first page.
    pub note: Option<Text>,
    /// Who made it.
    pub credits: Option<Text>,
    /// Chapter ids in playing order.
    pub order: Vec<String>,
    /// Things that can be carried, sorted by id.
    pub items: LateVec<Item>,
    /// People, sorted by id.
    pub people: LateVec<Person>,
    /// Places, sorted by id.
    pub places: LateVec<Place>,
    /// Codex entries, sorted by id.
    pub codex: LateVec<Entry>,
    /// Maps declared outside chapters, sorted by id.
    pub maps: Late<Vec<Map>>,
}

/// A thing that can be carried.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The writer's id.
    pub id: String,
    /// As it is called in a list: "a carved arrow".
    pub name: String,
    /// What it is.
    pub text: Text,
    /// The most that can be carried, at least 1.
    pub max: i32,
    /// A small drawing, line by line.
    pub art: Vec<String>,
}

/// Someone the story knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// The writer's id.
    pub id: String,
    /// As the prose calls them.
    pub name: String,
    /// The name in Chinese characters.
    pub zh: Option<String>,
    /// Who they are.
    pub text: Text,
    /// The codex entry about them.
    pub codex: Option<CodexIx>,
}

/// Somewhere on a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The writer's id; may hold dots.
    pub id: String,
    /// As the prose calls it.
    pub name: String,
    /// The name in Chinese characters.
    pub zh: Option<String>,
    /// The map it is on.
    pub map: Option<String>,
    /// Hundredths of a degree east and north, or the units of a plan.
    pub at: (i32, i32),
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// The codex entry about it.
    pub codex: Option<CodexIx>,
}

/// What sort of place a place is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlaceKind {
    /// A walled city or a capital.
    City,
    /// A smaller town.
    Town,
    /// A fort or stockade.
    Fort,
    /// A pass in the hills.
    Pass,
    /// A camp.
    Camp,
    /// A gate of a city.
    Gate,
    /// Anything else.
    #[default]
    Site,
}

/// An entry of the codex.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The writer's id.
    pub id: String,
    /// The headword.
    pub title: String,
    /// The entry.
    pub text: Text,
    /// On whose word it stands.
    pub basis: Basis,
    /// Other entries to read.
    pub see: Vec<CodexIx>,
}

/// On whose word a codex entry stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// The article that the story starts from.
    Seed,
    /// The chronicles.
    Record,
    /// Invented for this story.
    #[default]
    Ours,
}

/// A map: lines, and armies that stand where the state of the game puts them.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// The writer's id.
    pub id: String,
    /// Shown above the map.
    pub title: String,
    /// West, south, east, north.
    pub bounds: (i32, i32, i32, i32),
    /// What is drawn.
    pub lines: Vec<Line>,
    /// Who stands where.
    pub armies: Vec<Army>,
}

/// A line of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it stands for.
    pub kind: LineKind,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its corners.
    pub points: Vec<(i32, i32)>,
    /// Drawn only while this holds. Always `None` on a shared map.
    pub when: Option<super::expr::Cond>,
}

/// What a line of a map stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A sea coast.
    Coast,
    /// A river.
    River,
    /// A road.
    Road,
    /// A wall.
    Wall,
    /// A border between states.
    Border,
    /// Siege works.
    Works,
    /// A route of the story.
    Route,
}

/// An army on a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Army {
    /// Its commander.
    pub name: String,
    /// Whose it is: a short word a theme may give a colour.
    pub side: String,
    /// Where it stands: the first that holds, or nowhere.
    pub at: Vec<Arms>,
}

macro_rules! by_id {
    ($($name:ident, $one:ident, $table:ident, $row:ty, $ix:ty);* $(;)?) => {$(
        #[doc = concat!("The index of an id in `", stringify!($table), "`.")]
        #[must_use]
        pub fn $name(&self, id: &str) -> Option<$ix> {
            self.$table.search(|row| row.id.as_str().cmp(id)).map(<$ix>::from)
        }

        #[doc = concat!("The row of `", stringify!($table), "` an index stands for.")]
        #[must_use]
        pub fn $one(&self, ix: $ix) -> &$row {
            &self.$table[ix.at()]
        }
    )*};
}

impl World {
    by_id! {
        find_item, item, items, Item, ItemIx;
        find_person, person, people, Person, PersonIx;
        find_place, place, places, Place, PlaceIx;
        find_codex, entry, codex, Entry, CodexIx;
    }
}
