//! Scenes, their choices, and where these lead.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::engine::excerpt::Excerpt;
use crate::engine::expr::Cond;
use crate::engine::few::Few;
use crate::engine::id::{ChoiceIx, DeckIx, EndingIx, MilestoneIx, PersonIx, PlaceIx, SceneIx, SiteIx};
use crate::engine::pack::{Packed, Packet, pack_all};
use crate::engine::rare::{Rare, Seldom};
use crate::engine::script::Script;
use crate::engine::text::Text;

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
