//! What a play of a test had that it should not, or lacked.

use serde::Serialize;

use super::nearest::nearest;
use super::performance::{Impossible, Performance, Refused};
use crate::engine::chapter::{Chapter, Expect, Goes, Test};
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx};
use crate::engine::step::Refusal;
use crate::workshop::figures::many;
use crate::workshop::written;

/// Something that was not as the test says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "what")]
#[expect(missing_docs, reason = "the fields are the facts of the sentence that describes the variant")]
pub enum Miss {
    #[error("step {step}, `{choice}`: there is no such choice in `{scene}`")]
    NoSuchChoice { step: usize, choice: String, scene: String },
    #[error("step {step}, `{choice}`: the chapter has ended, in `{scene}`")]
    Over { step: usize, choice: String, scene: String },
    #[error("step {step}, `{choice}`: it was taken before, and is not offered `again`")]
    Spent { step: usize, choice: String },
    #[error("step {step}, `{choice}`: it is not open in `{scene}`{}", because(.unmet))]
    NotOpen { step: usize, choice: String, scene: String, unmet: Option<Unmet> },
    #[error("`{choice}` is no choice of `{scene}`, where the play stands, so it hides nothing")]
    NotThere { choice: String, scene: String },
    #[error("it stands in `{stands}`, not in `{wanted}`")]
    Elsewhere { wanted: String, stands: String },
    #[error("never seen: \"{text}\"{}", like(.nearest))]
    NeverSeen { text: String, nearest: Option<Seen> },
    #[error("seen: \"{text}\", in `{}`, after {}", .at.scene, many(.at.after, "choice"))]
    SeenAfterAll { text: String, at: Seen },
    #[error("it does not hold: {}", .0)]
    NotHeld(Unmet),
    #[error("`{choice}` is {is}, not {wanted}{}", because(.unmet))]
    Standing { choice: String, wanted: &'static str, is: &'static str, unmet: Option<Unmet> },
    #[error("`{scene}` was never entered")]
    NeverEntered { scene: String },
    #[error("`{scene}` was entered")]
    Entered { scene: String },
    #[error("it ended in {}, not in `{wanted}`", .ended.as_ref().map_or_else(|| "no ending".to_owned(), |e| format!("`{e}`")))]
    OtherEnding { wanted: String, ended: Option<String> },
    #[error("the milestone `{milestone}` was not reached")]
    NotReached { milestone: String },
    #[error("`{item}` is not carried")]
    NotCarried { item: String },
    #[error("a roll cannot come to {roll}: it is {least} to {most}")]
    Impossible { roll: i32, least: i64, most: i64 },
    #[error("{count} of the rolls were never thrown")]
    RollsLeft { count: usize },
    #[error("there is no transcript `{file}` yet; `--bless` writes it")]
    NoTranscript { file: String },
    #[error("it is told otherwise than in `{file}`, line {line}; `--bless` keeps what is told now")]
    Differs { file: String, line: usize, kept: String, told: String },
    #[error("`{file}` cannot be written: {error}")]
    Unwritten { file: String, error: String },
}

/// A condition that does not hold, and the values it has to do with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unmet {
    /// The condition.
    pub cond: String,
    /// What it asks for, as it is.
    pub values: String,
}

/// Words that were read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The words.
    pub words: String,
    /// The scene.
    pub scene: String,
    /// After how many choices.
    pub after: usize,
}

