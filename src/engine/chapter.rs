//! A checked chapter: the only thing that can be played.
//!
//! Every index in it is good and every flow ends, because only `story` builds one, after linking.

mod goal;
mod scene;

use std::sync::Arc;

pub use goal::{Achievement, Ceiling, Ending, Expect, Milestone, Rank, Run, Test};
pub use scene::{Arrow, Card, Choice, ChoiceRare, Deck, Flow, Goes, Scene, SceneRare, Target};

use super::expr::{Cond, Expr};
use super::id::{AchievementIx, ChoiceIx, DerivedIx, EndingIx, ItemIx, PlaceIx, SceneIx, VarIx};
use super::late::{Late, LateVec};
use super::seal::Seal;
use super::text::Text;
use super::world::{Map, World};

/// A chapter linked with the world it belongs to.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// What all chapters share.
    pub world: Arc<World>,
    /// The chapter's id: its folder's name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A line or two for the title screen.
    pub about: Text,
    /// The right-hand head line.
    pub date: Option<Text>,
    /// The name of the accent colour.
    pub accent: String,
    /// The variables a player sees, in order.
    pub stats: Vec<VarIx>,
    /// The map opened first.
    pub map: Option<String>,
    /// The chapter's own maps.
    pub maps: Late<Vec<Map>>,
    /// Where it begins.
    pub start: SceneIx,
    /// What comes in from the chapter before, with the record's own values.
    pub carries: Vec<Carry>,
    /// Variables: the chapter's own and every shared one, sorted by id.
    pub vars: Vec<Var>,
    /// Derived variables, sorted by id.
    pub derived: LateVec<Derived>,
    /// Scenes, sorted by id.
    pub scenes: LateVec<Scene>,
    /// Every choice. A scene's choices are reached through its menu.
    pub choices: LateVec<Choice>,
    /// Decks, sorted by id.
    pub decks: Vec<Deck>,
    /// Endings, sorted by id.
    pub endings: Late<Vec<Ending>>,
    /// Milestones, in the order of declaration.
    pub milestones: Vec<Milestone>,
    /// Achievements, sorted by id.
    pub achievements: Vec<Achievement>,
    /// Run categories, in the order of declaration.
    pub runs: Late<Vec<Run>>,
    /// Tests written beside the story.
    pub tests: Late<Vec<Test>>,
    /// Old ids and what they are called now.
    pub was: Late<Was>,
    /// The keys of the places where dice fall: `scene#choice:variable`, `scene:variable`, `deck@name`.
    pub sites: LateVec<String>,
    /// Hash of the rules: ids, conditions, effects, decks and dice; no prose.
    pub rules: Seal,
    /// Hash of the prose.
    pub prose: Seal,
}

/// A variable or an item that crosses into the chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Carry {
    /// What crosses.
    pub what: Carried,
    /// Its value when the chapter is played alone.
    pub record: i32,
}

/// What can cross into a chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// A shared variable.
    Var(VarIx),
    /// An item and how many.
    Item(ItemIx),
}

/// A value set before the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// What is set.
    pub what: Carried,
    /// To what.
    pub value: i32,
}

/// A variable. All values are `i32`: a flag is 0 or 1, a word its position in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Var {
    /// The writer's id.
    pub id: String,
    /// What it may hold.
    pub kind: VarKind,
    /// Where it begins.
    pub start: i32,
    /// Whether it is declared outside chapters.
    pub shared: bool,
    /// Whether a choice that would leave the range is withheld; otherwise the value stops at the edge.
    pub strict: bool,
    /// How a player sees it.
    pub shown: Option<Shown>,
}

/// What a variable may hold.
#[derive(Clone, Debug, PartialEq)]
pub enum VarKind {
    /// A whole number from the first to the second, both included.
    Int(i32, i32),
    /// Yes or no.
    Flag,
    /// One of these words.
    Word(Vec<String>),
}

/// How a player sees a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Its name on the panel.
    pub label: String,
    /// What stands beside the label; the number itself when absent.
    pub show: Option<Text>,
    /// Whether a bar is drawn.
    pub gauge: bool,
    /// Words by range: each from its number up, ascending.
    pub levels: Vec<(i32, String)>,
    /// Whether less of it is better.
    pub low_is_good: bool,
    /// Whether its changes stay out of the text.
    pub quiet: bool,
    /// Shown only while this holds.
    pub when: Option<Cond>,
}

