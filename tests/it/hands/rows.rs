//! The hands of the table, and what each was designed to come to.

use super::eyes::Eyes;
use super::hand::{Hand, Scouts, Wish, always};
use super::tally::Outcome;

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) hand: Hand,
    /// Where the play starts.
    pub(super) start: &'static str,
    /// What counts as having come off.
    pub(super) goal: Outcome,
    /// Whether the ledger must be clean.
    pub(super) clean: bool,
    pub(super) designed: &'static str,
}

const ROOM: &str = "room";
const RUN: &str = "council_start";

// Wishes, each due when it says.
const WATCH: Wish = ("watch", always);
const ANSWER: Wish = ("answer", always);
const IMAGE: Wish = ("image", |p| p.n("resolve") <= if p.n("phase") >= 5 { 7 } else { 5 });
const IMAGE_LOW: Wish = ("image", |p| p.n("resolve") <= 4);
const WARD: Wish = ("ward", |p| p.n("stores") <= 1 && (p.n("wards") < 2 || p.n("stores") == 0));
const CLEAN_WARD: Wish = ("ward", |p| p.n("stores") <= 1 && p.n("wards") < 2);
const MEND: Wish = ("mend", always);
const DRILL: Wish = ("drill", always);
const INNER: Wish = ("inner", |p| p.n("inner") < 3 && p.n("phase") >= 3 && p.n("stores") >= 2);
const SEARCH: Wish = ("search", |p| p.n("searches") == 0 && p.n("phase") >= 4);
const HORSES: Wish = ("horses", |p| p.n("phase") >= 4);
const HURT: Wish = ("hurt", |p| p.n("men") <= 14);
const SORTIE: Wish = ("sortie", always);
/// Before the ring of phase 4 grows.
const RIDE: Wish = ("sortie", |p| p.n("phase") == 4 && p.n("digs") >= 2);
const FRAMES: Wish = ("frames", always);
const NIGHT: Wish = ("night", always);
const ROPE: Wish = ("rope", always);
const BREAK: Wish = ("break", always);
const CUT: Wish = ("cut", |p| !p.is("thin"));
const LATE_CUT: Wish = ("cut", |p| p.n("phase") >= 6 && !p.is("thin"));

fn sent(page: &Eyes<'_>, letter: &str, times: u32) -> bool {
    page.visits(letter) >= times
}
const KAIFENG_ONCE: Wish = ("letter_k", |p| !sent(p, "letter_k", 1));
const KAIFENG_TWICE: Wish = ("letter_k", |p| !sent(p, "letter_k", 2));
const EAST_TWICE: Wish = ("letter_e", |p| !sent(p, "letter_e", 2));
const SON_TWICE: Wish = ("letter_s", |p| !sent(p, "letter_s", 2));
const SON: Wish = ("letter_s", always);

const KEEP: &[Wish] = &[IMAGE, WARD, MEND, DRILL, INNER, SEARCH, HORSES, HURT];
const KEEP_SHORT: &[Wish] = &[IMAGE_LOW, WARD, MEND, DRILL, INNER, HORSES];
const KEEP_CLEAN: &[Wish] = &[IMAGE, CLEAN_WARD, MEND, DRILL, INNER, SEARCH, HORSES, HURT];
const KEEP_HORSES: &[Wish] = &[IMAGE, WARD, CUT, MEND, DRILL, INNER, SEARCH, HURT];
const KEEP_PATH: &[Wish] = &[IMAGE, WARD, LATE_CUT, MEND, DRILL, INNER, SEARCH, HORSES, HURT];
const MEET: &[Wish] = &[WATCH, ANSWER];

const HOLDS: &[(&str, &str)] = &[];
const CLEAN: &[(&str, &str)] = &[("column", "head")];
const BELIEVES: &[(&str, &str)] = &[("engineer", "believe"), ("dog", "send")];
const LANTERNS: &[(&str, &str)] = &[("fires", "kindle"), ("engineer", "believe"), ("dog", "send")];
const MOON: &[(&str, &str)] =
    &[("moon", "sally"), ("engineer", "believe"), ("dog", "send"), ("last_grain", "five"), ("shade", "hours")];
