//! The story in `tests/stories/good/salt_ferry`, written to be played and not to be a list: it is sound, its own tests
//! hold, no play of it gets stuck, and it uses every feature of the format.
//!
//! What can be used is taken from the engine's types by matches and patterns that leave nothing out. A new variant or
//! field does not compile until it has a name here, and then the test fails until the story uses it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use taiyuan::engine::Chapter;
use taiyuan::engine::chapter::{
    Achievement, Arms, Arrow, Card, Carried, Carry, Ceiling, Choice, ChoiceRare, Deck, Derived, Ending, Expect, Flow,
    Given, Goes, Meaning, Milestone, Rank, Run, Scene, SceneRare, Shown, Target, Test, Var, VarKind, Was,
};
use taiyuan::engine::dice::Keyed;
use taiyuan::engine::effect::{Act, Effect};
use taiyuan::engine::expr::{Compare, Cond, Expr};
use taiyuan::engine::look::look;
use taiyuan::engine::render::Reader;
use taiyuan::engine::step::{begin, carried, find, step};
use taiyuan::engine::text::{Group, GroupKind, Inline, Paragraph, Text};
use taiyuan::engine::world::{Army, Basis, Entry, Item, Line, LineKind, Map, Person, Place, PlaceKind, World};
use taiyuan::story::{Book, Sources};
use taiyuan::workshop::test::run;
use taiyuan::workshop::walk::{Entry as Entering, Hand, Orders, walk};

const CHAPTERS: [&str; 2] = ["water", "ice"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/good/salt_ferry")
}

fn book(language: Option<&str>) -> Book {
    Book::open_in(Sources::folder(&folder()).unwrap(), language).unwrap()
}

#[test]
fn it_is_sound_and_its_tests_hold() {
    let report = Book::check(Sources::folder(&folder()).unwrap());
    assert!(report.diagnostics.is_empty(), "{:#?}", report.diagnostics);
    let book = book(None);
    for id in CHAPTERS {
        let (ran, failures) = run(&book.chapter(id).unwrap());
        assert!(failures.is_empty(), "{failures:#?}");
        assert!(ran >= 10, "{id} has {ran} tests");
    }
}

#[test]
fn no_play_gets_stuck_and_everything_is_reached() {
    let book = book(None);
    for id in CHAPTERS {
        let chapter = book.chapter(id).unwrap();
        let orders = Orders {
            start: chapter.start,
            given: Vec::new(),
            entry: Entering::Record,
            plays: 300,
            seed: 1,
            hand: Hand::Least,
        };
        let walked = walk(&chapter, &orders);
        assert!(walked.lost.is_empty(), "{:#?}", walked.lost);
        assert_eq!((walked.unseen, walked.untaken), (vec![], vec![]), "{id}");
        assert!(walked.endings.iter().all(|(_, times)| *times > 0), "{id}: {:?}", walked.endings);
        assert_eq!(walked.endings.iter().map(|(_, times)| times).sum::<usize>(), 300, "{id}: a play without an ending");
    }
}

#[test]
fn what_was_done_on_the_water_is_seen_on_the_ice() {
    let book = book(None);
    let (water, ice) = (book.chapter("water").unwrap(), book.chapter("ice").unwrap());
    let mut state = begin(&water, water.start, 7, &[], &mut Keyed, &mut ());
    let keys = ["knot", "invent", "middle", "wait", "wait", "feed", "wait", "wait", "let", "wait", "wait", "haul"];
    for key in keys {
        let choice = find(&water, &state, key).unwrap();
        step(&water, &mut state, choice).unwrap();
    }
    let ended = state.ended.unwrap();
    assert_eq!(water.endings[ended.at()].next.as_deref(), Some("ice"));
    let given = carried(&water, &state, &ice);
    let there = begin(&ice, ice.start, 7, &given, &mut Keyed, &mut ());
    let page = look(&ice, &there, Reader::default());
    let text: String = page.text.iter().map(|p| p.plain() + "\n").collect();
    assert!(text.contains("a rope with seven knots in it"), "{text}");
    assert!(text.contains("Luo Er is mending the door"), "he was fed: {text}");
    assert!(!text.contains("Duck is"), "he has gone over: {text}");
}

