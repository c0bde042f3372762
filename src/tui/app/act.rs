//! What the app does when it is told to.

use std::sync::Arc;

use crate::play::Problem;
use crate::play::desk::PRACTICE;
use crate::play::run::recover;
use crate::saves::Slot as SlotName;
use crate::speedrun::{Category, History};
use crate::tui::kept::Settings;
use crate::tui::keys::Verb;
use crate::tui::overlay::{Action, Kind};
use crate::tui::screen;
use crate::tui::screen::runs::Shelf;
use crate::tui::screen::title::Title;

use super::{App, Stage, Wish};

/// The overlay a key opens.
pub(super) const fn overlay_of(verb: Verb) -> Option<Kind> {
    Some(match verb {
        Verb::Things => Kind::Things,
        Verb::Stats => Kind::Stats,
        Verb::People => Kind::People,
        Verb::Codex => Kind::Codex(None),
        Verb::Map => Kind::Map,
        Verb::History => Kind::History,
        Verb::Save => Kind::Save,
        Verb::Load => Kind::Load,
        Verb::Endings => Kind::Endings,
        Verb::Runs => Kind::Runs,
        Verb::Settings => Kind::Settings,
        Verb::Help => Kind::Help,
        Verb::Palette => Kind::Palette,
        _ => return None,
    })
}

impl App {
    /// Does something.
    pub(crate) fn act(&mut self, action: Action) {
        self.dirty = true;
        match action {
            Action::Choose(at) => self.choose(at),
            Action::Undo => self.undo(),
            Action::Redo => {
                if !self.desk.redo(self.now) {
                    self.say("nothing was taken back");
                }
            }
            Action::Jump(step) => self.desk.jump(step, self.now),
            Action::Save(name) => self.save(&name),
            Action::Load(name) => self.load(&name),
            Action::Remove(name) => self.remove(&name),
            Action::Set(settings) => self.set(settings),
            Action::Continue => match self.desk.latest(self.now) {
                Some(entry) => self.open_slot(&entry.slot),
                None => self.warn("there is no saved game yet"),
            },
            Action::NewGame { chapter } => self.new_game(&chapter),
            Action::Run { category, wanted } => self.wish = Some(Wish::Run { category, wanted }),
            Action::Reload => self.reload(),
            Action::Open(kind) => self.open(kind),
            Action::Do(verb) => self.verb(verb),
            Action::Title => self.show_title(),
            Action::Quit => self.wish = Some(Wish::Leave),
        }
    }

    fn verb(&mut self, verb: Verb) {
        let playing = self.is_reading() && self.desk.sitting().is_some();
        match (verb, overlay_of(verb)) {
            (verb, _) if !playing && verb.wants_a_play() => {}
            (_, Some(kind)) => self.open(kind),
            (Verb::Undo, _) if playing => self.act(Action::Undo),
            (Verb::Redo, _) if playing => self.act(Action::Redo),
            (Verb::Quicksave, _) if playing => self.act(Action::Save("quick".to_owned())),
            (Verb::Reload, _) => self.act(Action::Reload),
            (Verb::Leave, _) if self.is_reading() => self.show_title(),
            (Verb::Leave | Verb::Quit, _) => self.wish = Some(Wish::Leave),
            (Verb::Suspend, _) => self.wish = Some(Wish::Suspend),
            (Verb::Redraw, _) => self.wish = Some(Wish::Redraw),
            (Verb::Up | Verb::Down | Verb::PageUp | Verb::PageDown | Verb::Home | Verb::End | Verb::Take, _)
                if playing =>
            {
                self.reading_verb(verb);
            }
            _ => {}
        }
    }

    /// Opens an overlay over what is there.
    pub(super) fn open(&mut self, kind: Kind) {
        if matches!(kind, Kind::Save | Kind::Load) {
            self.list_slots();
        }
        if kind == Kind::Runs {
            self.list_runs();
        }
        let overlay = screen::open(kind, &self.look());
        self.over.push((kind, overlay));
        self.dirty = true;
    }

    fn list_slots(&mut self) {
        match self.desk.slots() {
            Ok(slots) => self.slots = slots,
            Err(fault) => self.warn(fault.to_string()),
        }
    }

    /// Reads anew what was attempted at every category.
    pub(super) fn list_runs(&mut self) {
        let chapters = self.world.order.iter().filter_map(|id| (self.desk.chapters())(id));
        let categories: Vec<Category> =
            chapters.flat_map(|chapter| Category::all(&chapter).collect::<Vec<_>>()).collect();
        let store = self.desk.store().clone();
        if recover(&store, self.desk.chapters()) > 0 {
            self.say("an attempt that was cut off is counted, as far as it got");
        }
        let mut runs = Vec::new();
        for category in categories {
            let history = History::of(&category, &store).unwrap_or_else(|fault| {
                self.warn(fault.to_string());
                History::default()
            });
            runs.push(Shelf { category, history });
        }
        self.runs = runs;
    }

    fn choose(&mut self, at: usize) {
        let pick = self.desk.sitting().and_then(|s| s.picks().into_iter().nth(at));
        if let Some(pick) = pick
            && let Err(problem) = self.desk.choose(&pick.kind, self.now)
        {
            self.trouble(&problem);
        }
    }

