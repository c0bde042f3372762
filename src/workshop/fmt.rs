//! One layout for story files. What a text says, what a comment says and what stands before what is never touched.

mod layout;

use crate::story::Diagnostic;
use crate::story::syntax::File;

pub use layout::WIDTH;

/// A file in the one layout. The number is for the places of its faults.
///
/// # Errors
/// What is wrong with the shape of the file.
pub fn formatted(file: usize, text: &str) -> Result<String, Vec<Diagnostic>> {
    let eol = if text.split('\n').next().is_some_and(|line| line.ends_with('\r')) { "\r\n" } else { "\n" };
    File::read(file, text).map(|file| layout::lay_out(&file, eol))
}
