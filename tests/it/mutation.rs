//! The shipped siege with one change: what `prove` then says, held against plays.
#![allow(clippy::print_stdout, reason = "tables for whoever runs these by hand")]

mod change;
mod hand;

use std::sync::Arc;
use std::time::Instant;

use taiyuan::engine::Chapter;
use taiyuan::engine::look::open_choices;
use taiyuan::story::{Book, Sources};
use taiyuan::workshop::prove::{Basis, Budget, Claim, Verdict, prove, safety};

use change::{changed, points};
use hand::{End, Hand};

use crate::play::chapter;

/// Plays made of each mutant: half of them from what the record says, half from anything that may be carried in.
const PLAYS: u64 = 300;

#[derive(Default, Debug)]
struct Counts {
    proved: usize,
    refuted: usize,
    open: usize,
}

impl Counts {
    fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Proved(_) => self.proved += 1,
            Verdict::Refuted(_) => self.refuted += 1,
            Verdict::Open { .. } => self.open += 1,
        }
    }
}

/// Enough to prove of the siege as it is what must never be.
fn thorough() -> Budget {
    Budget::default()
}

/// For what can be reached: what is hard stays open.
fn brisk() -> Budget {
    Budget { states: 2_000, whole: 1_000, plays: 2_000, moves: 2_000, texts: false, about: None }
}

/// What is wrong with the verdicts on a mutant, in words; nothing if it flows for ever, which no loader lets pass.
fn held(chapter: &Arc<Chapter>, seed: u64, counts: &mut [Counts; 3]) -> Option<Vec<String>> {
    let mut hand = Hand::new(chapter);
    for play in 0..PLAYS {
        hand.play(seed.wrapping_mul(1_000).wrapping_add(play));
    }
    if hand.ring {
        return None;
    }
    let mut wrong = Vec::new();
    for (claim, verdict) in safety(chapter, &thorough()) {
        let counterexample = match claim {
            Claim::WayOn => {
                counts[0].add(&verdict);
                hand.stuck.clone()
            }
            Claim::CanEnd => {
                counts[1].add(&verdict);
                hand.stuck.clone().or_else(|| hand.lost.clone())
            }
            _ => None,
        };
        if let (Verdict::Proved(_), Some(play)) = (&verdict, counterexample) {
            wrong.push(format!("{claim:?} is proved, and a play shows otherwise: {play}"));
        }
        if let Verdict::Refuted(Basis::Play { route, .. }) = &verdict {
            match route.play(chapter, &mut ()) {
                Err(desync) => wrong.push(format!("{claim:?}: {route}: {desync}")),
                Ok(state) => {
                    let stuck = state.ended.is_none() && open_choices(chapter, &state).next().is_none();
                    let lost = || hand.ends_from(&state, seed) != End::Ended;
                    if (claim == Claim::WayOn && !stuck) || (claim == Claim::CanEnd && !stuck && !lost()) {
                        wrong.push(format!("{claim:?} is refuted by a play that does not show it: {route}"));
                    }
                }
            }
        }
    }
    let proofs = prove(std::slice::from_ref(chapter), None, &brisk());
    for (claim, verdict) in proofs.iter().flat_map(|p| &p.claims).filter(|(c, _)| c.kind().is_some()) {
        counts[2].add(verdict);
        match verdict {
            Verdict::Refuted(_) if hand.met(claim) => wrong.push(format!("{claim:?} is refuted, and a play meets it")),
            Verdict::Proved(Basis::Play { route, .. }) => {
                if let Err(desync) = route.play(chapter, &mut ()) {
                    wrong.push(format!("{claim:?}: {route}: {desync}"));
                }
            }
            _ => {}
        }
    }
    Some(wrong)
}

fn mutants(from: u64, wanted: usize) {
    let began = Instant::now();
    let siege = chapter("siege");
    let all = points(&siege);
    let mut counts = <[Counts; 3]>::default();
    let (mut done, mut rings, mut false_ones) = (0, 0, 0);
    for seed in from.. {
        if done == wanted {
            break;
        }
        let Some((mutant, what)) = changed(&siege, all, seed) else { continue };
        match held(&Arc::new(mutant), seed, &mut counts) {
            None => rings += 1,
            Some(wrong) => {
                done += 1;
                false_ones += wrong.len();
                wrong.iter().for_each(|w| println!("{what}: {w}"));
                println!("{done} ({seed}) {:?} {what}: a way on and can end {:?}", began.elapsed(), &counts[..2]);
            }
        }
    }
    println!("{done} mutants of {all} places, {rings} skipped, {:?}", began.elapsed());
    println!("{:<22}{:>8}{:>9}{:>8}", "", "proved", "refuted", "open");
    for (name, c) in ["a way on", "can end", "can be reached"].iter().zip(&counts) {
        println!("{name:<22}{:>8}{:>9}{:>8}", c.proved, c.refuted, c.open);
    }
    assert_eq!(false_ones, 0);
}

