//! A story being played: every choice, undo, redo and jump goes through here.

mod back;
mod met;
mod reload;

use std::sync::Arc;

pub use back::Past;
pub use met::Known;

use crate::engine::chapter::{Carried, Given};
use crate::engine::dice::Forced;
use crate::engine::event::{open, tell};
use crate::engine::id::{CodexIx, PersonIx, PlaceIx, SceneIx};
use crate::engine::log::{Desync, Leg, Step, Taken};
use crate::engine::look::{Page, look, words};
use crate::engine::render::{Reader, Span};
use crate::engine::rewind::Rewind;
use crate::engine::step::{Refusal, carried, find};
use crate::engine::{Chapter, Event, Log, Route, State, World};
use crate::saves::{Loaded, Moment, News, Note, Snapshot};

use super::transcript::{Block, Transcript};
use back::{Redo, Undone};
use reload::Cut;

/// Gives chapters by id.
pub type Chapters = Arc<dyn Fn(&str) -> Option<Arc<Chapter>> + Send + Sync>;

/// What a digit stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// What choosing it does.
    pub kind: PickKind,
    /// The words.
    pub words: Vec<Span>,
    /// Why it cannot be chosen; `None` when it can.
    pub locked: Option<Vec<Span>>,
}

/// What choosing does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PickKind {
    /// Takes the choice with this key.
    Choice(String),
    /// Goes on to the next chapter.
    Next(String),
}

/// A leg of the play, kept so that it can be undone into.
struct Played {
    chapter: Arc<Chapter>,
    state: State,
    deltas: Rewind,
    root: u64,
    /// Steps of the log that lie before the first delta: undo stops there.
    before: usize,
}

/// A story being played.
pub struct Sitting {
    chapters: Chapters,
    legs: Vec<Played>,
    log: Log,
    redo: Vec<Redo>,
    transcript: Transcript,
    /// What each told step (the opening first) made known, and where it led.
    told: Vec<Told>,
    /// What has happened since the play was last kept; `None` if only the whole play tells that.
    news: Option<News>,
    /// Where the first leg starts, if not on its first page.
    resumed: Option<Snapshot>,
    reader: Reader,
    page: Page,
    /// Grows with every change of the page.
    version: u64,
    /// What an edited story has no room for.
    cut: Option<Box<Cut>>,
}

#[derive(Clone, Debug, Default)]
struct Told {
    words: String,
    codex: Vec<CodexIx>,
    people: Vec<PersonIx>,
    places: Vec<PlaceIx>,
    /// The last place reached by then.
    place: Option<PlaceIx>,
    /// What it made, but for the words, which are in the transcript.
    events: Vec<Event>,
}

/// Why a play could not begin or go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// There is no such chapter, or it does not load.
    #[error("the chapter `{0}` cannot be loaded")]
    NoChapter(String),
    /// The choice was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Why a route cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OffRoute {
    /// There is no such chapter, or it does not load.
    #[error("the route does not fit: there is no chapter `{0}`")]
    NoChapter(String),
    /// It cannot begin.
    #[error("the route does not fit: {0}")]
    Entry(#[from] Desync),
    /// A choice was refused.
    #[error("the route does not fit at step {step}, in `{scene}`: {refusal}; {}", open_now(.open))]
    Refused {
        /// Which choice, from 1.
        step: usize,
        /// The scene it was refused in.
        scene: String,
        /// Why.
        refusal: Refusal,
        /// What could be chosen there.
        open: Vec<String>,
    },
}

fn open_now(keys: &[String]) -> String {
    if keys.is_empty() {
        return "nothing is open".to_owned();
    }
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    format!("open are {}", keys.join(", "))
}

impl Sitting {
    /// Begins a chapter as the record has it, or with these values.
    ///
    /// # Errors
    /// [`Trouble::NoChapter`].
    pub fn begin(
        chapters: Chapters,
        chapter: &str,
        start: Option<SceneIx>,
        seed: u64,
        given: &[Given],
        reader: Reader,
    ) -> Result<Self, Trouble> {
        let chapter = chapters(chapter).ok_or_else(|| Trouble::NoChapter(chapter.to_owned()))?;
        let start = start.unwrap_or(chapter.start);
        let (state, events) = open(&chapter, start, seed, given, reader);
        let leg = Leg::unsealed(&chapter, start, given);
        let root = leg.root(&chapter, &state);
        let page = look(&chapter, &state, reader);
        let log = Log { seed, legs: vec![leg] };
        let played = Played { chapter, state, deltas: Rewind::default(), root, before: 0 };
        let mut sitting = Self::new(chapters, played, log, None, reader, page);
        sitting.tell_opening(events);
        Ok(sitting)
    }

