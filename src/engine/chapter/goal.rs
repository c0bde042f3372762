//! Where a play can get to: endings, milestones, achievements and runs; and the tests that say so.

use super::Given;
use crate::engine::expr::Cond;
use crate::engine::id::{EndingIx, ItemIx, MilestoneIx, SceneIx, VarIx};
use crate::engine::text::Text;

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
