//! Choices: where each leads, what it does, and that it leads only one way.

use super::Linker;
use super::index::{Paths, Slot};
use crate::engine::chapter::{Arrow, Choice, ChoiceRare, Goes, Target};
use crate::engine::excerpt::Excerpt;
use crate::engine::id::{ChoiceIx, DeckIx, SceneIx};
use crate::story::desk::Written;
use crate::story::diagnostic::Spot;
use crate::story::fault::Fault;
use crate::story::names::Kind;
use crate::story::raw;

/// The most choices a menu may have.
pub(super) const MOST: usize = 40;

impl<'s> Linker<'_, 's> {
    /// Links choices that have their numbers. They get their paths when all are known, and this until then.
    pub(super) fn choices(&self, slots: Vec<Slot<'_, 's>>, paths: &Paths, none: &Excerpt, out: &mut Vec<Choice>) {
        out.extend(slots.into_iter().map(|slot| self.choice(slot, paths, none)));
    }

    fn choice(&self, slot: Slot<'_, 's>, paths: &Paths, none: &Excerpt) -> Choice {
        let (raw, entry, scope) = (slot.raw, slot.entry, &self.scope);
        let id = Written { text: &raw.id, entry };
        let (chapter, path) = (self.around.id, paths.path(slot.number));
        let key = format_args!("{chapter}/{path}");
        let (effects, strict) = scope.chosen(&raw.effects, path, entry);
        if let (Some(locked), None) = (&raw.locked, &raw.when)
            && !strict
        {
            self.desk().about(Fault::LockedWithoutIf, Written { text: locked, entry });
        }
        if raw.then.is_some() && raw.choices.is_none() {
            self.desk().about(Fault::ThenWithoutChoices, id);
        }
        if raw.choices.as_ref().is_some_and(Vec::is_empty) {
            self.desk().about(Fault::NoChoices, id);
        }
        if slot.nested.len() > MOST {
            self.desk().about(Fault::TooMany { what: "choices in a menu".to_owned(), most: MOST }, id);
        }
        Choice {
            key_at: u32::try_from(slot.key_at).unwrap_or(0),
            say: scope.text(key, &raw.say, entry),
            when: raw.when.as_ref().and_then(|text| scope.shared_condition(Written { text, entry })),
            again: raw.again,
            effects,
            strict,
            goes: self.goes(raw, slot.nested, entry),
            rare: ChoiceRare {
                parent: slot.parent,
                said: scope
                    .text_or_none(format_args!("{key}.said"), raw.said.as_ref(), entry)
                    .filter(|text| !text.is_empty()),
                locked: scope.text_or_none(format_args!("{key}.locked"), raw.locked.as_ref(), entry),
            }
            .into(),
            path: none.clone(),
        }
    }

    fn goes(&self, raw: &raw::Choice<'s>, nested: Vec<ChoiceIx>, entry: Spot) -> Goes {
        let key = || self.desk().whole(Written { text: &raw.id, entry });
        let all = [
            ("to", raw.to.is_some()),
            ("visit", raw.visit.is_some()),
            ("draw", raw.draw.is_some()),
            ("back", raw.back),
            ("choices", raw.choices.is_some()),
        ];
        let mut ways = all.into_iter().filter_map(|(name, given)| given.then_some(name));
        if let (Some(one), Some(other)) = (ways.next(), ways.next()) {
            self.desk().error(Fault::TwoTargets { one: one.to_owned(), other: other.to_owned() }, key());
        }
        if let Some(flow) = &raw.to {
            return Goes::To(self.flow(flow, key(), entry));
        }
        if let Some(text) = &raw.visit {
            let scene = self.scope.id(Kind::Scene, Written { text, entry });
            return scene.map_or(Goes::Rejoin, |at| Goes::Visit(SceneIx::from(at)));
        }
        let straight = |target| Goes::To(Arrow { when: None, target }.into());
        if let Some(deck) = self.scope.optional::<DeckIx>(Kind::Deck, raw.draw.as_ref(), entry) {
            return straight(Target::Draw(deck));
        }
        if raw.back {
            return straight(Target::Back);
        }
        if raw.choices.is_some() {
            let then = self.flow_or_none(raw.then.as_ref(), key(), entry);
            return Goes::Nested(Box::new(nested.into()), then.map(Box::new));
        }
        Goes::Rejoin
    }
}
