//! The page a play stands on. A pure function of chapter and state: looking twice shows the same page.

use super::chapter::{Chapter, Goes};
use super::effect::Act;
use super::expr::holds;
use super::id::{ChoiceIx, EndingIx, PlaceIx, SceneIx, VarIx};
use super::render::{Para, Reader, Span, render, render_line};
use super::state::State;
use super::step::apply;

/// What a player sees and may choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The scene.
    pub scene: SceneIx,
    /// Its title.
    pub title: Option<String>,
    /// Where it is.
    pub place: Option<PlaceIx>,
    /// When it is.
    pub date: Option<String>,
    /// The scene's text.
    pub text: Vec<Para>,
    /// Choices, open and locked, in the writer's order.
    pub offers: Vec<Offer>,
    /// The ending reached, if the chapter is over.
    pub ended: Option<EndingIx>,
}

/// A choice as a player sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which choice.
    pub choice: ChoiceIx,
    /// The id a log speaks.
    pub key: String,
    /// The words in the menu.
    pub say: Vec<Span>,
    /// Why it cannot be chosen; `None` when it can.
    pub locked: Option<Vec<Span>>,
}

impl Offer {
    /// Whether it can be chosen.
    #[must_use]
    pub const fn open(&self) -> bool {
        self.locked.is_none()
    }
}

impl Page {
    /// The choices that can be taken, in order: what the digits stand for.
    pub fn open(&self) -> impl Iterator<Item = &Offer> {
        self.offers.iter().filter(|o| o.open())
    }
}

/// How a choice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be taken.
    Open,
    /// It is shown with its reason.
    Locked,
    /// It is not shown.
    Hidden,
}

/// How a choice of the open menu stands.
#[must_use]
pub fn standing(chapter: &Chapter, state: &State, choice: ChoiceIx) -> Standing {
    let one = chapter.choice(choice);
    if !one.again && state.taken[choice.at()] > 0 {
        return Standing::Hidden;
    }
    let allowed = holds(one.when.as_ref(), chapter, state)
        && !(one.strict && overstepped(chapter, state, choice, &mut |_| true))
        && match &one.goes {
            Goes::Nested(menu, _) => menu.iter().any(|c| standing(chapter, state, *c) == Standing::Open),
            Goes::To(_) | Goes::Visit(_) | Goes::Rejoin => true,
        };
    match (allowed, &one.locked) {
        (true, _) => Standing::Open,
        (false, Some(_)) => Standing::Locked,
        (false, None) => Standing::Hidden,
    }
}

/// The choices of the open menu, whatever their standing.
#[must_use]
pub fn menu<'a>(chapter: &'a Chapter, state: &State) -> &'a [ChoiceIx] {
    match state.open.map(|c| &chapter.choice(c).goes) {
        Some(Goes::Nested(menu, _)) => menu,
        _ => &chapter.scene(state.scene).menu,
    }
}

/// The choices that can be taken now.
pub fn open_choices<'a>(chapter: &'a Chapter, state: &'a State) -> impl Iterator<Item = ChoiceIx> + 'a {
    let over = state.ended.is_some();
    menu(chapter, state).iter().copied().filter(move |c| !over && standing(chapter, state, *c) == Standing::Open)
}

/// The page this state stands on.
#[must_use]
pub fn look(chapter: &Chapter, state: &State, reader: Reader) -> Page {
    let scene = chapter.scene(state.scene);
    let mut offers = Vec::new();
    if state.ended.is_none() {
        for &choice in menu(chapter, state) {
            let one = chapter.choice(choice);
            let taken = state.taken[choice.at()];
            let line = |text| render_line(text, taken, chapter, state, reader);
            let locked = match standing(chapter, state, choice) {
                Standing::Hidden => continue,
                Standing::Open => None,
                Standing::Locked => one.locked.as_ref().map(line),
            };
            offers.push(Offer { choice, key: one.key.clone(), say: line(&one.say), locked });
        }
    }
    Page {
        scene: state.scene,
        title: title(chapter, state, reader),
        place: scene.place,
        date: date(chapter, state, reader),
        text: scene_text(chapter, state, state.scene, reader),
        offers,
        ended: state.ended,
    }
}

/// A scene's text in this state, in which it has been entered at least once.
#[must_use]
pub fn scene_text(chapter: &Chapter, state: &State, scene: SceneIx, reader: Reader) -> Vec<Para> {
    let round = state.visits[scene.at()].saturating_sub(1);
    render(&chapter.scene(scene).text, round, chapter, state, reader)
}

/// The head line's date.
#[must_use]
pub fn date(chapter: &Chapter, state: &State, reader: Reader) -> Option<String> {
    let text = chapter.scene(state.scene).date.as_ref().or(chapter.date.as_ref())?;
    Some(words(&render_line(text, 0, chapter, state, reader))).filter(|d| !d.is_empty())
}

fn title(chapter: &Chapter, state: &State, reader: Reader) -> Option<String> {
    let text = chapter.scene(state.scene).title.as_ref()?;
    let round = state.visits[state.scene.at()].saturating_sub(1);
    Some(words(&render_line(text, round, chapter, state, reader)))
}

/// Spans without their looks.
#[must_use]
pub fn words(spans: &[Span]) -> String {
    spans.iter().map(|s| s.text.as_str()).collect()
}

/// What the panel shows of a variable, or `None` while it is hidden.
#[must_use]
pub fn stat(chapter: &Chapter, state: &State, var: VarIx, reader: Reader) -> Option<Stat> {
    let one = chapter.var(var);
    let shown = one.shown.as_ref()?;
    if !holds(shown.when.as_ref(), chapter, state) {
        return None;
    }
    let value = state.vars[var.at()];
    let (low, high) = one.bounds();
    let written = match &shown.show {
        Some(text) => words(&render_line(text, 0, chapter, state, reader)),
        None => one.written(value),
    };
    Some(Stat {
        var,
        label: shown.label.clone(),
        written,
        level: one.level(value).map(str::to_owned),
        gauge: shown.gauge.then_some((value - low, high - low)),
    })
}

/// A variable as a player sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stat {
    /// Which variable.
    pub var: VarIx,
    /// Its name.
    pub label: String,
    /// Its value in the writer's words.
    pub written: String,
    /// The word for its range.
    pub level: Option<String>,
    /// How far along its range it is, and how long that is; only if a bar is wanted.
    pub gauge: Option<(i32, i32)>,
}

/// Whether the choice's effects would take a strict variable that is `meant` out of its range.
pub(crate) fn overstepped(
    chapter: &Chapter,
    state: &State,
    choice: ChoiceIx,
    meant: &mut dyn FnMut(VarIx) -> bool,
) -> bool {
    let mut trial = state.clone();
    for effect in &chapter.choice(choice).effects {
        match &effect.act {
            Act::Set(var, expr) if holds(effect.when.as_ref(), chapter, &trial) => {
                let (low, high) = chapter.var(*var).bounds();
                let value = expr.eval(chapter, &trial);
                if chapter.var(*var).strict && !(low..=high).contains(&value) && meant(*var) {
                    return true;
                }
                apply(effect, chapter, &mut trial, &mut super::dice::Keyed, &mut Vec::new());
            }
            // Strict effects stand before any dice, so nothing after the first throw matters.
            Act::Roll(..) | Act::Chance(..) | Act::OneOf(..) => return false,
            _ => apply(effect, chapter, &mut trial, &mut super::dice::Keyed, &mut Vec::new()),
        }
    }
    false
}
