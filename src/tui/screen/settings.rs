//! What the player can set. Every change is in force at once.

use crossterm::event::{KeyCode, KeyEvent, MouseEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::saves::settings::WIDTHS;
use crate::tui::kept::{Settings, ThemeName};
use crate::tui::keys::{self, Verb};
use crate::tui::overlay::{Action, Look, Outcome, Overlay};
use crate::tui::widget::leaf::Leaf;
use crate::tui::widget::list::{self, Item, Selection};
use crate::tui::widget::spread::{Click, click};

/// The list of settings.
#[derive(Debug, Default)]
pub(crate) struct Preferences {
    selection: Selection,
}

/// Something that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Knob {
    Theme,
    Width,
    Gentle,
    Locked,
    Airy,
    Panel,
    Motion,
    Mouse,
    Clock,
}

const THEMES: [ThemeName; 5] =
    [ThemeName::Auto, ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast, ThemeName::Mono];

impl Knob {
    const ALL: [Self; 9] = [
        Self::Theme,
        Self::Width,
        Self::Airy,
        Self::Panel,
        Self::Locked,
        Self::Gentle,
        Self::Motion,
        Self::Mouse,
        Self::Clock,
    ];

    const fn label(self) -> &'static str {
        match self {
            Self::Theme => "Colours",
            Self::Width => "Width of the prose",
            Self::Gentle => "Gentle telling",
            Self::Locked => "Closed choices",
            Self::Airy => "Air between choices",
            Self::Panel => "Side panel",
            Self::Motion => "Movement",
            Self::Mouse => "Mouse",
            Self::Clock => "Clock of a run",
        }
    }

    /// What it changes, for the line below.
    const fn about(self) -> &'static str {
        match self {
            Self::Theme => "Auto asks the terminal whether it is dark or light. Mono uses no colour at all.",
            Self::Width => "How many letters a line of prose may hold.",
            Self::Gentle => "The worst lines are withheld; nothing that happens is changed.",
            Self::Locked => "Whether choices that cannot be taken now are shown, with the reason.",
            Self::Airy => "An empty line between choices.",
            Self::Panel => "Stats and things beside the prose, from 100 columns on.",
            Self::Motion => "Whether anything moves on the title screen.",
            Self::Mouse => "Choices by click, pages by wheel. Selecting text then needs Shift.",
            Self::Clock => "The clock and the splits of a speedrun.",
        }
    }

    fn value(self, settings: &Settings) -> String {
        let word = |on: bool, yes: &str, no: &str| if on { yes.to_owned() } else { no.to_owned() };
        match self {
            Self::Theme => match settings.theme {
                ThemeName::Auto => "auto",
                ThemeName::Dark => "dark",
                ThemeName::Light => "light",
                ThemeName::HighContrast => "high contrast",
                ThemeName::Mono => "mono",
            }
            .to_owned(),
            Self::Width => settings.width.to_string(),
            Self::Gentle => word(settings.gentle, "on", "off"),
            Self::Locked => word(settings.locked, "shown", "hidden"),
            Self::Airy => word(settings.airy, "on", "off"),
            Self::Panel => word(settings.panel, "shown", "hidden"),
            Self::Motion => word(settings.reduced_motion, "still", "allowed"),
            Self::Mouse => word(settings.mouse, "on", "off"),
            Self::Clock => word(settings.clock, "shown", "hidden"),
        }
    }

    /// The settings with this one turned on by a step, or back.
    fn turned(self, settings: &Settings, forward: bool) -> Settings {
        let mut new = settings.clone();
        match self {
            Self::Theme => {
                let at = THEMES.iter().position(|t| *t == settings.theme).unwrap_or(0);
                let by = if forward { 1 } else { THEMES.len() - 1 };
                new.theme = THEMES[(at + by) % THEMES.len()];
            }
            Self::Width => {
                let width = if forward { settings.width.saturating_add(2) } else { settings.width.saturating_sub(2) };
                new.width = width.clamp(WIDTHS.0, WIDTHS.1);
            }
            Self::Gentle => new.gentle = !settings.gentle,
            Self::Locked => new.locked = !settings.locked,
            Self::Airy => new.airy = !settings.airy,
            Self::Panel => new.panel = !settings.panel,
            Self::Motion => new.reduced_motion = !settings.reduced_motion,
            Self::Mouse => new.mouse = !settings.mouse,
            Self::Clock => new.clock = !settings.clock,
        }
        new
    }
}

/// The list with its values in one column, and the room for the explanation below.
fn layout(settings: &Settings, area: Rect) -> (Vec<Item>, Rect, Rect) {
    let wide = Knob::ALL.iter().map(|k| k.label().len()).max().unwrap_or(0);
    let item = |k: &Knob| Item::new(format!("{:wide$}   {}", k.label(), k.value(settings)));
    let items: Vec<Item> = Knob::ALL.iter().map(item).collect();
    let foot = if area.height >= 6 { 3 } else { 0 };
    let height = list::height(&items).min(area.height - foot);
    let list = Rect { height, width: area.width.min(60), ..area };
    let below = Rect { y: area.y.saturating_add(height + foot.min(1)), height: foot.saturating_sub(1), ..area };
    (items, list, below)
}

impl Preferences {
    fn turn(&self, look: &Look<'_>, forward: bool) -> Outcome {
        let Some(at) = self.selection.at(Knob::ALL.len()) else { return Outcome::Stay };
        let new = Knob::ALL[at].turned(look.settings, forward);
        if &new == look.settings { Outcome::Stay } else { Outcome::Act(Action::Set(new)) }
    }
}

impl Overlay for Preferences {
    fn title(&self, _: &Look<'_>) -> String {
        "Settings".to_owned()
    }

    fn draw(&self, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
        let (items, list, below) = layout(look.settings, area);
        list::draw(&items, self.selection, list, look.theme, buf);
        if let Some(at) = self.selection.at(items.len()) {
            let mut leaf = Leaf::default();
            leaf.line(Knob::ALL[at].about(), below.width.min(72), look.theme.quiet);
            leaf.draw(0, below, look.theme, buf);
        }
    }

    fn key(&mut self, look: &Look<'_>, key: KeyEvent) -> Outcome {
        let (items, list, _) = layout(look.settings, look.area);
        match (key.code, keys::verb(key)) {
            (KeyCode::Char(' '), _) | (_, Some(Verb::Take | Verb::Right)) => self.turn(look, true),
            (_, Some(Verb::Left)) => self.turn(look, false),
            (_, Some(Verb::Settings)) => Outcome::Close,
            (_, verb) if self.selection.moves(verb, &items, list.height) => Outcome::Redraw,
            _ => Outcome::Pass,
        }
    }

    fn mouse(&mut self, look: &Look<'_>, event: MouseEvent) -> Outcome {
        let (items, list, _) = layout(look.settings, look.area);
        match click(&mut self.selection, &items, list, event) {
            Click::Nothing => Outcome::Pass,
            Click::Moved => Outcome::Redraw,
            Click::Again(_) => self.turn(look, true),
        }
    }

    fn cursor(&self, look: &Look<'_>, area: Rect) -> Option<Position> {
        let (items, list, _) = layout(look.settings, area);
        list::cursor(&items, self.selection, list)
    }

    fn hints(&self, _: &Look<'_>) -> Vec<Verb> {
        vec![Verb::Left, Verb::Right]
    }
}
