//! The words for faults: what is wrong, what is marked, and what to do about it.

use super::diagnostic::Note;
use super::fault::Fault;
use super::link::scope::Sort;
use super::names::Kind;

/// What is wrong, in one line.
pub(super) fn title(fault: &Fault) -> String {
    match fault {
        Fault::Unreadable { why } => format!("the file {}", why.said()),
        Fault::NotAStoryFile => "a story file begins with `(`".to_owned(),
        Fault::AfterTheEnd => "nothing may stand behind the `)` that ends the file".to_owned(),
        Fault::UnclosedText => "the text that opens here does not close".to_owned(),
        Fault::UnclosedRaw { .. } => "the raw text that opens here does not close".to_owned(),
        Fault::RawEndsEarly { hashes } => {
            format!("the text ends here, at `\"{}`, and prose goes on behind it", hash(*hashes))
        }
        Fault::UnclosedComment => "the comment that opens here does not close".to_owned(),
        Fault::CurlyQuote { found } => format!("`{found}` is a curly quote; a text stands in straight ones"),
        Fault::Tab => "a tab in a text".to_owned(),
        Fault::HiddenCharacter { found } => format!("a character that nobody sees: U+{:04X}", u32::from(*found)),
        Fault::MissingComma { line } => format!("a comma is missing after line {line}"),
        Fault::MissingColon { after } => format!("a colon is missing after `{after}`"),
        Fault::EqualsForColon => "`=` stands where `:` belongs".to_owned(),
        Fault::WrongBracket { found, wanted } => format!("{found} stands where `{wanted}` belongs"),
        Fault::Unclosed { open } => format!("`{open}` is not closed"),
        Fault::ExtraBracket { found } => format!("{found} closes nothing"),
        Fault::Unquoted { words } => format!("`{}` needs quotes", short(words)),
        Fault::StrayCharacter { found } => format!("`{found}` has no business here"),
        Fault::TooDeep { most } => format!("nested more than {most} deep"),
        Fault::Expected { wanted, found } => format!("expected {wanted}, found {found}"),
        Fault::UnknownSection { name, .. } => format!("unknown section `{name}`"),
        Fault::SectionElsewhere { name, .. } => format!("`{name}` may not stand in this file"),
        Fault::SectionTwice { name } => format!("a second `{name}` section"),
        Fault::UnknownField { name, owner, .. } => format!("{owner} has no field `{name}`"),
        Fault::MissingField { name, owner } => format!("{owner} lacks `{name}`"),
        Fault::FieldTwice { name } => format!("`{name}` stands twice"),
        Fault::UnknownVariant { name, .. } => format!("`{name}` is not one of the words that may stand here"),
        Fault::BadEscape => "an escape that a text in quotes does not know".to_owned(),
        Fault::Refused { said } => format!("this cannot be read: {said}"),
        Fault::BadId { id, .. } => format!("`{}` is not spelled like an id", short(id)),
        Fault::Duplicate { kind, id } => format!("{} `{id}` is declared twice", kind.noun()),
        Fault::ReservedId { id } => format!("`{id}` is a word of the conditions and cannot be a name"),
        Fault::NameTaken { id } => format!("`{id}` is both a variable and a derived variable"),
        Fault::NoManifest => "no file has a `story` section".to_owned(),
        Fault::ChapterMissing { id } => format!("no folder `{id}` has a `chapter` section"),
        Fault::ChapterUnlisted { id } => format!("the chapter `{id}` is not in the story's list of chapters"),
        Fault::TooMany { what, most } => format!("more than {most} {what}"),
        Fault::TextTooLong { most, found } => format!("a text of {found} bytes; {most} are allowed"),
        Fault::Bounds { what, least, most, found } => format!("{what} is {least} to {most}, not {found}"),
        Fault::ForeignOperator { found, .. } => format!("{found} is not an operator here"),
        Fault::ChainedComparison => "a comparison cannot be compared again".to_owned(),
        Fault::UnknownFunction { name, .. } => format!("unknown function `{name}`"),
        Fault::Arguments { name, wanted, found } => format!("`{name}` takes {wanted}, not {found}"),
        Fault::WrongSort { wanted, found, part } => {
            format!("`{}` is {}, and {} is wanted", short(part), found.noun(), wanted.noun())
        }
        Fault::NotAWord { word, variable, .. } => format!("`{word}` is not a word of `{variable}`"),
        Fault::NoOrder { sign } => format!("words and flags have no order: `{sign}` cannot compare them"),
        Fault::DifferentWords { one, other } => format!("`{one}` and `{other}` do not have the same words"),
        Fault::NumberTooLarge { written } => format!("{} is too large a number", ticked(written)),
        Fault::ExpressionTooLong { most } => format!("longer than {most} characters"),
        Fault::DiceInExpression { name } => format!("`{name}` throws dice, and nothing may branch on dice directly"),
        Fault::EffectInExpression { name } => format!("`{name}` is an effect, not a condition"),
        Fault::UnknownEffect { name, .. } => format!("unknown effect `{name}`"),
        Fault::TwoEffects => "more than one effect in one text".to_owned(),
        Fault::DiceWithoutVariable { name } => format!("`{name}` lands in no variable"),
        Fault::DiceSort { dice, variable, found, .. } => {
            format!("`{dice}` cannot land in `{variable}`, which is {}", found.noun())
        }
        Fault::OutOfRange { variable, value, least, most } => {
            format!("`{variable}` can never be {value}: its range is {least} to {most}")
        }
        Fault::DerivedAssigned { name } => format!("`{name}` is derived and cannot be set"),
        Fault::StrictAfterDice { variable } => format!("the strict variable `{variable}` changes after dice"),
        Fault::EmptyRange { first, last } => format!("nothing lies between {first} and {last}"),
        Fault::UnclosedGroup => "the group that opens here does not close".to_owned(),
        Fault::ParagraphInGroup => "an empty line inside of a group".to_owned(),
        Fault::LoneBrace => "a `}` that closes nothing".to_owned(),
        Fault::LoneBar => "a `|` outside of a group".to_owned(),
        Fault::LoneBracket => "a `]` that closes nothing".to_owned(),
        Fault::UnknownHead { head, .. } => format!("unknown word `{head}:` at the head of a group"),
        Fault::Alternatives { head, most, found } => match most {
            0 => format!("`{head}` needs two alternatives or more, not {found}"),
            most => format!("`{head}` takes {most} alternatives, not {found}"),
        },
        Fault::EmptyGroup => "a group with nothing in it".to_owned(),
        Fault::GroupWithoutBar => "a group without `|` is a variable or a sum, and this is neither".to_owned(),
        Fault::IfWithoutColon => "`{if` is a condition, and its `:` is missing".to_owned(),
        Fault::UnclosedEmphasis { double } => {
            format!("`{}` opens emphasis that does not close", if *double { "**" } else { "*" })
        }
        Fault::LinkSyntax => "a link is written `[words](entry)`".to_owned(),
        Fault::SpeakerSyntax => "a paragraph that starts with `@` names its speaker: `@person: text`".to_owned(),
        Fault::UnknownEscape { found } => match found {
            '\n' => "`\\` before a line end".to_owned(),
            c => format!("`\\{c}` is not an escape"),
        },
        Fault::FlagAsText { part } => format!("`{}` is yes or no and has no words to show", short(part)),
        Fault::NoLevels { variable } => format!("`{variable}` has no `levels`"),
        Fault::VariableInSharedText { name } => {
            format!("`{}` cannot be read here: this text belongs to all chapters", short(name))
        }
        Fault::Unknown { kind, name, .. } => format!("unknown {} `{}`", kind.noun(), short(name)),
        Fault::NoWayOn { scene, .. } => format!("the scene `{scene}` leads nowhere"),
        Fault::EndingGoesOn { scene, field } => format!("the scene `{scene}` is an ending and has `{field}` as well"),
        Fault::TwoTargets { one, other } => format!("a choice leads one way, and this has `{one}` and `{other}`"),
        Fault::LastArrow => "the last arrow has an `if`, so there may be no way on".to_owned(),
        Fault::EmptyFlow => "a list without arrows".to_owned(),
        Fault::ArrowTarget { found: 0 } => "an arrow without a target".to_owned(),
        Fault::ArrowTarget { .. } => "an arrow with more than one target".to_owned(),
        Fault::ArrowHidesRest => "an arrow without `if` before others: those behind it are never taken".to_owned(),
        Fault::FlowRing { ring } => format!("scenes flow into one another for ever: {}", way(ring)),
        Fault::VisitRing { ring } => format!("a visit leads to a visit of itself: {}", way(ring)),
        Fault::NothingBehind { way: ids } => match ids.as_slice() {
            [only] => format!("`{only}` goes back, and there is nothing to go back to"),
            ids => format!("there is nothing to go back to on this way: {}", way(ids)),
        },
        Fault::SnippetRing { ring } => format!("a snippet uses itself: {}", way(ring)),
        Fault::DerivedRing { ring } => format!("a derived variable needs itself: {}", way(ring)),
        Fault::EmptyDeck { deck } => format!("no scene is a card of the deck `{deck}`"),
        Fault::LockedWithoutIf => "a `locked` reason on a choice that nothing locks".to_owned(),
        Fault::ThenWithoutChoices => "`then` on a choice without nested choices".to_owned(),
        Fault::NoChoices => "a nested menu without choices".to_owned(),
        Fault::MenuTwice { name } => format!("the menu `{name}` is used twice"),
        Fault::StartOutside { variable, start, least, most } => {
            format!("`{variable}` starts at {start}, outside of its range {least} to {most}")
        }
        Fault::NoWords { variable } => format!("`{variable}` has no words to hold"),
        Fault::WordTwice { word } => format!("`{word}` stands twice in the list"),
        Fault::BadWord { word } => format!("`{}` cannot be written in a condition", short(word)),
        Fault::LevelsOrder => "levels do not ascend".to_owned(),
        Fault::StatWithoutLabel { variable } => format!("`{variable}` has no `label` to show as a stat"),
        Fault::ShownWithoutLabel { variable } => format!("`{variable}` has no `label`, so this is never shown"),
        Fault::DerivedWord { variable } => {
            format!("a derived variable is a number or a condition, and `{variable}` is a word")
        }
        Fault::NotShared { name } => format!("`{name}` belongs to this chapter and cannot be carried into it"),
        Fault::WrongValue { name, wanted } => format!("`{name}` is given a value of the wrong sort: it takes {wanted}"),
        Fault::OldIdInUse { kind, name } => format!("{} `{name}` still exists, so it was not renamed", kind.noun()),
        Fault::ConditionOnSharedMap => "a map of all chapters cannot ask about a chapter".to_owned(),
        Fault::EmptyMap { map } => format!("the bounds of the map `{map}` hold nothing"),
        Fault::IdWithoutQuotes { id } => format!("the id `{id}` needs quotes"),
        Fault::NotASection { found } => format!("expected the name of a section, found {found}"),
    }
}

