//! The cheapest way to a goal: as cheap as looking at every play says, played again, bounded from below, asked for in words.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use taiyuan::engine::dice::{Forced, Keyed, Luck, Throw};
use taiyuan::engine::look::open_choices;
use taiyuan::engine::step::{begin, step_with};
use taiyuan::engine::{Chapter, Route, State};
use taiyuan::speedrun::Replay;
use taiyuan::workshop::route::{Aim, Asked, Beginning, Found, Limits, Verdict, find};

use crate::cli::run;
use crate::{play, replays, small};

/// A town with a clock, a die, a deck and a purse: small enough to look at whole.
const TOWN: &str = r#"
    vars: {
        "hour": Int(range: (0, 9), start: 0), "coins": Int(range: (0, 6), start: 1), "die": Int(range: (0, 6), start: 0),
        "orders": Int(range: (0, 99), start: 0), "debt": Int(range: (-9, 9), start: 0), "rope": Flag(),
    },
    scenes: {
        "start": (then: "square"),
        "square": (text: "The square.", choices: [
            (id: "beg", say: "Beg", again: true, if: "hour < 9", do: ["hour += 1", "orders += 1", "coins += 1"]),
            (id: "dice", say: "Throw dice", again: true, if: "hour < 8 and coins > 0",
             do: ["hour += 2", "orders += 1", "die = roll(1..6)", "coins += 3 if die >= 4", "coins -= 1 if die < 4", "die = 0"]),
            (id: "walk", say: "Walk", again: true, if: "hour < 9", do: ["hour += 1"], to: [(draw: "street")]),
            (id: "pay", say: "Pay the gate", if: "coins >= 5", do: ["debt -= 2"], to: "gate"),
            (id: "climb", say: "Climb", if: "rope", do: ["debt += 3"], to: "gate"),
            (id: "sleep", say: "Sleep", to: "night"),
        ]),
        "purse": (card: (deck: "street", weight: 1), text: "A purse.", enter: ["coins += 2"], choices: [(id: "on", say: "On", to: "square")]),
        "maker": (card: (deck: "street", weight: 3, if: "hour >= 2"), text: "A rope maker.", choices: [
            (id: "take", say: "Take a rope", do: ["rope = true"], to: "square"), (id: "leave", say: "Leave", to: "square"),
        ]),
        "fog": (card: (deck: "street", weight: 2, again: true), text: "Fog.", then: "square"),
        "gate": (text: "The gate.", milestone: "gate", choices: [(id: "out", say: "Out", to: "free")]),
        "free": (text: "Free.", ending: "free"),
        "night": (text: "Night.", ending: "asleep"),
    },
    decks: {"street": (none: "square")},
    milestones: {"gate": (title: "The gate")},
    endings: {"free": (title: "Free", rank: 1), "asleep": (title: "Asleep", rank: 2)},
    runs: {"dash": (title: "Dash", start: "square", goal: "seen(free)", milestones: ["gate"], seed: 5, rank: Turns)},
"#;

const LIMITS: Limits = Limits { states: 200_000, time: Duration::from_secs(20) };

fn town() -> Arc<Chapter> {
    small::chapter(TOWN)
}

fn asked(chapter: &Chapter, goal: &str, least: Option<&str>, seed: Option<u64>) -> Asked {
    Asked {
        beginning: Beginning::of_chapter(chapter),
        goal: Aim::read(chapter, goal).unwrap().goal,
        least: least.map(|id| chapter.find_var(id).unwrap()),
        seed,
        track: Vec::new(),
        known: None,
    }
}

/// Luck that asks how many sides there are when nothing is left of what was decided.
struct Asking<'f> {
    faces: &'f [u32],
    at: usize,
    sides: Option<u32>,
}

impl Luck for Asking<'_> {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        self.at += 1;
        self.faces.get(self.at - 1).copied().unwrap_or_else(|| {
            self.sides.get_or_insert(throw.sides);
            0
        })
    }
}

/// Every state a choice can lead to: one with the luck of the seed, all of them without.
fn after(chapter: &Chapter, state: &State, choice: taiyuan::engine::id::ChoiceIx, seeded: bool) -> Vec<State> {
    if seeded {
        let mut next = state.clone();
        step_with(chapter, &mut next, choice, &mut Keyed, &mut ()).unwrap();
        return vec![next];
    }
    let mut all = Vec::new();
    let mut waiting: Vec<Vec<u32>> = vec![Vec::new()];
    while let Some(faces) = waiting.pop() {
        let mut next = state.clone();
        let mut luck = Asking { faces: &faces, at: 0, sides: None };
        step_with(chapter, &mut next, choice, &mut luck, &mut ()).unwrap();
        match luck.sides {
            None => {
                next.drawn.iter_mut().for_each(|n| *n = 0);
                all.push(next);
            }
            Some(sides) => waiting.extend((0..sides).map(|face| [&faces[..], &[face]].concat())),
        }
    }
    all
}

