//! A proof held against the truth.

use std::sync::Arc;

use taiyuan::engine::chapter::{Carried, Given};
use taiyuan::engine::id::SceneIx;
use taiyuan::engine::look::{Standing, menu, open_choices, standing};
use taiyuan::engine::step::{Stage, carried};
use taiyuan::engine::{Chapter, Route, State};
use taiyuan::workshop::prove::{Basis, Claim, Proof, Verdict};

use super::told;
use super::truth::{Truth, withheld};

/// Where a proof of a story differs from the truth, in words.
pub(super) fn differences(
    chapters: &[Arc<Chapter>],
    truths: &[Truth],
    proofs: &[Proof],
    open_is_wrong: bool,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for ((chapter, truth), proof) in chapters.iter().zip(truths).zip(proofs) {
        let said: Vec<&Claim> = proof.claims.iter().map(|(c, _)| c).collect();
        let all: Vec<&Claim> = truth.claims.keys().collect();
        if said.iter().filter(|c| !matches!(c, Claim::Alternative { .. })).ne(all.iter()) {
            wrong.push(format!("{}: other claims than there are: {said:?}", chapter.id));
            continue;
        }
        for (claim, verdict) in &proof.claims {
            if let (Claim::Alternative { number, .. }, Verdict::Refuted(_)) = (claim, verdict)
                && told::ever(chapter).contains(number)
            {
                wrong.push(format!("{}: {claim:?} is refuted and told: {verdict:?}", chapter.id));
            }
            let alternative = matches!(claim, Claim::Alternative { .. });
            let Some(so) = truth.claims.get(claim).copied().or(alternative.then_some(true)) else { continue };
            let shown = match verdict {
                Verdict::Proved(_) if !so => Err("is proved and does not hold".to_owned()),
                Verdict::Refuted(_) if alternative => Ok(()),
                Verdict::Refuted(_) if so => Err("is refuted and holds".to_owned()),
                Verdict::Open { .. } if open_is_wrong && !alternative => Err(format!("is open and is {so}")),
                Verdict::Open { .. } => Ok(()),
                Verdict::Proved(basis) | Verdict::Refuted(basis) => shows(chapters, chapter, truth, claim, basis),
            };
            if let Err(why) = shown {
                wrong.push(format!("{}: {claim:?} {why}: {verdict:?}", chapter.id));
            }
        }
    }
    wrong
}

fn shows(
    chapters: &[Arc<Chapter>],
    chapter: &Chapter,
    truth: &Truth,
    claim: &Claim,
    basis: &Basis,
) -> Result<(), String> {
    let safety = matches!(claim, Claim::WayOn | Claim::CanEnd | Claim::Depth | Claim::Strict(_));
    let (route, before) = match basis {
        Basis::Argument(_) => return Ok(()),
        Basis::Play { route, before, .. } => (route, before),
    };
    let (start, given) = route.entry(chapter).map_err(|e| e.to_string())?;
    if safety {
        may_begin(chapter, start, &given)?;
    } else {
        comes_about(chapters, chapter, start, &given, before)?;
    }
    let (state, entered) = play(route, chapter)?;
    if let Claim::Alternative { number, .. } = claim {
        return if told::by(route, chapter)?.contains(number) { Ok(()) } else { Err("is not told in its play".into()) };
    }
    let find = |path: &str| chapter.find_choice(path).unwrap();
    let stands = |path: &str| {
        let choice = find(path);
        (state.ended.is_none() && menu(chapter, &state).contains(&choice)).then(|| standing(chapter, &state, choice))
    };
    let so = match claim {
        Claim::Scene(id) => entered.contains(&chapter.find_scene(id).unwrap()),
        Claim::Choice(path) => route.steps.last().is_some_and(|leap| leap.choice == chapter.choice(find(path)).key()),
        Claim::Locked(path) => stands(path) == Some(Standing::Locked),
        Claim::Ending(id) => state.ended == chapter.find_ending(id),
        Claim::Achievement(id) => state.achieved[chapter.find_achievement(id).unwrap().at()] == 1,
        Claim::Milestone(id) => {
            entered.iter().any(|s| chapter.scene(*s).milestone.is_some_and(|m| chapter.milestones[m.at()].id == *id))
        }
        Claim::WayOn => state.ended.is_none() && open_choices(chapter, &state).next().is_none(),
        Claim::CanEnd => truth.lost(chapter, &state) == Some(true),
        Claim::Strict(id) => {
            let var = chapter.find_var(id).unwrap();
            menu(chapter, &state).iter().any(|c| withheld(chapter, &state, *c).contains(&var))
        }
        _ => false,
    };
    if so { Ok(()) } else { Err("has a play that does not show it".to_owned()) }
}

fn play(route: &Route, chapter: &Chapter) -> Result<(State, Vec<SceneIx>), String> {
    let mut entered = Entered::default();
    let written: Route = route.to_string().parse().map_err(|e| format!("{e}"))?;
    let state = written.play(chapter, &mut entered).map_err(|e| e.to_string())?;
    Ok((state, entered.0))
}

/// That a play may begin so: declared by the chapter.
fn may_begin(chapter: &Chapter, start: SceneIx, given: &[Given]) -> Result<(), String> {
    let run = chapter.runs.iter().any(|run| run.start == start && run.given == given);
    let carried = start == chapter.start
        && given.iter().all(|g| {
            let range = match g.what {
                Carried::Var(ix) => chapter.var(ix).bounds(),
                Carried::Item(ix) => (0, chapter.world.item(ix).max),
            };
            chapter.carries.iter().any(|c| c.what == g.what) && (range.0..=range.1).contains(&g.value)
        });
    if run || carried { Ok(()) } else { Err("has a play that begins as none may".to_owned()) }
}

/// That a play begins as the chapter alone does, or a run, or as the plays before it leave it.
fn comes_about(
    chapters: &[Arc<Chapter>],
    chapter: &Chapter,
    start: SceneIx,
    given: &[Given],
    before: &[Route],
) -> Result<(), String> {
    let run = chapter.runs.iter().any(|run| run.start == start && run.given == given);
    let Some((last, earlier)) = before.split_last() else {
        let alone = start == chapter.start && given.is_empty();
        return if run || alone { Ok(()) } else { Err("has a play that begins as none does".to_owned()) };
    };
    let from = chapters.iter().find(|c| c.id == last.chapter).ok_or("names no chapter")?;
    let (first, with) = last.entry(from).map_err(|e| e.to_string())?;
    comes_about(chapters, from, first, &with, earlier)?;
    let (state, _) = play(last, from)?;
    let next = state.ended.and_then(|e| from.endings[e.at()].next.as_deref());
    if next != Some(chapter.id.as_str()) {
        return Err("has a play before it that does not lead here".to_owned());
    }
    if start != chapter.start || carried(from, &state, chapter) != given {
        return Err("has a play before it that leaves something else".to_owned());
    }
    Ok(())
}

#[derive(Default)]
struct Entered(Vec<SceneIx>);

impl Stage for Entered {
    fn entered(&mut self, _: &Chapter, _: &State, scene: SceneIx) {
        self.0.push(scene);
    }
}
