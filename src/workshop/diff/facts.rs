//! Everything a story says of each of its things, but prose: what it is compared by.

mod marks;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::engine::chapter::{Arrow, Carried, Flow, Given, Goes, Meaning, Rank, Scene, Var, VarKind};
use crate::engine::effect::Effect;
use crate::engine::expr::Cond;
use crate::engine::id::CodexIx;
use crate::engine::{Chapter, World};
use crate::workshop::written;

/// What sort of thing an id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The manifest.
    Story,
    /// A chapter's head.
    Chapter,
    /// A scene.
    Scene,
    /// A choice, by path.
    Choice,
    /// A deck.
    Deck,
    /// An ending.
    Ending,
    /// A milestone.
    Milestone,
    /// An achievement.
    Achievement,
    /// A category of runs.
    Run,
    /// A variable.
    Variable,
    /// A derived variable.
    Derived,
    /// An item.
    Item,
    /// A person.
    Person,
    /// A place.
    Place,
    /// A codex entry.
    Codex,
}

/// Fields and what is written in them, line by line.
pub(super) type Fields = Vec<(&'static str, Vec<String>)>;

/// What is said of each thing.
pub(super) type Facts = BTreeMap<(Kind, String), Fields>;

/// One line, or none.
fn line(text: Option<impl ToString>) -> Vec<String> {
    text.iter().map(ToString::to_string).collect()
}

fn yes(flag: bool) -> Vec<String> {
    line(flag.then_some("true"))
}

/// What a chapter says of its things.
pub(super) fn chapter(chapter: &Chapter) -> Facts {
    let of = Of(chapter);
    let mut facts = Facts::new();
    facts.insert((Kind::Chapter, chapter.id.clone()), of.head());
    for scene in chapter.scenes.iter() {
        let card = scene.card.as_ref().map(|card| {
            let again = if card.again { ", again" } else { "" };
            let when = card.when.as_ref().map(|when| format!(" if {}", of.cond(when))).unwrap_or_default();
            format!("{} weight {}{again}{when}", chapter.decks[card.deck.at()].id, card.weight)
        });
        let fields = vec![
            ("at", line(scene.place.map(|ix| &chapter.world.place(ix).id))),
            ("title", of.marks(scene.title.as_ref())),
            ("date", of.marks(scene.date.as_ref())),
            ("enter", of.effects(&scene.enter)),
            ("text", of.marks(Some(&scene.text))),
            (ORDER, scene.menu.iter().map(|ix| chapter.choice(*ix).path.to_string()).collect()),
            ("use", of.used(scene)),
            ("card", line(card)),
            ("meets", scene.meets.iter().map(|ix| chapter.world.person(*ix).id.clone()).collect()),
            ("milestone", line(scene.milestone.map(|ix| &chapter.milestones[ix.at()].id))),
            ("otherwise", of.flow(scene.otherwise.as_ref())),
            ("then", of.flow(scene.then.as_ref())),
            ("back", yes(scene.back)),
            ("ending", line(scene.ending.map(|ix| &chapter.endings[ix.at()].id))),
        ];
        facts.insert((Kind::Scene, scene.id.to_string()), fields);
    }
    for choice in chapter.choices.iter() {
        let (to, visit, then) = match &choice.goes {
            Goes::To(flow) => (of.flow(Some(flow)), Vec::new(), Vec::new()),
            Goes::Visit(scene) => (Vec::new(), vec![chapter.scene(*scene).id.to_string()], Vec::new()),
            Goes::Nested(_, then) => (Vec::new(), Vec::new(), of.flow(then.as_deref())),
            Goes::Rejoin => (Vec::new(), Vec::new(), Vec::new()),
        };
        let fields = vec![
            ("if", line(choice.when.as_ref().map(|when| of.cond(when)))),
            ("say", of.marks(Some(&choice.say))),
            ("said", of.marks(choice.said.as_ref())),
            (
                "locked",
                choice
                    .locked
                    .iter()
                    .flat_map(|why| [vec!["a reason".to_owned()], of.marks(Some(why))].concat())
                    .collect(),
            ),
            ("again", yes(choice.again)),
            ("do", of.effects(&choice.effects)),
            ("to", to),
            ("visit", visit),
            ("then", then),
        ];
        facts.insert((Kind::Choice, choice.path.to_string()), fields);
    }
    of.tables(&mut facts);
    facts.extend(variables(chapter, false));
    facts
}

/// What is said of a chapter's own variables, or of those that are declared outside of chapters.
pub(super) fn variables(chapter: &Chapter, shared: bool) -> Facts {
    let fields = |var: &Var| {
        let holds = match &var.kind {
            VarKind::Int(low, high) => format!("{low} to {high}"),
            VarKind::Flag => "a flag".to_owned(),
            VarKind::Word(words) => words.join(", "),
        };
        let mut fields =
            vec![("holds", vec![holds]), ("start", vec![var.written(var.start)]), ("strict", yes(var.strict))];
        if let Some(shown) = &var.shown {
            let of = Of(chapter);
            fields.push(("label", vec![shown.label.clone()]));
            fields.push(("show", of.marks(shown.show.as_ref())));
            fields.push(("levels", shown.levels.iter().map(|(from, word)| format!("{from} {word}")).collect()));
            fields.push(("when", line(shown.when.as_ref().map(|when| of.cond(when)))));
            fields.push(("gauge", yes(shown.gauge)));
            fields.push(("low is good", yes(shown.low_is_good)));
            fields.push(("quiet", yes(shown.quiet)));
        }
        fields
    };
    let own = chapter.vars.iter().filter(|var| var.shared == shared);
    own.map(|var| ((Kind::Variable, var.id.clone()), fields(var))).collect()
}

/// The field of a scene that is compared by what is in both: the order of its choices.
pub(super) const ORDER: &str = "order";

/// Writes what a chapter says.
struct Of<'c>(&'c Chapter);

