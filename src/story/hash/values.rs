//! Conditions and numbers by ids.

use super::rules::Rules;
use crate::engine::expr::{Cond, Expr};

impl Rules<'_> {
    pub(super) fn expr(&mut self, expr: &Expr) {
        let chapter = self.chapter;
        match expr {
            Expr::Const(n) => {
                self.ink.tag(1);
                self.ink.number(*n);
            }
            Expr::Var(ix) => {
                self.ink.tag(2);
                self.var(*ix);
            }
            Expr::Derived(ix) => {
                self.ink.tag(3);
                self.ink.text(&chapter.derived[ix.at()].id);
            }
            Expr::Add(a, b) => self.two(4, a, b),
            Expr::Sub(a, b) => self.two(5, a, b),
            Expr::Mul(a, b) => self.two(6, a, b),
            Expr::Min(a, b) => self.two(7, a, b),
            Expr::Max(a, b) => self.two(8, a, b),
            Expr::Neg(a) => {
                self.ink.tag(9);
                self.expr(a);
            }
            Expr::If(cond, a, b) => {
                self.ink.tag(10);
                self.cond(cond);
                self.expr(a);
                self.expr(b);
            }
            Expr::Band(x, marks) => {
                self.ink.tag(11);
                self.expr(x);
                self.ink.count(marks.len());
                marks.iter().for_each(|mark| self.ink.number(*mark));
            }
            Expr::Count(ix) => {
                self.ink.tag(12);
                self.item(*ix);
            }
            Expr::Visits(ix) => {
                self.ink.tag(13);
                self.ink.text(&chapter.scene(*ix).id);
            }
            Expr::Taken(ix) => {
                self.ink.tag(14);
                self.ink.text(&chapter.choice(*ix).path);
            }
            Expr::Since(ix) => {
                self.ink.tag(15);
                self.ink.text(&chapter.scene(*ix).id);
            }
            Expr::Turns => self.ink.tag(16),
        }
    }

    fn two(&mut self, tag: u8, a: &Expr, b: &Expr) {
        self.ink.tag(tag);
        self.expr(a);
        self.expr(b);
    }

    pub(super) fn cond(&mut self, cond: &Cond) {
        match cond {
            Cond::Const(b) => {
                self.ink.tag(32);
                self.ink.flag(*b);
            }
            Cond::Flag(ix) => {
                self.ink.tag(33);
                self.var(*ix);
            }
            Cond::Derived(ix) => {
                self.ink.tag(34);
                self.ink.text(&self.chapter.derived[ix.at()].id);
            }
            Cond::Not(of) => {
                self.ink.tag(35);
                self.cond(of);
            }
            Cond::All(list) | Cond::Any(list) => {
                self.ink.tag(if matches!(cond, Cond::All(_)) { 36 } else { 37 });
                self.ink.count(list.len());
                list.iter().for_each(|cond| self.cond(cond));
            }
            Cond::Compare(how, a, b) => {
                self.ink.tag(38);
                self.ink.text(how.sign());
                self.expr(a);
                self.expr(b);
            }
            Cond::Has(ix) => {
                self.ink.tag(39);
                self.item(*ix);
            }
            Cond::Seen(ix) => {
                self.ink.tag(40);
                self.ink.text(&self.chapter.scene(*ix).id);
            }
        }
    }
}
