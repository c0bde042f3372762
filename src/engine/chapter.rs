//! A checked chapter: the only thing that can be played.
//!
//! Every index in it is good and every flow ends, because only `story` builds one, after linking.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::excerpt::Excerpt;
use super::expr::{Cond, Expr};
use super::few::Few;
use super::id::{
    AchievementIx, ChoiceIx, DeckIx, DerivedIx, EndingIx, ItemIx, MilestoneIx, PersonIx, PlaceIx, SceneIx, SiteIx,
    VarIx,
};
use super::late::{Late, LateVec};
use super::pack::{Packed, Packet, pack_all};
use super::rare::{Rare, Seldom};
use super::script::Script;
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

/// A scene. What few of them have is kept apart, and read as if it were its own: a step then finds what it needs close
/// together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The writer's id.
    pub id: Excerpt,
    /// Effects of entering, before the text is read.
    pub enter: Script,
    /// The text.
    pub text: Text,
    /// Its own choices and those of its shared menus, in order.
    pub menu: Few<ChoiceIx, 5>,
    /// Where a choice without a target leads, or where the scene flows on to.
    pub then: Option<Flow>,
    /// Whether it returns by itself when visited.
    pub back: bool,
    /// The rest.
    pub rare: Rare<SceneRare>,
}

/// What a scene may have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SceneRare {
    /// Where it takes place.
    pub place: Option<PlaceIx>,
    /// When, if it differs from the chapter's own date line.
    pub date: Option<Text>,
    /// Its title.
    pub title: Option<Text>,
    /// Where to go when no choice is open.
    pub otherwise: Option<Flow>,
    /// The ending it is.
    pub ending: Option<EndingIx>,
    /// The milestone reached by entering it.
    pub milestone: Option<MilestoneIx>,
    /// Its place in a deck.
    pub card: Option<Box<Card>>,
    /// People met here.
    pub meets: Vec<PersonIx>,
    /// The writer's tags.
    pub tags: Vec<String>,
}

impl Seldom for SceneRare {
    fn none() -> &'static Self {
        static NONE: SceneRare = SceneRare {
            place: None,
            date: None,
            title: None,
            otherwise: None,
            ending: None,
            milestone: None,
            card: None,
            meets: Vec::new(),
            tags: Vec::new(),
        };
        &NONE
    }
}

impl Deref for Scene {
    type Target = SceneRare;

    fn deref(&self) -> &SceneRare {
        &self.rare
    }
}

/// A scene's place in a deck.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The deck.
    pub deck: DeckIx,
    /// 1 to 100.
    pub weight: u32,
    /// When it may be dealt.
    pub when: Option<Cond>,
    /// Whether it may be dealt after it has been seen.
    pub again: bool,
}

/// A choice. What few of them have is kept apart, as in a scene.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Its id, unique in the chapter: `scene#count`, `scene#ask/salt`, `@menu/id`.
    pub path: Excerpt,
    /// The byte of the path at which its [`key`](Self::key) begins.
    pub key_at: u32,
    /// The words in the menu.
    pub say: Text,
    /// When it is offered. Choices that ask the same may share it.
    pub when: Option<Arc<Cond>>,
    /// Whether it may be chosen again.
    pub again: bool,
    /// Done on choosing, in order. Effects on strict variables stand before any dice.
    pub effects: Script,
    /// Whether `effects` touch a strict variable.
    pub strict: bool,
    /// Where it leads.
    pub goes: Goes,
    /// The rest.
    pub rare: Rare<ChoiceRare>,
}

/// What a choice may have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceRare {
    /// The choice it is nested in.
    pub parent: Option<ChoiceIx>,
    /// Shown after choosing.
    pub said: Option<Text>,
    /// Shown in its place, as the reason, when it is not offered.
    pub locked: Option<Text>,
}

impl Seldom for ChoiceRare {
    fn none() -> &'static Self {
        static NONE: ChoiceRare = ChoiceRare { parent: None, said: None, locked: None };
        &NONE
    }
}

impl Deref for Choice {
    type Target = ChoiceRare;

    fn deref(&self) -> &ChoiceRare {
        &self.rare
    }
}

impl Choice {
    /// The id a log speaks on the page that offers it: `count`, `ask/salt`, `@menu/id`.
    #[must_use]
    pub fn key(&self) -> &str {
        self.path.get(self.key_at as usize..).unwrap_or(&self.path)
    }
}

/// Where a choice leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Goes {
    /// Along the first arrow that holds.
    To(Flow),
    /// To a scene that comes back to this menu.
    Visit(SceneIx),
    /// To a short menu in place; `then` is for those of it without a target.
    Nested(Box<Box<[ChoiceIx]>>, Option<Box<Flow>>),
    /// To the nearest `then`, or else the scene's own menu again.
    #[default]
    Rejoin,
}

impl Goes {
    /// The arrows it leads along: its own, or those for nested choices without a target.
    #[must_use]
    pub fn flow(&self) -> Option<&Flow> {
        match self {
            Self::To(flow) => Some(flow),
            Self::Nested(_, then) => then.as_deref(),
            Self::Visit(_) | Self::Rejoin => None,
        }
    }
}

/// Arrows in order. The last has no condition. Most flows are one arrow, which stands in its place.
#[derive(Clone, Debug)]
pub struct Flow(Arrows);

#[derive(Clone, Debug)]
enum Arrows {
    One(Arrow),
    Many(Box<Box<[Arrow]>>),
}

