//! What `prove` tells: the cause of what cannot be, where a trap goes round, and alternatives of texts.

use std::process::{Command, Stdio};

use taiyuan::workshop::prove::{Budget, Claim, Proof, Verdict, explain, explore, prove, report};

use crate::small;

/// A choice that asks too much, what lies behind it, and a ring without a way out.
const STORY: &str = r##"
    scenes: {
        "start": (text: "Here. {if coins > 5: Rich.|Poor.} {use: cold}", choices: [
            (id: "buy", say: "Buy", if: "coins > 5", to: "shop"),
            (id: "leave", say: "Leave", to: "road"),
            (id: "fall", say: "Fall", to: "well"),
        ]),
        "shop": (text: "A shop.", then: "bought"),
        "bought": (text: "Bought.", ending: "bought"),
        "road": (text: "A road. {use: cold}", enter: ["coins += 1"], ending: "left"),
        "well": (text: "A well.", choices: [(id: "down", say: "Down", again: true, to: "deep")]),
        "deep": (text: "Deep.", choices: [(id: "up", say: "Up", again: true, to: "well")]),
    },
    snippets: {"cold": "{if coins == 1: A coin is cold.|It is cold.}"},
    vars: {"coins": Int(range: (0, 9))},
    endings: {"bought": (title: "Bought", rank: 1), "left": (title: "Left", rank: 2)},
"##;

fn told(proofs: &[Proof]) -> String {
    let mut out = Vec::new();
    proofs.iter().for_each(|proof| report::write(proof, false, &mut out).unwrap());
    String::from_utf8(out).unwrap()
}

#[test]
fn what_cannot_be_for_one_reason_is_told_together() {
    let out = told(&prove(&[small::chapter(STORY)], None, &Budget::default()));
    let expected = "  refuted    choice `start#buy` can be taken
             none of its 6 states shows it
             blocked by `coins > 5`
             so neither: scene `bought` can be entered
             so neither: scene `shop` can be entered
             so neither: ending `bought` can be reached
";
    let lines = |text: &str| text.lines().filter(|l| !l.contains("states")).map(str::to_owned).collect::<Vec<_>>();
    assert!(lines(&out).windows(5).any(|some| some == lines(expected)), "{out}");
    assert_eq!(out.matches("refuted").count(), 2, "{out}");
}

#[test]
fn a_trap_names_the_scenes_it_goes_round_in() {
    let out = told(&prove(&[small::chapter(STORY)], None, &Budget::default()));
    let trap =
        "             one | fall\n             no ending can be reached from there; it goes round in `well`, `deep`\n";
    assert!(out.contains(trap), "{out}");
}

/// Days pass one way; the page of each has one choice that is spent, and the last of them none that is sure to be open.
const DAYS: &str = r##"
    scenes: {
        "start": (text: "A day.", then: [(if: "day == 1", to: "one"), (if: "day == 2", to: "two"), (to: "last")]),
        "one": (text: "One.", choices: [(id: "go", say: "Go", do: ["day += 1", "coins = roll(0..2)"], to: "start")]),
        "two": (text: "Two.", choices: [(id: "go", say: "Go", do: ["day += 1"], to: "start")]),
        "last": (text: "Last.", choices: [(id: "pay", say: "Pay", if: "PRICE", to: "end")]),
        "end": (text: "End.", ending: "end"),
    },
    vars: {"day": Int(range: (1, 3), start: 1), "coins": Int(range: (0, 9))},
    endings: {"end": (title: "End", rank: 1)},
"##;

#[test]
fn a_page_that_is_left_for_good_needs_no_choice_that_stays() {
    let budget = Budget { whole: 0, ..Budget::default() };
    let way_on = |price: &str| {
        let proofs = prove(&[small::chapter(&DAYS.replace("PRICE", price))], None, &budget);
        let verdict = |wanted: Claim| proofs[0].claims.iter().find(|(c, _)| *c == wanted).unwrap().1.clone();
        (verdict(Claim::WayOn), verdict(Claim::CanEnd))
    };
    assert!(matches!(way_on("coins >= 0 or day == 3"), (Verdict::Proved(_), Verdict::Proved(_))));
    // Who is stuck cannot end either, and the same play shows both.
    let (Verdict::Refuted(stuck), Verdict::Refuted(lost)) = way_on("coins > 0") else { panic!("not refuted") };
    assert_eq!(stuck, lost);
    assert!(format!("{stuck:?}").contains("go"), "{stuck:?}");
}