    fn undo(&mut self) {
        if !self.desk.undo(self.now) {
            self.say("this is where the play begins");
        }
    }

    fn save(&mut self, name: &str) {
        match self.desk.save(name, self.now) {
            Ok(slot) => {
                let quick = slot == SlotName::quick();
                self.say(if quick { "saved to the quick slot".to_owned() } else { format!("saved as {slot}") });
                // What was asked for is done; only a name that was refused waits for another.
                self.over.retain(|(kind, _)| *kind != Kind::Save);
            }
            Err(problem) => self.trouble(&problem),
        }
        self.list_slots();
    }

    fn load(&mut self, name: &str) {
        match name.parse::<SlotName>() {
            Ok(slot) => self.open_slot(&slot),
            Err(fault) => self.warn(fault.to_string()),
        }
    }

    /// Takes up a saved play; the title is shown if that cannot be done and nothing else is there.
    pub(crate) fn open_slot(&mut self, slot: &SlotName) {
        match self.desk.open(slot, self.reader(), self.now) {
            Ok(notes) => {
                if let Some(sitting) = self.desk.sitting_mut() {
                    notes.into_iter().for_each(|note| sitting.note(note));
                }
                self.show_reading();
            }
            Err(problem) => {
                if !self.is_reading() {
                    self.show_title();
                }
                self.trouble(&problem);
            }
        }
    }

    fn remove(&mut self, name: &str) {
        let removed = name.parse::<SlotName>().and_then(|slot| self.desk.remove(&slot));
        match removed {
            Ok(()) => self.say(format!("{name} is removed")),
            Err(fault) => self.warn(fault.to_string()),
        }
        self.list_slots();
    }

    fn set(&mut self, settings: Settings) {
        if settings.theme != self.settings.theme {
            self.around.theme = None;
        }
        self.settings = settings;
        let reader = self.reader();
        if let Some(sitting) = self.desk.sitting_mut() {
            sitting.set_reader(reader);
        }
        if let Err(fault) = self.desk.keep_settings(&self.settings) {
            self.warn(fault.to_string());
        }
    }

    fn new_game(&mut self, chapter: &str) {
        if self.world.note.is_some() && self.desk.known().plays == 0 {
            self.over.clear();
            self.stage = Stage::Note(chapter.to_owned());
        } else {
            self.begin(chapter);
        }
    }

    /// Begins a chapter at its first page, carrying on from the last finished play of the one before.
    pub(crate) fn begin(&mut self, chapter: &str) {
        let given = (self.desk.chapters())(chapter).map_or_else(Vec::new, |c| self.desk.carried_into(&c));
        let seed = (self.around.seed)();
        match self.desk.begin(chapter, None, seed, &given, self.reader(), self.now) {
            Ok(()) => self.show_reading(),
            Err(problem) => {
                self.show_title();
                self.trouble(&problem);
            }
        }
    }

    /// Shows the practice play that lies on the desk.
    pub(crate) fn show_practice(&mut self) {
        self.show_reading();
        self.say(PRACTICE);
    }

    fn show_reading(&mut self) {
        self.over.clear();
        self.reading.forget();
        self.stage = Stage::Reading;
        if let Some(sitting) = self.desk.sitting() {
            self.world = Arc::clone(sitting.world());
        }
        self.dirty = true;
    }

    /// To the title screen; the play is put away, written.
    pub(crate) fn show_title(&mut self) {
        self.over.clear();
        if self.is_reading() {
            self.desk.leave();
            if let Some(fault) = self.desk.fault() {
                self.warn(format!("not saved: {fault}"));
            }
        }
        self.list_slots();
        self.stage = Stage::Title(self.title());
        self.dirty = true;
    }

    fn title(&self) -> Title {
        let latest = self.desk.latest(self.now);
        Title::of(&self.world, self.desk.chapters(), latest.as_ref(), self.desk.known())
    }

    /// The title screen shows what was found meanwhile.
    pub(super) fn renew_title(&mut self) {
        let anew = self.title();
        if let Stage::Title(title) = &mut self.stage {
            title.renew(anew);
        }
    }

    fn reload(&mut self) {
        self.over.retain(|(kind, _)| *kind != Kind::Report);
        let Some(reload) = &mut self.around.reload else { return };
        let chapters = match reload() {
            Ok(chapters) => chapters,
            Err(report) => {
                self.report = report;
                return self.open(Kind::Report);
            }
        };
        match self.desk.reload(chapters, self.now) {
            Ok(0) => self.say("the story was read again"),
            Ok(1) => self.warn("read again; 1 choice is not in it"),
            Ok(lost) => self.warn(format!("read again; {lost} choices are not in it")),
            Err(problem) => self.trouble(&problem),
        }
        self.reading.forget();
        let first = self.world.order.first().and_then(|id| (self.desk.chapters())(id));
        if let Some(chapter) = first {
            self.world = Arc::clone(&chapter.world);
        }
        if matches!(self.stage, Stage::Title(_)) {
            self.show_title();
        }
    }

    fn trouble(&mut self, problem: &Problem) {
        self.warn(problem.to_string());
    }
}
