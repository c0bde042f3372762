//! A play as a test, in RON: from a save or a route to something a writer can put beside the scenes.

use std::fmt::Write as _;

use crate::engine::chapter::VarKind;
use crate::engine::dice::{Forced, Keyed, Luck, Throw};
use crate::engine::log::Desync;
use crate::engine::route::Route;
use crate::engine::step::{begin, find, step_with};
use crate::engine::{Chapter, State};
use crate::saves::Save;
use crate::workshop::figures::many;

/// The widest line of a story file.
const WIDTH: usize = 140;
/// Where the lines of a test begin, and those after the first.
const INDENT: &str = "        ";

/// Why a play cannot be a test.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRecorded {
    /// The save does not begin on the chapter's first page.
    #[error("the story was edited since this play began, so its beginning is not known; play it anew")]
    NoBeginning,
    /// Nothing was played.
    #[error("nothing was played")]
    Nothing,
    /// It cannot be played in the story as it is now.
    #[error("the play does not fit the story: {0}")]
    Desync(#[from] Desync),
}

/// The way of a saved play through the chapter it stands in.
///
/// # Errors
/// [`NotRecorded`] if its beginning is not known.
pub fn route(save: &Save) -> Result<Route, NotRecorded> {
    let leg = save.log.legs.last().ok_or(NotRecorded::Nothing)?;
    if save.resumed.is_some() && save.log.legs.len() == 1 {
        return Err(NotRecorded::NoBeginning);
    }
    Ok(leg.route(save.log.seed))
}

/// A test that plays a route and expects what it comes to, as it stands in a `tests` section.
///
/// # Errors
/// [`NotRecorded`] if the route does not fit the chapter.
pub fn test(
    chapter: &Chapter,
    route: &Route,
    name: Option<&str>,
    transcript: Option<&str>,
) -> Result<String, NotRecorded> {
    let (start, given) = route.entry(chapter)?;
    let mut dice = Noting { luck: Forced::default(), fell: Vec::new() };
    let mut state = begin(chapter, start, route.seed, &given, &mut dice, &mut ());
    for (at, leap) in route.steps.iter().enumerate() {
        let refused = |refusal| Desync::Refused { step: at + 1, refusal };
        let choice = find(chapter, &state, &leap.choice).map_err(refused)?;
        dice.luck = Forced::new(&leap.forced);
        step_with(chapter, &mut state, choice, &mut dice, &mut ()).map_err(refused)?;
    }
    let scene = &chapter.scene(state.scene).id;
    let name =
        name.map_or_else(|| format!("recorded: {}, to {scene}", many(route.steps.len(), "choice")), str::to_owned);
    let mut fields = vec![format!("name: {}", quoted(&name)), format!("start: \"{}\"", chapter.scene(start).id)];
    if route.seed != 0 {
        fields.push(format!("seed: {}", route.seed));
    }
    if !route.given.is_empty() {
        let given = route.given.iter().map(|(id, value)| format!("\"{id}\": {}", value_of(chapter, id, value)));
        fields.push(format!("given: {{{}}}", given.collect::<Vec<_>>().join(", ")));
    }
    if route.steps.iter().any(|leap| !leap.forced.is_empty()) {
        let fell: Vec<String> = dice.fell.iter().map(i64::to_string).collect();
        fields.push(format!("rolls: [{}]", fell.join(", ")));
    }
    let play: Vec<String> = route.steps.iter().map(|leap| format!("\"{}\"", leap.choice)).collect();
    fields.push(format!("play: [{}]", play.join(", ")));
    fields.push(format!("expect: [{}]", expected(chapter, &state).join(", ")));
    fields.extend(transcript.map(|file| format!("transcript: {}", quoted(file))));
    Ok(laid_out(&fields))
}

/// Where the play came to.
fn expected(chapter: &Chapter, state: &State) -> Vec<String> {
    let mut expected = vec![match state.ended {
        Some(ending) => format!("Ends(\"{}\")", chapter.endings[ending.at()].id),
        None => format!("At(\"{}\")", chapter.scene(state.scene).id),
    }];
    let reached = |at: usize| {
        let mut scenes = chapter.scenes.iter().zip(&state.visits);
        scenes.any(|(scene, visits)| *visits > 0 && scene.milestone.is_some_and(|milestone| milestone.at() == at))
    };
    let milestones = chapter.milestones.iter().enumerate().filter(|(at, _)| reached(*at));
    expected.extend(milestones.map(|(_, milestone)| format!("Reaches(\"{}\")", milestone.id)));
    expected
}

/// A given value as RON has it: words in quotes.
fn value_of(chapter: &Chapter, id: &str, value: &str) -> String {
    match chapter.find_var(id).map(|ix| &chapter.var(ix).kind) {
        Some(VarKind::Word(_)) => quoted(value),
        _ => value.to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Fields in lines that are not too long; a list that is too long for a line is broken at its commas.
fn laid_out(fields: &[String]) -> String {
    let mut out = format!("{INDENT}(");
    let mut column = out.len();
    let last = fields.len() - 1;
    for (at, field) in fields.iter().enumerate() {
        let end = if at == last { ")," } else { "," };
        for (nth, part) in field.split_inclusive(", ").enumerate() {
            let part = part.trim_end();
            let wide = part.chars().count() + end.len() + 1;
            // `expect` begins a line, as writers have it.
            if column + wide > WIDTH || (nth == 0 && field.starts_with("expect")) {
                let _ = write!(out, "\n{INDENT} ");
                column = INDENT.len() + 1;
            } else if !out.ends_with('(') {
                out.push(' ');
                column += 1;
            }
            out.push_str(part);
            column += wide;
        }
        out.push_str(end);
    }
    out.push('\n');
    out
}

/// Luck that notes the number on every face.
struct Noting {
    luck: Forced,
    fell: Vec<i64>,
}

impl Luck for Noting {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        let face = if self.luck.left() > 0 { self.luck.draw(throw) } else { Keyed.draw(throw) };
        self.fell.push(i64::from(throw.low) + i64::from(face));
        face
    }
}
