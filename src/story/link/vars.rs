//! Variables: their kinds first, then how they are shown, then the derived ones in an order that can be computed.

use super::Linker;
use super::scope::Sort;
use super::value::Typed;
use crate::engine::chapter::{Derived, Meaning, Shown, Var, VarKind};
use crate::engine::id::{DerivedIx, VarIx};
use crate::story::desk::{Desk, Written};
use crate::story::diagnostic::Spot;
use crate::story::expression::{Ast, Node, expression};
use crate::story::fault::Fault;
use crate::story::names::Kind;
use crate::story::parse::{One, Read};
use crate::story::raw::{self, Str};

/// The most derived variables a chapter may have: each may stand for all before it.
const MOST_DERIVED: usize = 500;

/// Words that conditions use themselves.
const RESERVED: [&str; 6] = ["and", "or", "not", "if", "true", "false"];

/// Every variable of a chapter, sorted by id; not yet how it is shown, but for its levels.
pub(super) fn kinds<'s>(desk: &Desk<'s>, shared: &Read<'s, raw::Var<'s>>, own: &Read<'s, raw::Var<'s>>) -> Vec<Var> {
    let shared = shared.all.iter().map(|one| kind(desk, one, true));
    let own = own.all.iter().map(|one| kind(desk, one, false));
    let mut vars: Vec<Var> = shared.chain(own).collect();
    vars.sort_by(|a, b| a.id.cmp(&b.id));
    vars.dedup_by(|a, b| a.id == b.id);
    vars
}

fn kind<'s>(desk: &Desk<'s>, one: &One<'s, raw::Var<'s>>, shared: bool) -> Var {
    if RESERVED.contains(&one.id) {
        desk.error(Fault::ReservedId { id: one.id.to_owned() }, one.key);
    }
    let (kind, start, strict) = match &one.raw {
        raw::Var::Int { range, start, edge, .. } => int(desk, one, *range, *start, *edge),
        raw::Var::Flag { start, .. } => (VarKind::Flag, i32::from(*start), false),
        raw::Var::Word { of, start, .. } => words(desk, one, of, start.as_ref()),
    };
    let levels = levels(desk, one);
    let shown = label(&one.raw).is_some() || !levels.is_empty();
    let shown = shown.then(|| Shown {
        label: String::new(),
        show: None,
        gauge: false,
        levels,
        low_is_good: false,
        quiet: false,
        when: None,
    });
    Var { id: one.id.to_owned(), kind, start, shared, strict, shown }
}

fn int(
    desk: &Desk<'_>,
    one: &One<'_, raw::Var<'_>>,
    range: (i32, i32),
    start: Option<i32>,
    edge: raw::Edge,
) -> (VarKind, i32, bool) {
    let (least, most) = range;
    let start = start.unwrap_or_else(|| 0.clamp(least.min(most), most.max(least)));
    if least > most {
        desk.error(Fault::EmptyRange { first: least, last: most }, one.key);
    } else if !(least..=most).contains(&start) {
        let fault = Fault::StartOutside { variable: one.id.to_owned(), start, least, most };
        desk.error(fault, one.key);
    }
    (VarKind::Int(least, most), start, edge == raw::Edge::Strict)
}

fn words<'s>(
    desk: &Desk<'s>,
    one: &One<'s, raw::Var<'s>>,
    of: &[Str<'s>],
    start: Option<&Str<'s>>,
) -> (VarKind, i32, bool) {
    let entry = one.body;
    if of.is_empty() {
        desk.error(Fault::NoWords { variable: one.id.to_owned() }, one.key);
    }
    for (at, text) in of.iter().enumerate() {
        let written = Written { text, entry };
        if of[..at].iter().any(|other| **other == **text) {
            desk.about(Fault::WordTwice { word: text.to_string() }, written);
        }
        let plain = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !plain || RESERVED.contains(&&**text) {
            desk.about(Fault::BadWord { word: text.to_string() }, written);
        }
    }
    let mut begin = 0;
    if let Some(text) = start {
        match of.iter().position(|word| **word == **text) {
            Some(at) => begin = i32::try_from(at).unwrap_or(0),
            None => {
                let words: Vec<_> = of.iter().map(|w| w.to_string()).collect();
                let meant = crate::story::suggest::closest(text, words.iter().map(String::as_str));
                let fault = Fault::NotAWord { word: text.to_string(), variable: one.id.to_owned(), words, meant };
                desk.about(fault, Written { text, entry });
            }
        }
    }
    (VarKind::Word(of.iter().map(|w| w.to_string()).collect()), begin, false)
}