/// What stands at the mark.
pub(super) fn label(fault: &Fault) -> Option<String> {
    Some(match fault {
        Fault::MissingComma { .. } => "a comma belongs here".to_owned(),
        Fault::UnclosedText | Fault::UnclosedRaw { .. } | Fault::UnclosedComment | Fault::UnclosedGroup => {
            "opens here".to_owned()
        }
        Fault::Unclosed { open } => format!("`{}` should come before this", partner(*open)),
        Fault::MissingField { name, .. } => format!("no `{name}` in here"),
        Fault::Duplicate { .. } | Fault::SectionTwice { .. } => "and again here".to_owned(),
        Fault::FlowRing { .. } | Fault::VisitRing { .. } => "the ring begins here".to_owned(),
        Fault::Unknown { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
        _ => return None,
    })
}

/// What another place has to do with it.
pub(super) fn note(note: Note) -> &'static str {
    match note {
        Note::First => "first declared here",
        Note::Opened => "opened here",
        Note::Declared => "declared here",
        Note::Dice => "the dice fall here",
        Note::Way => "then here",
    }
}

/// What to do about it.
pub(super) fn help(fault: &Fault) -> Option<String> {
    Some(match fault {
        Fault::NotAStoryFile => "put all sections in one pair of round brackets: `( scenes: { … }, )`".to_owned(),
        Fault::AfterTheEnd => "a bracket may be closed too early further up".to_owned(),
        Fault::UnclosedText => "end it with `\"`; in a text that holds quotes write each as `\\\"`, or use a raw text: r#\"…\"#".to_owned(),
        Fault::UnclosedRaw { hashes } => format!("end it with `\"{}`", hash(*hashes)),
        Fault::RawEndsEarly { hashes } => {
            let more = hash(hashes + 1);
            format!("if these characters belong to the prose, open it with `r{more}\"` and end it with `\"{more}`")
        }
        Fault::UnclosedComment => "end it with `*/`".to_owned(),
        Fault::CurlyQuote { .. } => "write `\"`; some editors have to be told to leave quotes alone".to_owned(),
        Fault::Tab => "write spaces: a tab is not shown".to_owned(),
        Fault::HiddenCharacter { .. } => "remove it: it may turn the line around or be sent to the terminal".to_owned(),
        Fault::EqualsForColon => "a field is written `name: value`".to_owned(),
        Fault::WrongBracket { wanted: '(', .. } => "fields stand in round brackets: `(name: value)`".to_owned(),
        Fault::WrongBracket { .. } => "entries with ids stand in braces: `{\"id\": value}`".to_owned(),
        Fault::Unquoted { words } => format!("write `\"{}\"`", short(words)),
        Fault::StrayCharacter { found: ';' } => "fields and entries are separated by commas".to_owned(),
        Fault::StrayCharacter { found: '\'' } => "a text stands in double quotes".to_owned(),
        Fault::StrayCharacter { found: '#' } => "a comment starts with `//`".to_owned(),
        Fault::UnknownSection { meant: Some(meant), .. } => did(meant),
        Fault::UnknownSection { .. } => {
            format!("sections are {}", list(super::section::Section::names().map(str::to_owned)))
        }
        Fault::SectionElsewhere { home, .. } => format!("it belongs into {home}"),
        Fault::SectionTwice { name } => format!("a chapter or story has one `{name}` section; remove the other"),
        Fault::UnknownField { meant: Some(meant), .. } => did(meant),
        Fault::UnknownField { owner, known, .. } => format!("{owner} has {}", list(known.iter().cloned())),
        Fault::UnknownVariant { meant: Some(meant), .. } => did(meant),
        Fault::UnknownVariant { known, .. } => format!("it may be {}", list(known.iter().cloned())),
        Fault::BadEscape => "write `\\\\` for a backslash, or use a raw text: r#\"…\"#".to_owned(),
        Fault::BadId { meant, .. } => {
            let rule = "small letters, digits and `_`, starting with a letter, at most 48";
            match meant {
                Some(meant) => format!("{rule}: `{meant}`"),
                None => rule.to_owned(),
            }
        }
        Fault::Duplicate { kind: Kind::Choice, .. } => "a choice's id is unique in its list; rename one of them".to_owned(),
        Fault::Duplicate { .. } => "rename one of them, or remove it".to_owned(),
        Fault::NameTaken { .. } => "rename one of them".to_owned(),
        Fault::NoManifest => "write `story.ron` with `story: (id: …, title: …, version: …, chapters: […])`".to_owned(),
        Fault::ChapterMissing { id } => format!("add `{id}/chapter.ron` with a `chapter` section, or take `{id}` out of the list"),
        Fault::ChapterUnlisted { id } => format!("add `\"{id}\"` to `chapters` in `story.ron`"),
        Fault::TextTooLong { .. } => "break it into scenes".to_owned(),
        Fault::ForeignOperator { instead, .. } => format!("write `{instead}`"),
        Fault::ChainedComparison => "join two comparisons: `0 < day and day < 9`".to_owned(),
        Fault::UnknownFunction { meant: Some(meant), .. } | Fault::UnknownEffect { meant: Some(meant), .. } => did(meant),
        Fault::UnknownFunction { .. } => {
            format!("functions are {}", list(super::expression::FUNCTIONS.iter().map(|f| (*f).to_owned())))
        }
        Fault::UnknownEffect { .. } => "effects are `name = value`, `name += value`, `name -= value`, `give(item)`, `take(item)` and `learn(entry)`".to_owned(),
        Fault::WrongSort { wanted: Sort::Flag, found: Sort::Number, part } => format!("compare it: `{} > 0`", short(part)),
        Fault::WrongSort { wanted: Sort::Flag, found: Sort::Word, part } => format!("compare it with one of its words: `{} == …`", short(part)),
        Fault::WrongSort { wanted: Sort::Number, found: Sort::Flag, part } => format!("count it: `if({}, 1, 0)`", short(part)),
        Fault::NotAWord { meant: Some(meant), .. } => did(meant),
        Fault::NotAWord { variable, words, .. } => format!("`{variable}` is {}", list(words.iter().cloned())),
        Fault::NoOrder { .. } => "use `==` or `!=`".to_owned(),
        Fault::DiceInExpression { name } => format!("let it land in a variable first: `do: [\"luck = {name}(…)\"]`, then ask about `luck`"),
        Fault::EffectInExpression { .. } => "effects stand in `do` and `enter`".to_owned(),
        Fault::TwoEffects => "a list holds one effect a text: `do: [\"grain -= 1\", \"day += 1\"]`".to_owned(),
        Fault::DiceWithoutVariable { name } => format!("write `variable = {name}(…)`"),
        Fault::DiceSort { wanted, .. } => format!("it lands in {}", wanted.noun()),
        Fault::DerivedAssigned { .. } => "set the variables that it is made of".to_owned(),
        Fault::StrictAfterDice { .. } => "put it before the dice: whether a choice is offered cannot depend on them".to_owned(),
        Fault::UnclosedGroup => "end it with `}` in the same paragraph; for a brace in the prose write `\\{`".to_owned(),
        Fault::ParagraphInGroup => "a group that holds paragraphs stands alone: an empty line before its `{` and behind its `}`".to_owned(),
        Fault::LoneBrace => "for a brace in the prose write `\\}`".to_owned(),
        Fault::LoneBar => "for a bar in the prose write `\\|`".to_owned(),
        Fault::LoneBracket => "for a bracket in the prose write `\\]`".to_owned(),
        Fault::Alternatives { head, found, .. } if head == "first" && *found > 2 => "without `first:` each is shown in turn: `{a|b|c}`".to_owned(),
        Fault::UnknownHead { meant: Some(meant), .. } => format!("did you mean `{meant}:`?"),
        Fault::UnknownHead { head, .. } => format!("if it is prose, write `{head}\\:`"),
        Fault::GroupWithoutBar => "alternatives are separated by `|`; for braces in the prose write `\\{` and `\\}`".to_owned(),
        Fault::IfWithoutColon => "write `{if condition: then|else}`".to_owned(),
        Fault::UnclosedEmphasis { double } => {
            let sign = if *double { "**" } else { "*" };
            format!("end it with `{sign}` in the same paragraph and alternative; for a star in the prose write `\\*`")
        }
        Fault::LinkSyntax => "for a bracket in the prose write `\\[`".to_owned(),
        Fault::SpeakerSyntax => "for an at-sign in the prose write `\\@`".to_owned(),
        Fault::UnknownEscape { .. } => "escapes are `\\{ \\} \\| \\* \\[ \\] \\@ \\: \\\\`".to_owned(),
        Fault::FlagAsText { part } => format!("write `{{if {}: words|other words}}`", short(part)),
        Fault::NoLevels { .. } => "give it some: `levels: [(0, \"none\"), (10, \"a few\")]`".to_owned(),
        Fault::VariableInSharedText { .. } => "only the texts of a chapter can depend on the state of the game".to_owned(),
        Fault::Unknown { kind, name, meant, other } => match (meant, other) {
            (_, Some(other)) => elsewhere(*kind, *other, name)?,
            (Some(_), None) => return None,
            (None, None) => match kind {
                Kind::Choice => "a choice is named `scene#choice`, `scene#choice/nested` or `@menu/choice`".to_owned(),
                _ => return None,
            },
        },
        Fault::NoWayOn { otherwise: true, .. } => "`otherwise` is for scenes with choices; here write `then`".to_owned(),
        Fault::NoWayOn { .. } => "give it `choices`, `then`, `back: true` or an `ending`".to_owned(),
        Fault::EndingGoesOn { .. } => "an ending ends the chapter: take one of them out".to_owned(),
        Fault::TwoTargets { .. } => "take one of them out".to_owned(),
        Fault::LastArrow => "add an arrow without `if` at the end: `(to: \"somewhere\")`".to_owned(),
        Fault::ArrowTarget { .. } => "an arrow has exactly one of `to`, `draw` and `back: true`".to_owned(),
        Fault::ArrowHidesRest => "put it last".to_owned(),
        Fault::FlowRing { .. } => "give one of them a choice that is always open, or another way on".to_owned(),
        Fault::VisitRing { .. } => "use `to` for one of the visits".to_owned(),
        Fault::NothingBehind { .. } => "reach it by `visit` only, or give it `then`".to_owned(),
        Fault::EmptyDeck { .. } => "a scene joins it by `card: (deck: …)`".to_owned(),
        Fault::LockedWithoutIf => "give the choice an `if`, or take `locked` out".to_owned(),
        Fault::ThenWithoutChoices => "a choice leads somewhere by `to`".to_owned(),
        Fault::BadWord { .. } => "small letters, digits and `_`, starting with a letter".to_owned(),
        Fault::StatWithoutLabel { .. } | Fault::ShownWithoutLabel { .. } => "give it a `label`".to_owned(),
        Fault::NotShared { .. } => "what is carried is declared outside of chapters, in `world/`".to_owned(),
        Fault::ConditionOnSharedMap => "declare the map in the chapter's folder".to_owned(),
        Fault::EmptyMap { .. } => "bounds are west, south, east, north".to_owned(),
        Fault::NotASection { .. } => "the name of a section has no quotes: `scenes: { … }`".to_owned(),
        Fault::IdWithoutQuotes { id } => format!("write `\"{id}\"`"),
        _ => return None,
    })
}