impl Of<'_> {
    fn cond(&self, cond: &Cond) -> String {
        written::cond(self.0, cond)
    }

    fn effects(&self, effects: &[Effect]) -> Vec<String> {
        effects.iter().map(|effect| written::effect(self.0, effect)).collect()
    }

    fn flow(&self, flow: Option<&Flow>) -> Vec<String> {
        let arrow = |arrow: &Arrow| {
            let to = written::target(self.0, arrow);
            arrow.when.as_ref().map_or_else(|| to.clone(), |when| format!("{to} if {}", self.cond(when)))
        };
        flow.into_iter().flatten().map(arrow).collect()
    }

    /// The shared menus of a scene.
    fn used(&self, scene: &Scene) -> Vec<String> {
        let paths = scene.menu.iter().map(|ix| &self.0.choice(*ix).path);
        let menus = paths.filter_map(|path| Some(path.strip_prefix('@')?.split('/').next()?.to_owned()));
        menus.collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn given(&self, given: Given) -> String {
        match given.what {
            Carried::Var(ix) => format!("{} = {}", self.0.var(ix).id, self.0.var(ix).written(given.value)),
            Carried::Item(ix) => format!("{} = {}", self.0.world.item(ix).id, given.value),
        }
    }

    fn head(&self) -> Fields {
        let chapter = self.0;
        let carries = chapter.carries.iter().map(|carry| self.given(Given { what: carry.what, value: carry.record }));
        vec![
            ("title", vec![chapter.title.clone()]),
            ("start", vec![chapter.scene(chapter.start).id.to_string()]),
            ("accent", vec![chapter.accent.clone()]),
            ("map", line(chapter.map.as_ref())),
            ("stats", chapter.stats.iter().map(|ix| chapter.var(*ix).id.clone()).collect()),
            ("carries", carries.collect()),
        ]
    }

    fn tables(&self, facts: &mut Facts) {
        let chapter = self.0;
        let mut put = |kind, id: &str, fields| {
            facts.insert((kind, id.to_owned()), fields);
        };
        for derived in chapter.derived.iter() {
            let is = match &derived.is {
                Meaning::Number(expr) => written::number(chapter, expr),
                Meaning::Flag(cond) => self.cond(cond),
            };
            put(Kind::Derived, &derived.id, vec![("is", vec![is])]);
        }
        for deck in &chapter.decks {
            put(Kind::Deck, &deck.id, vec![("none", self.flow(Some(&deck.none)))]);
        }
        for ending in &chapter.endings {
            let rank = vec![ending.rank.to_string()];
            let next = line(ending.next.as_ref());
            let text = self.marks(Some(&ending.text));
            let fields = vec![("title", vec![ending.title.clone()]), ("rank", rank), ("next", next), ("text", text)];
            put(Kind::Ending, &ending.id, fields);
        }
        for milestone in &chapter.milestones {
            put(Kind::Milestone, &milestone.id, vec![("title", vec![milestone.title.clone()])]);
        }
        for one in &chapter.achievements {
            let fields = vec![("title", vec![one.title.clone()]), ("if", vec![self.cond(&one.when)])];
            put(Kind::Achievement, &one.id, fields);
        }
        for run in &chapter.runs {
            let rank = match run.rank {
                Rank::Time => "time".to_owned(),
                Rank::Turns => "turns".to_owned(),
                Rank::Least(ix) => format!("least {}", chapter.var(ix).id),
            };
            let splits = run.milestones.iter().map(|ix| chapter.milestones[ix.at()].id.clone());
            let fields = vec![
                ("title", vec![run.title.clone()]),
                ("start", vec![chapter.scene(run.start).id.to_string()]),
                ("given", run.given.iter().map(|given| self.given(*given)).collect()),
                ("goal", vec![self.cond(&run.goal)]),
                ("milestones", splits.collect()),
                ("seed", vec![run.seed.to_string()]),
                ("rank", vec![rank]),
            ];
            put(Kind::Run, &run.id, fields);
        }
    }
}