/// The same days, but both pages offer the one choice of a menu that they share.
const SHARED: &str = r##"
    scenes: {
        "start": (text: "A day.", then: [(if: "day == 1", to: "one"), (to: "two")]),
        "one": (text: "One.", use: ["orders"]),
        "two": (text: "Two.", use: ["orders"], choices: [(id: "pay", say: "Pay", if: "coins > 0", to: "end")]),
        "end": (text: "End.", ending: "end"),
    },
    menus: {"orders": [(id: "go", say: "Go", do: ["day += 1", "coins = roll(0..2)"], to: [(if: "day < 3", to: "start"), (to: "end")])]},
    vars: {"day": Int(range: (1, 3), start: 1), "coins": Int(range: (0, 9))},
    endings: {"end": (title: "End", rank: 1)},
"##;

#[test]
fn what_two_pages_share_may_be_spent_at_the_other() {
    let budget = Budget { whole: 0, ..Budget::default() };
    let proofs = prove(&[small::chapter(SHARED)], None, &budget);
    let (_, verdict) = proofs[0].claims.iter().find(|(claim, _)| *claim == Claim::WayOn).unwrap();
    assert!(matches!(verdict, Verdict::Refuted(_)), "{verdict:?}");
}

#[test]
fn explaining_a_scene_proves_only_what_is_claimed_of_it() {
    let proofs = explain(&[small::chapter(STORY)], None, "deep", &Budget::default());
    let [proof] = &*proofs else { panic!("{proofs:?}") };
    let claims: Vec<&Claim> = proof.claims.iter().map(|(claim, _)| claim).collect();
    let id = || "deep".to_owned();
    assert_eq!(claims, [&Claim::Scene(id()), &Claim::WayOnFrom(id()), &Claim::CanEndFrom(id())]);
    let [(_, entered), (_, way_on), (_, can_end)] = &*proof.claims else { panic!("{proof:?}") };
    assert!(matches!((entered, way_on), (Verdict::Proved(_), Verdict::Proved(_))), "{proof:?}");
    assert!(matches!(can_end, Verdict::Refuted(_)), "{proof:?}");
    assert!(explain(&[small::chapter(STORY)], None, "nowhere", &Budget::default()).is_empty());
}

#[test]
fn the_play_of_a_choice_ends_with_taking_it() {
    let proofs = explain(&[small::chapter(STORY)], None, "down", &Budget::default());
    let mut out = Vec::new();
    report::write(&proofs[0], true, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("choice `well#down` can be taken\n             one | fall down\n"), "{out}");
}

#[test]
fn an_alternative_that_stands_in_several_texts_is_read_in_one_of_them() {
    let budget = Budget { texts: true, plays: 200, ..Budget::default() };
    let proofs = prove(&[small::chapter(STORY)], None, &budget);
    let verdict = |begins: &str| {
        let found = proofs[0]
            .claims
            .iter()
            .filter(|(claim, _)| matches!(claim, Claim::Alternative { words, .. } if words.starts_with(begins)));
        let verdicts: Vec<bool> = found.map(|(_, verdict)| matches!(verdict, Verdict::Proved(_))).collect();
        verdicts
    };
    assert_eq!(verdict("Rich"), [false]);
    assert_eq!(verdict("Poor"), [true]);
    // On the road there is a coin, at the start there is none.
    assert_eq!((verdict("A coin"), verdict("It is cold")), (vec![true], vec![true]));
}

#[test]
fn a_reader_that_leaves_is_let_go_without_a_word() {
    let dir = small::folder(STORY);
    let mut prove = Command::new(env!("CARGO_BIN_EXE_taiyuan"));
    let prove = prove.args(["prove", dir.path().to_str().unwrap()]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = prove.spawn().unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert_ne!(done.status.code(), Some(2));
}

#[test]
fn what_is_kept_in_mind_shuts_ways() {
    let story = small::chapter(STORY);
    let states = |tracked: &[&str]| explore(&story, tracked, 1_000);
    let (blind, all) = (states(&[]), states(&["coins"]));
    assert!(blind.whole && all.whole);
    // Who forgets the coins might buy.
    assert_eq!((blind.states, all.states), (6, 4));
    assert_eq!(states(&["nothing of the story"]), blind);
    assert!(!explore(&story, &["coins"], 1).whole, "more than it may look at");
}
