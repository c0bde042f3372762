//! A picture of a story: scenes and the ways between them, for Graphviz, for Mermaid and as data.

mod around;
mod dot;
mod draw;
mod mermaid;

use serde::Serialize;

pub use around::around;
pub use dot::dot;
pub use draw::draw;
pub use mermaid::mermaid;

/// Which way a picture runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// Scenes, decks, shared menus, and the ways between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Graph {
    /// What it shows.
    pub title: String,
    /// Scenes and decks, chapter by chapter, in the order of their ids.
    pub nodes: Vec<Node>,
    /// The ways between them, in the order in which the story has them.
    pub edges: Vec<Edge>,
}

/// A scene, a deck or a shared menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Node {
    /// `chapter/scene`, `chapter/deck@id`, or `chapter/menu@id`.
    pub id: String,
    /// The chapter's id.
    pub chapter: String,
    /// The id of the scene, the deck or the menu.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// What it is drawn together with: a file, or a place.
    pub group: Option<String>,
    /// The title of the ending it is, and its rank.
    pub ending: Option<(String, u32)>,
    /// The title of the milestone reached here.
    pub milestone: Option<String>,
    /// How many of its choices stay in it.
    pub stays: usize,
    /// Whether it can return to the scene that visited it.
    pub returns: bool,
    /// Whether some way leads to it from the chapter's start, whatever the conditions.
    pub led_to: bool,
    /// Whether ways lead on from it that are not shown.
    pub more: bool,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// The scene a chapter starts in.
    Start,
    /// A scene.
    Scene,
    /// A scene without text or choices: the story only goes through it.
    Junction,
    /// A scene that a deck deals.
    Card,
    /// A scene that ends the chapter.
    Ending,
    /// A deck.
    Deck,
    /// A menu that several scenes share.
    Menu,
}

/// A way from one node to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// The id of the node it leaves.
    pub from: String,
    /// The id of the node it leads to.
    pub to: String,
    /// What it is.
    pub kind: EdgeKind,
    /// The path of the choice that takes it.
    pub choice: Option<String>,
    /// How the choice's words begin.
    pub say: Option<String>,
    /// What must hold, in the order in which it is asked.
    pub when: Vec<String>,
    /// Whether the choice can be made again.
    pub again: bool,
    /// Whether the choice is shown with a reason while it cannot be made.
    pub locked: bool,
}

/// What a way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeKind {
    /// A choice.
    Choice,
    /// A choice that goes to a scene which comes back.
    Visit,
    /// A scene has the choices of a shared menu.
    Use,
    /// The story goes on by itself.
    Flow,
    /// Where it goes when no choice is open, or no card is left.
    Otherwise,
    /// A deck deals a card.
    Deal,
    /// The next chapter.
    Next,
}
