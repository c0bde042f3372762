//! Conditions and numbers: trees of names into checked expressions, with every mistake of type an error.

use std::ops::Range;
use std::sync::Arc;

use super::scope::{Scope, Sort};
use crate::engine::chapter::VarKind;
use crate::engine::expr::{Compare, Cond, Expr};
use crate::engine::id::{ChoiceIx, DerivedIx, ItemIx, SceneIx, VarIx};
use crate::story::desk::Written;
use crate::story::expression::{Ast, Binary, Function, Node, Question, expression};
use crate::story::fault::{Fault, Other};
use crate::story::names::{Found, Kind};
use crate::story::suggest::closest;

/// A part with its type.
pub(in crate::story) enum Typed {
    Number(Expr),
    Flag(Cond),
    /// A word variable.
    Word(VarIx),
    /// A name that is nothing by itself: a word, if it is compared with a word variable.
    Bare(String),
    /// Something was wrong and has been said.
    Bad,
}

impl Typed {
    fn sort(&self) -> Option<Sort> {
        match self {
            Self::Number(_) => Some(Sort::Number),
            Self::Flag(_) => Some(Sort::Flag),
            Self::Word(_) => Some(Sort::Word),
            Self::Bare(_) | Self::Bad => None,
        }
    }
}

impl<'s> Scope<'_, 's> {
    /// A condition that is a text of its own.
    pub(in crate::story) fn condition(&self, written: Written<'_, 's>) -> Option<Cond> {
        match expression(written.text, 0..written.text.len()) {
            Ok(ast) => self.flag(&ast, written),
            Err(misread) => {
                self.desk.misread(*misread, written);
                None
            }
        }
    }

    /// The same, shared by all that ask it.
    pub(in crate::story) fn shared_condition(&self, written: Written<'_, 's>) -> Option<Arc<Cond>> {
        self.known.condition(written.text, || self.condition(written))
    }

    pub(in crate::story) fn flag(&self, ast: &Ast, written: Written<'_, 's>) -> Option<Cond> {
        match self.typed(ast, written) {
            Typed::Flag(cond) => Some(cond),
            other => self.wrong(&other, Sort::Flag, ast, written),
        }
    }

    pub(in crate::story) fn number(&self, ast: &Ast, written: Written<'_, 's>) -> Option<Expr> {
        match self.typed(ast, written) {
            Typed::Number(expr) => Some(expr),
            other => self.wrong(&other, Sort::Number, ast, written),
        }
    }

    fn wrong<T>(&self, found: &Typed, wanted: Sort, ast: &Ast, written: Written<'_, 's>) -> Option<T> {
        match found {
            Typed::Bare(name) => self.unknown_variable(name, ast.span.clone(), written),
            other => {
                if let Some(found) = other.sort() {
                    let part = written.text.get(ast.span.clone()).unwrap_or("").to_owned();
                    self.desk.inside(Fault::WrongSort { wanted, found, part }, written, ast.span.clone());
                }
            }
        }
        None
    }

    pub(in crate::story) fn unknown_variable(&self, name: &str, span: Range<usize>, written: Written<'_, 's>) {
        if self.shared {
            return self.desk.inside(Fault::VariableInSharedText { name: name.to_owned() }, written, span);
        }
        if self.names.partial(Kind::Variable) || self.names.partial(Kind::Derived) {
            return;
        }
        let tables = [Kind::Variable, Kind::Derived].into_iter().filter_map(|kind| self.names.table(kind));
        let ids: Vec<_> = tables.flat_map(crate::story::names::Table::ids).collect();
        let meant = closest(name, ids);
        let other = self.names.elsewhere(Kind::Variable, name).map(Other::Kind);
        self.desk.inside(Fault::Unknown { kind: Kind::Variable, name: name.to_owned(), meant, other }, written, span);
    }

    pub(in crate::story) fn typed(&self, ast: &Ast, written: Written<'_, 's>) -> Typed {
        let number = |expr: Option<Expr>| expr.map_or(Typed::Bad, Typed::Number);
        let flag = |cond: Option<Cond>| cond.map_or(Typed::Bad, Typed::Flag);
        match &ast.node {
            Node::Number(n) => Typed::Number(Expr::Const(*n)),
            Node::Flag(b) => Typed::Flag(Cond::Const(*b)),
            Node::Turns => self.only_in_chapter(ast, written).map_or(Typed::Bad, |()| Typed::Number(Expr::Turns)),
            Node::Name(name) => self.name(name),
            Node::Neg(of) => number(self.number(of, written).map(|e| Expr::Neg(Box::new(e)))),
            Node::Not(of) => flag(self.flag(of, written).map(|c| Cond::Not(Box::new(c)))),
            Node::Both(Binary::And, sides) => flag(self.both(sides, written, Cond::All)),
            Node::Both(Binary::Or, sides) => flag(self.both(sides, written, Cond::Any)),
            Node::Both(Binary::Compare(how), sides) => flag(self.compare(*how, sides, written)),
            Node::Both(op, sides) => {
                let [a, b] = sides.each_ref().map(|side| self.number(side, written));
                let (Some(a), Some(b)) = (a, b) else { return Typed::Bad };
                let (a, b) = (Box::new(a), Box::new(b));
                Typed::Number(match op {
                    Binary::Sub => Expr::Sub(a, b),
                    Binary::Mul => Expr::Mul(a, b),
                    _ => Expr::Add(a, b),
                })
            }
            Node::Call(function, arguments) => number(self.call(*function, arguments, written)),
            Node::Ask(question, reference) => {
                if self.only_in_chapter(ast, written).is_none() {
                    return Typed::Bad;
                }
                let kind = match question {
                    Question::Has | Question::Count => Kind::Item,
                    Question::Taken => Kind::Choice,
                    _ => Kind::Scene,
                };
                let Some(at) = self.reference(kind, reference, written) else { return Typed::Bad };
                match question {
                    Question::Has => Typed::Flag(Cond::Has(ItemIx::from(at))),
                    Question::Count => Typed::Number(Expr::Count(ItemIx::from(at))),
                    Question::Seen => Typed::Flag(Cond::Seen(SceneIx::from(at))),
                    Question::Visits => Typed::Number(Expr::Visits(SceneIx::from(at))),
                    Question::Taken => Typed::Number(Expr::Taken(ChoiceIx::from(at))),
                    Question::Since => Typed::Number(Expr::Since(SceneIx::from(at))),
                }
            }
        }
    }

    fn only_in_chapter(&self, ast: &Ast, written: Written<'_, 's>) -> Option<()> {
        if self.shared {
            let name = written.text.get(ast.span.clone()).unwrap_or("").to_owned();
            self.desk.inside(Fault::VariableInSharedText { name }, written, ast.span.clone());
            return None;
        }
        Some(())
    }

    pub(super) fn name(&self, name: &str) -> Typed {
        match self.names.find(Kind::Variable, name) {
            Found::At(at) => match self.vars.get(at).map(|v| &v.kind) {
                Some(VarKind::Int(..)) => Typed::Number(Expr::Var(VarIx::from(at))),
                Some(VarKind::Flag) => Typed::Flag(Cond::Flag(VarIx::from(at))),
                Some(VarKind::Word(_)) => Typed::Word(VarIx::from(at)),
                None => Typed::Bad,
            },
            Found::Unread if self.names.table(Kind::Variable).is_some_and(|t| t.has(name)) => Typed::Bad,
            _ => match self.names.find(Kind::Derived, name) {
                Found::At(at) => match self.derived.borrow().get(at).copied().flatten() {
                    Some(Sort::Number) => Typed::Number(Expr::Derived(DerivedIx::from(at))),
                    Some(_) => Typed::Flag(Cond::Derived(DerivedIx::from(at))),
                    None => Typed::Bad,
                },
                Found::Unread if self.names.table(Kind::Derived).is_some_and(|t| t.has(name)) => Typed::Bad,
                _ => Typed::Bare(name.to_owned()),
            },
        }
    }

    fn both(&self, sides: &[Ast; 2], written: Written<'_, 's>, all: fn(Vec<Cond>) -> Cond) -> Option<Cond> {
        let [a, b] = sides.each_ref().map(|side| self.flag(side, written));
        let any = matches!(all(Vec::new()), Cond::Any(_));
        let mut parts = Vec::new();
        for part in [a?, b?] {
            match part {
                Cond::All(inner) if !any => parts.extend(inner),
                Cond::Any(inner) if any => parts.extend(inner),
                other => parts.push(other),
            }
        }
        Some(all(parts))
    }

    fn call(&self, function: Function, arguments: &[Ast], written: Written<'_, 's>) -> Option<Expr> {
        if function == Function::If {
            let [cond, a, b] = arguments else { return None };
            let (cond, a, b) = (self.flag(cond, written), self.number(a, written), self.number(b, written));
            return Some(Expr::If(Box::new(cond?), Box::new(a?), Box::new(b?)));
        }
        let numbers: Vec<_> = arguments.iter().map(|a| self.number(a, written)).collect();
        let mut numbers = numbers.into_iter().collect::<Option<Vec<_>>>()?.into_iter();
        let first = Box::new(numbers.next()?);
        match function {
            Function::Min => Some(Expr::Min(first, Box::new(numbers.next()?))),
            Function::Max => Some(Expr::Max(first, Box::new(numbers.next()?))),
            _ => {
                let mut marks = Vec::new();
                for (mark, ast) in numbers.zip(&arguments[1..]) {
                    let Expr::Const(mark) = mark else {
                        let found = written.text.get(ast.span.clone()).unwrap_or("").to_owned();
                        let fault =
                            Fault::Expected { wanted: "a plain number".to_owned(), found: format!("`{found}`") };
                        self.desk.inside(fault, written, ast.span.clone());
                        return None;
                    };
                    marks.push(mark);
                }
                Some(Expr::Band(first, marks))
            }
        }
    }

    fn compare(&self, how: Compare, [a, b]: &[Ast; 2], written: Written<'_, 's>) -> Option<Cond> {
        let (left, right) = (self.typed(a, written), self.typed(b, written));
        if let Some(word) = self.word_side(&left, b).or_else(|| self.word_side(&right, a)) {
            let (var, at) = word;
            self.equality(how, a.span.start..b.span.end, written)?;
            return Some(Cond::Compare(how, Box::new(Expr::Var(var)), Box::new(Expr::Const(at))));
        }
        match (left, right) {
            (Typed::Number(x), Typed::Number(y)) => Some(Cond::Compare(how, Box::new(x), Box::new(y))),
            (Typed::Flag(x), Typed::Flag(y)) => {
                self.equality(how, a.span.start..b.span.end, written)?;
                let is = how == Compare::Eq;
                Some(match (x, y) {
                    (Cond::Const(c), other) | (other, Cond::Const(c)) if c == is => other,
                    (Cond::Const(_), other) | (other, Cond::Const(_)) => Cond::Not(Box::new(other)),
                    (x, y) => Cond::Compare(how, Box::new(counted(x)), Box::new(counted(y))),
                })
            }
            (Typed::Word(x), Typed::Word(y)) => {
                self.equality(how, a.span.start..b.span.end, written)?;
                if self.vars[x.at()].kind != self.vars[y.at()].kind {
                    let (one, other) = (self.vars[x.at()].id.clone(), self.vars[y.at()].id.clone());
                    self.desk.inside(Fault::DifferentWords { one, other }, written, a.span.start..b.span.end);
                    return None;
                }
                Some(Cond::Compare(how, Box::new(Expr::Var(x)), Box::new(Expr::Var(y))))
            }
            (Typed::Word(var), Typed::Bare(word)) => self.unknown_word(var, &word, b, written),
            (Typed::Bare(word), Typed::Word(var)) => self.unknown_word(var, &word, a, written),
            (Typed::Bare(name), other) => {
                self.unknown_variable(&name, a.span.clone(), written);
                if let Typed::Bare(name) = other {
                    self.unknown_variable(&name, b.span.clone(), written);
                }
                None
            }
            (_, Typed::Bare(name)) => {
                self.unknown_variable(&name, b.span.clone(), written);
                None
            }
            (left, right) => {
                if let (Some(wanted), Some(found)) = (left.sort(), right.sort()) {
                    let part = written.text.get(b.span.clone()).unwrap_or("").to_owned();
                    self.desk.inside(Fault::WrongSort { wanted, found, part }, written, b.span.clone());
                }
                None
            }
        }
    }

    /// A word variable on one side and one of its words on the other.
    fn word_side(&self, var: &Typed, other: &Ast) -> Option<(VarIx, i32)> {
        let (Typed::Word(var), Node::Name(word)) = (var, &other.node) else { return None };
        Some((*var, self.vars[var.at()].read(word)?))
    }

    fn equality(&self, how: Compare, span: Range<usize>, written: Written<'_, 's>) -> Option<()> {
        if matches!(how, Compare::Eq | Compare::Ne) {
            return Some(());
        }
        self.desk.inside(Fault::NoOrder { sign: how.sign().to_owned() }, written, span);
        None
    }

    pub(in crate::story) fn unknown_word<T>(
        &self,
        var: VarIx,
        word: &str,
        ast: &Ast,
        written: Written<'_, 's>,
    ) -> Option<T> {
        self.not_a_word(var, word, ast.span.clone(), written);
        None
    }

    pub(in crate::story) fn not_a_word(&self, var: VarIx, word: &str, span: Range<usize>, written: Written<'_, 's>) {
        let var = &self.vars[var.at()];
        let VarKind::Word(words) = &var.kind else { return };
        let meant = closest(word, words.iter().map(String::as_str));
        let fault = Fault::NotAWord { word: word.to_owned(), variable: var.id.clone(), words: words.clone(), meant };
        self.desk.inside(fault, written, span);
    }
}

/// A condition as a number.
fn counted(cond: Cond) -> Expr {
    match cond {
        Cond::Flag(var) => Expr::Var(var),
        Cond::Derived(ix) => Expr::Derived(ix),
        other => Expr::If(Box::new(other), Box::new(Expr::Const(1)), Box::new(Expr::Const(0))),
    }
}