const ALL: &[(&str, &str)] = &[
    ("fires", "kindle"),
    ("moon", "sally"),
    ("engineer", "believe"),
    ("dog", "send"),
    ("last_grain", "five"),
    ("shade", "hours"),
];
const PASS_0: &[(&str, &str)] = &[];
const PASS_1: &[(&str, &str)] = &[("pass", "front"), ("room", "silent"), ("tong_guan", "go")];
const PASS_2: &[(&str, &str)] = &[("pass", "front"), ("pass", "disarm"), ("room", "speak"), ("tong_guan", "go")];
const PASS_3: &[(&str, &str)] =
    &[("pass", "front"), ("pass", "disarm"), ("pass", "wall"), ("room", "speak"), ("tong_guan", "sign")];

const fn plan(
    scouts: Scouts,
    wishes: &'static [&'static [Wish]],
    scenes: &'static [(&'static str, &'static str)],
) -> Hand {
    Hand::Plan { scouts, wishes, scenes }
}

const fn row(name: &'static str, hand: Hand, start: &'static str, goal: Outcome, designed: &'static str) -> Row {
    Row { name, hand, start, goal, clean: false, designed }
}

/// The table, in order.
pub(super) fn rows() -> Vec<Row> {
    use Outcome::{LastDay, Out, Relief};
    use Scouts::{Guesses, Knows, Watches};
    let clean = |row: Row| Row { clean: true, ..row };
    vec![
        row("random, surrender included", Hand::Any, ROOM, LastDay, "gate 68%, fall 23%, day 252 5% (74), relief 3%"),
        row("random, never surrendering", Hand::NoBolt, ROOM, LastDay, "fall 47%, opened 37%, day 252 8%, relief 7%"),
        row("holds and nothing else", plan(Guesses, &[], HOLDS), RUN, LastDay, "day 252 0%; median fall 50"),
        row(
            "prepares, but guesses which answer",
            plan(Guesses, &[&[ANSWER, IMAGE, WARD, MEND, INNER, SEARCH, HORSES]], HOLDS),
            RUN,
            LastDay,
            "day 252 3% (57); median fall 228",
        ),
        row("knows the seed, plays short", plan(Knows, &[MEET, KEEP_SHORT], HOLDS), RUN, LastDay, "day 252 77% (57)"),
        row("watches, prepares, mends", plan(Watches, &[MEET, KEEP], HOLDS), RUN, LastDay, "day 252 75% (68)"),
        clean(row(
            "clean ledger, long",
            plan(Watches, &[MEET, KEEP_CLEAN], CLEAN),
            RUN,
            LastDay,
            "17% (67); it was 18% without cards",
        )),
        clean(row("clean ledger, short", plan(Knows, &[MEET, KEEP_CLEAN], CLEAN), RUN, LastDay, "36% (57)")),
        row("River, one letter", plan(Knows, &[&[SORTIE, KAIFENG_ONCE], MEET, KEEP], HOLDS), RUN, Relief, "29% (26)"),
        row("River, two letters", plan(Knows, &[&[SORTIE, KAIFENG_TWICE], MEET, KEEP], HOLDS), RUN, Relief, "43% (34)"),
        row(
            "Lanterns, short",
            plan(Knows, &[MEET, &[FRAMES, EAST_TWICE], KEEP_HORSES], LANTERNS),
            RUN,
            Relief,
            "42% (40)",
        ),
        row(
            "Lanterns, careful",
            plan(Watches, &[MEET, &[FRAMES, EAST_TWICE], KEEP_HORSES], LANTERNS),
            RUN,
            Relief,
            "48% (47)",
        ),
        row("Moon, short", plan(Knows, &[MEET, &[RIDE, NIGHT, CUT, SON_TWICE], KEEP], MOON), RUN, Relief, "56% (54)"),
        row(
            "Moon, careful",
            plan(Watches, &[MEET, &[RIDE, NIGHT, CUT, SON_TWICE], KEEP], MOON),
            RUN,
            Relief,
            "51% (62)",
        ),
        row(
            "all three in turn on one purse",
            plan(
                Knows,
                &[
                    &[("sortie", |p| p.n("day") < 52), KAIFENG_ONCE],
                    MEET,
                    &[FRAMES, EAST_TWICE, NIGHT, SON],
                    KEEP_HORSES,
                ],
                ALL,
            ),
            RUN,
            Relief,
            "72% (33, 50 or 67)",
        ),
        row("Break-out, short", plan(Knows, &[&[BREAK], MEET, &[ROPE], KEEP_PATH], BELIEVES), RUN, Out, "70% (53)"),
        row("Break-out, careful", plan(Watches, &[&[BREAK], MEET, &[ROPE], KEEP_PATH], BELIEVES), RUN, Out, "59% (64)"),
        row("the pass, nothing prepared", plan(Watches, &[&[SORTIE], MEET, KEEP], PASS_0), ROOM, Relief, "11% (24)"),
        row("the pass, one thing prepared", plan(Watches, &[&[SORTIE], MEET, KEEP], PASS_1), ROOM, Relief, "22% (24)"),
        row("the pass, two prepared", plan(Watches, &[&[SORTIE], MEET, KEEP], PASS_2), ROOM, Relief, "33% (24)"),
        row("the pass, three prepared", plan(Watches, &[&[SORTIE], MEET, KEEP], PASS_3), ROOM, Relief, "43% (24)"),
    ]
}

