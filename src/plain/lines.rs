//! Where the game is written to at a prompt: how wide, and whether somebody types.

use std::io::{self, Write};

/// The widest line, in columns: a longer one is hard to read.
pub const WIDEST: usize = 80;

/// The narrowest, in columns.
const NARROWEST: usize = 20;

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The columns there are.
    pub columns: usize,
    /// Whether answers come from a pipe: nobody ends the line of the prompt then.
    pub piped: bool,
}

impl Default for Shape {
    fn default() -> Self {
        Self { columns: WIDEST, piped: false }
    }
}

/// Lines of a shape.
pub(super) struct Lines<'a> {
    out: &'a mut dyn Write,
    shape: Shape,
    /// Whether the prompt stands at the end of what was written, and its line is not ended.
    prompted: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(out: &'a mut dyn Write, shape: Shape) -> Self {
        Self { out, shape, prompted: false }
    }

    /// Writes the prompt.
    pub(super) fn prompt(&mut self) -> io::Result<()> {
        self.out.write_all(b"> ")?;
        self.prompted = self.shape.piped;
        self.out.flush()
    }

    /// Whether what comes next stands in the line of the prompt.
    pub(super) const fn behind_prompt(&self) -> bool {
        self.prompted
    }

    /// How long a line may be.
    pub(super) fn width(&self) -> usize {
        self.shape.columns.clamp(NARROWEST, WIDEST)
    }
}

impl Write for Lines<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.prompted = false;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