#[test]
fn a_whole_chapter_is_there_in_the_other_language() {
    let (plain, other) = (book(None).chapter("ice").unwrap(), book(Some("zh")).chapter("ice").unwrap());
    let all = |a: &[&Text], b: &[&Text], of: &str| {
        for (a, b) in a.iter().zip(b) {
            assert!(a.is_empty() || a != b, "{of} is not translated");
        }
    };
    for (a, b) in plain.scenes.iter().zip(other.scenes.iter()) {
        all(&[&a.text], &[&b.text], &a.id);
        assert!(a.title.is_none() || a.title != b.title, "the title of {}", a.id);
        assert!(a.date.is_none() || a.date != b.date, "the date of {}", a.id);
    }
    for (a, b) in plain.choices.iter().zip(other.choices.iter()) {
        all(&[&a.say], &[&b.say], &a.path);
        assert!(a.said.is_none() || a.said != b.said, "what {} says", a.path);
        assert!(a.locked.is_none() || a.locked != b.locked, "the reason of {}", a.path);
    }
    for (a, b) in plain.endings.iter().zip(&other.endings) {
        all(&[&a.text], &[&b.text], &a.id);
        assert_ne!(a.title, b.title);
    }
    assert_eq!(plain.rules(), other.rules(), "a translation changes no rule");
}

#[test]
fn it_uses_every_feature_of_the_format() {
    let book = book(None);
    let mut used = Used::default();
    for id in CHAPTERS {
        used.chapter(&book.chapter(id).unwrap());
    }
    used.world(book.world());
    used.sources();
    let missing: Vec<_> = all().into_iter().filter(|name| !used.names.contains(name)).collect();
    assert!(missing.is_empty(), "the story does not use {missing:#?}");
}

/// A name for each variant of a type, and the list of them all.
macro_rules! named {
    ($($all:ident, $name:ident: $type:ty { $($variant:pat => $word:literal,)+ })+) => {
        $(
            const $all: &[&str] = &[$($word),+];

            fn $name(one: &$type) -> &'static str {
                match one { $($variant => $word,)+ }
            }
        )+
    };
}

