//! Paragraphs, and groups that hold whole paragraphs: they stand alone between empty lines.

use super::group::{Extent, Opening};
use super::{Block, Context, DEEPEST, Para, Parser, Stop, trim_end};
use crate::story::scan;

impl<'a> Parser<'a> {
    /// Reads blocks to the end of the text, or of the alternative they are in.
    pub(super) fn blocks(&mut self) -> (Vec<Block<'a>>, Stop) {
        let mut blocks = Vec::new();
        loop {
            self.skip_blanks();
            let inside = self.inside(Context::Group);
            match self.rest().chars().next() {
                None => return (blocks, Stop::End),
                Some('|') if inside => {
                    self.at += 1;
                    return (blocks, Stop::Bar);
                }
                Some('}') if inside => {
                    self.at += 1;
                    return (blocks, Stop::CloseGroup);
                }
                Some('{') => {
                    if let Some(block) = self.block_group() {
                        blocks.extend(block);
                        continue;
                    }
                }
                Some(_) => {}
            }
            let before = self.at;
            let speaker = self.speaker();
            let (mut pieces, stop) = self.run(true);
            trim_end(&mut pieces);
            if !pieces.is_empty() {
                blocks.push(Block::Para(Para { speaker, pieces }));
            }
            match stop {
                Stop::Bar | Stop::CloseGroup => return (blocks, stop),
                _ if self.at == before => return (blocks, Stop::End),
                _ => {}
            }
        }
    }

    /// A group that is a block of its own and holds paragraphs or speakers; its block, unless it was faulty.
    fn block_group(&mut self) -> Option<Option<Block<'a>>> {
        let start = self.at;
        let Extent::Closed { end, bars, paragraphs } = self.extent() else { return None };
        if self.context.len() >= DEEPEST || !self.ends_block(end) {
            return None;
        }
        if !paragraphs && !self.has_speaker(start + 1..end - 1) {
            return None;
        }
        let Opening::Alternatives { head, name, from, .. } = self.opening(start + 1..end - 1, bars) else {
            self.at = end;
            return Some(None);
        };
        self.at = from;
        let mut found = Vec::new();
        loop {
            self.context.push(Context::Group);
            let (blocks, stop) = self.blocks();
            self.context.pop();
            found.push(blocks);
            if stop != Stop::Bar {
                break;
            }
        }
        self.at = end;
        let right = self.right_number(name, found.len(), start..end);
        Some(head.filter(|_| right).map(|head| Block::Group(head, found)))
    }

    /// Whether nothing but the end of a paragraph or an alternative stands at a byte.
    fn ends_block(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        let behind = rest.trim_start();
        let blank = &rest[..rest.len() - behind.len()];
        let alternative = self.inside(Context::Group) && behind.starts_with(['|', '}']);
        behind.is_empty() || alternative || blank.matches('\n').count() > 1
    }

    /// Whether an alternative of a group begins with a speaker.
    fn has_speaker(&self, inner: std::ops::Range<usize>) -> bool {
        let body = &self.text[inner];
        body.match_indices('@').any(|(at, _)| {
            let before = body[..at].trim_end();
            let behind = &body[at + 1..];
            let name = scan::word(behind.as_bytes());
            before.ends_with(['|', ':']) && name > 0 && behind[name..].starts_with(':')
        })
    }
}