fn levels<'s>(desk: &Desk<'s>, one: &One<'s, raw::Var<'s>>) -> Vec<(i32, String)> {
    let raw::Var::Int { levels, .. } = &one.raw else { return Vec::new() };
    for pair in levels.windows(2) {
        if let [(first, _), (second, text)] = pair
            && first >= second
        {
            desk.about(Fault::LevelsOrder, Written { text, entry: one.body });
        }
    }
    levels.iter().map(|(from, word)| (*from, word.to_string())).collect()
}

fn label<'r, 's>(raw: &'r raw::Var<'s>) -> Option<&'r Str<'s>> {
    match raw {
        raw::Var::Int { label, .. } | raw::Var::Flag { label, .. } | raw::Var::Word { label, .. } => label.as_ref(),
    }
}

impl<'s> Linker<'_, 's> {
    /// Fills in how variables are shown, now that their names can be read.
    pub(super) fn shown(&mut self, shared: &Read<'s, raw::Var<'s>>) {
        let mut shown = Vec::new();
        for (one, prefix) in shared
            .all
            .iter()
            .map(|one| (one, "vars/".to_owned()))
            .chain(self.parts.vars.all.iter().map(|one| (one, self.key("vars/"))))
        {
            if let Some(at) = self.scope.vars.iter().position(|v| v.id == one.id) {
                shown.push((at, self.one_shown(one, at, &format!("{prefix}{}", one.id))));
            }
        }
        for (at, shown) in shown {
            self.scope.vars[at].shown = shown;
        }
    }

    fn one_shown(&self, one: &One<'s, raw::Var<'s>>, at: usize, key: &str) -> Option<Shown> {
        let entry = one.body;
        let levels = self.scope.vars[at].shown.as_ref().map(|s| s.levels.clone()).unwrap_or_default();
        let (show, gauge, good, quiet, when) = match &one.raw {
            raw::Var::Int { show, gauge, good, quiet, when, .. } => (show, *gauge, *good, *quiet, when),
            raw::Var::Flag { show, good, quiet, when, .. } => (show, false, *good, *quiet, when),
            raw::Var::Word { show, quiet, when, .. } => (show, false, raw::Good::High, *quiet, when),
        };
        let Some(name) = label(&one.raw) else {
            let extra = show.as_ref().or(when.as_ref());
            if let Some(text) = extra {
                self.desk().about(Fault::ShownWithoutLabel { variable: one.id.to_owned() }, Written { text, entry });
            }
            return (!levels.is_empty()).then(|| Shown {
                label: String::new(),
                show: None,
                gauge: false,
                levels,
                low_is_good: false,
                quiet: true,
                when: None,
            });
        };
        Some(Shown {
            label: self.scope.label(format_args!("{key}.label"), name, entry),
            show: self.scope.text_or_none(format_args!("{key}.show"), show.as_ref(), entry),
            gauge,
            levels,
            low_is_good: good == raw::Good::Low,
            quiet,
            when: when.as_ref().and_then(|text| self.scope.condition(Written { text, entry })),
        })
    }

    pub(super) fn stats(&self, stats: &[Str<'s>], entry: Spot) -> Vec<VarIx> {
        let mut list = Vec::new();
        for text in stats {
            let written = Written { text, entry };
            let Some(at) = self.scope.id(Kind::Variable, written) else { continue };
            if self.scope.vars[at].shown.as_ref().is_none_or(|s| s.label.is_empty()) {
                self.desk().about(Fault::StatWithoutLabel { variable: text.to_string() }, written);
            }
            list.push(VarIx::from(at));
        }
        list
    }

    /// Derived variables, each after those it is made of.
    pub(super) fn derived(&self) -> Vec<Derived> {
        let all = &self.parts.derived.all;
        if let Some(one) = all.get(MOST_DERIVED) {
            self.desk().error(Fault::TooMany { what: "derived variables".to_owned(), most: MOST_DERIVED }, one.key);
            return Vec::new();
        }
        let mut trees = Vec::with_capacity(all.len());
        for one in all {
            if self.scope.names.table(Kind::Variable).is_some_and(|t| t.has(one.id)) {
                self.desk().error(Fault::NameTaken { id: one.id.to_owned() }, one.key);
            }
            if RESERVED.contains(&one.id) {
                self.desk().error(Fault::ReservedId { id: one.id.to_owned() }, one.key);
            }
            let written = Written { text: &one.raw, entry: one.body };
            trees.push(match expression(written.text, 0..written.text.len()) {
                Ok(ast) => Some(ast),
                Err(misread) => {
                    self.desk().misread(*misread, written);
                    None
                }
            });
        }
        let mut order = Order {
            linker: self,
            trees: &trees,
            state: vec![State::New; all.len()],
            way: Vec::new(),
            done: Vec::new(),
        };
        for at in 0..all.len() {
            order.visit(at);
        }
        let done = order.done;
        let before = self.made_of(&trees, &done);
        let mut derived: Vec<Option<Meaning>> = vec![None; all.len()];
        for at in done {
            let Some(ast) = &trees[at] else { continue };
            let written = Written { text: &all[at].raw, entry: all[at].body };
            let (sort, meaning) = match self.scope.typed(ast, written) {
                Typed::Number(expr) => (Sort::Number, Meaning::Number(expr)),
                Typed::Flag(cond) => (Sort::Flag, Meaning::Flag(cond)),
                Typed::Word(var) => {
                    let fault = Fault::DerivedWord { variable: self.scope.vars[var.at()].id.clone() };
                    self.desk().inside(fault, written, ast.span.clone());
                    continue;
                }
                Typed::Bare(name) => {
                    self.scope.unknown_variable(&name, ast.span.clone(), written);
                    continue;
                }
                Typed::Bad => continue,
            };
            self.scope.derived.borrow_mut()[at] = Some(sort);
            derived[at] = Some(meaning);
        }
        let meant = all.iter().zip(derived).zip(before);
        meant.map(|((one, is), before)| Derived { id: one.id.to_owned(), is: is.unwrap_or_default(), before }).collect()
    }

    /// What each derived variable is made of in the end, given all in an order in which those come first.
    fn made_of(&self, trees: &[Option<Ast>], order: &[usize]) -> Vec<Vec<DerivedIx>> {
        let mut made = vec![vec![false; trees.len()]; trees.len()];
        for at in order {
            let mut own = vec![false; trees.len()];
            for other in self.derived_in(trees[*at].as_ref()) {
                own[other] = true;
                own.iter_mut().zip(&made[other]).for_each(|(own, theirs)| *own |= theirs);
            }
            made[*at] = own;
        }
        let listed = |own: &Vec<bool>| order.iter().filter(|at| own[**at]).map(|at| DerivedIx::from(*at)).collect();
        made.iter().map(listed).collect()
    }

    /// The derived variables that a tree names.
    fn derived_in(&self, ast: Option<&Ast>) -> Vec<usize> {
        let mut names = Vec::new();
        ast.into_iter().for_each(|ast| collect(ast, &mut names));
        let table = self.scope.names.table(Kind::Derived);
        names.into_iter().filter_map(|name| table.and_then(|t| t.at(name))).collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Puts derived variables in an order in which each comes after those it names.
struct Order<'o, 'a, 's> {
    linker: &'o Linker<'a, 's>,
    trees: &'o [Option<Ast<'o>>],
    state: Vec<State>,
    way: Vec<usize>,
    done: Vec<usize>,
}

