//! Where a play stands: dense tables numbered like the chapter's, and the delta that undoes a step.

use super::chapter::{Carried, Chapter, Given};
use super::id::{ChoiceIx, EndingIx, SceneIx};

/// How deep visits may nest. The loader refuses a story that could go deeper.
pub const DEPTH: usize = 8;

/// A play of one chapter at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// The seed of all luck.
    pub seed: u64,
    /// The scene whose menu is open.
    pub scene: SceneIx,
    /// The choice whose nested menu is open.
    pub open: Option<ChoiceIx>,
    /// Scenes waiting for a visited scene to return, innermost last.
    pub stack: Vec<SceneIx>,
    /// Values of variables.
    pub vars: Vec<i32>,
    /// How many of each item are carried.
    pub items: Vec<i32>,
    /// How often each scene was entered.
    pub visits: Vec<u32>,
    /// The turn each scene was last entered, plus one; 0 if never.
    pub last: Vec<u32>,
    /// How often each choice was taken.
    pub taken: Vec<u32>,
    /// How often each site has drawn.
    pub drawn: Vec<u32>,
    /// Which achievements were reached.
    pub achieved: Vec<u32>,
    /// Choices made in this chapter.
    pub turn: u32,
    /// The ending reached.
    pub ended: Option<EndingIx>,
}

/// One cell of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// The scene.
    Scene,
    /// The open nested menu, as index + 1; 0 for none.
    Open,
    /// How many scenes wait.
    Depth,
    /// A waiting scene.
    Stack(u32),
    /// The turn.
    Turn,
    /// The ending, as index + 1; 0 for none.
    Ended,
    /// A variable.
    Var(u32),
    /// An item.
    Item(u32),
    /// A scene's visits.
    Visits(u32),
    /// A scene's last turn.
    Last(u32),
    /// A choice's takings.
    Taken(u32),
    /// A site's draws.
    Drawn(u32),
    /// An achievement.
    Achieved(u32),
}

/// What a cell held before a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The cell.
    pub cell: Cell,
    /// What it held.
    pub old: i32,
}

/// What a step changed, in order. Undone from the end.
pub type Delta = Vec<Change>;

impl State {
    /// The state before the first scene is entered: record values of what is carried, then `given`.
    ///
    /// Enter the first scene with [`begin`](super::step::begin).
    #[must_use]
    pub fn fresh(chapter: &Chapter, seed: u64, given: &[Given]) -> Self {
        let mut state = Self {
            seed,
            scene: chapter.start,
            open: None,
            stack: Vec::new(),
            vars: chapter.vars.iter().map(|v| v.start).collect(),
            items: vec![0; chapter.world.items.len()],
            visits: vec![0; chapter.scenes.len()],
            last: vec![0; chapter.scenes.len()],
            taken: vec![0; chapter.choices.len()],
            drawn: vec![0; chapter.sites.len()],
            achieved: vec![0; chapter.achievements.len()],
            turn: 0,
            ended: None,
        };
        let carried = chapter.carries.iter().map(|c| Given { what: c.what, value: c.record });
        for Given { what, value } in carried.chain(given.iter().copied()) {
            match what {
                Carried::Var(ix) => {
                    let (low, high) = chapter.var(ix).bounds();
                    state.vars[ix.at()] = value.clamp(low, high);
                }
                Carried::Item(ix) => {
                    state.items[ix.at()] = value.clamp(0, chapter.world.item(ix).max);
                }
            }
        }
        state
    }

    /// What a cell holds.
    #[must_use]
    pub fn get(&self, cell: Cell) -> i32 {
        match cell {
            Cell::Scene => signed(self.scene.0),
            Cell::Open => self.open.map_or(0, |c| signed(c.0) + 1),
            Cell::Depth => i32::try_from(self.stack.len()).unwrap_or(i32::MAX),
            Cell::Stack(at) => self.stack.get(at as usize).map_or(0, |s| signed(s.0)),
            Cell::Turn => signed(self.turn),
            Cell::Ended => self.ended.map_or(0, |e| signed(e.0) + 1),
            Cell::Var(at) => self.vars[at as usize],
            Cell::Item(at) => self.items[at as usize],
            Cell::Visits(at) => signed(self.visits[at as usize]),
            Cell::Last(at) => signed(self.last[at as usize]),
            Cell::Taken(at) => signed(self.taken[at as usize]),
            Cell::Drawn(at) => signed(self.drawn[at as usize]),
            Cell::Achieved(at) => signed(self.achieved[at as usize]),
        }
    }

    /// Puts a value into a cell.
    pub(crate) fn put(&mut self, cell: Cell, value: i32) {
        let n = u32::try_from(value).unwrap_or(0);
        match cell {
            Cell::Scene => self.scene = SceneIx(n),
            Cell::Open => self.open = n.checked_sub(1).map(ChoiceIx),
            Cell::Depth => self.stack.resize(n as usize, SceneIx(0)),
            Cell::Stack(at) => {
                if let Some(scene) = self.stack.get_mut(at as usize) {
                    *scene = SceneIx(n);
                }
            }
            Cell::Turn => self.turn = n,
            Cell::Ended => self.ended = n.checked_sub(1).map(EndingIx),
            Cell::Var(at) => self.vars[at as usize] = value,
            Cell::Item(at) => self.items[at as usize] = value,
            Cell::Visits(at) => self.visits[at as usize] = n,
            Cell::Last(at) => self.last[at as usize] = n,
            Cell::Taken(at) => self.taken[at as usize] = n,
            Cell::Drawn(at) => self.drawn[at as usize] = n,
            Cell::Achieved(at) => self.achieved[at as usize] = n,
        }
    }

    /// Takes a step back: the state is what it was before the step that made this delta.
    pub fn undo(&mut self, delta: &[Change]) {
        for change in delta.iter().rev() {
            self.put(change.cell, change.old);
        }
    }
}

/// A count as the number that it is in a condition.
pub(in crate::engine) fn signed(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
