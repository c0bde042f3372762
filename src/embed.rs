//! The story inside the program: its files as they are written, and its chapters as they were checked when the program
//! was built, so that a play starts without reading any RON.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use miniz_oxide::inflate::decompress_to_vec;

use crate::engine::pack::{self, Packed, Packet};
use crate::engine::{Chapter, World};
use crate::story::{Book, Report, Sources};

/// Paths and texts, packed and deflated: no play reads them.
static FILES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/files"));
/// The same, inflated when they are first asked for.
static INFLATED: OnceLock<Vec<u8>> = OnceLock::new();
/// The packed world, and the packed chapters by id; empty if the story had faults when the program was built.
static WORLD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/world"));
static CHAPTERS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/chapters.rs"));

impl Sources {
    /// The files of the story inside the program.
    #[must_use]
    pub fn embedded() -> Self {
        let packed = INFLATED.get_or_init(|| decompress_to_vec(FILES).unwrap_or_default());
        Self::of("story", files(&mut Packet::new(packed)).unwrap_or_default())
    }
}

impl Book {
    /// The story inside the program, read from its files.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn shipped() -> Result<Self, Report> {
        Self::open(Sources::embedded())
    }
}

fn files(from: &mut Packet<'static>) -> Option<Vec<(String, Cow<'static, str>)>> {
    let count = usize::unpack(from)?;
    let file = |_| Some((String::unpack(from)?, Cow::Borrowed(from.text()?)));
    (0..count).map(file).collect()
}

/// The story inside the program, ready to be played.
#[derive(Debug)]
pub struct Built {
    world: Arc<World>,
    chapters: Vec<Part>,
}

/// A chapter that may not have been asked for yet.
#[derive(Debug)]
struct Part {
    id: &'static str,
    packed: &'static [u8],
    known: OnceLock<Option<Arc<Chapter>>>,
}

impl Built {
    /// Opens it; `None` if the story had faults when the program was built.
    #[must_use]
    pub fn open() -> Option<Self> {
        let world = pack::world_of(WORLD).map(Arc::new)?;
        let part = |(id, packed): &(&'static str, &'static [u8])| Part { id, packed, known: OnceLock::new() };
        Some(Self { world, chapters: CHAPTERS.iter().map(part).collect() })
    }

    /// What all chapters share.
    #[must_use]
    pub const fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// A chapter, unpacked when it is first asked for; `None` if there is none with this id.
    #[must_use]
    pub fn chapter(&self, id: &str) -> Option<Arc<Chapter>> {
        let part = self.chapters.iter().find(|part| part.id == id)?;
        part.known.get_or_init(|| pack::chapter_of(part.packed, &self.world).map(Arc::new)).clone()
    }
}
