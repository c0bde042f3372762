//! Hands that stray now and then, until one of them wins a category.

use taiyuan::engine::chapter::{Chapter, Run};
use taiyuan::engine::dice::{Keyed, Luck, Throw};
use taiyuan::engine::step::{begin, step};

use super::eyes::Eyes;
use super::rows::{Row, rows};
use super::tally::LONGEST;

/// How often every hand that starts where the category does is let stray.
const ROUNDS: u32 = 200;
/// One choice in so many is any.
const STRAYS: u32 = 12;

/// The choices of a run that wins, if one was found; the same every time.
pub(crate) fn winning(chapter: &Chapter, run: &Run, seed: u64) -> Option<Vec<String>> {
    let rows: Vec<Row> = rows().into_iter().filter(|row| chapter.scene(run.start).id == row.start).collect();
    let rounds = (0..ROUNDS).flat_map(|round| rows.iter().map(move |row| (round, row)));
    rounds.into_iter().find_map(|(round, row)| straying(chapter, run, seed, round, row))
}

fn straying(chapter: &Chapter, run: &Run, seed: u64, round: u32, row: &Row) -> Option<Vec<String>> {
    let mut state = begin(chapter, run.start, seed, &run.given, &mut Keyed, &mut ());
    let mut keys = Vec::new();
    while state.ended.is_none() && keys.len() < LONGEST {
        let page = Eyes::on(chapter, &state);
        let count = round * u32::try_from(LONGEST).unwrap() + state.turn;
        let draw = |site, sides| Keyed.draw(Throw { seed, site, count, low: 0, sides });
        let strays = round > 0 && draw("strays", STRAYS) == 0;
        let choice = if strays {
            page.open[draw("where", u32::try_from(page.open.len()).unwrap()) as usize]
        } else {
            row.hand.choose(&page)
        };
        step(chapter, &mut state, choice).unwrap();
        keys.push(chapter.choice(choice).key().to_owned());
        if run.goal.holds(chapter, &state) {
            return Some(keys);
        }
    }
    None
}