/// What every play that comes to the goal costs at least, by looking at all of them.
fn by_looking_at_all(chapter: &Chapter, asked: &Asked) -> Option<i64> {
    let seed = asked.seed.unwrap_or(0);
    let first = begin(chapter, asked.beginning.scene, seed, &asked.beginning.given, &mut Keyed, &mut ());
    let mut seen = BTreeSet::new();
    let mut waiting = VecDeque::from([(first, 0_i64)]);
    let mut least: Option<i64> = None;
    while let Some((mut state, choices)) = waiting.pop_front() {
        if asked.goal.holds(chapter, &state) {
            let cost = asked.least.map_or(choices, |var| i64::from(state.vars[var.at()]));
            least = Some(least.map_or(cost, |least| least.min(cost)));
            if asked.least.is_none() {
                return least;
            }
            continue;
        }
        // When a scene was entered matters to nothing here.
        state.last.iter_mut().for_each(|turn| *turn = 0);
        state.turn = 0;
        if !seen.insert(format!("{state:?}")) {
            continue;
        }
        let open: Vec<_> = open_choices(chapter, &state).collect();
        for choice in open {
            waiting.extend(after(chapter, &state, choice, asked.seed.is_some()).into_iter().map(|s| (s, choices + 1)));
        }
    }
    least
}

/// The route is real: it plays, and the goal holds with its last choice and not before.
fn check(chapter: &Chapter, asked: &Asked, found: &Found) {
    if let (Some(bound), Some(cost)) = (found.bound, found.cost) {
        assert!(bound <= cost, "{found:?}");
        assert!(found.relaxation.bound.is_some_and(|relaxed| relaxed <= bound), "{found:?}");
    }
    let Some(route) = &found.route else { return };
    let read: Route = route.to_string().parse().unwrap();
    assert_eq!(&read, route);
    if asked.seed.is_some() {
        assert!(route.steps.iter().all(|leap| leap.forced.is_empty()), "{route}");
    }
    for steps in 0..=route.steps.len() {
        let part = Route { steps: route.steps[..steps].to_vec(), ..route.clone() };
        let state = part.play(chapter, &mut ()).unwrap();
        assert_eq!(asked.goal.holds(chapter, &state), steps == route.steps.len(), "{part}");
        if steps == route.steps.len() {
            let cost = asked.least.map_or(i64::from(state.turn), |var| i64::from(state.vars[var.at()]));
            assert_eq!(found.cost, Some(cost), "{route}");
        }
    }
}

fn agrees(chapter: &Chapter, asked: &Asked) {
    let found = find(chapter, asked, &LIMITS).unwrap();
    check(chapter, asked, &found);
    let least = by_looking_at_all(chapter, asked);
    assert_eq!(found.cost, least, "{found:?}");
    let verdict = if least.is_some() { Verdict::Optimal } else { Verdict::Never };
    assert_eq!(found.verdict, verdict, "{found:?}");
}

#[test]
fn with_a_seed_it_is_as_cheap_as_looking_at_every_play_says() {
    let chapter = town();
    for seed in 0..12 {
        for goal in ["free", "milestone:gate", "rope and coins >= 4", "coins == 6 and hour <= 3", "visits(fog) >= 3"] {
            agrees(&chapter, &asked(&chapter, goal, None, Some(seed)));
        }
    }
}

#[test]
fn with_the_best_luck_it_is_as_cheap_as_looking_at_every_play_says() {
    let chapter = town();
    for goal in ["free", "rope and coins >= 4", "coins == 6 and hour <= 3", "visits(fog) >= 3"] {
        for least in [None, Some("orders"), Some("hour"), Some("debt"), Some("coins")] {
            agrees(&chapter, &asked(&chapter, goal, least, None));
        }
    }
}

#[test]
fn a_variable_is_least_at_the_goal() {
    let chapter = town();
    for seed in 0..6 {
        for least in ["orders", "hour", "debt", "coins"] {
            agrees(&chapter, &asked(&chapter, "free", Some(least), Some(seed)));
            agrees(&chapter, &asked(&chapter, "night", Some(least), Some(seed)));
        }
    }
}

#[test]
fn what_cannot_be_reached_is_said_to_be_so() {
    let chapter = town();
    let found = find(&chapter, &asked(&chapter, "coins == 6 and hour == 1", None, None), &LIMITS).unwrap();
    assert_eq!((found.verdict, found.route, found.bound), (Verdict::Never, None, None));
}

