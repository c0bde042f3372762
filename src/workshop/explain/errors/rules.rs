//! Conditions, effects and dice.

use super::Entry;
use crate::story::Code;

/// E040 to E059.
pub(super) const PAGES: &[Entry] = &[
    (
        Code::ForeignOperator,
        "Conditions are written with `and`, `or`, `not` and `== != < <= > >=`. There is no division: multiply the other \
         side.",
        r#"
scenes: {"yard": (text: "{if day > 3 && not late: Soon.}", enter: ["day += 1", "late = day > 5"], then: "gate")},
vars: {"day": Int(range: (0, 9)), "late": Flag()},"#,
        r#"
scenes: {"yard": (text: "{if day > 3 and not late: Soon.}", enter: ["day += 1", "late = day > 5"], then: "gate")},
vars: {"day": Int(range: (0, 9)), "late": Flag()},"#,
    ),
    (
        Code::ChainedComparison,
        "A comparison is yes or no, and cannot be compared with a number again. Join two of them with `and`.",
        r#"
scenes: {"yard": (text: "{if 0 < day < 9: Soon.}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "{if 0 < day and day < 9: Soon.}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
    ),
    (
        Code::UnknownFunction,
        "The functions are `min`, `max`, `if`, `band`, `has`, `count`, `seen`, `visits`, `taken`, `since` and `turns`.",
        r#"scenes: {"yard": (text: "{if visited(gate): Again.|A yard.}", then: "gate")},"#,
        r#"
scenes: {"yard": (text: "{if seen(lane): Again.|A yard.}", choices: [
    (id: "look", say: "Look into the lane", to: "lane"), (id: "go", say: "Go", to: "gate"),
]), "lane": (text: "A lane.", then: "yard")},"#,
    ),
    (
        Code::Arguments,
        "A function takes a certain number of things in its brackets; the report says how many.",
        r#"
scenes: {"yard": (text: "{min(day)}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "{min(day, 5)}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
    ),
    (
        Code::WrongSort,
        "A number is not yes or no, and a word is neither. Compare the number: `grain > 0`. Count the flag: `if(open, 1, 0)`.",
        r#"
scenes: {"yard": (text: "{if grain: There is bread.}", enter: ["grain -= 1"], then: "gate")},
vars: {"grain": Int(range: (0, 9), start: 9)},"#,
        r#"
scenes: {"yard": (text: "{if grain > 0: There is bread.}", enter: ["grain -= 1"], then: "gate")},
vars: {"grain": Int(range: (0, 9), start: 9)},"#,
    ),
    (
        Code::NotAWord,
        "A word variable is compared with one of its own words, or set to one.",
        r#"
scenes: {"yard": (text: "{if ration == haf: Half.}", enter: ["ration = half"], then: "gate")},
vars: {"ration": Word(of: ["one", "half"])},"#,
        r#"
scenes: {"yard": (text: "{if ration == half: Half.}", enter: ["ration = half"], then: "gate")},
vars: {"ration": Word(of: ["one", "half"])},"#,
    ),
    (
        Code::NoOrder,
        "Words and flags are equal or they are not; none of them is less than another.",
        r#"
scenes: {"yard": (text: "{if ration < one: Hunger.}", enter: ["ration = half"], then: "gate")},
vars: {"ration": Word(of: ["one", "half"])},"#,
        r#"
scenes: {"yard": (text: "{if ration != one: Hunger.}", enter: ["ration = half"], then: "gate")},
vars: {"ration": Word(of: ["one", "half"])},"#,
    ),
    (
        Code::DifferentWords,
        "Two word variables can be compared, or one set to the other, only if they have the same words in the same order.",
        r#"
scenes: {"yard": (text: "{ours}", enter: ["theirs = two", "ours = theirs"], then: "gate")},
vars: {"ours": Word(of: ["one", "half"]), "theirs": Word(of: ["one", "two"])},"#,
        r#"
scenes: {"yard": (text: "{ours}", enter: ["theirs = half", "ours = theirs"], then: "gate")},
vars: {"ours": Word(of: ["one", "half"]), "theirs": Word(of: ["one", "half"])},"#,
    ),
    (
        Code::NumberTooLarge,
        "Numbers go from -2,147,483,648 to 2,147,483,647.",
        r#"
scenes: {"yard": (text: "{day}", enter: ["day += 9000000000"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "{day}", enter: ["day += 9"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
    ),
    (
        Code::ExpressionTooLong,
        "A condition or an effect has at most 1000 characters. Give a derived variable to a part of it; it can then be \
         used in other places as well.",
        "",
        "",
    ),
    (
        Code::DiceInExpression,
        "Nothing branches on dice directly, so that a page can be looked at twice. Let them land in a variable first, and ask \
         about that.",
        r#"
scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", if: "roll(1..6) > 3", to: "gate")], otherwise: "gate")},"#,
        r#"
scenes: {"yard": (text: "A yard.", enter: ["luck = roll(1..6)"],
    choices: [(id: "go", say: "Go", if: "luck > 3", to: "gate")], otherwise: "gate")},
vars: {"luck": Int(range: (1, 6))},"#,
    ),
    (
        Code::EffectInExpression,
        "A condition only asks. What changes something stands in `do` or `enter`.",
        r#"
scenes: {"yard": (text: "A yard.", choices: [(id: "go", say: "Go", if: "give(seal)", to: "gate")], otherwise: "gate")},
items: {"seal": (name: "a seal")},"#,
        r#"
scenes: {
    "yard": (text: "A yard.", choices: [(id: "go", say: "Take the seal and go", do: ["give(seal)"], to: "gate")]),
    "gate": (text: "{if has(seal): They let you out.}", ending: "out"),
},
items: {"seal": (name: "a seal")},"#,
    ),
    (
        Code::UnknownEffect,
        "Effects are `name = value`, `name += value`, `name -= value`, `give(item)`, `take(item)` and `learn(entry)`.",
        r#"
scenes: {"yard": (text: "{if has(seal): A seal.}", enter: ["add(seal)"], then: "gate")},
items: {"seal": (name: "a seal")},"#,
        r#"
scenes: {"yard": (text: "{if has(seal): A seal.}", enter: ["give(seal)"], then: "gate")},
items: {"seal": (name: "a seal")},"#,
    ),
    (
        Code::TwoEffects,
        "One text holds one effect. A list of them is done in order.",
        r#"
scenes: {"yard": (text: "{day}, {grain}", enter: ["grain -= 1, day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9)), "grain": Int(range: (0, 9), start: 9)},"#,
        r#"
scenes: {"yard": (text: "{day}, {grain}", enter: ["grain -= 1", "day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9)), "grain": Int(range: (0, 9), start: 9)},"#,
    ),
    (
        Code::DiceWithoutVariable,
        "Dice land in a variable, or nobody would know what they said.",
        r#"scenes: {"yard": (text: "A yard.", enter: ["roll(1..6)"], then: "gate")},"#,
        r#"
scenes: {"yard": (text: "A yard. {luck}", enter: ["luck = roll(1..6)"], then: "gate")},
vars: {"luck": Int(range: (1, 6))},"#,
    ),
    (
        Code::DiceSort,
        "`roll` lands in a number, `chance` in a flag, `one_of` in a word.",
        r#"
scenes: {"yard": (text: "{if luck: Luck.}", enter: ["luck = roll(1..6)"], then: "gate")},
vars: {"luck": Flag()},"#,
        r#"
scenes: {"yard": (text: "{if luck: Luck.}", enter: ["luck = chance(50)"], then: "gate")},
vars: {"luck": Flag()},"#,
    ),
    (
        Code::OutOfRange,
        "The variable, or the item, can never hold this value: it is outside of the declared range.",
        r#"
scenes: {"yard": (text: "{day}", enter: ["day = 12"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
        r#"
scenes: {"yard": (text: "{day}", enter: ["day = 9"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
    ),
    (
        Code::DerivedAssigned,
        "A derived variable is a name for an expression and follows from others. Set those.",
        r#"
scenes: {"yard": (text: "{if late: Late.}", enter: ["day += 1", "late = true"], then: "gate")},
vars: {"day": Int(range: (0, 9))},
derived: {"late": "day > 3"},"#,
        r#"
scenes: {"yard": (text: "{if late: Late.}", enter: ["day += 4"], then: "gate")},
vars: {"day": Int(range: (0, 9))},
derived: {"late": "day > 3"},"#,
    ),
    (
        Code::StrictAfterDice,
        "A choice is withheld if it would take a strict variable out of its range. That has to be known before the dice \
         are thrown, so such effects come first.",
        r#"
scenes: {"yard": (text: "{luck}", choices: [
    (id: "bet", say: "Bet", again: true, do: ["luck = roll(1..6)", "silver -= 1"]), (id: "go", say: "Go", to: "gate"),
])},
vars: {"luck": Int(range: (1, 6)), "silver": Int(range: (0, 5), start: 5, edge: Strict)},"#,
        r#"
scenes: {"yard": (text: "{luck}", choices: [
    (id: "bet", say: "Bet", again: true, do: ["silver -= 1", "luck = roll(1..6)"]), (id: "go", say: "Go", to: "gate"),
])},
vars: {"luck": Int(range: (1, 6)), "silver": Int(range: (0, 5), start: 5, edge: Strict)},"#,
    ),
    (
        Code::EmptyRange,
        "The first number of a range or a roll is the smaller one.",
        r#"
scenes: {"yard": (text: "{day}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (9, 0))},"#,
        r#"
scenes: {"yard": (text: "{day}", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},"#,
    ),
];