named! {
    ACTS, act: Act {
        Act::Set(..) => "an effect that sets a value",
        Act::Test(..) => "an effect that sets a flag to what holds",
        Act::Roll(..) => "roll",
        Act::Chance(..) => "chance",
        Act::OneOf(..) => "one_of",
        Act::Give(..) => "give",
        Act::Take(..) => "take",
        Act::Learn(..) => "learn",
    }
    EXPRS, expr: Expr {
        Expr::Const(..) => "a number",
        Expr::Var(..) => "a variable",
        Expr::Derived(..) => "a derived number",
        Expr::Add(..) => "+",
        Expr::Sub(..) => "-",
        Expr::Mul(..) => "*",
        Expr::Neg(..) => "a minus sign",
        Expr::Min(..) => "min",
        Expr::Max(..) => "max",
        Expr::If(..) => "if(,,)",
        Expr::Band(..) => "band",
        Expr::Count(..) => "count",
        Expr::Visits(..) => "visits",
        Expr::Taken(..) => "taken",
        Expr::Since(..) => "since",
        Expr::Turns => "turns",
    }
    CONDS, cond: Cond {
        Cond::Const(..) => "true or false",
        Cond::Flag(..) => "a flag",
        Cond::Derived(..) => "a derived condition",
        Cond::Not(..) => "not",
        Cond::All(..) => "and",
        Cond::Any(..) => "or",
        Cond::Compare(..) => "a comparison",
        Cond::Has(..) => "has",
        Cond::Seen(..) => "seen",
    }
    COMPARES, compare: Compare {
        Compare::Eq => "==",
        Compare::Ne => "!=",
        Compare::Lt => "<",
        Compare::Le => "<=",
        Compare::Gt => ">",
        Compare::Ge => ">=",
    }
    INLINES, inline: Inline {
        Inline::Plain(..) => "prose",
        Inline::Break => "a line that keeps its end",
        Inline::Emph(..) => "emphasis",
        Inline::Strong(..) => "strong emphasis",
        Inline::Link(..) => "a link",
        Inline::Number(..) => "a number in prose",
        Inline::Word(..) => "a word in prose",
        Inline::Spell(..) => "spell",
        Inline::Level(..) => "level",
        Inline::Group(..) => "a group",
        Inline::If(..) => "if in prose",
        Inline::Gentle(..) => "gentle",
    }
    GROUPS, group: GroupKind {
        GroupKind::Sequence => "a sequence",
        GroupKind::Cycle => "a cycle",
        GroupKind::Once => "once",
        GroupKind::Shuffle => "a shuffle",
        GroupKind::First => "first",
    }
    GOES, goes: Goes {
        Goes::To(..) => "a choice that goes on",
        Goes::Visit(..) => "a visit",
        Goes::Nested(..) => "a nested menu",
        Goes::Rejoin => "a choice without a target",
    }
    TARGETS, target: Target {
        Target::Scene(..) => "an arrow to a scene",
        Target::Draw(..) => "an arrow to a deck",
        Target::Back => "an arrow back",
    }
    EXPECTS, expect: Expect {
        Expect::At(..) => "At",
        Expect::Sees(..) => "Sees",
        Expect::Misses(..) => "Misses",
        Expect::Holds(..) => "Holds",
        Expect::Offers(..) => "Offers",
        Expect::Locks(..) => "Locks",
        Expect::Hides(..) => "Hides",
        Expect::Visits(..) => "Visits",
        Expect::Never(..) => "Never",
        Expect::Ends(..) => "Ends",
        Expect::Reaches(..) => "Reaches",
        Expect::Has(..) => "Has",
    }
    RANKS, rank: Rank {
        Rank::Time => "a run for time",
        Rank::Turns => "a run for few choices",
        Rank::Least(..) => "a run for the least",
    }
    KINDS, kind: VarKind {
        VarKind::Int(..) => "a number variable",
        VarKind::Flag => "a flag variable",
        VarKind::Word(..) => "a word variable",
    }
    MEANINGS, meaning: Meaning {
        Meaning::Number(..) => "a derived variable that is a number",
        Meaning::Flag(..) => "a derived variable that is a condition",
    }
    CARRIES, crosses: Carried {
        Carried::Var(..) => "a variable that is carried or given",
        Carried::Item(..) => "an item that is carried or given",
    }
    BASES, basis: Basis {
        Basis::Seed => "an entry from the seed",
        Basis::Record => "an entry from the record",
        Basis::Ours => "an entry of ours",
    }
    PLACES, place_kind: PlaceKind {
        PlaceKind::City => "a city",
        PlaceKind::Town => "a town",
        PlaceKind::Fort => "a fort",
        PlaceKind::Pass => "a pass",
        PlaceKind::Camp => "a camp",
        PlaceKind::Gate => "a gate",
        PlaceKind::Site => "a site",
    }
    LINES, line_kind: LineKind {
        LineKind::Coast => "a coast",
        LineKind::River => "a river",
        LineKind::Road => "a road",
        LineKind::Wall => "a wall",
        LineKind::Border => "a border",
        LineKind::Works => "works",
        LineKind::Route => "a route",
    }
}