/// What is said of what all chapters share.
pub(super) fn world(world: &World) -> Facts {
    let codex = |ix: Option<CodexIx>| line(ix.map(|ix| &world.entry(ix).id));
    let mut facts = Facts::new();
    let mut put = |kind, id: &str, fields| {
        facts.insert((kind, id.to_owned()), fields);
    };
    let manifest = vec![
        ("title", vec![world.title.clone()]),
        ("version", vec![world.version.clone()]),
        ("chapters", world.order.clone()),
    ];
    put(Kind::Story, &world.id, manifest);
    for item in world.items.iter() {
        let fields =
            vec![("name", vec![item.name.clone()]), ("max", vec![item.max.to_string()]), ("art", item.art.clone())];
        put(Kind::Item, &item.id, fields);
    }
    for one in world.people.iter() {
        let fields = vec![("name", vec![one.name.clone()]), ("zh", line(one.zh.as_ref())), ("codex", codex(one.codex))];
        put(Kind::Person, &one.id, fields);
    }
    for place in world.places.iter() {
        let fields = vec![
            ("name", vec![place.name.clone()]),
            ("zh", line(place.zh.as_ref())),
            ("map", line(place.map.as_ref())),
            ("at", vec![format!("{}, {}", place.at.0, place.at.1)]),
            ("kind", vec![format!("{:?}", place.kind)]),
            ("codex", codex(place.codex)),
        ];
        put(Kind::Place, &place.id, fields);
    }
    for entry in world.codex.iter() {
        let see = entry.see.iter().map(|ix| world.entry(*ix).id.clone()).collect();
        let fields =
            vec![("title", vec![entry.title.clone()]), ("basis", vec![format!("{:?}", entry.basis)]), ("see", see)];
        put(Kind::Codex, &entry.id, fields);
    }
    facts
}
