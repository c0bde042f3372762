//! The screens: what fills the terminal, and what lies over it.

pub(crate) mod ending;
pub(crate) mod reading;
pub(crate) mod report;
pub(crate) mod sheet;
pub(crate) mod title;

use super::overlay::{Kind, Look, Overlay};

/// Opens an overlay.
pub(crate) fn open(kind: Kind, look: &Look<'_>) -> Option<Box<dyn Overlay>> {
    let _ = look;
    Some(match kind {
        Kind::Ending => Box::new(ending::EndingPage),
        _ => return None,
    })
}