impl Deref for Flow {
    type Target = [Arrow];

    fn deref(&self) -> &[Arrow] {
        match &self.0 {
            Arrows::One(arrow) => std::slice::from_ref(arrow),
            Arrows::Many(arrows) => arrows,
        }
    }
}

impl DerefMut for Flow {
    fn deref_mut(&mut self) -> &mut [Arrow] {
        match &mut self.0 {
            Arrows::One(arrow) => std::slice::from_mut(arrow),
            Arrows::Many(arrows) => arrows,
        }
    }
}

impl PartialEq for Flow {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl From<Arrow> for Flow {
    fn from(arrow: Arrow) -> Self {
        Self(Arrows::One(arrow))
    }
}

impl From<Vec<Arrow>> for Flow {
    fn from(arrows: Vec<Arrow>) -> Self {
        match <[Arrow; 1]>::try_from(arrows) {
            Ok([arrow]) => arrow.into(),
            Err(arrows) => Self(Arrows::Many(Box::new(arrows.into_boxed_slice()))),
        }
    }
}

impl<'a> IntoIterator for &'a Flow {
    type Item = &'a Arrow;
    type IntoIter = std::slice::Iter<'a, Arrow>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Packed<'_> for Flow {
    fn pack(&self, out: &mut Vec<u8>) {
        pack_all(self, out);
    }

    fn unpack(from: &mut Packet<'_>) -> Option<Self> {
        Vec::unpack(from).map(Self::from)
    }
}

/// A target that is taken when its condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// When it is taken; always, if absent.
    pub when: Option<Arc<Cond>>,
    /// Where it leads.
    pub target: Target,
}

/// Where an arrow leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Into a scene.
    Scene(SceneIx),
    /// To a card of a deck.
    Draw(DeckIx),
    /// Back to the scene that visited this one.
    Back,
}

/// A deck of scenes.
#[derive(Clone, Debug, PartialEq)]
pub struct Deck {
    /// The writer's id.
    pub id: String,
    /// Its cards, sorted by scene id.
    pub cards: Vec<SceneIx>,
    /// Where to go when none is eligible.
    pub none: Flow,
    /// Where the deal falls.
    pub site: SiteIx,
}

/// An ending.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// The writer's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// 1 is the best.
    pub rank: u32,
    /// A line for the list of endings.
    pub text: Text,
    /// The chapter that follows.
    pub next: Option<String>,
}

/// A point on the way, a split of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// The writer's id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// Something a player may be proud of.
#[derive(Clone, Debug, PartialEq)]
pub struct Achievement {
    /// The writer's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it was for.
    pub text: Text,
    /// Reached as soon as this holds after a choice.
    pub when: Cond,
}

/// A category of speedrun.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The writer's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it asks.
    pub about: String,
    /// The scene it starts in.
    pub start: SceneIx,
    /// The fixed loadout.
    pub given: Vec<Given>,
    /// Won as soon as this holds after a choice.
    pub goal: Cond,
    /// Its splits.
    pub milestones: Vec<MilestoneIx>,
    /// The set seed.
    pub seed: u64,
    /// What is ranked.
    pub rank: Rank,
    /// What is known of the cheapest plays. No rule: nothing that is played or verified depends on it.
    pub ceilings: Vec<Ceiling>,
}

/// What is known of the cheapest play of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// The seed whose luck falls; the best luck there could be if absent.
    pub seed: Option<u64>,
    /// What is least: a variable at the goal, or the choices made.
    pub least: Option<VarIx>,
    /// No play has less.
    pub proved: i32,
    /// The best play found has this.
    pub found: Option<i32>,
    /// What is not forgotten where a relaxation proves the bound; empty if every play was looked at.
    pub tracked: Vec<String>,
}

/// What a run is ranked by. Less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Real time.
    Time,
    /// Choices made.
    Turns,
    /// A variable at the end.
    Least(VarIx),
}

/// A value set before the first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// What is set.
    pub what: Carried,
    /// To what.
    pub value: i32,
}

/// A test written beside the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What it says of the story.
    pub name: String,
    /// Where the play starts.
    pub start: SceneIx,
    /// The seed.
    pub seed: u64,
    /// What is set first.
    pub given: Vec<Given>,
    /// Dice forced, in order.
    pub rolls: Vec<i32>,
    /// Choice keys, in order.
    pub play: Vec<String>,
    /// What must then be so.
    pub expect: Vec<Expect>,
    /// The file with the whole play as it was recorded, by its path in the story's folder.
    pub transcript: Option<String>,
    /// Where it is written: file and line.
    pub origin: String,
}

/// What a test expects.
#[derive(Clone, Debug, PartialEq)]
pub enum Expect {
    /// The play stands in this scene.
    At(SceneIx),
    /// A page of the play held these words.
    Sees(String),
    /// No page of the play held these words.
    Misses(String),
    /// The condition holds at the end.
    Holds(Cond),
    /// The choice is open at the end.
    Offers(String),
    /// The choice is shown and locked at the end.
    Locks(String),
    /// The choice is not shown at the end.
    Hides(String),
    /// The scene was entered.
    Visits(SceneIx),
    /// The scene was not entered.
    Never(SceneIx),
    /// The play ended so.
    Ends(EndingIx),
    /// The milestone was reached.
    Reaches(MilestoneIx),
    /// The item is carried.
    Has(ItemIx),
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
