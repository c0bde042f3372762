//! What to do about a fault.

use super::{all, did, hash, list, short};
use crate::story::fault::{Fault, Other};
use crate::story::link::scope::Sort;
use crate::story::names::Kind;
use crate::story::source::Refusal;

/// So many folders are named.
const MOST_FOLDERS: usize = 6;

/// What to do about it.
pub(in crate::story) fn help(fault: &Fault) -> Option<String> {
    Some(match fault {
        Fault::NotAStoryFile => "put all sections in one pair of round brackets: `( scenes: { … }, )`".to_owned(),
        Fault::AfterTheEnd => "a bracket may be closed too early further up".to_owned(),
        Fault::Unreadable { why: Refusal::NotUtf8(_) } => "save it as UTF-8: editors call that the encoding of a file".to_owned(),
        Fault::Unreadable { why: Refusal::Name(meant) } => format!("rename it `{meant}`; if it is no part of the story, take it out of the folder"),
        Fault::UnclosedText => "end it with `\"`; in a text that holds quotes write each as `\\\"`, or use a raw text: r#\"…\"#".to_owned(),
        Fault::ClosedEarly { .. } => "take it out here; it belongs behind the last field of the scene".to_owned(),
        Fault::TextEndsEarly => "if the quote belongs to the prose write `\\\"`, or use a raw text: r#\"…\"#".to_owned(),
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
        Fault::Unquoted { words } => match words.to_lowercase().as_str() {
            "yes" | "true" | "on" => "write `true`; a text has quotes".to_owned(),
            "no" | "false" | "off" => "write `false`; a text has quotes".to_owned(),
            "null" | "nil" | "undefined" => "a field that has nothing is left out".to_owned(),
            _ => format!("write `\"{}\"`", short(words)),
        },
        Fault::StrayCharacter { found } if found.is_whitespace() => "write an ordinary one; word processors put others in their place".to_owned(),
        Fault::StrayCharacter { found: ';' } => "fields and entries are separated by commas".to_owned(),
        Fault::StrayCharacter { found: '\'' } => "a text stands in double quotes".to_owned(),
        Fault::StrayCharacter { found: '#' } => "a comment starts with `//`".to_owned(),
        Fault::UnknownSection { meant: Some(meant), .. } => did(meant),
        Fault::UnknownSection { .. } => {
            format!("sections are {}", list(crate::story::section::Section::names().map(str::to_owned)))
        }
        Fault::SectionElsewhere { home, names } => format!("{} into {home}", if names.len() == 1 { "it belongs" } else { "they belong" }),
        Fault::SectionTwice { name } => format!("a chapter or story has one `{name}` section; remove the other"),
        Fault::Expected { wanted, found } => expected(wanted, found)?,
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
        Fault::NoManifest { below, .. } if !below.is_empty() => {
            let folders = below.iter().take(MOST_FOLDERS).cloned();
            format!("give the folder of a story; below this one there {} in {}", if below.len() == 1 { "is one" } else { "are some" }, all(folders))
        }
        Fault::NoManifest { .. } => "write `story.ron` with `story: (id: …, title: …, version: …, chapters: […])`".to_owned(),
        Fault::ChapterMissing { id } => format!("add `{id}/chapter.ron` with a `chapter` section, or take `{id}` out of the list"),
        Fault::ChapterUnlisted { id } => format!("add `\"{id}\"` to `chapters` in `story.ron`"),
        Fault::TextTooLong { .. } => "break it into scenes".to_owned(),
        Fault::ForeignOperator { instead, .. } => format!("write `{instead}`"),
        Fault::ChainedComparison => "join two comparisons: `0 < day and day < 9`".to_owned(),
        Fault::UnknownFunction { meant: Some(meant), .. } | Fault::UnknownEffect { meant: Some(meant), .. } => did(meant),
        Fault::UnknownFunction { name, .. } if ["random", "rand", "rnd", "dice", "die", "d6", "randint", "rand_int"].contains(&name.as_str()) => {
            "dice land in a variable, in an effect: `luck = roll(1..6)`, `rain = chance(30)`".to_owned()
        }
        Fault::UnknownFunction { .. } => {
            format!("functions are {}", list(crate::story::expression::FUNCTIONS.iter().map(|f| (*f).to_owned())))
        }
        Fault::UnknownEffect { .. } => "effects are `name = value`, `name += value`, `name -= value`, `give(item)`, `take(item)` and `learn(entry)`".to_owned(),
        Fault::WrongSort { wanted: Sort::Flag, found: Sort::Number, part } => format!("compare it: `{} > 0`", short(part)),
        Fault::WrongSort { wanted: Sort::Flag, found: Sort::Word, part } => format!("compare it with one of its words: `{} == …`", short(part)),
        Fault::WrongSort { wanted: Sort::Number, found: Sort::Flag, part } if truth(part).is_some() => "write 1 for yes and 0 for no".to_owned(),
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
        Fault::UnknownHead { head, .. } if matches!(head.as_str(), "sequence" | "stopping") => "without a word before them each is shown in turn, and the last for good: `{a|b|c}`".to_owned(),
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
            (_, Some(other)) => elsewhere(*kind, other, name)?,
            (Some(_), None) => return None,
            (None, None) => match kind {
                Kind::Variable => format!("write `{}`", truth(name)?),
                Kind::Choice => "a choice is named `scene#choice`, `scene#choice/nested` or `@menu/choice`; in a test, without the scene".to_owned(),
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
        Fault::NothingBehind { way } => match way.as_slice() {
            [.., from, to] => {
                format!("let `{from}` lead to `{to}` by `visit`, or let `{to}` go on in place of `back: true`")
            }
            _ => "nothing comes before the first scene: let it go on in place of `back: true`".to_owned(),
        },
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
        Fault::FileTwice { .. } => "if one is a copy of the other, take it out of the folder".to_owned(),
        Fault::RouteTwice { .. } => "one row for a seed, or for the best luck, and what is least".to_owned(),
        Fault::RouteBelowBound { .. } => {
            "what `route` proves of the best luck holds for every seed; ask it for these figures again".to_owned()
        }
        _ => return None,
    })
}

/// Effects as they are written.
const EFFECTS: &str = "an effect is `grain -= 1`, `open = true`, `give(seal)`, `take(seal)` or `learn(entry)`, with `if …` behind it if need be; where a choice leads is told by its field `to`";

/// What another language's word for yes or no is called here.
fn truth(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "yes" | "on" | "true" => Some("true"),
        "no" | "off" | "false" => Some("false"),
        _ => None,
    }
}

