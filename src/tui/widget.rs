//! Small pieces that several screens draw.

pub(crate) mod field;
pub(crate) mod foot;
pub(crate) mod gauge;
pub(crate) mod head;
pub(crate) mod leaf;
pub(crate) mod list;
pub(crate) mod panel;
pub(crate) mod split;
pub(crate) mod spread;
