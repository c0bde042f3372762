//! The story in `tests/stories/good/every_feature` uses each feature of the format, and each is shown to work: by a story
//! test beside it, or here where a story test cannot see it.

use std::path::Path;
use std::sync::Arc;

use taiyuan::engine::chapter::{Goes, Rank};
use taiyuan::engine::dice::Keyed;
use taiyuan::engine::look::{look, stat};
use taiyuan::engine::render::{Reader, Style};
use taiyuan::engine::step::{begin, carried, find, step};
use taiyuan::engine::world::Basis;
use taiyuan::engine::{Chapter, State};
use taiyuan::story::{Book, Sources};
use taiyuan::workshop::test::run;

/// What a test's name begins with, for every feature that a story test can show.
const FEATURES: &[&str] = &[
    "once-only",
    "repeatable",
    "conditional",
    "locked",
    "fallback",
    "said",
    "then",
    "nested: a choice",
    "nested: menus",
    "nested: back",
    "shared menus",
    "visit: a choice",
    "visit: a scene",
    "arrows: the first",
    "arrows: or a card",
    "sequence and the others: the first",
    "sequence and the others: the second",
    "sequence and the others: the third",
    "shuffle",
    "nested groups",
    "groups around paragraphs",
    "numbers, words and levels",
    "numbers have commas",
    "emphasis and links",
    "characters",
    "a line that ends",
    "speakers",
    "snippets",
    "gentle",
    "counting",
    "derived",
    "decks: by weight",
    "decks: seen",
    "dice",
    "items",
    "clamp",
    "strict",
    "effects with a condition",
    "endings, milestones",
    "carries: a chapter",
    "carries: what the record",
    "carries: what came in",
];

fn book(language: Option<&str>) -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/good/every_feature");
    Book::open_in(Sources::folder(&folder).unwrap(), language).unwrap()
}

fn ford() -> Arc<Chapter> {
    book(None).chapter("ford").unwrap()
}

fn start(chapter: &Chapter, scene: &str) -> State {
    let scene = chapter.find_scene(scene).unwrap();
    begin(chapter, scene, 7, &[], &mut Keyed, &mut ())
}

fn play(chapter: &Chapter, state: &mut State, keys: &[&str]) {
    for key in keys {
        let choice = find(chapter, state, key).unwrap();
        step(chapter, state, choice).unwrap();
    }
}

fn text(chapter: &Chapter, state: &State, gentle: bool) -> String {
    let page = look(chapter, state, Reader { gentle });
    page.text.iter().map(|p| p.plain() + "\n").collect()
}

#[test]
fn every_feature() {
    let book = book(None);
    let mut names: Vec<String> = Vec::new();
    for id in &book.world().order {
        let chapter = book.chapter(id).unwrap();
        let (_, failures) = run(&chapter);
        assert!(failures.is_empty(), "{failures:#?}");
        names.extend(chapter.tests.iter().map(|t| t.name.clone()));
    }
    let missing: Vec<_> = FEATURES.iter().filter(|f| !names.iter().any(|name| name.starts_with(**f))).collect();
    assert!(missing.is_empty(), "no test shows {missing:?}");
}

#[test]
fn the_gentle_telling_is_display_only() {
    let chapter = ford();
    let state = start(&chapter, "bank");
    assert!(text(&chapter, &state, true).contains("He turns away."));
    assert!(!text(&chapter, &state, true).contains("He does not turn away."));
    assert!(text(&chapter, &state, false).contains("He does not turn away."));
}

#[test]
fn emphasis_links_and_speakers_are_marked() {
    let chapter = ford();
    let page = look(&chapter, &start(&chapter, "bank"), Reader::default());
    let style = |words: &str| -> Style {
        page.text.iter().flat_map(|p| &p.spans).find(|span| span.text == words).map(|span| span.style).unwrap()
    };
    assert!(style("wide").strong);
    let link = style("river");
    assert!(link.emph);
    assert_eq!(chapter.world.entry(link.link.unwrap()).title, "The river");
    let speaker = page.text.iter().find_map(|p| p.speaker).unwrap();
    assert_eq!(chapter.world.person(speaker).name, "the prefect");
}

