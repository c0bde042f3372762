//! Golden vectors: a change of any of them would change the luck of every save and every record.

use taiyuan::engine::dice::{Forced, Keyed, Luck, Throw, shuffled};

fn throws(seed: u64, site: &str, low: i32, sides: u32) -> Vec<u32> {
    (0..12).map(|count| Keyed.draw(Throw { seed, site, count, low, sides })).collect()
}

#[test]
fn the_luck_of_a_seed_never_changes() {
    assert_eq!(throws(1126, "gate#open:luck", 1, 6), GATE);
    assert_eq!(throws(1126, "gate#open:luck", 0, 100), CHANCE);
    assert_eq!(throws(u64::MAX, "deck@spring", 0, 7), DECK);
    assert_eq!(shuffled(7, "siege/north_gate:0.1", 0, 6), ORDER);
}

const GATE: [u32; 12] = [4, 2, 4, 2, 3, 5, 1, 1, 4, 2, 2, 1];
const CHANCE: [u32; 12] = [81, 47, 70, 42, 54, 92, 21, 23, 81, 37, 48, 17];
const DECK: [u32; 12] = [3, 6, 4, 0, 3, 0, 2, 3, 4, 2, 5, 6];
const ORDER: [usize; 6] = [0, 4, 1, 3, 5, 2];

#[test]
fn another_site_another_count_or_another_seed_is_another_luck() {
    let here = throws(7, "a", 1, 1000);
    assert_ne!(here, throws(8, "a", 1, 1000));
    assert_ne!(here, throws(7, "b", 1, 1000));
    let mut sorted = here.clone();
    sorted.dedup();
    assert!(sorted.len() > 6, "the same face again and again: {here:?}");
}

#[test]
fn dice_are_fair_enough_to_play_with() {
    let mut faces = [0_u32; 6];
    for count in 0..60_000 {
        faces[Keyed.draw(Throw { seed: 3, site: "fair", count, low: 1, sides: 6 }) as usize] += 1;
    }
    for (face, n) in faces.iter().enumerate() {
        assert!((9_600..10_400).contains(n), "face {} fell {n} times of 60,000", face + 1);
    }
}

#[test]
fn a_die_with_one_face_and_a_die_with_none_both_fall() {
    for sides in [0, 1] {
        assert_eq!(Keyed.draw(Throw { seed: 1, site: "x", count: 0, low: 0, sides }), 0);
    }
}

#[test]
fn forced_luck_is_used_up_and_then_the_seed_decides() {
    let throw = |count| Throw { seed: 5, site: "s", count, low: 1, sides: 6 };
    let mut forced = Forced::new(&[2, 99]);
    assert_eq!(forced.draw(throw(0)), 2);
    assert_eq!(forced.draw(throw(1)), 5, "more than the die has: its highest face");
    assert_eq!(forced.draw(throw(2)), Keyed.draw(throw(2)));
    assert_eq!(forced.given().len(), 3);
}
