//! Effects: names into numbers, values against ranges, and every die its own place.

use super::known::Linked;
use super::scope::{Scope, Sort};
use super::value::Typed;
use crate::engine::chapter::{Var, VarKind};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Cond, Expr};
use crate::engine::id::{CodexIx, ItemIx, SiteIx, VarIx};
use crate::engine::script::Script;
use crate::story::desk::Written;
use crate::story::diagnostic::Spot;
use crate::story::expression::{Assign, Ast, Deed, EffectKind, Node, Reference, effect};
use crate::story::fault::Fault;
use crate::story::names::{Found, Kind};
use crate::story::raw::Str;

impl<'s> Scope<'_, 's> {
    /// The effects of entering a scene.
    pub(in crate::story) fn entered(&self, texts: &[Str<'s>], scene: &str, entry: Spot) -> Script {
        self.known.script(texts, || self.effects(texts, scene, entry)).0
    }

    /// The effects of a choice, and whether they touch a strict variable; an error if one of these stands behind dice.
    pub(in crate::story) fn chosen(&self, texts: &[Str<'s>], choice: &str, entry: Spot) -> (Script, bool) {
        self.known.script(texts, || {
            let linked = self.effects(texts, choice, entry);
            if linked.dice && linked.strict {
                self.strict_first(&linked.effects, texts, entry);
            }
            linked
        })
    }

    /// A list of effects. `holder` is the scene or choice they belong to.
    fn effects(&self, texts: &[Str<'s>], holder: &str, entry: Spot) -> Linked {
        let effects: Vec<_> = texts.iter().filter_map(|text| self.effect(Written { text, entry }, holder)).collect();
        let whole = effects.len() == texts.len();
        let dice = effects.iter().any(is_dice);
        let strict = whole && effects.iter().any(|effect| self.sets_strict(effect).is_some());
        Linked { effects, whole, dice, strict }
    }

    /// The strict variable that an effect sets.
    fn sets_strict(&self, effect: &Effect) -> Option<&Var> {
        let Act::Set(var, _) = &effect.act else { return None };
        Some(&self.vars[var.at()]).filter(|var| var.strict)
    }

    /// Effects on strict variables stand before any dice.
    fn strict_first(&self, effects: &[Effect], texts: &[Str<'s>], entry: Spot) {
        for (effect, text) in effects.iter().zip(texts).skip_while(|(effect, _)| !is_dice(effect)) {
            if let Some(var) = self.sets_strict(effect) {
                self.desk.about(Fault::StrictAfterDice { variable: var.id.clone() }, Written { text, entry });
            }
        }
    }

    fn effect(&self, written: Written<'_, 's>, holder: &str) -> Option<Effect> {
        let ast = match effect(written.text) {
            Ok(ast) => ast,
            Err(misread) => {
                self.desk.misread(*misread, written);
                return None;
            }
        };
        let when = ast.when.as_ref().map(|when| self.flag(when, written));
        let act = match &ast.deed {
            Deed::Assign(target, assign) => self.assign(target, assign, written, holder),
            Deed::Item(kind, item, many) => self.hand(*kind, item, many.as_ref(), written),
            Deed::Learn(entry) => self.reference(Kind::Codex, entry, written).map(|at| Act::Learn(CodexIx::from(at))),
        };
        match when {
            Some(None) => None,
            Some(when) => Some(Effect { when, act: act? }),
            None => Some(Effect { when: None, act: act? }),
        }
    }

    fn hand(&self, kind: EffectKind, item: &Reference, many: Option<&Ast>, written: Written<'_, 's>) -> Option<Act> {
        let at = self.reference(Kind::Item, item, written);
        let many = many.map_or(Some(Expr::Const(1)), |many| self.number(many, written))?;
        let item = ItemIx::from(at?);
        Some(match kind {
            EffectKind::Give => Act::Give(item, many),
            EffectKind::Take => Act::Take(item, many),
        })
    }

    fn assign(&self, target: &Reference, assign: &Assign, written: Written<'_, 's>, holder: &str) -> Option<Act> {
        let at = match self.names.find(Kind::Variable, target.id) {
            Found::At(at) => at,
            Found::Unread => return None,
            Found::None => {
                if self.names.table(Kind::Derived).is_some_and(|t| t.has(target.id)) {
                    let fault = Fault::DerivedAssigned { name: target.id.to_owned() };
                    self.desk.inside(fault, written, target.span.clone());
                } else {
                    self.unknown_variable(target.id, target.span.clone(), written);
                }
                return None;
            }
        };
        let ix = VarIx::from(at);
        let var = &self.vars[at];
        match assign {
            Assign::To(ast) => self.set(ix, ast, written),
            Assign::Plus(ast) | Assign::Minus(ast) => {
                if Sort::of(var) != Sort::Number {
                    let fault =
                        Fault::WrongSort { wanted: Sort::Number, found: Sort::of(var), part: target.id.to_owned() };
                    self.desk.inside(fault, written, target.span.clone());
                    return None;
                }
                let by = Box::new(self.number(ast, written)?);
                let now = Box::new(Expr::Var(ix));
                Some(Act::Set(
                    ix,
                    if matches!(assign, Assign::Plus(_)) { Expr::Add(now, by) } else { Expr::Sub(now, by) },
                ))
            }
            Assign::Roll(first, last, span) => {
                if !self.takes(var, Sort::Number, "roll", written, span.clone()) {
                    return None;
                }
                if first > last {
                    self.desk.inside(Fault::EmptyRange { first: *first, last: *last }, written, span.clone());
                    return None;
                }
                for value in [*first, *last] {
                    self.in_range(var, value, written, span.clone())?;
                }
                Some(Act::Roll(ix, *first, *last, self.site(holder, &var.id)))
            }
            Assign::Chance(percent, span) => {
                if !self.takes(var, Sort::Flag, "chance", written, span.clone()) {
                    return None;
                }
                let Some(chance) = u32::try_from(*percent).ok().filter(|p| (1..=99).contains(p)) else {
                    let fault =
                        Fault::Bounds { what: "a chance".to_owned(), least: 1, most: 99, found: i64::from(*percent) };
                    self.desk.inside(fault, written, span.clone());
                    return None;
                };
                Some(Act::Chance(ix, chance, self.site(holder, &var.id)))
            }
            Assign::OneOf(words, span) => {
                if !self.takes(var, Sort::Word, "one_of", written, span.clone()) {
                    return None;
                }
                let mut options = Vec::new();
                for word in words {
                    match var.read(word.id) {
                        Some(at) => options.push(at),
                        None => self.not_a_word(ix, word.id, word.span.clone(), written),
                    }
                }
                (options.len() == words.len()).then(|| Act::OneOf(ix, options, self.site(holder, &var.id)))
            }
        }
    }

    /// Whether this kind of dice may land in a variable.
    fn takes(
        &self,
        var: &Var,
        wanted: Sort,
        dice: &str,
        written: Written<'_, 's>,
        span: std::ops::Range<usize>,
    ) -> bool {
        let found = Sort::of(var);
        if found != wanted {
            let fault = Fault::DiceSort { dice: dice.to_owned(), wanted, variable: var.id.clone(), found };
            self.desk.inside(fault, written, span);
        }
        found == wanted
    }

    fn set(&self, ix: VarIx, ast: &Ast, written: Written<'_, 's>) -> Option<Act> {
        let var = &self.vars[ix.at()];
        match &var.kind {
            VarKind::Int(..) => {
                let value = self.number(ast, written)?;
                if let Expr::Const(n) = value {
                    self.in_range(var, n, written, ast.span.clone())?;
                }
                Some(Act::Set(ix, value))
            }
            VarKind::Flag => match self.flag(ast, written)? {
                Cond::Const(b) => Some(Act::Set(ix, Expr::Const(i32::from(b)))),
                cond => Some(Act::Test(ix, cond)),
            },
            VarKind::Word(_) => {
                if let Node::Name(word) = &ast.node
                    && let Some(at) = var.read(word)
                {
                    return Some(Act::Set(ix, Expr::Const(at)));
                }
                match self.typed(ast, written) {
                    Typed::Word(other) if self.vars[other.at()].kind == var.kind => {
                        Some(Act::Set(ix, Expr::Var(other)))
                    }
                    Typed::Word(other) => {
                        let fault =
                            Fault::DifferentWords { one: var.id.clone(), other: self.vars[other.at()].id.clone() };
                        self.desk.inside(fault, written, ast.span.clone());
                        None
                    }
                    Typed::Bare(word) => self.unknown_word(ix, &word, ast, written),
                    Typed::Bad => None,
                    Typed::Number(_) | Typed::Flag(_) => {
                        let word = written.text.get(ast.span.clone()).unwrap_or("").to_owned();
                        self.unknown_word(ix, &word, ast, written)
                    }
                }
            }
        }
    }

    /// A constant must be one that the variable can hold.
    fn in_range(&self, var: &Var, value: i32, written: Written<'_, 's>, span: std::ops::Range<usize>) -> Option<()> {
        let (least, most) = var.bounds();
        if (least..=most).contains(&value) {
            return Some(());
        }
        let fault = Fault::OutOfRange { variable: var.id.clone(), value: i64::from(value), least, most };
        self.desk.inside(fault, written, span);
        None
    }

    /// A new place for dice: `scene#choice:variable`.
    pub(in crate::story) fn site(&self, holder: &str, variable: &str) -> SiteIx {
        let mut sites = self.sites.borrow_mut();
        let base = format!("{holder}:{variable}");
        let mut key = base.clone();
        let mut n = 1;
        while sites.contains(&key) {
            n += 1;
            key = format!("{base}:{n}");
        }
        sites.push(key);
        SiteIx::from(sites.len() - 1)
    }

    /// The place where a deck deals.
    pub(in crate::story) fn deck_site(&self, deck: &str) -> SiteIx {
        let mut sites = self.sites.borrow_mut();
        sites.push(format!("deck@{deck}"));
        SiteIx::from(sites.len() - 1)
    }
}

const fn is_dice(effect: &Effect) -> bool {
    matches!(effect.act, Act::Roll(..) | Act::Chance(..) | Act::OneOf(..))
}