impl Order<'_, '_, '_> {
    fn visit(&mut self, at: usize) {
        let all = &self.linker.parts.derived.all;
        match self.state[at] {
            State::Done => return,
            State::Open => {
                let from = self.way.iter().position(|w| *w == at).unwrap_or(0);
                let ring: Vec<_> = self.way[from..].iter().chain([&at]).map(|w| all[*w].id.to_owned()).collect();
                return self.linker.desk().error(Fault::DerivedRing { ring }, all[at].key);
            }
            State::New => {}
        }
        self.state[at] = State::Open;
        self.way.push(at);
        for next in self.linker.derived_in(self.trees[at].as_ref()) {
            self.visit(next);
        }
        self.way.pop();
        self.state[at] = State::Done;
        self.done.push(at);
    }
}

/// The names in a tree.
fn collect<'t>(ast: &'t Ast, names: &mut Vec<&'t str>) {
    match &ast.node {
        Node::Name(name) => names.push(name),
        Node::Neg(of) | Node::Not(of) => collect(of, names),
        Node::Both(_, sides) => sides.iter().for_each(|side| collect(side, names)),
        Node::Call(_, arguments) => arguments.iter().for_each(|a| collect(a, names)),
        Node::Number(_) | Node::Flag(_) | Node::Ask(..) | Node::Turns => {}
    }
}
