//! Scenes and the decks they are dealt from.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Linker;
use super::choices::MOST;
use super::index::{Index, Paths};
use crate::engine::chapter::{Card, Choice, Deck, Scene, SceneRare};
use crate::engine::excerpt::Excerpt;
use crate::engine::id::{ChoiceIx, DeckIx, EndingIx, MilestoneIx, PersonIx, PlaceIx, SceneIx};
use crate::story::desk::Written;
use crate::story::fault::Fault;
use crate::story::names::Kind;
use crate::story::parse::{One, value};
use crate::story::raw;

impl<'s> Linker<'_, 's> {
    /// Links the shared menus, and the scenes with their choices: each is read, linked and forgotten before the next.
    pub(super) fn scenes(&self, decks: &mut [Deck]) -> (Vec<Scene>, Vec<Choice>) {
        let desk = self.desk();
        let all = &self.parts.scenes.all;
        let (mut scenes, mut choices) = (Vec::with_capacity(all.len()), Vec::new());
        let (mut menus, mut paths, none) = (BTreeMap::new(), Paths::default(), Excerpt::default());
        for menu in &self.parts.menus.all {
            let mut index = Index::behind(&mut paths);
            menus.insert(menu.id, index.menu(desk, menu));
            let slots = index.slots;
            self.choices(slots, &paths, &none, &mut choices);
        }
        let mut whole = self.parts.scenes.unread.is_empty() && !self.scope.names.partial(Kind::Scene);
        for (at, entry) in all.iter().enumerate() {
            let raw: raw::Scene<'s> = match value(desk.sources, entry) {
                Ok(raw) => raw,
                Err(faults) => {
                    // It keeps its number, for those that name it.
                    faults.into_iter().for_each(|fault| desk.add(fault));
                    whole = false;
                    scenes.push(Scene::default());
                    continue;
                }
            };
            let one = One { id: &entry.id, key: entry.key, body: entry.body, raw };
            let mut index = Index::behind(&mut paths);
            let own = index.scene(desk, one.id, &one.raw.choices, one.body);
            let slots = index.slots;
            self.choices(slots, &paths, &none, &mut choices);
            if let Some(card) = &one.raw.card
                && let Some(deck) = self.parts.decks.all.iter().position(|deck| deck.id == &*card.deck)
            {
                decks[deck].cards.push(SceneIx::from(at));
            }
            scenes.push(self.scene(&one, own, &menus));
        }
        for (deck, one) in decks.iter().zip(&self.parts.decks.all) {
            if deck.cards.is_empty() && whole {
                desk.error(Fault::EmptyDeck { deck: one.id.to_owned() }, one.key);
            }
        }
        let ids = side_by_side(all.iter().map(|entry| &*entry.id));
        scenes.iter_mut().zip(ids).for_each(|(scene, id)| scene.id = id);
        choices.iter_mut().zip(paths.excerpts()).for_each(|(choice, path)| choice.path = path);
        (scenes, choices)
    }

    fn scene(&self, one: &One<'s, raw::Scene<'s>>, own: Vec<ChoiceIx>, menus: &BTreeMap<&str, Vec<ChoiceIx>>) -> Scene {
        let (raw, entry, scope) = (&one.raw, one.body, &self.scope);
        let (chapter, id) = (self.around.id, one.id);
        let menu = self.menu(one, own, menus);
        let card = raw.card.as_ref().and_then(|card| self.card(card, one));
        let mut then = self.flow_or_none(raw.then.as_ref(), one.key, entry);
        if let (None, Some(card), false, None) = (&then, &card, raw.back, &raw.ending) {
            then = self.deck_then(card.deck);
        }
        // A card goes on as its deck says: of one whose deck cannot be read nobody knows how.
        let of_no_deck = raw.card.is_some() && card.is_none();
        self.ways(one, !menu.is_empty(), then.is_some() || of_no_deck);
        Scene {
            id: Excerpt::default(),
            enter: scope.entered(&raw.enter, id, entry),
            text: self.plain_text(id, raw.text.as_ref(), entry),
            menu: menu.into(),
            then,
            back: raw.back,
            rare: SceneRare {
                place: scope.optional::<PlaceIx>(Kind::Place, raw.at.as_ref(), entry),
                date: scope.text_or_none(format_args!("{chapter}/{id}.date"), raw.date.as_ref(), entry),
                title: scope.text_or_none(format_args!("{chapter}/{id}.title"), raw.title.as_ref(), entry),
                otherwise: self.flow_or_none(raw.otherwise.as_ref(), one.key, entry),
                ending: scope.optional::<EndingIx>(Kind::Ending, raw.ending.as_ref(), entry),
                milestone: scope.optional::<MilestoneIx>(Kind::Milestone, raw.milestone.as_ref(), entry),
                card: card.map(Box::new),
                meets: raw
                    .meets
                    .iter()
                    .filter_map(|text| scope.id(Kind::Person, Written { text, entry }))
                    .map(PersonIx::from)
                    .collect(),
                tags: raw.tags.iter().map(|tag| tag.to_string()).collect(),
            }
            .into(),
        }
    }

    /// A scene must lead on, unless it ends the chapter; then it must not.
    fn ways(&self, one: &One<'s, raw::Scene<'s>>, choices: bool, then: bool) {
        let raw = &one.raw;
        if raw.ending.is_some() {
            let extra = [
                ("choices", !raw.choices.is_empty()),
                ("use", !raw.menus.is_empty()),
                ("then", raw.then.is_some()),
                ("otherwise", raw.otherwise.is_some()),
                ("back", raw.back),
            ];
            if let Some((field, _)) = extra.into_iter().find(|(_, given)| *given) {
                self.desk().error(Fault::EndingGoesOn { scene: one.id.to_owned(), field: field.to_owned() }, one.key);
            }
            return;
        }
        let broken_menu = !raw.menus.is_empty();
        if !choices && !broken_menu && !then && !raw.back {
            self.desk().error(Fault::NoWayOn { scene: one.id.to_owned(), otherwise: raw.otherwise.is_some() }, one.key);
        }
    }

    fn menu(
        &self,
        one: &One<'s, raw::Scene<'s>>,
        own: Vec<ChoiceIx>,
        menus: &BTreeMap<&str, Vec<ChoiceIx>>,
    ) -> Vec<ChoiceIx> {
        let mut menu = own;
        let mut used: Vec<&str> = Vec::new();
        for text in &one.raw.menus {
            let written = Written { text, entry: one.body };
            if used.contains(&&**text) {
                self.desk().about(Fault::MenuTwice { name: text.to_string() }, written);
                continue;
            }
            used.push(text);
            if self.scope.id(Kind::Menu, written).is_some()
                && let Some(choices) = menus.get(&**text)
            {
                menu.extend(choices);
            }
        }
        if menu.len() > MOST {
            self.desk().error(Fault::TooMany { what: "choices in a menu".to_owned(), most: MOST }, one.key);
        }
        menu
    }

    fn card(&self, card: &raw::Card<'s>, one: &One<'s, raw::Scene<'s>>) -> Option<Card> {
        let entry = one.body;
        let weight = card.weight.unwrap_or(1);
        if !(1..=100).contains(&weight) {
            let at = self.desk().whole(Written { text: &card.deck, entry });
            let fault =
                Fault::Bounds { what: "a card's weight".to_owned(), least: 1, most: 100, found: i64::from(weight) };
            self.desk().error(fault, at);
        }
        let when = card.when.as_ref().map(|text| self.scope.condition(Written { text, entry }));
        let deck = self.scope.id(Kind::Deck, Written { text: &card.deck, entry })?;
        let when = when.map_or(Some(None), |c| c.map(Some))?;
        Some(Card { deck: DeckIx::from(deck), weight: u32::try_from(weight).unwrap_or(1), when, again: card.again })
    }

    /// What a deck gives its cards to lead on by.
    fn deck_then(&self, deck: DeckIx) -> Option<crate::engine::chapter::Flow> {
        let one = self.parts.decks.all.get(deck.at())?;
        let silent = one.raw.then.as_ref()?;
        // The deck's own linking has told what is wrong with it.
        Some(self.quietly(|linker| linker.flow(silent, one.key, one.body)))
    }

    /// Does something once more without telling its faults again.
    fn quietly<T>(&self, work: impl FnOnce(&Self) -> T) -> T {
        let before = self.desk().count();
        let done = work(self);
        self.desk().forget_after(before);
        done
    }

    /// The decks, still without their cards.
    pub(super) fn decks(&self) -> Vec<Deck> {
        let mut decks: Vec<Deck> = Vec::new();
        for one in &self.parts.decks.all {
            self.flow_or_none(one.raw.then.as_ref(), one.key, one.body);
            decks.push(Deck {
                id: one.id.to_owned(),
                cards: Vec::new(),
                none: self.flow(&one.raw.none, one.key, one.body),
                site: self.scope.deck_site(one.id),
            });
        }
        decks
    }
}

/// Ids one behind the other: where they stand in their files each is a page of prose from the next, and a save and every
/// step read them.
fn side_by_side<'i>(ids: impl Iterator<Item = &'i str> + Clone) -> impl Iterator<Item = Excerpt> {
    let mut letters = String::with_capacity(ids.clone().map(str::len).sum());
    letters.extend(ids.clone());
    let (whole, mut start) = (Arc::new(Cow::Owned(letters)), 0);
    ids.map(move |id| {
        let end = start + id.len();
        let excerpt = Excerpt::of(&whole, start, end).unwrap_or_default();
        start = end;
        excerpt
    })
}
