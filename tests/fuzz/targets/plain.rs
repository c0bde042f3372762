//! The game at its prompt.

use std::io::Cursor;

use super::{Setup, Shape, run};
use crate::engine::render::Reader;
use crate::fuzz::{book, desk, is_harmless};
use crate::play::Now;

/// What is typed. The first byte says where it begins: at the title, or in a chapter.
pub fn plain(data: &[u8]) {
    let Some((first, typed)) = data.split_first() else { return };
    let chapter = match first % 3 {
        0 => None,
        1 => Some("ford".to_owned()),
        _ => Some("keep".to_owned()),
    };
    let reader = Reader { gentle: first & 64 != 0 };
    let (desk, world) = (desk(), book().world());
    let shape = Shape { columns: usize::from(*first), piped: first & 32 != 0 };
    let (clock, locked) = (&Now::default, first & 16 != 0);
    let setup = Setup { desk, world, chapter, slot: None, seed: Some(7), reader, locked, reload: None, clock, shape };
    let mut out = Vec::new();
    let _ = run(setup, &mut Cursor::new(typed), &mut out);
    is_harmless(&String::from_utf8_lossy(&out));
}
