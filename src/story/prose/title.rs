//! What is wrong, in one line.

use super::{all, hash, short, ticked, way};
use crate::story::fault::Fault;

/// What is wrong, in one line.
pub(in crate::story) fn title(fault: &Fault) -> String {
    match fault {
        Fault::Unreadable { why } => format!("the file {}", why.said()),
        Fault::NotAStoryFile => "a story file begins with `(`".to_owned(),
        Fault::AfterTheEnd => "nothing may stand behind the `)` that ends the file".to_owned(),
        Fault::UnclosedText => "the text that opens here does not close".to_owned(),
        Fault::UnclosedRaw { .. } => "the raw text that opens here does not close".to_owned(),
        Fault::RawEndsEarly { hashes } => {
            format!("the text ends here, at `\"{}`, and prose goes on behind it", hash(*hashes))
        }
        Fault::ClosedEarly { field } => format!("this bracket closes before `{field}`"),
        Fault::TextEndsEarly => "the text ends at this `\"`, and prose goes on behind it".to_owned(),
        Fault::UnclosedComment => "the comment that opens here does not close".to_owned(),
        Fault::CurlyQuote { found } => format!("`{found}` is a curly quote; a text stands in straight ones"),
        Fault::Tab => "a tab in a text".to_owned(),
        Fault::HiddenCharacter { found } => format!("a character that nobody sees: U+{:04X}", u32::from(*found)),
        Fault::MissingComma { line, ends: true } => format!("a comma is missing after line {line}"),
        Fault::MissingComma { line, .. } => format!("a comma is missing in line {line}"),
        Fault::MissingColon { after } => format!("a colon is missing after `{after}`"),
        Fault::EqualsForColon => "`=` stands where `:` belongs".to_owned(),
        Fault::WrongBracket { found, wanted } => format!("{found} stands where `{wanted}` belongs"),
        Fault::Unclosed { open } => format!("`{open}` is not closed"),
        Fault::ExtraBracket { found } => format!("{found} closes nothing"),
        Fault::Unquoted { words } => format!("`{}` needs quotes", short(words)),
        Fault::StrayCharacter { found } if found.is_whitespace() => {
            format!("a blank of another sort, U+{:04X}, has no business here", u32::from(*found))
        }
        Fault::StrayCharacter { found } => format!("`{found}` has no business here"),
        Fault::TooDeep { most } => format!("nested more than {most} deep"),
        Fault::Expected { wanted, found } => format!("expected {wanted}, found {found}"),
        Fault::UnknownSection { name, .. } => format!("unknown section `{name}`"),
        Fault::SectionElsewhere { names, .. } => format!("{} may not stand in this file", all(names.iter().cloned())),
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
        Fault::NoManifest { folder, .. } if folder.is_empty() => "no file has a `story` section".to_owned(),
        Fault::NoManifest { folder, below } if below.is_empty() => {
            format!("`{folder}` is no story: no file in it has a `story` section")
        }
        Fault::NoManifest { folder, .. } => format!("`{folder}` is no story: there is no `story.ron` in it"),
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
        Fault::UnknownHead { head, .. } if head.contains(' ') => format!("`{head}:` is no head of a group"),
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
        Fault::RouteTwice { what } => format!("two `routes` are of {what}"),
        Fault::RouteBelowBound { what, proved, route, found } => {
            format!("of {what} no play has less than {proved}, and of {route} one has {found}")
        }
        Fault::FileTwice { other, ids } => format!("this file declares {ids} ids again that `{other}` declares"),
        Fault::NotASection { found } => format!("expected the name of a section, found {found}"),
    }
}