/// What a field may leave out, and the files say without the engine keeping it.
const OTHERS: &[&str] = &[
    "a story's note",
    "a story's credits",
    "a chapter's about",
    "a chapter's date",
    "stats",
    "a chapter's map",
    "a chapter's own map",
    "carries",
    "a derived variable",
    "runs",
    "tests",
    "an old scene",
    "an old choice",
    "an old variable",
    "an old item",
    "a shared variable",
    "strict",
    "clamp",
    "label",
    "show",
    "gauge",
    "levels",
    "low is good",
    "quiet",
    "when",
    "a scene's place",
    "a scene's date",
    "a scene's title",
    "enter",
    "a menu",
    "otherwise",
    "then",
    "an ending",
    "back by itself",
    "a milestone",
    "a card",
    "people met",
    "tags",
    "a junction",
    "a card's weight",
    "a card's condition",
    "a card again",
    "a nested choice",
    "a shared menu",
    "said",
    "a choice's condition",
    "locked",
    "again",
    "once-only",
    "do",
    "a nested menu's then",
    "an arrow's condition",
    "an effect's condition",
    "a capital spell",
    "a speaker",
    "nested groups",
    "an if without else",
    "an ending's text",
    "next",
    "an achievement's text",
    "about a run",
    "given in a run",
    "splits",
    "a set seed",
    "a route of a seed",
    "a route with the best luck",
    "a route of a variable",
    "a route of choices",
    "a route that was found",
    "a bound alone",
    "what a bound keeps",
    "given in a test",
    "a recorded transcript",
    "rolls",
    "an item's text",
    "more than one of an item",
    "art",
    "zh",
    "a person's text",
    "a person's entry",
    "a place's map",
    "a place's entry",
    "see",
    "a line's name",
    "a line's condition",
    "an army's place with a condition",
    "a shared map",
    "note",
    "a snippet in a snippet's place",
    "a shared snippet",
    "a chapter's snippet",
    "a choice's visit",
    "a choice's draw",
    "a choice's back",
    "an arrow's draw",
    "an arrow's back",
    "an arrow's note",
    "a deck's then",
    "a translation",
    "paragraphs in a group",
    "a character itself",
    "{&",
    "{~",
    "{!",
    "celadon",
    "soot",
];

fn all() -> Vec<&'static str> {
    let lists = [
        ACTS, EXPRS, CONDS, COMPARES, INLINES, GROUPS, GOES, TARGETS, EXPECTS, RANKS, KINDS, MEANINGS, CARRIES, BASES,
        PLACES, LINES, OTHERS,
    ];
    lists.concat()
}

/// The names of what has been met.
#[derive(Default)]
struct Used {
    names: BTreeSet<&'static str>,
}

impl Used {
    fn is(&mut self, name: &'static str) {
        assert!(all().contains(&name), "`{name}` is on no list");
        self.names.insert(name);
    }

    fn when(&mut self, met: bool, name: &'static str) {
        if met {
            self.is(name);
        }
    }

    fn chapter(&mut self, chapter: &Chapter) {
        let Chapter {
            world: _,
            id: _,
            title: _,
            about,
            date,
            accent,
            stats,
            map,
            maps,
            start: _,
            carries,
            vars,
            derived,
            scenes,
            choices,
            decks,
            endings,
            milestones,
            achievements,
            runs,
            tests,
            was,
            sites: _,
            rules: _,
            prose: _,
        } = chapter;
        self.when(!about.is_empty(), "a chapter's about");
        self.text(about);
        self.when(date.is_some(), "a chapter's date");
        self.texts(date);
        self.when(accent == "celadon", "celadon");
        self.when(accent == "soot", "soot");
        self.when(!stats.is_empty(), "stats");
        self.when(map.is_some(), "a chapter's map");
        self.when(!maps.is_empty(), "a chapter's own map");
        maps.iter().for_each(|one| self.map(one));
        for Carry { what, record: _ } in carries {
            self.is("carries");
            self.is(crosses(what));
        }
        vars.iter().for_each(|one| self.var(one));
        for Derived { id: _, is, before: _ } in derived.iter() {
            self.is("a derived variable");
            self.is(meaning(is));
            match is {
                Meaning::Number(one) => self.expr(one),
                Meaning::Flag(one) => self.cond(one),
            }
        }
        scenes.iter().for_each(|one| self.scene(one));
        choices.iter().for_each(|one| self.choice(one));
        for Deck { id: _, cards: _, none, site: _ } in decks {
            self.flow(none);
        }
        for Ending { id: _, title: _, rank: _, text, next } in endings {
            self.when(!text.is_empty(), "an ending's text");
            self.text(text);
            self.when(next.is_some(), "next");
        }
        for Milestone { id: _, title: _ } in milestones {
            self.is("a milestone");
        }
        for Achievement { id: _, title: _, text, when } in achievements {
            self.when(!text.is_empty(), "an achievement's text");
            self.text(text);
            self.cond(when);
        }
        runs.iter().for_each(|one| self.run(one));
        tests.iter().for_each(|one| self.test(one));
        let Was { scenes, choices, vars, items } = &**was;
        self.when(!scenes.is_empty(), "an old scene");
        self.when(!choices.is_empty(), "an old choice");
        self.when(!vars.is_empty(), "an old variable");
        self.when(!items.is_empty(), "an old item");
    }