    /// Plays a route to its last choice.
    ///
    /// # Errors
    /// [`OffRoute`] if the story has no such chapter or beginning, or at the first choice that is refused.
    pub fn follow(chapters: Chapters, route: &Route, reader: Reader) -> Result<Self, OffRoute> {
        let no_chapter = || OffRoute::NoChapter(route.chapter.clone());
        let chapter = chapters(&route.chapter).ok_or_else(no_chapter)?;
        let (start, given) = route.entry(&chapter)?;
        let mut sitting =
            Self::begin(chapters, &route.chapter, Some(start), route.seed, &given, reader).map_err(|_| no_chapter())?;
        for (at, leap) in route.steps.iter().enumerate() {
            let taken = sitting.take(&leap.choice, &leap.forced, None);
            if let Err(Trouble::Refused(refusal)) = taken {
                let scene = sitting.chapter().scene(sitting.state().scene).id.to_string();
                let open = sitting.open_keys();
                return Err(OffRoute::Refused { step: at + 1, scene, refusal, open });
            }
        }
        Ok(sitting)
    }

    /// Takes up a play that was saved. Where its log can be told from the first page it is, so that all of it can be
    /// read and undone; where the story was edited, the telling starts from the page it stands on.
    ///
    /// # Errors
    /// [`Trouble::NoChapter`].
    pub fn resume(chapters: Chapters, loaded: Loaded, reader: Reader) -> Result<Self, Trouble> {
        if loaded.resumed.is_none()
            && let Some(retold) = Self::retell(&chapters, &loaded.log, reader)
            && retold.state() == &loaded.state
        {
            return Ok(retold);
        }
        let Loaded { chapter, state, log, resumed, root, .. } = loaded;
        let page = look(&chapter, &state, reader);
        let before = log.legs.last().map_or(0, |l| l.steps.len());
        let events = vec![Event::Scene {
            scene: page.scene,
            title: page.title.clone(),
            place: page.place,
            date: page.date.clone(),
            text: page.text.clone(),
        }];
        let leg = Played { chapter, state, deltas: Rewind::default(), root, before };
        let mut sitting = Self::new(chapters, leg, log, resumed, reader, page);
        sitting.tell_opening(events);
        Ok(sitting)
    }

    fn new(chapters: Chapters, leg: Played, log: Log, resumed: Option<Snapshot>, reader: Reader, page: Page) -> Self {
        Self {
            chapters,
            legs: vec![leg],
            log,
            resumed,
            news: None,
            redo: Vec::new(),
            transcript: Transcript::default(),
            told: Vec::new(),
            reader,
            page,
            version: 0,
            cut: None,
        }
    }

    fn retell(chapters: &Chapters, log: &Log, reader: Reader) -> Option<Self> {
        let first = log.legs.first()?;
        let chapter = chapters(&first.chapter)?;
        let (start, given) = first.entry(&chapter).ok()?;
        let mut sitting =
            Self::begin(Arc::clone(chapters), &first.chapter, Some(start), log.seed, &given, reader).ok()?;
        for (at, leg) in log.legs.iter().enumerate() {
            if at > 0 {
                let chapter = chapters(&leg.chapter)?;
                let (start, given) = leg.entry(&chapter).ok()?;
                sitting.enter(chapter, start, given);
            }
            for step in &leg.steps {
                sitting.take(&step.choice, &step.forced, step.at).ok()?;
                if sitting.leg().steps.last().is_some_and(|taken| !step.check.is_of(taken.check.value())) {
                    return None;
                }
            }
        }
        Some(sitting)
    }

    /// The chapter being played.
    #[must_use]
    pub fn chapter(&self) -> &Arc<Chapter> {
        &self.current().chapter
    }

    /// What all chapters share.
    #[must_use]
    pub fn world(&self) -> &Arc<World> {
        &self.current().chapter.world
    }

