//! Keys of a run. No choice is confirmed and none is taken back.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::play::run::drill::Luck;
use crate::play::run::{Stage, key_of};
use crate::speedrun::Reading;
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Kind, Outcome};
use crate::tui::screen;

use super::{PRESSED, Track, Wish};

impl Track {
    /// Hears a key that was pressed at this moment. A key that is held down counts once, where the terminal tells.
    pub(in crate::tui) fn key(&mut self, key: KeyEvent, now: Reading) {
        if key.kind != KeyEventKind::Press {
            return;
        }
        self.dirty = true;
        self.said = None;
        self.note(key);
        match keys::verb_in_run(key) {
            Some(Verb::Suspend) => self.wish = Some(Wish::Suspend),
            Some(Verb::Redraw) => self.wish = Some(Wish::Redraw),
            Some(Verb::Quit) => self.wish = Some(Wish::Interrupt),
            Some(verb @ (Verb::Reset | Verb::NewSeed)) => self.reset(verb == Verb::NewSeed, now),
            _ if self.over.is_empty() && self.watch_key(key) => self.card = self.is_over(),
            verb if self.over.is_empty() => self.page_key(key, verb, now),
            verb => self.overlay_key(key, verb),
        }
    }

    fn page_key(&mut self, key: KeyEvent, verb: Option<Verb>, now: Reading) {
        match (self.runner.stage(), verb) {
            (Stage::Running | Stage::Paused, Some(Verb::Pause)) => self.runner.pause(now),
            // Behind a pause nothing is seen, so nothing can be done.
            (Stage::Paused, Some(Verb::Leave)) => self.wish = Some(Wish::Leave),
            (Stage::Paused, _) => {}
            (Stage::Ready, Some(Verb::Take)) => self.runner.begin(now),
            (_, Some(Verb::Panel)) if self.has_no_panel() => {
                self.listed = !self.listed && self.runner.stage() != Stage::Ready;
            }
            // What is not seen is not chosen.
            (_, verb) if self.lists() && verb != Some(Verb::Leave) => self.listed = false,
            (Stage::Won | Stage::Lost, Some(Verb::Take | Verb::Back)) => self.card = !self.card,
            (Stage::Running | Stage::Won | Stage::Lost, Some(verb)) if self.drill_verb(verb, now) => self.card = false,
            (Stage::Running, _) if keys::choice_at(key).is_some() => {
                let action = keys::choice_at(key).and_then(|at| self.pages.action(at));
                self.choose(action, now);
            }
            (Stage::Running, Some(Verb::Take)) => {
                let action = self.pages.enter();
                self.choose(action, now);
            }
            (_, Some(verb)) => self.verb(verb),
            (_, None) => {}
        }
    }

    /// Does what a key asks of a replay that is watched; answers whether it is one and this is one.
    fn watch_key(&mut self, key: KeyEvent) -> bool {
        let Some(watch) = self.runner.drill_mut().and_then(|drill| drill.watch.as_mut()) else { return false };
        match keys::watching(key) {
            Some(Verb::Pause) => watch.playing = !watch.playing,
            Some(verb @ (Verb::Closer | Verb::Farther)) => watch.change_speed(verb == Verb::Closer),
            Some(Verb::StepBack) => self.runner.back(),
            Some(Verb::StepOn) => self.runner.forward(),
            Some(Verb::NextSplit) => self.runner.to_split(),
            _ => return false,
        }
        true
    }

    /// Does what a key of practice asks; answers whether it is one and this is practice.
    fn drill_verb(&mut self, verb: Verb, now: Reading) -> bool {
        let Some(drill) = self.runner.drill_mut() else { return false };
        match verb {
            Verb::Luck => {
                drill.luck = drill.luck.next();
                self.said = Some(match drill.luck {
                    Luck::High => "luck: every die high",
                    Luck::Low => "luck: every die low",
                    Luck::Seed | Luck::Faces(_) => "luck: the seed's",
                });
            }
            Verb::Repeat => {
                drill.repeats = !drill.repeats;
                let words = if drill.repeats { "loop: back to the mark at the next split" } else { "loop: off" };
                self.said = Some(words);
            }
            Verb::StepBack => self.runner.back(),
            Verb::StepOn => self.runner.forward(),
            Verb::Mark => {
                self.runner.mark(now);
                self.said = Some("marked; l comes back here");
            }
            Verb::ToMark => {
                let steps = self.runner.sitting().steps();
                self.runner.to_mark(now);
                if self.runner.sitting().steps() == steps {
                    self.said = Some("this is the mark; its segment begins again");
                }
            }
            _ => return false,
        }
        true
    }

