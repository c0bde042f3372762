//! Everything that can be wrong with a story, as facts, each with a code that never changes its meaning.

use super::link::scope::Sort;
use super::names::Kind;
use super::source::Refusal;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),* $(,)?) => {
        /// The code of a fault. It keeps its meaning for good; a fault that goes leaves its number unused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// As it is shown: `E021`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

codes! {
    /// A file was not read.
    Unreadable = "E001",
    /// A file does not start with a bracket.
    NotAStoryFile = "E002",
    /// Something stands behind the last bracket.
    AfterTheEnd = "E003",
    /// A text in quotes does not close.
    UnclosedText = "E004",
    /// A raw text does not close.
    UnclosedRaw = "E005",
    /// A raw text closes too early.
    RawEndsEarly = "E006",
    /// A comment does not close.
    UnclosedComment = "E007",
    /// Curly quotes around a text.
    CurlyQuote = "E008",
    /// A tab in a text.
    Tab = "E009",
    /// A character nobody sees.
    HiddenCharacter = "E010",
    /// A comma is missing.
    MissingComma = "E011",
    /// A colon is missing.
    MissingColon = "E012",
    /// `=` where a colon belongs.
    EqualsForColon = "E013",
    /// The wrong sort of bracket.
    WrongBracket = "E014",
    /// A bracket does not close.
    Unclosed = "E015",
    /// One bracket too many.
    ExtraBracket = "E016",
    /// Words without quotes.
    Unquoted = "E017",
    /// A character that has no business there.
    StrayCharacter = "E018",
    /// Nested too deep.
    TooDeep = "E019",
    /// Something else was expected.
    Expected = "E020",
    /// An unknown section.
    UnknownSection = "E021",
    /// A section in the wrong file.
    SectionElsewhere = "E022",
    /// A section that may stand once stands twice.
    SectionTwice = "E023",
    /// An unknown field.
    UnknownField = "E024",
    /// A field is missing.
    MissingField = "E025",
    /// A field stands twice.
    FieldTwice = "E026",
    /// A word that is none of a list.
    UnknownVariant = "E027",
    /// An escape that RON does not know.
    BadEscape = "E028",
    /// RON refused an entry.
    Refused = "E029",
    /// An id that is not spelled like one.
    BadId = "E030",
    /// An id that is declared twice.
    Duplicate = "E031",
    /// An id that the language uses itself.
    ReservedId = "E032",
    /// A variable and a derived variable of the same name.
    NameTaken = "E033",
    /// No manifest.
    NoManifest = "E034",
    /// A chapter of the manifest does not exist.
    ChapterMissing = "E035",
    /// A chapter is not in the manifest.
    ChapterUnlisted = "E036",
    /// Too many of something.
    TooMany = "E037",
    /// A text that is too long.
    TextTooLong = "E038",
    /// A number out of its bounds.
    Bounds = "E039",
    /// An operator of another language.
    ForeignOperator = "E040",
    /// A comparison of a comparison.
    ChainedComparison = "E041",
    /// An unknown function.
    UnknownFunction = "E042",
    /// The wrong number of arguments.
    Arguments = "E043",
    /// A number, a flag or a word where another is wanted.
    WrongSort = "E044",
    /// A word that the variable does not know.
    NotAWord = "E045",
    /// Words that are compared as numbers.
    NoOrder = "E046",
    /// Variables with different words.
    DifferentWords = "E047",
    /// A number that is too large.
    NumberTooLarge = "E048",
    /// A condition that is too long.
    ExpressionTooLong = "E049",
    /// Dice in a condition.
    DiceInExpression = "E050",
    /// An effect in a condition.
    EffectInExpression = "E051",
    /// An unknown effect.
    UnknownEffect = "E052",
    /// Two effects in one text.
    TwoEffects = "E053",
    /// Dice that land nowhere.
    DiceWithoutVariable = "E054",
    /// Dice in a variable of another sort.
    DiceSort = "E055",
    /// A value that the variable can never hold.
    OutOfRange = "E056",
    /// A derived variable is set.
    DerivedAssigned = "E057",
    /// A strict variable changes after dice.
    StrictAfterDice = "E058",
    /// A range with nothing in it.
    EmptyRange = "E059",
    /// A group does not close.
    UnclosedGroup = "E060",
    /// An empty line in a group.
    ParagraphInGroup = "E061",
    /// A brace without its partner.
    LoneBrace = "E062",
    /// A bar outside of a group.
    LoneBar = "E063",
    /// A bracket without its partner.
    LoneBracket = "E064",
    /// An unknown word at a group's head.
    UnknownHead = "E065",
    /// Too many or too few alternatives.
    Alternatives = "E066",
    /// A group with nothing in it.
    EmptyGroup = "E067",
    /// A group of prose without alternatives.
    GroupWithoutBar = "E068",
    /// A condition without its colon.
    IfWithoutColon = "E069",
    /// Emphasis that does not close.
    UnclosedEmphasis = "E070",
    /// A link that is not whole.
    LinkSyntax = "E071",
    /// A speaker that is not whole.
    SpeakerSyntax = "E072",
    /// An escape that the markup does not know.
    UnknownEscape = "E073",
    /// A flag where words are shown.
    FlagAsText = "E074",
    /// A variable without words for its ranges.
    NoLevels = "E075",
    /// A variable in a text of all chapters.
    VariableInSharedText = "E076",
    /// An unknown scene.
    UnknownScene = "E080",
    /// An unknown item.
    UnknownItem = "E081",
    /// An unknown variable.
    UnknownVariable = "E082",
    /// An unknown person.
    UnknownPerson = "E083",
    /// An unknown place.
    UnknownPlace = "E084",
    /// An unknown codex entry.
    UnknownCodex = "E085",
    /// An unknown deck.
    UnknownDeck = "E086",
    /// An unknown menu.
    UnknownMenu = "E087",
    /// An unknown snippet.
    UnknownSnippet = "E088",
    /// An unknown ending.
    UnknownEnding = "E089",
    /// An unknown milestone.
    UnknownMilestone = "E090",
    /// An unknown choice.
    UnknownChoice = "E091",
    /// An unknown chapter.
    UnknownChapter = "E092",
    /// An unknown map.
    UnknownMap = "E093",
    /// A translation of a text that does not exist.
    UnknownText = "E094",
    /// Another unknown id.
    UnknownId = "E095",
    /// A scene that leads nowhere.
    NoWayOn = "E100",
    /// An ending that goes on.
    EndingGoesOn = "E101",
    /// A choice with two targets.
    TwoTargets = "E102",
    /// The last arrow has a condition.
    LastArrow = "E103",
    /// A list without arrows.
    EmptyFlow = "E104",
    /// An arrow with no target or with two.
    ArrowTarget = "E105",
    /// An arrow that hides those behind it.
    ArrowHidesRest = "E106",
    /// A ring of scenes without a choice.
    FlowRing = "E107",
    /// A visit within itself.
    VisitRing = "E108",
    /// A way back where nobody came from.
    NothingBehind = "E109",
    /// A snippet within itself.
    SnippetRing = "E110",
    /// A derived variable that needs itself.
    DerivedRing = "E111",
    /// A deck without cards.
    EmptyDeck = "E112",
    /// A reason for a lock that never locks.
    LockedWithoutIf = "E113",
    /// A `then` without nested choices.
    ThenWithoutChoices = "E114",
    /// A nested menu without choices.
    NoChoices = "E115",
    /// A menu that is used twice.
    MenuTwice = "E116",
    /// A start outside of the range.
    StartOutside = "E120",
    /// A word variable without words.
    NoWords = "E121",
    /// A word that stands twice.
    WordTwice = "E122",
    /// A word that cannot be written in a condition.
    BadWord = "E123",
    /// Levels that are not in order.
    LevelsOrder = "E124",
    /// A stat without a label.
    StatWithoutLabel = "E125",
    /// A look without a label.
    ShownWithoutLabel = "E126",
    /// A derived variable that is a word.
    DerivedWord = "E127",
    /// A variable that cannot be carried.
    NotShared = "E128",
    /// A value of the wrong sort.
    WrongValue = "E129",
    /// An old id that is in use.
    OldIdInUse = "E130",
    /// A condition on a map of all chapters.
    ConditionOnSharedMap = "E131",
    /// A map without an inside.
    EmptyMap = "E132",
    /// An id without its quotes.
    IdWithoutQuotes = "E133",
    /// Something that is no section.
    NotASection = "E134",
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each variant is described at its code, and its fields are the facts of that sentence")]
pub enum Fault {
    Unreadable {
        why: Refusal,
    },
    NotAStoryFile,
    AfterTheEnd,
    UnclosedText,
    UnclosedRaw {
        hashes: usize,
    },
    RawEndsEarly {
        hashes: usize,
    },
    UnclosedComment,
    CurlyQuote {
        found: char,
    },
    Tab,
    HiddenCharacter {
        found: char,
    },
    MissingComma {
        line: usize,
    },
    MissingColon {
        after: String,
    },
    EqualsForColon,
    WrongBracket {
        found: String,
        wanted: char,
    },
    Unclosed {
        open: char,
    },
    ExtraBracket {
        found: String,
    },
    Unquoted {
        words: String,
    },
    StrayCharacter {
        found: char,
    },
    TooDeep {
        most: usize,
    },
    Expected {
        wanted: String,
        found: String,
    },
    UnknownSection {
        name: String,
        meant: Option<String>,
    },
    SectionElsewhere {
        name: String,
        home: String,
    },
    SectionTwice {
        name: String,
    },
    UnknownField {
        name: String,
        owner: String,
        meant: Option<String>,
        known: Vec<String>,
    },
    MissingField {
        name: String,
        owner: String,
    },
    FieldTwice {
        name: String,
    },
    UnknownVariant {
        name: String,
        meant: Option<String>,
        known: Vec<String>,
    },
    BadEscape,
    Refused {
        said: String,
    },
    BadId {
        id: String,
        meant: Option<String>,
    },
    Duplicate {
        kind: Kind,
        id: String,
    },
    ReservedId {
        id: String,
    },
    NameTaken {
        id: String,
    },
    NoManifest,
    ChapterMissing {
        id: String,
    },
    ChapterUnlisted {
        id: String,
    },
    TooMany {
        what: String,
        most: usize,
    },
    TextTooLong {
        most: usize,
        found: usize,
    },
    Bounds {
        what: String,
        least: i64,
        most: i64,
        found: i64,
    },
    ForeignOperator {
        found: String,
        instead: String,
    },
    ChainedComparison,
    UnknownFunction {
        name: String,
        meant: Option<String>,
    },
    Arguments {
        name: String,
        wanted: String,
        found: usize,
    },
    WrongSort {
        wanted: Sort,
        found: Sort,
        part: String,
    },
    NotAWord {
        word: String,
        variable: String,
        words: Vec<String>,
        meant: Option<String>,
    },
    NoOrder {
        sign: String,
    },
    DifferentWords {
        one: String,
        other: String,
    },
    NumberTooLarge {
        written: String,
    },
    ExpressionTooLong {
        most: usize,
    },
    DiceInExpression {
        name: String,
    },
    EffectInExpression {
        name: String,
    },
    UnknownEffect {
        name: String,
        meant: Option<String>,
    },
    TwoEffects,
    DiceWithoutVariable {
        name: String,
    },
    DiceSort {
        dice: String,
        wanted: Sort,
        variable: String,
        found: Sort,
    },
    OutOfRange {
        variable: String,
        value: i64,
        least: i32,
        most: i32,
    },
    DerivedAssigned {
        name: String,
    },
    StrictAfterDice {
        variable: String,
    },
    EmptyRange {
        first: i32,
        last: i32,
    },
    UnclosedGroup,
    ParagraphInGroup,
    LoneBrace,
    LoneBar,
    LoneBracket,
    UnknownHead {
        head: String,
        meant: Option<String>,
    },
    /// `most` is 0 where there is no upper limit.
    Alternatives {
        head: String,
        most: usize,
        found: usize,
    },
    EmptyGroup,
    GroupWithoutBar,
    IfWithoutColon,
    UnclosedEmphasis {
        double: bool,
    },
    LinkSyntax,
    SpeakerSyntax,
    UnknownEscape {
        found: char,
    },
    FlagAsText {
        part: String,
    },
    NoLevels {
        variable: String,
    },
    VariableInSharedText {
        name: String,
    },
    Unknown {
        kind: Kind,
        name: String,
        meant: Option<String>,
        other: Option<Kind>,
    },
    NoWayOn {
        scene: String,
        otherwise: bool,
    },
    EndingGoesOn {
        scene: String,
        field: String,
    },
    TwoTargets {
        one: String,
        other: String,
    },
    LastArrow,
    EmptyFlow,
    ArrowTarget {
        found: usize,
    },
    ArrowHidesRest,
    FlowRing {
        ring: Vec<String>,
    },
    VisitRing {
        ring: Vec<String>,
    },
    NothingBehind {
        way: Vec<String>,
    },
    SnippetRing {
        ring: Vec<String>,
    },
    DerivedRing {
        ring: Vec<String>,
    },
    EmptyDeck {
        deck: String,
    },
    LockedWithoutIf,
    ThenWithoutChoices,
    NoChoices,
    MenuTwice {
        name: String,
    },
    StartOutside {
        variable: String,
        start: i32,
        least: i32,
        most: i32,
    },
    NoWords {
        variable: String,
    },
    WordTwice {
        word: String,
    },
    BadWord {
        word: String,
    },
    LevelsOrder,
    StatWithoutLabel {
        variable: String,
    },
    ShownWithoutLabel {
        variable: String,
    },
    DerivedWord {
        variable: String,
    },
    NotShared {
        name: String,
    },
    WrongValue {
        name: String,
        wanted: String,
    },
    OldIdInUse {
        kind: Kind,
        name: String,
    },
    ConditionOnSharedMap,
    EmptyMap {
        map: String,
    },
    IdWithoutQuotes {
        id: String,
    },
    NotASection {
        found: String,
    },
}

impl Fault {
    /// Its code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Unreadable { .. } => Code::Unreadable,
            Self::NotAStoryFile => Code::NotAStoryFile,
            Self::AfterTheEnd => Code::AfterTheEnd,
            Self::UnclosedText => Code::UnclosedText,
            Self::UnclosedRaw { .. } => Code::UnclosedRaw,
            Self::RawEndsEarly { .. } => Code::RawEndsEarly,
            Self::UnclosedComment => Code::UnclosedComment,
            Self::CurlyQuote { .. } => Code::CurlyQuote,
            Self::Tab => Code::Tab,
            Self::HiddenCharacter { .. } => Code::HiddenCharacter,
            Self::MissingComma { .. } => Code::MissingComma,
            Self::MissingColon { .. } => Code::MissingColon,
            Self::EqualsForColon => Code::EqualsForColon,
            Self::WrongBracket { .. } => Code::WrongBracket,
            Self::Unclosed { .. } => Code::Unclosed,
            Self::ExtraBracket { .. } => Code::ExtraBracket,
            Self::Unquoted { .. } => Code::Unquoted,
            Self::StrayCharacter { .. } => Code::StrayCharacter,
            Self::TooDeep { .. } => Code::TooDeep,
            Self::Expected { .. } => Code::Expected,
            Self::UnknownSection { .. } => Code::UnknownSection,
            Self::SectionElsewhere { .. } => Code::SectionElsewhere,
            Self::SectionTwice { .. } => Code::SectionTwice,
            Self::UnknownField { .. } => Code::UnknownField,
            Self::MissingField { .. } => Code::MissingField,
            Self::FieldTwice { .. } => Code::FieldTwice,
            Self::UnknownVariant { .. } => Code::UnknownVariant,
            Self::BadEscape => Code::BadEscape,
            Self::Refused { .. } => Code::Refused,
            Self::BadId { .. } => Code::BadId,
            Self::Duplicate { .. } => Code::Duplicate,
            Self::ReservedId { .. } => Code::ReservedId,
            Self::NameTaken { .. } => Code::NameTaken,
            Self::NoManifest => Code::NoManifest,
            Self::ChapterMissing { .. } => Code::ChapterMissing,
            Self::ChapterUnlisted { .. } => Code::ChapterUnlisted,
            Self::TooMany { .. } => Code::TooMany,
            Self::TextTooLong { .. } => Code::TextTooLong,
            Self::Bounds { .. } => Code::Bounds,
            Self::ForeignOperator { .. } => Code::ForeignOperator,
            Self::ChainedComparison => Code::ChainedComparison,
            Self::UnknownFunction { .. } => Code::UnknownFunction,
            Self::Arguments { .. } => Code::Arguments,
            Self::WrongSort { .. } => Code::WrongSort,
            Self::NotAWord { .. } => Code::NotAWord,
            Self::NoOrder { .. } => Code::NoOrder,
            Self::DifferentWords { .. } => Code::DifferentWords,
            Self::NumberTooLarge { .. } => Code::NumberTooLarge,
            Self::ExpressionTooLong { .. } => Code::ExpressionTooLong,
            Self::DiceInExpression { .. } => Code::DiceInExpression,
            Self::EffectInExpression { .. } => Code::EffectInExpression,
            Self::UnknownEffect { .. } => Code::UnknownEffect,
            Self::TwoEffects => Code::TwoEffects,
            Self::DiceWithoutVariable { .. } => Code::DiceWithoutVariable,
            Self::DiceSort { .. } => Code::DiceSort,
            Self::OutOfRange { .. } => Code::OutOfRange,
            Self::DerivedAssigned { .. } => Code::DerivedAssigned,
            Self::StrictAfterDice { .. } => Code::StrictAfterDice,
            Self::EmptyRange { .. } => Code::EmptyRange,
            Self::UnclosedGroup => Code::UnclosedGroup,
            Self::ParagraphInGroup => Code::ParagraphInGroup,
            Self::LoneBrace => Code::LoneBrace,
            Self::LoneBar => Code::LoneBar,
            Self::LoneBracket => Code::LoneBracket,
            Self::UnknownHead { .. } => Code::UnknownHead,
            Self::Alternatives { .. } => Code::Alternatives,
            Self::EmptyGroup => Code::EmptyGroup,
            Self::GroupWithoutBar => Code::GroupWithoutBar,
            Self::IfWithoutColon => Code::IfWithoutColon,
            Self::UnclosedEmphasis { .. } => Code::UnclosedEmphasis,
            Self::LinkSyntax => Code::LinkSyntax,
            Self::SpeakerSyntax => Code::SpeakerSyntax,
            Self::UnknownEscape { .. } => Code::UnknownEscape,
            Self::FlagAsText { .. } => Code::FlagAsText,
            Self::NoLevels { .. } => Code::NoLevels,
            Self::VariableInSharedText { .. } => Code::VariableInSharedText,
            Self::Unknown { kind, .. } => unknown(*kind),
            Self::NoWayOn { .. } => Code::NoWayOn,
            Self::EndingGoesOn { .. } => Code::EndingGoesOn,
            Self::TwoTargets { .. } => Code::TwoTargets,
            Self::LastArrow => Code::LastArrow,
            Self::EmptyFlow => Code::EmptyFlow,
            Self::ArrowTarget { .. } => Code::ArrowTarget,
            Self::ArrowHidesRest => Code::ArrowHidesRest,
            Self::FlowRing { .. } => Code::FlowRing,
            Self::VisitRing { .. } => Code::VisitRing,
            Self::NothingBehind { .. } => Code::NothingBehind,
            Self::SnippetRing { .. } => Code::SnippetRing,
            Self::DerivedRing { .. } => Code::DerivedRing,
            Self::EmptyDeck { .. } => Code::EmptyDeck,
            Self::LockedWithoutIf => Code::LockedWithoutIf,
            Self::ThenWithoutChoices => Code::ThenWithoutChoices,
            Self::NoChoices => Code::NoChoices,
            Self::MenuTwice { .. } => Code::MenuTwice,
            Self::StartOutside { .. } => Code::StartOutside,
            Self::NoWords { .. } => Code::NoWords,
            Self::WordTwice { .. } => Code::WordTwice,
            Self::BadWord { .. } => Code::BadWord,
            Self::LevelsOrder => Code::LevelsOrder,
            Self::StatWithoutLabel { .. } => Code::StatWithoutLabel,
            Self::ShownWithoutLabel { .. } => Code::ShownWithoutLabel,
            Self::DerivedWord { .. } => Code::DerivedWord,
            Self::NotShared { .. } => Code::NotShared,
            Self::WrongValue { .. } => Code::WrongValue,
            Self::OldIdInUse { .. } => Code::OldIdInUse,
            Self::ConditionOnSharedMap => Code::ConditionOnSharedMap,
            Self::EmptyMap { .. } => Code::EmptyMap,
            Self::IdWithoutQuotes { .. } => Code::IdWithoutQuotes,
            Self::NotASection { .. } => Code::NotASection,
        }
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
