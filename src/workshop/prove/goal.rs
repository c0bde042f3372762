//! What a proof looks for among nodes, and what would have to be known to be sure that it is not there.

use super::machine::{Asked, Expansion, Machine, Moment, Once, Place, Runner, Why};
use crate::engine::Chapter;
use crate::engine::chapter::Goes;
use crate::engine::expr::Cond;
use crate::engine::id::{ChoiceIx, SceneIx, VarIx};
use crate::workshop::telling::Told;

/// Something that a node can show.
#[derive(Clone, Debug)]
pub(crate) enum Goal<'c> {
    /// One of these scenes is entered.
    Scenes(Vec<SceneIx>),
    /// The choice is open.
    Open(ChoiceIx),
    /// The choice's reason is shown.
    Locked(ChoiceIx),
    /// The condition holds where a play rests.
    Holds(&'c Cond),
    /// An alternative of a text is shown; the condition always holds then.
    Told(Told, u32, &'c Cond),
    /// There is no way on.
    Stuck(Place),
    /// The strict variable withholds the choice and no reason is shown.
    Withheld(ChoiceIx, VarIx),
    /// A visit goes too deep.
    Deep,
}

impl<'c> Goal<'c> {
    /// The conditions a machine must be able to answer.
    pub(crate) fn asked(&self) -> Option<Asked<'c>> {
        match self {
            Self::Holds(cond) => Some(Asked::ever(cond)),
            Self::Told(told, _, cond) => {
                let moment = match told {
                    Told::Scene(scene) => Moment::Entered(*scene),
                    Told::Say(choice) | Told::Locked(choice) => Moment::Offered(*choice),
                    Told::Said(choice) => Moment::Taken(*choice),
                };
                Some(Asked { cond, moment })
            }
            _ => None,
        }
    }

    /// Whether a node may show it. The runner has just expanded the node.
    pub(crate) fn met(&self, runner: &mut Runner<'_, 'c>, node: &[u64]) -> bool {
        self.met_asking(runner, node, 0)
    }

    /// The same with a machine that is asked several conditions: this goal's is the one with this number.
    pub(crate) fn met_asking(&self, runner: &mut Runner<'_, 'c>, node: &[u64], asked: usize) -> bool {
        let place = runner.places.get(Machine::place_of(node));
        match self {
            Self::Scenes(scenes) => scenes.contains(&place.scene),
            Self::Open(choice) => choice_open(&runner.out, *choice),
            Self::Locked(choice) => runner.out.rests && runner.out.locked.contains(choice),
            Self::Withheld(choice, var) => runner.out.rests && runner.out.withheld.contains(&(*choice, *var)),
            Self::Stuck(at) => runner.out.stuck && place == at,
            Self::Holds(_) => runner.out.rests && runner.ask(node, asked).may(),
            Self::Told(told, ..) => {
                let there = match told {
                    Told::Scene(scene) => place.scene == *scene && place.open.is_none(),
                    Told::Say(choice) => {
                        choice_open(&runner.out, *choice) || runner.out.rests && runner.out.locked.contains(choice)
                    }
                    Told::Said(_) => return runner.out.spoken.contains(&asked),
                    Told::Locked(choice) => runner.out.rests && runner.out.locked.contains(choice),
                };
                there && runner.ask(node, asked).may()
            }
            Self::Deep => runner.out.too_deep,
        }
    }

    /// What was assumed at a node that shows it.
    pub(crate) fn whys(&self, chapter: &'c Chapter, place: &Place) -> Vec<Why<'c>> {
        match self {
            Self::Scenes(_) | Self::Deep => Vec::new(),
            Self::Open(choice) => open_whys(chapter, *choice),
            Self::Locked(choice) | Self::Withheld(choice, _) => {
                let when = chapter.choice(*choice).when.as_ref();
                let locked = matches!(self, Self::Locked(_));
                let mut whys: Vec<Why<'c>> = when.map(|rule| Why::Rule(rule, !locked)).into_iter().collect();
                whys.push(Why::Unused(Once::Choice(*choice)));
                whys.push(Why::Within(*choice));
                // It is shown only where something can be chosen.
                whys.push(Why::Empty(place.scene, place.open));
                whys
            }
            Self::Holds(cond) => vec![Why::Rule(cond, true)],
            Self::Told(told, _, cond) => {
                let mut whys = match told {
                    Told::Scene(_) | Told::Locked(_) => Vec::new(),
                    Told::Say(choice) | Told::Said(choice) => open_whys(chapter, *choice),
                };
                whys.push(Why::Rule(cond, true));
                whys
            }
            Self::Stuck(_) => vec![Why::Empty(place.scene, place.open)],
        }
    }
}

fn choice_open(out: &Expansion<'_>, choice: ChoiceIx) -> bool {
    out.edges.iter().any(|e| matches!(e.label, super::machine::Label::Choice(c, _) if c == choice))
}

fn open_whys<'c>(chapter: &'c Chapter, choice: ChoiceIx) -> Vec<Why<'c>> {
    let when = chapter.choice(choice).when.as_ref();
    let mut whys: Vec<Why<'c>> = when.map(|rule| Why::Rule(rule, true)).into_iter().collect();
    whys.push(Why::Unused(Once::Choice(choice)));
    whys.push(Why::Within(choice));
    whys
}

/// The choices of a menu at a place.
pub(crate) fn menu_at(chapter: &Chapter, scene: SceneIx, open: Option<ChoiceIx>) -> &[ChoiceIx] {
    match open.map(|c| &chapter.choice(c).goes) {
        Some(Goes::Nested(menu, _)) => menu,
        _ => &chapter.scene(scene).menu,
    }
}
