//! Everything that can be wrong with a story, as facts, each with a code that never changes its meaning.

use super::link::scope::Sort;
use super::names::Kind;
use super::source::Refusal;

macro_rules! faults {
    (
        $($(#[doc = $doc:literal])* $code:literal $name:ident $({ $($field:ident: $ty:ty),* })?;)*
        unknown $($(#[doc = $about:literal])* $number:literal $missing:ident;)*
    ) => {
        /// What is wrong.
        #[derive(Clone, Debug, PartialEq)]
        #[expect(missing_docs, reason = "the fields are the facts of the sentence that describes the variant")]
        pub enum Fault {
            $($(#[doc = $doc])* $name $({ $($field: $ty),* })?,)*
            /// An id that is nowhere declared; its code depends on what it was taken for.
            Unknown { kind: Kind, name: String, meant: Option<String>, other: Option<Other> },
        }

        /// The code of a fault. It keeps its meaning for good; a fault that goes leaves its number unused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])* $name,)*
            $($(#[doc = $about])* $missing,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name,)* $(Self::$missing,)*];

            /// As it is shown: `E021`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                    $(Self::$missing => $number,)*
                }
            }

            /// What it stands for, in one sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc),*).trim_ascii_start(),)*
                    $(Self::$missing => concat!($($about),*).trim_ascii_start(),)*
                }
            }
        }

        impl Fault {
            /// Its code.
            #[must_use]
            pub const fn code(&self) -> Code {
                match self {
                    $(Self::$name { .. } => Code::$name,)*
                    Self::Unknown { kind, .. } => unknown(*kind),
                }
            }
        }
    };
}

faults! {
    /// A file was not read.
    "E001" Unreadable { why: Refusal };
    /// A file does not start with a bracket.
    "E002" NotAStoryFile;
    /// Something stands behind the last bracket.
    "E003" AfterTheEnd;
    /// A text in quotes does not close.
    "E004" UnclosedText;
    /// A raw text does not close.
    "E005" UnclosedRaw { hashes: usize };
    /// A raw text closes too early.
    "E006" RawEndsEarly { hashes: usize };
    /// A comment does not close.
    "E007" UnclosedComment;
    /// Curly quotes around a text.
    "E008" CurlyQuote { found: char };
    /// A tab in a text.
    "E009" Tab;
    /// A character nobody sees.
    "E010" HiddenCharacter { found: char };
    /// A comma is missing.
    "E011" MissingComma { line: usize, ends: bool };
    /// A colon is missing.
    "E012" MissingColon { after: String };
    /// `=` where a colon belongs.
    "E013" EqualsForColon;
    /// The wrong sort of bracket.
    "E014" WrongBracket { found: String, wanted: char };
    /// A bracket does not close.
    "E015" Unclosed { open: char };
    /// One bracket too many.
    "E016" ExtraBracket { found: String };
    /// Words without quotes.
    "E017" Unquoted { words: String };
    /// A character that has no business there.
    "E018" StrayCharacter { found: char };
    /// Nested too deep.
    "E019" TooDeep { most: usize };
    /// Something else was expected.
    "E020" Expected { wanted: String, found: String };
    /// An unknown section.
    "E021" UnknownSection { name: String, meant: Option<String> };
    /// A section in the wrong file.
    "E022" SectionElsewhere { names: Vec<String>, home: String };
    /// A section that may stand once stands twice.
    "E023" SectionTwice { name: String };
    /// An unknown field.
    "E024" UnknownField { name: String, owner: String, meant: Option<String>, known: Vec<String> };
    /// A field is missing.
    "E025" MissingField { name: String, owner: String };
    /// A field stands twice.
    "E026" FieldTwice { name: String };
    /// A word that is none of a list.
    "E027" UnknownVariant { name: String, meant: Option<String>, known: Vec<String> };
    /// An escape that RON does not know.
    "E028" BadEscape;
    /// RON refused an entry.
    "E029" Refused { said: String };
    /// An id that is not spelled like one.
    "E030" BadId { id: String, meant: Option<String> };
    /// An id that is declared twice.
    "E031" Duplicate { kind: Kind, id: String };
    /// An id that the language uses itself.
    "E032" ReservedId { id: String };
    /// A variable and a derived variable of the same name.
    "E033" NameTaken { id: String };
    /// No manifest.
    "E034" NoManifest { folder: String, below: Vec<String> };
    /// A chapter of the manifest does not exist.
    "E035" ChapterMissing { id: String };
    /// A chapter is not in the manifest.
    "E036" ChapterUnlisted { id: String };
    /// Too many of something.
    "E037" TooMany { what: String, most: usize };
    /// A text that is too long.
    "E038" TextTooLong { most: usize, found: usize };
    /// A number out of its bounds.
    "E039" Bounds { what: String, least: i64, most: i64, found: i64 };
    /// An operator of another language.
    "E040" ForeignOperator { found: String, instead: String };
    /// A comparison of a comparison.
    "E041" ChainedComparison;
    /// An unknown function.
    "E042" UnknownFunction { name: String, meant: Option<String> };
    /// The wrong number of arguments.
    "E043" Arguments { name: String, wanted: String, found: usize };
    /// A number, a flag or a word where another is wanted.
    "E044" WrongSort { wanted: Sort, found: Sort, part: String };
    /// A word that the variable does not know.
    "E045" NotAWord { word: String, variable: String, words: Vec<String>, meant: Option<String> };
    /// Words that are compared as numbers.
    "E046" NoOrder { sign: String };
    /// Variables with different words.
    "E047" DifferentWords { one: String, other: String };
    /// A number that is too large.
    "E048" NumberTooLarge { written: String };
    /// A condition that is too long.
    "E049" ExpressionTooLong { most: usize };
    /// Dice in a condition.
    "E050" DiceInExpression { name: String };
    /// An effect in a condition.
    "E051" EffectInExpression { name: String };
    /// An unknown effect.
    "E052" UnknownEffect { name: String, meant: Option<String> };
    /// Two effects in one text.
    "E053" TwoEffects;
    /// Dice that land nowhere.
    "E054" DiceWithoutVariable { name: String };
    /// Dice in a variable of another sort.
    "E055" DiceSort { dice: String, wanted: Sort, variable: String, found: Sort };
    /// A value that the variable can never hold.
    "E056" OutOfRange { variable: String, value: i64, least: i32, most: i32 };
    /// A derived variable is set.
    "E057" DerivedAssigned { name: String };
    /// A strict variable changes after dice.
    "E058" StrictAfterDice { variable: String };
    /// A range with nothing in it.
    "E059" EmptyRange { first: i32, last: i32 };
    /// A group does not close.
    "E060" UnclosedGroup;
    /// An empty line in a group.
    "E061" ParagraphInGroup;
    /// A brace without its partner.
    "E062" LoneBrace;
    /// A bar outside of a group.
    "E063" LoneBar;
    /// A bracket without its partner.
    "E064" LoneBracket;
    /// An unknown word at a group's head.
    "E065" UnknownHead { head: String, meant: Option<String> };
    /// Too many or too few alternatives.
    "E066" Alternatives { head: String, most: usize, found: usize };
    /// A group with nothing in it.
    "E067" EmptyGroup;
    /// A group of prose without alternatives.
    "E068" GroupWithoutBar;
    /// A condition without its colon.
    "E069" IfWithoutColon;
    /// Emphasis that does not close.
    "E070" UnclosedEmphasis { double: bool };
    /// A link that is not whole.
    "E071" LinkSyntax;
    /// A speaker that is not whole.
    "E072" SpeakerSyntax;
    /// An escape that the markup does not know.
    "E073" UnknownEscape { found: char };
    /// A flag where words are shown.
    "E074" FlagAsText { part: String };
    /// A variable without words for its ranges.
    "E075" NoLevels { variable: String };
    /// A variable in a text of all chapters.
    "E076" VariableInSharedText { name: String };
    /// A scene that leads nowhere.
    "E100" NoWayOn { scene: String, otherwise: bool };
    /// An ending that goes on.
    "E101" EndingGoesOn { scene: String, field: String };
    /// A choice with two targets.
    "E102" TwoTargets { one: String, other: String };
    /// The last arrow has a condition.
    "E103" LastArrow;
    /// A list without arrows.
    "E104" EmptyFlow;
    /// An arrow with no target or with two.
    "E105" ArrowTarget { found: usize };
    /// An arrow that hides those behind it.
    "E106" ArrowHidesRest;
    /// A ring of scenes without a choice.
    "E107" FlowRing { ring: Vec<String> };
    /// A visit within itself.
    "E108" VisitRing { ring: Vec<String> };
    /// A way back where nobody came from.
    "E109" NothingBehind { way: Vec<String> };
    /// A snippet within itself.
    "E110" SnippetRing { ring: Vec<String> };
    /// A derived variable that needs itself.
    "E111" DerivedRing { ring: Vec<String> };
    /// A deck without cards.
    "E112" EmptyDeck { deck: String };
    /// A reason for a lock that never locks.
    "E113" LockedWithoutIf;
    /// A `then` without nested choices.
    "E114" ThenWithoutChoices;
    /// A nested menu without choices.
    "E115" NoChoices;
    /// A menu that is used twice.
    "E116" MenuTwice { name: String };
    /// A start outside of the range.
    "E120" StartOutside { variable: String, start: i32, least: i32, most: i32 };
    /// A word variable without words.
    "E121" NoWords { variable: String };
    /// A word that stands twice.
    "E122" WordTwice { word: String };
    /// A word that cannot be written in a condition.
    "E123" BadWord { word: String };
    /// Levels that are not in order.
    "E124" LevelsOrder;
    /// A stat without a label.
    "E125" StatWithoutLabel { variable: String };
    /// A look without a label.
    "E126" ShownWithoutLabel { variable: String };
    /// A derived variable that is a word.
    "E127" DerivedWord { variable: String };
    /// A variable that cannot be carried.
    "E128" NotShared { name: String };
    /// A value of the wrong sort.
    "E129" WrongValue { name: String, wanted: String };
    /// An old id that is in use.
    "E130" OldIdInUse { kind: Kind, name: String };
    /// A condition on a map of all chapters.
    "E131" ConditionOnSharedMap;
    /// A map without an inside.
    "E132" EmptyMap { map: String };
    /// An id without its quotes.
    "E133" IdWithoutQuotes { id: String };
    /// Something that is no section.
    "E134" NotASection { found: String };
    /// What a run's routes say is least stands twice.
    "E135" RouteTwice { what: String };
    /// A route is better than what is proved.
    "E136" RouteBelowBound { what: String, proved: i32, route: String, found: i32 };
    /// A file declares again what another declares.
    "E137" FileTwice { other: String, ids: usize };
    /// The bracket of a scene closes before its last field.
    "E139" ClosedEarly { field: String };
    /// A quote within a text that closes it.
    "E138" TextEndsEarly;

    unknown
    /// An unknown scene.
    "E080" UnknownScene;
    /// An unknown item.
    "E081" UnknownItem;
    /// An unknown variable.
    "E082" UnknownVariable;
    /// An unknown person.
    "E083" UnknownPerson;
    /// An unknown place.
    "E084" UnknownPlace;
    /// An unknown codex entry.
    "E085" UnknownCodex;
    /// An unknown deck.
    "E086" UnknownDeck;
    /// An unknown menu.
    "E087" UnknownMenu;
    /// An unknown snippet.
    "E088" UnknownSnippet;
    /// An unknown ending.
    "E089" UnknownEnding;
    /// An unknown milestone.
    "E090" UnknownMilestone;
    /// An unknown choice.
    "E091" UnknownChoice;
    /// An unknown chapter.
    "E092" UnknownChapter;
    /// An unknown map.
    "E093" UnknownMap;
    /// A translation of a text that does not exist.
    "E094" UnknownText;
    /// Another unknown id.
    "E095" UnknownId;
}

/// What else has an id that is not known where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// Something of another kind.
    Kind(Kind),
    /// The same kind, in this other chapter.
    Chapter(String),
    /// The same kind, in this file, which lies in no chapter's folder.
    Astray(String),
}

impl Fault {
    /// That a comma is missing behind this byte: at the end of its line, or within it.
    pub(super) fn missing_comma(text: &str, at: usize) -> Self {
        let line = text[..at].matches('\n').count() + 1;
        let rest = text[at..].lines().next().unwrap_or_default().trim_start();
        Self::MissingComma { line, ends: rest.is_empty() || rest.starts_with("//") }
    }
}

impl Code {
    /// The code that is shown like this, in capitals or not.
    #[must_use]
    pub fn find(shown: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(shown.trim()))
    }
}

const fn unknown(kind: Kind) -> Code {
    match kind {
        Kind::Scene => Code::UnknownScene,
        Kind::Item => Code::UnknownItem,
        Kind::Variable | Kind::Derived => Code::UnknownVariable,
        Kind::Person => Code::UnknownPerson,
        Kind::Place => Code::UnknownPlace,
        Kind::Codex => Code::UnknownCodex,
        Kind::Deck => Code::UnknownDeck,
        Kind::Menu => Code::UnknownMenu,
        Kind::Snippet => Code::UnknownSnippet,
        Kind::Ending => Code::UnknownEnding,
        Kind::Milestone => Code::UnknownMilestone,
        Kind::Choice => Code::UnknownChoice,
        Kind::Chapter => Code::UnknownChapter,
        Kind::Map => Code::UnknownMap,
        Kind::Text => Code::UnknownText,
        Kind::Achievement | Kind::Run => Code::UnknownId,
    }
}
