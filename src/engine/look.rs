//! The page a play stands on. A pure function of chapter and state: looking twice shows the same page.

use super::chapter::{Chapter, Goes};
use super::effect::Deed;
use super::expr::holds;
use super::id::{ChoiceIx, EndingIx, PlaceIx, SceneIx, VarIx};
use super::render::{Para, Reader, Span, render, render_into, render_line, render_line_into};
use super::state::State;
use super::step::perform;

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
    /// Which choice; its key is the id a log speaks.
    pub choice: ChoiceIx,
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
    let allowed = holds(one.when.as_deref(), chapter, state)
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
    let mut page = Page {
        scene: state.scene,
        title: None,
        place: None,
        date: None,
        text: Vec::new(),
        offers: Vec::new(),
        ended: None,
    };
    look_into(&mut page, chapter, state, reader);
    page
}

/// The page this state stands on, written in the place of another: where many pages are made, their memory is used again.
pub fn look_into(page: &mut Page, chapter: &Chapter, state: &State, reader: Reader) {
    let scene = chapter.scene(state.scene);
    page.scene = state.scene;
    page.title = title(chapter, state, reader);
    page.place = scene.place;
    page.date = date(chapter, state, reader);
    page.ended = state.ended;
    let round = state.visits[state.scene.at()].saturating_sub(1);
    render_into(&mut page.text, &scene.text, round, chapter, state, reader);
    let menu = if state.ended.is_none() { menu(chapter, state) } else { &[] };
    let mut count = 0;
    for &choice in menu {
        let one = chapter.choice(choice);
        let locked = match standing(chapter, state, choice) {
            Standing::Hidden => continue,
            Standing::Open => None,
            Standing::Locked => one.locked.as_ref(),
        };
        let taken = state.taken[choice.at()];
        if count == page.offers.len() {
            page.offers.push(Offer { choice, say: Vec::new(), locked: None });
        }
        let offer = &mut page.offers[count];
        offer.choice = choice;
        render_line_into(&mut offer.say, &one.say, taken, chapter, state, reader);
        offer.locked = locked.map(|text| render_line(text, taken, chapter, state, reader));
        count += 1;
    }
    page.offers.truncate(count);
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
    let mut acts = chapter.choice(choice).effects.acts();
    while let Some(deed) = acts.next(chapter, &trial) {
        match deed {
            Some(Deed::Set(var, value)) if chapter.var(var).strict => {
                let (low, high) = chapter.var(var).bounds();
                if !(low..=high).contains(&value) && meant(var) {
                    return true;
                }
            }
            // Strict effects stand before any dice, so nothing after the first throw matters.
            Some(Deed::Roll(..) | Deed::Chance(..) | Deed::OneOf(..)) => return false,
            _ => {}
        }
        if let Some(deed) = deed {
            perform(deed, chapter, &mut trial, &mut super::dice::Keyed, &mut Vec::new());
        }
    }
    false
}
