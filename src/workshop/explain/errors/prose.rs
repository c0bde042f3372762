//! The markup of prose.

use super::Entry;
use crate::story::Code;

/// E060 to E076.
pub(super) const PAGES: &[Entry] = &[
    (
        Code::UnclosedGroup,
        "A group ends with `}` in the paragraph in which it opens. For a brace in the prose write `\\{`.",
        r#"scenes: {"yard": (text: "A {shuffle: wide|narrow yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A {shuffle: wide|narrow} yard.", then: "gate")},"#,
    ),
    (
        Code::ParagraphInGroup,
        "A group that holds whole paragraphs stands alone: with an empty line before its `{` and one behind its `}`.",
        r##"
scenes: {"yard": (text: r#"
    A yard. {shuffle: A dog.

    A cat.|A bell.}
"#, then: "gate")},"##,
        r##"
scenes: {"yard": (text: r#"
    A yard.

    {shuffle:
        A dog.

        A cat.
    |
        A bell.
    }
"#, then: "gate")},"##,
    ),
    (
        Code::LoneBrace,
        "A `}` closes a group that was not opened. For the character itself write `\\}`.",
        r#"scenes: {"yard": (text: "A yard}.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::LoneBar,
        "A `|` separates the alternatives of a group, and here is no group. For the character itself write `\\|`.",
        r#"scenes: {"yard": (text: "A wide|narrow yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A {shuffle: wide|narrow} yard.", then: "gate")},"#,
    ),
    (
        Code::LoneBracket,
        "A `]` ends the words of a link that was not opened. For the character itself write `\\]`.",
        r#"scenes: {"yard": (text: "A yard].", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::UnknownHead,
        "A word with a colon at the head of a group is one of `cycle`, `once`, `shuffle`, `first`, `spell`, `level`, `use` and \
         `gentle`. If the word belongs to the prose, write `\\:`.",
        r#"scenes: {"yard": (text: "A {shufle: wide|narrow} yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A {shuffle: wide|narrow} yard.", then: "gate")},"#,
    ),
    (
        Code::Alternatives,
        "`{first: a|b}`, `{if c: a|b}` and `{gentle: a|b}` have two alternatives at most; a sequence, a cycle and a shuffle \
         have two or more.",
        r#"scenes: {"yard": (text: "{first: A.|B.|C.}", choices: [(id: "stay", say: "Stay", again: true, to: "yard"), (id: "go", say: "Go", to: "gate")])},"#,
        r#"scenes: {"yard": (text: "{A.|B.|C.}", choices: [(id: "stay", say: "Stay", again: true, to: "yard"), (id: "go", say: "Go", to: "gate")])},"#,
    ),
    (
        Code::EmptyGroup,
        "There is nothing between the braces.",
        r#"scenes: {"yard": (text: "A {} yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::GroupWithoutBar,
        "A group without `|` is a number, a word or a sum. Prose in braces needs an alternative, or no braces.",
        r#"scenes: {"yard": (text: "A yard, {wide, and empty}.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard, {shuffle: wide|narrow}, and empty.", then: "gate")},"#,
    ),
    (
        Code::IfWithoutColon,
        "Behind the condition of `{if` stands a colon, then what is shown while it holds.",
        r#"
scenes: {"yard": (text: "{if day > 3 Late.|Early.}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "{if day > 3: Late.|Early.}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
    ),
    (
        Code::UnclosedEmphasis,
        "Emphasis ends in the paragraph and in the alternative in which it begins. For a star in the prose write `\\*`.",
        r#"scenes: {"yard": (text: "A *wide yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A *wide* yard.", then: "gate")},"#,
    ),
    (
        Code::LinkSyntax,
        "A link is `[words](entry)`, with no space between the brackets. For a bracket in the prose write `\\[`.",
        r#"
scenes: {"yard": (text: "A [yard] of stone.", then: "gate")},"#,
        r#"
scenes: {"yard": (text: "A [yard](yard) of stone.", then: "gate")},
codex: {"yard": (title: "The yard", text: "It is wide.", basis: Ours)},"#,
    ),
    (
        Code::SpeakerSyntax,
        "A paragraph that begins with `@` names its speaker and a colon: `@clerk: text`. For the character itself write `\\@`.",
        r#"
scenes: {"yard": (text: "@clerk \"Late,\" he says.", then: "gate")},
people: {"clerk": (name: "the clerk")},"#,
        r#"
scenes: {"yard": (text: "@clerk: \"Late,\" he says.", then: "gate")},
people: {"clerk": (name: "the clerk")},"#,
    ),
    (
        Code::UnknownEscape,
        "In prose a backslash stands before `{ } | * [ ] @ :` or another backslash, or at the end of a line that keeps its \
         end.",
        r##"scenes: {"yard": (text: r#"A \yard."#, then: "gate")},"##,
        r##"scenes: {"yard": (text: r#"A \*yard\*."#, then: "gate")},"##,
    ),
    (
        Code::FlagAsText,
        "A flag has no words of its own. Say what is told when it is set, and what when it is not.",
        r#"
scenes: {"yard": (text: "The gate is {open}.", enter: ["open = true"], then: "gate")},
vars: {"open": Flag()},"#,
        r#"
scenes: {"yard": (text: "The gate is {if open: open|shut}.", enter: ["open = true"], then: "gate")},
vars: {"open": Flag()},"#,
    ),
    (
        Code::NoLevels,
        "`{level: }` shows the word for the range that a number is in, so the variable needs such words.",
        r#"
scenes: {"yard": (text: "The store is {level: grain}.", enter: ["grain -= 1"], then: "gate")},
vars: {"grain": Int(range: (0, 9), start: 9)},"#,
        r#"
scenes: {"yard": (text: "The store is {level: grain}.", enter: ["grain -= 1"], then: "gate")},
vars: {"grain": Int(range: (0, 9), start: 9, levels: [(0, "bare"), (5, "full")])},"#,
    ),
    (
        Code::VariableInSharedText,
        "Items, people and the codex belong to all chapters, and no chapter's state is known there. What changes in the \
         course of a play is told by scenes.",
        r#"
scenes: {"yard": (text: "A [yard](yard).", enter: ["day += 1"], then: "gate")},
codex: {"yard": (title: "The yard", text: "On day {day} it is wide.", basis: Ours)},
vars: {"day": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "Day {day}. A [yard](yard).", enter: ["day += 1"], then: "gate")},
codex: {"yard": (title: "The yard", text: "It is wide.", basis: Ours)},
vars: {"day": Int(range: (0, 9))},"#,
    ),
];