#[test]
fn place_date_and_title_stand_over_the_page() {
    let chapter = ford();
    let page = look(&chapter, &start(&chapter, "bank"), Reader::default());
    assert_eq!(page.date.as_deref(), Some("2 moon"));
    assert_eq!(page.title.as_deref(), Some("The near bank"));
    assert_eq!(chapter.world.place(page.place.unwrap()).name, "the ford");
    let pause = look(&chapter, &start(&chapter, "pause"), Reader::default());
    assert_eq!(pause.date.as_deref(), Some("Day 1"));
}

#[test]
fn stats_are_shown_with_gauge_level_and_words() {
    let chapter = ford();
    let state = start(&chapter, "pause");
    let shown = |id: &str| stat(&chapter, &state, chapter.find_var(id).unwrap(), Reader::default());
    let grain = shown("grain").unwrap();
    assert_eq!((grain.label.as_str(), grain.written.as_str()), ("Grain", "45,000 shi"));
    assert_eq!((grain.level.as_deref(), grain.gauge), (Some("full"), Some((900, 900))));
    assert_eq!(shown("ration").unwrap().written, "one a head");
    assert!(shown("drilled").is_none(), "hidden while `when` does not hold");
    assert!(shown("luck").is_none(), "no label");
    let later = start(&chapter, "bank");
    assert!(stat(&chapter, &later, chapter.find_var("drilled").unwrap(), Reader::default()).is_some());
}

#[test]
fn an_achievement_is_kept_when_its_condition_holds() {
    let chapter = ford();
    let clean = chapter.find_achievement("clean").unwrap();
    let mut state = start(&chapter, "calm");
    assert_eq!(state.achieved[clean.at()], 0);
    play(&chapter, &mut state, &["row"]);
    assert_eq!(state.achieved[clean.at()], 1);
}

#[test]
fn what_is_carried_crosses_and_nothing_else() {
    let book = book(None);
    let (ford, keep) = (book.chapter("ford").unwrap(), book.chapter("keep").unwrap());
    let mut state = start(&ford, "bank");
    play(&ford, &mut state, &["ask", "ask/seal"]);
    let given = carried(&ford, &state, &keep);
    let there = begin(&keep, keep.start, 7, &given, &mut Keyed, &mut ());
    assert!(text(&keep, &there, false).contains("Silk hangs here."));
    assert_eq!(there.items[keep.world.find_item("seal").unwrap().at()], 1);
    assert_eq!(there.items[keep.world.find_item("arrow").unwrap().at()], 0);
    assert_eq!(there.turn, 0);
    assert_eq!(ford.endings[ford.find_ending("over").unwrap().at()].next.as_deref(), Some("keep"));
}

#[test]
fn runs_have_a_start_a_loadout_a_goal_and_splits() {
    let chapter = ford();
    let any = &chapter.runs[0];
    assert_eq!((any.title.as_str(), any.seed, any.rank), ("Any way", 1126, Rank::Time));
    assert_eq!(any.milestones.len(), 2);
    let mut state = begin(&chapter, any.start, any.seed, &any.given, &mut Keyed, &mut ());
    assert_eq!(state.vars[chapter.find_var("silver").unwrap().at()], 3);
    assert!(!any.goal.holds(&chapter, &state));
    state = begin(&chapter, chapter.find_scene("far_bank").unwrap(), 7, &[], &mut Keyed, &mut ());
    assert!(any.goal.holds(&chapter, &state));
    assert_eq!(chapter.runs[2].rank, Rank::Least(chapter.find_var("stains").unwrap()));
    let [seeded, lucky] = &chapter.runs[1].ceilings[..] else { panic!("{:?}", chapter.runs[1].ceilings) };
    assert_eq!((seeded.seed, seeded.proved, seeded.found), (Some(0), 2, Some(2)));
    assert_eq!((lucky.seed, lucky.proved, lucky.tracked.as_slice()), (None, 1, &["visits(far_bank)".to_owned()][..]));
}

