//! Ids that are nowhere declared.

use super::Entry;
use crate::story::Code;

/// E080 to E095.
pub(super) const PAGES: &[Entry] = &[
    (
        Code::UnknownScene,
        "No scene of this chapter has this id. The way from one chapter to the next is an ending with `next`.",
        r#"scenes: {"yard": (text: "A yard.", then: "gaet")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::UnknownItem,
        "No file of the story declares this item.",
        r#"
scenes: {"yard": (text: "{if has(seal): A seal.}", enter: ["give(saal)"], then: "gate")},
items: {"seal": (name: "a seal")},"#,
        r#"
scenes: {"yard": (text: "{if has(seal): A seal.}", enter: ["give(seal)"], then: "gate")},
items: {"seal": (name: "a seal")},"#,
    ),
    (
        Code::UnknownVariable,
        "Neither this chapter nor a file outside of chapters declares this variable. Items are asked about by `has(item)`, \
         scenes by `seen(scene)`.",
        r#"
scenes: {"yard": (text: "{grian} sacks.", enter: ["grain -= 1"], then: "gate")},
vars: {"grain": Int(range: (0, 9), start: 9)},"#,
        r#"
scenes: {"yard": (text: "{grain} sacks.", enter: ["grain -= 1"], then: "gate")},
vars: {"grain": Int(range: (0, 9), start: 9)},"#,
    ),
    (
        Code::UnknownPerson,
        "Whoever speaks or is met is declared under `people`, in any file of the story.",
        r#"scenes: {"yard": (text: "A yard.", meets: ["clerk"], then: "gate")},"#,
        r#"
scenes: {"yard": (text: "A yard.", meets: ["clerk"], then: "gate")},
people: {"clerk": (name: "the clerk")},"#,
    ),
    (
        Code::UnknownPlace,
        "Where a scene takes place is declared under `places`, in any file of the story.",
        r#"scenes: {"yard": (at: "fort.yard", text: "A yard.", then: "gate")},"#,
        r#"
scenes: {"yard": (at: "fort.yard", text: "A yard.", then: "gate")},
places: {"fort.yard": (name: "the yard")},"#,
    ),
    (
        Code::UnknownCodex,
        "What a link or `learn` opens is declared under `codex`, in any file of the story.",
        r#"scenes: {"yard": (text: "A [yard](yrad).", then: "gate")},"#,
        r#"
scenes: {"yard": (text: "A [yard](yard).", then: "gate")},
codex: {"yard": (title: "The yard", text: "It is wide.", basis: Ours)},"#,
    ),
    (
        Code::UnknownDeck,
        "A deck is declared under `decks` of its chapter; scenes join it by `card`.",
        r#"scenes: {"yard": (text: "A yard.", then: [(draw: "spring")])},"#,
        r#"
scenes: {"yard": (text: "A yard.", then: [(draw: "spring")]), "thaw": (card: (deck: "spring"), text: "A thaw.")},
decks: {"spring": (none: "gate", then: "gate")},"#,
    ),
    (
        Code::UnknownMenu,
        "What a scene uses is declared under `menus` of its chapter.",
        r#"scenes: {"yard": (text: "A yard.", use: ["talk"], then: "gate")},"#,
        r#"
scenes: {"yard": (text: "A yard.", use: ["talk"], then: "gate")},
menus: {"talk": [(id: "hello", say: "Hello", said: "Hello.")]},"#,
    ),
    (
        Code::UnknownSnippet,
        "What `{use: }` writes in is declared under `snippets`, of the chapter or outside of chapters.",
        r#"scenes: {"yard": (text: "A yard. {use: cold}", then: "gate")},"#,
        r#"
scenes: {"yard": (text: "A yard. {use: cold}", then: "gate")},
snippets: {"cold": "It is cold."},"#,
    ),
    (
        Code::UnknownEnding,
        "An ending is declared under `endings` of its chapter.",
        r#"scenes: {"yard": (text: "A yard.", ending: "otu")},"#,
        r#"
scenes: {"yard": (text: "A yard.", choices: [(id: "stay", say: "Stay", to: "stay"), (id: "go", say: "Go", to: "gate")]),
    "stay": (text: "A long night.", ending: "end")},
endings: {"end": (title: "The end", rank: 2)},"#,
    ),
    (
        Code::UnknownMilestone,
        "A milestone is declared under `milestones` of its chapter.",
        r#"scenes: {"yard": (text: "A yard.", milestone: "start", then: "gate")},"#,
        r#"
scenes: {"yard": (text: "A yard.", milestone: "start", then: "gate")},
milestones: {"start": (title: "In the yard")},"#,
    ),
    (
        Code::UnknownChoice,
        "A choice is named with its scene, `yard#look`, one in a short menu `yard#ask/salt`, one of a shared menu \
         `@menu/choice`.",
        r#"scenes: {"yard": (text: "{if taken(look) > 0: You looked.}", choices: [(id: "look", say: "Look", said: "A dog."), (id: "go", say: "Go", to: "gate")])},"#,
        r#"scenes: {"yard": (text: "{if taken(yard#look) > 0: You looked.}", choices: [(id: "look", say: "Look", said: "A dog."), (id: "go", say: "Go", to: "gate")])},"#,
    ),
    (
        Code::UnknownChapter,
        "The chapter that follows an ending is a folder with a `chapter` section, listed in `story.ron`.",
        r#"
scenes: {"yard": (text: "A yard.", ending: "end")},
endings: {"end": (title: "The end", rank: 1, next: "two")},"#,
        r#"
scenes: {"yard": (text: "A yard.", choices: [(id: "stay", say: "Stay", to: "stay"), (id: "go", say: "Go", to: "gate")]),
    "stay": (text: "A long night.", ending: "end")},
endings: {"end": (title: "The end", rank: 2)},"#,
    ),
    (
        Code::UnknownMap,
        "A map is declared under `maps`: in the chapter's folder, or outside of chapters for all.",
        r#"
// one/chapter.ron
(chapter: (title: "One", start: "yard", map: "plan"))"#,
        r#"
// one/chapter.ron
(chapter: (title: "One", start: "yard", map: "plan"), maps: {"plan": (title: "The yard", bounds: (0, 0, 10, 10))})"#,
    ),
    (
        Code::UnknownText,
        "A translation is found by the key of the text whose place it takes: `chapter/scene`, `chapter/scene#choice.said`, \
         `items/id.name`. The guide lists them under Translations.",
        r#"
// words/fr.ron
(words: {"one/yrad": "Une cour."})"#,
        r#"
// words/fr.ron
(words: {
    "title": "Exemple", "one.title": "Une", "one/yard": "Une cour.", "one/yard#go": "Aller", "one/gate": "Une porte.",
    "one/endings/out.title": "Dehors",
})"#,
    ),
    (
        Code::UnknownId,
        "An id that was asked for on the command line, such as a run's, is not one of the story's.",
        "",
        "",
    ),
];
