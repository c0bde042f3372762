//! Maps, and the armies that the state of the game moves on them.

use super::Linker;
use super::scope::Scope;
use crate::engine::chapter::Arms;
use crate::engine::expr::Cond;
use crate::engine::id::PlaceIx;
use crate::engine::world::{Army, Line, LineKind, Map};
use crate::story::desk::Written;
use crate::story::diagnostic::Spot;
use crate::story::fault::Fault;
use crate::story::names::Kind;
use crate::story::parse::{One, Read};
use crate::story::raw::{self, Str};

impl<'s> Linker<'_, 's> {
    pub(super) fn maps(&self) -> Vec<Map> {
        self.scope.maps(&self.parts.maps)
    }

    pub(super) fn map_id(&self, map: Option<&Str<'s>>, entry: Spot) -> Option<String> {
        map.map(|text| {
            self.scope.id(Kind::Map, Written { text, entry });
            text.to_string()
        })
    }
}

impl<'s> Scope<'_, 's> {
    pub(super) fn maps(&self, read: &Read<'s, raw::Map<'s>>) -> Vec<Map> {
        read.all.iter().map(|one| self.map(one)).collect()
    }

    fn map(&self, one: &One<'s, raw::Map<'s>>) -> Map {
        let (raw, entry) = (&one.raw, one.body);
        let (west, south, east, north) = raw.bounds;
        if west >= east || south >= north {
            self.desk.error(Fault::EmptyMap { map: one.id.to_owned() }, one.key);
        }
        let lines = raw.lines.iter().map(|line| Line {
            kind: kind(line.kind),
            name: line.name.as_ref().map(|name| name.to_string()),
            points: line.points.clone(),
            when: self.map_condition(line.when.as_ref(), entry),
        });
        let armies = raw.armies.iter().map(|army| {
            let present = self.map_condition(army.when.as_ref(), entry);
            let at = army.at.iter().filter_map(|stand| {
                let when = self.map_condition(stand.when.as_ref(), entry);
                let when = match (present.clone(), when) {
                    (Some(a), Some(b)) => Some(Cond::All(vec![a, b])),
                    (a, b) => a.or(b),
                };
                let place = self.id(Kind::Place, Written { text: &stand.place, entry })?;
                Some(Arms { when, place: PlaceIx::from(place) })
            });
            Army { name: army.name.to_string(), side: army.side.to_string(), at: at.collect() }
        });
        Map {
            id: one.id.to_owned(),
            title: self.label(format_args!("maps/{}.title", one.id), &raw.title, entry),
            bounds: raw.bounds,
            lines: lines.collect(),
            armies: armies.collect(),
        }
    }

    fn map_condition(&self, when: Option<&Str<'s>>, entry: Spot) -> Option<Cond> {
        let text = when?;
        if self.shared {
            self.desk.about(Fault::ConditionOnSharedMap, Written { text, entry });
            return None;
        }
        self.condition(Written { text, entry })
    }
}

fn kind(kind: raw::LineKind) -> LineKind {
    match kind {
        raw::LineKind::Coast => LineKind::Coast,
        raw::LineKind::River => LineKind::River,
        raw::LineKind::Road => LineKind::Road,
        raw::LineKind::Wall => LineKind::Wall,
        raw::LineKind::Border => LineKind::Border,
        raw::LineKind::Works => LineKind::Works,
        raw::LineKind::Route => LineKind::Route,
    }
}
