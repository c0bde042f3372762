//! The whole game on a screen.

pub(crate) mod kept;
pub(crate) mod keys;
pub(crate) mod overlay;
pub(crate) mod screen;
pub(crate) mod theme;
pub(crate) mod widget;
pub(crate) mod wrap;
