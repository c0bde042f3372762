//! Effects are done from their packed form; what they come to is what their trees come to.

use std::sync::Arc;

use proptest::prelude::*;
use taiyuan::engine::chapter::VarKind;
use taiyuan::engine::effect::{Act, Effect};
use taiyuan::engine::expr::{Compare, Cond, Expr};
use taiyuan::engine::id::{ChoiceIx, DerivedIx, ItemIx, SceneIx, VarIx};
use taiyuan::engine::step::{begin, step};
use taiyuan::engine::{Chapter, dice};
use taiyuan::story::{Book, Sources};

const MANIFEST: &str = r#"(
    story: (id: "s", title: "S", version: "1", chapters: ["one"]),
    items: {"seal": (name: "a seal", max: 5)},
)"#;
const CHAPTER: &str = r#"(
    chapter: (title: "One", start: "yard"),
    vars: {"grain": Int(range: (-500, 500), start: 40), "late": Flag(start: true), "sum": Int(range: (-999, 999))},
    derived: {"fed": "grain > 10", "half": "grain - 20"},
    scenes: {"yard": (enter: ["give(seal)"], choices: [(id: "go", say: "Go", again: true, to: "yard")])},
)"#;

fn chapter() -> Chapter {
    let texts =
        [("story.ron", MANIFEST), ("one/one.ron", CHAPTER)].map(|(path, text)| (path.to_owned(), text.to_owned()));
    let book = Book::open(Sources::from_texts(texts.to_vec())).unwrap();
    Arc::unwrap_or_clone(book.chapter("one").unwrap_or_else(|report| panic!("{report}")))
}

fn number() -> impl Strategy<Value = Expr> + Clone {
    let leaf = prop_oneof![
        any::<i32>().prop_map(Expr::Const),
        (-50..50).prop_map(Expr::Const),
        (0..3_u32).prop_map(|at| Expr::Var(VarIx(at))),
        Just(Expr::Derived(DerivedIx(1))),
        Just(Expr::Count(ItemIx(0))),
        Just(Expr::Visits(SceneIx(0))),
        Just(Expr::Since(SceneIx(0))),
        Just(Expr::Taken(ChoiceIx(0))),
        Just(Expr::Turns),
    ];
    leaf.prop_recursive(4, 40, 4, |of| {
        let two = (of.clone().prop_map(Box::new), of.clone().prop_map(Box::new));
        prop_oneof![
            (0..5, two).prop_map(|(which, (a, b))| match which {
                0 => Expr::Add(a, b),
                1 => Expr::Sub(a, b),
                2 => Expr::Mul(a, b),
                3 => Expr::Min(a, b),
                _ => Expr::Max(a, b),
            }),
            of.clone().prop_map(|a| Expr::Neg(Box::new(a))),
            (of.clone(), prop::collection::vec(-50..50, 0..4)).prop_map(|(a, marks)| Expr::Band(Box::new(a), marks)),
            (asked(of.clone()), of.clone(), of).prop_map(|(when, a, b)| Expr::If(
                Box::new(when),
                Box::new(a),
                Box::new(b)
            )),
        ]
    })
}

fn asked(number: impl Strategy<Value = Expr> + Clone + 'static) -> impl Strategy<Value = Cond> + Clone {
    let sign = prop::sample::select(vec![Compare::Eq, Compare::Ne, Compare::Lt, Compare::Le, Compare::Gt, Compare::Ge]);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Cond::Const),
        Just(Cond::Flag(VarIx(1))),
        Just(Cond::Derived(DerivedIx(0))),
        Just(Cond::Has(ItemIx(0))),
        Just(Cond::Seen(SceneIx(0))),
        (sign, number.clone(), number).prop_map(|(how, a, b)| Cond::Compare(how, Box::new(a), Box::new(b))),
    ];
    leaf.prop_recursive(3, 12, 3, |of| {
        prop_oneof![
            of.clone().prop_map(|a| Cond::Not(Box::new(a))),
            prop::collection::vec(of.clone(), 0..3).prop_map(Cond::All),
            prop::collection::vec(of, 0..3).prop_map(Cond::Any),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn packed_effects_come_to_what_their_trees_come_to(when in prop::option::of(asked(number())), to in number()) {
        let mut chapter = chapter();
        let sum = chapter.find_var("sum").unwrap();
        prop_assert_eq!(&chapter.var(sum).kind, &VarKind::Int(-999, 999));
        let effect = Effect { when: when.clone(), act: Act::Set(sum, to.clone()) };
        chapter.choices.iter_mut().next().unwrap().effects = vec![effect.clone()].into();
        prop_assert_eq!(&chapter.choices[0].effects[..], &[effect]);
        let mut state = begin(&chapter, chapter.start, 7, &[], &mut dice::Keyed, &mut ());
        // An effect of a choice is done when its turn is counted and its target is not entered yet.
        let mut before = state.clone();
        before.turn += 1;
        let holds = when.is_none_or(|when| when.holds(&chapter, &before));
        let wanted = if holds { to.eval(&chapter, &before).clamp(-999, 999) } else { before.vars[sum.at()] };
        step(&chapter, &mut state, ChoiceIx(0)).unwrap();
        prop_assert_eq!(state.vars[sum.at()], wanted);
    }
}
