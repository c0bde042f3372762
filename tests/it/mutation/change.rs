//! One change to a condition or an effect of a checked chapter, such as can make no ring of flows.

use std::sync::Arc;

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use taiyuan::engine::Chapter;
use taiyuan::engine::chapter::{Flow, Goes};
use taiyuan::engine::effect::{Act, Effect};
use taiyuan::engine::expr::{Cond, Expr};
use taiyuan::engine::script::Script;

/// Something that can be changed.
enum Place<'c> {
    /// A condition.
    Cond(&'c mut Option<Cond>),
    /// A list of effects, and which of them.
    Effect(&'c mut Vec<Effect>, usize),
}

/// Shows every place of a chapter that can be changed, in order.
fn visit(chapter: &mut Chapter, see: &mut dyn FnMut(String, Place<'_>)) {
    fn flow(name: &str, flow: &mut Flow, see: &mut dyn FnMut(String, Place<'_>)) {
        let last = flow.len().saturating_sub(1);
        for (at, arrow) in flow.iter_mut().enumerate() {
            // An arrow that is taken once may be all that keeps scenes from flowing in a ring.
            let mut when = arrow.when.take().map(Arc::unwrap_or_clone);
            if at < last && !when.as_ref().is_some_and(asks_seen) {
                see(format!("{name} arrow {at}"), Place::Cond(&mut when));
            }
            arrow.when = when.map(Arc::new);
        }
    }
    fn effects(name: &str, effects: &mut Script, see: &mut dyn FnMut(String, Place<'_>)) {
        let mut list = std::mem::take(effects).to_vec();
        for at in 0..list.len() {
            see(format!("{name} effect {at}"), Place::Effect(&mut list, at));
        }
        *effects = list.into();
    }
    for scene in chapter.scenes.iter_mut() {
        let name = scene.id.clone();
        effects(&name, &mut scene.enter, see);
        for one in scene.rare.otherwise.iter_mut().chain(&mut scene.then) {
            flow(&name, one, see);
        }
        if let Some(card) = &mut scene.rare.card
            && card.when.is_some()
        {
            see(format!("{name} card"), Place::Cond(&mut card.when));
        }
    }
    for choice in chapter.choices.iter_mut() {
        let name = choice.path.clone();
        effects(&name, &mut choice.effects, see);
        let mut when = choice.when.take().map(Arc::unwrap_or_clone);
        if when.is_some() {
            see(name.to_string(), Place::Cond(&mut when));
        }
        choice.when = when.map(Arc::new);
        match &mut choice.goes {
            Goes::To(one) => flow(&name, one, see),
            Goes::Nested(_, Some(one)) => flow(&name, one, see),
            Goes::Visit(_) | Goes::Nested(_, None) | Goes::Rejoin => {}
        }
    }
    for deck in &mut chapter.decks {
        flow(&deck.id.clone(), &mut deck.none, see);
    }
}

fn asks_seen(cond: &Cond) -> bool {
    match cond {
        Cond::Seen(_) => true,
        Cond::Not(c) => asks_seen(c),
        Cond::All(all) | Cond::Any(all) => all.iter().any(asks_seen),
        _ => false,
    }
}

/// How many places there are.
pub(super) fn points(chapter: &Chapter) -> usize {
    let mut count = 0;
    visit(&mut chapter.clone(), &mut |_, _| count += 1);
    count
}

/// The chapter with one change drawn from a seed, and what it is; nothing if the change would be none.
pub(super) fn changed(chapter: &Chapter, points: usize, seed: u64) -> Option<(Chapter, String)> {
    let mut lots = ChaCha8Rng::seed_from_u64(seed);
    let which = below(&mut lots, points);
    let mut mutant = chapter.clone();
    let (mut at, mut told) = (0, None);
    visit(&mut mutant, &mut |name, place| {
        if at == which {
            let how = match place {
                Place::Cond(cond) => change_cond(cond, &mut lots),
                Place::Effect(list, at) => change_effect(list, at, &mut lots),
            };
            told = how.map(|how| format!("{name}: {how}"));
        }
        at += 1;
    });
    told.map(|told| (mutant, told))
}

fn below(lots: &mut ChaCha8Rng, n: usize) -> usize {
    usize::try_from(lots.next_u64() % n.max(1) as u64).unwrap()
}

fn change_cond(cond: &mut Option<Cond>, lots: &mut ChaCha8Rng) -> Option<String> {
    let before = cond.clone()?;
    let after = match below(lots, 6) {
        0 => Some(Cond::Not(Box::new(before.clone()))),
        1 => None,
        2 => match &before {
            Cond::All(all) if all.len() > 1 => {
                let mut all = all.clone();
                all.remove(below(lots, all.len()));
                Some(Cond::All(all))
            }
            Cond::Any(any) if any.len() > 1 => {
                let mut any = any.clone();
                any.remove(below(lots, any.len()));
                Some(Cond::Any(any))
            }
            _ => return None,
        },
        _ => {
            let mut after = before.clone();
            let count = constants(&mut after, &mut |_| {});
            let which = below(lots, count);
            let by = [1, -1, 1, -1, 10_000, -10_000][below(lots, 6)];
            let mut at = 0;
            constants(&mut after, &mut |n| {
                if at == which {
                    *n += by;
                }
                at += 1;
            });
            Some(after)
        }
    };
    if after.as_ref() == Some(&before) {
        return None;
    }
    let told = format!("{before:?} -> {after:?}");
    *cond = after;
    Some(told)
}

/// Shows every constant that something is compared with, and counts them.
fn constants(cond: &mut Cond, see: &mut dyn FnMut(&mut i32)) -> usize {
    match cond {
        Cond::Not(c) => constants(c, see),
        Cond::All(all) | Cond::Any(all) => all.iter_mut().map(|c| constants(c, see)).sum(),
        Cond::Compare(_, a, b) => number(a, see) + number(b, see),
        _ => 0,
    }
}

fn number(expr: &mut Expr, see: &mut dyn FnMut(&mut i32)) -> usize {
    match expr {
        Expr::Const(n) => {
            see(n);
            1
        }
        Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Min(a, b) | Expr::Max(a, b) => {
            number(a, see) + number(b, see)
        }
        Expr::If(c, a, b) => constants(c, see) + number(a, see) + number(b, see),
        Expr::Neg(a) => number(a, see),
        _ => 0,
    }
}

fn change_effect(list: &mut Vec<Effect>, at: usize, lots: &mut ChaCha8Rng) -> Option<String> {
    let before = list[at].clone();
    match below(lots, 4) {
        0 => {
            list.remove(at);
            return Some(format!("without {before:?}"));
        }
        1 if list[at].when.is_some() => {
            change_cond(&mut list[at].when, lots)?;
        }
        2 => match &mut list[at].act {
            Act::Set(_, expr) => {
                let more = below(lots, 2) == 0;
                let by = Box::new(Expr::Const(if more { 1 } else { -1 }));
                *expr = Expr::Add(Box::new(expr.clone()), by);
            }
            Act::Test(_, cond) => *cond = Cond::Not(Box::new(cond.clone())),
            Act::Give(_, expr) | Act::Take(_, expr) => *expr = Expr::Const(0),
            _ => return None,
        },
        _ => {
            let Act::Set(_, expr) = &mut list[at].act else { return None };
            *expr = Expr::Const([0, 1, 10_000, -10_000][below(lots, 4)]);
        }
    }
    (list[at] != before).then(|| format!("{before:?} -> {:?}", list[at]))
}
