//! Where scenes lead.

use super::Entry;
use crate::story::Code;

/// E100 to E116.
pub(super) const PAGES: &[Entry] = &[
    (
        Code::NoWayOn,
        "A scene without choices goes on by `then`, goes back by `back: true`, or is an `ending`. `otherwise` is only for \
         scenes that have choices.",
        r#"scenes: {"yard": (text: "A yard.")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::EndingGoesOn,
        "An ending ends the chapter, so nothing can be chosen there and nothing follows.",
        r#"
scenes: {"yard": (text: "A yard.", ending: "end", then: "gate")},
endings: {"end": (title: "The end", rank: 2)},"#,
        r#"
scenes: {"yard": (text: "A yard.", choices: [(id: "stay", say: "Stay", to: "stay"), (id: "go", say: "Go", to: "gate")]),
    "stay": (text: "A long night.", ending: "end")},
endings: {"end": (title: "The end", rank: 2)},"#,
    ),
    (
        Code::TwoTargets,
        "A choice has at most one of `to`, `visit`, `draw`, `back` and `choices`. For one of several ways give `to` a list of \
         arrows.",
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate", back: true)])},"#,
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate")])},"#,
    ),
    (
        Code::LastArrow,
        "The first arrow whose condition holds is taken. If all of them have one there may be none, so the last has no `if`.",
        r#"
scenes: {"yard": (text: "A yard.", enter: ["day += 1"], then: [(if: "day > 3", to: "gate")])},
vars: {"day": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "A yard.", enter: ["day += 1"], then: [(if: "day > 3", to: "lane"), (to: "gate")]),
    "lane": (text: "A lane.", then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
    ),
    (
        Code::EmptyFlow,
        "A list of arrows has at least one.",
        r#"scenes: {"yard": (text: "A yard.", then: [])},"#,
        r#"scenes: {"yard": (text: "A yard.", then: [(to: "gate")])},"#,
    ),
    (
        Code::ArrowTarget,
        "An arrow has exactly one of `to`, `draw` and `back: true`.",
        r#"
scenes: {"yard": (text: "A yard.", enter: ["day += 1"], then: [(if: "day > 3"), (to: "gate")])},
vars: {"day": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "A yard.", enter: ["day += 1"], then: [(if: "day > 3", to: "lane"), (to: "gate")]),
    "lane": (text: "A lane.", then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
    ),
    (
        Code::ArrowHidesRest,
        "An arrow without `if` is always taken, so those behind it never are. It belongs at the end.",
        r#"
scenes: {"yard": (text: "A yard.", enter: ["day += 1"], then: [(to: "gate"), (if: "day > 3", to: "lane"), (to: "gate")]),
    "lane": (text: "A lane.", then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "A yard.", enter: ["day += 1"], then: [(if: "day > 3", to: "lane"), (to: "gate")]),
    "lane": (text: "A lane.", then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
    ),
    (
        Code::FlowRing,
        "Scenes that flow into one another in a ring, with no choice that is always there, would never come to a page. Give \
         one of them such a choice, or another way on.",
        r#"scenes: {"yard": (text: "A yard.", then: "lane"), "lane": (text: "A lane.", then: "yard")},"#,
        r#"
scenes: {"yard": (text: "A yard.", then: "lane"), "lane": (text: "A lane.", choices: [
    (id: "back", say: "Go back", again: true, to: "yard"), (id: "on", say: "Go on", to: "gate"),
])},"#,
    ),
    (
        Code::VisitRing,
        "A visited scene that leads to a visit of itself would let visits pile up without end. Use `to` for one of them.",
        r#"
scenes: {
    "yard": (text: "A yard.", choices: [(id: "well", say: "See the well", again: true, visit: "well"), (id: "go", say: "Go", to: "gate")]),
    "well": (text: "A well.", choices: [(id: "yard", say: "Go back", again: true, visit: "yard")]),
},"#,
        r#"
scenes: {
    "yard": (text: "A yard.", choices: [(id: "well", say: "See the well", again: true, visit: "well"), (id: "go", say: "Go", to: "gate")]),
    "well": (text: "A well.", choices: [(id: "yard", say: "Go back", again: true, back: true)]),
},"#,
    ),
    (
        Code::NothingBehind,
        "`back` returns from a visit, and this scene can be come to without one. Reach it by `visit` only, or give it a way on.",
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "well", say: "See the well", to: "well"), (id: "go", say: "Go", to: "gate")]), "well": (text: "A well.", back: true)},"#,
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "well", say: "See the well", visit: "well"), (id: "go", say: "Go", to: "gate")]), "well": (text: "A well.", back: true)},"#,
    ),
    (
        Code::SnippetRing,
        "A snippet is written in where it is used; one that uses itself would never end.",
        r#"
scenes: {"yard": (text: "{use: cold}", then: "gate")},
snippets: {"cold": "It is {use: cold}."},"#,
        r#"
scenes: {"yard": (text: "{use: cold}", then: "gate")},
snippets: {"cold": "It is cold."},"#,
    ),
    (
        Code::DerivedRing,
        "A derived variable is computed from others, and in the end from itself; so it has no value.",
        r#"
scenes: {"yard": (text: "{more}", then: "gate")},
derived: {"more": "less + 1", "less": "more - 1"},"#,
        r#"
scenes: {"yard": (text: "{more}", enter: ["less += 1"], then: "gate")},
vars: {"less": Int(range: (0, 9))},
derived: {"more": "less + 1"},"#,
    ),
    (
        Code::EmptyDeck,
        "A deck deals scenes, and none has joined it: `card: (deck: \"spring\")`.",
        r#"
scenes: {"yard": (text: "A yard.", then: [(draw: "spring")])},
decks: {"spring": (none: "gate")},"#,
        r#"
scenes: {"yard": (text: "A yard.", then: [(draw: "spring")]), "thaw": (card: (deck: "spring"), text: "A thaw.")},
decks: {"spring": (none: "gate", then: "gate")},"#,
    ),
    (
        Code::LockedWithoutIf,
        "`locked` is shown while the choice's `if` does not hold, or while a strict variable would leave its range. This choice \
         has neither, so the reason would never be read.",
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", locked: "The gate is shut.", to: "gate")])},"#,
        r#"
scenes: {"yard": (text: "A yard.", choices: [
    (id: "knock", say: "Knock", said: "It opens.", do: ["open = true"]),
    (id: "go", say: "Go", if: "open", locked: "The gate is shut.", again: true, to: "gate"),
], otherwise: "gate")},
vars: {"open": Flag()},"#,
    ),
    (
        Code::ThenWithoutChoices,
        "The `then` of a choice is for the choices of its short menu. One that leads somewhere itself does so by `to`.",
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", then: "gate")])},"#,
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", to: "gate")])},"#,
    ),
    (
        Code::NoChoices,
        "A short menu with nothing in it could never be left.",
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "ask", say: "Ask", choices: []), (id: "go", say: "Go", to: "gate")])},"#,
        r#"scenes: {"yard": (text: "A yard.", choices: [(id: "ask", say: "Ask", choices: [(id: "name", say: "His name", said: "He has one.")]), (id: "go", say: "Go", to: "gate")])},"#,
    ),
    (
        Code::MenuTwice,
        "The same choices would stand on the page twice.",
        r#"
scenes: {"yard": (text: "A yard.", use: ["talk", "talk"], then: "gate")},
menus: {"talk": [(id: "hello", say: "Hello", said: "Hello.")]},"#,
        r#"
scenes: {"yard": (text: "A yard.", use: ["talk"], then: "gate")},
menus: {"talk": [(id: "hello", say: "Hello", said: "Hello.")]},"#,
    ),
];
