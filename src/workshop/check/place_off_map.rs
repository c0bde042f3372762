//! W028: a place that lies outside its map.

use super::lint::{Lint, Look, Remarks};
use super::survey::Story;
use crate::engine::id::PlaceIx;
use crate::engine::world::{Map, Place};
use crate::story::Severity;
use crate::story::place::{Field, Holder};

pub(super) const LINT: Lint = Lint {
    code: "W028",
    severity: Severity::Warning,
    about: "a place outside its map",
    page: "The map shows what lies within its `bounds`, written west, south, east, north. This place lies outside, so it \
           is never drawn. Often east and north have changed places in its `at`, or a number has a digit too many.",
    bad: r#"
scenes: {"yard": (text: "A yard.", at: "mill", then: "gate")},
maps: {"valley": (title: "The valley", bounds: (0, 0, 40, 20))},
places: {"mill": (name: "the mill", map: "valley", at: (12, 30))},"#,
    good: r#"
scenes: {"yard": (text: "A yard.", at: "mill", then: "gate")},
maps: {"valley": (title: "The valley", bounds: (0, 0, 40, 20))},
places: {"mill": (name: "the mill", map: "valley", at: (30, 12))},"#,
    look: Look::Story(look),
};

fn look(story: &Story<'_>, remarks: &mut Remarks) {
    let world = story.written.world();
    let of_chapters = story.chapters.iter().flat_map(|survey| survey.chapter.maps.iter());
    let maps: Vec<&Map> = world.maps.iter().chain(of_chapters).collect();
    for (at, place) in world.places.iter().enumerate() {
        let mut its = maps.iter().filter(|map| place.map.as_ref() == Some(&map.id)).peekable();
        let Some(Map { id, bounds: (west, south, east, north), .. }) = its.peek() else { continue };
        if !its.any(|map| lies_on(place, map)) {
            let (x, y) = place.at;
            remarks
                .add(Holder::Place(PlaceIx::from(at)).at(Field::Id), format!("`{}` lies outside its map", place.id))
                .label(format!("at ({x}, {y}); `{id}` goes from ({west}, {south}) to ({east}, {north})"))
                .help("move the place, or make the map's `bounds` wider");
        }
    }
}

fn lies_on(place: &Place, map: &Map) -> bool {
    let ((x, y), (west, south, east, north)) = (place.at, map.bounds);
    (west..=east).contains(&x) && (south..=north).contains(&y)
}