#[test]
fn a_search_that_is_cut_short_has_bounds_and_no_lies() {
    let chapter = play::chapter("siege");
    let (beginning, run) = Beginning::read(&chapter, "river").unwrap();
    let goal = chapter.runs[run.unwrap()].goal.clone();
    let track = vec!["acts".to_owned(), "day".to_owned()];
    let asked = Asked { beginning, goal, least: None, seed: Some(1126), track, known: None };
    let found = find(&chapter, &asked, &Limits { states: 3_000, time: Duration::from_secs(4) }).unwrap();
    assert_ne!(found.verdict, Verdict::Never);
    assert!(found.bound.unwrap() >= 4, "{found:?}");
    check(&chapter, &asked, &found);
}

#[test]
fn a_known_play_is_begun_from_and_never_lost() {
    let chapter = play::chapter("siege");
    let (beginning, run) = Beginning::read(&chapter, "river").unwrap();
    let goal = chapter.runs[run.unwrap()].goal.clone();
    let replay = Replay::read(replays::recorded("siege-river").as_bytes()).unwrap();
    let known = replay.leg().route(replay.log.seed);
    let choices = i64::try_from(known.steps.len()).unwrap();
    let asked =
        Asked { beginning, goal, least: None, seed: Some(replay.log.seed), track: Vec::new(), known: Some(known) };
    let found = find(&chapter, &asked, &Limits { states: 1_000, time: Duration::from_secs(4) }).unwrap();
    assert!(found.cost.unwrap() <= choices, "{found:?}");
    check(&chapter, &asked, &found);
}

#[test]
fn forced_luck_is_what_a_route_without_a_seed_needs() {
    let chapter = town();
    let found = find(&chapter, &asked(&chapter, "coins >= 4", None, None), &LIMITS).unwrap();
    let route = found.route.unwrap();
    assert_eq!(route.steps.len(), 1);
    assert!(route.steps[0].forced[0] >= 3, "{route}");
    let mut luck = Forced::new(&route.steps[0].forced);
    assert!(luck.draw(Throw { seed: 0, site: "x", count: 0, low: 1, sides: 6 }) >= 3);
}

#[test]
fn the_command_says_what_it_found_and_how_sure_it_is() {
    let dir = small::folder(TOWN);
    let story = dir.path().to_str().unwrap();
    let (code, out, err) = run(&["route", story, "--chapter", "one", "--to", "dash", "--seconds", "20"], "");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.starts_with("one: to the run `dash`, with seed 5\n  optimal "), "{out}");
    assert!(out.contains("\n  one@square seed=5 | "), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80 || line.contains('|')), "{out}");
    let (_, out, _) = run(&["route", story, "--chapter", "one", "--to", "free", "--any-luck", "--json"], "");
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["verdict"], "optimal");
    assert_eq!(found["cost"], found["bound"]);
}

#[test]
fn a_route_is_written_to_a_file_that_plays() {
    let dir = small::folder(TOWN);
    let story = dir.path().to_str().unwrap();
    let file = dir.path().join("best.replay");
    let file = file.to_str().unwrap();
    let (code, out, err) = run(&["route", story, "--chapter", "one", "--to", "dash", "--out", file], "");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let (code, out, err) = run(&["verify", file, "--story", story], "");
    assert!(out.contains("made by a program") || code == 1, "{code} {out} {err}");
    let line = dir.path().join("best.txt");
    let line = line.to_str().unwrap();
    let (code, _, _) = run(&["route", story, "--chapter", "one", "--to", "gate", "--any-luck", "--out", line], "");
    assert_eq!(code, 0);
    let route: Route = std::fs::read_to_string(line).unwrap().trim().parse().unwrap();
    route.play(&town(), &mut ()).unwrap();
}

#[test]
fn what_is_no_goal_is_refused_in_words() {
    let dir = small::folder(TOWN);
    let story = dir.path().to_str().unwrap();
    let refused = |more: &[&str]| {
        let (code, out, err) = run(&[&["route", story, "--chapter", "one"][..], more].concat(), "");
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        err
    };
    assert!(
        refused(&["--to", "coins >"]).contains("`coins >`: it is no run, ending"),
        "{}",
        refused(&["--to", "coins >"])
    );
    assert!(refused(&["--to", "coin == 3"]).contains("did you mean `coins`?"), "{}", refused(&["--to", "coin == 3"]));
    assert!(refused(&["--to", "scene:nowhere"]).contains("there is no scene `nowhere`"));
    assert!(refused(&["--to", "free", "--cost", "gold"]).contains("there is no variable `gold`"));
    assert!(refused(&["--to", "free", "--from", "moon"]).contains("there is no run or scene `moon`"));
    assert!(refused(&["--to", "free", "--track", "moon"]).contains("`moon`"));
}