    fn var(&mut self, var: &Var) {
        let Var { id: _, kind: of, start: _, shared, strict, shown } = var;
        self.is(kind(of));
        self.when(*shared, "a shared variable");
        self.is(if *strict { "strict" } else { "clamp" });
        if let Some(Shown { label, show, gauge, levels, low_is_good, quiet, when }) = shown {
            self.when(!label.is_empty(), "label");
            self.when(show.is_some(), "show");
            self.texts(show);
            self.when(*gauge, "gauge");
            self.when(!levels.is_empty(), "levels");
            self.when(*low_is_good, "low is good");
            self.when(*quiet && !label.is_empty(), "quiet");
            self.when(when.is_some(), "when");
            when.iter().for_each(|one| self.cond(one));
        }
    }

    fn scene(&mut self, scene: &Scene) {
        let Scene { id: _, enter, text, menu, then, back, rare } = scene;
        let SceneRare { place, date, title, otherwise, ending, milestone, card, meets, tags } = &**rare;
        self.when(place.is_some(), "a scene's place");
        self.when(date.is_some(), "a scene's date");
        date.iter().for_each(|one| self.text(one));
        self.when(title.is_some(), "a scene's title");
        title.iter().for_each(|one| self.text(one));
        self.when(!enter.is_empty(), "enter");
        self.effects(enter);
        self.text(text);
        self.when(text.is_empty() && menu.is_empty(), "a junction");
        self.when(!menu.is_empty(), "a menu");
        self.when(otherwise.is_some(), "otherwise");
        otherwise.iter().for_each(|flow| self.flow(flow));
        self.when(then.is_some(), "then");
        then.iter().for_each(|flow| self.flow(flow));
        self.when(ending.is_some(), "an ending");
        self.when(*back, "back by itself");
        self.when(milestone.is_some(), "a milestone");
        if let Some(Card { deck: _, weight, when, again }) = card.as_deref() {
            self.is("a card");
            self.when(*weight != 1, "a card's weight");
            self.when(when.is_some(), "a card's condition");
            when.iter().for_each(|one| self.cond(one));
            self.when(*again, "a card again");
        }
        self.when(!meets.is_empty(), "people met");
        self.when(!tags.is_empty(), "tags");
    }

    fn choice(&mut self, choice: &Choice) {
        let Choice { path, key_at: _, say, when, again, effects, strict: _, goes: to, rare } = choice;
        let ChoiceRare { parent, said, locked } = &**rare;
        self.when(path.starts_with('@'), "a shared menu");
        self.when(parent.is_some(), "a nested choice");
        self.text(say);
        self.when(said.is_some(), "said");
        said.iter().for_each(|one| self.text(one));
        self.when(when.is_some(), "a choice's condition");
        when.iter().for_each(|one| self.cond(one));
        self.when(locked.is_some(), "locked");
        locked.iter().for_each(|one| self.text(one));
        self.is(if *again { "again" } else { "once-only" });
        self.when(!effects.is_empty(), "do");
        self.effects(effects);
        self.is(goes(to));
        match to {
            Goes::To(flow) => self.flow(flow),
            Goes::Nested(_, Some(flow)) => {
                self.is("a nested menu's then");
                self.flow(flow);
            }
            Goes::Nested(_, None) | Goes::Visit(_) | Goes::Rejoin => {}
        }
    }

