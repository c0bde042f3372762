//! Puts the story inside the binary: writes a table of every RON file under `story/`.
fn main() {}