/// What was perhaps meant by what stands where something else belongs.
fn expected(wanted: &str, found: &str) -> Option<String> {
    let written = found.trim_matches('`');
    let is_number = written.starts_with(|c: char| c.is_ascii_digit());
    Some(match (wanted, written) {
        ("`(` and fields", range) if range.contains("..") => "write `(0, 9)`: from the first to the last".to_owned(),
        ("`(` and fields", "[") => "write round brackets".to_owned(),
        ("`(` and fields", kind @ ("Flag" | "Int" | "Word")) => format!("write `{kind}(…)`"),
        (_, "/" | "%") => {
            "there is no division: `band(x, 3, 6, 9)` says how many of the marks `x` has reached".to_owned()
        }
        (_, die) if is_number && die.contains('d') => {
            "dice land in a variable, in an effect: `luck = roll(1..6)`".to_owned()
        }
        (_, number) if is_number && number.contains('.') => "numbers are whole".to_owned(),
        ("a value" | "an id", "\"" | "'") => {
            "words and ids have no quotes here: `mood == calm`, `give(seal)`".to_owned()
        }
        ("`..`", _) => "a roll is written `roll(1..6)`".to_owned(),
        ("`if` or the end", "when" | "unless" | "where") => {
            "a condition stands behind `if`: `grain -= 1 if open`".to_owned()
        }
        ("the end" | "`if` or the end", "AND" | "OR" | "NOT" | "And" | "Or") => {
            format!("write `{}`", written.to_lowercase())
        }
        ("`true` or `false`", word) if truth(word).is_some() => format!("write `{}`", truth(word)?),
        ("a name", "a text") => "write it without quotes".to_owned(),
        ("a text in quotes", word) if word.starts_with(char::is_alphabetic) && word != "a text" => {
            "ids and conditions stand in quotes: `to: \"gate\"`, `if: \"has(seal)\"`".to_owned()
        }
        ("the name of a field", name) => format!("the name of a field has no quotes: `{}: …`", name.trim_matches('"')),
        (_, "$") => "a name stands without a sign: `grain`".to_owned(),
        ("`=`, `+=` or `-=`", _) => EFFECTS.to_owned(),
        (effect, _) if effect.starts_with("a variable, ") => EFFECTS.to_owned(),
        ("a value", "{") => "one pair of braces is enough: `{grain}`".to_owned(),
        (_, "?") => "in prose write `{if grain > 0: some|none}`, for a number `if(grain > 0, 1, 0)`".to_owned(),
        (list, "a text") if list.starts_with("a list") => {
            "put it in square brackets, even if it is the only one".to_owned()
        }
        ("a whole number", "a text") => "a number has no quotes".to_owned(),
        ("`true` or `false`", "a text") => "write it without quotes".to_owned(),
        _ => return None,
    })
}

fn elsewhere(kind: Kind, other: &Other, name: &str) -> Option<String> {
    let other = match other {
        Other::Kind(other) => *other,
        Other::Chapter(chapter) => {
            return Some(format!(
                "`{name}` is {} {} of the chapter `{chapter}`, and a chapter knows only its own",
                kind.article(),
                kind.noun()
            ));
        }
        Other::Astray(file) => return Some(format!("`{name}` stands in `{file}`, which lies in no chapter's folder")),
    };
    Some(match (kind, other) {
        (Kind::Variable, Kind::Item) => format!("`{name}` is an item: write `has({name})` or `count({name})`"),
        (Kind::Variable, Kind::Scene) => format!("`{name}` is a scene: write `seen({name})` or `visits({name})`"),
        (kind, other) => {
            format!("`{name}` is {} {}, not {} {}", other.article(), other.noun(), kind.article(), kind.noun())
        }
    })
}
