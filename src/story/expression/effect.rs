//! Effects as they are written: `grain -= 10`, `give(seal)`, `luck = roll(1..6)`, each with an `if` behind it or not.

use std::ops::Range;

use super::lexer::{Lexeme, Sign};
use super::parser::Parser;
use super::{Ast, Misread, Read, Reference};
use crate::story::fault::Fault;
use crate::story::suggest::closest;

/// An effect.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::story) struct EffectAst<'t> {
    pub(in crate::story) deed: Deed<'t>,
    pub(in crate::story) when: Option<Ast<'t>>,
}

/// What is done.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::story) enum Deed<'t> {
    /// Something becomes of a variable.
    Assign(Reference<'t>, Assign<'t>),
    /// An item changes hands.
    Item(Kind, Reference<'t>, Option<Ast<'t>>),
    /// A codex entry opens.
    Learn(Reference<'t>),
}

/// Which way an item goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::story) enum Kind {
    Give,
    Take,
}

/// What becomes of a variable.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::story) enum Assign<'t> {
    /// `=`
    To(Ast<'t>),
    /// `+=`
    Plus(Ast<'t>),
    /// `-=`
    Minus(Ast<'t>),
    /// `= roll(1..6)`
    Roll(i32, i32, Range<usize>),
    /// `= chance(30)`
    Chance(i32, Range<usize>),
    /// `= one_of(ladders, carts)`
    OneOf(Vec<Reference<'t>>, Range<usize>),
}

/// Reads an effect: a whole text.
pub(in crate::story) fn effect(text: &str) -> Read<EffectAst<'_>> {
    let mut parser = Parser::new(text, 0..text.len())?;
    let deed = parser.deed()?;
    let when = match parser.lexer.peek() {
        Lexeme::Word("if") => {
            parser.lexer.next()?;
            Some(parser.expression(0)?)
        }
        _ => None,
    };
    match parser.lexer.peek() {
        Lexeme::End => Ok(EffectAst { deed, when }),
        Lexeme::Sign(Sign::Comma) => Err(Misread::new(Fault::TwoEffects, parser.lexer.span())),
        _ => Err(parser.unexpected("`if` or the end")),
    }
}

impl<'a> Parser<'a> {
    fn deed(&mut self) -> Read<Deed<'a>> {
        let span = self.lexer.span();
        let Lexeme::Word(word) = *self.lexer.peek() else {
            return Err(self.unexpected("a variable, `give(…)`, `take(…)` or `learn(…)`"));
        };
        let name = word;
        self.lexer.next()?;
        if matches!(self.lexer.peek(), Lexeme::Sign(Sign::Open)) {
            return self.act(name, span);
        }
        let target = Reference { id: name, span };
        let sign = *self.lexer.peek();
        match sign {
            Lexeme::Sign(Sign::Assign) => {
                self.lexer.next()?;
                Ok(Deed::Assign(target, self.assigned()?))
            }
            Lexeme::Sign(Sign::Increase | Sign::Decrease) => {
                self.lexer.next()?;
                let by = self.expression(0)?;
                let plus = sign == Lexeme::Sign(Sign::Increase);
                Ok(Deed::Assign(target, if plus { Assign::Plus(by) } else { Assign::Minus(by) }))
            }
            Lexeme::Sign(Sign::Compare(crate::engine::expr::Compare::Eq)) => {
                let fault = Fault::ForeignOperator { found: "`==`".to_owned(), instead: "=".to_owned() };
                Err(Misread::new(fault, self.lexer.span()))
            }
            _ => Err(self.unexpected("`=`, `+=` or `-=`")),
        }
    }

    fn act(&mut self, name: &str, span: Range<usize>) -> Read<Deed<'a>> {
        let deed = match name {
            "give" | "take" => {
                let item = self.lexer.reference()?;
                let many = match self.lexer.peek() {
                    Lexeme::Sign(Sign::Comma) => {
                        self.lexer.next()?;
                        Some(self.expression(0)?)
                    }
                    _ => None,
                };
                Deed::Item(if name == "give" { Kind::Give } else { Kind::Take }, item, many)
            }
            "learn" => Deed::Learn(self.lexer.reference()?),
            "roll" | "chance" | "one_of" => {
                return Err(Misread::new(Fault::DiceWithoutVariable { name: name.to_owned() }, span));
            }
            _ => {
                let meant = closest(name, ["give", "take", "learn"]);
                return Err(Misread::new(Fault::UnknownEffect { name: name.to_owned(), meant }, span));
            }
        };
        self.close()?;
        Ok(deed)
    }

    fn assigned(&mut self) -> Read<Assign<'a>> {
        let start = self.lexer.span().start;
        let dice = match *self.lexer.peek() {
            Lexeme::Word(word @ ("roll" | "chance" | "one_of")) => word,
            _ => return Ok(Assign::To(self.expression(0)?)),
        };
        self.lexer.next()?;
        if !matches!(self.lexer.peek(), Lexeme::Sign(Sign::Open)) {
            return Err(self.unexpected("`(`"));
        }
        if dice == "one_of" {
            let mut words = Vec::new();
            loop {
                words.push(self.lexer.reference()?);
                match self.lexer.peek() {
                    Lexeme::Sign(Sign::Comma) => {}
                    _ => break,
                }
            }
            let span = start..self.lexer.span().end;
            self.close()?;
            return Ok(Assign::OneOf(words, span));
        }
        self.lexer.next()?;
        let first = self.constant()?;
        if dice == "chance" {
            let span = start..self.lexer.span().end;
            self.close()?;
            return Ok(Assign::Chance(first, span));
        }
        match self.lexer.peek() {
            Lexeme::Sign(Sign::Dots) => self.lexer.next()?,
            Lexeme::Sign(Sign::Comma) => {
                let fault = Fault::ForeignOperator { found: "`,`".to_owned(), instead: "..".to_owned() };
                return Err(Misread::new(fault, self.lexer.span()));
            }
            _ => return Err(self.unexpected("`..`")),
        }
        let last = self.constant()?;
        let span = start..self.lexer.span().end;
        self.close()?;
        Ok(Assign::Roll(first, last, span))
    }

    /// A number as it stands, or with a minus.
    fn constant(&mut self) -> Read<i32> {
        let minus = matches!(self.lexer.peek(), Lexeme::Sign(Sign::Minus));
        if minus {
            self.lexer.next()?;
        }
        let Lexeme::Number(n) = *self.lexer.peek() else {
            return Err(self.unexpected("a plain number"));
        };
        self.lexer.next()?;
        Ok(if minus { -n } else { n })
    }
}
