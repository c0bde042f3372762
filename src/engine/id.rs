//! Dense numbers given when a chapter is linked. They index its tables and never leave the process:
//! saves, replays, logs and hashes speak the writer's ids.

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in its table.
            #[must_use]
            pub const fn at(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(at: usize) -> Self {
                Self(narrow(at))
            }
        }
    )*};
}

index! {
    /// A scene of the chapter.
    SceneIx,
    /// A choice of the chapter: a scene's, a shared menu's or a nested one.
    ChoiceIx,
    /// A variable of the chapter, its own or a shared one.
    VarIx,
    /// A derived variable of the chapter.
    DerivedIx,
    /// A deck of the chapter.
    DeckIx,
    /// An ending of the chapter.
    EndingIx,
    /// A milestone of the chapter.
    MilestoneIx,
    /// An achievement of the chapter.
    AchievementIx,
    /// A place where dice fall or cards are dealt.
    SiteIx,
    /// An item of the story.
    ItemIx,
    /// A person of the story.
    PersonIx,
    /// A place of the story.
    PlaceIx,
    /// A codex entry of the story.
    CodexIx,
}

/// A number of something that there are never four thousand million of: entries of a table, bytes of a file.
pub(crate) fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
