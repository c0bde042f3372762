//! `prove`: what can be reached, and that no play gets stuck.

use std::io::Write;
use std::sync::Arc;

use clap::Args;

use super::stop::{CLEAN, FOUND, Stop};
use super::story::{Story, no_chapter};
use crate::engine::Chapter;
use crate::story::closest;
use crate::workshop;
use crate::workshop::prove::{Budget, report};

#[derive(Clone, Debug, Args)]
pub(super) struct Prove {
    #[command(flatten)]
    story: Story,
    /// Only this chapter; those before it are played as far as it needs
    #[arg(long, value_name = "ID")]
    chapter: Option<String>,
    /// The most states that one proof may look at at a time [default: 400000]
    #[arg(long, value_name = "N")]
    budget: Option<usize>,
    /// Also whether every alternative of every text can be read
    #[arg(long)]
    texts: bool,
    /// Tell only what is claimed of this scene, choice, ending, achievement or milestone, and why
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
}

pub(super) fn run(args: &Prove, out: &mut dyn Write) -> Result<u8, Stop> {
    let chapters = args.story.chapters()?;
    if let Some(id) = &args.chapter
        && !chapters.iter().any(|c| c.id == *id)
    {
        let order: Vec<String> = chapters.iter().map(|c| c.id.clone()).collect();
        return Err(no_chapter(id, &order));
    }
    if let Some(id) = &args.explain {
        is_there(&chapters, id)?;
    }
    let mut budget = Budget { texts: args.texts, ..Budget::default() };
    if let Some(states) = args.budget {
        budget.states = states;
        budget.whole = states.min(budget.whole.max(states / 2));
    }
    let only = args.chapter.as_deref();
    let proofs = match &args.explain {
        Some(id) => workshop::prove::explain(&chapters, only, id, &budget),
        None => workshop::prove::prove(&chapters, only, &budget),
    };
    if let (true, Some(id)) = (proofs.is_empty(), &args.explain) {
        return Err(Stop::could_not(format!("nothing is claimed of `{id}`")));
    }
    if args.story.json {
        let document = serde_json::to_string_pretty(&proofs).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        for proof in &proofs {
            report::write(proof, args.explain.is_some(), out).map_err(Stop::could_not)?;
        }
    }
    Ok(if proofs.iter().all(workshop::prove::Proof::clean) { CLEAN } else { FOUND })
}

/// Whether something is called so that claims are made of: a proof would take long to find nothing.
fn is_there(chapters: &[Arc<Chapter>], id: &str) -> Result<(), Stop> {
    let ids = |c: &'_ Chapter| -> Vec<String> {
        let scenes = c.scenes.iter().map(|one| one.id.to_string());
        let choices = c.choices.iter().map(|one| one.path.to_string());
        let goals = c.endings.iter().map(|one| &one.id).chain(c.milestones.iter().map(|one| &one.id));
        scenes.chain(choices).chain(goals.chain(c.achievements.iter().map(|one| &one.id)).cloned()).collect()
    };
    let known: Vec<String> = chapters.iter().flat_map(|chapter| ids(chapter)).collect();
    if known.iter().any(|known| known == id) {
        return Ok(());
    }
    // A choice is meant by what is written like one.
    let alike = known.iter().map(String::as_str).filter(|known| known.contains('#') == id.contains('#'));
    let meant = closest(id, alike);
    let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
    Err(Stop::could_not(format!("no scene, choice, ending, achievement or milestone is called `{id}`{meant}")))
}
