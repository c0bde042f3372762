//! What is written in a story, named so that it can be found in its file again.

use crate::engine::id::{
    AchievementIx, ChoiceIx, CodexIx, DeckIx, DerivedIx, EndingIx, ItemIx, MilestoneIx, PersonIx, PlaceIx, SceneIx,
    VarIx,
};

/// A place in the files of a story, or in a part of one of its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is written in.
    pub holder: Holder,
    /// Which of its fields.
    pub field: Field,
    /// Which part of that.
    pub part: Part,
}

/// An entry, or a choice in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The chapter's head.
    Chapter,
    /// A scene.
    Scene(SceneIx),
    /// A choice.
    Choice(ChoiceIx),
    /// A deck.
    Deck(DeckIx),
    /// A variable.
    Var(VarIx),
    /// A derived variable.
    Derived(DerivedIx),
    /// An ending.
    Ending(EndingIx),
    /// A milestone.
    Milestone(MilestoneIx),
    /// An achievement.
    Achievement(AchievementIx),
    /// A run, by its number.
    Run(usize),
    /// An item.
    Item(ItemIx),
    /// A person.
    Person(PersonIx),
    /// A place.
    Place(PlaceIx),
    /// A codex entry.
    Codex(CodexIx),
}

/// A field of an entry or a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its id.
    Id,
    /// Its text, or the words of a choice.
    Text,
    /// Its title, its name or its label.
    Title,
    /// Its date.
    Date,
    /// What is said after choosing.
    Said,
    /// The reason of a lock.
    Locked,
    /// What a panel shows of a variable.
    Show,
    /// Its condition: that of a choice, of a card, of an achievement, a run's goal, when a variable is shown.
    If,
    /// One of its effects.
    Effect(usize),
    /// One of its arrows.
    Arrow(Way, usize),
}

/// Which arrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Those of a choice.
    To,
    /// Those that go on.
    Then,
    /// Those that are left when nothing is open.
    Otherwise,
    /// Those of a deck without cards.
    Empty,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// These words.
    Words(String),
    /// The head of the group that these words stand in.
    HeadOf(String),
    /// The condition at the end of an effect.
    Guard,
}

impl Holder {
    /// A field of it.
    #[must_use]
    pub const fn at(self, field: Field) -> Place {
        Place { holder: self, field, part: Part::Whole }
    }
}

impl Place {
    /// Words of its text.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.part = Part::Words(words.into());
        self
    }

    /// The condition at its end.
    #[must_use]
    pub fn guard(mut self) -> Self {
        self.part = Part::Guard;
        self
    }

    /// The head of the group of its text that these words stand in.
    #[must_use]
    pub fn head_of(mut self, words: impl Into<String>) -> Self {
        self.part = Part::HeadOf(words.into());
        self
    }
}