#[test]
#[ignore = "two hundred proofs of the siege: in release, by hand"]
fn two_hundred_changes_leave_nothing_falsely_proved() {
    let number = |name| std::env::var(name).ok().and_then(|n| n.parse().ok());
    mutants(number("SEED").unwrap_or(0), number("MUTANTS").unwrap_or(200) as usize);
}

/// The siege with these texts of a file replaced, each of which must stand there once.
fn broken(file: &str, changes: &[(&str, &str)]) -> Arc<Chapter> {
    let embedded = Sources::embedded();
    let mut texts: Vec<(String, String)> =
        embedded.files().iter().map(|source| (source.path.clone(), source.text.to_string())).collect();
    let (_, text) = texts.iter_mut().find(|(path, _)| path.ends_with(file)).unwrap();
    for (was, is) in changes {
        assert_eq!(text.matches(was).count(), 1, "{was}");
        *text = text.replace(was, is);
    }
    let book = Book::open(Sources::from_texts(texts)).unwrap_or_else(|report| panic!("{report}"));
    book.chapter("siege").unwrap_or_else(|report| panic!("{report}"))
}

/// The claims of safety that are not proved, each refuted by a play that can be played.
fn caught(chapter: &Arc<Chapter>) -> Vec<Claim> {
    let mut found = Vec::new();
    for (claim, verdict) in safety(chapter, &thorough()) {
        match verdict {
            Verdict::Proved(_) => continue,
            Verdict::Refuted(Basis::Play { route, .. }) => {
                println!("  {}: refuted by {route}", claim.words());
                route.play(chapter, &mut ()).unwrap_or_else(|desync| panic!("{route}: {desync}"));
            }
            other => println!("  {}: {other:?}", claim.words()),
        }
        found.push(claim);
    }
    found
}

const SAID: &str = "said: r#\"They lean on the wall, and the wall leans on them.\"#";

#[test]
#[ignore = "proofs of the siege: in release, by hand"]
fn a_day_that_stands_still_is_caught() {
    let was = "\"day = until\",\n                \"digs";
    let siege = broken("clock.ron", &[(was, "\"day = day\",\n                \"digs")]);
    assert!(!caught(&siege).is_empty());
}

#[test]
#[ignore = "proofs of the siege: in release, by hand"]
fn an_assault_whose_choices_all_have_conditions_is_caught() {
    let stand = "say: \"Have a chair brought\",";
    let spare = "say: \"Leave the parapet to those who cannot be moved\",";
    let siege = broken(
        "assaults.ron",
        &[
            (SAID, &format!("if: \"resolve > 5\", {SAID}")),
            (stand, &format!("{stand} if: \"resolve > 5\",")),
            (spare, &format!("{spare} if: \"resolve > 5\",")),
        ],
    );
    assert!(caught(&siege).contains(&Claim::WayOn));
}

#[test]
#[ignore = "proofs of the siege: in release, by hand"]
fn a_guard_of_the_clock_without_its_day_is_caught() {
    let was = "(if: \"day < 26 and until >= 26\", to: \"terms_26\"),\n            (if: \"acts == 1";
    let siege = broken("clock.ron", &[(was, "(if: \"until >= 26\", to: \"terms_26\"),\n            (if: \"acts == 1")]);
    assert!(!caught(&siege).is_empty());
}

#[test]
#[ignore = "proofs of the siege: in release, by hand"]
fn a_hold_that_asks_for_grain_is_caught() {
    let others = ["say: \"Have a chair brought\",", "say: \"Leave the parapet to those who cannot be moved\","];
    let siege = broken(
        "assaults.ron",
        &[
            (SAID, &format!("if: \"grain > 0\", {SAID}")),
            (others[0], &format!("{} if: \"grain > 0 and men > 3\",", others[0])),
            (others[1], &format!("{} if: \"grain > 10\",", others[1])),
        ],
    );
    assert!(caught(&siege).contains(&Claim::WayOn));
}

#[test]
#[ignore = "proofs of the siege: in release, by hand"]
fn a_card_that_is_never_dealt_is_caught() {
    let was = "title: \"Forty boats\", card: (deck: \"ledger\", if: \"phase == 1\")";
    let siege = broken("cards_1_4.ron", &[(was, &was.replace("phase == 1", "phase == 1 and day > 60"))]);
    let at = siege.scenes.iter().position(|s| s.card.is_some() && format!("{:?}", s.title).contains("Forty boats"));
    let id = siege.scenes[at.unwrap()].id.clone();
    let proofs = prove(&[siege], None, &Budget { states: 400_000, ..brisk() });
    let verdict = proofs[0].claims.iter().find(|(claim, _)| *claim == Claim::Scene(id.to_string())).unwrap();
    println!("  {verdict:?}");
    assert!(matches!(verdict.1, Verdict::Refuted(_)));
}
