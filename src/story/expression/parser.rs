//! Conditions and numbers: operators by their power.

use std::ops::Range;

use super::lexer::{Lexeme, Lexer, Sign};
use super::{Ast, Binary, DEEPEST, FUNCTIONS, Function, LONGEST, Misread, Node, Question, Read};
use crate::story::fault::Fault;
use crate::story::suggest::closest;

/// Reads a condition or a number: the part of a text between two bytes.
pub(in crate::story) fn expression(text: &str, within: Range<usize>) -> Read<Ast<'_>> {
    let mut parser = Parser::new(text, within)?;
    let ast = parser.expression(0)?;
    parser.finish()?;
    Ok(ast)
}

pub(super) struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, within: Range<usize>) -> Read<Self> {
        if within.len() > LONGEST {
            return Err(Misread::new(Fault::ExpressionTooLong { most: LONGEST }, within));
        }
        Ok(Self { lexer: Lexer::new(text, within)?, depth: 0 })
    }

    fn finish(&mut self) -> Read<()> {
        match self.lexer.peek() {
            Lexeme::End => Ok(()),
            _ => Err(self.unexpected("the end")),
        }
    }

    /// What stands here instead of what is wanted, with the advice for operators of other languages.
    pub(super) fn unexpected(&self, wanted: &str) -> Box<Misread> {
        let span = self.lexer.span();
        let found = self.lexer.shown();
        let fault = match self.lexer.peek() {
            Lexeme::Sign(Sign::Foreign(instead)) => Fault::ForeignOperator { found, instead: (*instead).to_owned() },
            Lexeme::Sign(Sign::Assign) => Fault::ForeignOperator { found, instead: "==".to_owned() },
            _ => Fault::Expected { wanted: wanted.to_owned(), found },
        };
        Misread::new(fault, span)
    }

    fn deeper(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Misread::new(Fault::TooDeep { most: DEEPEST }, self.lexer.span()));
        }
        Ok(())
    }

    pub(super) fn expression(&mut self, least: u8) -> Read<Ast<'a>> {
        self.deeper()?;
        let mut left = self.prefix()?;
        // A chain of operators is a deep tree however it is written.
        let mut links = 0;
        while let Some((op, power)) = self.operator() {
            if power < least {
                break;
            }
            links += 1;
            if self.depth + links > DEEPEST * 4 {
                return Err(Misread::new(Fault::TooDeep { most: DEEPEST }, self.lexer.span()));
            }
            self.lexer.next()?;
            let right = self.expression(power + 1)?;
            if matches!(op, Binary::Compare(_))
                && let Some((Binary::Compare(_), _)) = self.operator()
            {
                return Err(Misread::new(Fault::ChainedComparison, self.lexer.span()));
            }
            let span = left.span.start..right.span.end;
            left = Ast { node: Node::Both(op, Box::new([left, right])), span };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operator(&self) -> Option<(Binary, u8)> {
        Some(match self.lexer.peek() {
            Lexeme::Word("or") => (Binary::Or, 1),
            Lexeme::Word("and") => (Binary::And, 2),
            Lexeme::Sign(Sign::Compare(how)) => (Binary::Compare(*how), 4),
            Lexeme::Sign(Sign::Plus) => (Binary::Add, 5),
            Lexeme::Sign(Sign::Minus) => (Binary::Sub, 5),
            Lexeme::Sign(Sign::Times) => (Binary::Mul, 6),
            _ => return None,
        })
    }

    fn prefix(&mut self) -> Read<Ast<'a>> {
        let span = self.lexer.span();
        match *self.lexer.peek() {
            Lexeme::Number(n) => {
                self.lexer.next()?;
                Ok(Ast { node: Node::Number(n), span })
            }
            Lexeme::Sign(Sign::Minus) => {
                self.lexer.next()?;
                let of = self.expression(7)?;
                let span = span.start..of.span.end;
                let node = match of.node {
                    Node::Number(n) => Node::Number(n.saturating_neg()),
                    _ => Node::Neg(Box::new(of)),
                };
                Ok(Ast { node, span })
            }
            Lexeme::Sign(Sign::Open) => {
                self.lexer.next()?;
                let mut inner = self.expression(0)?;
                inner.span = span.start..self.lexer.span().end;
                self.close()?;
                Ok(inner)
            }
            Lexeme::Word("not") => {
                self.lexer.next()?;
                let of = self.expression(3)?;
                let span = span.start..of.span.end;
                Ok(Ast { node: Node::Not(Box::new(of)), span })
            }
            Lexeme::Word(word @ ("and" | "or")) => {
                let wanted = "a value".to_owned();
                Err(Misread::new(Fault::Expected { wanted, found: format!("`{word}`") }, span))
            }
            Lexeme::Word(word @ ("true" | "false")) => {
                self.lexer.next()?;
                Ok(Ast { node: Node::Flag(word == "true"), span })
            }
            Lexeme::Word(word) => {
                self.lexer.next()?;
                if matches!(self.lexer.peek(), Lexeme::Sign(Sign::Open)) {
                    return self.call(word, span);
                }
                if word == "if" {
                    return Err(self.unexpected("`(`"));
                }
                Ok(Ast { node: Node::Name(word), span })
            }
            _ => Err(self.unexpected("a value")),
        }
    }

    pub(super) fn close(&mut self) -> Read<()> {
        match self.lexer.peek() {
            Lexeme::Sign(Sign::Close) => self.lexer.next(),
            _ => Err(self.unexpected("`)`")),
        }
    }

    fn call(&mut self, word: &str, name: Range<usize>) -> Read<Ast<'a>> {
        let question = match word {
            "has" => Some(Question::Has),
            "count" => Some(Question::Count),
            "seen" => Some(Question::Seen),
            "visits" => Some(Question::Visits),
            "taken" => Some(Question::Taken),
            "since" => Some(Question::Since),
            _ => None,
        };
        if let Some(question) = question {
            let reference = self.lexer.reference()?;
            let span = name.start..self.lexer.span().end;
            self.close()?;
            return Ok(Ast { node: Node::Ask(question, reference), span });
        }
        let function = match word {
            "min" => Some(Function::Min),
            "max" => Some(Function::Max),
            "if" => Some(Function::If),
            "band" => Some(Function::Band),
            "turns" => None,
            "roll" | "chance" | "one_of" => {
                return Err(Misread::new(Fault::DiceInExpression { name: word.to_owned() }, name));
            }
            "give" | "take" | "learn" => {
                return Err(Misread::new(Fault::EffectInExpression { name: word.to_owned() }, name));
            }
            _ => {
                let meant = closest(word, FUNCTIONS);
                return Err(Misread::new(Fault::UnknownFunction { name: word.to_owned(), meant }, name));
            }
        };
        self.lexer.next()?;
        let mut arguments = Vec::new();
        while !matches!(self.lexer.peek(), Lexeme::Sign(Sign::Close)) {
            arguments.push(self.expression(0)?);
            match self.lexer.peek() {
                Lexeme::Sign(Sign::Comma) => self.lexer.next()?,
                Lexeme::Sign(Sign::Close) => {}
                _ => return Err(self.unexpected("`,` or `)`")),
            }
        }
        let span = name.start..self.lexer.span().end;
        self.close()?;
        let wanted = match function {
            None => (arguments.is_empty(), "none"),
            Some(Function::Min | Function::Max) => (arguments.len() == 2, "two"),
            Some(Function::If) => (arguments.len() == 3, "three"),
            Some(Function::Band) => (arguments.len() >= 2, "a number and one mark or more"),
        };
        if !wanted.0 {
            let fault = Fault::Arguments { name: word.to_owned(), wanted: wanted.1.to_owned(), found: arguments.len() };
            return Err(Misread::new(fault, span));
        }
        Ok(Ast { node: function.map_or(Node::Turns, |f| Node::Call(f, arguments)), span })
    }
}
