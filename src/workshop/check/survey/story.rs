//! A whole story.

use super::{Survey, Told};
use crate::engine::World;
use crate::engine::id::VarIx;
use crate::engine::text::Text;
use crate::story::Book;
use crate::story::place::{Field, Holder};

/// A whole story.
pub(in crate::workshop::check) struct Story<'a> {
    /// The story as it is written.
    pub(in crate::workshop::check) written: &'a Book,
    /// The same, and every translation.
    pub(in crate::workshop::check) books: &'a [Book],
    /// Its chapters, in playing order.
    pub(in crate::workshop::check) chapters: &'a [Survey<'a>],
}

/// Texts that belong to all chapters.
pub(in crate::workshop::check) fn shared_texts(world: &World) -> Vec<Told<'_>> {
    let items = world.items.iter().enumerate().map(|(at, item)| (Holder::Item(at.into()), &item.text));
    let people = world.people.iter().enumerate().map(|(at, person)| (Holder::Person(at.into()), &person.text));
    let codex = world.codex.iter().enumerate().map(|(at, entry)| (Holder::Codex(at.into()), &entry.text));
    let told = |(holder, text): (Holder, _)| Told { holder, field: Field::Text, text };
    let empty = |(_, text): &(Holder, &Text)| !text.is_empty();
    items.chain(people).chain(codex).filter(empty).map(told).collect()
}

/// Tells of every variable where it is known, whether it is read and whether it changes: a chapter's own by that chapter, a
/// shared one by all that know it.
pub(in crate::workshop::check) fn each_var(story: &Story<'_>, tell: &mut dyn FnMut(usize, VarIx, bool, bool)) {
    for (at, survey) in story.chapters.iter().enumerate() {
        for (ix, var) in survey.chapter.vars.iter().enumerate() {
            let mut read = survey.uses.read[ix];
            let mut written = survey.uses.written[ix];
            if var.shared {
                let before = story.chapters[..at].iter().any(|other| known(other, &var.id).is_some());
                if before {
                    continue;
                }
                for other in &story.chapters[at + 1..] {
                    if let Some(ix) = known(other, &var.id) {
                        read |= other.uses.read[ix.at()];
                        written |= other.uses.written[ix.at()];
                    }
                }
            }
            tell(at, VarIx::from(ix), read, written);
        }
    }
}

/// A shared variable of this id; a chapter may have its own of that name.
fn known(survey: &Survey<'_>, id: &str) -> Option<VarIx> {
    survey.chapter.find_var(id).filter(|ix| survey.chapter.var(*ix).shared)
}
