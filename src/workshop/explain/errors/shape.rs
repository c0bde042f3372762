//! Brackets, quotes and commas; sections, fields and ids.

use super::Entry;
use crate::story::Code;

/// E001 to E020, E028 and E029.
pub(super) const BRACKETS: &[Entry] = &[
    (
        Code::Unreadable,
        "A file is too large (more than 4 MiB, or 64 MiB with those before it), is not written in UTF-8, stands too deep in folders, is a link that \
         leads out of the story's folder, or is named `.RON` or `.ron.txt` in place of `.ron`. The rest of the story is checked all the same, and names that this file may \
         declare are not told of as unknown.",
        "",
        "",
    ),
    (
        Code::NotAStoryFile,
        "All sections of a file stand in one pair of round brackets.",
        r#"
// one/example.ron
scenes: {"yard": (text: "A yard.", then: "gate")},"#,
        r#"
// one/example.ron
(scenes: {"yard": (text: "A yard.", then: "gate")})"#,
    ),
    (
        Code::AfterTheEnd,
        "The bracket that opens the file closes it as well. What stands behind it belongs to nothing; most often a bracket \
         further up is closed too early, or two files were joined.",
        r#"
(scenes: {"yard": (text: "A yard.", then: "lane")})
(scenes: {"lane": (text: "A lane.", then: "gate")})"#,
        r#"
(scenes: {
    "yard": (text: "A yard.", then: "lane"),
    "lane": (text: "A lane.", then: "gate"),
})"#,
    ),
    (
        Code::UnclosedText,
        "A text in quotes ends at the next `\"`. A quote in it is written `\\\"`; a text with many of them is easier as a \
         raw one, `r#\"…\"#`.",
        r#"scenes: {"yard": (text: "A yard., then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::UnclosedRaw,
        "A raw text ends with a quote and as many `#` as it was opened with.",
        r##"scenes: {"yard": (text: r#"A yard.", then: "gate")},"##,
        r##"scenes: {"yard": (text: r#"A yard."#, then: "gate")},"##,
    ),
    (
        Code::RawEndsEarly,
        "The prose holds the very characters that end it. With one more `#` on both sides they are prose again.",
        r###"scenes: {"yard": (text: r#"The sign says "#1" and nothing else."#, then: "gate")},"###,
        r###"scenes: {"yard": (text: r##"The sign says "#1" and nothing else."##, then: "gate")},"###,
    ),
    (
        Code::UnclosedComment,
        "A comment that begins with `/*` goes on to `*/`. One that begins with `//` ends with its line.",
        r#"
scenes: {"yard": (text: "A yard.", then: "gate")},
/* the lane is still to be written"#,
        r#"
scenes: {"yard": (text: "A yard.", then: "gate")},
/* the lane is still to be written */"#,
    ),
    (
        Code::CurlyQuote,
        "Curly quotes may stand in prose, but a text begins and ends with straight ones. Some editors put curly ones \
         there by themselves, and have to be told not to.",
        r#"scenes: {"yard": (text: “A yard.”, then: "gate")},"#,
        r#"scenes: {"yard": (text: "“A yard,” he says.", then: "gate")},"#,
    ),
    (
        Code::Tab,
        "A tab is as wide as a terminal likes. Write spaces; indentation is removed anyway.",
        "scenes: {\"yard\": (text: \"A\tyard.\", then: \"gate\")},",
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::HiddenCharacter,
        "A character that takes no room or turns the line around, such as a zero-width space. They come along when text is \
         copied from web pages. Nobody can see what they do to a line, so they are refused.",
        "scenes: {\"yard\": (text: \"A\u{200b} yard.\", then: \"gate\")},",
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::MissingComma,
        "Fields, entries and sections are separated by commas. One after the last is allowed, and saves this mistake.",
        r#"
scenes: {
    "yard": (text: "A yard.", then: "lane")
    "lane": (text: "A lane.", then: "gate")
},"#,
        r#"
scenes: {
    "yard": (text: "A yard.", then: "lane"),
    "lane": (text: "A lane.", then: "gate"),
},"#,
    ),
    (
        Code::MissingColon,
        "Between a field and its value, and between an id and its entry, stands a colon.",
        r#"scenes: {"yard": (text "A yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::EqualsForColon,
        "A field is written `name: value`. The equals sign is for effects, in quotes: `\"day = 1\"`.",
        r#"scenes: {"yard": (text = "A yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::WrongBracket,
        "Fields stand in round brackets, entries with ids in braces, lists in square brackets.",
        r#"scenes: {"yard": {text: "A yard.", then: "gate"}},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::Unclosed,
        "A bracket was opened and something that cannot stand in it comes before it is closed. Both places are marked.",
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate")),},"#,
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate")])},"#,
    ),
    (
        Code::ExtraBracket,
        "One bracket more is closed than was opened.",
        r#"
scenes: {
    "yard": (text: "A yard.", then: "lane")),
    "lane": (text: "A lane.", then: "gate"),
},"#,
        r#"
scenes: {
    "yard": (text: "A yard.", then: "lane"),
    "lane": (text: "A lane.", then: "gate"),
},"#,
    ),
    (
        Code::Unquoted,
        "Names of fields have no quotes; texts, ids and conditions have.",
        r#"scenes: {"yard": (text: A yard, then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::StrayCharacter,
        "A character that no file needs outside of texts: a semicolon, a single quote, a comma where nothing was before.",
        r#"scenes: {"yard": (text: "A yard."; then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::TooDeep,
        "Brackets, groups and conditions may stand in one another 60 deep. Give a scene or a derived variable to the \
         inner part.",
        "",
        "",
    ),
    (
        Code::Expected,
        "Something else belongs here; the report says what, and what was found instead.",
        r#"scenes: {"yard": (text: "A yard.", choices: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate")])},"#,
    ),
    (
        Code::BadEscape,
        "In quotes a backslash begins an escape: `\\\"`, `\\\\`, `\\n`. Prose needs a backslash of its own before `{` and the \
         like, so in quotes it is written twice; in a raw text, `r#\"…\"#`, once.",
        r#"scenes: {"yard": (text: "A \{yard\}.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard; \\*dusty\\*.", then: "gate")},"#,
    ),
    (
        Code::Refused,
        "The entry as a whole cannot be read, for a reason that has no code of its own; the report tells what the reader of \
         the format said.",
        r#"
scenes: {"yard": (text: "A yard.", then: "deal"), "deal": (text: "A card.", card: (deck: "deck", weight: 0b3), then: "gate")},
decks: {"deck": (none: "gate")},"#,
        r#"
scenes: {"yard": (text: "A yard.", then: [(draw: "deck")]), "deal": (text: "A card.", card: (deck: "deck", weight: 3), then: "gate")},
decks: {"deck": (none: "gate")},"#,
    ),
];

