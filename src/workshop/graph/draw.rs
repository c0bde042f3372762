//! A chapter into nodes and edges.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edge, EdgeKind, Graph, Node, NodeKind};
use crate::engine::Chapter;
use crate::engine::chapter::{Arrow, Choice, Flow, Goes, Scene, Target};
use crate::engine::id::{ChoiceIx, DeckIx, SceneIx};
use crate::engine::text::Text;
use crate::workshop::telling::beginning;
use crate::workshop::ways::Ways;
use crate::workshop::written;

/// Draws chapters in one graph; `group` says what a scene is drawn together with.
#[must_use]
pub fn draw(chapters: &[&Chapter], group: &dyn Fn(&Chapter, SceneIx) -> Option<String>) -> Graph {
    let titles: Vec<&str> = chapters.iter().map(|chapter| chapter.title.as_str()).collect();
    let mut graph = Graph { title: titles.join(", "), ..Graph::default() };
    for chapter in chapters {
        let mut pencil = Pencil { chapter, chapters, menus: menus(chapter), graph: &mut graph, node: 0 };
        pencil.chapter(group);
    }
    // An ending leads on only to a chapter that is drawn as well.
    let Graph { nodes, edges, .. } = &mut graph;
    let drawn: BTreeSet<&str> = nodes.iter().map(|node| node.id.as_str()).collect();
    edges.retain(|edge| drawn.contains(edge.to.as_str()));
    graph
}

struct Pencil<'g, 'c> {
    chapter: &'c Chapter,
    chapters: &'c [&'c Chapter],
    /// Menus that several scenes share, and their choices.
    menus: BTreeMap<&'c str, Vec<ChoiceIx>>,
    graph: &'g mut Graph,
    /// The node being drawn.
    node: usize,
}

/// What a way is taken by.
#[derive(Clone)]
struct By {
    kind: EdgeKind,
    choice: Option<String>,
    say: Option<String>,
    when: Vec<String>,
    again: bool,
    locked: bool,
}

impl By {
    /// By itself.
    fn itself(kind: EdgeKind) -> Self {
        Self { kind, choice: None, say: None, when: Vec::new(), again: false, locked: false }
    }
}

/// The menus that more than one scene has, and their choices.
fn menus(chapter: &Chapter) -> BTreeMap<&str, Vec<ChoiceIx>> {
    let mut menus: BTreeMap<&str, (usize, Vec<ChoiceIx>)> = BTreeMap::new();
    for scene in chapter.scenes.iter() {
        let mut shared: BTreeMap<&str, Vec<ChoiceIx>> = BTreeMap::new();
        for ix in &scene.menu {
            if let Some(menu) = menu_of(chapter.choice(*ix)) {
                shared.entry(menu).or_default().push(*ix);
            }
        }
        for (menu, choices) in shared {
            let (scenes, all) = menus.entry(menu).or_default();
            *scenes += 1;
            *all = choices;
        }
    }
    menus.into_iter().filter(|(_, (scenes, _))| *scenes > 1).map(|(menu, (_, choices))| (menu, choices)).collect()
}

/// The shared menu a choice belongs to.
fn menu_of(choice: &Choice) -> Option<&str> {
    choice.path.strip_prefix('@')?.split('/').next()
}

