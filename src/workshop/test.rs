//! Tests written beside the story: plays them and says which expectation failed, and where.

use std::io::{self, Write};

use serde::Serialize;

use crate::engine::Chapter;
use crate::engine::chapter::{Expect, Test};
use crate::engine::dice::{Keyed, Luck, Throw};
use crate::engine::id::SceneIx;
use crate::engine::look::{look, words};
use crate::engine::render::{Para, Reader, render, render_line};
use crate::engine::state::State;
use crate::engine::step::{Refusal, Stage, begin, find, step_with};

/// A test that failed.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// The chapter's id.
    pub chapter: String,
    /// The test's name.
    pub test: String,
    /// Where it is written.
    pub origin: String,
    /// What was not so.
    pub why: Vec<String>,
}

/// Runs every test of a chapter. Answers how many there were, and those that failed.
#[must_use]
pub fn run(chapter: &Chapter) -> (usize, Vec<Failure>) {
    let failed = chapter.tests.iter().filter_map(|test| {
        let why = play(chapter, test);
        (!why.is_empty()).then(|| Failure {
            chapter: chapter.id.clone(),
            test: test.name.clone(),
            origin: test.origin.clone(),
            why,
        })
    });
    (chapter.tests.len(), failed.collect())
}

/// Writes the outcome.
///
/// # Errors
/// When `out` cannot be written.
pub fn report(ran: usize, failures: &[Failure], out: &mut dyn Write) -> io::Result<()> {
    for failure in failures {
        writeln!(out, "{}: \"{}\" failed", failure.origin, failure.test)?;
        for why in &failure.why {
            writeln!(out, "    {why}")?;
        }
    }
    writeln!(out, "{} story tests, {} failed", ran, failures.len())
}

/// What a play of the test had that it should not, or lacked.
fn play(chapter: &Chapter, test: &Test) -> Vec<String> {
    let mut dice = Dice { pending: test.rolls.iter().rev().copied().collect() };
    let mut reading = Reading::default();
    let mut state = begin(chapter, test.start, test.seed, &test.given, &mut dice, &mut reading);
    reading.menu(chapter, &state);
    for (at, key) in test.play.iter().enumerate() {
        let taken = find(chapter, &state, key)
            .and_then(|choice| step_with(chapter, &mut state, choice, &mut dice, &mut reading));
        if let Err(refusal) = taken {
            return vec![refused(chapter, &state, at + 1, &refusal)];
        }
        reading.menu(chapter, &state);
    }
    let mut why: Vec<String> =
        test.expect.iter().filter_map(|expect| unmet(chapter, &state, &reading, expect)).collect();
    if !dice.pending.is_empty() {
        why.push(format!("{} of the rolls were never thrown", dice.pending.len()));
    }
    why
}

fn refused(chapter: &Chapter, state: &State, step: usize, refusal: &Refusal) -> String {
    let page = look(chapter, state, Reader::default());
    let open: Vec<String> = page.open().map(|o| format!("`{}`", o.key)).collect();
    format!("step {step}: {refusal} in `{}`; open are {}", chapter.scene(state.scene).id, open.join(", "))
}

fn unmet(chapter: &Chapter, state: &State, reading: &Reading, expect: &Expect) -> Option<String> {
    let scene = |ix: SceneIx| &chapter.scene(ix).id;
    let page = look(chapter, state, Reader::default());
    let offer = |key: &str| page.offers.iter().find(|o| o.key == key).map(|o| o.open());
    let (met, why) = match expect {
        Expect::At(ix) => (state.scene == *ix, format!("it stands in `{}`, not `{}`", scene(state.scene), scene(*ix))),
        Expect::Sees(text) => (reading.holds(text), format!("never seen: \"{text}\"")),
        Expect::Misses(text) => (!reading.holds(text), format!("seen: \"{text}\"")),
        Expect::Holds(cond) => {
            (cond.holds(chapter, state), "a condition of `Holds` does not hold at the end".to_owned())
        }
        Expect::Offers(key) => {
            (offer(key) == Some(true), format!("`{key}` is not offered in `{}`", scene(state.scene)))
        }
        Expect::Locks(key) => {
            (offer(key) == Some(false), format!("`{key}` is not shown as locked in `{}`", scene(state.scene)))
        }
        Expect::Hides(key) => (offer(key).is_none(), format!("`{key}` is shown in `{}`", scene(state.scene))),
        Expect::Visits(ix) => (state.visits[ix.at()] > 0, format!("`{}` was never entered", scene(*ix))),
        Expect::Never(ix) => (state.visits[ix.at()] == 0, format!("`{}` was entered", scene(*ix))),
        Expect::Ends(ix) => {
            let now = state.ended.map_or("no ending", |e| &chapter.endings[e.at()].id);
            (state.ended == Some(*ix), format!("it ended in {now}, not `{}`", chapter.endings[ix.at()].id))
        }
        Expect::Reaches(ix) => {
            let reached = chapter
                .scenes
                .iter()
                .zip(&state.visits)
                .any(|(scene, visits)| scene.milestone == Some(*ix) && *visits > 0);
            (reached, format!("the milestone `{}` was not reached", chapter.milestones[ix.at()].id))
        }
        Expect::Has(ix) => (state.items[ix.at()] > 0, format!("`{}` is not carried", chapter.world.item(*ix).id)),
    };
    (!met).then_some(why)
}

/// Dice that fall as the test says, by the number on the face, then as the seed says.
struct Dice {
    pending: Vec<i32>,
}

impl Luck for Dice {
    fn draw(&mut self, throw: Throw<'_>) -> u32 {
        match self.pending.pop() {
            Some(face) => u32::try_from(face.saturating_sub(throw.low)).unwrap_or(0).min(throw.sides.saturating_sub(1)),
            None => Keyed.draw(throw),
        }
    }
}

/// Everything read during the play.
#[derive(Default)]
struct Reading {
    text: String,
}

impl Reading {
    fn add(&mut self, paras: &[Para]) {
        for para in paras {
            self.text.push_str(&para.plain());
            self.text.push('\n');
        }
    }

    fn menu(&mut self, chapter: &Chapter, state: &State) {
        for offer in look(chapter, state, Reader::default()).offers {
            self.text.push_str(&words(&offer.say));
            self.text.push('\n');
            if let Some(reason) = offer.locked {
                self.text.push_str(&words(&reason));
                self.text.push('\n');
            }
        }
    }

    fn holds(&self, text: &str) -> bool {
        self.text.contains(text)
    }
}

impl Stage for Reading {
    fn chose(&mut self, chapter: &Chapter, state: &State, choice: crate::engine::id::ChoiceIx) {
        let said = render(&chapter.choice(choice).said, state.taken[choice.at()], chapter, state, Reader::default());
        self.add(&said);
    }

    fn entered(&mut self, chapter: &Chapter, state: &State, scene: SceneIx) {
        let one = chapter.scene(scene);
        let round = state.visits[scene.at()].saturating_sub(1);
        if let Some(title) = &one.title {
            self.text.push_str(&words(&render_line(title, round, chapter, state, Reader::default())));
            self.text.push('\n');
        }
        self.add(&render(&one.text, round, chapter, state, Reader::default()));
    }
}