/// A derived variable: a name for an expression.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// The writer's id.
    pub id: String,
    /// What it stands for.
    pub is: Meaning,
    /// The derived variables it is made of, in the end: each after those that it is made of itself.
    pub before: Vec<DerivedIx>,
}

/// What a derived variable stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A number.
    Number(Expr),
    /// A condition.
    Flag(Cond),
}

impl Default for Meaning {
    fn default() -> Self {
        Self::Number(Expr::Const(0))
    }
}

/// Old ids and what they are called now; each list sorted by the old id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Was {
    /// Scenes.
    pub scenes: Vec<(String, String)>,
    /// Choices, by path.
    pub choices: Vec<(String, String)>,
    /// Variables.
    pub vars: Vec<(String, String)>,
    /// Items.
    pub items: Vec<(String, String)>,
}

/// Where an army stands while a condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Arms {
    /// When; always, if absent.
    pub when: Option<Cond>,
    /// Where.
    pub place: PlaceIx,
}

impl Chapter {
    /// The hash of its rules.
    #[must_use]
    pub fn rules(&self) -> [u8; 32] {
        self.rules.of(self)
    }

    /// The hash of its prose.
    #[must_use]
    pub fn prose(&self) -> [u8; 32] {
        self.prose.of(self)
    }

    /// The scene with this id.
    #[must_use]
    pub fn find_scene(&self, id: &str) -> Option<SceneIx> {
        self.scenes.search(|s| s.id.as_str().cmp(id)).map(SceneIx::from)
    }

    /// The variable with this id.
    #[must_use]
    pub fn find_var(&self, id: &str) -> Option<VarIx> {
        self.vars.binary_search_by(|v| v.id.as_str().cmp(id)).ok().map(VarIx::from)
    }

    /// The ending with this id.
    #[must_use]
    pub fn find_ending(&self, id: &str) -> Option<EndingIx> {
        self.endings.binary_search_by(|e| e.id.as_str().cmp(id)).ok().map(EndingIx::from)
    }

    /// The achievement with this id.
    #[must_use]
    pub fn find_achievement(&self, id: &str) -> Option<AchievementIx> {
        self.achievements.binary_search_by(|a| a.id.as_str().cmp(id)).ok().map(AchievementIx::from)
    }

    /// The choice with this chapter-wide path (`scene#choice`, `@menu/choice`).
    #[must_use]
    pub fn find_choice(&self, path: &str) -> Option<ChoiceIx> {
        self.choices.iter().position(|c| c.path == path).map(ChoiceIx::from)
    }

    /// A scene.
    #[must_use]
    pub fn scene(&self, ix: SceneIx) -> &Scene {
        &self.scenes[ix.at()]
    }

    /// A choice.
    #[must_use]
    pub fn choice(&self, ix: ChoiceIx) -> &Choice {
        &self.choices[ix.at()]
    }

    /// A variable.
    #[must_use]
    pub fn var(&self, ix: VarIx) -> &Var {
        &self.vars[ix.at()]
    }
}

impl Var {
    /// The least and the greatest value it can hold.
    #[must_use]
    pub fn bounds(&self) -> (i32, i32) {
        match &self.kind {
            VarKind::Int(low, high) => (*low, *high),
            VarKind::Flag => (0, 1),
            VarKind::Word(words) => (0, i32::try_from(words.len()).unwrap_or(i32::MAX) - 1),
        }
    }

    /// A value as the writer would write it: a number, `true`, or a word.
    #[must_use]
    pub fn written(&self, value: i32) -> String {
        match &self.kind {
            VarKind::Int(..) => value.to_string(),
            VarKind::Flag => (value != 0).to_string(),
            VarKind::Word(words) => {
                usize::try_from(value).ok().and_then(|at| words.get(at)).map_or_else(|| value.to_string(), Clone::clone)
            }
        }
    }

    /// The value a written form stands for.
    #[must_use]
    pub fn read(&self, written: &str) -> Option<i32> {
        match &self.kind {
            VarKind::Int(low, high) => written.parse().ok().filter(|v| (low..=high).contains(&v)),
            VarKind::Flag => match written {
                "true" => Some(1),
                "false" => Some(0),
                _ => None,
            },
            VarKind::Word(words) => words.iter().position(|w| w == written).and_then(|at| i32::try_from(at).ok()),
        }
    }

    /// The word for the range a value is in, if it has such words.
    #[must_use]
    pub fn level(&self, value: i32) -> Option<&str> {
        let levels = &self.shown.as_ref()?.levels;
        levels.iter().rev().find(|(from, _)| value >= *from).map(|(_, word)| word.as_str())
    }
}
