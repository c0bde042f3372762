//! What a play tells, as lines of text: a paragraph a line, so that a change of one is a change of one line.

use crate::engine::chapter::Chapter;
use crate::engine::look::{Offer, words};
use crate::engine::render::{Para, with_commas};
use crate::engine::{Event, Page};

/// The lines an event is told in; none if nobody is told.
pub(super) fn event(chapter: &Chapter, event: &Event) -> Vec<String> {
    let world = &chapter.world;
    match event {
        Event::Chose { key, say } => vec![format!("> {}  [{key}]", words(say))],
        Event::Said(paras) => paras.iter().map(|para| paragraph(chapter, para)).collect(),
        Event::Scene { scene, title, place, date, text } => {
            let place = place.map(|ix| world.place(ix).name.as_str());
            let parts: Vec<&str> = [title.as_deref(), place, date.as_deref()].into_iter().flatten().collect();
            let head = format!("[{}] {}", chapter.scene(*scene).id, parts.join(", "));
            let paras = text.iter().map(|para| paragraph(chapter, para));
            std::iter::once(head.trim_end().to_owned()).chain(paras).collect()
        }
        Event::Stat { var, from, to } => {
            let var = chapter.var(*var);
            let label = var.shown.as_ref().map_or(var.id.as_str(), |shown| shown.label.as_str());
            vec![format!("({label}: {} to {})", var.written(*from), var.written(*to))]
        }
        Event::Item { item, from, to } => {
            let name = &world.item(*item).name;
            vec![format!("({name}: {} to {})", with_commas(*from), with_commas(*to))]
        }
        Event::Learned(entry) => vec![format!("(codex: {})", world.entry(*entry).title)],
        Event::Met(person) => vec![format!("(met: {})", world.person(*person).name)],
        Event::Milestone(ix) => vec![format!("(milestone: {})", chapter.milestones[ix.at()].title)],
        Event::Achieved(ix) => vec![format!("(achievement: {})", chapter.achievements[ix.at()].title)],
        Event::Ended(ix) => vec![format!("THE END: {}", chapter.endings[ix.at()].title)],
    }
}

/// A choice of a menu, with its key.
pub(super) fn offer(chapter: &Chapter, offer: &Offer) -> String {
    let key = chapter.choice(offer.choice).key();
    match &offer.locked {
        None => format!("* {}  [{key}]", words(&offer.say)),
        Some(reason) => format!("- {} ({})  [{key}]", words(&offer.say), words(reason)),
    }
}

/// A page with its menu.
pub(super) fn page(chapter: &Chapter, page: &Page) -> Vec<String> {
    let scene = Event::Scene {
        scene: page.scene,
        title: page.title.clone(),
        place: page.place,
        date: page.date.clone(),
        text: page.text.clone(),
    };
    let mut lines = event(chapter, &scene);
    lines.extend(page.offers.iter().map(|one| offer(chapter, one)));
    lines.extend(page.ended.into_iter().flat_map(|ending| event(chapter, &Event::Ended(ending))));
    lines
}

fn paragraph(chapter: &Chapter, para: &Para) -> String {
    match para.speaker {
        Some(person) => format!("{}: {}", chapter.world.person(person).name, para.plain()),
        None => para.plain(),
    }
}