fn elsewhere(kind: Kind, other: Kind, name: &str) -> Option<String> {
    Some(match (kind, other) {
        (Kind::Variable, Kind::Item) => format!("`{name}` is an item: write `has({name})` or `count({name})`"),
        (Kind::Variable, Kind::Scene) => format!("`{name}` is a scene: write `seen({name})` or `visits({name})`"),
        (kind, other) => {
            format!("`{name}` is {} {}, not {} {}", other.article(), other.noun(), kind.article(), kind.noun())
        }
    })
}

impl Kind {
    /// What a writer calls it.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Scene => "scene",
            Self::Item => "item",
            Self::Variable => "variable",
            Self::Derived => "derived variable",
            Self::Person => "person",
            Self::Place => "place",
            Self::Codex => "codex entry",
            Self::Deck => "deck",
            Self::Menu => "menu",
            Self::Snippet => "snippet",
            Self::Ending => "ending",
            Self::Milestone => "milestone",
            Self::Achievement => "achievement",
            Self::Run => "run",
            Self::Choice => "choice",
            Self::Chapter => "chapter",
            Self::Map => "map",
            Self::Text => "text",
        }
    }

    const fn article(self) -> &'static str {
        match self {
            Self::Item | Self::Ending | Self::Achievement => "an",
            _ => "a",
        }
    }
}

impl Sort {
    const fn noun(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Flag => "yes or no",
            Self::Word => "a word",
        }
    }
}

fn did(meant: &str) -> String {
    format!("did you mean `{meant}`?")
}

fn hash(count: usize) -> String {
    "#".repeat(count)
}

fn ticked(text: &str) -> String {
    if text.starts_with('`') { text.to_owned() } else { format!("`{text}`") }
}

fn partner(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        other => other,
    }
}

fn way(ids: &[String]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" -> ")
}

fn list(words: impl Iterator<Item = String>) -> String {
    let words: Vec<_> = words.map(|w| format!("`{w}`")).collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// A text short enough for one line.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 40 { line } else { line.chars().take(39).chain(['…']).collect() }
}
