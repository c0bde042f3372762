//! Random plays: the same however many threads, words counted as they are read, dead spots named, lost plays handed back.

use taiyuan::engine::dice::{Keyed, Luck, Throw};
use taiyuan::engine::id::{ChoiceIx, SceneIx};
use taiyuan::engine::look::{look, open_choices, words};
use taiyuan::engine::render::{Reader, render};
use taiyuan::engine::step::{Stage, begin, step_with};
use taiyuan::engine::{Chapter, State};
use taiyuan::workshop::telling::Telling;
use taiyuan::workshop::walk::{Entry, Hand, LONGEST, Orders, Walked, Why, report, walk};

use crate::cli::taiyuan;
use crate::{play, small};

fn orders(chapter: &Chapter, plays: usize, hand: Hand) -> Orders {
    Orders { start: chapter.start, given: Vec::new(), entry: Entry::Record, plays, seed: 1, hand }
}

fn walked(sections: &str, plays: usize, hand: Hand) -> Walked {
    let chapter = small::chapter(sections);
    walk(&chapter, &orders(&chapter, plays, hand))
}

fn told(walked: &Walked, all: bool) -> String {
    let mut out = Vec::new();
    report(walked, all, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Reads everything twice: as a reader, and as a walk does.
struct Both<'a, 'c> {
    telling: &'a Telling<'c>,
    read: usize,
    counted: usize,
}

fn count(chapter: &Chapter, state: &State, text: &taiyuan::engine::text::Text, round: u32) -> usize {
    let paras = render(text, round, chapter, state, Reader::default());
    paras.iter().map(|para| para.plain().split_whitespace().count()).sum()
}

impl Stage for Both<'_, '_> {
    fn chose(&mut self, chapter: &Chapter, state: &State, choice: ChoiceIx) {
        let said = chapter.choice(choice).said.as_ref();
        self.read += said.map_or(0, |said| count(chapter, state, said, state.taken[choice.at()]));
        self.counted += self.telling.said(state, choice, &mut |_| {}) as usize;
    }

    fn entered(&mut self, chapter: &Chapter, state: &State, scene: SceneIx) {
        self.read += count(chapter, state, &chapter.scene(scene).text, state.visits[scene.at()] - 1);
        self.counted += self.telling.scene(state, scene, &mut |_| {}) as usize;
        assert_eq!(self.read, self.counted, "in `{}`", chapter.scene(scene).id);
    }
}

#[test]
fn words_are_counted_as_they_are_read() {
    for id in ["aguda", "alliance", "siege"] {
        let chapter = play::chapter(id);
        let telling = Telling::new(&chapter);
        for seed in 0..6 {
            let mut both = Both { telling: &telling, read: 0, counted: 0 };
            let mut state = begin(&chapter, chapter.start, seed, &[], &mut Keyed, &mut both);
            loop {
                for offer in look(&chapter, &state, Reader::default()).offers {
                    let counted = telling.say(&state, offer.choice, &mut |_| {}) as usize;
                    assert_eq!(
                        words(&offer.say).split_whitespace().count(),
                        counted,
                        "`{}`",
                        chapter.choice(offer.choice).key()
                    );
                }
                let open: Vec<_> = open_choices(&chapter, &state).collect();
                let Ok(sides) = u32::try_from(open.len()) else { break };
                if sides == 0 {
                    break;
                }
                let at = Keyed.draw(Throw { seed, site: "hand", count: state.turn, low: 0, sides });
                step_with(&chapter, &mut state, open[at as usize], &mut Keyed, &mut both).unwrap();
            }
            assert!(both.read > 500, "{id}: {}", both.read);
        }
    }
}

const DEAD: &str = r##"
    scenes: {
        "start": (
            text: "{if grain > 3: Fat.|Thin.} {cycle: Dawn.|Dusk.} {once: A heron.|Its shadow.}",
            choices: [
                (id: "on", say: "Go on", to: "end"),
                (id: "never", say: "Never", if: "grain > 3"),
                (id: "barred", say: "Barred", if: "grain < 3", locked: "Too much grain."),
            ],
        ),
        "cellar": (text: "Nobody comes here. {if grain > 2: Not|Never}.", then: "end"),
        "end": (text: "The end.", ending: "over"),
    },
    vars: {"grain": Int(range: (0, 9), start: 2)},
    endings: {"over": (title: "Over", rank: 1), "other": (title: "Other", rank: 2)},
"##;

#[test]
fn what_no_play_reached_is_named() {
    let walked = walked(DEAD, 20, Hand::Uniform);
    assert_eq!(walked.unseen, ["cellar"]);
    assert_eq!(walked.untaken, ["start#never"]);
    assert_eq!(walked.unlocked, ["start#barred"]);
    assert_eq!(walked.endings, [("over".to_owned(), 20), ("other".to_owned(), 0)]);
    let unshown: Vec<(&str, &str)> = walked.unshown.iter().map(|a| (a.when.as_str(), a.words.as_str())).collect();
    let expected = [
        ("if grain > 2", "Not"),
        ("else of grain > 2", "Never"),
        ("if grain > 3", "Fat."),
        ("cycle 2 of 2", "Dusk."),
        ("once 2 of 2", "Its shadow."),
    ];
    assert_eq!(unshown, expected);
    let told = told(&walked, false);
    assert!(
        told.contains("  no play was shown (3)\n"),
        "those of scenes that were not entered go without saying: {told}"
    );
    assert!(told.contains("  no play came to these endings (1)\n    other\n"), "{told}");
}

#[test]
fn a_stuck_play_is_handed_back_and_can_be_followed() {
    let story = r##"
        scenes: {
            "start": (text: "A yard.", enter: ["luck = roll(1..6)"], choices: [(id: "well", say: "Look into the well", do: ["luck = roll(1..6)"], to: "well")]),
            "well": (text: "It is deep.", choices: [(id: "out", say: "Climb out", if: "luck > 9", to: "end")]),
            "end": (text: "Out.", ending: "out"),
        },
        vars: {"luck": Int(range: (0, 10))},
        endings: {"out": (title: "Out", rank: 1)},
    "##;
    for hand in [Hand::Uniform, Hand::Least, Hand::Greedy] {
        let walked = walked(story, 40, hand);
        assert_eq!((walked.lost.len(), walked.lost[0].why), (40, Why::Stuck));
        assert_eq!(walked.lost[0].scene, "well");
        for lost in &walked.lost {
            lost.route.play(&small::chapter(story), &mut ()).unwrap();
        }
    }
    let dir = small::folder(story);
    let folder = dir.path().to_str().unwrap();
    let walk = taiyuan(dir.path(), &["walk", folder, "--plays", "4"], "");
    let out = String::from_utf8(walk.stdout).unwrap();
    assert_eq!(walk.status.code(), Some(1));
    assert!(out.contains("stuck in `well` after 1 choice;"), "{out}");
    let route = out.lines().find_map(|line| line.strip_prefix('\'')?.strip_suffix('\'')).unwrap();
    let follow = taiyuan(dir.path(), &["play", "--plain", "--story", folder, "--route", route], "");
    let told = String::from_utf8(follow.stdout).unwrap();
    assert!(told.contains("It is deep.") && told.contains("There is no way on from here."), "{told}");
}

#[test]
fn a_play_that_does_not_end_is_handed_back() {
    let story = r##"
        scenes: {"start": (text: "A mill.", choices: [(id: "round", say: "Go round", again: true)]), "end": (text: "Out.", ending: "out")},
        endings: {"out": (title: "Out", rank: 1)},
    "##;
    let walked = walked(story, 1, Hand::Uniform);
    assert_eq!((walked.lost[0].why, walked.lost[0].choices), (Why::Endless, LONGEST));
    let told = told(&walked, false);
    assert!(told.contains("still in `start` after 5,000 choices"), "{told}");
    assert!(told.lines().any(|line| line.starts_with("'one seed=1 | round round")), "{told}");
}

/// A corridor in which every wrong turn leads back to its beginning.
fn corridor() -> String {
    let mut story = String::from("scenes: {");
    for at in 0..12 {
        let id = if at == 0 { "start".to_owned() } else { format!("room_{at}") };
        let wrong: String =
            (0..3).map(|n| format!("(id: \"wrong_{n}\", say: \"Turn {n}\", again: true, to: \"out\"),")).collect();
        story += &format!(
            "\"{id}\": (text: \"Room.\", choices: [{wrong}(id: \"on\", say: \"On\", to: \"room_{}\")]),",
            at + 1
        );
    }
    story += "\"room_12\": (text: \"Here.\", ending: \"in\"), \"out\": (text: \"Out.\", ending: \"out\")},";
    story + "endings: {\"in\": (title: \"In\", rank: 1), \"out\": (title: \"Out\", rank: 2)},"
}

#[test]
fn a_greedy_hand_finds_what_a_random_one_does_not() {
    let greedy = walked(&corridor(), 200, Hand::Greedy);
    assert_eq!((greedy.scenes.reached, greedy.choices.reached), (greedy.scenes.of, greedy.choices.of));
    let uniform = walked(&corridor(), 200, Hand::Uniform);
    assert!(uniform.scenes.reached < uniform.scenes.of);
}

#[test]
fn what_a_greedy_hand_goes_on_from_was_really_reached() {
    let chapter = play::chapter("aguda");
    let walked = walk(&chapter, &Orders { entry: Entry::Any, ..orders(&chapter, 60, Hand::Greedy) });
    assert_eq!(walked.lost, []);
    assert_eq!(walked.endings.iter().map(|(_, n)| n).sum::<usize>(), 60);
}

#[test]
fn the_outcome_is_the_same_however_many_threads() {
    let out = |threads: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_taiyuan"))
            .args(["walk", "--chapter", "aguda", "--plays", "60", "--hand", "greedy", "--carried", "any", "--json"])
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        output.stdout
    };
    assert_eq!(out("1"), out("3"));
}