impl std::fmt::Display for Unmet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`", self.cond)?;
        if self.values.is_empty() { Ok(()) } else { write!(f, "; it has {}", self.values) }
    }
}

fn because(unmet: &Option<Unmet>) -> String {
    unmet.as_ref().map_or_else(String::new, |unmet| format!("; it wants {unmet}"))
}

fn like(nearest: &Option<Seen>) -> String {
    let like = |seen: &Seen| format!("; most like it is \"{}\", in `{}`", seen.words, seen.scene);
    nearest.as_ref().map_or_else(String::new, like)
}

/// Everything that was not as the test says. A roll that cannot be and a choice that was refused hide all else.
pub(super) fn misses(play: &Performance<'_>, test: &Test) -> Vec<Miss> {
    // What follows from another throw than the one that was meant is of no use.
    if !play.impossible().is_empty() {
        let miss = |one: &Impossible| Miss::Impossible { roll: one.roll, least: one.least, most: one.most };
        return play.impossible().iter().map(miss).collect();
    }
    if let Some(refused) = play.refused() {
        return vec![refusal(play, refused)];
    }
    let mut misses: Vec<Miss> = test.expect.iter().filter_map(|expect| miss(play, expect)).collect();
    if play.rolls_left() > 0 {
        misses.push(Miss::RollsLeft { count: play.rolls_left() });
    }
    misses
}

/// Where two transcripts part.
pub(super) fn differs(file: &str, kept: &str, told: &str) -> Miss {
    let (mut was, mut is) = (kept.lines(), told.lines());
    let mut line = 0;
    loop {
        line += 1;
        let (kept, told) = (was.next(), is.next());
        if kept != told || kept.is_none() {
            let text = |line: Option<&str>| line.unwrap_or("(nothing more)").to_owned();
            return Miss::Differs { file: file.to_owned(), line, kept: text(kept), told: text(told) };
        }
    }
}

fn refusal(play: &Performance<'_>, refused: &Refused) -> Miss {
    let (step, choice, scene) = (play.made().len() + 1, refused.key.clone(), play.scene().to_owned());
    match (&refused.why, refused.choice) {
        (Refusal::Ended, _) => Miss::Over { step, choice, scene },
        (_, None) => Miss::NoSuchChoice { step, choice, scene },
        (_, Some(ix)) => {
            let one = play.chapter().choice(ix);
            if !one.again && play.state().taken[ix.at()] > 0 {
                return Miss::Spent { step, choice };
            }
            Miss::NotOpen { step, choice, scene, unmet: one.when.as_ref().and_then(|cond| unmet(play, cond)) }
        }
    }
}

fn unmet(play: &Performance<'_>, cond: &Cond) -> Option<Unmet> {
    let (chapter, state) = (play.chapter(), play.state());
    let values = || written::values(chapter, state, cond);
    (!cond.holds(chapter, state)).then(|| Unmet { cond: written::cond(chapter, cond), values: values() })
}

fn miss(play: &Performance<'_>, expect: &Expect) -> Option<Miss> {
    let (chapter, state) = (play.chapter(), play.state());
    let id = |ix: &SceneIx| chapter.scene(*ix).id.to_string();
    let seen = |reading: &super::performance::Reading, words: String| Seen {
        words,
        scene: reading.scene.clone(),
        after: reading.after,
    };
    let held = |text: &str| play.read().iter().find(|reading| reading.words.contains(text));
    match expect {
        Expect::At(ix) => {
            (state.scene != *ix).then(|| Miss::Elsewhere { wanted: id(ix), stands: play.scene().to_owned() })
        }
        Expect::Sees(text) => held(text).is_none().then(|| {
            let nearest = nearest(text, play.read()).map(|(reading, words)| seen(reading, words));
            Miss::NeverSeen { text: text.clone(), nearest }
        }),
        Expect::Misses(text) => {
            held(text).map(|at| Miss::SeenAfterAll { text: text.clone(), at: seen(at, text.clone()) })
        }
        Expect::Holds(cond) => unmet(play, cond).map(Miss::NotHeld),
        Expect::Offers(key) => standing(play, key, "open"),
        Expect::Locks(key) => standing(play, key, "locked"),
        Expect::Hides(key) if state.ended.is_none() && !is_choice(chapter, &chapter.scene(state.scene).menu, key) => {
            Some(Miss::NotThere { choice: key.clone(), scene: play.scene().to_owned() })
        }
        Expect::Hides(key) => standing(play, key, "hidden"),
        Expect::Visits(ix) => (state.visits[ix.at()] == 0).then(|| Miss::NeverEntered { scene: id(ix) }),
        Expect::Never(ix) => (state.visits[ix.at()] > 0).then(|| Miss::Entered { scene: id(ix) }),
        Expect::Ends(ix) => (state.ended != Some(*ix)).then(|| Miss::OtherEnding {
            wanted: chapter.endings[ix.at()].id.clone(),
            ended: state.ended.map(|ended| chapter.endings[ended.at()].id.clone()),
        }),
        Expect::Reaches(ix) => {
            let mut marked = chapter.scenes.iter().zip(&state.visits).filter(|(scene, _)| scene.milestone == Some(*ix));
            let reached = marked.any(|(_, visits)| *visits > 0);
            (!reached).then(|| Miss::NotReached { milestone: chapter.milestones[ix.at()].id.clone() })
        }
        Expect::Has(ix) => {
            (state.items[ix.at()] == 0).then(|| Miss::NotCarried { item: chapter.world.item(*ix).id.clone() })
        }
    }
}

/// Whether a choice is one of these, or nested in them.
fn is_choice(chapter: &Chapter, menu: &[ChoiceIx], key: &str) -> bool {
    menu.iter().map(|ix| chapter.choice(*ix)).any(|choice| {
        choice.key() == key || matches!(&choice.goes, Goes::Nested(nested, _) if is_choice(chapter, nested, key))
    })
}

fn standing(play: &Performance<'_>, key: &str, wanted: &'static str) -> Option<Miss> {
    let page = play.look();
    let offer = page.offers.iter().find(|offer| play.chapter().choice(offer.choice).key() == key);
    let is = match offer.map(crate::engine::look::Offer::open) {
        Some(true) => "open",
        Some(false) => "locked",
        None => "hidden",
    };
    let menu = crate::engine::look::menu(play.chapter(), play.state());
    let when =
        menu.iter().map(|ix| play.chapter().choice(*ix)).find(|one| one.key() == key).and_then(|c| c.when.as_ref());
    let unmet = when.and_then(|cond| unmet(play, cond));
    (is != wanted).then(|| Miss::Standing { choice: key.to_owned(), wanted, is, unmet })
}
