//! Plays in the story's own words, and the promises every play keeps.

use std::sync::{Arc, OnceLock};

use taiyuan::engine::canon;
use taiyuan::engine::dice::{Keyed, Luck, Throw};
use taiyuan::engine::look::{look, open_choices, words};
use taiyuan::engine::render::Reader;
use taiyuan::engine::step::{Refusal, begin, find, step};
use taiyuan::engine::{Chapter, State};
use taiyuan::play::sitting::{Chapters, as_text};
use taiyuan::play::{PickKind, Sitting};
use taiyuan::saves::{Moment, Save, load};
use taiyuan::story::{Book, Sources};

/// The shipped story.
pub(crate) fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| Book::open(Sources::embedded()).unwrap_or_else(|report| panic!("{report}")))
}

/// A chapter of the shipped story.
pub(crate) fn chapter(id: &str) -> Arc<Chapter> {
    book().chapter(id).unwrap_or_else(|report| panic!("{report}"))
}

/// Chapters of the shipped story, as a sitting wants them.
pub(crate) fn chapters() -> Chapters {
    Arc::new(|id| book().chapter(id).ok())
}

/// A play, told in the story's words.
#[must_use]
pub(crate) struct Play {
    sitting: Sitting,
}

impl Play {
    pub(crate) fn of(id: &str, seed: u64) -> Self {
        let sitting = Sitting::begin(chapters(), id, None, seed, &[], Reader::default());
        Self { sitting: sitting.unwrap_or_else(|trouble| panic!("{trouble}")) }
    }

    #[track_caller]
    pub(crate) fn choose(mut self, key: &str) -> Self {
        if let Err(trouble) = self.sitting.choose(&PickKind::Choice(key.to_owned()), None) {
            panic!("{trouble}; the page offers {:?}", self.keys());
        }
        self
    }

    /// Takes the first open choice, so many times.
    pub(crate) fn first(mut self, times: usize) -> Self {
        for _ in 0..times {
            let Some(key) = self.keys().first().cloned() else { break };
            self = self.choose(&key);
        }
        self
    }

    pub(crate) fn undo(mut self) -> Self {
        assert!(self.sitting.undo(), "nothing to undo");
        self
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.sitting.open_keys()
    }

    #[track_caller]
    pub(crate) fn sees(self, text: &str) -> Self {
        let told = as_text(self.sitting.transcript());
        assert!(told.contains(text), "never told: {text:?}\n{told}");
        self
    }

    pub(crate) fn sitting(self) -> Sitting {
        self.sitting
    }
}

/// The choice a random hand takes in this state.
fn random(chapter: &Chapter, state: &State, salt: u32) -> Option<String> {
    let open: Vec<_> = open_choices(chapter, state).collect();
    let sides = u32::try_from(open.len()).unwrap();
    (sides > 0).then(|| {
        let site = "test";
        let at = Keyed.draw(Throw { seed: u64::from(salt), site, count: state.turn, low: 0, sides });
        chapter.choice(open[at as usize]).key().to_owned()
    })
}

fn ids() -> Vec<String> {
    book().world().order.clone()
}

#[test]
fn undoing_every_step_of_a_play_leads_back_through_every_state() {
    for id in ids() {
        let chapter = chapter(&id);
        for salt in 0..8 {
            let mut state = begin(&chapter, chapter.start, u64::from(salt), &[], &mut Keyed, &mut ());
            let mut before = Vec::new();
            while let Some(key) = random(&chapter, &state, salt) {
                let choice = find(&chapter, &state, &key).unwrap();
                let was = state.clone();
                before.push((was, step(&chapter, &mut state, choice).unwrap()));
                assert!(before.len() < 2_000, "{id}: a play that does not end");
            }
            assert!(state.ended.is_some(), "{id}: stuck in {}", chapter.scene(state.scene).id);
            for (was, delta) in before.iter().rev() {
                state.undo(delta);
                assert_eq!(&state, was);
            }
        }
    }
}

