//! One hand: how it answers each kind of page.

use taiyuan::engine::id::ChoiceIx;

use super::eyes::Eyes;

/// What a hand knows of the next assault.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scouts {
    /// It has played this seed before.
    Knows,
    /// It sends somebody to look.
    Watches,
    /// It gets one answer ready for each assault, and hopes.
    Guesses,
}

/// An order a hand gives when it is offered and its time has come.
pub(super) type Wish = (&'static str, fn(&Eyes<'_>) -> bool);

/// How a hand plays.
#[derive(Clone, Copy)]
pub(super) enum Hand {
    /// Anything that is open.
    Any,
    /// Anything but the bolt.
    NoBolt,
    /// A plan.
    Plan {
        scouts: Scouts,
        /// Orders in the order of their importance; `answer` stands for whatever meets the next assault.
        wishes: &'static [&'static [Wish]],
        /// What to choose in a scene, before what a careful reader would.
        scenes: &'static [(&'static str, &'static str)],
    },
}

/// Always.
pub(super) fn always(_: &Eyes<'_>) -> bool {
    true
}

const BOLT: &[&str] =
    &["vote#let", "terms_26#yield", "cession#obey", "vote_gate#through", "terms_gate#through", "cession_gate#through"];

/// What a careful reader does where a plan says nothing.
const CAREFUL: &[(&str, &str)] = &[
    ("room", "silent"),
    ("tong_guan", "go"),
    ("pass", "leave"),
    ("sun_yi", "ropes"),
    ("suburb", "let_in"),
    ("vote", "swords"),
    ("terms_26", "refuse"),
    ("cession", "refuse"),
    ("engineer", "lie"),
    ("dust", "watch"),
    ("fires", "wait"),
    ("last_grain", "share"),
    ("quarter", "leave"),
    ("moon", "stay"),
    ("the_ford", "wait"),
    ("river_89", "go"),
    ("lanterns_dark", "relight"),
    ("lanterns_seen", "dig"),
    ("moon_lost", "count"),
    ("fall_back", "hurt"),
    ("truce_57", "down"),
    ("letter_price", "silver"),
];

const ANSWERS: &[(&str, &str)] =
    &[("ladders", "beams"), ("carts", "lamps"), ("trebuchets", "hurdles"), ("mine", "jars"), ("goose", "tower")];

const MEASURES: &[(&str, &str)] =
    &[("two", "eat_two"), ("one", "eat_one"), ("half", "eat_half"), ("handful", "eat_handful"), ("bran", "")];

/// The most a phase is given to eat: two measures, then one, then half.
fn plenty(phase: i32) -> usize {
    match phase {
        1 => 0,
        2 | 3 => 1,
        _ => 2,
    }
}

impl Hand {
    /// The choice this hand takes.
    pub(super) fn choose(&self, page: &Eyes<'_>) -> ChoiceIx {
        let Self::Plan { scouts, wishes, scenes } = self else { return self.blind(page) };
        let scene = page.scene();
        if scene.starts_with("council") {
            return council(page, *scouts, wishes);
        }
        if page.choice("half").or_else(|| page.choice("bran")).is_some() {
            return measure(page);
        }
        if scene.starts_with("letter_") && scene != "letter_price" {
            return page.open[0];
        }
        let said = scenes.iter().chain(CAREFUL).filter(|(at, _)| *at == scene).find_map(|(_, id)| page.choice(id));
        if let Some(choice) = said {
            return choice;
        }
        if scene.starts_with("act") {
            return page.choice("hold").unwrap_or(page.open[0]);
        }
        Self::NoBolt.blind(page)
    }

    fn blind(&self, page: &Eyes<'_>) -> ChoiceIx {
        let mut of = page.open.clone();
        if !matches!(self, Self::Any) {
            of.retain(|c| !BOLT.contains(&page.chapter.choice(*c).path.as_str()));
        }
        page.any(if of.is_empty() { &page.open } else { &of })
    }
}

/// The first wish that is offered and due; or else to hold.
fn council(page: &Eyes<'_>, scouts: Scouts, wishes: &[&[Wish]]) -> ChoiceIx {
    if let Some(lower) = page.choice("ration") {
        return lower;
    }
    for (id, due) in wishes.iter().copied().flatten() {
        let wanted = match *id {
            "answer" => answer(page, scouts),
            "watch" if scouts == Scouts::Watches => page.choice("watch"),
            "watch" => None,
            id => page.choice(id),
        };
        if let Some(choice) = wanted.filter(|_| due(page)) {
            return choice;
        }
    }
    page.choice("hold").unwrap_or(page.open[0])
}

/// The order that answers the next assault, if it has to be given.
fn answer(page: &Eyes<'_>, scouts: Scouts) -> Option<ChoiceIx> {
    if scouts == Scouts::Guesses && !page.is("known") {
        let could: Vec<_> = ANSWERS.iter().filter(|(kind, _)| page.is(&format!("could_{kind}"))).collect();
        // One guess an assault, the same however often the council sits.
        let at = (page.state.seed / 3 + u64::try_from(page.n("acts")).unwrap() * 7) % 11 % could.len().max(1) as u64;
        return could.get(usize::try_from(at).unwrap()).and_then(|(_, order)| page.choice(order));
    }
    if page.is("ready") || scouts == Scouts::Watches && !page.is("known") {
        return None;
    }
    let kind = page.word("kind");
    ANSWERS.iter().find(|(of, _)| *of == kind).and_then(|(_, order)| page.choice(order))
}

/// The largest measure, up to the phase's own, that lasts until the next phase.
fn measure(page: &Eyes<'_>) -> ChoiceIx {
    let days = page.n("next_phase") - page.n("day");
    let lasts = |eat: &str| eat.is_empty() || page.n(eat) * days <= page.n("grain");
    let from = plenty(page.n("phase"));
    let open = || MEASURES.iter().enumerate().filter_map(|(at, (id, eat))| page.choice(id).map(|c| (at, *eat, c)));
    let lasting = open().find(|(at, eat, _)| *at >= from && lasts(eat));
    lasting.or_else(|| open().next_back()).map_or(page.open[0], |(.., choice)| choice)
}