/// A way to save orders and decisions that may cost the play: a hand with it beside the same hand without it.
pub(super) struct Skip {
    pub(super) phase: i32,
    pub(super) name: &'static str,
    pub(super) safe: Row,
    pub(super) risky: Row,
}

const UNANSWERED_3: Wish = ("answer", |p| p.n("acts") != 2);
const UNANSWERED_4: Wish = ("answer", |p| p.n("acts") != 3);
const UNANSWERED_7: Wish = ("answer", |p| p.n("acts") != 6);
const EAST_ONCE: Wish = ("letter_e", |p| !sent(p, "letter_e", 1));
const SON_ONCE: Wish = ("letter_s", |p| !sent(p, "letter_s", 1));
const HOLD_8: Wish = ("hold", |p| p.n("phase") == 8);
const KEEP_CUT: &[Wish] = &[IMAGE, WARD, CUT, MEND, DRILL, INNER, SEARCH, HORSES, HURT];

/// One for each phase.
pub(super) fn skips() -> Vec<Skip> {
    use Outcome::{LastDay, Out, Relief};
    let row = |goal, wishes, scenes| row("", plan(Scouts::Knows, wishes, scenes), RUN, goal, "");
    let skip = |phase, name, safe, risky| Skip { phase, name, safe, risky };
    let last = row(LastDay, &[MEET, KEEP_SHORT], HOLDS);
    let river = row(Relief, &[&[SORTIE, KAIFENG_TWICE], MEET, KEEP], HOLDS);
    vec![
        skip(
            1,
            "River: one letter to Kaifeng, not two",
            river,
            row(Relief, &[&[SORTIE, KAIFENG_ONCE], MEET, KEEP], HOLDS),
        ),
        skip(2, "day 252: the third assault unanswered", last, row(LastDay, &[&[UNANSWERED_3], KEEP_SHORT], HOLDS)),
        skip(
            3,
            "River: the fourth assault unanswered",
            river,
            row(Relief, &[&[SORTIE, KAIFENG_TWICE], &[UNANSWERED_4], KEEP], HOLDS),
        ),
        skip(
            4,
            "Break-out: the engineer believed, the ring not cut",
            row(Out, &[&[BREAK], MEET, &[ROPE], KEEP_CUT], HOLDS),
            row(Out, &[&[BREAK], MEET, &[ROPE], KEEP], BELIEVES),
        ),
        skip(
            5,
            "Lanterns: one letter to the east, not two",
            row(Relief, &[MEET, &[FRAMES, EAST_TWICE], KEEP_HORSES], LANTERNS),
            row(Relief, &[MEET, &[FRAMES, EAST_ONCE], KEEP_HORSES], LANTERNS),
        ),
        skip(6, "day 252: the seventh assault unanswered", last, row(LastDay, &[&[UNANSWERED_7], KEEP_SHORT], HOLDS)),
        skip(
            7,
            "Moon: one letter to the prefect's son, not two",
            row(Relief, &[MEET, &[RIDE, NIGHT, CUT, SON_TWICE], KEEP], MOON),
            row(Relief, &[MEET, &[RIDE, NIGHT, CUT, SON_ONCE], KEEP], MOON),
        ),
        skip(
            8,
            "day 252: no order but to hold from phase 8 on",
            last,
            row(LastDay, &[&[HOLD_8], MEET, KEEP_SHORT], HOLDS),
        ),
    ]
}