impl<'c> Pencil<'_, 'c> {
    fn chapter(&mut self, group: &dyn Fn(&Chapter, SceneIx) -> Option<String>) {
        let chapter = self.chapter;
        let behind = Ways::of(chapter).behind(chapter.start);
        for (at, scene) in chapter.scenes.iter().enumerate() {
            let ix = SceneIx::from(at);
            self.node = self.graph.nodes.len();
            let node = self.scene_node(ix, scene, behind.binary_search(&ix).is_ok(), group(chapter, ix));
            self.graph.nodes.push(node);
            self.scene(scene);
        }
        for at in 0..chapter.decks.len() {
            let cards = chapter.decks[at].cards.first();
            let drawn_with = cards.and_then(|card| group(chapter, *card));
            self.deck(DeckIx::from(at), &behind, drawn_with);
        }
        for (menu, choices) in std::mem::take(&mut self.menus) {
            self.menu(menu, &choices, &behind);
        }
    }

    fn scene_node(&self, ix: SceneIx, scene: &Scene, led_to: bool, group: Option<String>) -> Node {
        let chapter = self.chapter;
        let ending = scene.ending.map(|ix| &chapter.endings[ix.at()]);
        let kind = match scene {
            _ if ix == chapter.start => NodeKind::Start,
            _ if scene.ending.is_some() => NodeKind::Ending,
            _ if scene.card.is_some() => NodeKind::Card,
            _ if scene.text.is_empty() && scene.menu.is_empty() => NodeKind::Junction,
            _ => NodeKind::Scene,
        };
        Node {
            id: self.scene_id(ix),
            chapter: chapter.id.clone(),
            name: scene.id.to_string(),
            kind,
            title: scene.title.as_ref().map(first_words),
            group,
            ending: ending.map(|ending| (ending.title.clone(), ending.rank)),
            milestone: scene.milestone.map(|ix| chapter.milestones[ix.at()].title.clone()),
            stays: 0,
            returns: scene.back,
            led_to,
            more: false,
        }
    }

    fn scene(&mut self, scene: &Scene) {
        let before = self.graph.edges.len();
        let mut used: Vec<&str> = Vec::new();
        for choice in &scene.menu {
            match menu_of(self.chapter.choice(*choice)).filter(|menu| self.menus.contains_key(menu)) {
                None => self.choice(*choice, scene.then.as_ref(), &[]),
                Some(menu) if used.contains(&menu) => {}
                Some(menu) => {
                    used.push(menu);
                    self.edge(self.menu_id(menu), &By::itself(EdgeKind::Use), None);
                }
            }
        }
        let flow = scene.otherwise.as_ref().or(scene.then.as_ref());
        if let Some(flow) = flow {
            let kind = if scene.menu.is_empty() { EdgeKind::Flow } else { EdgeKind::Otherwise };
            // A choice that rejoins shows where `then` leads already.
            let shown = scene.otherwise.is_none() && self.graph.edges.len() > before;
            let rejoins = self.graph.edges[before..].iter().any(|edge| edge.kind == EdgeKind::Choice)
                && scene.menu.iter().any(|choice| self.chapter.choice(*choice).goes == Goes::Rejoin);
            if !(shown && rejoins) {
                self.flow(flow, &By::itself(kind));
            }
        }
        if let Some(next) = scene.ending.and_then(|ix| self.chapter.endings[ix.at()].next.as_ref()) {
            self.edge(format!("{next}/{}", self.start_of(next)), &By::itself(EdgeKind::Next), None);
        }
    }

    /// The ways a choice can take; `around` are the `then` of the choices it is nested in, the innermost last.
    fn choice(&mut self, ix: ChoiceIx, then: Option<&Flow>, around: &[&Flow]) {
        let chapter = self.chapter;
        let choice: &Choice = chapter.choice(ix);
        let by = By {
            kind: EdgeKind::Choice,
            choice: Some(choice.path.to_string()),
            say: Some(first_words(&choice.say)),
            when: choice.when.iter().map(|cond| written::cond(chapter, cond)).collect(),
            again: choice.again,
            locked: choice.locked.is_some(),
        };
        match &choice.goes {
            Goes::To(flow) => self.flow(flow, &by),
            Goes::Visit(target) => self.edge(self.scene_id(*target), &By { kind: EdgeKind::Visit, ..by }, None),
            Goes::Nested(menu, on) => {
                let around: Vec<&Flow> = around.iter().copied().chain(on.as_deref()).collect();
                menu.iter().for_each(|choice| self.choice(*choice, then, &around));
            }
            Goes::Rejoin => match around.last().copied().or(then) {
                Some(flow) => self.flow(flow, &by),
                None => self.graph.nodes[self.node].stays += 1,
            },
        }
    }

    fn flow(&mut self, flow: &Flow, by: &By) {
        for (at, arrow) in flow.iter().enumerate() {
            let asked = match &arrow.when {
                Some(cond) => Some(written::cond(self.chapter, cond)),
                None if at > 0 => Some("else".to_owned()),
                None => None,
            };
            self.arrow(arrow, by, asked);
        }
    }

    fn arrow(&mut self, arrow: &Arrow, by: &By, asked: Option<String>) {
        match arrow.target {
            Target::Scene(scene) => self.edge(self.scene_id(scene), by, asked),
            Target::Draw(deck) => self.edge(self.deck_id(deck), by, asked),
            Target::Back => self.graph.nodes[self.node].returns = true,
        }
    }

    fn deck(&mut self, ix: DeckIx, behind: &[SceneIx], group: Option<String>) {
        let chapter = self.chapter;
        let deck = &chapter.decks[ix.at()];
        let led_to = deck.cards.iter().any(|card| behind.binary_search(card).is_ok());
        self.add(self.deck_id(ix), &deck.id, NodeKind::Deck, led_to);
        self.graph.nodes[self.node].group = group;
        for card in &deck.cards {
            let Some(one) = &chapter.scene(*card).card else { continue };
            let by = By {
                say: (one.weight != 1).then(|| format!("weight {}", one.weight)),
                again: one.again,
                ..By::itself(EdgeKind::Deal)
            };
            let asked = one.when.as_ref().map(|cond| written::cond(chapter, cond));
            self.edge(self.scene_id(*card), &by, asked);
        }
        self.flow(&deck.none, &By::itself(EdgeKind::Otherwise));
    }

    fn menu(&mut self, id: &str, choices: &[ChoiceIx], behind: &[SceneIx]) {
        let has = |scene: &SceneIx| choices.first().is_some_and(|one| self.chapter.scene(*scene).menu.contains(one));
        let led_to = behind.iter().any(has);
        self.add(self.menu_id(id), &format!("@{id}"), NodeKind::Menu, led_to);
        // Where a choice without a target leads depends on the scene: it stays in the menu.
        choices.iter().for_each(|choice| self.choice(*choice, None, &[]));
    }

    /// Adds a node that is no scene, and goes on from it.
    fn add(&mut self, id: String, name: &str, kind: NodeKind, led_to: bool) {
        self.node = self.graph.nodes.len();
        self.graph.nodes.push(Node {
            id,
            chapter: self.chapter.id.clone(),
            name: name.to_owned(),
            kind,
            title: None,
            group: None,
            ending: None,
            milestone: None,
            stays: 0,
            returns: false,
            led_to,
            more: false,
        });
    }

    fn edge(&mut self, to: String, by: &By, asked: Option<String>) {
        let By { kind, choice, say, when, again, locked } = by.clone();
        let when = when.into_iter().chain(asked).collect();
        let from = self.graph.nodes[self.node].id.clone();
        self.graph.edges.push(Edge { from, to, kind, choice, say, when, again, locked });
    }

    /// The scene another chapter starts in, if it is drawn.
    fn start_of(&self, id: &str) -> &str {
        let found = self.chapters.iter().find(|chapter| chapter.id == id);
        found.map_or("", |chapter| &chapter.scene(chapter.start).id)
    }

    fn scene_id(&self, ix: SceneIx) -> String {
        format!("{}/{}", self.chapter.id, self.chapter.scene(ix).id)
    }

    fn menu_id(&self, id: &str) -> String {
        format!("{}/menu@{id}", self.chapter.id)
    }

    fn deck_id(&self, ix: DeckIx) -> String {
        format!("{}/deck@{}", self.chapter.id, self.chapter.decks[ix.at()].id)
    }
}

fn first_words(text: &Text) -> String {
    text.paragraphs().first().map_or_else(String::new, |paragraph| beginning(&paragraph.inlines))
}