/// E021 to E039, but for E028 and E029.
pub(super) const SECTIONS: &[Entry] = &[
    (
        Code::UnknownSection,
        "A section has one of the names listed in the guide under Files.",
        r#"scene: {"yard": (text: "A yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::SectionElsewhere,
        "Some sections belong into a chapter's folder, `story` into `story.ron`, and `words` into `words/LANG`. In the folder \
         `world` stands what all chapters share.",
        r#"
// world/gates.ron
(scenes: {"lane": (text: "A lane.", then: "gate")})"#,
        r#"
// one/lane.ron
(scenes: {"yard": (text: "A yard.", then: "lane"), "lane": (text: "A lane.", then: "gate")})"#,
    ),
    (
        Code::SectionTwice,
        "A story has one `story` section and a chapter one `chapter` section. All others may stand in as many files as you \
         like.",
        r#"
// one/a.ron
(chapter: (title: "One", start: "yard"))
// one/b.ron
(chapter: (title: "Uno", start: "yard"))"#,
        r#"
// one/a.ron
(chapter: (title: "One", start: "yard"))"#,
    ),
    (
        Code::UnknownField,
        "Every entry has its own fields; the report lists them, or names the one that was probably meant.",
        r#"scenes: {"yard": (txt: "A yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::MissingField,
        "This field cannot be left out: the `id` and `say` of a choice, the `title` of an ending.",
        r#"scenes: {"yard": (text: "A yard.", choices: [(say: "Go", to: "gate")])},"#,
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate")])},"#,
    ),
    (
        Code::FieldTwice,
        "The second would hide the first. Remove one, or join them.",
        r#"scenes: {"yard": (text: "A yard.", text: "Snow.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard. Snow.", then: "gate")},"#,
    ),
    (
        Code::UnknownVariant,
        "Here stands one of a few words: the `kind` of a place or a line, `Clamp` or `Strict`, `High` or `Low`, `Seed`, \
         `Record` or `Ours`, an accent colour.",
        r#"
scenes: {"yard": (text: "A [yard](yard).", then: "gate")},
codex: {"yard": (title: "The yard", text: "It is wide.", basis: Mine)},"#,
        r#"
scenes: {"yard": (text: "A [yard](yard).", then: "gate")},
codex: {"yard": (title: "The yard", text: "It is wide.", basis: Ours)},"#,
    ),
    (
        Code::BadId,
        "Ids are small letters, digits and `_`, begin with a letter and have at most 48 characters. Those of places may \
         have dots.",
        r#"scenes: {"yard": (text: "A yard.", then: "North Gate"), "North Gate": (text: "A gate.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "north_gate"), "north_gate": (text: "A gate.", then: "gate")},"#,
    ),
    (
        Code::Duplicate,
        "Two entries of one kind have the same id; both places are shown. A chapter's scenes may stand in many files, and \
         share their ids all the same.",
        r#"
scenes: {
    "yard": (text: "A yard.", then: "gate"),
    "yard": (text: "Another yard.", then: "gate"),
},"#,
        r#"
scenes: {
    "yard": (text: "A yard.", then: "yard_2"),
    "yard_2": (text: "Another yard.", then: "gate"),
},"#,
    ),
    (
        Code::ReservedId,
        "`and`, `or`, `not`, `if`, `true` and `false` are words of conditions, so no variable can have such a name.",
        r#"
scenes: {"yard": (text: "{not}", enter: ["not += 1"], then: "gate")},
vars: {"not": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "{knots}", enter: ["knots += 1"], then: "gate")},
vars: {"knots": Int(range: (0, 9))},"#,
    ),
    (
        Code::NameTaken,
        "Conditions ask about variables and derived variables in the same way, so they share their names.",
        r#"
scenes: {"yard": (text: "{if late: Late.}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9)), "late": Flag()},
derived: {"late": "day > 3"},"#,
        r#"
scenes: {"yard": (text: "{if late: Late.}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},
derived: {"late": "day > 3"},"#,
    ),
    (
        Code::NoManifest,
        "A story has a file `story.ron` with a `story` section: its id, its title, its version, and its chapters in playing \
         order. A folder that holds the folders of several stories is none itself.",
        r#"
// story.ron
()"#,
        r#"
// story.ron
(story: (id: "example", title: "Example", version: "1", chapters: ["one"]))"#,
    ),
    (
        Code::ChapterMissing,
        "`story.ron` lists a chapter, and no folder of that name has a file with a `chapter` section.",
        r#"
// story.ron
(story: (id: "example", title: "Example", version: "1", chapters: ["one", "two"]))"#,
        r#"
// story.ron
(story: (id: "example", title: "Example", version: "1", chapters: ["one"]))"#,
    ),
    (
        Code::ChapterUnlisted,
        "A folder has a `chapter` section, but `story.ron` does not list it, so nobody could play it.",
        r#"
// story.ron
(story: (id: "example", title: "Example", version: "1", chapters: []))"#,
        r#"
// story.ron
(story: (id: "example", title: "Example", version: "1", chapters: ["one"]))"#,
    ),
    (
        Code::TooMany,
        "There are bounds to what one menu, chapter or text may hold; the guide lists them under Limits. A menu has at most \
         40 choices: give some of them a short menu of their own.",
        "",
        "",
    ),
    (
        Code::TextTooLong,
        "A text has at most 64 KiB, which is far more than anybody reads on one page. Break it into scenes.",
        "",
        "",
    ),
    (
        Code::Bounds,
        "A number that stands for itself has bounds: the `weight` of a card 1 to 100, the `rank` of an ending 1 to 999, the \
         `max` of an item 1 to 9999, a `chance` 1 to 99.",
        r#"
scenes: {"yard": (text: "A yard.", ending: "end")},
endings: {"end": (title: "The end", rank: 0)},"#,
        r#"
scenes: {"yard": (text: "A yard.", choices: [(id: "stay", say: "Stay", to: "stay"), (id: "go", say: "Go", to: "gate")]),
    "stay": (text: "A long night.", ending: "end")},
endings: {"end": (title: "The end", rank: 2)},"#,
    ),
];
