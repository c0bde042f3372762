//! Stories, and the two small languages in them.

use super::expression::{effect, expression as parsed};
use super::markup::prose;
use super::outline::{careful, orderly};
use super::{Book, Sources, condition};
use crate::fuzz::book;

const MANIFEST: &str = "(story: (id: \"s\", title: \"S\", version: \"1\", chapters: [\"one\"]))";
const HEAD: &str = "(chapter: (title: \"One\", start: \"yard\"), vars: {\"grain\": Int(range: (0, 9))})";

/// The shape of a file: one that is in order is the same whether it is read in haste or with care. Says whether it is.
pub fn shape(data: &[u8]) -> bool {
    let text = String::from_utf8_lossy(data);
    let hasty = orderly::outline(0, &text);
    if let Some(found) = &hasty {
        assert_eq!(format!("{found:?}"), format!("{:?}", careful(0, &text)));
    }
    hasty.is_some()
}

/// A file of a story, whole.
pub fn story(data: &[u8]) {
    shape(data);
    let text = String::from_utf8_lossy(data).into_owned();
    let files = [("story.ron", MANIFEST.to_owned()), ("one/chapter.ron", HEAD.to_owned()), ("one/yard.ron", text)];
    let report = Book::check(Sources::from_texts(files.map(|(path, text)| (path.to_owned(), text)).into()));
    let _ = report.findings();
    let _ = report.render(80, true);
}

/// A condition and an effect.
pub fn expression(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Err(misread) = parsed(&text, 0..text.len()) {
        let _ = &text[misread.span];
    }
    if let Err(misread) = effect(&text) {
        let _ = &text[misread.span];
    }
    if let Ok(chapter) = book().chapter("ford") {
        let _ = condition(&chapter, &text);
    }
}

/// Prose.
pub fn markup(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (_, faults) = prose(&text);
    for misread in faults {
        let _ = &text[misread.span];
    }
}