#[test]
fn a_refused_choice_changes_nothing() {
    let chapter = chapter("siege");
    let mut state = begin(&chapter, chapter.start, 7, &[], &mut Keyed, &mut ());
    let was = state.clone();
    assert_eq!(find(&chapter, &state, "no_such_choice"), Err(Refusal::NotOffered("no_such_choice".to_owned())));
    let elsewhere = chapter
        .choices
        .iter()
        .position(|c| find(&chapter, &state, c.key()).is_err())
        .expect("a choice of another page");
    assert!(step(&chapter, &mut state, elsewhere.into()).is_err());
    assert_eq!(state, was);
}

#[test]
fn looking_twice_shows_the_same_page() {
    let sitting = Play::of("siege", 7).first(5).sitting();
    let page = |reader| look(sitting.chapter(), sitting.state(), reader);
    assert_eq!(page(Reader::default()), page(Reader::default()));
    assert_eq!(&page(Reader::default()), sitting.page());
}

#[test]
fn the_same_seed_and_choices_are_the_same_play_and_another_seed_is_not() {
    let hash = |seed| {
        let sitting = Play::of("siege", seed).first(40).sitting();
        canon::state(sitting.chapter(), sitting.state())
    };
    assert_eq!(hash(7), hash(7));
    assert_ne!(hash(7), hash(8));
}

#[test]
fn a_log_replays_to_the_state_it_was_written_in() {
    for id in ids() {
        let sitting = Play::of(&id, 11).first(30).sitting();
        let leg = &sitting.log().legs[0];
        let again = leg.replay(sitting.chapter(), 11, &mut ()).unwrap_or_else(|desync| panic!("{id}: {desync}"));
        assert_eq!(&again.state, sitting.state());
    }
}

#[test]
fn a_log_that_was_tampered_with_is_refused_at_that_step() {
    let sitting = Play::of("siege", 11).first(12).sitting();
    let mut leg = sitting.log().legs[0].clone();
    leg.steps[7].check = taiyuan::engine::log::Check::Whole(leg.steps[7].check.value() ^ 1);
    let desync = leg.replay(sitting.chapter(), 11, &mut ()).unwrap_err();
    assert!(desync.to_string().starts_with("step 8,"), "{desync}");
}

#[test]
fn what_was_chosen_reads_the_same_when_it_is_undone() {
    for id in ids() {
        let mut sitting = Play::of(&id, 11).first(40).sitting();
        let read = |sitting: &Sitting| -> Vec<(String, String)> {
            sitting.past().into_iter().map(|past| (past.chapter, past.words)).collect()
        };
        let chosen = read(&sitting);
        for step in [chosen.len() / 2, 0, 1] {
            sitting.jump(step);
            assert_eq!(read(&sitting), chosen, "{id}, back at {step}");
        }
    }
}

#[test]
fn undo_and_choosing_the_same_again_keeps_what_was_undone_and_choosing_differently_drops_it() {
    let mut sitting = Play::of("aguda", 3).first(6).sitting();
    let told = as_text(sitting.transcript());
    sitting.jump(2);
    assert_eq!((sitting.steps(), sitting.undone()), (2, 4));
    let again = sitting.past()[2].clone();
    assert!(again.undone);
    sitting.jump(6);
    assert_eq!(as_text(sitting.transcript()), told, "forward again is the same telling");
    sitting.jump(2);
    let keys = sitting.open_keys();
    let taken = sitting.log().legs[0].steps.len();
    assert_eq!(taken, 2);
    assert!(keys.len() > 1, "the third page should offer a choice");
    sitting.choose(&PickKind::Choice(keys[1].clone()), None).unwrap();
    assert_eq!(sitting.undone(), 0);
}