    fn verb(&mut self, verb: Verb) {
        match verb {
            Verb::Leave => self.wish = Some(Wish::Leave),
            Verb::Panel => self.splits = !self.splits,
            Verb::Pressed => self.shows_pressed = !self.shows_pressed,
            Verb::Help => self.open(Kind::Help),
            _ if self.runner.stage() == Stage::Ready => {}
            Verb::Up => self.pages.up(),
            Verb::Down => self.pages.down(),
            Verb::PageUp => self.pages.page_up(),
            Verb::PageDown => self.pages.page_down(),
            Verb::Home => self.pages.home(),
            Verb::End => self.pages.end(),
            Verb::Things => self.open(Kind::Things),
            Verb::Stats => self.open(Kind::Stats),
            Verb::Codex => self.open(Kind::Codex(None)),
            Verb::Map => self.open(Kind::Map),
            _ => {}
        }
    }

    fn choose(&mut self, action: Option<Action>, now: Reading) {
        let Some(Action::Choose(at)) = action else { return };
        let picks = self.runner.sitting().picks();
        let Some(key) = picks.get(at).and_then(|pick| key_of(&pick.kind)) else { return };
        // The menu was laid out from this very page, so nothing on it is refused.
        if self.runner.choose(key, now).is_ok() {
            self.card = self.is_over();
        }
    }

    fn reset(&mut self, new_seed: bool, now: Reading) {
        self.over.clear();
        if self.runner.drill().is_none() {
            self.pages.forget();
        }
        self.card = false;
        // A category that was begun once can be begun again.
        let _ = self.runner.reset(new_seed, now);
    }

    fn open(&mut self, kind: Kind) {
        let overlay = screen::open(kind, &self.look());
        self.over.push((kind, overlay));
    }

    /// An overlay may look at things and follow links; what it asks for beside that is not done in a run.
    fn overlay_key(&mut self, key: KeyEvent, verb: Option<Verb>) {
        let Some((kind, mut top)) = self.over.pop() else { return };
        let outcome = top.key(&self.look(), key);
        let typing = top.typing();
        match outcome {
            Outcome::Close => {}
            Outcome::Act(Action::Open(other @ (Kind::Codex(_) | Kind::Place(_) | Kind::Map))) => {
                self.over.push((kind, top));
                self.open(other);
            }
            Outcome::Pass if matches!(verb, Some(Verb::Back)) => {}
            Outcome::Pass if !typing && verb.is_some_and(|verb| same(verb, kind)) => {}
            Outcome::Pass | Outcome::Stay | Outcome::Redraw | Outcome::Act(_) => self.over.push((kind, top)),
        }
    }

    fn note(&mut self, key: KeyEvent) {
        let word = match key.code {
            KeyCode::Char(c) if key.modifiers.contains(KeyModifiers::CONTROL) => format!("^{}", c.to_ascii_uppercase()),
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::Enter => "Enter".to_owned(),
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            other => other.to_string(),
        };
        self.pressed.push(word);
        if self.pressed.len() > PRESSED {
            self.pressed.remove(0);
        }
    }
}

/// Whether a verb's key opened this overlay, and closes it.
const fn same(verb: Verb, kind: Kind) -> bool {
    matches!(
        (verb, kind),
        (Verb::Things, Kind::Things)
            | (Verb::Stats, Kind::Stats)
            | (Verb::Codex, Kind::Codex(_))
            | (Verb::Map, Kind::Map)
            | (Verb::Help, Kind::Help)
    )
}
