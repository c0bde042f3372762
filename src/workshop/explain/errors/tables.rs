//! Variables, levels, what is carried, renames and maps.

use super::Entry;
use crate::story::Code;

/// E120 to E136.
pub(super) const PAGES: &[Entry] = &[
    (
        Code::StartOutside,
        "A variable begins inside of its range. Without `start` it begins at 0, or at the end nearest to it.",
        r#"
scenes: {"yard": (text: "Day {day}.", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (1, 9), start: 0)},"#,
        r#"
scenes: {"yard": (text: "Day {day}.", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (1, 9), start: 1)},"#,
    ),
    (
        Code::NoWords,
        "A word variable holds one of the words in `of`, and there are none.",
        r#"
scenes: {"yard": (text: "{ration}", then: "gate")},
vars: {"ration": Word(of: [])},"#,
        r#"
scenes: {"yard": (text: "{ration}", enter: ["ration = half"], then: "gate")},
vars: {"ration": Word(of: ["one", "half"])},"#,
    ),
    (
        Code::WordTwice,
        "The words of a variable differ from one another.",
        r#"
scenes: {"yard": (text: "{ration}", enter: ["ration = half"], then: "gate")},
vars: {"ration": Word(of: ["one", "half", "one"])},"#,
        r#"
scenes: {"yard": (text: "{ration}", enter: ["ration = half"], then: "gate")},
vars: {"ration": Word(of: ["one", "half"])},"#,
    ),
    (
        Code::BadWord,
        "Words stand in conditions without quotes, so they are spelled like ids: small letters, digits and `_`.",
        r#"
scenes: {"yard": (text: "{if ration == one: One.}", enter: ["ration = one"], then: "gate")},
vars: {"ration": Word(of: ["one", "Half a cup"])},"#,
        r#"
scenes: {"yard": (text: "{if ration == one: One.}", enter: ["ration = half_a_cup"], then: "gate")},
vars: {"ration": Word(of: ["one", "half_a_cup"])},"#,
    ),
    (
        Code::LevelsOrder,
        "Each of the `levels` is the word from its number up, so the numbers ascend.",
        r#"
scenes: {"yard": (text: "{level: grain}", enter: ["grain -= 1"], then: "gate")},
vars: {"grain": Int(range: (0, 9), start: 9, levels: [(5, "full"), (0, "bare")])},"#,
        r#"
scenes: {"yard": (text: "{level: grain}", enter: ["grain -= 1"], then: "gate")},
vars: {"grain": Int(range: (0, 9), start: 9, levels: [(0, "bare"), (5, "full")])},"#,
    ),
    (
        Code::StatWithoutLabel,
        "What the chapter shows as a stat needs a name for players: a `label`.",
        r#"
// one/chapter.ron
(chapter: (title: "One", start: "yard", stats: ["day"]), vars: {"day": Int(range: (0, 9))})"#,
        r#"
// one/chapter.ron
(
    chapter: (title: "One", start: "yard", stats: ["day"]), vars: {"day": Int(range: (0, 9), label: "Day")},
    scenes: {"yard": (text: "A yard.", enter: ["day += 1"], then: "gate")},
)"#,
    ),
    (
        Code::ShownWithoutLabel,
        "`show` and `when` are for the panel, where a variable without a `label` never stands.",
        r#"
scenes: {"yard": (text: "Day {day}.", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9), show: "day {day}")},"#,
        r#"
scenes: {"yard": (text: "Day {day}.", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9), show: "day {day}", label: "Day")},"#,
    ),
    (
        Code::DerivedWord,
        "A derived variable is a number or a condition. Ask the word variable itself.",
        r#"
scenes: {"yard": (text: "{food}", enter: ["ration = half"], then: "gate")},
vars: {"ration": Word(of: ["one", "half"])},
derived: {"food": "ration"},"#,
        r#"
scenes: {"yard": (text: "{ration}{if hungry: , hungry}", enter: ["ration = half"], then: "gate")},
vars: {"ration": Word(of: ["one", "half"])},
derived: {"hungry": "ration == half"},"#,
    ),
    (
        Code::NotShared,
        "What comes into a chapter from the one before is declared outside of chapters, in `world/`.",
        r#"
// one/chapter.ron
(
    chapter: (title: "One", start: "yard", carries: {"day": 3}),
    scenes: {"yard": (text: "Day {day}.", then: "gate")},
    vars: {"day": Int(range: (0, 9))},
)"#,
        r#"
// one/chapter.ron
(
    chapter: (title: "One", start: "yard", carries: {"day": 3}),
    scenes: {"yard": (text: "Day {day}.", then: "gate")},
)
// world/vars.ron
(vars: {"day": Int(range: (0, 9))})"#,
    ),
    (
        Code::WrongValue,
        "In `given` and `carries` a number takes a whole number, a flag `true` or `false`, a word one of its words in quotes, an \
         item how many there are.",
        r#"
scenes: {"yard": (text: "Day {day}.", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},
tests: [(name: "a test", given: {"day": true}, expect: [Sees("Day")])],"#,
        r#"
scenes: {"yard": (text: "Day {day}.", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},
tests: [(name: "a test", given: {"day": 2}, expect: [Sees("Day 3")])],"#,
    ),
    (
        Code::OldIdInUse,
        "`was` says what an old id is called now. While something still has the old id it was not renamed.",
        r#"
scenes: {"yard": (text: "A yard.", then: "shed"), "shed": (text: "A shed.", then: "gate")},
was: (scenes: {"shed": "yard"}),"#,
        r#"
scenes: {"yard": (text: "A yard.", then: "shed"), "shed": (text: "A shed.", then: "gate")},
was: (scenes: {"old_shed": "shed"}),"#,
    ),
    (
        Code::ConditionOnSharedMap,
        "A map that is declared outside of chapters is the same for all and cannot ask about the state of one. Declare it in \
         the chapter's folder.",
        r#"
// world/maps.ron
(maps: {"plan": (title: "The yard", bounds: (0, 0, 10, 10), lines: [(kind: Wall, points: [(0, 0), (9, 0)], if: "day > 3")])})"#,
        r#"
scenes: {"yard": (text: "A yard.", enter: ["day += 1"], then: "gate")},
vars: {"day": Int(range: (0, 9))},
maps: {"plan": (title: "The yard", bounds: (0, 0, 10, 10), lines: [(kind: Wall, points: [(0, 0), (9, 0)], if: "day > 3")])},"#,
    ),
    (
        Code::EmptyMap,
        "The bounds of a map are west, south, east and north, so the first is less than the third and the second less than \
         the fourth.",
        r#"maps: {"plan": (title: "The yard", bounds: (10, 0, 0, 10))},"#,
        r#"maps: {"plan": (title: "The yard", bounds: (0, 0, 10, 10))},"#,
    ),
    (
        Code::IdWithoutQuotes,
        "Names of fields and sections have no quotes; ids have.",
        r#"scenes: {"yard": (text: "A yard.", then: "lane"), lane: (text: "A lane.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "lane"), "lane": (text: "A lane.", then: "gate")},"#,
    ),
    (
        Code::NotASection,
        "Where a section begins stands its name, without quotes.",
        r#""scenes": {"yard": (text: "A yard.", then: "gate")},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
    (
        Code::RouteTwice,
        "What is known of a run's cheapest play is one row for a seed, or for the best luck, and for what is least.",
        r#"
scenes: {"yard": (text: "A yard.", then: "gate")},
runs: {"away": (title: "Away", start: "yard", goal: "seen(gate)", rank: Turns, routes: [(seed: 7, proved: 1), (seed: 7, proved: 1, found: 1)])},"#,
        r#"
scenes: {"yard": (text: "A yard.", then: "gate")},
runs: {"away": (title: "Away", start: "yard", goal: "seen(gate)", rank: Turns, routes: [(seed: 7, proved: 1, found: 1), (proved: 1)])},"#,
    ),
    (
        Code::RouteBelowBound,
        "`proved` is what no play goes below, and `found` is what a play has, so it is not less. What is proved without a seed \
         holds for the best luck, and therefore for the luck of every seed.",
        r#"
scenes: {"yard": (text: "A yard.", then: "gate")},
runs: {"away": (title: "Away", start: "yard", goal: "seen(gate)", rank: Turns, routes: [(proved: 4), (seed: 7, proved: 1, found: 3)])},"#,
        r#"
scenes: {"yard": (text: "A yard.", then: "gate")},
runs: {"away": (title: "Away", start: "yard", goal: "seen(gate)", rank: Turns, routes: [(proved: 3), (seed: 7, proved: 1, found: 3)])},"#,
    ),
    (
        Code::FileTwice,
        "Five or more ids that a file declares are declared in another file as well: most often one is a copy of the other \
         that was left in the folder. Every file in the folder of a story belongs to it.",
        r#"
// one/lanes.ron
(scenes: {"yard": (then: "lane"), "lane": (then: "well"), "well": (then: "wall"), "wall": (then: "moat"), "moat": (then: "gate")})
// one/lanes copy.ron
(scenes: {"yard": (then: "lane"), "lane": (then: "well"), "well": (then: "wall"), "wall": (then: "moat"), "moat": (then: "gate")})"#,
        r#"
// one/lanes.ron
(scenes: {"yard": (then: "lane"), "lane": (then: "well"), "well": (then: "wall"), "wall": (then: "moat"), "moat": (then: "gate")})"#,
    ),
    (
        Code::TextEndsEarly,
        "A text in quotes ends at the next `\"`. Where somebody speaks in it, write each of these quotes as `\\\"`, or open the \
         text with `r#\"` and end it with `\"#`: then the quotes in it stand as they are.",
        r##"scenes: {"yard": (text: "He said "no" and left.", then: "gate")},"##,
        r##"scenes: {"yard": (text: r#"He said "no" and left."#, then: "gate")},"##,
    ),
    (
        Code::ClosedEarly,
        "All fields of a scene stand in one pair of round brackets. Here it was closed, most often by a `)` too many behind the \
         text, and a field stands behind it.",
        r#"scenes: {"yard": (text: "A yard."), then: "gate"},"#,
        r#"scenes: {"yard": (text: "A yard.", then: "gate")},"#,
    ),
];
