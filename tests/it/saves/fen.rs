//! A small story to save: a ford, a gate, a hall, a well to look into, a way home. And one play of it.

use std::sync::Arc;

use taiyuan::engine::chapter::{
    Achievement, Arrow, Carried, Carry, Chapter, Choice, Ending, Goes, Milestone, Scene, SceneRare, Target, Var,
    VarKind, Was,
};
use taiyuan::engine::dice::Keyed;
use taiyuan::engine::effect::{Act, Effect};
use taiyuan::engine::expr::{Compare, Cond, Expr};
use taiyuan::engine::id::{EndingIx, ItemIx, MilestoneIx, SceneIx, SiteIx, VarIx};
use taiyuan::engine::late::Late;
use taiyuan::engine::log::{Desync, Leg, Log, Replayed, Taken};
use taiyuan::engine::look::look;
use taiyuan::engine::render::Reader;
use taiyuan::engine::seal::Seal;
use taiyuan::engine::state::{Delta, State};
use taiyuan::engine::step::{begin, find, step};
use taiyuan::engine::text::{Inline, Paragraph, Text};
use taiyuan::engine::world::{Item, World};
use taiyuan::saves::{Autosave, Loaded, Moment, News, Note, Save, Snapshot, Store, load};

/// A chapter as a writer sees it: change it, then link it.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) story: &'static str,
    pub(crate) id: &'static str,
    pub(crate) start: &'static str,
    pub(crate) scenes: Vec<DraftScene>,
    pub(crate) grain: (i32, i32),
    pub(crate) grain_start: i32,
    pub(crate) moods: Vec<&'static str>,
    pub(crate) was: Was,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct DraftScene {
    pub(crate) id: &'static str,
    pub(crate) choices: Vec<DraftChoice>,
    pub(crate) milestone: bool,
    pub(crate) ending: bool,
    pub(crate) back: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct DraftChoice {
    pub(crate) key: &'static str,
    pub(crate) does: Does,
    pub(crate) to: To,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Does {
    Nothing,
    Grain(i32),
    Roll,
    Seal,
    Brood,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum To {
    Scene(&'static str),
    Visit(&'static str),
    Here,
}

fn choice(key: &'static str, does: Does, to: To) -> DraftChoice {
    DraftChoice { key, does, to }
}

/// The story as it was first published.
pub(crate) fn fen() -> Draft {
    let scene = |id, choices| DraftScene { id, choices, ..DraftScene::default() };
    Draft {
        story: "fen",
        id: "ferry",
        start: "ford",
        scenes: vec![
            scene(
                "ford",
                vec![choice("wade", Does::Grain(-3), To::Scene("gate")), choice("wait", Does::Roll, To::Here)],
            ),
            DraftScene {
                milestone: true,
                ..scene(
                    "gate",
                    vec![
                        choice("knock", Does::Seal, To::Scene("hall")),
                        choice("turn", Does::Brood, To::Scene("ford")),
                    ],
                )
            },
            scene(
                "hall",
                vec![
                    choice("peer", Does::Nothing, To::Visit("well")),
                    choice("eat", Does::Grain(-10), To::Here),
                    choice("out", Does::Nothing, To::Scene("gate")),
                    choice("home", Does::Nothing, To::Scene("end")),
                ],
            ),
            DraftScene { back: true, ..scene("well", vec![choice("drop", Does::Grain(-1), To::Here)]) },
            DraftScene { ending: true, ..scene("end", vec![]) },
        ],
        grain: (0, 100),
        grain_start: 50,
        moods: vec!["calm", "grim"],
        was: Was::default(),
    }
}

impl Draft {
    pub(crate) fn scene(&mut self, id: &str) -> &mut DraftScene {
        self.scenes.iter_mut().find(|s| s.id == id).expect("the draft has the scene")
    }

    /// Calls a scene something else, everywhere.
    pub(crate) fn rename(&mut self, old: &str, new: &'static str) {
        for scene in &mut self.scenes {
            if scene.id == old {
                scene.id = new;
            }
            for choice in &mut scene.choices {
                match &mut choice.to {
                    To::Scene(id) | To::Visit(id) if *id == old => *id = new,
                    _ => {}
                }
            }
        }
        if self.start == old {
            self.start = new;
        }
    }

    /// Takes a scene out; what led there leads to the ford.
    pub(crate) fn cut(&mut self, id: &str) {
        self.cut_to(id, "ford");
    }

    /// Takes a scene out; what led there leads elsewhere.
    pub(crate) fn cut_to(&mut self, id: &str, to: &'static str) {
        self.scenes.retain(|s| s.id != id);
        self.rename(id, to);
    }

    pub(crate) fn link(&self) -> Arc<Chapter> {
        let mut drafts = self.scenes.clone();
        drafts.sort_by_key(|s| s.id);
        let find = |id: &str| SceneIx::from(drafts.iter().position(|s| s.id == id).expect("the draft has the scene"));
        let (grain, mood) = (VarIx(0), VarIx(1));
        let (mut choices, mut scenes, mut sites) = (Vec::new(), Vec::new(), Vec::new());
        for draft in &drafts {
            let mut menu = Vec::new();
            for one in &draft.choices {
                menu.push(choices.len().into());
                let path = format!("{}#{}", draft.id, one.key);
                let act = match one.does {
                    Does::Nothing => None,
                    Does::Grain(by) => {
                        Some(Act::Set(grain, Expr::Add(Box::new(Expr::Var(grain)), Box::new(Expr::Const(by)))))
                    }
                    Does::Roll => {
                        sites.push(format!("{path}:grain"));
                        Some(Act::Roll(grain, 20, 40, SiteIx::from(sites.len() - 1)))
                    }
                    Does::Seal => Some(Act::Give(ItemIx(0), Expr::Const(1))),
                    Does::Brood => Some(Act::Set(mood, Expr::Const(1))),
                };
                choices.push(Choice {
                    key_at: u32::try_from(path.len() - one.key.len()).unwrap(),
                    path: path.into(),
                    say: text(one.key),
                    again: true,
                    effects: act.into_iter().map(|act| Effect { when: None, act }).collect(),
                    goes: match one.to {
                        To::Scene(id) => Goes::To(Arrow { when: None, target: Target::Scene(find(id)) }.into()),
                        To::Visit(id) => Goes::Visit(find(id)),
                        To::Here if draft.back => Goes::To(Arrow { when: None, target: Target::Back }.into()),
                        To::Here => Goes::Rejoin,
                    },
                    ..Choice::default()
                });
            }
            scenes.push(Scene {
                id: draft.id.into(),
                text: text(draft.id),
                menu: menu.into(),
                back: draft.back,
                rare: SceneRare {
                    ending: draft.ending.then_some(EndingIx(0)),
                    milestone: draft.milestone.then_some(MilestoneIx(0)),
                    ..SceneRare::default()
                }
                .into(),
                ..Scene::default()
            });
        }
        let var =
            |id: &str, kind, start, shared| Var { id: id.to_owned(), kind, start, shared, strict: false, shown: None };
        let mut rules = [0; 32];
        rules[..4].copy_from_slice(&crc32fast::hash(format!("{self:?}").as_bytes()).to_le_bytes());
        Arc::new(Chapter {
            world: Arc::new(World {
                id: self.story.to_owned(),
                title: "The Fen".to_owned(),
                version: "1.0".to_owned(),
                order: vec!["ferry".to_owned()],
                items: vec![Item {
                    id: "seal".to_owned(),
                    name: "a seal".to_owned(),
                    text: Text::default(),
                    max: 5,
                    art: Vec::new(),
                }]
                .into(),
                ..World::default()
            }),
            id: self.id.to_owned(),
            title: "The Ferry".to_owned(),
            about: Text::default(),
            date: Some(text("Day 1")),
            accent: "soot".to_owned(),
            stats: vec![grain],
            map: None,
            maps: Late::default(),
            start: find(self.start),
            carries: vec![
                Carry { what: Carried::Var(grain), record: self.grain_start },
                Carry { what: Carried::Item(ItemIx(0)), record: 0 },
            ],
            vars: vec![
                var("grain", VarKind::Int(self.grain.0, self.grain.1), self.grain_start, true),
                var("mood", VarKind::Word(self.moods.iter().map(|m| (*m).to_owned()).collect()), 0, false),
            ],
            derived: Vec::new().into(),
            scenes: scenes.into(),
            choices: choices.into(),
            decks: Vec::new(),
            endings: vec![Ending {
                id: "home".to_owned(),
                title: "Home".to_owned(),
                rank: 1,
                text: Text::default(),
                next: None,
            }]
            .into(),
            milestones: vec![Milestone { id: "gate".to_owned(), title: "At the gate".to_owned() }],
            achievements: vec![Achievement {
                id: "fasted".to_owned(),
                title: "Fasted".to_owned(),
                text: Text::default(),
                when: Cond::Compare(Compare::Lt, Box::new(Expr::Var(grain)), Box::new(Expr::Const(30))),
            }],
            runs: Late::default(),
            tests: Late::default(),
            was: self.was.clone().into(),
            sites: sites.into(),
            rules: Seal::known(rules),
            prose: Seal::known([0; 32]),
        })
    }
}

fn text(words: &str) -> Text {
    vec![Paragraph { speaker: None, inlines: vec![Inline::Plain(words.to_owned())] }].into()
}

/// One play: what a front end does, without the front end.
#[derive(Clone, Debug)]
pub(crate) struct Play {
    pub(crate) chapter: Arc<Chapter>,
    pub(crate) state: State,
    pub(crate) log: Log,
    pub(crate) resumed: Option<Snapshot>,
    root: u64,
    pub(crate) deltas: Vec<Delta>,
    words: Vec<String>,
    pub(crate) clock: u64,
    news: News,
}

impl Play {
    pub(crate) fn new(seed: u64) -> Self {
        Self::of(fen().link(), seed)
    }

    pub(crate) fn of(chapter: Arc<Chapter>, seed: u64) -> Self {
        let state = begin(&chapter, chapter.start, seed, &[], &mut Keyed, &mut ());
        let leg = Leg::new(&chapter, chapter.start, &[]);
        let root = leg.root(&chapter, &state);
        let log = Log { seed, legs: vec![leg] };
        Self {
            chapter,
            state,
            log,
            resumed: None,
            root,
            deltas: Vec::new(),
            words: Vec::new(),
            clock: 1000,
            news: News::none(0),
        }
    }

    pub(crate) fn loaded(loaded: Loaded) -> Self {
        let replayed = replayed(&loaded).ok().filter(|replayed| replayed.state == loaded.state);
        let deltas = replayed.map_or_else(Vec::new, |replayed| replayed.deltas);
        let Loaded { chapter, state, log, resumed, root, moment, .. } = loaded;
        let news = News::none(log.legs.last().expect("a play has a leg").steps.len());
        Self { chapter, state, log, resumed, root, deltas, words: moment.last, clock: moment.saved, news }
    }

    #[track_caller]
    pub(crate) fn choose(mut self, keys: &str) -> Self {
        keys.split_whitespace().for_each(|key| self.take(key));
        self
    }

    #[track_caller]
    pub(crate) fn take(&mut self, key: &str) {
        let choice = find(&self.chapter, &self.state, key).expect("the choice is offered");
        let delta = step(&self.chapter, &mut self.state, choice).expect("the choice can be taken");
        let taken = Taken { chapter: &self.chapter, key, delta: &delta, after: &self.state, forced: &[], at: None };
        let leg = self.log.legs.last_mut().expect("a play has a leg");
        self.news.changed(&delta, leg.steps.len());
        leg.push(self.root, taken);
        self.deltas.push(delta);
        self.words.push(key.to_owned());
        self.clock = self.clock.saturating_add(10);
    }

    #[track_caller]
    pub(crate) fn undo(&mut self) {
        let delta = self.deltas.pop().expect("there is something to undo");
        self.state.undo(&delta);
        let leg = self.log.legs.last_mut().expect("a play has a leg");
        leg.steps.pop();
        self.news.changed(&delta, leg.steps.len());
        self.words.pop();
    }

    pub(crate) fn offers(&self) -> Vec<String> {
        let page = look(&self.chapter, &self.state, Reader::default());
        page.open().map(|offer| self.chapter.choice(offer.choice).key().to_owned()).collect()
    }

    pub(crate) fn scene(&self) -> &str {
        &self.chapter.scene(self.state.scene).id
    }

    pub(crate) fn grain(&self) -> i32 {
        self.state.vars[0]
    }

    pub(crate) fn seals(&self) -> i32 {
        self.state.items[0]
    }

    pub(crate) fn save(&self) -> Save {
        Save::of(&self.chapter, &self.state, &self.log, self.resumed.as_ref(), self.moment())
    }

    /// Begins the autosave of this play.
    pub(crate) fn autosave(&mut self, store: &Store) -> Autosave {
        let _ = self.note();
        store.autosave(&self.save()).expect("the folder can be written")
    }

    /// What happened since the last note, or since the autosave began.
    pub(crate) fn note(&mut self) -> Note {
        let moment = self.moment();
        self.news.note(&self.chapter, &self.state, self.log.legs.last().expect("a play has a leg"), moment)
    }

    fn moment(&self) -> Moment {
        let page = look(&self.chapter, &self.state, Reader::default());
        Moment::of(&self.chapter, &self.state, &page, self.clock.saturating_sub(1000), self.clock, &self.words)
    }
}

/// What undoes each step of the last leg of what was loaded: the log, played again, leads to where it stands.
pub(crate) fn deltas(loaded: &Loaded) -> Vec<Delta> {
    let replayed = replayed(loaded).expect("the log can be played again");
    assert_eq!((&replayed.state, replayed.root), (&loaded.state, loaded.root));
    let tip = loaded.log.legs.last().map(|leg| leg.tip(loaded.root));
    assert_eq!(tip, Some(replayed.tip), "what is played on is chained to this");
    replayed.deltas
}

fn replayed(loaded: &Loaded) -> Result<Replayed, Desync> {
    let (chapter, leg) = (&loaded.chapter, loaded.log.legs.last().expect("a play has a leg"));
    match &loaded.resumed {
        None => leg.replay(chapter, loaded.log.seed, &mut ()),
        Some(start) => leg.replay_from(chapter, start.restore(chapter).expect("it was there"), &mut ()),
    }
}

/// Loads a save in this chapter.
pub(crate) fn load_in(chapter: &Arc<Chapter>, save: &Save) -> Result<Loaded, taiyuan::saves::Fault> {
    load(save.clone(), &|id| (id == chapter.id).then(|| Arc::clone(chapter)))
}