#[test]
fn undo_goes_back_over_the_border_between_chapters_and_forward_again() {
    let id = &ids()[0];
    let chapter = chapter(id);
    // Any play that ends in a hinge will do.
    let played = (0..400).find_map(|salt| {
        let mut sitting = Play::of(id, u64::from(salt)).sitting();
        while let Some(key) = random(&chapter, sitting.state(), salt) {
            sitting.choose(&PickKind::Choice(key), None).unwrap();
        }
        sitting.next_chapter().is_some().then_some(sitting)
    });
    let mut sitting = played.expect("no random play of the first chapter reached the next");
    let next = sitting.next_chapter().unwrap();
    let steps = sitting.steps();
    let pick = sitting.picks()[0].kind.clone();
    sitting.choose(&pick, None).unwrap();
    assert_eq!(sitting.chapter().id, next);
    assert_eq!(sitting.log().legs.len(), 2);
    assert!(sitting.undo());
    assert_eq!((sitting.chapter().id.as_str(), sitting.steps()), (id.as_str(), steps));
    assert!(sitting.redo());
    assert_eq!(sitting.chapter().id, next);
    let moment = Moment::default();
    let save = Save::of(sitting.chapter(), sitting.state(), sitting.log(), sitting.resumed(), moment);
    let story = chapters();
    let loaded = load(save, &|id| story(id)).unwrap();
    let resumed = Sitting::resume(chapters(), loaded, Reader::default()).unwrap();
    assert_eq!(resumed.steps(), sitting.steps(), "a play taken up again can be undone as far");
}

#[test]
fn what_was_chosen_is_echoed_in_the_telling() {
    let play = Play::of("aguda", 3);
    let say = play.keys().first().cloned().unwrap();
    let shown = play.sitting.page().open().next().map(|o| words(&o.say)).unwrap();
    let _ = play.choose(&say).sees(&format!("> {shown}")).undo();
}

/// A yard with a gate behind it, the gate's scene under some name.
fn yard(gate: &str) -> Chapters {
    let sections = format!(
        r#"scenes: {{
    "start": (text: "A yard.", choices: [(id: "count", say: "Count", again: true, to: "start"), (id: "go", say: "Go", to: "{gate}")]),
    "{gate}": (text: "A gate.", choices: [(id: "out-{gate}", say: "Out", to: "end")]),
    "end": (text: "A road.", ending: "there"),
}}, endings: {{"there": (title: "There", rank: 1)}}"#
    );
    let chapter = crate::small::chapter(&sections.replace("out-", "out_"));
    Arc::new(move |_| Some(Arc::clone(&chapter)))
}

#[test]
fn what_a_half_done_edit_takes_away_comes_back_with_the_other_half() {
    let played = |keys: &[&str]| {
        let mut sitting = Sitting::begin(yard("gate"), "one", None, 1, &[], Reader::default()).unwrap();
        keys.iter().for_each(|key| sitting.choose(&PickKind::Choice((*key).to_owned()), None).unwrap());
        sitting
    };
    let mut sitting = played(&["count", "go", "out_gate"]);
    let whole = sitting.log().clone();
    assert_eq!(sitting.reload(yard("door")), Ok(1), "`out_gate` is gone");
    // Saving it seals its log, and changes nothing.
    let moment = Moment::of(sitting.chapter(), sitting.state(), sitting.page(), 0, 0, &[]);
    Save::text(sitting.chapter(), sitting.state(), sitting.log(), None, moment).unwrap();
    assert_eq!(sitting.reload(yard("porch")), Ok(1), "and is still gone");
    assert_eq!(sitting.reload(yard("gate")), Ok(0));
    assert_eq!((sitting.log(), sitting.over()), (&whole, true));
    // Whoever plays on has taken leave of it.
    for leave in [true, false] {
        let mut sitting = played(&["count", "go", "out_gate"]);
        assert_eq!(sitting.reload(yard("door")), Ok(1));
        if leave {
            sitting.choose(&PickKind::Choice("out_door".to_owned()), None).unwrap();
            assert_eq!(sitting.reload(yard("gate")), Ok(1), "`out_door` is no choice of this one");
        } else {
            assert!(sitting.undo());
            assert_eq!(sitting.reload(yard("gate")), Ok(0));
        }
        assert_ne!(sitting.log(), &whole);
    }
}
