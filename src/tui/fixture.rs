//! A small story built by hand, and an app that plays it without a terminal.

mod play;

use std::sync::Arc;

use crate::engine::chapter::{Arrow, Choice, Ending, Goes, Scene, SceneRare, Shown, Target, Var, VarKind};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::Expr;
use crate::engine::id::{ChoiceIx, EndingIx, ItemIx, PersonIx, PlaceIx, SceneIx, VarIx};
use crate::engine::late::{Late, LateVec};
use crate::engine::seal::Seal;
use crate::engine::text::{Inline, Paragraph, Text};
use crate::engine::world::{Item, Person, Place, PlaceKind};
use crate::engine::{Chapter, World};
use crate::play::sitting::Chapters;

pub(crate) use play::{Play, same};

pub(crate) fn text(paragraphs: &[&str]) -> Text {
    let paragraph = |words: &&str| {
        let (speaker, words) = match words.strip_prefix("@0: ") {
            Some(said) => (Some(PersonIx(0)), said),
            None => (None, *words),
        };
        Paragraph { speaker, inlines: vec![Inline::Plain(words.to_owned())] }
    };
    paragraphs.iter().map(paragraph).collect::<Vec<_>>().into()
}

fn place(id: &str, name: &str) -> Place {
    let (map, zh, codex) = (None, Some("太原".to_owned()), None);
    Place { id: id.into(), name: name.into(), zh, map, at: (0, 0), kind: PlaceKind::Gate, codex }
}

pub(crate) fn world() -> World {
    let item = |id: &str, name: &str| Item {
        id: id.into(),
        name: name.into(),
        text: text(&["It is heavier than it looks."]),
        max: 3,
        art: Vec::new(),
    };
    let clerk =
        Person { id: "clerk".into(), name: "The clerk".into(), text: text(&["He counts."]), ..Person::default() };
    World {
        id: "small".into(),
        title: "The Siege of Taiyuan".into(),
        version: "1".into(),
        note: Some(text(&["A siege, hunger, and what people do then. Nothing is shown for its own sake."])),
        credits: Some(text(&["After the chronicles."])),
        order: vec!["siege".into()],
        items: vec![item("tally", "half a tiger tally"), item("tally_book", "tally book")].into(),
        people: vec![clerk].into(),
        places: vec![place("granary", "The granary"), place("north_gate", "The north gate")].into(),
        ..World::default()
    }
}

fn scene(id: &str, at: u32, paragraphs: &[&str], menu: &[u32]) -> Scene {
    Scene {
        id: id.into(),
        text: text(paragraphs),
        menu: menu.iter().map(|m| ChoiceIx(*m)).collect(),
        rare: SceneRare { place: Some(PlaceIx(at)), ..SceneRare::default() }.into(),
        ..Scene::default()
    }
}

fn choice(key: &str, say: &str, to: u32) -> Choice {
    Choice {
        path: format!("x#{key}").into(),
        key_at: 2,
        say: text(&[say]),
        again: true,
        goes: Goes::To(Arrow { when: None, target: Target::Scene(SceneIx(to)) }.into()),
        ..Choice::default()
    }
}

fn stat(id: &str, label: &str, most: i32, start: i32, levels: &[(i32, &str)]) -> Var {
    Var {
        id: id.into(),
        kind: VarKind::Int(0, most),
        start,
        shared: false,
        strict: false,
        shown: Some(Shown {
            label: label.into(),
            show: None,
            gauge: most < 1000,
            levels: levels.iter().map(|(from, word)| (*from, (*word).to_owned())).collect(),
            low_is_good: false,
            quiet: false,
            when: None,
        }),
    }
}

/// The granary and the gate: a page with three choices and a locked one, a long page, an ending.
pub(crate) fn chapter() -> Chapter {
    let gate = [
        "Snow on the north gate. The drums have not stopped since the third watch, and the men on the wall have stopped hearing them.",
        "@0: “The granary,” says the clerk, and does not finish.",
    ];
    let granary = [
        "It takes until dark. You write the second number first.",
        "Grain, 31,200. Mouths, 24,816. The clerk looks at the two numbers as if one of them might be persuaded, then rules a line under both and sands it.",
        "Outside somebody is laughing, the way people laugh when the thing is over, and nothing is over.",
        "You go through the bins with a lamp: millet in the first, millet in the second, and in the third a floor swept so clean that the lamp shows you your own boots.",
        "“Rats,” says the clerk. There have been no rats since the second month. You both know what became of them.",
        "In 太原 the measure is a wooden box with a bar across the top. You turn it over in your hands. Somebody has planed the bar.",
    ];
    let mut bribe = choice("send", "Send to Fenzhou", 1);
    bribe.rare.locked = Some(text(&["no one has come back by that road"]));
    bribe.when = Some(crate::engine::expr::Cond::Const(false).into());
    let mut count = choice("count", "Count the grain yourself", 0);
    let grain = VarIx(0);
    let less = Expr::Const(180);
    count.effects = vec![
        Effect { when: None, act: Act::Set(grain, less) },
        Effect { when: None, act: Act::Give(ItemIx(0), Expr::Const(1)) },
    ]
    .into();
    let mut ask = choice("ask", "Ask the clerk how he sleeps", 1);
    ask.rare.said = Some(text(&["“On my back,” he says."]));
    ask.goes = Goes::Rejoin;
    let mut scenes = vec![
        scene("granary", 0, &granary, &[3, 4, 5]),
        scene("north_gate", 1, &gate, &[0, 1, 2]),
        scene("opened", 1, &["They open the gate before dawn. Nobody gave the order, and everybody heard it."], &[]),
    ];
    scenes[2].rare.ending = Some(EndingIx(0));
    Chapter {
        world: Arc::new(world()),
        id: "siege".into(),
        title: "The Ledger".into(),
        about: text(&["Nine months on the wall at Taiyuan, counted day by day."]),
        date: Some(text(&["Day 41"])),
        accent: "soot".into(),
        stats: vec![VarIx(0), VarIx(2), VarIx(1)],
        map: None,
        maps: Late::default(),
        start: SceneIx(1),
        carries: Vec::new(),
        vars: vec![
            stat("grain", "Grain", 900, 620, &[(0, "swept"), (1, "nearly bare"), (200, "falling"), (600, "full")]),
            stat("men", "Men", 20000, 9640, &[]),
            stat("walls", "Walls", 100, 80, &[(0, "breached"), (60, "sound")]),
        ],
        derived: LateVec::default(),
        scenes: scenes.into(),
        choices: vec![
            count,
            ask,
            bribe,
            choice("cut", "Cut the ration to one measure", 1),
            choice(
                "stores",
                "Open the officers' stores, and write down in your own hand whose they were and what was in them",
                1,
            ),
            choice("gate", "Open the gate", 2),
        ]
        .into(),
        decks: Vec::new(),
        endings: vec![Ending {
            id: "opened".into(),
            title: "Day 252".into(),
            rank: 3,
            text: text(&["The gate was opened from inside."]),
            next: None,
        }]
        .into(),
        milestones: Vec::new(),
        achievements: Vec::new(),
        runs: Late::default(),
        tests: Late::default(),
        was: Late::default(),
        sites: LateVec::default(),
        rules: Seal::known([7; 32]),
        prose: Seal::known([7; 32]),
    }
}

pub(crate) fn chapters() -> Chapters {
    let chapter = Arc::new(chapter());
    Arc::new(move |id: &str| (id == chapter.id).then(|| Arc::clone(&chapter)))
}
