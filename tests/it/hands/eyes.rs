//! What a hand can see of a play: names instead of numbers.

use taiyuan::engine::chapter::{Chapter, Meaning};
use taiyuan::engine::dice::{Keyed, Luck, Throw};
use taiyuan::engine::id::ChoiceIx;
use taiyuan::engine::look::open_choices;
use taiyuan::engine::state::State;

/// A page, and the state behind it.
pub(super) struct Eyes<'a> {
    pub(super) chapter: &'a Chapter,
    pub(super) state: &'a State,
    /// The choices that can be taken.
    pub(super) open: Vec<ChoiceIx>,
}

impl<'a> Eyes<'a> {
    pub(super) fn on(chapter: &'a Chapter, state: &'a State) -> Self {
        Self { chapter, state, open: open_choices(chapter, state).collect() }
    }

    /// The scene's id.
    pub(super) fn scene(&self) -> &'a str {
        &self.chapter.scene(self.state.scene).id
    }

    /// A variable or a derived number; a flag counts 0 or 1.
    #[track_caller]
    pub(super) fn n(&self, id: &str) -> i32 {
        if let Some(var) = self.chapter.find_var(id) {
            return self.state.vars[var.at()];
        }
        let at = self.chapter.derived.search(|d| d.id.as_str().cmp(id));
        let at = at.unwrap_or_else(|| panic!("the siege has no `{id}`"));
        match &self.chapter.derived[at].is {
            Meaning::Number(e) => e.eval(self.chapter, self.state),
            Meaning::Flag(c) => i32::from(c.holds(self.chapter, self.state)),
        }
    }

    /// Whether a flag is up or a derived condition holds.
    #[track_caller]
    pub(super) fn is(&self, id: &str) -> bool {
        self.n(id) != 0
    }

    /// A variable as it is written.
    #[track_caller]
    pub(super) fn word(&self, id: &str) -> String {
        let var = self.chapter.find_var(id).unwrap_or_else(|| panic!("the siege has no `{id}`"));
        self.chapter.var(var).written(self.state.vars[var.at()])
    }

    /// How often a scene was entered.
    #[track_caller]
    pub(super) fn visits(&self, scene: &str) -> u32 {
        let scene = self.chapter.find_scene(scene).unwrap_or_else(|| panic!("the siege has no scene `{scene}`"));
        self.state.visits[scene.at()]
    }

    /// The open choice with this id, whichever menu it stands in.
    pub(super) fn choice(&self, id: &str) -> Option<ChoiceIx> {
        self.open.iter().copied().find(|c| self.id(*c) == id)
    }

    /// A choice's id without the menu it stands in.
    pub(super) fn id(&self, choice: ChoiceIx) -> &'a str {
        let key = self.chapter.choice(choice).key();
        key.rsplit('/').next().unwrap_or(key)
    }

    /// One of these, by the seed of the play.
    pub(super) fn any(&self, of: &[ChoiceIx]) -> ChoiceIx {
        let sides = u32::try_from(of.len()).unwrap();
        let throw = Throw { seed: self.state.seed, site: "hand", count: self.state.turn, low: 0, sides };
        of[Keyed.draw(throw) as usize]
    }
}