    /// Where the play stands.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.current().state
    }

    /// The log.
    #[must_use]
    pub fn log(&self) -> &Log {
        // The last leg of the log is the one being played; those before the first that is held were sealed when they were
        // read.
        let held = self.log.legs.iter().rev().zip(self.legs.iter().rev());
        held.for_each(|(leg, played)| leg.seal(&played.chapter));
        &self.log
    }

    /// The page.
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The keys of the choices that can be taken, in order.
    #[must_use]
    pub fn open_keys(&self) -> Vec<String> {
        self.page.open().map(|offer| self.chapter().choice(offer.choice).key().to_owned()).collect()
    }

    /// Everything told in this sitting.
    #[must_use]
    pub fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// Adds a quiet line to what is told; it is in no log.
    pub fn note(&mut self, line: impl Into<String>) {
        self.transcript.note(line);
        self.version += 1;
    }

    /// A number that changes whenever what is shown may have changed.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// How the reader is being told.
    #[must_use]
    pub fn reader(&self) -> Reader {
        self.reader
    }

    /// Changes how the reader is told, from the next page on.
    pub fn set_reader(&mut self, reader: Reader) {
        self.reader = reader;
        self.refresh();
    }

    /// The choices of the page, locked ones among them, in order.
    #[must_use]
    pub fn picks(&self) -> Vec<Pick> {
        if let Some(next) = self.next_chapter() {
            let title = (self.chapters)(&next).map_or_else(|| next.clone(), |c| c.title.clone());
            let text = format!("Go on to {title}");
            let words = vec![Span { text, style: crate::engine::render::Style::default() }];
            return vec![Pick { kind: PickKind::Next(next), words, locked: None }];
        }
        self.page
            .offers
            .iter()
            .map(|o| Pick {
                kind: PickKind::Choice(self.chapter().choice(o.choice).key().to_owned()),
                words: o.say.clone(),
                locked: o.locked.clone(),
            })
            .collect()
    }

    /// The chapter that follows the ending reached.
    #[must_use]
    pub fn next_chapter(&self) -> Option<String> {
        let ending = self.state().ended?;
        self.chapter().endings[ending.at()].next.clone()
    }

    /// Whether the play is over: an ending that leads nowhere.
    #[must_use]
    pub fn over(&self) -> bool {
        self.state().ended.is_some() && self.next_chapter().is_none()
    }

    /// Takes a pick, `at` milliseconds from the start. What had been undone is forgotten only if this differs from it.
    ///
    /// # Errors
    /// [`Trouble`]; nothing has changed then.
    pub fn choose(&mut self, pick: &PickKind, at: Option<u64>) -> Result<(), Trouble> {
        match (pick, self.redo.last().map(|redo| &redo.step)) {
            (PickKind::Choice(key), Some(Undone::Choice { key: undone, forced, .. }))
                if key == undone && forced.is_empty() =>
            {
                self.take(key, &[], at)?;
                self.redo.pop();
            }
            (PickKind::Choice(key), _) => {
                self.take(key, &[], at)?;
                self.redo.clear();
            }
            (PickKind::Next(id), _) => {
                self.go_on(id)?;
                self.redo.clear();
            }
        }
        Ok(())
    }

    /// Takes a step of a log, with the luck that was forced on it.
    ///
    /// # Errors
    /// [`Trouble`]; nothing has changed then.
    pub fn take_step(&mut self, step: &Step) -> Result<(), Trouble> {
        self.take(&step.choice, &step.forced, step.at)?;
        self.redo.clear();
        Ok(())
    }

    /// What happened since this was last asked; `None` if only the whole play tells that.
    pub fn news(&mut self, moment: Moment) -> Option<Note> {
        let (played, leg) = (self.legs.last()?, self.log.legs.last()?);
        let note = self.news.as_mut().map(|news| news.note(&played.chapter, &played.state, leg, moment));
        self.news = Some(News::none(leg.steps.len()));
        note
    }

    /// What the newest step made: its events, but for those that are words to read.
    #[must_use]
    pub fn newest(&self) -> &[Event] {
        self.told.last().map_or(&[], |t| t.events.as_slice())
    }

    /// Values the next chapter would begin with if this one ended here.
    #[must_use]
    pub fn carried_into(&self, next: &Chapter) -> Vec<Given> {
        carried(self.chapter(), self.state(), next)
    }

    /// Where the last leg starts, if not on its first page.
    #[must_use]
    pub fn resumed(&self) -> Option<&Snapshot> {
        if self.legs.len() > 1 { None } else { self.resumed.as_ref() }
    }

    fn current(&self) -> &Played {
        // A sitting is made with one leg, and `undo` keeps the first.
        &self.legs[self.legs.len() - 1]
    }

    fn leg(&self) -> &Leg {
        &self.log.legs[self.log.legs.len() - 1]
    }

    fn take(&mut self, key: &str, forced: &[u32], at: Option<u64>) -> Result<(), Trouble> {
        let last = self.legs.len() - 1;
        let leg = &mut self.legs[last];
        let chapter = Arc::clone(&leg.chapter);
        let choice = find(&chapter, &leg.state, key)?;
        let turn = tell(&chapter, &mut leg.state, choice, &mut Forced::new(forced), self.reader)?;
        let log = self.log.legs.len() - 1;
        let taken = Taken { chapter: &chapter, key, delta: &turn.delta, after: &leg.state, forced, at };
        let before = self.log.legs[log].steps.len();
        self.log.legs[log].push(leg.root, taken);
        self.news.iter_mut().for_each(|news| news.changed(&turn.delta, before));
        leg.deltas.push(&turn.delta);
        self.tell(turn.events);
        Ok(())
    }

    fn go_on(&mut self, id: &str) -> Result<(), Trouble> {
        let next = (self.chapters)(id).ok_or_else(|| Trouble::NoChapter(id.to_owned()))?;
        let given = self.carried_into(&next);
        let start = next.start;
        self.enter(next, start, given);
        Ok(())
    }

    fn enter(&mut self, chapter: Arc<Chapter>, start: SceneIx, given: Vec<Given>) {
        let (state, events) = open(&chapter, start, self.log.seed, &given, self.reader);
        let leg = Leg::unsealed(&chapter, start, &given);
        let root = leg.root(&chapter, &state);
        self.news = None;
        self.log.legs.push(leg);
        self.legs.push(Played { chapter, state, deltas: Rewind::default(), root, before: 0 });
        self.tell_opening(events);
    }

    fn tell_opening(&mut self, events: Vec<Event>) {
        let title = self.chapter().title.clone();
        self.transcript.chapter(&title);
        self.tell(events);
    }

    fn tell(&mut self, events: Vec<Event>) {
        let chapter = Arc::clone(self.chapter());
        let mut told = Told::default();
        for event in &events {
            match event {
                Event::Chose { say, .. } => told.words = words(say),
                Event::Learned(entry) => told.codex.push(*entry),
                Event::Met(person) => {
                    told.people.push(*person);
                    told.codex.extend(chapter.world.person(*person).codex);
                }
                Event::Scene { place: Some(place), .. } => {
                    told.places.push(*place);
                    told.codex.extend(chapter.world.place(*place).codex);
                }
                _ => {}
            }
        }
        told.place = told.places.last().copied().or(self.place());
        if told.words.is_empty() && !self.told.is_empty() {
            told.words = format!("Go on to {}", chapter.title);
        }
        told.events = events.iter().filter(|event| !is_words(event)).cloned().collect();
        self.transcript.tell(&chapter, self.told.len(), events);
        self.told.push(told);
        self.refresh();
    }

    fn refresh(&mut self) {
        let leg = &self.legs[self.legs.len() - 1];
        self.page = look(&leg.chapter, &leg.state, self.reader);
        self.version += 1;
    }
}

/// Whether an event is words to read.
const fn is_words(event: &Event) -> bool {
    matches!(event, Event::Chose { .. } | Event::Said(_) | Event::Scene { .. })
}

/// What a value given to a chapter is called there.
#[must_use]
pub fn name_of(chapter: &Chapter, what: Carried) -> &str {
    match what {
        Carried::Var(ix) => &chapter.var(ix).id,
        Carried::Item(ix) => &chapter.world.item(ix).id,
    }
}

/// The words of a transcript, as a text file.
#[must_use]
pub fn as_text(transcript: &Transcript) -> String {
    let mut out = String::new();
    for block in transcript.blocks() {
        if let Block::Chosen { .. } = block {
            out.push_str("> ");
        }
        out.push_str(&super::transcript::plain_block(block));
        out.push_str("\n\n");
    }
    out
}