#[test]
fn items_people_places_codex_and_maps_are_as_written() {
    let chapter = ford();
    let world = &chapter.world;
    let seal = world.item(world.find_item("seal").unwrap());
    assert_eq!((seal.name.as_str(), seal.max, seal.art.len()), ("a seal", 1, 3));
    assert_eq!(seal.art[1], "|##|");
    let prefect = world.person(world.find_person("prefect").unwrap());
    assert_eq!((prefect.zh.as_deref(), prefect.codex), (Some("知府"), world.find_codex("granary")));
    let gate = world.place(world.find_place("town.gate").unwrap());
    assert_eq!((gate.at, gate.map.as_deref()), ((101, 201), Some("north")));
    let granary = world.entry(world.find_codex("granary").unwrap());
    assert_eq!((granary.basis, granary.see.len(), granary.text.paragraphs().len()), (Basis::Ours, 1, 2));
    assert_eq!(chapter.map.as_deref(), Some("plan"));
    let plan = &chapter.maps[0];
    let state = start(&chapter, "pause");
    assert_eq!(plan.lines.len(), 2);
    assert!(!plan.lines[1].when.as_ref().unwrap().holds(&chapter, &state), "not before day 3");
    let stands = &plan.armies[0].at;
    let first = stands.iter().find(|s| s.when.as_ref().is_none_or(|c| c.holds(&chapter, &state))).unwrap();
    assert_eq!(world.place(first.place).name, "the gate");
}

#[test]
fn old_ids_are_kept_and_tags_stay_with_their_scene() {
    let chapter = ford();
    assert_eq!(chapter.was.scenes, [("shore".to_owned(), "bank".to_owned())]);
    assert_eq!(chapter.was.choices, [("bank#count".to_owned(), "bank#tally".to_owned())]);
    assert_eq!(chapter.was.vars, [("food".to_owned(), "grain".to_owned())]);
    assert_eq!(chapter.was.items, [("stamp".to_owned(), "seal".to_owned())]);
    assert_eq!(*chapter.scene(chapter.start).tags, ["winter"]);
    let walk = chapter.choice(chapter.find_choice("bank#walk").unwrap());
    assert!(matches!(walk.goes, Goes::Visit(_)));
}

#[test]
fn a_translation_is_read_where_there_is_one() {
    let french = book(Some("fr"));
    let chapter = french.chapter("ford").unwrap();
    let state = start(&chapter, "bank");
    let says: Vec<String> = look(&chapter, &state, Reader::default())
        .offers
        .iter()
        .map(|o| o.say.iter().map(|s| s.text.as_str()).collect())
        .collect();
    assert!(says.contains(&"Compter le grain".to_owned()), "{says:?}");
    assert!(says.contains(&"Walk the bank".to_owned()), "{says:?}");
    assert_eq!(chapter.world.item(chapter.world.find_item("seal").unwrap()).name, "un sceau");
}

#[test]
fn the_same_seed_is_the_same_luck() {
    let chapter = ford();
    let faces = |seed: u64| -> Vec<i32> {
        let bank = chapter.find_scene("bank").unwrap();
        let mut state = begin(&chapter, bank, seed, &[], &mut Keyed, &mut ());
        play(&chapter, &mut state, &["ask", "ask/seal", "on", "bribe"]);
        ["luck", "found", "kind"].map(|id| state.vars[chapter.find_var(id).unwrap().at()]).to_vec()
    };
    assert_eq!(faces(7), faces(7));
    assert!((0..20).any(|seed| faces(seed) != faces(7)), "luck that knows no seed");
}
