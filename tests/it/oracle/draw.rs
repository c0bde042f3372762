//! Small stories drawn from a seed, as texts: every feature of the format that a proof has to mind, sound and unsound.

use std::fmt::Write as _;

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

/// A story of one to three chapters. Some seeds make one that the loader refuses.
pub(super) fn story(seed: u64) -> Vec<(String, String)> {
    let mut lots = Lots(ChaCha8Rng::seed_from_u64(seed));
    let count = [1, 1, 2, 2, 3][lots.below(5)];
    let ids: Vec<String> = (0..count).map(|at| format!("ch{at}")).collect();
    let world = World { ints: 2, flags: 1, items: vec![1, 2] };
    let list = ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(", ");
    let manifest =
        format!("(story: (id: \"drawn\", title: \"Drawn\", version: \"1\", chapters: [{list}]),\n{}\n)", world.text());
    let mut texts = vec![("story.ron".to_owned(), manifest)];
    for at in 0..count {
        let text = Pen::new(&mut lots, &world).chapter(at, &ids);
        texts.push((format!("{}/chapter.ron", ids[at]), text));
    }
    texts
}

/// Luck for the drawing.
struct Lots(ChaCha8Rng);

impl Lots {
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.0.next_u64() % n.max(1) as u64).unwrap()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn between(&mut self, low: i32, high: i32) -> i32 {
        low + i32::try_from(self.below(usize::try_from(high - low + 1).unwrap())).unwrap()
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// What all chapters share: numbers `w0`, `w1`, a flag `wf0`, a word `ww`, items `i0`, `i1`.
struct World {
    ints: usize,
    flags: usize,
    items: Vec<i32>,
}

impl World {
    fn text(&self) -> String {
        let mut out = String::from("vars: {");
        (0..self.ints).for_each(|at| write!(out, "\"w{at}\": Int(range: (0, 2)), ").unwrap());
        (0..self.flags).for_each(|at| write!(out, "\"wf{at}\": Flag(), ").unwrap());
        out += "\"ww\": Word(of: [\"a\", \"b\", \"c\"]), },\nitems: {";
        for (at, max) in self.items.iter().enumerate() {
            write!(out, "\"i{at}\": (name: \"i{at}\", max: {max}), ").unwrap();
        }
        out + "},"
    }
}

#[derive(Clone)]
struct Int {
    id: String,
    low: i32,
    high: i32,
    strict: bool,
}

/// A choice before it has rules: its key in the list and those nested in it.
struct Planned {
    key: String,
    nested: Vec<Planned>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Main(usize),
    Visited(usize),
    Card(usize),
    Ending,
}

struct Sketch {
    id: String,
    kind: Kind,
    choices: Vec<Planned>,
    uses: bool,
}

/// Writes one chapter.
struct Pen<'l> {
    lots: &'l mut Lots,
    ints: Vec<Int>,
    flags: Vec<String>,
    words: Vec<(String, Vec<&'static str>)>,
    items: Vec<(String, i32)>,
    derived_numbers: Vec<String>,
    derived_flags: Vec<String>,
    mains: Vec<String>,
    visited: Vec<String>,
    endings: Vec<String>,
    decks: usize,
    scenes: Vec<String>,
    paths: Vec<String>,
}

impl<'l> Pen<'l> {
    fn new(lots: &'l mut Lots, world: &World) -> Self {
        let mut ints = Vec::new();
        for at in 0..=lots.below(2) {
            let low = if lots.chance(20) { -1 } else { 0 };
            let high = lots.between(1, 4);
            ints.push(Int { id: format!("n{at}"), low, high, strict: lots.chance(35) });
        }
        if lots.chance(40) {
            ints.push(Int { id: "w0".into(), low: 0, high: 2, strict: false });
        }
        let mut flags: Vec<String> = (0..lots.below(3)).map(|at| format!("f{at}")).collect();
        if world.flags > 0 && lots.chance(30) {
            flags.push("wf0".into());
        }
        let mut words = Vec::new();
        if lots.chance(40) {
            words.push(("wd".to_owned(), vec!["x", "y", "z"]));
        }
        if lots.chance(30) {
            words.push(("ww".to_owned(), vec!["a", "b", "c"]));
        }
        let items = world.items.iter().enumerate().map(|(at, max)| (format!("i{at}"), *max));
        let items = items.filter(|_| lots.chance(45)).collect();
        Self {
            lots,
            ints,
            flags,
            words,
            items,
            derived_numbers: vec![],
            derived_flags: vec![],
            mains: vec![],
            visited: vec![],
            endings: vec![],
            decks: 0,
            scenes: vec![],
            paths: vec![],
        }
    }

    fn plan(&mut self, scene: &str, most: usize, depth: usize, prefix: &str) -> Vec<Planned> {
        let count = 1 + self.lots.below(most);
        let mut list = Vec::new();
        for at in 0..count {
            let key = format!("{}{}", ["a", "b", "c", "d"][at], if depth > 0 { "x" } else { "" });
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}/{key}") };
            self.paths.push(format!("{scene}{path}"));
            let nested = if depth < 2 && self.lots.chance(12) { self.plan(scene, 2, depth + 1, &path) } else { vec![] };
            list.push(Planned { key, nested });
        }
        list
    }

    fn chapter(mut self, at: usize, ids: &[String]) -> String {
        let mains = 2 + self.lots.below(3);
        self.mains = (0..mains).map(|n| format!("m{n}")).collect();
        self.visited = (0..self.lots.below(3)).map(|n| format!("v{n}")).collect();
        self.endings = (0..1 + self.lots.below(2)).map(|n| format!("e{n}")).collect();
        self.decks = if self.lots.chance(35) { 1 + self.lots.below(2) } else { 0 };
        let menu = self.lots.chance(45).then(|| self.plan("@sh/", 2, 0, ""));
        let mut scenes = Vec::new();
        for (n, id) in self.mains.clone().iter().enumerate() {
            let quiet = n > 0 && self.lots.chance(12);
            let uses = menu.is_some() && !quiet && self.lots.chance(70);
            let own = !(quiet || uses && self.lots.chance(35));
            let choices = if own { self.plan(&format!("{id}#"), 3, 0, "") } else { vec![] };
            scenes.push(Sketch { id: id.clone(), kind: Kind::Main(n), choices, uses });
        }
        for (n, id) in self.visited.clone().iter().enumerate() {
            let choices = if self.lots.chance(40) { vec![] } else { self.plan(&format!("{id}#"), 2, 0, "") };
            scenes.push(Sketch { id: id.clone(), kind: Kind::Visited(n), choices, uses: false });
        }
        for deck in 0..self.decks {
            for card in 0..1 + self.lots.below(3) {
                let id = format!("c{deck}_{card}");
                let choices = if self.lots.chance(60) { vec![] } else { self.plan(&format!("{id}#"), 2, 0, "") };
                scenes.push(Sketch { id, kind: Kind::Card(deck), choices, uses: false });
            }
        }
        for id in self.endings.clone() {
            scenes.push(Sketch { id, kind: Kind::Ending, choices: vec![], uses: false });
        }
        self.scenes = scenes.iter().map(|s| s.id.clone()).collect();
        let mut out = format!("(\nchapter: (title: \"{}\", start: \"m0\"{}),\n", ids[at], self.carries(at));
        out += &self.vars();
        out += &self.derived();
        out += "scenes: {\n";
        for scene in &scenes {
            let text = self.scene(scene);
            writeln!(out, "  \"{}\": ({text}),", scene.id).unwrap();
        }
        out += "},\n";
        if let Some(menu) = &menu {
            let text = self.choices(menu, Kind::Main(0), false);
            writeln!(out, "menus: {{\"sh\": [{text}]}},").unwrap();
        }
        if self.decks > 0 {
            out += "decks: {";
            for deck in 0..self.decks {
                let none = self.deck_flow();
                let then = self.deck_flow();
                write!(out, "\"d{deck}\": (none: {none}, then: {then}), ").unwrap();
            }
            out += "},\n";
        }
        out += "endings: {";
        for (n, _) in self.endings.clone().iter().enumerate() {
            let next = ids.get(at + 1).filter(|_| n == 0 || self.lots.chance(50));
            let next = next.map_or(String::new(), |id| format!(", next: \"{id}\""));
            write!(out, "\"end{n}\": (title: \"E{n}\", rank: {}{next}), ", n + 1).unwrap();
        }
        out += "},\nmilestones: {\"ms0\": (title: \"M\"), \"ms1\": (title: \"M\")},\nachievements: {";
        for n in 0..1 + self.lots.below(2) {
            let when = self.cond(2);
            write!(out, "\"ac{n}\": (title: \"A\", if: \"{when}\"), ").unwrap();
        }
        out += "},\n";
        if self.lots.chance(30) {
            let start = self.lots.of(&self.mains).clone();
            let int = self.lots.of(&self.ints).clone();
            let value = self.lots.between(int.low, int.high);
            let mut given = format!("\"{}\": {value}", int.id);
            if let Some((item, max)) = self.items.first().cloned() {
                write!(given, ", \"{item}\": {}", self.lots.between(0, max)).unwrap();
            }
            let goal = self.cond(1);
            writeln!(out, "runs: {{\"r\": (title: \"R\", about: \"R\", start: \"{start}\", given: {{{given}}}, goal: \"{goal}\", seed: 1, rank: Turns)}},").unwrap();
        }
        out + ")\n"
    }

    fn carries(&mut self, at: usize) -> String {
        if at == 0 && self.lots.chance(50) {
            return String::new();
        }
        let mut list = Vec::new();
        for what in ["w0", "w1"] {
            if self.lots.chance(40) {
                list.push(format!("\"{what}\": {}", self.lots.below(3)));
            }
        }
        if self.lots.chance(40) {
            list.push(format!("\"wf0\": {}", self.lots.chance(50)));
        }
        if self.lots.chance(30) {
            list.push(format!("\"ww\": \"{}\"", self.lots.of(&["a", "b", "c"])));
        }
        if self.lots.chance(40) {
            list.push(format!("\"i1\": {}", self.lots.below(3)));
        }
        if list.is_empty() { String::new() } else { format!(", carries: {{{}}}", list.join(", ")) }
    }

    fn vars(&mut self) -> String {
        let mut out = String::from("vars: {");
        for int in self.ints.clone().iter().filter(|i| i.id.starts_with('n')) {
            let start = self.lots.between(int.low, int.high);
            let edge = if int.strict { ", edge: Strict" } else { "" };
            write!(out, "\"{}\": Int(range: ({}, {}), start: {start}{edge}), ", int.id, int.low, int.high).unwrap();
        }
        for flag in self.flags.iter().filter(|f| f.starts_with('f')) {
            write!(out, "\"{flag}\": Flag(), ").unwrap();
        }
        if self.words.iter().any(|(id, _)| id == "wd") {
            out += "\"wd\": Word(of: [\"x\", \"y\", \"z\"]), ";
        }
        out + "},\n"
    }

    fn derived(&mut self) -> String {
        let mut out = String::new();
        if self.lots.chance(30) {
            let is = self.number(1);
            write!(out, "\"dn\": \"{is}\", ").unwrap();
            self.derived_numbers.push("dn".into());
        }
        if self.lots.chance(30) {
            let is = self.cond(1);
            write!(out, "\"df\": \"{is}\", ").unwrap();
            self.derived_flags.push("df".into());
        }
        if out.is_empty() { out } else { format!("derived: {{{out}}},\n") }
    }

    fn scene(&mut self, scene: &Sketch) -> String {
        let mut out = format!("text: \"{}\"", self.text());
        if self.lots.chance(40) {
            let effects = self.effects(true);
            write!(out, ", enter: [{effects}]").unwrap();
        }
        if self.lots.chance(15) {
            write!(out, ", milestone: \"ms{}\"", self.lots.below(2)).unwrap();
        }
        match scene.kind {
            Kind::Ending => {
                write!(out, ", ending: \"end{}\"", &scene.id[1..]).unwrap();
                return out;
            }
            Kind::Card(deck) => {
                let mut card = format!("deck: \"d{deck}\"");
                if self.lots.chance(50) {
                    write!(card, ", weight: {}", self.lots.of(&[1, 2, 3, 5])).unwrap();
                }
                if self.lots.chance(50) {
                    write!(card, ", if: \"{}\"", self.cond(1)).unwrap();
                }
                if self.lots.chance(40) {
                    card += ", again: true";
                }
                write!(out, ", card: ({card})").unwrap();
            }
            Kind::Main(_) | Kind::Visited(_) => {}
        }
        if !scene.choices.is_empty() {
            let sure = matches!(scene.kind, Kind::Main(_)) && self.lots.chance(45);
            let text = self.choices(&scene.choices, scene.kind, sure);
            write!(out, ", choices: [{text}]").unwrap();
        }
        if scene.uses {
            out += ", use: [\"sh\"]";
        }
        let bare = scene.choices.is_empty() && !scene.uses;
        match scene.kind {
            Kind::Main(at) => {
                if bare || self.lots.chance(20) {
                    let flow = self.onward(at);
                    write!(out, ", then: {flow}").unwrap();
                }
                if !bare && self.lots.chance(35) {
                    let flow = self.onward(at);
                    write!(out, ", otherwise: {flow}").unwrap();
                }
            }
            Kind::Visited(_) => {
                if self.lots.chance(85) {
                    out += ", back: true";
                } else {
                    let end = self.lots.of(&self.endings).clone();
                    let when = self.cond(1);
                    write!(out, ", then: [(if: \"{when}\", to: \"{end}\"), (back: true)]").unwrap();
                }
            }
            Kind::Card(_) => {
                if self.lots.chance(30) {
                    let last = self.mains.len();
                    let from = last.saturating_sub(1 + self.lots.below(2));
                    let flow = self.onward(from);
                    write!(out, ", then: {flow}").unwrap();
                }
            }
            Kind::Ending => {}
        }
        out
    }

    /// Where a deck leads: an ending or the last scene.
    fn deck_flow(&mut self) -> String {
        let last = self.mains.last().unwrap().clone();
        let to = if self.lots.chance(60) { last } else { self.lots.of(&self.endings).clone() };
        format!("\"{to}\"")
    }

    /// A flow from a scene to later ones.
    fn onward(&mut self, at: usize) -> String {
        let later: Vec<String> = self.mains.iter().skip(at + 1).chain(&self.endings).cloned().collect();
        let last = at + 1 >= self.mains.len();
        if self.lots.chance(60) {
            return format!("\"{}\"", self.lots.of(&later));
        }
        let when = self.cond(1);
        let first = if self.decks > 0 && !last && self.lots.chance(50) {
            format!("draw: \"d{}\"", self.lots.below(self.decks))
        } else {
            format!("to: \"{}\"", self.lots.of(&later))
        };
        let end = self.lots.of(&later).clone();
        format!("[(if: \"{when}\", {first}), (to: \"{end}\")]")
    }

    fn choices(&mut self, list: &[Planned], kind: Kind, sure: bool) -> String {
        let sure = sure.then(|| self.lots.below(list.len()));
        let texts: Vec<String> =
            list.iter().enumerate().map(|(at, one)| self.choice(one, kind, sure == Some(at))).collect();
        texts.join(",\n    ")
    }

    fn choice(&mut self, one: &Planned, kind: Kind, sure: bool) -> String {
        let mut out = format!("id: \"{}\", say: \"{} {}\"", one.key, one.key, self.text());
        if self.lots.chance(30) {
            write!(out, ", said: \"{}\"", self.text()).unwrap();
        }
        if !sure && self.lots.chance(60) {
            let when = self.cond(2);
            write!(out, ", if: \"{when}\"").unwrap();
            if self.lots.chance(35) {
                out += ", locked: \"L.\"";
            }
        }
        if sure || self.lots.chance(50) {
            out += ", again: true";
        }
        if self.lots.chance(if sure { 30 } else { 60 }) {
            let effects = self.effects(sure);
            write!(out, ", do: [{effects}]").unwrap();
        }
        if !one.nested.is_empty() {
            let nested = self.choices(&one.nested, kind, false);
            write!(out, ", choices: [{nested}]").unwrap();
            if self.lots.chance(40) {
                let to = self.scene_or_end();
                write!(out, ", then: \"{to}\"").unwrap();
            }
        } else {
            out += &self.target(kind);
        }
        format!("({out})")
    }

    fn scene_or_end(&mut self) -> String {
        if self.lots.chance(75) { self.lots.of(&self.mains).clone() } else { self.lots.of(&self.endings).clone() }
    }

    fn target(&mut self, kind: Kind) -> String {
        if let Kind::Visited(at) = kind {
            return match self.lots.below(10) {
                0..=4 => ", back: true".into(),
                5 => format!(", to: \"{}\"", self.lots.of(&self.endings)),
                6 if at + 1 < self.visited.len() => format!(", visit: \"{}\"", self.visited[at + 1]),
                _ => String::new(),
            };
        }
        match self.lots.below(20) {
            0..=8 => format!(", to: \"{}\"", self.scene_or_end()),
            9..=10 => {
                let when = self.cond(1);
                let (first, last) = (self.scene_or_end(), self.scene_or_end());
                let first = if self.decks > 0 && self.lots.chance(30) {
                    format!("draw: \"d{}\"", self.lots.below(self.decks))
                } else {
                    format!("to: \"{first}\"")
                };
                format!(", to: [(if: \"{when}\", {first}), (to: \"{last}\")]")
            }
            11..=13 if !self.visited.is_empty() => format!(", visit: \"{}\"", self.lots.of(&self.visited)),
            14..=16 if self.decks > 0 => format!(", draw: \"d{}\"", self.lots.below(self.decks)),
            _ => String::new(),
        }
    }

    /// Effects: those on strict numbers first, then dice, then others.
    fn effects(&mut self, loose: bool) -> String {
        let mut list = Vec::new();
        for _ in 0..1 + self.lots.below(2) {
            list.extend(self.effect(loose));
        }
        if self.lots.chance(20) {
            list.extend(self.dice());
            if self.lots.chance(40) {
                list.extend(self.effect(true));
            }
        }
        if list.is_empty() {
            list.push("w1 += 1".to_owned());
        }
        list.iter().map(|e| format!("\"{e}\"")).collect::<Vec<_>>().join(", ")
    }

    fn effect(&mut self, loose: bool) -> Option<String> {
        let ints: Vec<Int> = self.ints.iter().filter(|i| !loose || !i.strict).cloned().collect();
        let mut text = match self.lots.below(10) {
            0..=4 if !ints.is_empty() => {
                let int = self.lots.of(&ints).clone();
                match self.lots.below(8) {
                    0..=2 => format!("{} += {}", int.id, self.lots.between(1, 2)),
                    3..=4 => format!("{} -= {}", int.id, self.lots.between(1, 2)),
                    5 => format!("{} = {}", int.id, self.lots.between(int.low, int.high)),
                    6 => format!("{} += {}", int.id, self.number(1)),
                    _ => format!("{} = {}", int.id, self.number(1)),
                }
            }
            5 | 6 if !self.flags.is_empty() => {
                let flag = self.lots.of(&self.flags).clone();
                match self.lots.below(4) {
                    0 => format!("{flag} = true"),
                    1 => format!("{flag} = false"),
                    2 => format!("{flag} = not {flag}"),
                    _ => format!("{flag} = {}", self.atom()),
                }
            }
            7 if !self.words.is_empty() => {
                let (id, of) = self.lots.of(&self.words).clone();
                format!("{id} = {}", self.lots.of(&of))
            }
            8 | 9 if !self.items.is_empty() => {
                let (id, max) = self.lots.of(&self.items).clone();
                let verb = if self.lots.chance(60) { "give" } else { "take" };
                if max > 1 && self.lots.chance(40) { format!("{verb}({id}, {max})") } else { format!("{verb}({id})") }
            }
            _ => return None,
        };
        // A condition behind a condition would be one condition with it.
        if self.lots.chance(20) && !text.contains(" if ") {
            let when = self.atom();
            write!(text, " if {when}").unwrap();
        }
        Some(text)
    }

    fn dice(&mut self) -> Option<String> {
        let loose: Vec<Int> = self.ints.iter().filter(|i| !i.strict).cloned().collect();
        match self.lots.below(3) {
            0 if !loose.is_empty() => {
                let int = self.lots.of(&loose).clone();
                let low = self.lots.between(int.low, int.high - 1).max(0).min(int.high - 1);
                let high = self.lots.between(low + 1, int.high);
                Some(format!("{} = roll({low}..{high})", int.id))
            }
            1 if !self.flags.is_empty() => {
                let flag = self.lots.of(&self.flags).clone();
                Some(format!("{flag} = chance({})", self.lots.between(1, 99)))
            }
            2 if !self.words.is_empty() => {
                let (id, of) = self.lots.of(&self.words).clone();
                let from = self.lots.below(2);
                Some(format!("{id} = one_of({}, {})", of[from], of[from + 1]))
            }
            _ => None,
        }
    }

    /// Words, some of which are told only sometimes.
    fn text(&mut self) -> String {
        let mut out = String::from("T.");
        if self.lots.chance(50) {
            let asked = self.cond(1);
            write!(out, " {{if {asked}: A.|B.}}").unwrap();
        }
        if self.lots.chance(30) {
            let kind =
                *self.lots.of(&["first: C.|D.", "once: E.|F.|G.", "cycle: H.|I.|J.", "shuffle: K.|L.|M.", "N.|O.|P."]);
            write!(out, " {{{kind}}}").unwrap();
        }
        out
    }

    fn cond(&mut self, depth: usize) -> String {
        if depth == 0 || self.lots.chance(55) {
            return self.atom();
        }
        let (a, b) = (self.cond(depth - 1), self.cond(depth - 1));
        match self.lots.below(5) {
            0 | 1 => format!("({a}) and ({b})"),
            2 | 3 => format!("({a}) or ({b})"),
            _ => format!("not ({a})"),
        }
    }

    fn atom(&mut self) -> String {
        let sign = *self.lots.of(&["==", "!=", "<", "<=", ">", ">="]);
        match self.lots.below(20) {
            0..=4 => {
                let int = self.lots.of(&self.ints).clone();
                format!("{} {sign} {}", int.id, self.lots.between(int.low, int.high))
            }
            5..=6 if !self.flags.is_empty() => {
                let not = if self.lots.chance(40) { "not " } else { "" };
                format!("{not}{}", self.lots.of(&self.flags))
            }
            7 if !self.words.is_empty() => {
                let (id, of) = self.lots.of(&self.words).clone();
                format!("{id} {} {}", if self.lots.chance(60) { "==" } else { "!=" }, self.lots.of(&of))
            }
            8..=9 if !self.items.is_empty() => {
                let (id, max) = self.lots.of(&self.items).clone();
                if self.lots.chance(60) { format!("has({id})") } else { format!("count({id}) {sign} {max}") }
            }
            10..=11 => format!("seen({})", self.lots.of(&self.scenes)),
            12 => format!("visits({}) {sign} {}", self.lots.of(&self.scenes).clone(), self.lots.between(1, 2)),
            13..=14 => format!("taken({}) {sign} {}", self.lots.of(&self.paths).clone(), self.lots.between(0, 2)),
            15 => format!("since({}) {sign} {}", self.lots.of(&self.scenes).clone(), self.lots.between(0, 2)),
            16 if self.lots.chance(40) => format!("turns() {sign} {}", self.lots.between(1, 3)),
            17 if !self.derived_flags.is_empty() => "df".into(),
            18 => {
                let number = self.number(1);
                format!("{number} {sign} {}", self.lots.between(0, 3))
            }
            _ => {
                let int = self.lots.of(&self.ints).clone();
                format!("{} {sign} {}", int.id, self.lots.between(int.low, int.high))
            }
        }
    }

    fn number(&mut self, depth: usize) -> String {
        let int = self.lots.of(&self.ints).clone();
        if depth == 0 {
            return int.id;
        }
        match self.lots.below(10) {
            0 => format!("{} + {}", int.id, self.lots.between(1, 2)),
            1 => format!("{} * 2 - 1", int.id),
            2 => format!("min({}, {})", int.id, self.lots.between(0, 2)),
            3 => {
                let other = self.number(0);
                format!("max({}, {other})", int.id)
            }
            4 => {
                let when = self.cond(0);
                format!("if({when}, {}, {})", self.lots.between(0, 2), int.id)
            }
            5 => format!("band({}, 1, 2)", int.id),
            6 if !self.items.is_empty() => format!("count({})", self.lots.of(&self.items).0),
            7 if !self.derived_numbers.is_empty() => "dn".into(),
            8 if self.lots.chance(50) => match self.lots.below(3) {
                0 => format!("visits({})", self.lots.of(&self.scenes)),
                1 => format!("taken({})", self.lots.of(&self.paths)),
                _ => format!("min(since({}), 2)", self.lots.of(&self.scenes)),
            },
            _ => {
                let other = self.number(0);
                format!("{} - {other}", int.id)
            }
        }
    }
}
