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

#[derive(Default)]
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

/// Enough to decide what must never be.
fn thorough() -> Budget {
    Budget { states: 150_000, ..Budget::default() }
}

/// For what can be reached: what is hard stays open.
fn brisk() -> Budget {
    Budget { states: 2_000, whole: 1_000, plays: 2_000, moves: 2_000, texts: false }
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

fn mutants(wanted: usize) {
    let began = Instant::now();
    let siege = chapter("siege");
    let all = points(&siege);
    let mut counts = <[Counts; 3]>::default();
    let (mut done, mut rings, mut false_ones) = (0, 0, 0);
    for seed in 0.. {
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
    mutants(std::env::var("MUTANTS").ok().and_then(|n| n.parse().ok()).unwrap_or(200));
}

/// The siege with one text replaced, which must stand there once.
fn broken(file: &str, was: &str, is: &str) -> Arc<Chapter> {
    let texts = Sources::embedded();
    let mut found = 0;
    let texts = texts.files().iter().map(|source| {
        let mut text = source.text.to_string();
        if source.path.ends_with(file) {
            found += text.matches(was).count();
            text = text.replace(was, is);
        }
        (source.path.clone(), text)
    });
    let texts: Vec<_> = texts.collect();
    assert_eq!(found, 1, "{was}");
    let book = Book::open(Sources::from_texts(texts)).unwrap_or_else(|report| panic!("{report}"));
    book.chapter("siege").unwrap_or_else(|report| panic!("{report}"))
}

/// The claims of safety that are refuted, each by a play.
fn refuted(name: &str, chapter: &Arc<Chapter>) -> Vec<Claim> {
    let mut found = Vec::new();
    for (claim, verdict) in safety(chapter, &Budget::default()) {
        println!("{name}: {}: {verdict:?}", claim.words());
        if let Verdict::Refuted(Basis::Play { route, .. }) = verdict {
            route.play(chapter, &mut ()).unwrap_or_else(|desync| panic!("{route}: {desync}"));
            found.push(claim);
        }
    }
    found
}

#[test]
#[ignore = "five proofs of the siege: in release, by hand"]
fn five_breakages_are_caught() {
    let day = broken(
        "clock.ron",
        "\"ration = bran if grain == 0\", \"day = until\",\n                \"digs",
        "\"ration = bran if grain == 0\",\n                \"digs",
    );
    let page = broken(
        "assaults.ron",
        "(id: \"hold\", say: \"Hold\", said: r#\"They lean",
        "(id: \"hold\", say: \"Hold\", if: \"resolve > 5\", said: r#\"They lean",
    );
    let guard = broken(
        "clock.ron",
        "(if: \"day < 26 and until >= 26\", to: \"terms_26\"),\n            (if: \"acts == 1",
        "(if: \"until >= 26\", to: \"terms_26\"),\n            (if: \"acts == 1",
    );
    let grain = broken(
        "assaults.ron",
        "(id: \"hold\", say: \"Hold as ordered\",",
        "(id: \"hold\", say: \"Hold as ordered\", if: \"grain > 0\",",
    );
    for (name, chapter) in [
        ("the day stands still", &day),
        ("an assault without a sure choice", &page),
        ("a guard of the clock", &guard),
        ("hold asks for grain", &grain),
    ] {
        let claims = refuted(name, chapter);
        println!("{name}: {claims:?}");
    }
    let card = broken(
        "cards_1_4.ron",
        "title: \"Forty boats\", card: (deck: \"ledger\", if: \"phase == 1\")",
        "title: \"Forty boats\", card: (deck: \"ledger\", if: \"phase == 1 and day > 60\")",
    );
    let proofs = prove(&[card], None, &brisk());
    for (claim, verdict) in proofs.iter().flat_map(|p| &p.claims) {
        if matches!(claim, Claim::Scene(_)) && !matches!(verdict, Verdict::Proved(_)) {
            println!("a card that is never dealt: {}: {verdict:?}", claim.words());
        }
    }
}
