//! Saves and autosaves.

use super::format::{VERSION, checksum, seal};
use super::{Save, Summary, journal, load};
use crate::engine::render::Reader;
use crate::fuzz::chapters;
use crate::play::sitting::Sitting;

/// A file as it is; and its lines as the body of a save, sealed well, with those behind an empty line as the notes of
/// an autosave. What is loaded is played on.
pub fn save(data: &[u8]) {
    let _ = Summary::read(data);
    let _ = journal::summary(data);
    let _ = journal::read(data);
    (1..=VERSION).for_each(|version| sealed(version, &String::from_utf8_lossy(data)));
}

fn sealed(version: u32, text: &str) {
    let (body, notes) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut file = seal(version, &format!("{}\n", body.trim_end()));
    for note in notes.lines() {
        file += &format!("{:08x} {} {note}\n", checksum(&[note.as_bytes()]), note.len());
    }
    let _ = journal::summary(file.as_bytes());
    let Ok(recovered) = journal::read(file.as_bytes()) else { return };
    if let Ok(again) = recovered.save.write() {
        assert_eq!(Save::read(again.as_bytes()).as_ref(), Ok(&recovered.save));
    }
    let chapters = chapters();
    let Ok(loaded) = load(recovered.save, &|id| chapters(id)) else { return };
    let _ = loaded.how.to_string();
    let Ok(mut sitting) = Sitting::resume(chapters, loaded, Reader::default()) else { return };
    if let Some(pick) = sitting.picks().into_iter().find(|pick| pick.locked.is_none()) {
        let _ = sitting.choose(&pick.kind, None);
        sitting.undo();
    }
    for _ in 0..3 {
        sitting.undo();
    }
}