    fn flow(&mut self, flow: &Flow) {
        for Arrow { when, target: to } in flow {
            self.when(when.is_some(), "an arrow's condition");
            when.iter().for_each(|one| self.cond(one));
            self.is(target(to));
        }
    }

    fn effects(&mut self, effects: &[Effect]) {
        for Effect { when, act: what } in effects {
            self.when(when.is_some(), "an effect's condition");
            when.iter().for_each(|one| self.cond(one));
            self.is(act(what));
            match what {
                Act::Set(_, one) | Act::Give(_, one) | Act::Take(_, one) => self.expr(one),
                Act::Test(_, one) => self.cond(one),
                Act::Roll(..) | Act::Chance(..) | Act::OneOf(..) | Act::Learn(_) => {}
            }
        }
    }

    fn expr(&mut self, one: &Expr) {
        self.is(expr(one));
        match one {
            Expr::Add(a, b) | Expr::Sub(a, b) | Expr::Mul(a, b) | Expr::Min(a, b) | Expr::Max(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            Expr::Neg(a) | Expr::Band(a, _) => self.expr(a),
            Expr::If(c, a, b) => {
                self.cond(c);
                self.expr(a);
                self.expr(b);
            }
            Expr::Const(_)
            | Expr::Var(_)
            | Expr::Derived(_)
            | Expr::Count(_)
            | Expr::Visits(_)
            | Expr::Taken(_)
            | Expr::Since(_)
            | Expr::Turns => {}
        }
    }

    fn cond(&mut self, one: &Cond) {
        self.is(cond(one));
        match one {
            Cond::Not(c) => self.cond(c),
            Cond::All(all) | Cond::Any(all) => all.iter().for_each(|c| self.cond(c)),
            Cond::Compare(how, a, b) => {
                self.is(compare(how));
                self.expr(a);
                self.expr(b);
            }
            Cond::Const(_) | Cond::Flag(_) | Cond::Derived(_) | Cond::Has(_) | Cond::Seen(_) => {}
        }
    }

    fn texts(&mut self, text: &Option<Text>) {
        text.iter().for_each(|one| self.text(one));
    }

    fn text(&mut self, text: &Text) {
        for Paragraph { speaker, inlines } in text.paragraphs().iter() {
            self.when(speaker.is_some(), "a speaker");
            self.inlines(inlines, false);
        }
    }

    fn inlines(&mut self, inlines: &[Inline], inside: bool) {
        for one in inlines {
            self.is(inline(one));
            match one {
                Inline::Plain(_) | Inline::Break | Inline::Word(_) | Inline::Level(_) => {}
                Inline::Emph(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => self.inlines(inner, inside),
                Inline::Number(n) => self.expr(n),
                Inline::Spell(n, capital) => {
                    self.when(*capital, "a capital spell");
                    self.expr(n);
                }
                Inline::Group(Group { kind, key: _, alternatives }) => {
                    self.when(inside, "nested groups");
                    self.is(group(kind));
                    alternatives.iter().for_each(|one| self.inlines(one, true));
                }
                Inline::If(c, a, b) => {
                    self.when(inside, "nested groups");
                    self.when(b.is_empty(), "an if without else");
                    self.cond(c);
                    self.inlines(a, true);
                    self.inlines(b, true);
                }
                Inline::Gentle(a, b) => {
                    self.inlines(a, true);
                    self.inlines(b, true);
                }
            }
        }
    }

    fn run(&mut self, run: &Run) {
        let Run { id: _, title: _, about, start: _, given, goal, milestones, seed, rank: by, ceilings } = run;
        self.is("runs");
        self.when(!about.is_empty(), "about a run");
        self.when(!given.is_empty(), "given in a run");
        self.given(given);
        self.cond(goal);
        self.when(!milestones.is_empty(), "splits");
        self.when(*seed != 0, "a set seed");
        for Ceiling { seed, least, proved: _, found, tracked } in ceilings {
            self.is(if seed.is_some() { "a route of a seed" } else { "a route with the best luck" });
            self.is(if least.is_some() { "a route of a variable" } else { "a route of choices" });
            self.is(if found.is_some() { "a route that was found" } else { "a bound alone" });
            self.when(!tracked.is_empty(), "what a bound keeps");
        }
        self.is(rank(by));
    }

    fn test(&mut self, test: &Test) {
        let Test { name: _, start: _, seed: _, given, rolls, play: _, expect: wanted, origin: _, transcript } = test;
        self.is("tests");
        self.when(!given.is_empty(), "given in a test");
        self.given(given);
        self.when(!rolls.is_empty(), "rolls");
        self.when(transcript.is_some(), "a recorded transcript");
        for one in wanted {
            self.is(expect(one));
        }
    }

    fn given(&mut self, given: &[Given]) {
        for Given { what, value: _ } in given {
            self.is(crosses(what));
        }
    }

    fn world(&mut self, world: &World) {
        let World { id: _, title: _, version: _, note, credits, order: _, items, people, places, codex, maps } = world;
        self.when(note.is_some(), "a story's note");
        self.texts(note);
        self.when(credits.is_some(), "a story's credits");
        self.texts(credits);
        for Item { id: _, name: _, text, max, art } in items.iter() {
            self.when(!text.is_empty(), "an item's text");
            self.text(text);
            self.when(*max > 1, "more than one of an item");
            self.when(!art.is_empty(), "art");
        }
        for Person { id: _, name: _, zh, text, codex } in people.iter() {
            self.when(zh.is_some(), "zh");
            self.when(!text.is_empty(), "a person's text");
            self.text(text);
            self.when(codex.is_some(), "a person's entry");
        }
        for Place { id: _, name: _, zh, map, at: _, kind, codex } in places.iter() {
            self.when(zh.is_some(), "zh");
            self.when(map.is_some(), "a place's map");
            self.is(place_kind(kind));
            self.when(codex.is_some(), "a place's entry");
        }
        for Entry { id: _, title: _, text, basis: on, see } in codex.iter() {
            self.text(text);
            self.is(basis(on));
            self.when(!see.is_empty(), "see");
        }
        self.when(!maps.is_empty(), "a shared map");
        maps.iter().for_each(|one| self.map(one));
    }

    fn map(&mut self, map: &Map) {
        let Map { id: _, title: _, bounds: _, lines, armies } = map;
        for Line { kind, name, points: _, when } in lines {
            self.is(line_kind(kind));
            self.when(name.is_some(), "a line's name");
            self.when(when.is_some(), "a line's condition");
            when.iter().for_each(|one| self.cond(one));
        }
        for Army { name: _, side: _, at } in armies {
            for Arms { when, place: _ } in at {
                self.when(when.is_some(), "an army's place with a condition");
                when.iter().for_each(|one| self.cond(one));
            }
        }
    }

    /// What the engine does not keep.
    fn sources(&mut self) {
        let mut files = Vec::new();
        read(&folder(), &mut files);
        let whole: String = files.iter().map(|(_, text)| text.as_str()).collect();
        assert!(!whole.contains("todo:"), "something is left to do");
        for (name, written) in [
            ("note", "note: \""),
            ("a snippet in a snippet's place", "{use: "),
            ("a choice's visit", ", visit: \""),
            ("a choice's draw", ", draw: \"knocks\""),
            ("a choice's back", ", back: true"),
            ("an arrow's draw", "(draw: \""),
            ("an arrow's back", "(back: true)"),
            ("an arrow's note", ", note: \"once each"),
            ("a deck's then", "(none: \"ebb\", then: \"ebb\""),
            ("paragraphs in a group", "{first:\n"),
            ("a character itself", "\\["),
            ("{&", "{&"),
            ("{~", "{~"),
            ("{!", "{!"),
        ] {
            self.when(whole.contains(written), name);
        }
        for (path, text) in &files {
            let shared = path.components().any(|c| c.as_os_str() == "world");
            self.when(shared && text.contains("snippets: {"), "a shared snippet");
            self.when(!shared && text.contains("snippets: {"), "a chapter's snippet");
            self.when(text.contains("words: {"), "a translation");
        }
    }
}

fn read(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, files);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
}
