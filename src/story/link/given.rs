//! Values that are set before the first page: what a chapter carries, what a run or a test is given.

use super::Linker;
use crate::engine::chapter::{Carried, Carry, Given, VarKind};
use crate::engine::id::{ItemIx, VarIx};
use crate::story::desk::Written;
use crate::story::diagnostic::{Diagnostic, Note, Spot};
use crate::story::fault::Fault;
use crate::story::names::{Found, Kind};
use crate::story::raw::{Pairs, Str, Value};
use crate::story::suggest::closest;

impl<'s> Linker<'_, 's> {
    pub(super) fn carries(&self, pairs: &Pairs<'s, Value<'s>>, entry: Spot) -> Vec<Carry> {
        let mut carries = Vec::new();
        for given in self.given(pairs, entry) {
            if let Carried::Var(ix) = given.what
                && !self.scope.vars[ix.at()].shared
            {
                let name = &self.scope.vars[ix.at()].id;
                if let Some((text, _)) = pairs.0.iter().find(|(key, _)| **key == **name) {
                    self.desk().about(Fault::NotShared { name: name.clone() }, Written { text, entry });
                }
            }
            carries.push(Carry { what: given.what, record: given.value });
        }
        carries
    }

    pub(super) fn given(&self, pairs: &Pairs<'s, Value<'s>>, entry: Spot) -> Vec<Given> {
        let mut given = Vec::new();
        for (at, (key, value)) in pairs.0.iter().enumerate() {
            let written = Written { text: key, entry };
            if let Some((first, _)) = pairs.0[..at].iter().find(|(other, _)| **other == **key) {
                let fault = Fault::Duplicate { kind: Kind::Variable, id: key.to_string() };
                let first = self.desk().whole(Written { text: first, entry });
                self.desk().add(Diagnostic::error(fault, self.desk().whole(written)).with(Note::First, first));
                continue;
            }
            if let Some(one) = self.one_given(key, value, entry) {
                given.push(one);
            }
        }
        given
    }

    fn one_given(&self, key: &Str<'s>, value: &Value<'s>, entry: Spot) -> Option<Given> {
        let written = Written { text: key, entry };
        let (var, item) = (self.scope.names.find(Kind::Variable, key), self.scope.names.find(Kind::Item, key));
        match (var, item) {
            (Found::At(at), Found::At(_)) if !self.suits(at, value) => self.items_given(key, value, written),
            (Found::At(at), _) => {
                let value = self.value_of(VarIx::from(at), value, written)?;
                Some(Given { what: Carried::Var(VarIx::from(at)), value })
            }
            (_, Found::At(_)) => self.items_given(key, value, written),
            (Found::Unread, _) | (_, Found::Unread) => None,
            (Found::None, Found::None) => {
                let names = [Kind::Variable, Kind::Item].map(|kind| self.scope.names.meant(kind, key));
                let meant = closest(key, names.iter().flatten().map(String::as_str));
                let fault = Fault::Unknown { kind: Kind::Variable, name: key.to_string(), meant, other: None };
                self.desk().about(fault, written);
                None
            }
        }
    }

    fn items_given(&self, key: &Str<'s>, value: &Value<'s>, written: Written<'_, 's>) -> Option<Given> {
        let Found::At(at) = self.scope.names.find(Kind::Item, key) else { return None };
        let most = self.around.world.items.get(at).map_or(1, |item| item.max);
        let count = match value {
            Value::Bool(b) => i64::from(*b),
            Value::Int(n) => *n,
            Value::Word(_) => {
                self.value_sort("a number of items", written);
                return None;
            }
        };
        let value = self.within(key, count, 0, most, written)?;
        Some(Given { what: Carried::Item(ItemIx::from(at)), value })
    }

    /// Whether a value is of the sort a variable holds: what tells it from an item of the same name.
    fn suits(&self, at: usize, value: &Value<'s>) -> bool {
        matches!(
            (&self.scope.vars[at].kind, value),
            (VarKind::Int(..), Value::Int(_)) | (VarKind::Flag, Value::Bool(_)) | (VarKind::Word(_), Value::Word(_))
        )
    }

    fn value_of(&self, ix: VarIx, value: &Value<'s>, written: Written<'_, 's>) -> Option<i32> {
        let var = &self.scope.vars[ix.at()];
        match (&var.kind, value) {
            (VarKind::Int(low, high), Value::Int(n)) => self.within(&var.id, *n, *low, *high, written),
            (VarKind::Flag, Value::Bool(b)) => Some(i32::from(*b)),
            (VarKind::Word(_), Value::Word(word)) => {
                let at = var.read(word);
                if at.is_none() {
                    self.scope.not_a_word(ix, word, 0..word.len(), Written { text: word, entry: written.entry });
                }
                at
            }
            (kind, _) => {
                self.value_sort(
                    match kind {
                        VarKind::Int(..) => "a whole number",
                        VarKind::Flag => "`true` or `false`",
                        VarKind::Word(_) => "one of its words, in quotes",
                    },
                    written,
                );
                None
            }
        }
    }

    fn value_sort(&self, wanted: &str, written: Written<'_, 's>) {
        self.desk().about(Fault::WrongValue { name: written.text.to_string(), wanted: wanted.to_owned() }, written);
    }

    fn within(&self, name: &str, value: i64, least: i32, most: i32, written: Written<'_, 's>) -> Option<i32> {
        let narrow = i32::try_from(value).ok().filter(|v| (least..=most).contains(v));
        if narrow.is_none() {
            self.desk().about(Fault::OutOfRange { variable: name.to_owned(), value, least, most }, written);
        }
        narrow
    }
}
