//! Whole reports: what a writer is told.

use std::path::Path;

use taiyuan::story::{Book, Sources};

#[test]
fn probe() {
    let Ok(folder) = std::env::var("STORY") else { return };
    let report = Book::check(Sources::folder(Path::new(&folder)).unwrap());
    println!("{}", report.render(120, false));
}
